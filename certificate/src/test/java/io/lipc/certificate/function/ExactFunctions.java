package io.lipc.certificate.function;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * The functions from their definitions, with at least 40 correct digits: what computed values are
 * compared with. It shares no formula with the code under test where another one is known.
 */
public final class ExactFunctions {

  private static final MathContext DIGITS = new MathContext(70);
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal TWO = BigDecimal.TWO;

  /** By Machin's formula: 16 atan(1/5) - 4 atan(1/239). */
  static final BigDecimal PI =
      arctangentOfInverse(5)
          .multiply(new BigDecimal(16))
          .subtract(arctangentOfInverse(239).multiply(new BigDecimal(4)));

  private ExactFunctions() {}

  private static BigDecimal arctangentOfInverse(int n) {
    MathContext many = new MathContext(760);
    BigDecimal power = ONE.divide(new BigDecimal(n), many);
    BigDecimal square = new BigDecimal(n).pow(2);
    BigDecimal sum = power;
    for (int k = 1; power.precision() - power.scale() > -750; k++) {
      power = power.negate().divide(square, many);
      sum = sum.add(power.divide(new BigDecimal(2 * k + 1), many), many);
    }
    return sum;
  }

  /**
   * The value of a function.
   *
   * @param name the function
   * @param constants its constants
   * @param argument where
   */
  public static BigDecimal value(String name, List<Double> constants, double argument) {
    BigDecimal t = new BigDecimal(argument);
    BigDecimal alpha = constants.isEmpty() ? ONE : new BigDecimal(constants.getFirst());
    boolean isPositive = argument > 0;
    return switch (name) {
      case "relu" -> t.max(BigDecimal.ZERO);
      case "leaky_relu" -> isPositive ? t : alpha.multiply(t);
      case "abs" -> t.abs();
      case "identity" -> t;
      case "relu6" -> t.max(BigDecimal.ZERO).min(new BigDecimal(6));
      case "hard_tanh" -> t.max(ONE.negate()).min(ONE);
      case "hard_sigmoid" -> hardSigmoid(t);
      case "hard_swish" -> times(t, hardSigmoid(t));
      case "softsign" -> quotient(t, ONE.add(t.abs()));
      case "tanh" -> tanh(t);
      case "sigmoid" -> sigmoid(t);
      case "silu" -> times(t, sigmoid(t));
      case "softplus" -> softplus(t);
      case "elu" -> isPositive ? t : times(alpha, expm1(t));
      case "celu" -> isPositive ? t : times(alpha, expm1(quotient(t, alpha)));
      case "selu" -> {
        BigDecimal a = new BigDecimal("1.6732632423543772848170429916717");
        BigDecimal scale = new BigDecimal("1.0507009873554804934193349852946");
        yield times(scale, isPositive ? t : times(a, expm1(t)));
      }
      case "mish" -> times(t, tanh(softplus(t)));
      case "gelu" -> times(t, normalProbability(t));
      case "gelu_tanh" -> {
        BigDecimal inner = t.add(times(new BigDecimal("0.044715"), t.pow(3)));
        BigDecimal root = quotient(TWO, PI).sqrt(DIGITS);
        // (1 + tanh z) / 2 = sigmoid(2 z): the sum would cancel more digits than there are.
        yield times(t, sigmoid(times(TWO, times(root, inner))));
      }
      case "sin" -> sine(t);
      case "cos" -> sine(t.add(PI.divide(TWO)));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static BigDecimal times(BigDecimal a, BigDecimal b) {
    return a.multiply(b, DIGITS);
  }

  private static BigDecimal quotient(BigDecimal a, BigDecimal b) {
    return a.divide(b, DIGITS);
  }

  private static BigDecimal hardSigmoid(BigDecimal t) {
    return quotient(
        t.add(new BigDecimal(3)).max(BigDecimal.ZERO).min(new BigDecimal(6)), new BigDecimal(6));
  }

  /** {@code e^(t / 2^k)} by its series, k times squared. */
  public static BigDecimal exp(BigDecimal t) {
    if (t.compareTo(new BigDecimal(-100_000)) < 0) {
      return BigDecimal.ZERO;
    }
    MathContext more = new MathContext(100);
    int halvings = Math.max(0, 8 + (t.precision() - t.scale()) * 4);
    BigDecimal x = t.divide(TWO.pow(halvings), more);
    BigDecimal power = ONE;
    BigDecimal sum = ONE;
    for (int k = 1; k < 60; k++) {
      power = power.multiply(x, more).divide(new BigDecimal(k), more);
      sum = sum.add(power, more);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, more);
    }
    return sum;
  }

  private static BigDecimal expm1(BigDecimal t) {
    if (t.abs().compareTo(new BigDecimal("0.1")) > 0) {
      return exp(t).subtract(ONE, DIGITS);
    }
    BigDecimal power = t;
    BigDecimal sum = t;
    for (int k = 2; k < 60; k++) {
      power = times(power, t).divide(new BigDecimal(k), DIGITS);
      sum = sum.add(power, DIGITS);
    }
    return sum;
  }

  private static BigDecimal tanh(BigDecimal t) {
    BigDecimal m = expm1(times(new BigDecimal(-2), t.abs()));
    BigDecimal size = quotient(m.negate(), TWO.add(m));
    return t.signum() < 0 ? size.negate() : size;
  }

  private static BigDecimal sigmoid(BigDecimal t) {
    BigDecimal e = exp(t.abs().negate());
    return quotient(t.signum() < 0 ? e : ONE, ONE.add(e));
  }

  /** {@code log(1 + y) = 2 artanh(y / (2 + y))}, with y = e^-|t|. */
  private static BigDecimal softplus(BigDecimal t) {
    BigDecimal y = exp(t.abs().negate());
    BigDecimal z = quotient(y, TWO.add(y));
    BigDecimal power = z;
    BigDecimal sum = z;
    for (int k = 3; k < 160; k += 2) {
      power = times(power, times(z, z));
      sum = sum.add(power.divide(new BigDecimal(k), DIGITS), DIGITS);
    }
    return t.max(BigDecimal.ZERO).add(times(TWO, sum), DIGITS);
  }

  /** By its alternating series at 0, with the digits that its terms and the result need. */
  private static BigDecimal normalProbability(BigDecimal t) {
    double x = Math.abs(t.doubleValue());
    if (x > 39) {
      return t.signum() < 0 ? BigDecimal.ZERO : ONE;
    }
    MathContext many = new MathContext(70 + (int) (x * x * 0.45));
    BigDecimal square = t.pow(2);
    BigDecimal power = t;
    BigDecimal sum = t;
    BigDecimal least = ONE.movePointLeft(many.getPrecision() + 10);
    for (int k = 1; power.abs().compareTo(least) > 0; k++) {
      power = power.multiply(square, many).divide(new BigDecimal(-2 * k), many);
      sum = sum.add(power.divide(new BigDecimal(2 * k + 1), many));
      sum = sum.setScale(many.getPrecision() + 10, RoundingMode.HALF_EVEN);
    }
    BigDecimal rootOfTwoPi = PI.multiply(TWO).sqrt(many);
    return new BigDecimal("0.5").add(sum.divide(rootOfTwoPi, many));
  }

  private static BigDecimal sine(BigDecimal t) {
    MathContext many = new MathContext(200);
    BigDecimal period = PI.multiply(TWO);
    // The largest double has 308 digits in front of the point.
    BigDecimal turns = t.divide(period, new MathContext(360)).setScale(0, RoundingMode.HALF_EVEN);
    BigDecimal x = t.subtract(turns.multiply(period)).round(many);
    BigDecimal power = x;
    BigDecimal sum = x;
    for (int k = 2; k < 120; k += 2) {
      power = power.multiply(x.pow(2), many).divide(new BigDecimal(-k * (k + 1)), many);
      sum = sum.add(power, many);
    }
    return sum;
  }
}
