package io.lipc.tools.page;

import io.lipc.charts.Markup.Element;
import io.lipc.model.Decimals;
import java.util.List;

/** The outputs of a network, one a row, with their own bounds. */
final class OutputTable {

  private static final int LONGEST_NAME = 24;

  private OutputTable() {}

  /** Empty where nothing is known of single outputs. */
  static List<Element> of(NetworkReport report) {
    List<List<String>> rows =
        report.outputs().stream()
            .map(
                output ->
                    List.of(
                        Labels.fit(output.name(), LONGEST_NAME),
                        output.certified().toString(),
                        output.lower().toString(),
                        slack(output)))
            .toList();
    return rows.isEmpty()
        ? List.of()
        : List.of(
            Html.heading(3, "Bounds of each output"),
            Html.paragraph(
                "How much a single output moves at most, by norms and, where that is small enough,"
                    + " by block elimination; never more than all outputs together, about which the"
                    + " certificate above is."),
            Html.table(
                "Bounds of each output alone",
                List.of("output", "#certified", "#lower", "#certified / lower"),
                rows));
  }

  private static String slack(OutputBound output) {
    double lower = output.lower().value();
    return lower > 0 ? Decimals.up(output.certified().value() / lower) : "-";
  }
}
