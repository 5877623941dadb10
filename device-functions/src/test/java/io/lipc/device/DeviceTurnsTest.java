package io.lipc.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Turns are held against whole numbers of any length: what is missing is what the proof says. */
final class DeviceTurnsTest {

  /** Bits behind the point of {@link #TURNS}: more than the largest double and its result need. */
  private static final int BITS = 1400;

  /** {@code 1 / (2 pi)} in parts of 2^-BITS, by Machin's formula. */
  private static final BigInteger TURNS = turnsOfOne();

  private static BigInteger turnsOfOne() {
    BigInteger one = BigInteger.ONE.shiftLeft(BITS + 64);
    BigInteger quarter = inverseTangent(one, 5).shiftLeft(2).subtract(inverseTangent(one, 239));
    return one.shiftLeft(BITS).divide(quarter.shiftLeft(3));
  }

  private static BigInteger inverseTangent(BigInteger one, int inverse) {
    BigInteger square = BigInteger.valueOf((long) inverse * inverse);
    BigInteger sum = BigInteger.ZERO;
    BigInteger power = one.divide(BigInteger.valueOf(inverse));
    for (int k = 1; power.signum() > 0; k += 2) {
      BigInteger term = power.divide(BigInteger.valueOf(k));
      sum = k % 4 == 1 ? sum.add(term) : sum.subtract(term);
      power = power.divide(square);
    }
    return sum;
  }

  /** In parts of 2^-62, what {@link DeviceTurns#of} leaves out. */
  private static double missing(double size) {
    int exponent = Math.getExponent(size) - 52;
    BigInteger digits = BigInteger.valueOf((long) Math.scalb(size, -exponent));
    BigInteger product = digits.multiply(TURNS);
    BigInteger turns = exponent < 0 ? product.shiftRight(-exponent) : product.shiftLeft(exponent);
    BigInteger behind = turns.mod(BigInteger.ONE.shiftLeft(BITS));
    BigInteger found = BigInteger.valueOf(DeviceTurns.of(size)).shiftLeft(BITS - 62);
    return new BigDecimal(behind.subtract(found))
        .divide(new BigDecimal(BigInteger.ONE.shiftLeft(BITS - 62)))
        .doubleValue();
  }

  @Test
  void lessThanOneAndAHalfPartsAreMissingAtAllSizes() {
    SplittableRandom random = new SplittableRandom(62);
    double worst = 0;
    for (int k = 0; k < 1024; k++) {
      for (int i = 0; i < 50; i++) {
        double size = Math.scalb(random.nextDouble(1, 2), k);
        double missing = missing(size);
        assertThat(missing).as("%a", size).isBetween(0.0, 1.5);
        worst = Math.max(worst, missing);
      }
    }
    assertThat(worst).isGreaterThan(0.9);
  }

  @Test
  void whereOtherWordsAreTaken() {
    IntStream.of(0, 16, 32, 48, 64, 128, 256, 512, 1008, 1023)
        .mapToDouble(k -> Math.scalb(1.0, k))
        .flatMap(
            power -> DoubleStream.of(power, Math.nextUp(power), Math.max(1, Math.nextDown(power))))
        .forEach(size -> assertThat(missing(size)).as("%a", size).isBetween(0.0, 1.5));
    assertThat(missing(Double.MAX_VALUE)).isBetween(0.0, 1.5);
  }
}
