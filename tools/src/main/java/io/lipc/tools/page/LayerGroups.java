package io.lipc.tools.page;

import io.lipc.model.Layer;
import java.util.ArrayList;
import java.util.List;

/** Layers that people think of as one: a layer with weights, or a call, with its activation. */
public final class LayerGroups {

  private LayerGroups() {}

  /** The groups in order; each holds the number of one layer, or of one and its activation. */
  public static List<List<Integer>> of(List<Layer> layers) {
    int[] readers = new int[layers.size()];
    layers.forEach(layer -> layer.operands().forEach(operand -> readers[operand]++));
    List<List<Integer>> groups = new ArrayList<>();
    int[] groupOf = new int[layers.size()];
    for (int i = 0; i < layers.size(); i++) {
      int before = layers.get(i) instanceof Layer.Activate activate ? activate.operand() : -1;
      if (before >= 0 && readers[before] == 1 && !(layers.get(before) instanceof Layer.Input)) {
        int group = groupOf[before];
        if (groups.get(group).size() == 1) {
          groups.set(group, List.of(before, i));
          groupOf[i] = group;
          continue;
        }
      }
      groupOf[i] = groups.size();
      groups.add(List.of(i));
    }
    return List.copyOf(groups);
  }
}
