package io.lipc.tools.page;

import io.lipc.certificate.linear.Weighted;
import io.lipc.charts.Escape;
import io.lipc.model.Layer;

/** Names and styles of layers in a drawing. */
final class Labels {

  private Labels() {}

  /** The class of style of a layer's box. */
  static String style(Layer layer) {
    return switch (layer) {
      case Layer.Input _ -> "end";
      case Layer.Linear(_, Weighted _, _) -> "dense";
      case Layer.Linear linear when linear.operands().size() > 1 -> "join";
      case Layer.Linear linear -> Layer.isSlice(linear.map()) ? "end" : "factor";
      case Layer.Activate _, Layer.MaxPool _ -> "activation";
      case Layer.Call _ -> "call";
    };
  }

  static String simpleName(String network) {
    return network.substring(network.lastIndexOf('.') + 1);
  }

  /** A name of at most {@code longest} characters: the middle of a longer one is left out. */
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
