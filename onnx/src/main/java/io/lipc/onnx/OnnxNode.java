package io.lipc.onnx;

import java.util.List;
import java.util.Map;

/**
 * An operation of the graph.
 *
 * @param place how messages call it: {@code node `fc1`}, or its number where it has no name
 * @param operator the type, with its domain where that is not ONNX's own
 * @param inputs the names of the values that it reads; an empty one is left out
 * @param outputs the names of the values that it gives
 * @param attributes by name, not yet decoded
 */
record OnnxNode(
    String place,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, Message> attributes) {

  OnnxNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }

  /** A fault of this node; the clause goes on after its name and type. */
  OnnxException fault(String clause) {
    return new OnnxException(place + ", " + article() + operator + ", " + clause);
  }

  private String article() {
    return "AEIOU".indexOf(operator.isEmpty() ? ' ' : operator.charAt(0)) < 0 ? "a " : "an ";
  }
}
