package io.lipc.certificate.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.function.Curve.Accuracy;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
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

  /** Of the functions in doubles, relative to their values, as {@link Curves} has it. */
  private static final double ERROR_OF_REFERENCE = 0x1p-46;

  /** A function in both precisions, what is stated about it, and what no value is outside of. */
  private record Case(
      String name,
      SinglePrecision single,
      DoubleUnaryOperator real,
      DoubleUnaryOperator slope,
      Accuracy stated,
      Range image) {

    static Case of(String name, Double... constants) {
      Curve curve = (Curve) Elementwise.of(name, List.of(constants));
      return new Case(
          name + List.of(constants),
          SinglePrecision.of(name, List.of(constants)),
          curve.computed(),
          curve.derivative(),
          curve.single(),
          curve.over(new Range(-0x1p128, 0x1p128)));
    }

    /** How far the value of t is off, in parts of what is stated; NaN if it is out of bounds. */
    double share(float t) {
      float computed = single.value(t);
      double exact = real.applyAsDouble(t);
      if (Math.abs(exact) > Float.MAX_VALUE) {
        return Math.abs(computed) >= 0x1.fffffcp127 ? 0 : Double.NaN;
      }
      double size = Math.abs(exact);
      double off = Math.abs(computed - exact) + ERROR_OF_REFERENCE * size;
      double rounding = 0x1p-24 * size;
      boolean isInside = computed >= image.lower() - rounding && computed <= image.upper();
      return isInside ? off / stated.of(size, Math.abs(t)) : Double.NaN;
    }
  }

  static Stream<Case> cases() {
    Case exponential =
        new Case(
            "exp[]",
            SinglePrecision.of("exp", List.of()),
            StrictMath::exp,
            StrictMath::exp,
            FloatFunctions.ROUNDED,
            new Range(0, Double.POSITIVE_INFINITY));
    return Stream.concat(
        Stream.of(exponential, Case.of("elu", 0.75), Case.of("celu", 0.3125)),
        Stream.of("tanh sigmoid silu mish gelu gelu_tanh softplus selu".split(" ")).map(Case::of));
  }

  private static int bits(float t) {
    return Float.floatToRawIntBits(t);
  }

  /** The largest share at every {@code step}-th of all finite floats. */
  private static double worst(Case of, int step) {
    return worst(of, Integer.MIN_VALUE, Integer.MAX_VALUE, step);
  }

  private static double worst(Case of, int from, int to, int step) {
    double worst = 0;
    for (long bits = from; bits < to; bits += step) {
      float t = Float.intBitsToFloat((int) bits);
      if (Float.isFinite(t)) {
        double share = of.share(t);
        // Written so that NaN is kept.
        worst = share <= worst ? worst : share;
        if (Double.isNaN(share)) {
          throw new AssertionError(of.name() + " of " + t + " is " + of.single().value(t));
        }
      }
    }
    return worst;
  }

  /** The largest share at all finite floats. */
  private static double worst(Case of) {
    double worst = 0;
    for (int sign : new int[] {0, Integer.MIN_VALUE}) {
      int small = sign + bits(0x1p-30f);
      int large = sign + bits(128);
      int end = sign + bits(Float.POSITIVE_INFINITY);
      worst = Math.max(worst, worstBesideLine(of, sign, small, 0));
      worst = Math.max(worst, worst(of, small, large, 1));
      worst = Math.max(worst, worstBesideLine(of, large, end, sign == 0 ? 1000 : -1000));
    }
    return worst;
  }

  /**
   * The same where the function differs from its tangent at {@code place}, which is 0 or far out,
   * by less than 2^-30 of its value. Of the bits of floats, {@code to - from} is a multiple of
   * 2^12.
   */
  private static double worstBesideLine(Case of, int from, int to, double place) {
    double slope = of.slope().applyAsDouble(place == 0 ? Math.copySign(1e-300, from | 1) : place);
    double constant = of.real().applyAsDouble(place) - slope * place;
    float[] t = new float[1 << 12];
    float[] y = new float[t.length];
    double worst = 0;
    for (int first = from; first != to; first += t.length) {
      double last = constant + slope * Float.intBitsToFloat(first + t.length - 1);
      if (!(Math.abs(last) < Float.MAX_VALUE)) {
        worst = Math.max(worst, worst(of, first, first + t.length, 1));
        continue;
      }
      for (int i = 0; i < t.length; i++) {
        t[i] = Float.intBitsToFloat(first + i);
      }
      for (int i = 0; i < t.length; i++) {
        y[i] = of.single().value(t[i]);
      }
      for (int i = 0; i < t.length; i++) {
        double exact = constant + slope * t[i];
        double size = Math.abs(exact);
        double off = Math.abs(y[i] - exact) + 0x1p-30 * size;
        worst = Math.max(worst, off / of.stated().of(size, Math.abs(t[i])));
      }
    }
    return worst;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAreWithinTheStatedError(Case of) {
    double worst = EXHAUSTIVE ? worst(of) : worst(of, STEP);
    double perShare = Math.max(of.stated().relative(), of.stated().absolute()) * 0x1p24;
    System.out.printf(
        "%s at %s: off by %.4f units of 2^-24, stated %.4f%n",
        of.name(), EXHAUSTIVE ? "all floats" : "one of " + STEP, worst * perShare, perShare);
    // Not above, and not far below.
    assertThat(worst).isBetween(0.7, 1.0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesNearPowersOfTwoAreWithinTheStatedError(Case of) {
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
  void nanGivesNanAndAnInfinityTheLimit(Case of) {
    assertThat(of.single().value(Float.NaN)).isNaN();
    for (float end : new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
      float limit = (float) of.real().applyAsDouble(end);
      assertThat(of.single().value(end)).as(of.name()).isEqualTo(limit + 0f);
    }
  }

  /** The sign of zero is that of the function in doubles. */
  @ParameterizedTest
  @MethodSource("cases")
  void zerosAreExact(Case of) {
    for (float zero : new float[] {0f, -0f}) {
      assertThat(of.single().value(zero)).isEqualTo((float) of.real().applyAsDouble(zero));
    }
  }

  /** Small constants and large ones: the quotient of celu by alpha, the product of elu with it. */
  @Test
  void constantsDoNotMatter() {
    for (float alpha : new float[] {1e-30f, 1e-3f, 0.3f, 1, 1.75f, 40, 1e30f}) {
      for (String name : List.of("elu", "celu")) {
        Case of = Case.of(name, (double) alpha);
        assertThat(worst(of, 100 * 2003)).as("%s(%s)", name, alpha).isBetween(0.0, 1.0);
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
        double stated = function.floatError(new Range(t, t));
        assertThat(off).as("%s of %s", name, t).isLessThanOrEqualTo(stated);
        worst = Math.max(worst, stated == 0 ? 0 : off / stated);
      }
      assertThat(worst).as(name).isGreaterThan(0.6);
    }
  }
}
