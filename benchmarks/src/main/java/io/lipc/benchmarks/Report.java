package io.lipc.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures as tables of Markdown. */
final class Report {

  private final Setting setting;
  private final Figures figures;
  private final List<String> lines = new ArrayList<>();

  Report(Setting setting, Figures figures) {
    this.setting = setting;
    this.figures = figures;
  }

  String markdown() {
    lines.clear();
    lines.add(setting.sentence());
    lines.add("");
    asked();
    lines.add("");
    lines.add("![How many times as fast as ONNX Runtime, pinned](benchmarks/kernels.svg)");
    for (int threads = 1; threads <= 2; threads++) {
      lines.add("");
      lines.add(
          "Microseconds per call, %s:".formatted(threads == 1 ? "one thread" : "two threads"));
      lines.add("");
      times(threads);
    }
    lines.add("");
    peak();
    lines.add("");
    firstCalls();
    return String.join("\n", lines) + "\n";
  }

  private void row(Stream<String> cells) {
    lines.add(cells.collect(Collectors.joining(" | ", "| ", " |")));
  }

  private void head(String... titles) {
    row(Arrays.stream(titles));
    lines.add("|---".repeat(titles.length) + "|");
  }

  /** Writes the figures that were asked for, each beside the reached one. */
  private void asked() {
    head("times as fast as", "asked", "one thread", "of medians", "two threads");
    for (Asked asked : Asked.ALL) {
      double reached = lead(asked.on(1), asked.against());
      row(
          Stream.of(
              asked.label(),
              ">= " + Numbers.short3(asked.atLeast()),
              verdict(reached, reached >= asked.atLeast()),
              Numbers.short3(
                  figures.ratioOfMedians(asked.on(1), asked.against(), Engine.LIPC_VECTOR)),
              Numbers.short3(lead(asked.on(2), asked.against()))));
    }
    lines.add("");
    head("beside", "asked", "reached");
    double slowest = slowestScalar(Case.all(1).stream());
    row(
        Stream.of(
            "lipc scalar takes, times lipc vector, at most",
            "<= " + Asked.SCALAR_TO_VECTOR,
            verdict(slowest, slowest <= Asked.SCALAR_TO_VECTOR)));
    double slowestOfAsked = slowestScalar(Asked.ALL.stream().map(asked -> asked.on(1)));
    row(Stream.of("the same in the cases above, at most", "", Numbers.short3(slowestOfAsked)));
    double floor = 100 * floorOfScalar();
    row(
        Stream.of(
            "lipc scalar, batches of the wide network, % of FMA peak, at least",
            ">= " + Numbers.percent(Asked.SHARE_OF_PEAK),
            verdict(floor, floor >= 100 * Asked.SHARE_OF_PEAK)));
    double first = longestFirstCall();
    row(
        Stream.of(
            "first call, ms, at most",
            "< " + Asked.FIRST_CALL_MILLIS,
            verdict(first, first < Asked.FIRST_CALL_MILLIS)));
    double bytes = figures.mostBytes();
    row(
        Stream.of(
            "bytes per call with a workspace, at most, with JMH's own",
            "0, seen as < " + Asked.BYTES,
            verdict(bytes, bytes < Asked.BYTES)));
  }

  private static String verdict(double reached, boolean good) {
    return Numbers.short3(reached) + (good ? "" : " (missed)");
  }

  private double lead(Case measured, Engine against) {
    return figures.ratio(measured, against, Engine.LIPC_VECTOR).orElse(Double.NaN);
  }

  private double slowestScalar(Stream<Case> cases) {
    return cases
        .mapToDouble(
            measured ->
                figures.ratio(measured, Engine.LIPC_SCALAR, Engine.LIPC_VECTOR).orElse(Double.NaN))
        .max()
        .orElseThrow();
  }

  private double floorOfScalar() {
    return Case.all(1).stream()
        .filter(measured -> measured.topology() == Topology.WIDE && measured.batch() > 1)
        .mapToDouble(
            measured -> figures.shareOfPeak(measured, Engine.LIPC_SCALAR).orElse(Double.NaN))
        .min()
        .orElseThrow();
  }

  private double longestFirstCall() {
    return Arrays.stream(Topology.values())
        .flatMap(
            topology ->
                Arrays.stream(Variant.values()).map(variant -> figures.first(topology, variant)))
        .mapToDouble(Figures.First::call)
        .max()
        .orElseThrow();
  }

  private void times(int threads) {
    List<Engine> engines = Case.all(threads).getFirst().engines();
    List<String> titles = new ArrayList<>(List.of("network, batch"));
    engines.forEach(engine -> titles.add(engine.label()));
    titles.addAll(List.of("pinned / vector", "usual / vector", "scalar / vector"));
    head(titles.toArray(String[]::new));
    for (Case measured : Case.all(threads)) {
      List<String> cells = new ArrayList<>(List.of(measured.label()));
      engines.forEach(
          engine ->
              cells.add(
                  Numbers.short3(figures.timing(measured, engine).map(Figures.Timing::least))));
      for (Engine slow : List.of(Engine.ORT_PINNED, Engine.ORT_USUAL, Engine.LIPC_SCALAR)) {
        cells.add(Numbers.short3(figures.ratio(measured, slow, Engine.LIPC_VECTOR)));
      }
      row(cells.stream());
    }
  }

  private void peak() {
    lines.add(
        "Percent of the FMA peak, which is %s GFLOP/s for one core:"
            .formatted(Numbers.short3(figures.peakGigaflops())));
    lines.add("");
    head("network, batch", "threads", "lipc scalar", "lipc vector", "ONNX Runtime, pinned");
    for (int threads = 1; threads <= 2; threads++) {
      for (Case measured : Case.all(threads)) {
        if (measured.topology() == Topology.WIDE) {
          row(
              Stream.of(
                  measured.label(),
                  Integer.toString(threads),
                  share(measured, Engine.LIPC_SCALAR),
                  share(measured, Engine.LIPC_VECTOR),
                  share(measured, Engine.ORT_PINNED)));
        }
      }
    }
  }

  private String share(Case measured, Engine engine) {
    return figures.shareOfPeak(measured, engine).map(Numbers::percent).orElse("");
  }

  private void firstCalls() {
    lines.add(
        "The first call in a new JVM, in milliseconds, and what loading took before it; medians:");
    lines.add("");
    List<String> titles = new ArrayList<>(List.of("network"));
    for (Variant variant : Variant.values()) {
      titles.add(variant.label());
      titles.add("loading");
    }
    head(titles.toArray(String[]::new));
    for (Topology topology : Topology.values()) {
      List<String> cells = new ArrayList<>(List.of(topology.label()));
      for (Variant variant : Variant.values()) {
        Figures.First first = figures.first(topology, variant);
        cells.add(Numbers.short3(first.call()));
        cells.add(Numbers.short3(first.load()));
      }
      row(cells.stream());
    }
  }
}
