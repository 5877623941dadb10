package io.lipc.model.construction;

import io.lipc.model.Layer;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.SlopeBounds;
import io.lipc.model.construction.DenseBlock.Stage;
import java.util.List;
import java.util.Optional;

/** Recognises the two shapes of a {@link DenseBlock}, whatever its activations are. */
final class DenseShapes {

  private DenseShapes() {}

  /** The block whose output is layer {@code output}. */
  static Optional<DenseBlock> of(List<Layer> layers, int output) {
    Layer layer = layers.get(output);
    if (layer.dense().isPresent()) {
      return chain(layers, output);
    }
    return layer.isSum() ? residual(layers, layer.operands()) : Optional.empty();
  }

  private static Optional<DenseBlock> chain(List<Layer> layers, int output) {
    DensePath path = DensePath.endingIn(layers, output);
    return isInput(layers, path.origin())
        ? Optional.of(new DenseBlock.Chain(path.hidden(), path.last()))
        : Optional.empty();
  }

  private static Optional<DenseBlock> residual(List<Layer> layers, List<Integer> terms) {
    if (terms.size() != 2) {
      return Optional.empty();
    }
    int left = terms.getFirst();
    int right = terms.getLast();
    return residual(layers, left, right).or(() -> residual(layers, right, left));
  }

  private static Optional<DenseBlock> residual(List<Layer> layers, int skip, int last) {
    if (!isDenseOfInput(layers, skip) || layers.get(last).dense().isEmpty()) {
      return Optional.empty();
    }
    DensePath path = DensePath.endingIn(layers, last);
    boolean separate = !path.hidden().isEmpty() && path.first() != skip;
    return separate && isInput(layers, path.origin())
        ? Optional.of(new DenseBlock.Residual(skip, path.hidden(), last))
        : Optional.empty();
  }

  static boolean isInput(List<Layer> layers, int layer) {
    return layers.get(layer) instanceof Layer.Input;
  }

  static boolean isDenseOfInput(List<Layer> layers, int layer) {
    return layers.get(layer).dense().isPresent()
        && isInput(layers, layers.get(layer).operands().getFirst());
  }

  static Activation activation(List<Layer> layers, Stage stage) {
    if (layers.get(stage.activation()) instanceof Layer.Activate activate) {
      return activate.activation();
    }
    throw new IllegalArgumentException("layer " + stage.activation() + " is not an activation");
  }

  /** The slopes of a stage; empty where its activation is not elementwise. */
  static Optional<SlopeBounds> slopes(List<Layer> layers, Stage stage) {
    return switch (activation(layers, stage)) {
      case Activation.Pointwise pointwise -> Optional.of(pointwise.slopes());
      case Activation.Linear(LinearKind kind) when kind == LinearKind.IDENTITY ->
          Optional.of(new SlopeBounds(1, 1));
      case Activation.Linear _, Activation.Grouped _ -> Optional.empty();
    };
  }
}
