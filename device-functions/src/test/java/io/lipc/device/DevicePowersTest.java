package io.lipc.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.function.ExactFunctions;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exponentials of doubles on devices, and the softmax that kernels make of them. */
final class DevicePowersTest {

  private static final MathContext DIGITS = new MathContext(60);
  private static final int MANY = Boolean.getBoolean("lipc.exhaustive") ? 200_000 : 2_000;

  /** Of softmax, without what its exponent has lost. */
  @ParameterizedTest
  @EnumSource
  void exponentialsAreWithinTheStatedError(DeviceArithmetic arithmetic) {
    DoubleUnaryOperator power = arithmetic.doubleFunctions().apply("exp", List.of());
    SplittableRandom random = new SplittableRandom(75);
    double worst =
        DoubleStream.concat(random.doubles(MANY, -2, 0), random.doubles(MANY, -708, 0))
            .map(x -> off(power.applyAsDouble(x), x) / StrictMath.exp(x))
            .max()
            .orElseThrow();
    System.out.printf("exp %s: off by %.3f units of 2^-53%n", arithmetic, worst * 0x1p53);
    assertThat(worst)
        .isBetween(
            0.4 * DeviceDoubleFunctions.EXPONENTIAL_ERROR, DeviceDoubleFunctions.EXPONENTIAL_ERROR);
    // Rounded once: half of the least double, and what is lost before.
    random
        .doubles(MANY, -752, -708)
        .forEach(
            x ->
                assertThat(off(0x1p60 * power.applyAsDouble(x), x, 0x1p60))
                    .as("e^%s", x)
                    .isLessThanOrEqualTo(0x1p-1015 + 0x1.1p8 * StrictMath.exp(x)));
  }

  private static double off(double computed, double x) {
    return off(computed, x, 1);
  }

  private static double off(double computed, double x, double scale) {
    BigDecimal exact = ExactFunctions.exp(new BigDecimal(x)).multiply(new BigDecimal(scale));
    return exact.subtract(new BigDecimal(computed)).abs().doubleValue();
  }

  @Test
  void exponentialsOfSoftmax() {
    assertThat(DeviceDoubleFunctions.exponential(1, 1, 0.3)).isEqualTo(1);
    assertThat(DeviceDoubleFunctions.exponential(-1e300, 1e300, 1e-20)).isZero();
    assertThat(DeviceDoubleFunctions.exponential(Double.NEGATIVE_INFINITY, 0, 1)).isZero();
    assertThat(DeviceDoubleFunctions.exponential(-1e308, 0, 0x1p1000))
        .isCloseTo(StrictMath.exp(-1e308 / 0x1p1000), within(1e-15));
    assertThat(DeviceDoubleFunctions.exponential(Double.NaN, 0, 1)).isNaN();
    assertThat(DeviceDoubleFunctions.exponential(0, Double.NaN, 1)).isNaN();
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(DeviceDoubleFunctions.exponential(infinity, infinity, 1)).isNaN();
    assertThat(DeviceDoubleFunctions.exponential(3, 5, 2))
        .isCloseTo(StrictMath.exp(-1), within(1e-16));
  }

  /** A kernel's softmax, with a compensated sum: {@code (6 + 2 log n) u}, as its proof has it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 200})
  void softmaxIsWithinItsBound(int size) {
    SplittableRandom random = new SplittableRandom(size);
    double temperature = 0.375;
    for (double reach : new double[] {1e-3, 1, 30, 1000}) {
      double[] x = random.doubles(size, -reach, reach).toArray();
      double most = DoubleStream.of(x).max().orElseThrow();
      double[] terms =
          DoubleStream.of(x)
              .map(z -> DeviceDoubleFunctions.exponential(z, most, temperature))
              .toArray();
      BigDecimal[] exact =
          DoubleStream.of(x)
              .mapToObj(z -> new BigDecimal(z).subtract(new BigDecimal(most)))
              .map(z -> ExactFunctions.exp(z.divide(new BigDecimal(temperature), DIGITS)))
              .toArray(BigDecimal[]::new);
      BigDecimal exactSum = Arrays.stream(exact).reduce(BigDecimal.ZERO, BigDecimal::add);
      double sum = compensatedSum(terms);
      for (int i = 0; i < size; i++) {
        BigDecimal y = new BigDecimal(DeviceDoubleFunctions.quotient(terms[i], sum));
        double off = y.subtract(exact[i].divide(exactSum, DIGITS)).abs().doubleValue();
        assertThat(off).isLessThanOrEqualTo((6 + 2 * Math.log(size)) * 0x1p-53);
      }
    }
  }

  private static double compensatedSum(double[] terms) {
    double sum = 0;
    double excess = 0;
    for (double value : terms) {
      double term = value - excess;
      double next = sum + term;
      excess = (next - sum) - term;
      sum = next;
    }
    return sum;
  }
}
