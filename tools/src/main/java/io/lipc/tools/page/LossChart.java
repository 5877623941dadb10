package io.lipc.tools.page;

import io.lipc.charts.Axis;
import io.lipc.charts.Colour;
import io.lipc.charts.Legend;
import io.lipc.charts.Mark;
import io.lipc.charts.Mark.Curve;
import io.lipc.charts.Mark.Point;
import io.lipc.charts.Mark.Stroke;
import io.lipc.charts.Markup.Element;
import io.lipc.charts.Panel;
import io.lipc.charts.Scale;
import io.lipc.charts.Svg;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Decimals;
import io.lipc.model.LowerBound;
import io.lipc.model.UpperBound;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Draws where a bound is lost: the bounds of the networks that end at the layers on the way. */
final class LossChart {

  private static final int LONGEST_NAME = 12;

  private LossChart() {}

  static List<Element> of(NetworkReport report, CheckedNetwork checked, String id) {
    List<PrefixBound> prefixes = report.prefixes();
    if (prefixes.size() < 2) {
      return List.of();
    }
    List<String> names = names(prefixes, checked);
    return List.of(
        Html.heading(3, "Where the bound is lost"),
        Html.paragraph(
            "The network, cut off behind a layer, is a network with bounds of its own. Where the"
                + " certified curve leaves the lower one, certainty is lost; where both rise, the"
                + " network itself amplifies. The last certified point is the certificate above; those"
                + " before it are by norms and, where that is small enough, by block elimination."),
        Html.drawing(drawing(id, names, prefixes)),
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

  private static Element drawing(String id, List<String> names, List<PrefixBound> prefixes) {
    Curve product =
        curve(Colour.AMBER, Stroke.DASHED, prefixes, p -> p.product().map(UpperBound::value));
    Curve certified =
        curve(Colour.BLUE, Stroke.SOLID, prefixes, p -> p.certified().map(UpperBound::value));
    Curve lower = curve(Colour.GREEN, Stroke.DOTTED, prefixes, p -> reached(p.lower()));
    Legend legend =
        Legend.usual(
            0,
            List.of(
                new Legend.Key("product of norms", product),
                new Legend.Key("certified", certified),
                new Legend.Key("lower bound", lower)));
    List<Curve> curves = List.of(product, certified, lower);
    List<Double> values = curves.stream().flatMap(c -> c.points().stream()).map(Point::y).toList();
    List<String> fitting = names.stream().map(name -> Labels.fit(name, LONGEST_NAME)).toList();
    Panel panel =
        Panel.usual(
            legend.bottom() + 12,
            Axis.columns(fitting, "up to layer"),
            Axis.of(Scale.of(values), "Lipschitz bound"));
    List<Mark> marks = new ArrayList<>(curves);
    curves.forEach(curve -> marks.add(new Mark.Dots(curve.colour(), curve.points())));
    String title = "Bounds of the network up to each layer";
    return Svg.drawing(id, 720, panel.bottom(), title, description(names, prefixes))
        .holding(legend.draw())
        .holding(panel.draw(marks));
  }

  /** The bounds of the prefixes that have one: nothing is known of what lies between others. */
  private static Curve curve(
      Colour colour,
      Stroke stroke,
      List<PrefixBound> prefixes,
      Function<PrefixBound, Optional<Double>> value) {
    List<Point> points = new ArrayList<>();
    for (PrefixBound prefix : prefixes) {
      points.add(new Point(points.size(), value.apply(prefix).orElse(Double.NaN)));
    }
    return new Curve(colour, stroke, points);
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
