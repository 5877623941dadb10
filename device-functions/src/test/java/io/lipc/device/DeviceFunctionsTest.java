package io.lipc.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.function.FloatErrors;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.function.SinglePrecision;
import io.lipc.certificate.function.StatedError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stated errors of the functions of devices, in each {@link DeviceArithmetic}: at all floats
 * with {@code -Dlipc.exhaustive=true}, else at one of 6007 and around all powers of two.
 */
final class DeviceFunctionsTest {

  private static final boolean EXHAUSTIVE = Boolean.getBoolean("lipc.exhaustive");
  private static final int STEP = 6007;

  private static final String NAMES =
      "tanh sigmoid silu mish gelu gelu_tanh softplus selu softsign hard_sigmoid hard_swish sin";

  /** Far out they are not next to a line: no shortcut to the error at all floats. */
  private static final Set<String> BENT = Set.of("softsign[]", "sin[]", "cos[]");

  private static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private record Case(DeviceArithmetic arithmetic, FloatErrors errors) {

    /** NaN is a failure as well. */
    void check(float t) {
      double share = errors.share(t);
      if (!(share <= 1)) {
        fail("%s of %s is off by %s times what is stated", this, t, share);
      }
    }

    @Override
    public String toString() {
      return errors.name() + " " + arithmetic;
    }
  }

  private static FloatErrors errors(
      BiFunction<String, List<Double>, SinglePrecision> functions,
      String name,
      Double... constants) {
    return FloatErrors.onDevice(
        functions.apply(name, List.of(constants)), name, List.of(constants));
  }

  /** The sine's derivative, which is no activation. */
  private static FloatErrors cosine(BiFunction<String, List<Double>, SinglePrecision> functions) {
    return new FloatErrors(
        "cos[]",
        functions.apply("cos", List.of()),
        StrictMath::cos,
        t -> -StrictMath.sin(t),
        StatedError.onDeviceInFloats("sin", List.of()),
        ALL);
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (DeviceArithmetic arithmetic : DeviceArithmetic.values()) {
      BiFunction<String, List<Double>, SinglePrecision> functions = arithmetic.functions();
      Stream.concat(
              Arrays.stream(NAMES.split(" ")).map(name -> errors(functions, name)),
              Stream.of(
                  errors(functions, "elu", 0.75),
                  errors(functions, "celu", 0.3125),
                  cosine(functions)))
          .forEach(errors -> cases.add(new Case(arithmetic, errors)));
    }
    return cases.stream();
  }

