package io.lipc.certificate.margin;

import io.lipc.certificate.InputScale;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.RowWise;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Weighted;
import io.lipc.certificate.linear.Windowed;
import io.lipc.formats.Quoted;
import io.lipc.formats.Weights;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The units of distances in a scale, in words that are true of any network with that scale. */
final class ScaleWords {

  private static final int MOST_UNITS = 6;

  /** A standard deviation may be off by half as much, relatively, and is called one. */
  private static final double MOST_EPSILON = 0x1p-10;

  private ScaleWords() {}

  static String of(InputScale scale, Subject network) {
    return switch (scale) {
      case InputScale.FirstLayer _ -> ofFirst(network);
      case InputScale.Units(List<Double> lengths, Optional<String> tensor) ->
          "units of " + units(lengths, tensor);
    };
  }

  private static String units(List<Double> lengths, Optional<String> tensor) {
    String first =
        lengths.stream().limit(MOST_UNITS).map(String::valueOf).collect(Collectors.joining(", "));
    int left = lengths.size() - MOST_UNITS;
    String numbers = first + (left > 0 ? " and " + left + " more" : "");
    return tensor.map(name -> Quoted.code(name) + " (" + numbers + ")").orElse(numbers);
  }

  private static String ofFirst(Subject network) {
    LinearMap first = ((Unit.Linear) network.certificate().units().get(1)).map();
    return switch (first) {
      case BatchNorm z when dividesByDeviations(z, network.weights()) ->
          "standard deviations (" + Quoted.code(z.prefix() + ".running_var") + ")";
      case Scaling(double factor) -> "inputs times " + Math.abs(factor);
      case BatchNorm _, Centering _, Diagonal _, RowWise _, Selection _, Weighted _, Windowed _ ->
          "outputs of the first layer";
    };
  }

  /**
   * Whether the layer divides by standard deviations and does nothing else to differences: all its
   * factors are 1, or 0 for columns that are not read, and epsilon is small beside each variance.
   */
  private static boolean dividesByDeviations(BatchNorm z, Weights weights) {
    return IntStream.range(0, z.channels())
        .allMatch(
            c -> {
              double factor = weights.tensor(z.prefix() + ".weight").orElseThrow().get(c);
              double variance = weights.tensor(z.prefix() + ".running_var").orElseThrow().get(c);
              return factor == 0 || (factor == 1 && z.epsilon() <= MOST_EPSILON * variance);
            });
  }
}
