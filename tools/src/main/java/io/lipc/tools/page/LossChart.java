package io.lipc.tools.page;

import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.LowerBound;
import io.lipc.model.UpperBound;
import io.lipc.tools.page.LineChart.Curve;
import io.lipc.tools.page.LineChart.Point;
import io.lipc.tools.page.Markup.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Draws where a bound is lost: the bounds of the networks that end at the layers on the way. */
final class LossChart {

  private LossChart() {}

  static List<Element> of(NetworkReport report, CheckedNetwork checked, String id) {
    List<PrefixBound> prefixes = report.prefixes();
    if (prefixes.size() < 2) {
      return List.of();
    }
    List<String> names = names(prefixes, checked);
    List<Curve> curves =
        List.of(
            curve("product of norms", "product", prefixes, p -> p.product().map(UpperBound::value)),
            curve("certified", "best", prefixes, p -> p.certified().map(UpperBound::value)),
            curve("lower bound", "lower", prefixes, p -> reached(p.lower())));
    List<Double> values = curves.stream().flatMap(c -> c.points().stream()).map(Point::y).toList();
    LineChart chart =
        new LineChart(
            ChartScale.linear(-0.5, prefixes.size() - 0.5, LineChart.LEFT, LineChart.RIGHT),
            names,
            ChartScale.of(values, LineChart.BOTTOM, LineChart.TOP));
    return List.of(
        Html.heading(3, "Where the bound is lost"),
        Html.paragraph(
            "The network, cut off behind a layer, is a network with bounds of its own. Where the"
                + " certified curve leaves the lower one, certainty is lost; where both rise, the"
                + " network itself amplifies. The last certified point is the certificate above; those"
                + " before it are by norms and, where that is small enough, by block elimination."),
        legend(curves),
        Html.drawing(
            chart.draw(
                id,
                "Bounds of the network up to each layer",
                description(names, prefixes),
                "up to layer",
                "Lipschitz bound",
                curves)),
        table(names, prefixes));
  }

  /** The names of prefixes, as in the boxes of the graph. */
  private static List<String> names(List<PrefixBound> prefixes, CheckedNetwork checked) {
    Map<Integer, String> names = new HashMap<>();
    for (List<Integer> group : LayerGroups.of(checked.network().layers())) {
      names.put(group.getLast(), checked.nameOf(group.getFirst()));
    }
    return prefixes.stream()
        .map(prefix -> names.getOrDefault(prefix.layer(), checked.nameOf(prefix.layer())))
        .toList();
  }

  private static Optional<Double> reached(LowerBound lower) {
    return lower.value() > 0 ? Optional.of(lower.value()) : Optional.empty();
  }

  private static Curve curve(
      String name,
      String style,
      List<PrefixBound> prefixes,
      Function<PrefixBound, Optional<Double>> value) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < prefixes.size(); i++) {
      double x = i;
      value.apply(prefixes.get(i)).ifPresent(y -> points.add(new Point(x, y)));
    }
    return new Curve(name, style, LineChart.Shape.MARKS, points);
  }

  static Element legend(List<Curve> curves) {
    List<Element> entries =
        curves.stream()
            .map(curve -> Markup.element("li").with("class", curve.style()).saying(curve.name()))
            .toList();
    return Markup.element("ul").with("class", "legend").holding(entries);
  }

  private static String description(List<String> names, List<PrefixBound> prefixes) {
    PrefixBound last = prefixes.getLast();
    return "From "
        + names.getFirst()
        + " to "
        + names.getLast()
        + ", where the product is "
        + written(last.product())
        + ", the certified bound "
        + written(last.certified())
        + " and the lower bound "
        + last.lower()
        + ". The table below has all numbers.";
  }

  private static String written(Optional<UpperBound> bound) {
    return bound.map(UpperBound::toString).orElse("-");
  }

  private static Element table(List<String> names, List<PrefixBound> prefixes) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < prefixes.size(); i++) {
      PrefixBound prefix = prefixes.get(i);
      rows.add(
          List.of(
              names.get(i),
              written(prefix.product()),
              written(prefix.certified()),
              prefix.lower().toString(),
              slack(prefix)));
    }
    return Html.table(
        "Bounds of the network up to each layer",
        List.of("up to", "#product", "#certified", "#lower", "#certified / lower"),
        rows);
  }

  private static String slack(PrefixBound prefix) {
    double lower = prefix.lower().value();
    return lower > 0 && prefix.certified().isPresent()
        ? Decimals.up(prefix.certified().get().value() / lower)
        : "-";
  }
}
