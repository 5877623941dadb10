package io.lipc.onnx;

import io.lipc.model.Layer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The layers that a network's output depends on, in the order of {@code Network}. */
final class Reached {

  private Reached() {}

  /** Post-order from {@code output}, operands from left to right, on a stack of our own. */
  static List<Layer> from(List<Layer> layers, int output) {
    int[] position = new int[layers.size()];
    Arrays.fill(position, -1);
    boolean[] seen = new boolean[layers.size()];
    List<Layer> reached = new ArrayList<>();
    Deque<int[]> path = new ArrayDeque<>();
    seen[output] = true;
    path.push(new int[] {output, 0});
    while (!path.isEmpty()) {
      int[] top = path.peek();
      List<Integer> reads = layers.get(top[0]).operands();
      if (top[1] == reads.size()) {
        path.pop();
        position[top[0]] = reached.size();
        reached.add(layers.get(top[0]).reading(reads.stream().map(i -> position[i]).toList()));
        continue;
      }
      int next = reads.get(top[1]++);
      if (!seen[next]) {
        seen[next] = true;
        path.push(new int[] {next, 0});
      }
    }
    return reached;
  }
}
