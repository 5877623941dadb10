package io.lipc.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.function.ExactFunctions;
import io.lipc.certificate.function.StatedError;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sine and cosine in doubles where turns have to be left out, of all sizes and near their zeros.
 */
final class DeviceDoubleSineTest {

  private static final StatedError STATED = StatedError.onDeviceInDoubles("sin", List.of());

  /** In parts of what is stated. */
  private static double share(String name, DoubleUnaryOperator function, double t) {
    BigDecimal exact = ExactFunctions.value(name, List.of(), t);
    double off = exact.subtract(new BigDecimal(function.applyAsDouble(t))).abs().doubleValue();
    return off / STATED.of(Math.abs(exact.doubleValue()), Math.abs(t));
  }

  /** One of each exponent from 0 to 1023, and next to multiples of a quarter turn. */
  private static DoubleStream arguments() {
    SplittableRandom random = new SplittableRandom(44);
    return DoubleStream.concat(
        IntStream.range(0, 1024).mapToDouble(k -> Math.scalb(random.nextDouble(1, 2), k)),
        IntStream.range(0, 53)
            .mapToDouble(k -> Math.rint(Math.scalb(random.nextDouble(1, 2), k)) * (Math.PI / 2))
            .flatMap(
                t -> IntStream.rangeClosed(-2, 2).mapToDouble(ulps -> t + ulps * Math.ulp(t))));
  }

  @ParameterizedTest
  @CsvSource({
    "sin, ROUNDED",
    "sin, FUSED",
    "sin, MIXED",
    "cos, ROUNDED",
    "cos, FUSED",
    "cos, MIXED"
  })
  void turnsAreLeftOutAtAllSizes(String name, DeviceArithmetic arithmetic) {
    DoubleUnaryOperator function = arithmetic.doubleFunctions().apply(name, List.of());
    double worst =
        arguments()
            .flatMap(t -> DoubleStream.of(t, -t))
            .map(t -> share(name, function, t))
            .max()
            .orElseThrow();
    System.out.printf(
        "%s %s: off by %.3f of what is stated, 3.625 units of 2^-53%n", name, arithmetic, worst);
    assertThat(worst).isBetween(0.3, 1.0);
  }

  /** Of all doubles it is the one next to a zero of the cosine (Muller, 2016): 2^-61 from it. */
  @Test
  void theHardestDouble() {
    double t = Math.scalb(6_381_956_970_095_103.0, 797);
    assertThat(ExactFunctions.value("cos", List.of(), t).doubleValue()).isBetween(-5e-19, -4e-19);
    assertThat(DeviceDoubleSine.sin(t)).isEqualTo(1);
    assertThat(Math.abs(DeviceDoubleSine.cos(t))).isLessThan(0x1p-57);
  }

  /** Where a shift of 2^k more or less is chosen, on both sides. */
  @Test
  void sizesWhereOtherBitsAreTaken() {
    for (int k : new int[] {16, 32, 48, 64, 128, 256, 512, 1008}) {
      double power = Math.scalb(1.0, k);
      for (double t : new double[] {Math.nextDown(power), power, Math.nextUp(power)}) {
        assertThat(share("sin", DeviceDoubleSine::sin, t)).isLessThanOrEqualTo(1);
        assertThat(share("cos", DeviceDoubleSine::cos, t)).isLessThanOrEqualTo(1);
      }
    }
    assertThat(share("sin", DeviceDoubleSine::sin, Double.MAX_VALUE)).isLessThanOrEqualTo(1);
    assertThat(DeviceDoubleSine.cos(Double.NaN)).isNaN();
    assertThat(DeviceDoubleSine.cos(Double.POSITIVE_INFINITY)).isNaN();
    assertThat(DeviceDoubleSine.cos(0)).isEqualTo(1);
  }
}
