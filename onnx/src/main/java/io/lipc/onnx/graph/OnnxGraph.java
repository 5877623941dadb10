package io.lipc.onnx.graph;

import io.lipc.onnx.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a model's file that lipc reads: a graph with one output. Where some of it is not
 * read, the rest is there all the same, for what else is to be said.
 *
 * @param opset the version of ONNX's operators that it was made for
 * @param inputs in the order of the file, at least one
 * @param output the name of the output; empty if it is not known which of several
 * @param nodes in the order of the file, as far as the output may need them
 * @param constants the initialisers by name, not yet decoded
 * @param statements about values in the file, by the names of the values
 */
public record OnnxGraph(
    int opset,
    List<Input> inputs,
    Optional<String> output,
    List<OnnxNode> nodes,
    Map<String, Message> constants,
    Map<String, List<Statement>> statements) {

  /**
   * An input of the network.
   *
   * @param shape its extents; 1 for a batch of any size; empty if they are not known
   */
  public record Input(String name, Optional<List<Integer>> shape) {}

  public OnnxGraph {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
    constants = Map.copyOf(constants);
    statements = Map.copyOf(statements);
  }
}
