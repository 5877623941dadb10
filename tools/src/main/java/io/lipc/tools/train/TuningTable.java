package io.lipc.tools.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The trials of a search, as a table for people.
 *
 * @param summaries the best first
 * @param defaults the pair without a search
 * @param distances at which certified accuracy counts
 * @param rows of the training part, which all trials split
 */
record TuningTable(
    List<Tuning.Summary> summaries, LossConstants defaults, List<Double> distances, int rows) {

  TuningTable {
    summaries = List.copyOf(summaries);
    distances = List.copyOf(distances);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        ("tuned:    %d pairs of temperature and offset on parts of %d training rows; the score is the"
                + " mean of accuracy%s on the rows held out")
            .formatted(summaries.size(), rows, certified()));
    lines.add("temperature  offset  epochs  splits  accuracy  certified            score");
    summaries.forEach(summary -> lines.add(line(summary)));
    return lines;
  }

  private String certified() {
    return distances.isEmpty()
        ? ""
        : distances.stream()
            .map(LossConstants::text)
            .collect(Collectors.joining(", ", " and certified accuracy at ", ""));
  }

  private String line(Tuning.Summary summary) {
    Trial first = summary.trials().getFirst().trial();
    String about =
        String.format(
            Locale.ROOT,
            "%11s  %6s  %6d  %6d  ",
            LossConstants.text(first.loss().temperature()),
            LossConstants.text(first.loss().offset()),
            first.epochs(),
            summary.trials().size());
    if (summary.score() < 0) {
      return about + "training failed" + note(summary);
    }
    String shares =
        IntStream.rangeClosed(1, distances.size())
            .mapToObj(share -> String.format(Locale.ROOT, "%.1f", 100 * mean(summary, share)))
            .collect(Collectors.joining("/"));
    return about
        + String.format(
                Locale.ROOT,
                "%6.1f %%  %-19s %5.1f%s",
                100 * mean(summary, 0),
                shares.isEmpty() ? "" : shares + " %",
                100 * summary.score(),
                note(summary))
            .stripTrailing();
  }

  private static double mean(Tuning.Summary summary, int share) {
    return summary.trials().stream()
        .mapToDouble(tried -> tried.shares().orElseThrow().get(share))
        .average()
        .orElseThrow();
  }

  private String note(Tuning.Summary summary) {
    boolean isChosen = summary.equals(summaries.getFirst());
    boolean isDefault = summary.loss().equals(defaults);
    if (isChosen) {
      return isDefault ? "  chosen, as without a search" : "  chosen";
    }
    return isDefault ? "  without a search" : "";
  }
}
