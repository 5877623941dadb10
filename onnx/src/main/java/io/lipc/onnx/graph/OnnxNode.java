package io.lipc.onnx.graph;

import io.lipc.onnx.protobuf.Message;
import io.lipc.onnx.protobuf.OnnxException;
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
public record OnnxNode(
    String place,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, Message> attributes) {

  public OnnxNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }

  /** The end of messages about a node that is no valid ONNX: no reader would accept it. */
  public static final String INVALID =
      "; ONNX does not allow that, and onnx.checker.check_model(PATH, full_check=True) may say"
          + " more: export the model again";

  /**
   * An exception that says that this node is no valid ONNX; the clause goes on after its name and
   * type.
   */
  public OnnxException invalid(String clause) {
    return fault(clause + INVALID);
  }

  /**
   * An exception that says that lipc does not read this node, whether it is planned, and what to
   * do.
   *
   * @param clause goes on after its name and type
   * @param help an instruction
   */
  public OnnxException unread(String clause, Outlook outlook, String help) {
    return fault(outlook.with(clause, help));
  }

  private OnnxException fault(String clause) {
    return new OnnxException(place, ", " + article() + operator + ", " + clause);
  }

  private String article() {
    return "AEIOU".indexOf(operator.isEmpty() ? ' ' : operator.charAt(0)) < 0 ? "a " : "an ";
  }
}
