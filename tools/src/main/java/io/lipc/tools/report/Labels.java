package io.lipc.tools.report;

import io.lipc.model.Decimals;
import io.lipc.model.Layer;
import io.lipc.model.Shape;
import java.util.List;
import java.util.stream.Collectors;

/** Layers in words. */
final class Labels {

  private Labels() {}

  /** What a layer does, in a few words. */
  static String operation(Layer layer) {
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
                    .map(Labels::constant)
                    .collect(Collectors.joining(", ", "(", ")"));
      }
      case Layer.Add add -> "sum of " + add.operands().size();
      case Layer.Slice slice ->
          "elements " + slice.from() + " to " + (slice.from() + slice.shape().size() - 1);
      case Layer.Concat concat -> "concat of " + concat.operands().size();
      case Layer.Scale scale -> "scale by " + constant(scale.factor());
      case Layer.Affine _ -> "affine";
      case Layer.Call call -> "call " + simpleName(call.network());
    };
  }

  /**
   * The shortest decimal that stands for a constant in its format: 0.1, where F32 is near to it.
   */
  private static String constant(double value) {
    return (float) value == value ? Float.toString((float) value) : Decimals.plain(value);
  }

  /** The class of style of a layer's box. */
  static String style(Layer layer) {
    return switch (layer) {
      case Layer.Input _, Layer.Slice _ -> "end";
      case Layer.Dense _ -> "dense";
      case Layer.Activate _ -> "activation";
      case Layer.Add _, Layer.Concat _ -> "join";
      case Layer.Scale _, Layer.Affine _ -> "factor";
      case Layer.Call _ -> "call";
    };
  }

  static String shape(Shape shape) {
    return shape.extents().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  static String simpleName(String network) {
    return network.substring(network.lastIndexOf('.') + 1);
  }

  /** At most {@code longest} characters: the middle of a longer name is left out. */
  static String fit(String text, int longest) {
    String name = Escape.visible(text);
    int points = name.codePointCount(0, name.length());
    if (points <= longest) {
      return name;
    }
    int head = (longest - 2) / 2;
    int tail = longest - 2 - head;
    return name.substring(0, name.offsetByCodePoints(0, head))
        + ".."
        + name.substring(name.offsetByCodePoints(0, points - tail));
  }
}
