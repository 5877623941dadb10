package io.lipc.onnx;

import java.util.List;
import java.util.Map;

/**
 * What of a model's file lipc reads: a graph with one input and one output.
 *
 * @param input the name of the input
 * @param shape its extents; 1 for a batch of any size
 * @param output the name of the output
 * @param nodes in the order of the file, in which values are given before they are read
 * @param constants the initialisers by name, not yet decoded
 * @param statements what the file says of values, by their names
 */
record OnnxGraph(
    String input,
    List<Integer> shape,
    String output,
    List<OnnxNode> nodes,
    Map<String, Message> constants,
    Map<String, List<Statement>> statements) {

  OnnxGraph {
    shape = List.copyOf(shape);
    nodes = List.copyOf(nodes);
    constants = Map.copyOf(constants);
    statements = Map.copyOf(statements);
  }
}
