package io.lipc.certifier.bound;

import io.lipc.certificate.Torus;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.formats.Tensor;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Eigenvalues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A torus for the proof of a convolution's gain, and the norm on it, in doubles.
 *
 * <p>The smallest tori on which the image fits, and those of one cell more, are tried, with and
 * without a twist along each axis: a twist moves the frequencies, so that the largest norms lie
 * between them, and larger tori have more frequencies.
 */
record TorusNorm(Torus torus, double norm) {

  private static final List<Double> TWISTS = List.of(0.0, 0.5);

  /** Norms are computed to the last digits where the estimate is this share of the largest. */
  private static final double NEAR = 0.98;

  /** The torus with the least norm; empty where none is small enough for the checker. */
  static Optional<TorusNorm> best(Convolution map, Tensor weight, Deadline deadline) {
    double[] kernel = weight.values();
    return tori(map).stream()
        .map(torus -> new WaveMatrices(map, kernel, torus, deadline))
        .filter(WaveMatrices::areChecked)
        .min(Comparator.comparingDouble(TorusNorm::estimate))
        .map(waves -> new TorusNorm(waves.torus(), norm(waves, deadline)));
  }

  private static List<Torus> tori(Convolution map) {
    Grid in = map.input();
    Grid out = map.output();
    Axis vertical = map.window().vertical();
    Axis horizontal = map.window().horizontal();
    List<Torus> tori = new ArrayList<>();
    for (int more = 0; more <= 1; more++) {
      int down = cells(vertical, in.height(), out.height(), more);
      int across = cells(horizontal, in.width(), out.width(), more);
      for (double first : twists(vertical)) {
        for (double second : twists(horizontal)) {
          tori.add(new Torus(List.of(down, across), List.of(first, second)));
        }
      }
    }
    return tori.stream().distinct().toList();
  }

  /** A single cell and no twist where windows do not overlap: any torus proves the same. */
  private static int cells(Axis axis, int pixels, int outputs, int more) {
    if (isApart(axis)) {
      return 1;
    }
    int stride = axis.stride();
    long last = stride * (outputs - 1L) + axis.span() - axis.before();
    long needed = Math.max(pixels + axis.before(), last);
    return more + Math.max(outputs, (int) Math.ceilDiv(needed, (long) stride));
  }

  private static List<Double> twists(Axis axis) {
    return isApart(axis) ? TWISTS.subList(0, 1) : TWISTS;
  }

  private static boolean isApart(Axis axis) {
    return axis.span() <= axis.stride();
  }

  /** The largest estimate over all frequencies: hardly above the norm, and not far below. */
  private static double estimate(WaveMatrices waves) {
    return waves
        .rowsOfWaves()
        .parallel()
        .mapToObj(waves::estimates)
        .flatMapToDouble(Arrays::stream)
        .max()
        .orElse(0);
  }

  private static double norm(WaveMatrices waves, Deadline deadline) {
    double[] estimates =
        waves
            .rowsOfWaves()
            .parallel()
            .mapToObj(waves::estimates)
            .flatMapToDouble(Arrays::stream)
            .toArray();
    double near = NEAR * Arrays.stream(estimates).max().orElse(0);
    return IntStream.range(0, estimates.length)
        .parallel()
        .filter(wave -> estimates[wave] >= near)
        .mapToDouble(wave -> Eigenvalues.spectralNorm(waves.matrix(wave), deadline))
        .max()
        .orElse(0);
  }
}
