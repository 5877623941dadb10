package io.lipc.model.construction;

import io.lipc.model.Layer;
import io.lipc.model.construction.DenseBlock.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * The longest path to a dense layer on which dense layers and activations take turns.
 *
 * @param origin what the first dense layer reads: the network's input, if this is a chain
 * @param hidden the stages in the order of evaluation
 * @param last the dense layer that the path ends in
 */
record DensePath(int origin, List<Stage> hidden, int last) {

  static DensePath endingIn(List<Layer> layers, int last) {
    List<Stage> hidden = new ArrayList<>();
    int origin = layers.get(last).operands().getFirst();
    while (layers.get(origin) instanceof Layer.Activate activate
        && layers.get(activate.operand()).dense().isPresent()) {
      hidden.addFirst(new Stage(activate.operand(), origin));
      origin = layers.get(activate.operand()).operands().getFirst();
    }
    return new DensePath(origin, hidden, last);
  }

  /** The dense layer that reads {@link #origin()}. */
  int first() {
    return hidden.isEmpty() ? last : hidden.getFirst().dense();
  }
}
