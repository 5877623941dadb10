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
        reached.add(renumbered(layers.get(top[0]), position));
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

  private static Layer renumbered(Layer layer, int[] position) {
    return switch (layer) {
      case Layer.Input input -> input;
      case Layer.Dense dense ->
          new Layer.Dense(
              position[dense.operand()],
              dense.inputs(),
              dense.outputs(),
              dense.weight(),
              dense.bias());
      case Layer.Activate activate ->
          new Layer.Activate(position[activate.operand()], activate.activation(), activate.shape());
      case Layer.Add add ->
          new Layer.Add(add.operands().stream().map(i -> position[i]).toList(), add.shape());
      case Layer.Concat concat ->
          new Layer.Concat(
              concat.operands().stream().map(i -> position[i]).toList(), concat.shape());
      case Layer.Scale scale ->
          new Layer.Scale(position[scale.operand()], scale.factor(), scale.shape());
      case Layer.Affine affine ->
          new Layer.Affine(
              position[affine.operand()], affine.scale(), affine.shift(), affine.shape());
      case Layer.Slice slice ->
          new Layer.Slice(position[slice.operand()], slice.from(), slice.shape());
      case Layer.Call call ->
          new Layer.Call(position[call.operand()], call.network(), call.shape());
    };
  }
}
