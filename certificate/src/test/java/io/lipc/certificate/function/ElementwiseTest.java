package io.lipc.certificate.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.function.Curve.Accuracy;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values, derivatives, enclosures and stated errors of every function of the language. */
final class ElementwiseTest {

  private static final MathContext SIXTY_DIGITS = new MathContext(60);

  private record Case(String name, List<Double> constants) {
    Elementwise function() {
      return Elementwise.of(name, constants);
    }

    BigDecimal exact(double t) {
      return ExactFunctions.value(name, constants, t);
    }
  }

  static Stream<Case> cases() {
    Stream<Case> plain =
        Stream.of(
                "relu relu6 tanh hard_tanh sigmoid silu abs identity selu softplus softsign"
                    .split(" "),
                "hard_sigmoid hard_swish gelu gelu_tanh mish sin".split(" "))
            .flatMap(Stream::of)
            .map(name -> new Case(name, List.of()));
    Stream<Case> withConstants =
        DoubleStream.of(0.25, 1, 1.75, 1e-3, 40)
            .boxed()
            .flatMap(
                constant ->
                    Stream.of("elu", "celu", "leaky_relu")
                        .map(name -> new Case(name, List.of(constant))));
    Stream<Case> more =
        Stream.of(
            new Case("elu", List.of(0.0)),
            new Case("leaky_relu", List.of(-0.5)),
            new Case("leaky_relu", List.of(-0.3)),
            new Case("leaky_relu", List.of(0.0)));
    return Stream.of(plain, withConstants, more).flatMap(stream -> stream);
  }

