package io.lipc.tools.page;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Weighted;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.Weights;
import io.lipc.model.Decimals;
import io.lipc.model.Layer;
import io.lipc.model.LinearOperation;
import io.lipc.model.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Layers in words. */
public final class LayerText {

  /** The maps whose factors are read off have no tensors. */
  private static final Weights NONE = Weights.of(List.of());

  private LayerText() {}

  /** The function of a layer, in a few words. */
  public static String operation(Layer layer) {
    return switch (layer) {
      case Layer.Input _ -> "input";
      case Layer.Linear linear -> operation(linear);
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
      case Layer.MaxPool pool -> "max_pool " + kernel(pool.window());
      case Layer.Call call -> "call " + Labels.simpleName(call.network());
    };
  }

  private static String operation(Layer.Linear layer) {
    return switch (layer.map()) {
      case Matrix dense -> "dense " + dense.inputs() + " to " + dense.outputs();
      case Convolution c -> "conv2d " + kernel(c.window()) + " to " + channels(c.channels());
      case AveragePool pool -> "avg_pool " + kernel(pool.window());
      case BatchNorm norm -> "batch_norm of " + channels(norm.channels());
      case Sum _ -> "sum of " + layer.operands().size();
      case Concatenation _ -> "concat of " + layer.operands().size();
      case Scaling(double factor) -> "scale by " + constant(factor);
      case Selection part when Layer.isSlice(part) ->
          "elements " + part.indices().getFirst() + " to " + part.indices().getLast();
      case Identity _ -> "reshape to " + shape(layer.shape());
      case Selection _, Diagonal _, Centering _ -> LinearOperation.wordOf(layer.map());
    };
  }

  /** The factor by which a map enlarges distances at most, where it can be read off the map. */
  static Optional<Double> factor(LinearMap map) {
    return switch (map) {
      case Scaling(double factor) -> Optional.of(Math.abs(factor));
      case Diagonal _, AveragePool _ -> Optional.of(map.gain(NONE).orElse(0));
      case Weighted _, BatchNorm _, Sum _, Concatenation _ -> Optional.empty();
      case Selection _, Identity _, Centering _ -> Optional.empty();
    };
  }

  /** {@code 3x3}. */
  private static String kernel(Window window) {
    return window.kernel().getFirst() + "x" + window.kernel().getLast();
  }

  private static String channels(int number) {
    return number + (number == 1 ? " channel" : " channels");
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
