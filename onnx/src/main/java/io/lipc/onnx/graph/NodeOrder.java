package io.lipc.onnx.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes in an order in which values are given before they are read. ONNX asks files for one, and
 * some exporters write constants behind their readers; as each value has one node, every such order
 * computes the same.
 */
public final class NodeOrder {

  private final List<OnnxNode> nodes;
  private final Map<String, Integer> givers = new HashMap<>();
  private final boolean[] seen;
  private final List<OnnxNode> order = new ArrayList<>();

  private NodeOrder(List<OnnxNode> nodes) {
    this.nodes = nodes;
    this.seen = new boolean[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).outputs()) {
        if (!output.isEmpty()) {
          givers.putIfAbsent(output, i);
        }
      }
    }
  }

  /** The order of the file wherever that is one; nodes on a cycle stay where they are met. */
  public static List<OnnxNode> of(List<OnnxNode> nodes) {
    NodeOrder order = new NodeOrder(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      order.visit(i);
    }
    return order.order;
  }

  /**
   * The nodes that a value depends on, in the order of the file; where two nodes give the same
   * value, which is a fault, both.
   */
  static List<OnnxNode> reaching(List<OnnxNode> nodes, String value) {
    NodeOrder order = new NodeOrder(nodes);
    Integer giver = order.givers.get(value);
    if (giver != null) {
      order.visit(giver);
    }
    return nodes.stream().filter(order::givesWhatIsSeen).toList();
  }

  private boolean givesWhatIsSeen(OnnxNode node) {
    return node.outputs().stream().map(givers::get).anyMatch(giver -> giver != null && seen[giver]);
  }

  /** Post-order, on a stack of our own. */
  private void visit(int node) {
    Deque<int[]> path = new ArrayDeque<>();
    push(path, node);
    while (!path.isEmpty()) {
      int[] top = path.peek();
      List<String> reads = nodes.get(top[0]).inputs();
      if (top[1] == reads.size()) {
        order.add(nodes.get(top[0]));
        path.pop();
      } else {
        Integer giver = givers.get(reads.get(top[1]++));
        if (giver != null) {
          push(path, giver);
        }
      }
    }
  }

  private void push(Deque<int[]> path, int node) {
    if (!seen[node]) {
      seen[node] = true;
      path.push(new int[] {node, 0});
    }
  }
}