  /** A piece of its own would begin somewhere: it is the same everywhere. */
  @Test
  void theIdentity() {
    Elementwise identity = Elementwise.of("identity", List.of());
    for (Range range : List.of(new Range(-3, -2), new Range(-1, 0.5), new Range(2, 3))) {
      assertThat(identity.over(range)).isEqualTo(range);
    }
    assertThat(identity.slope(-5)).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> Elementwise.of("identity", List.of(1.0)));
  }

  /** Of all sizes, and near the places where code branches. */
  private static double[] arguments(SplittableRandom random) {
    double[] branches = {-800, -50, -40, -6, -3, -1, 0, 1, 3, 6, 0.125, 0.875, 5.875, 40, 50};
    return DoubleStream.concat(
            DoubleStream.of(branches).flatMap(b -> DoubleStream.of(b, Math.nextUp(b), b - 1e-9)),
            IntStream.range(0, 160)
                .mapToDouble(
                    i ->
                        i < 80
                            ? random.nextDouble(-12, 12)
                            : (i % 2 == 0 ? 1 : -1) * Math.pow(10, random.nextDouble(-14, 2.9))))
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAreWithinTheStatedError(Case of) {
    Elementwise function = of.function();
    double worst = 0;
    for (double t : arguments(new SplittableRandom(1))) {
      Range point = new Range(t, t);
      BigDecimal exact = of.exact(t);
      BigDecimal off = exact.subtract(new BigDecimal(function.value(t))).abs();
      assertThat(off)
          .as("%s of %s", of, t)
          .isLessThanOrEqualTo(new BigDecimal(function.error(point)));
      Range enclosure = function.over(point);
      assertThat(exact)
          .as("%s of %s", of, t)
          .isBetween(new BigDecimal(enclosure.lower()), new BigDecimal(enclosure.upper()));
      double size = of.name().equals("gelu_tanh") ? Math.abs(t) : Math.abs(exact.doubleValue());
      if (size > 0x1p-1000) {
        worst = Math.max(worst, off.doubleValue() / size);
      }
    }
    // What is computed is much better than what is proved, and what is proved is not loose.
    assertThat(worst).as(of.name()).isLessThan(0x1p-50);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void enclosuresContainTheValuesOfAllArguments(Case of) {
    Elementwise function = of.function();
    SplittableRandom random = new SplittableRandom(2);
    for (int round = 0; round < 300; round++) {
      double middle = random.nextDouble(-9, 9);
      double radius = Math.pow(10, random.nextDouble(-9, 1.3));
      Range arguments = new Range(middle - radius, middle + radius);
      Range values = function.over(arguments);
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i <= 64; i++) {
        double t = Math.min(arguments.upper(), arguments.lower() + i * radius / 32);
        least = Math.min(least, function.value(t));
        most = Math.max(most, function.value(t));
        // Adding 0.0 makes 0.0 of -0.0.
        assertThat(function.value(t) + 0.0)
            .as("%s of %s", of, t)
            .isBetween(values.lower(), values.upper() + 0.0);
      }
      // Of a grid of 65: no wider than a slope of two between its points.
      assertThat(values.upper() - values.lower()).isLessThan(most - least + radius / 8 + 1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void slopesAreDerivatives(Case of) {
    Elementwise function = of.function();
    for (double t = -7.0345; t < 8; t += 0.11) {
      double h = 0x1p-20;
      double quotient = (function.value(t + h) - function.value(t - h)) / (2 * h);
      boolean isSmoothHere = of.constants().isEmpty() || of.constants().getFirst() >= 0.25;
      if (isSmoothHere) {
        assertThat(function.slope(t)).as("%s at %s", of, t).isCloseTo(quotient, within(1e-6));
      }
    }
    for (double t : new double[] {-1e300, -1e5, -900, 900, 1e5, 1e300}) {
      assertThat(function.slope(t)).as("%s at %s", of, t).isBetween(-1.01, 40.0);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nanPropagates(Case of) {
    assertThat(of.function().value(Double.NaN)).isNaN();
    assertThat(of.function().slope(Double.NaN)).isNaN();
  }

  /** The value at the largest number, which is the limit in doubles; the sine has none. */
  @ParameterizedTest
  @MethodSource("cases")
  void infinitiesGiveTheLimit(Case of) {
    for (double end : new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
      double limit = of.function().value(end);
      double near = of.function().value(Math.copySign(1e300, end));
      switch (of.name()) {
        case "sin" -> assertThat(limit).isNaN();
        // As generated code has it, a slope of 0 gives NaN: 0 times infinity.
        case "leaky_relu" -> {
          double slope = end > 0 ? 1 : of.constants().getFirst();
          assertThat(limit).isEqualTo(Double.valueOf(slope * end));
        }
        default ->
            assertThat(limit)
                .as("%s", of)
                .isEqualTo(Math.abs(near) > 1e299 ? Math.copySign(1 / 0.0, near) : near);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void enclosuresOfUnboundedRangesHold(Case of) {
    double infinity = Double.POSITIVE_INFINITY;
    Range all = of.function().over(new Range(-infinity, infinity));
    for (double t : new double[] {-1e200, -3, -1.2, 0, 0.5, 1, 7, 1e200}) {
      assertThat(of.function().value(t) + 0.0)
          .as("%s of %s", of, t)
          .isBetween(all.lower(), all.upper() + 0.0);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void exactValuesAreThoseOfTheDefinition(Case of) {
    if (of.function() instanceof PiecewiseLinear linear) {
      for (double t : arguments(new SplittableRandom(3))) {
        BigDecimal tiny = new BigDecimal("1e-400");
        assertThat(linear.exact(new BigDecimal(t))).isEqualByComparingTo(of.exact(t));
        assertThat(linear.exact(tiny).signum()).isGreaterThanOrEqualTo(0);
      }
    }
  }

  /** Their quotients and differences are not normal numbers, and then multiplied by much. */
  @Test
  void largeConstantsLoseWhatIsStatedAndNoMore() {
    for (String name : List.of("elu", "celu")) {
      for (double alpha : new double[] {1e300, 1e-300}) {
        Elementwise function = Elementwise.of(name, List.of(alpha));
        for (double t : new double[] {-1e-10, -3e-20, -1e-290, -7e-318, -1, -40, -1e-301}) {
          BigDecimal exact = ExactFunctions.value(name, List.of(alpha), t);
          double error = function.error(new Range(t, t));
          assertThat(exact.subtract(new BigDecimal(function.value(t))).abs())
              .as("%s(%s) of %s", name, alpha, t)
              .isLessThanOrEqualTo(new BigDecimal(error));
        }
      }
    }
  }

  @Test
  void kinksBesideConstantsAreFlat() {
    assertThat(Elementwise.of("relu", List.of()).slope(0)).isZero();
    assertThat(Elementwise.of("relu6", List.of()).slope(6)).isZero();
    assertThat(Elementwise.of("hard_tanh", List.of()).slope(-1)).isZero();
    assertThat(Elementwise.of("leaky_relu", List.of(0.1)).slope(0)).isEqualTo(1);
    assertThat(Elementwise.of("abs", List.of()).slope(0)).isEqualTo(1);
  }

  @Test
  void whatIsNoFunctionIsNamed() {
    assertThatThrownBy(() -> Elementwise.of("maxmin", List.of()))
        .hasMessage("`maxmin` is not elementwise");
    assertThatThrownBy(() -> Elementwise.of("elu", List.of()))
        .hasMessage("elu has no constants []");
    assertThatThrownBy(() -> Elementwise.of("relu", List.of(1.0)))
        .hasMessage("relu has no constants [1.0]");
    assertThatThrownBy(() -> Elementwise.of("swish", List.of()))
        .hasMessage("no activation `swish`");
  }

  /** A range that might reach a crest of the sine does. */
  @Test
  void theSineTurnsAtItsCrests() {
    Elementwise sine = Elementwise.of("sin", List.of());
    assertThat(sine.over(new Range(1, 2)).upper()).isEqualTo(1);
    assertThat(sine.over(new Range(1, 1.5)).upper()).isLessThan(0.998);
    assertThat(sine.over(new Range(-2, -1)).lower()).isEqualTo(-1);
    assertThat(sine.over(new Range(4, 5)))
        .isEqualTo(new Range(-1, sine.over(new Range(4, 5)).upper()));
    assertThat(sine.over(new Range(1e7, 1e7))).isEqualTo(new Range(-1, 1));
  }

  /** Successive convergents enclose the ratio of Mills, and are closest together far out. */
  @Test
  void theContinuedFractionIsCutOffLateEnough() {
    BigDecimal[] ends = new BigDecimal[2];
    for (int last = 24; last <= 25; last++) {
      BigDecimal denominator = new BigDecimal(6);
      for (int k = last; k > 0; k--) {
        BigDecimal step = new BigDecimal(k).divide(denominator, SIXTY_DIGITS);
        denominator = new BigDecimal(6).add(step);
      }
      ends[last - 24] = BigDecimal.ONE.divide(denominator, SIXTY_DIGITS);
    }
    double relative = ends[0].subtract(ends[1]).abs().doubleValue() / ends[1].doubleValue();
    assertThat(relative).isBetween(0x1p-70, 0x1p-60);
  }

  /** The tail itself, to the last bits, from where it is a half to where it vanishes. */
  @Test
  void theTailOfTheNormalDistributionHasFewWrongBits() {
    SplittableRandom random = new SplittableRandom(4);
    double worst = 0;
    for (int i = 0; i < 600; i++) {
      double t = i < 500 ? random.nextDouble(0, 7) : random.nextDouble(7, 37);
      BigDecimal exact =
          ExactFunctions.value("gelu", List.of(), -t).divide(new BigDecimal(-t), SIXTY_DIGITS);
      BigDecimal off = exact.subtract(new BigDecimal(Gaussian.tail(t))).abs();
      worst = Math.max(worst, off.doubleValue() / exact.doubleValue());
    }
    System.out.printf("tail of the normal distribution: relative error %.2f u%n", worst * 0x1p53);
    assertThat(worst).isLessThan(0x1p-50).isLessThan(Gaussian.RELATIVE_ERROR);
  }

  /** Where a value or a slope has reached its limit, nothing that overflows on the way is left. */
  @Test
  void slopesFarOutAreThoseOfTheLimits() {
    for (String name : List.of("silu", "gelu", "gelu_tanh", "mish", "softplus")) {
      Elementwise function = Elementwise.of(name, List.of());
      for (double t : new double[] {60, 100, 400, 700, 799, 801, 900, 1e5, 1e300}) {
        assertThat(function.slope(t)).as("%s at %s", name, t).isCloseTo(1, within(1e-20));
        assertThat(function.slope(-t)).as("%s at -%s", name, t).isCloseTo(0, within(1e-20));
      }
    }
    for (double t : new double[] {41, -41, 1e200, -1e200}) {
      assertThat(Gaussian.density(t)).isZero();
    }
  }

  /** Bits of generated code are compared, and so the sign of zero matters. */
  @Test
  void whatVanishesKeepsItsSign() {
    for (String name : List.of("silu", "gelu", "gelu_tanh", "mish")) {
      for (double t : new double[] {-801, -1e5, -1e300}) {
        assertThat(1 / Elementwise.of(name, List.of()).value(t)).as(name).isEqualTo(-1 / 0.0);
      }
    }
    assertThat(1 / Elementwise.of("hard_swish", List.of()).value(-3)).isEqualTo(1 / 0.0);
    Elementwise falling = Elementwise.of("leaky_relu", List.of(-0.5));
    assertThat(1 / falling.value(0.0)).isEqualTo(1 / 0.0);
    assertThat(1 / falling.value(-0.0)).isEqualTo(-1 / 0.0);
  }

  /** An argument, its negative and a constant are not rounded at all. */
  @Test
  void whatIsNotRoundedHasNoError() {
    List<Case> exact =
        List.of(
            new Case("relu", List.of()),
            new Case("relu6", List.of()),
            new Case("hard_tanh", List.of()),
            new Case("abs", List.of()),
            new Case("identity", List.of()),
            new Case("leaky_relu", List.of(0.0)),
            new Case("leaky_relu", List.of(-1.0)));
    for (Case of : exact) {
      for (Range range : List.of(new Range(-5, 7), new Range(-2, -1), new Range(3, 1e300))) {
        assertThat(of.function().error(range)).as("%s", of).isZero();
        assertThat(of.function().floatError(range)).as("%s", of).isZero();
        assertThat(of.function().largestRounded(range)).as("%s", of).isZero();
      }
    }
    Elementwise leaky = Elementwise.of("leaky_relu", List.of(-0.3));
    assertThat(leaky.error(new Range(1, 7))).isZero();
    assertThat(leaky.floatError(new Range(1, 7))).isZero();
    // The larger end of the piece, whatever the sign of its slope.
    assertThat(leaky.largestRounded(new Range(-5, 7))).isEqualTo(Math.nextUp(1.5));
    assertThat(leaky.error(new Range(-5, 7))).isBetween(1.5 * 0x1p-53, 1.5001 * 0x1p-53);
    assertThat(leaky.floatError(new Range(-5, 7))).isBetween(1.5 * 0x1p-24, 1.501 * 0x1p-24);
  }

  @Test
  void whatIsNotRoundedIsItsOwnEnclosure() {
    Range point = new Range(-0.1, -0.1);
    assertThat(Elementwise.of("abs", List.of()).over(point)).isEqualTo(new Range(0.1, 0.1));
    assertThat(Elementwise.of("identity", List.of()).over(point)).isEqualTo(point);
    Range rounded = Elementwise.of("leaky_relu", List.of(0.3)).over(point);
    assertThat(rounded).isEqualTo(new Range(Math.nextDown(0.3 * -0.1), Math.nextUp(0.3 * -0.1)));
  }

  /** Where products are no normal numbers, half of the least number is lost. */
  @Test
  void smallProductsLoseHalfOfTheLeastNumber() {
    for (double slope : new double[] {0.3, -0.7}) {
      Elementwise leaky = Elementwise.of("leaky_relu", List.of(slope));
      for (int k = 1; k < 60; k++) {
        float t = -k * Float.MIN_VALUE;
        double off = Math.abs((float) (slope * t) - slope * t);
        assertThat(off).isLessThanOrEqualTo(leaky.floatError(new Range(t, t)));
        double s = -k * Double.MIN_VALUE;
        BigDecimal real = new BigDecimal(slope).multiply(new BigDecimal(s));
        assertThat(new BigDecimal(leaky.value(s)).subtract(real).abs())
            .isLessThanOrEqualTo(new BigDecimal(leaky.error(new Range(s, s))));
      }
    }
  }

  /** No enclosure is wider than what is known of all values. */
  @Test
  void enclosuresEndWhereValuesDo() {
    double infinity = Double.POSITIVE_INFINITY;
    Range all = new Range(-infinity, infinity);
    assertThat(Elementwise.of("softsign", List.of()).over(all)).isEqualTo(new Range(-1, 1));
    assertThat(Elementwise.of("tanh", List.of()).over(all)).isEqualTo(new Range(-1, 1));
    assertThat(Elementwise.of("hard_sigmoid", List.of()).over(all)).isEqualTo(new Range(0, 1));
    assertThat(Elementwise.of("sigmoid", List.of()).over(all)).isEqualTo(new Range(0, 1));
    Elementwise swish = Elementwise.of("hard_swish", List.of());
    assertThat(swish.over(new Range(-1.5 + 1e-12, -1.4)).lower()).isEqualTo(-0.375);
    // A value beyond all doubles is not a lower end.
    assertThat(Elementwise.of("silu", List.of()).over(new Range(5, infinity)).lower())
        .isBetween(4.96, 4.97);
    assertThat(Elementwise.of("silu", List.of()).over(new Range(5, infinity)).upper())
        .isEqualTo(infinity);
    assertThat(Elementwise.of("softplus", List.of()).over(new Range(infinity, infinity)).lower())
        .isBetween(1e300, Double.MAX_VALUE);
  }

  /** As near to a crest as a quotient by 2 pi may be off, from both sides. */
  @Test
  void theSineIsOneNearItsCrests() {
    Elementwise sine = Elementwise.of("sin", List.of());
    for (double turn : new double[] {-40 * Math.PI, 0, 400 * Math.PI}) {
      double crest = turn + Math.PI / 2;
      assertThat(sine.over(new Range(crest - 1, crest - 1e-7)).upper()).isEqualTo(1);
      assertThat(sine.over(new Range(crest + 1e-7, crest + 1)).upper()).isEqualTo(1);
      assertThat(sine.over(new Range(-crest - 1, -crest - 1e-7)).lower()).isEqualTo(-1);
      assertThat(sine.over(new Range(-crest + 1e-7, -crest + 1)).lower()).isEqualTo(-1);
    }
  }

  /**
   * The stated errors of the code of devices, in units of 2^-24 and 2^-53. Each is proved above the
   * function; what is measured is less, so that a smaller number would not be noticed elsewhere.
   */
  @Test
  void whatIsStatedIsWhatIsProved() {
    assertStated("tanh", 3.5, 5.5);
    assertStated("silu", 6.5, 5.25);
    assertStated("mish", 8.5, 7.25);
    assertStated("softplus", 7, 5.25);
    assertStated("elu", 4.5, 4);
    assertStated("celu", 6.5, 5);
    assertStated("selu", 4.75, 4.25);
    assertStated("softsign", 3.25, 2.25);
    assertStated("hard_sigmoid", 2.75, 2.75);
    assertStated("hard_swish", 3.75, 3.75);
    assertThat(curve("sigmoid").device().floats()).isEqualTo(new Accuracy(0, 0, 3.125 * 0x1p-24));
    assertThat(curve("sigmoid").device().doubles())
        .isEqualTo(new Accuracy(4.25 * 0x1p-53, 0, 0x1p-1063));
    assertThat(curve("gelu").device().floats()).isEqualTo(new Accuracy(0, 5 * 0x1p-24, 0x1p-142));
    assertThat(curve("gelu").device().doubles())
        .isEqualTo(new Accuracy(0, 3.75 * 0x1p-53, 0x1p-1063));
    assertThat(curve("gelu_tanh").device().floats())
        .isEqualTo(new Accuracy(0, 4 * 0x1p-24, 0x1p-142));
    assertThat(curve("gelu_tanh").device().doubles())
        .isEqualTo(new Accuracy(0, 2.75 * 0x1p-53, 0x1p-1063));
    assertThat(curve("sin").device().floats()).isEqualTo(new Accuracy(3.625 * 0x1p-24, 0, 0x1p-38));
    assertThat(curve("sin").device().doubles())
        .isEqualTo(new Accuracy(3.625 * 0x1p-53, 0, 0x1p-57));
  }

  /** Per argument on devices, per value on the JVM: the larger of both. */
  @Test
  void geluIsWorseOnDevicesFarBelowZeroAlone() {
    Elementwise gelu = Elementwise.of("gelu", List.of());
    assertThat(gelu.error(new Range(-10, -9)) * 0x1p53).isBetween(37.5, 37.501);
    assertThat(gelu.error(new Range(-10, 0)) * 0x1p53).isBetween(37.5, 37.501);
    assertThat(gelu.error(new Range(-10, 1)) * 0x1p53).isBetween(96 * 0.8413, 96 * 0.8414);
    assertThat(gelu.error(new Range(1, 10)) * 0x1p53).isBetween(959.9, 960.1);
  }

  private static Curve curve(String name) {
    boolean constant = name.equals("elu") || name.equals("celu");
    return (Curve) Elementwise.of(name, constant ? List.of(1.0) : List.of());
  }

  private static void assertStated(String name, double units, double unitsOfDoubles) {
    assertThat(curve(name).device().floats())
        .as(name)
        .isEqualTo(new Accuracy(units * 0x1p-24, 0, 0x1p-142));
    assertThat(curve(name).device().doubles())
        .as(name)
        .isEqualTo(new Accuracy(unitsOfDoubles * 0x1p-53, 0, 0x1p-1063));
  }
}
