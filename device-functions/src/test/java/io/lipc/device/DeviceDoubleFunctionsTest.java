package io.lipc.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.ExactFunctions;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.function.StatedError;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The stated errors of the functions of devices in doubles, in each {@link DeviceArithmetic},
 * against {@link ExactFunctions}: at some thousand arguments, at twenty times as many with {@code
 * -Dlipc.exhaustive=true}.
 */
final class DeviceDoubleFunctionsTest {

  private static final int MANY = Boolean.getBoolean("lipc.exhaustive") ? 20_000 : 1_000;

  private static final String NAMES =
      "tanh sigmoid silu mish gelu gelu_tanh softplus selu softsign hard_sigmoid hard_swish sin";

  /** A function, in all arithmetics. */
  private record Subject(
      String name,
      List<Double> constants,
      Map<DeviceArithmetic, DoubleUnaryOperator> functions,
      StatedError stated) {

    static Subject of(String name, Double... constants) {
      Map<DeviceArithmetic, DoubleUnaryOperator> functions = new EnumMap<>(DeviceArithmetic.class);
      for (DeviceArithmetic arithmetic : DeviceArithmetic.values()) {
        functions.put(arithmetic, arithmetic.doubleFunctions().apply(name, List.of(constants)));
      }
      return new Subject(
          name,
          List.of(constants),
          functions,
          StatedError.onDeviceInDoubles(name, List.of(constants)));
    }

    /** The largest share of what is stated, by arithmetic; more than all of it is a failure. */
    Map<DeviceArithmetic, Double> worst(DoubleStream arguments) {
      Map<DeviceArithmetic, Double> worst = new EnumMap<>(DeviceArithmetic.class);
      arguments.forEach(
          t -> {
            BigDecimal exact = ExactFunctions.value(name, constants, t);
            agrees(exact, t);
            functions.forEach(
                (arithmetic, function) -> {
                  double share = share(exact, function.applyAsDouble(t), t);
                  if (!(share <= 1)) {
                    fail(
                        "%s %s of %s is off by %s times what is stated",
                        this, arithmetic, t, share);
                  }
                  worst.merge(arithmetic, share, Math::max);
                });
          });
      return worst;
    }

    private double share(BigDecimal exact, double computed, double t) {
      double size = Math.abs(exact.doubleValue());
      if (Double.isInfinite(size) || !Double.isFinite(computed)) {
        return computed == exact.doubleValue() ? 0 : Double.NaN;
      }
      double off = exact.subtract(new BigDecimal(computed)).abs().doubleValue();
      return off == 0 ? 0 : off / stated.of(size, Math.abs(t));
    }

    /** What the JVM computes is within what the bound of F64 counts, which devices share. */
    private void agrees(BigDecimal exact, double t) {
      Elementwise function = Elementwise.of(name, constants);
      double onJvm = function.value(t);
      double counted = function.error(new Range(t, t));
      if (Double.isFinite(onJvm) && Double.isFinite(exact.doubleValue())) {
        assertThat(exact.subtract(new BigDecimal(onJvm)).abs().doubleValue())
            .as("%s of %s", this, t)
            .isLessThanOrEqualTo(counted);
        double size = Math.abs(exact.doubleValue());
        assertThat(stated.of(size, Math.abs(t))).isLessThanOrEqualTo(counted);
      }
    }

    @Override
    public String toString() {
      return name + constants;
    }
  }

  static Stream<Subject> subjects() {
    return Stream.concat(
        Arrays.stream(NAMES.split(" ")).map(Subject::of),
        Stream.of(Subject.of("elu", 0.75), Subject.of("celu", 0.3125)));
  }

