package io.lipc.tools.page;

import io.lipc.charts.Axis;
import io.lipc.charts.Colour;
import io.lipc.charts.Mark;
import io.lipc.charts.Mark.Point;
import io.lipc.charts.Markup.Element;
import io.lipc.charts.Panel;
import io.lipc.charts.Scale;
import io.lipc.model.Decimals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A histogram of margins: wrong decisions to the left of zero, right ones to its right. */
final class MarginChart {

  private MarginChart() {}

  static Element draw(List<Double> margins, int bins, String id) {
    double least = Math.min(0, margins.stream().mapToDouble(m -> m).min().orElse(0));
    double largest = Math.max(0, margins.stream().mapToDouble(m -> m).max().orElse(0));
    // Bins begin at zero, so that none holds right and wrong decisions.
    double width = Math.max(largest - least, Double.MIN_NORMAL) / bins;
    int below = (int) Math.ceil(-least / width);
    int[] counts = new int[below + (int) Math.floor(largest / width) + 1];
    for (double margin : margins) {
      counts[below + (int) Math.floor(margin / width)]++;
    }
    Scale across = Scale.linear(-below * width, (counts.length - below) * width);
    Scale upward = Scale.linear(0, 1.04 * Math.max(1, Arrays.stream(counts).max().orElse(0)));
    Panel panel =
        Panel.usual(
            12,
            Axis.of(across, "logit of the labelled class less the largest other one"),
            Axis.of(upward, "samples"));
    List<Mark> marks = new ArrayList<>();
    for (int bin = 0; bin < counts.length; bin++) {
      if (counts[bin] > 0) {
        double from = (bin - below) * width;
        marks.add(
            new Mark.Bar(
                bin < below ? Colour.RED : Colour.BLUE,
                new Point(from + 0.06 * width, 0),
                new Point(from + 0.94 * width, counts[bin]),
                "",
                counts[bin] + " samples from " + Decimals.down(from)));
      }
    }
    marks.add(new Mark.Rule(Colour.GREY, Mark.Stroke.THIN, 0));
    return panel.drawing(id, "Margins of the samples", description(margins), marks);
  }

  private static String description(List<Double> margins) {
    List<Double> sorted = margins.stream().sorted().toList();
    return "A histogram: margins from "
        + Decimals.down(sorted.getFirst())
        + " to "
        + Decimals.up(sorted.getLast())
        + ", half of them at least "
        + Decimals.down(sorted.get(sorted.size() / 2))
        + "; negative ones are wrong decisions.";
  }
}
