package io.lipc.tools.report;

import io.lipc.model.StandardisingForm;
import io.lipc.tools.command.InputError;
import io.lipc.training.StandardisedNetwork;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.util.List;

/** The units in which networks read samples: those of the table, or standard deviations. */
final class SampleUnits {

  private SampleUnits() {}

  /**
   * The samples as a network reads them: where another one of the report standardises for it, as
   * that one hands them on.
   *
   * @param inputs all networks of the report
   * @throws InputError if what is handed on is not finite
   */
  static ReportAssembly.Data of(
      ReportAssembly.Data data, ReportInput input, List<ReportInput> inputs) throws InputError {
    for (ReportInput raw : inputs) {
      if (raw.candidate().isPresent()
          && raw.checked().isPresent()
          && SampleFit.of(raw, data.samples()).isPresent()
          && StandardisingForm.calls(raw.checked().get().network(), input.network())) {
        try {
          Dataset standardised =
              StandardisedNetwork.handedOn(
                  raw.checked().get().network(), raw.candidate().get().weights(), data.samples());
          return new ReportAssembly.Data(
              data.file() + ", standardised by " + raw.network(),
              "standard deviations",
              standardised);
        } catch (DataException e) {
          throw new InputError(data.file() + ": " + raw.network() + ": " + e.getMessage());
        }
      }
    }
    return data;
  }
}