  private static double worst(FloatErrors errors) {
    if (!EXHAUSTIVE) {
      return errors.worst(STEP);
    }
    return BENT.contains(errors.name()) ? errors.worst(1) : errors.worst();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAreWithinTheStatedError(Case of) {
    double worst = worst(of.errors());
    double perShare = of.errors().stated().factor() * 0x1p24;
    System.out.printf(
        "%s at %s: off by %.3f units of 2^-24, stated %.3f%n",
        of, EXHAUSTIVE ? "all floats" : "one of " + STEP, worst * perShare, perShare);
    assertThat(worst).isBetween(0.3, 1.0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesNearPowersOfTwoAreWithinTheStatedError(Case of) {
    for (int exponent = 0; exponent < 255; exponent++) {
      for (int offset = -40; offset <= 40; offset++) {
        float t = Float.intBitsToFloat(Math.max(0, (exponent << 23) + offset));
        of.check(t);
        of.check(-t);
      }
    }
  }

  /** Where the polynomials meet, arguments are halved once more, and values vanish. */
  @ParameterizedTest
  @MethodSource("cases")
  void valuesAroundTheSeamsAreWithinTheStatedError(Case of) {
    for (double seam :
        new double[] {
          0.34, 0.34 * 0.3125, 0.5 * Math.log(2), 1, 0.5 * Math.PI, 3, 10, 10.875, 14.875, 24, 112
        }) {
      for (double multiple : new double[] {1, 2, 3, 5, 64, 127, 128, 150}) {
        int bits = Float.floatToRawIntBits((float) (seam * multiple));
        for (int offset = -200; offset <= 200; offset++) {
          float t = Float.intBitsToFloat(bits + offset);
          of.check(t);
          of.check(-t);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nanGivesNanAnInfinityTheLimitAndZeroTheValue(Case of) {
    FloatErrors errors = of.errors();
    assertThat(errors.single().value(Float.NaN)).isNaN();
    for (float end : new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
      float limit = (float) errors.real().applyAsDouble(end);
      assertThat(errors.single().value(end) + 0f).as("%s", of).isEqualTo(Float.valueOf(limit + 0f));
    }
    for (float zero : new float[] {0f, -0f}) {
      float value = (float) errors.real().applyAsDouble(zero);
      assertThat(errors.single().value(zero) + 0f).as("%s", of).isEqualTo(value + 0f);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noValueIsBeyondOne(DeviceArithmetic arithmetic) {
    for (String name : List.of("tanh", "sigmoid", "softsign", "hard_sigmoid", "sin", "cos")) {
      SinglePrecision function = arithmetic.functions().apply(name, List.of());
      for (long bits = 0; bits < Float.floatToRawIntBits(Float.POSITIVE_INFINITY); bits += 997) {
        float t = Float.intBitsToFloat((int) bits);
        if (!(Math.abs(function.value(t)) <= 1 && Math.abs(function.value(-t)) <= 1)) {
          fail("%s of %s or of its negative is beyond 1", name, t);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void constantsDoNotMatter(DeviceArithmetic arithmetic) {
    BiFunction<String, List<Double>, SinglePrecision> functions = arithmetic.functions();
    for (float alpha : new float[] {1e-30f, 1e-3f, 0.3f, 1, 1.75f, 40, 1e30f}) {
      for (String name : List.of("elu", "celu")) {
        FloatErrors of = errors(functions, name, (double) alpha);
        assertThat(of.worst(100 * STEP)).as("%s(%s)", name, alpha).isBetween(0.0, 1.0);
      }
    }
    assertThat(functions.apply("elu", List.of(0.0)).value(-3)).isZero();
  }

  /** At the least and largest constants that it divides by, over all its arguments. */
  @ParameterizedTest
  @EnumSource
  void celuDividesByAllConstantsThatItTakes(DeviceArithmetic arithmetic) {
    BiFunction<String, List<Double>, SinglePrecision> functions = arithmetic.functions();
    for (double alpha : new double[] {0x1p-100, 0x1p119}) {
      assertThat(DeviceFunctions.divides(alpha)).isTrue();
      FloatErrors of = errors(functions, "celu", alpha);
      assertThat(of.worst(10 * STEP)).as("celu(%s)", alpha).isBetween(0.0, 1.0);
      assertThat(of.single().value(Float.NEGATIVE_INFINITY)).isEqualTo((float) -alpha);
      assertThat(of.single().value(-Float.MAX_VALUE)).isEqualTo((float) -alpha);
    }
    for (double alpha : new double[] {0, 0x1p-101, 0x1p120, Double.NaN}) {
      assertThat(DeviceFunctions.divides(alpha)).isFalse();
    }
  }

  /** What a device may give for a quotient is mended: to two units, where OpenCL allows five. */
  @Test
  void quotientsAreMended() {
    SplittableRandom random = new SplittableRandom(61);
    double worst = 0;
    double worstLoose = 0;
    for (int i = 0; i < 1_000_000; i++) {
      float a = (float) (random.nextDouble(-1, 1) * Math.pow(2, random.nextInt(-60, 60)));
      float b = (float) (random.nextDouble(0.5, 1) * Math.pow(2, random.nextInt(-60, 60)));
      double exact = (double) a / b;
      float loose = DeviceArithmetic.loose(a, b);
      float mended = loose + DeviceArithmetic.loose(DeviceArithmetic.mixed(-loose, b, a), b);
      worst = Math.max(worst, Math.abs(mended / exact - 1));
      worstLoose = Math.max(worstLoose, Math.abs(loose / exact - 1));
      double own = Math.abs(DeviceFunctions.quotient(a, b) / exact - 1);
      worst = Math.max(worst, own);
    }
    assertThat(worst)
        .isBetween(0.75 * DeviceFunctions.QUOTIENT_ERROR, DeviceFunctions.QUOTIENT_ERROR);
    assertThat(worstLoose).isBetween(4 * 0x1p-24, 5 * 0x1p-24);
  }

  /** Of softmax: with a unit for the difference and two for its quotient, of the exponent. */
  @ParameterizedTest
  @EnumSource
  void exponentialsAreWithinTheStatedError(DeviceArithmetic arithmetic) {
    SinglePrecision power = arithmetic.functions().apply("exp", List.of());
    double worst = 0;
    for (float x = -87; x < 0; x += 1.3e-4f) {
      worst = Math.max(worst, Math.abs(power.value(x) / StrictMath.exp(x) - 1));
    }
    assertThat(worst)
        .isBetween(0.4 * DeviceFunctions.EXPONENTIAL_ERROR, DeviceFunctions.EXPONENTIAL_ERROR);
    for (float x = -112.5f; x < -87; x += 1.3e-4f) {
      assertThat((double) power.value(x))
          .isCloseTo(StrictMath.exp(x), within(0x1p-149 + 0x1p-22 * StrictMath.exp(x)));
    }
    assertThat(DeviceFunctions.exponential(1, 1, 0.3f)).isEqualTo(1);
    assertThat(DeviceFunctions.exponential(-1e30f, 1e30f, 1e-20f)).isZero();
    assertThat(DeviceFunctions.exponential(Float.NEGATIVE_INFINITY, 0, 1)).isZero();
    assertThat(DeviceFunctions.exponential(Float.NaN, 0, 1)).isNaN();
    assertThat(DeviceFunctions.exponential(0, Float.NaN, 1)).isNaN();
    assertThat(DeviceFunctions.exponential(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, 1))
        .isNaN();
    assertThat(DeviceFunctions.exponential(3, 5, 2)).isCloseTo((float) Math.exp(-1), within(1e-7f));
  }
}
