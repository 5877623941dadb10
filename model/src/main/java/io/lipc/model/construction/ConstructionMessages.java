package io.lipc.model.construction;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.DiagnosticId;
import java.util.List;
import java.util.stream.Collectors;

/** The messages that every construction may need, one named method each. */
final class ConstructionMessages {

  private ConstructionMessages() {}

  /**
   * A layer that reads one of several inputs.
   *
   * @param reader the subject and verb of what reads all of them: {@code LDLT reads}
   */
  static Diagnostic partOfInput(
      String input, String reader, List<CheckedNetwork.DeclaredInput> inputs) {
    String all =
        inputs.stream()
            .map(CheckedNetwork.DeclaredInput::name)
            .collect(Collectors.joining(", ", "concat(", ")"));
    return Diagnostic.of(
            DiagnosticId.PARAMETERIZATION_STRUCTURE,
            "input `%s` is read by itself, but %s all inputs as one".formatted(input, reader))
        .required("`" + (inputs.size() > 4 ? "concat(...)" : all) + "`, all inputs in their order")
        .found("`" + input + "`")
        .help("read the concatenation of all inputs, or declare one input in their place");
  }

  /** Weights that are not made yet, of a construction that no theorem of the core is about. */
  static Diagnostic untrained(String word, String network) {
    return Diagnostic.of(
            DiagnosticId.UNBOUNDED_LAYER,
            "nothing bounds the weights of " + network + " before they are trained")
        .required("a file of trained weights beside `parameters " + word + ";`")
        .found("none")
        .reason("each layer's norm is proved for the numbers that are stored, and for no others")
        .help(
            "declare it, `weights \"file.safetensors\";` or @WeightsFile(\"...\");"
                + " `lipc train` writes it, and needs none to begin with");
  }
}
