package io.lipc.tools.prove;

import io.lipc.onnx.OnnxSupport;
import java.util.List;
import java.util.Locale;

/** What a solver tells of itself: VNN-LIB 2.0, "The supports Command". */
enum Capability {
  ONNX_OPSET_VERSIONS("The first and the last version of ONNX's operators."),
  ONNX_ELEMENT_TYPES("The element types of queries."),
  ONNX_OPERATORS("The operators of ONNX models."),
  VNNLIB_VERSIONS("The first and the last version of VNN-LIB."),
  HIDDEN_NODE_THEORIES("Whether queries have hidden nodes."),
  MULTIPLE_INPUT_OUTPUT_THEORIES("Whether networks have several inputs or outputs."),
  MULTIPLE_NETWORK_THEORIES("Whether queries have several networks."),
  MULTIPLE_NODE_COMPARISON_THEORIES("Whether comparisons have inputs beside outputs."),
  ARITHMETIC_COMPLEXITY_THEORIES("Which arithmetic comparisons have."),
  OPTIMISED_DISJUNCTIVE_REASONING("Whether an or is answered without a normal form."),
  SERIALISE_ASSIGNMENTS("Whether values of sat are written to files.");

  private final String description;

  Capability(String description) {
    this.description = description;
  }

  /** The sentence of the help. */
  String description() {
    return description;
  }

  /** The words on the command line, such as {@code --onnx-operators}: one, or both spellings. */
  List<String> options() {
    String option = "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    return this == MULTIPLE_INPUT_OUTPUT_THEORIES
        ? List.of(option, option.replace("-input-", "-inputs-"))
        : List.of(option);
  }

  /** The answer, as lines. */
  List<String> lines() {
    return switch (this) {
      case ONNX_OPSET_VERSIONS ->
          List.of(String.valueOf(OnnxSupport.FIRST_OPSET), String.valueOf(OnnxSupport.LAST_OPSET));
      case ONNX_ELEMENT_TYPES -> List.of("real");
      case ONNX_OPERATORS -> OnnxSupport.operators();
      case VNNLIB_VERSIONS -> List.of("1.0", "2.1");
      case HIDDEN_NODE_THEORIES -> List.of("NH");
      case MULTIPLE_INPUT_OUTPUT_THEORIES -> List.of("SIO");
      case MULTIPLE_NETWORK_THEORIES -> List.of("SNET");
      case MULTIPLE_NODE_COMPARISON_THEORIES -> List.of("MNC");
      case ARITHMETIC_COMPLEXITY_THEORIES -> List.of("LIN");
      case OPTIMISED_DISJUNCTIVE_REASONING -> List.of("true");
      case SERIALISE_ASSIGNMENTS -> List.of("false");
    };
  }
}