  /** Where functions bend, where exponentials are small, and of all sizes. */
  private static DoubleStream arguments() {
    SplittableRandom random = new SplittableRandom(71);
    return DoubleStream.of(0.8, 3, 12)
        .flatMap(end -> random.doubles(MANY, -end, end))
        .mapMulti(
            (t, all) -> {
              all.accept(t);
              if (random.nextInt(12) == 0) {
                all.accept(random.nextDouble(-45, 45));
                all.accept(random.nextDouble(-760, 30));
                double any = Double.longBitsToDouble(random.nextLong());
                all.accept(Double.isFinite(any) ? any : 0);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void valuesAreWithinTheStatedError(Subject of) {
    double perShare = of.stated().factor() * 0x1p53;
    Map<DeviceArithmetic, Double> worst = of.worst(arguments());
    worst.forEach(
        (arithmetic, share) ->
            System.out.printf(
                "%s %s: off by %.3f units of 2^-53, stated %.3f%n",
                of, arithmetic, share * perShare, perShare));
    assertThat(worst.values()).allSatisfy(share -> assertThat(share).isBetween(0.3, 1.0));
  }

  /** Of all exponents: also subnormal numbers, which devices keep. */
  @ParameterizedTest
  @MethodSource("subjects")
  void valuesNearPowersOfTwoAreWithinTheStatedError(Subject of) {
    of.worst(
        IntStream.rangeClosed(-1074, 1023)
            .filter(exponent -> Math.abs(exponent) < 12 || exponent % 29 == 0)
            .mapToObj(exponent -> Math.scalb(1.0, exponent))
            .flatMapToDouble(
                t -> DoubleStream.of(t, Math.nextUp(t), Math.nextDown(t), Math.nextUp(1.5 * t)))
            .flatMap(t -> DoubleStream.of(t, -t)));
  }

  /** Where formulas meet, arguments are halved once more, and values vanish. */
  @ParameterizedTest
  @MethodSource("subjects")
  void valuesAroundTheSeamsAreWithinTheStatedError(Subject of) {
    double half = 0.5 * Math.log(2);
    DoubleStream seams =
        DoubleStream.concat(
            DoubleStream.of(0.34, 0.34 * 0.3125, 44 * 0.3125, 1, 3, 8.5, 20, 21.5625, 22, 38.75)
                .flatMap(seam -> DoubleStream.of(seam, 2 * seam)),
            DoubleStream.of(1, 3, 5, 31, 33, 63, 65, 107, 109, 127, 255, 257, 1021, 1023, 1025)
                .flatMap(odd -> DoubleStream.of(odd * half, odd * half / 2, 44, 752)));
    of.worst(
        seams
            .flatMap(
                seam ->
                    IntStream.rangeClosed(-3, 3).mapToDouble(ulps -> seam + ulps * Math.ulp(seam)))
            .flatMap(t -> DoubleStream.of(t, -t)));
  }

  /** That they are three, not one: where each of them gives what another one does not. */
  @ParameterizedTest
  @ValueSource(strings = {"tanh", "silu", "gelu", "softplus", "mish", "selu"})
  void arithmeticsDiffer(String name) {
    Map<DeviceArithmetic, DoubleUnaryOperator> of = Subject.of(name).functions();
    DoubleUnaryOperator rounded = Objects.requireNonNull(of.get(DeviceArithmetic.ROUNDED));
    DoubleUnaryOperator fused = Objects.requireNonNull(of.get(DeviceArithmetic.FUSED));
    DoubleUnaryOperator mixed = Objects.requireNonNull(of.get(DeviceArithmetic.MIXED));
    assertThat(differences(rounded, fused)).isGreaterThan(100);
    assertThat(differences(rounded, mixed)).isGreaterThan(100);
    assertThat(differences(fused, mixed)).isGreaterThan(100);
  }

  private static long differences(DoubleUnaryOperator f, DoubleUnaryOperator g) {
    return new SplittableRandom(72)
        .doubles(100_000, -3, 0)
        .filter(t -> f.applyAsDouble(t) != g.applyAsDouble(t))
        .count();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void nanGivesNanAnInfinityTheLimitAndZeroTheValue(Subject of) {
    DoubleUnaryOperator real = Elementwise.of(of.name(), of.constants())::value;
    of.functions()
        .forEach(
            (arithmetic, function) -> {
              assertThat(function.applyAsDouble(Double.NaN)).as("%s %s", of, arithmetic).isNaN();
              for (double end :
                  new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0.0, -0.0}) {
                // Adding 0.0 makes 0.0 of -0.0.
                assertThat(function.applyAsDouble(end) + 0.0)
                    .as("%s %s of %s", of, arithmetic, end)
                    .isEqualTo(Double.valueOf(real.applyAsDouble(end) + 0.0));
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void noValueIsBeyondOne(DeviceArithmetic arithmetic) {
    for (String name : List.of("tanh", "sigmoid", "softsign", "hard_sigmoid", "sin", "cos")) {
      DoubleUnaryOperator function = arithmetic.doubleFunctions().apply(name, List.of());
      SplittableRandom random = new SplittableRandom(73);
      DoubleStream.concat(
              random.doubles(200_000, -45, 45),
              random.longs(200_000).mapToDouble(Double::longBitsToDouble))
          .filter(Double::isFinite)
          .forEach(
              t -> {
                if (!(Math.abs(function.applyAsDouble(t)) <= 1)) {
                  fail("%s of %s is beyond 1", name, t);
                }
              });
    }
  }

  /** Small constants and large ones: quotients by alpha, products with it. */
  @ParameterizedTest
  @ValueSource(doubles = {0x1p-1000, 1e-30, 1e-3, 0.3, 1, 1.75, 40, 1e30, 0x1p1000})
  void constantsDoNotMatter(double alpha) {
    assertThat(DeviceDoubleFunctions.divides(alpha)).isTrue();
    for (String name : List.of("elu", "celu")) {
      Subject of = Subject.of(name, alpha);
      double scale = name.equals("elu") ? 1 : alpha;
      SplittableRandom random = new SplittableRandom(74);
      of.worst(random.doubles(MANY / 4, -50, 3).map(t -> t * scale));
      of.worst(
          DoubleStream.of(Double.MIN_VALUE, 1e-310, 1e-200, 1e-20, 0.1, 1e9, 1e200)
              .flatMap(t -> DoubleStream.of(-t, -t * scale))
              .filter(Double::isFinite));
      nanGivesNanAnInfinityTheLimitAndZeroTheValue(of);
    }
  }

  @Test
  void constantsThatItDoesNotDivideBy() {
    for (double alpha : new double[] {0, 0x1p-1001, 0x1p1001, Double.NaN, -1}) {
      assertThat(DeviceDoubleFunctions.divides(alpha)).isFalse();
    }
    assertThat(DeviceDoubleFunctions.elu(-3, 0)).isZero();
  }
}
