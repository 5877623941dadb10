package io.lipc.tools.report;

import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.model.StandardisingForm;
import io.lipc.runtime.ClassLabels;
import io.lipc.tools.files.CompiledModule;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The names of the outputs of networks. */
final class OutputLabels {

  private OutputLabels() {}

  /** The labels in the metadata of a file of weights; empty where it has none. */
  static List<String> in(byte[] weights) throws FormatException {
    return ClassLabels.in(Safetensors.metadata(weights)).map(ClassLabels::names).orElse(List.of());
  }

  /** The same of the weights that a module has under a name, if it has them. */
  static List<String> in(CompiledModule module, Optional<String> weights)
      throws IOException, FormatException {
    Optional<byte[]> found = weights.isPresent() ? module.find(weights.get()) : Optional.empty();
    return found.isPresent() ? in(found.get()) : List.of();
  }

  /**
   * The same networks; one that standardises for another, and has no names in a file of its own,
   * has those of the other.
   */
  static List<ReportInput> handedOn(List<ReportInput> inputs) {
    return inputs.stream()
        .map(input -> input.labels().isEmpty() ? input.named(ofInner(input, inputs)) : input)
        .toList();
  }

  private static List<String> ofInner(ReportInput raw, List<ReportInput> inputs) {
    return inputs.stream()
        .filter(
            inner ->
                raw.checked()
                    .filter(found -> StandardisingForm.calls(found.network(), inner.network()))
                    .isPresent())
        .findFirst()
        .map(ReportInput::labels)
        .orElse(List.of());
  }

  /**
   * One for each output: those of the weights, else those of the data; its number where neither has
   * as many.
   */
  static List<String> of(int outputs, List<String> ofWeights, List<String> ofData) {
    if (ofWeights.size() == outputs) {
      return ofWeights;
    }
    return ofData.size() == outputs
        ? ofData
        : IntStream.range(0, outputs).mapToObj(String::valueOf).toList();
  }
}
