package io.lipc.tools.report;

import io.lipc.model.Decimals;
import io.lipc.model.Layer;
import io.lipc.model.Shape;
import java.util.List;
import java.util.stream.Collectors;

/** Layers in words. */
public final class LayerText {

  private LayerText() {}

  /** What a layer does, in a few words. */
  public static String operation(Layer layer) {
    return switch (layer) {
      case Layer.Input _ -> "input";
      case Layer.Dense dense -> "dense " + dense.inputs() + " to " + dense.outputs();
      case Layer.Activate activate -> {
        String word = activate.activation().kind().word();
        List<Double> parameters = activate.activation().parameters();
        yield parameters.isEmpty()
            ? word
            : word
                + parameters.stream()
                    .map(LayerText::constant)
                    .collect(Collectors.joining(", ", "(", ")"));
      }
      case Layer.Add add -> "sum of " + add.operands().size();
      case Layer.Slice slice ->
          "elements " + slice.from() + " to " + (slice.from() + slice.shape().size() - 1);
      case Layer.Concat concat -> "concat of " + concat.operands().size();
      case Layer.Scale scale -> "scale by " + constant(scale.factor());
      case Layer.Affine _ -> "affine";
      case Layer.Call call -> "call " + Labels.simpleName(call.network());
    };
  }

  /**
   * The shortest decimal that stands for a constant in its format: 0.1, where F32 is near to it.
   */
  private static String constant(double value) {
    return (float) value == value ? Float.toString((float) value) : Decimals.plain(value);
  }

  /** The extents of a shape: {@code 3x28x28}. */
  public static String shape(Shape shape) {
    return shape.extents().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
