package io.lipc.tools.page;

import io.lipc.model.Decimals;
import io.lipc.tools.page.Markup.Element;
import java.util.ArrayList;
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
    ChartScale across =
        ChartScale.linear(
            -below * width, (counts.length - below) * width, LineChart.LEFT, LineChart.RIGHT);
    return draw(id, counts, below, width, across, description(margins));
  }

  private static Element draw(
      String id, int[] counts, int below, double width, ChartScale across, String description) {
    int most = 1;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    ChartScale upward = ChartScale.linear(0, 1.04 * most, LineChart.BOTTOM, LineChart.TOP);
    List<Element> bars = new ArrayList<>();
    for (int bin = 0; bin < counts.length; bin++) {
      double from = (bin - below) * width;
      double top = upward.at(counts[bin]);
      double left = across.at(from);
      String style = bin < below ? "bar wrong" : "bar best";
      if (counts[bin] > 0) {
        bars.add(
            Svg.rectangle(
                    style,
                    left + 1,
                    top,
                    across.at(from + width) - left - 2,
                    LineChart.BOTTOM - top)
                .holding(Svg.hint(counts[bin] + " samples from " + Decimals.down(from))));
      }
    }
    Element axes =
        new LineChart(across, List.of(), upward)
            .draw(
                id,
                "Margins of the samples",
                description,
                "logit of the labelled class less the largest other one",
                "samples",
                List.of());
    return axes.holding(bars)
        .holding(Svg.line("axis", across.at(0), LineChart.TOP, across.at(0), LineChart.BOTTOM));
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
