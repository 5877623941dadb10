package io.lipc.tools.page;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certifier.Embedding;
import io.lipc.certifier.LayerReport;
import io.lipc.charts.Markup.Element;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Shape;
import io.lipc.model.UpperBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The convolutions of a network, one a row, with their norms and where these are proved. */
final class ConvolutionTable {

  private static final String NOTHING = "-";

  private ConvolutionTable() {}

  /** Empty where there are none. */
  static List<Element> of(NetworkReport report, CheckedNetwork checked) {
    List<List<String>> rows = new ArrayList<>();
    List<Layer> layers = checked.network().layers();
    for (int i = 0; i < layers.size(); i++) {
      String name = checked.nameOf(i);
      Optional<LayerReport> found = report.found(layers.get(i));
      layers.get(i).convolution().ifPresent(map -> rows.add(row(name, map, found)));
    }
    return rows.isEmpty()
        ? List.of()
        : List.of(
            Html.heading(3, "Convolutions"),
            Html.table(
                "Norms of convolutions, and where they are proved",
                List.of("layer", "reads", "gives", "#norm at most", "proof"),
                rows),
            Html.paragraph(
                "An image with zeros around it is part of a larger torus, where a convolution acts"
                    + " on each frequency by itself. There its norm is no smaller than on the image"
                    + " alone; it is what the proof of a bound by gains multiplies. Sides are in"
                    + " pixels; a twist of 1/2 changes the sign of what has gone round once. The norm"
                    + " of a small image may be that of its matrix."));
  }

  private static List<String> row(String name, Convolution map, Optional<LayerReport> found) {
    return List.of(
        name,
        LayerText.shape(Shape.of(map.input())),
        LayerText.shape(Shape.of(map.output())),
        found.flatMap(LayerReport::norm).map(UpperBound::toString).orElse(NOTHING),
        found.map(report -> proof(report, map)).orElse(NOTHING));
  }

  private static String proof(LayerReport report, Convolution map) {
    String matrix = "grid %dx%d as a matrix".formatted(map.input().height(), map.input().width());
    return report
        .embedding()
        .map(Embedding::toString)
        .orElse(report.norm().isPresent() ? matrix : NOTHING);
  }
}
