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
    return value(name, constants, new BigDecimal(argument));
  }

  /** The same of any number, such as a value of another function. */
  public static BigDecimal value(String name, List<Double> constants, BigDecimal t) {
    BigDecimal alpha = constants.isEmpty() ? ONE : new BigDecimal(constants.getFirst());
    boolean isPositive = t.signum() > 0;
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

  /**
   * The derivative of a function, with at least 40 correct digits of its own, however small it is.
   *
   * @throws ArithmeticException at a kink
   */
  public static BigDecimal derivative(String name, List<Double> constants, BigDecimal t) {
    BigDecimal alpha = constants.isEmpty() ? ONE : new BigDecimal(constants.getFirst());
    return switch (name) {
      case "relu" -> pieces(t, 0, BigDecimal.ZERO, ONE);
      case "leaky_relu" -> pieces(t, 0, alpha, ONE);
      case "abs" -> pieces(t, 0, ONE.negate(), ONE);
      case "relu6" -> pieces(t, 0, BigDecimal.ZERO, pieces(t, 6, ONE, BigDecimal.ZERO));
      case "hard_tanh" -> pieces(t, -1, BigDecimal.ZERO, pieces(t, 1, ONE, BigDecimal.ZERO));
      case "hard_sigmoid" -> {
        BigDecimal inside = quotient(ONE, new BigDecimal(6));
        yield pieces(t, -3, BigDecimal.ZERO, pieces(t, 3, inside, BigDecimal.ZERO));
      }
      case "hard_swish" -> {
        BigDecimal inside = quotient(t, new BigDecimal(3)).add(new BigDecimal("0.5"));
        yield pieces(t, -3, BigDecimal.ZERO, pieces(t, 3, inside, ONE));
      }
      case "softsign" -> quotient(ONE, ONE.add(t.abs()).pow(2));
      case "tanh" -> times(new BigDecimal(4), bell(t.add(t)));
      case "sigmoid" -> bell(t);
      case "softplus" -> sigmoid(t);
      case "elu" -> pieces(t, 0, times(alpha, exp(t.min(BigDecimal.ZERO))), ONE);
      case "celu" -> pieces(t, 0, exp(quotient(t.min(BigDecimal.ZERO), alpha)), ONE);
      case "selu" -> {
        BigDecimal a = new BigDecimal("1.6732632423543772848170429916717");
        BigDecimal scale = new BigDecimal("1.0507009873554804934193349852946");
        yield times(scale, pieces(t, 0, times(a, exp(t.min(BigDecimal.ZERO))), ONE));
      }
      case "silu" -> sigmoid(t).add(times(t, bell(t)));
      case "mish" -> {
        BigDecimal y = softplus(t);
        BigDecimal slope = times(new BigDecimal(4), bell(y.add(y)));
        yield tanh(y).add(times(t, times(slope, sigmoid(t))));
      }
      case "gelu" -> {
        BigDecimal density =
            quotient(exp(t.pow(2).divide(TWO).negate()), PI.multiply(TWO).sqrt(DIGITS));
        yield normalProbability(t).add(times(t, density));
      }
      case "gelu_tanh" -> {
        BigDecimal rate = new BigDecimal("0.044715");
        BigDecimal twice = times(TWO, quotient(TWO, PI).sqrt(DIGITS));
        BigDecimal w = times(twice, t.add(times(rate, t.pow(3))));
        BigDecimal rise = times(twice, ONE.add(times(new BigDecimal(3).multiply(rate), t.pow(2))));
        yield sigmoid(w).add(times(t, times(rise, bell(w))));
      }
      case "sin" -> value("cos", List.of(), t);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /**
   * A derivative that is one number before a place and another behind it, where there is a kink.
   */
  private static BigDecimal pieces(BigDecimal t, int kink, BigDecimal before, BigDecimal behind) {
    int side = t.compareTo(new BigDecimal(kink));
    if (side == 0 && before.compareTo(behind) != 0) {
      throw new ArithmeticException("at a kink");
    }
    return side < 0 ? before : behind;
  }

  /** The derivative of the sigmoid, {@code e^-|t| / (1 + e^-|t|)^2}. */
  private static BigDecimal bell(BigDecimal t) {
    BigDecimal e = exp(t.abs().negate());
    return quotient(e, ONE.add(e).pow(2));
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
