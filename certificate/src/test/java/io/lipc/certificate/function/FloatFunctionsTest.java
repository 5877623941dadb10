package io.lipc.certificate.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stated errors of what F32 computes: at all floats with {@code -Dlipc.exhaustive=true}, which
 * takes some minutes, else at one of 2003 and around all powers of two.
 */
final class FloatFunctionsTest {

  private static final boolean EXHAUSTIVE = Boolean.getBoolean("lipc.exhaustive");
  private static final int STEP = 2003;

  static Stream<FloatErrors> cases() {
    FloatErrors exponential =
        new FloatErrors(
            "exp[]",
            SinglePrecision.of("exp", List.of()),
            StrictMath::exp,
            StrictMath::exp,
            StatedError.of(FloatFunctions.ROUNDED),
            new Range(0, Double.POSITIVE_INFINITY));
    return Stream.concat(
        Stream.of(exponential, FloatErrors.of("elu", 0.75), FloatErrors.of("celu", 0.3125)),
        Stream.of("tanh sigmoid silu mish gelu gelu_tanh softplus selu".split(" "))
            .map(FloatErrors::of));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAreWithinTheStatedError(FloatErrors of) {
    double worst = EXHAUSTIVE ? of.worst() : of.worst(STEP);
    double perShare = of.stated().factor() * 0x1p24;
    System.out.printf(
        "%s at %s: off by %.4f units of 2^-24, stated %.4f%n",
        of.name(), EXHAUSTIVE ? "all floats" : "one of " + STEP, worst * perShare, perShare);
    // Not above, and not far below.
    assertThat(worst).isBetween(0.7, 1.0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesNearPowersOfTwoAreWithinTheStatedError(FloatErrors of) {
    for (int exponent = 0; exponent < 255; exponent++) {
      for (int offset = -40; offset <= 40; offset++) {
        float t = Float.intBitsToFloat(Math.max(0, (exponent << 23) + offset));
        assertThat(of.share(t)).as("%s of %s", of.name(), t).isBetween(0.0, 1.0);
        assertThat(of.share(-t)).as("%s of %s", of.name(), -t).isBetween(0.0, 1.0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nanGivesNanAndAnInfinityTheLimit(FloatErrors of) {
    assertThat(of.single().value(Float.NaN)).isNaN();
    for (float end : new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
      float limit = (float) of.real().applyAsDouble(end);
      assertThat(of.single().value(end)).as(of.name()).isEqualTo(limit + 0f);
    }
  }

  /** The sign of zero is that of the function in doubles. */
  @ParameterizedTest
  @MethodSource("cases")
  void zerosAreExact(FloatErrors of) {
    for (float zero : new float[] {0f, -0f}) {
      assertThat(of.single().value(zero)).isEqualTo((float) of.real().applyAsDouble(zero));
    }
  }

  /** Small constants and large ones: the quotient of celu by alpha, the product of elu with it. */
  @Test
  void constantsDoNotMatter() {
    for (float alpha : new float[] {1e-30f, 1e-3f, 0.3f, 1, 1.75f, 40, 1e30f}) {
      for (String name : List.of("elu", "celu")) {
        FloatErrors of = FloatErrors.of(name, (double) alpha);
        assertThat(of.worst(100 * STEP)).as("%s(%s)", name, alpha).isBetween(0.0, 1.0);
      }
    }
    assertThat(FloatFunctions.elu(-3, 0)).isZero();
  }

  /** Softmax has arguments that are doubles: exp errs by less than 2^-36 before it is rounded. */
  @Test
  void theExponentialIsAsAccurateBetweenFloats() {
    double worst =
        IntStream.range(0, 1_000_000)
            .mapToDouble(i -> i * -8.7001e-5)
            .map(t -> Math.abs(FloatFunctions.exp(t) / StrictMath.exp(t) - 1))
            .max()
            .orElseThrow();
    assertThat(worst).isBetween(0.9 * 0x1p-24, 1.001 * 0x1p-24);
    assertThat(FloatFunctions.exp(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(FloatFunctions.exp(-1e300)).isZero();
    assertThat(FloatFunctions.exp(Double.NaN)).isNaN();
    assertThat(FloatFunctions.exp(0)).isEqualTo(1);
  }

  @Test
  void tailsAreSaturated() {
    for (float t = 8; t < Float.POSITIVE_INFINITY; t *= 1.5f) {
      assertThat(FloatFunctions.tanh(t)).isEqualTo(1);
      assertThat(FloatFunctions.tanh(-t)).isEqualTo(-1);
      assertThat(FloatFunctions.sigmoid(2 * t)).isEqualTo(1);
      assertThat(FloatFunctions.sigmoid(-2 * t)).isZero();
    }
  }

  /** What is left of functions without a function of floats: one rounding, and that in doubles. */
  @Test
  void otherFunctionsAreRoundedOnce() {
    for (String name : List.of("softsign", "hard_sigmoid", "hard_swish", "sin", "leaky_relu")) {
      List<Double> constants = name.equals("leaky_relu") ? List.of((double) 0.1f) : List.of();
      Elementwise function = Elementwise.of(name, constants);
      SinglePrecision single = SinglePrecision.of(name, constants);
      double worst = 0;
      for (float t = -5; t < 5; t += 0x1.93p-12f) {
        double off = Math.abs(single.value(t) - function.value(t));
        double stated = stated(function, t);
        assertThat(off).as("%s of %s", name, t).isLessThanOrEqualTo(stated);
        worst = Math.max(worst, stated == 0 ? 0 : off / stated);
      }
      assertThat(worst).as(name).isGreaterThan(0.6);
    }
  }

  /** Of the JVM alone. */
  private static double stated(Elementwise function, float t) {
    return switch (function) {
      case Curve curve -> Math.nextUp(curve.single().of(Math.abs(curve.value(t)), Math.abs(t)));
      case PiecewiseLinear linear -> linear.floatError(new Range(t, t));
    };
  }
}
