package io.lipc.certificate.activation;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The activations whose slopes have ends that are no simple numbers, as enclosures of the function
 * and of its first two derivatives: written from their definitions, independently of the code that
 * computes them.
 */
final class SmoothFunctions {

  /** {@code Math.PI} is the double below pi. */
  private static final Enclosure PI = new Enclosure(Math.PI, Math.nextUp(Math.PI));

  private SmoothFunctions() {}

  /** An enclosure on {@code t}, for those that are made of exponentials. */
  static Jet jet(String name, Enclosure t) {
    Jet x = Jet.argument(t);
    return switch (name) {
      case "silu" -> x.times(x.sigmoid());
      case "gelu_tanh" -> x.times(geluTanhArgument(x).sigmoid());
      case "mish" -> x.times(mishFactor(x));
      case "gelu" -> gelu(t);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** As {@code (1 + tanh z) / 2} is the sigmoid of 2 z. */
  private static Jet geluTanhArgument(Jet x) {
    Enclosure linear = Enclosure.of(2).times(PI.inverse()).root().times(2);
    Jet cubic = Jet.constant(Enclosure.near(0.044715)).times(x).times(x).times(x);
    return Jet.constant(linear).times(x.plus(cubic));
  }

  /** With {@code y = e^t}: tanh(log(1 + y)) = n / (n + 2) = 1 - 2 / (n + 2), n = y (y + 2). */
  private static Jet mishFactor(Jet x) {
    Jet y = x.exp();
    Jet n = y.times(y.plus(Jet.constant(2)));
    Jet inverse = n.plus(Jet.constant(2)).inverse();
    return x.value().upper() <= 0
        ? n.times(inverse)
        : Jet.constant(1).plus(Jet.constant(-2).times(inverse));
  }

  /** {@code t P}, {@code P + t p}, {@code (2 - t^2) p}. */
  private static Jet gelu(Enclosure t) {
    Enclosure density = t.square().times(-0.5).exp().times(PI.times(2).root().inverse());
    Enclosure probability =
        new Enclosure(probability(t.lower()).lower(), probability(t.upper()).upper());
    return new Jet(
        t.times(probability),
        probability.plus(t.times(density)),
        Enclosure.of(2).minus(t.square()).times(density));
  }

  /**
   * The normal distribution at t, by its alternating series {@code 1/2 + (t - t^3/6 + t^5/40 - ...)
   * / sqrt(2 pi)} in so many digits that what cancels does not matter for |t| up to 12.
   */
  private static Enclosure probability(double t) {
    MathContext digits = new MathContext(130);
    BigDecimal square = new BigDecimal(t).pow(2);
    BigDecimal power = new BigDecimal(t);
    BigDecimal sum = power;
    for (int k = 1; k < 400 && power.signum() != 0; k++) {
      power = power.multiply(square, digits).divide(new BigDecimal(-2 * k), digits);
      sum = sum.add(power.divide(new BigDecimal(2 * k + 1), digits), digits);
    }
    BigDecimal rootOfTwoPi =
        new BigDecimal(
            "2.506628274631000502415765284811045253006986740609938316629923576342293654607841974946595"
                + "838378057266116009972665203879644866323618");
    double value = new BigDecimal("0.5").add(sum.divide(rootOfTwoPi, digits), digits).doubleValue();
    return Enclosure.near(value);
  }
}
