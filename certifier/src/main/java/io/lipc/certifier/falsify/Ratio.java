package io.lipc.certifier.falsify;

import io.lipc.certificate.Norms;
import io.lipc.certificate.enclosure.ExactNumbers;
import io.lipc.certificate.enclosure.Intervals;
import io.lipc.certificate.function.Range;
import io.lipc.formats.Norm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The ratio {@code |f(x) - f(x')| / |x - x'|} of a pair in given norms, never rounded up. */
public final class Ratio {

  /** Networks with more products are evaluated in intervals: BigDecimal takes too long. */
  private static final long MAX_EXACT_PRODUCTS = 30_000;

  /** Numbers of deep networks get long: that many bits are added by each unit. */
  private static final int MAX_EXACT_STEPS = 60;

  private static final MathContext DOWN = new MathContext(40, RoundingMode.FLOOR);

  private Ratio() {}

  /**
   * A number not above the ratio; 0 where the inputs are equal, or they or the evaluation overflow.
   */
  public static double below(Program program, Norms norms, Pair pair) {
    if (!isFinite(pair.first()) || !isFinite(pair.second())) {
      return 0;
    }
    BigDecimal inputs = squaredNorm(norms.input(), difference(pair.first(), pair.second()));
    if (inputs.signum() == 0) {
      return 0;
    }
    BigDecimal outputs =
        squaredNorm(
            norms.output(), isShort(program) ? exactly(program, pair) : enclosed(program, pair));
    // The nearest double may be above the root, and the ratio itself where it is a double: quotient
    // and root have fallen just short of it. The one below it is not above either.
    double root = outputs.divide(inputs, DOWN).sqrt(DOWN).doubleValue();
    double nearest = Math.min(root, Double.MAX_VALUE);
    boolean above = new BigDecimal(nearest).pow(2).multiply(inputs).compareTo(outputs) > 0;
    return above ? Math.nextDown(nearest) : nearest;
  }

  /** Steps in a box as wide as all doubles may lead to none. */
  private static boolean isFinite(List<Double> input) {
    return input.stream().allMatch(Double::isFinite);
  }

  /** Whether exact numbers do not get long. */
  static boolean isShort(Program program) {
    return program.isPiecewiseLinear()
        && program.products() <= MAX_EXACT_PRODUCTS
        && program.steps().size() <= MAX_EXACT_STEPS;
  }

  /** The outputs' difference. */
  private static List<BigDecimal> exactly(Program program, Pair pair) {
    List<BigDecimal> first = exactly(program, pair.first());
    List<BigDecimal> second = exactly(program, pair.second());
    return IntStream.range(0, first.size())
        .mapToObj(i -> first.get(i).subtract(second.get(i)))
        .toList();
  }

  private static List<BigDecimal> exactly(Program program, List<Double> input) {
    return program.output(new ExactNumbers(), input.stream().map(BigDecimal::new).toList());
  }

  /** Magnitudes that are not above those of the outputs' difference. */
  private static List<BigDecimal> enclosed(Program program, Pair pair) {
    List<Range> first = enclosed(program, pair.first());
    List<Range> second = enclosed(program, pair.second());
    double[] least =
        IntStream.range(0, first.size())
            .mapToObj(i -> Intervals.difference(first.get(i), second.get(i)))
            .mapToDouble(Range::leastMagnitude)
            .toArray();
    boolean finite = Arrays.stream(least).allMatch(Double::isFinite);
    return Arrays.stream(least)
        .mapToObj(value -> finite ? new BigDecimal(value) : BigDecimal.ZERO)
        .toList();
  }

  private static List<Range> enclosed(Program program, List<Double> input) {
    return program.output(new Intervals(), input.stream().map(Intervals::of).toList());
  }

  private static List<BigDecimal> difference(List<Double> a, List<Double> b) {
    return IntStream.range(0, a.size())
        .mapToObj(i -> new BigDecimal(a.get(i)).subtract(new BigDecimal(b.get(i))))
        .toList();
  }

  private static BigDecimal squaredNorm(Norm norm, List<BigDecimal> values) {
    var squares = values.stream().map(value -> value.pow(2));
    return squares.reduce(
        BigDecimal.ZERO,
        switch (norm) {
          case L2 -> BigDecimal::add;
          case LINF -> BigDecimal::max;
        });
  }
}
