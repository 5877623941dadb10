package io.lipc.certifier;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** The ratio {@code |f(x) - f(x')| / |x - x'|} of a pair, never rounded up. */
final class Ratio {

  /** Networks with more products are evaluated in intervals: BigDecimal takes too long. */
  private static final long MAX_EXACT_PRODUCTS = 30_000;

  /** Numbers of deep networks get long: that many bits are added by each unit. */
  private static final int MAX_EXACT_STEPS = 60;

  private static final MathContext DOWN = new MathContext(40, RoundingMode.FLOOR);

  private Ratio() {}

  /** A number not above the ratio; 0 where the inputs are equal or the evaluation overflows. */
  static double below(Program program, Pair pair) {
    BigDecimal inputs = squaredDistance(exact(pair.first()), exact(pair.second()));
    if (inputs.signum() == 0) {
      return 0;
    }
    BigDecimal outputs = isShort(program) ? exactly(program, pair) : enclosed(program, pair);
    double below = down(outputs.divide(inputs, DOWN).sqrt(DOWN));
    // Where the ratio is a double, quotient and root have fallen just short of it.
    double next = Math.nextUp(below);
    boolean reached = new BigDecimal(next).pow(2).multiply(inputs).compareTo(outputs) <= 0;
    return reached ? next : below;
  }

  private static boolean isShort(Program program) {
    return program.isPiecewiseLinear()
        && program.products() <= MAX_EXACT_PRODUCTS
        && program.steps().size() <= MAX_EXACT_STEPS;
  }

  private static BigDecimal exactly(Program program, Pair pair) {
    Evaluation<BigDecimal> evaluation = new Evaluation<>(new ExactArithmetic());
    return squaredDistance(
        evaluation.apply(program, pair.first()), evaluation.apply(program, pair.second()));
  }

  private static BigDecimal enclosed(Program program, Pair pair) {
    Evaluation<IntervalArithmetic.Enclosure> evaluation =
        new Evaluation<>(new IntervalArithmetic());
    List<IntervalArithmetic.Enclosure> first = evaluation.apply(program, pair.first());
    List<IntervalArithmetic.Enclosure> second = evaluation.apply(program, pair.second());
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < first.size(); i++) {
      double least = first.get(i).minus(second.get(i)).mignitude();
      if (!Double.isFinite(least)) {
        return BigDecimal.ZERO;
      }
      sum = sum.add(new BigDecimal(least).pow(2));
    }
    return sum;
  }

  private static List<BigDecimal> exact(List<Double> values) {
    return values.stream().map(BigDecimal::new).toList();
  }

  private static BigDecimal squaredDistance(List<BigDecimal> a, List<BigDecimal> b) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < a.size(); i++) {
      sum = sum.add(a.get(i).subtract(b.get(i)).pow(2));
    }
    return sum;
  }

  /** The largest finite double that is not above {@code value}, which is not negative. */
  private static double down(BigDecimal value) {
    double nearest = Math.min(value.doubleValue(), Double.MAX_VALUE);
    return new BigDecimal(nearest).compareTo(value) > 0 ? Math.nextDown(nearest) : nearest;
  }
}
