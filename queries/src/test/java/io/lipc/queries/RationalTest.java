package io.lipc.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RationalTest {

  private static Rational of(String dividend, String divisor) {
    return Rational.of(new BigDecimal(dividend), new BigDecimal(divisor));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 1, 0x1p-1, 0x1p-1",
    "0, 1, 0x0p0, 0x0p0",
    "1, 10, 0x1.9999999999999p-4, 0x1.999999999999ap-4",
    "-1, 10, -0x1.999999999999ap-4, -0x1.9999999999999p-4",
    "1, 3, 0x1.5555555555555p-2, 0x1.5555555555556p-2",
    "1e-400, 1, 0x0p0, 0x0.0000000000001p-1022",
    "-1e-400, 1, -0x0.0000000000001p-1022, 0x0p0",
    "-4e-324, 1, -0x0.0000000000001p-1022, 0x0p0",
    "1e400, 1, 0x1.fffffffffffffp1023, Infinity",
    "-1e400, 1, -Infinity, -0x1.fffffffffffffp1023",
    "9007199254740993, 1, 0x1p53, 0x1.0000000000001p53"
  })
  void theDoublesAroundIt(String dividend, String divisor, double down, double up) {
    // By comparison of bits: -0.0 is no end.
    assertThat(Double.doubleToLongBits(of(dividend, divisor).down()))
        .isEqualTo(Double.doubleToLongBits(down));
    assertThat(Double.doubleToLongBits(of(dividend, divisor).up()))
        .isEqualTo(Double.doubleToLongBits(up));
  }

  /** Quotients near doubles, and halfway between two of them. */
  @Test
  void noDoubleIsBetween() {
    Random random = new Random(3);
    for (int run = 0; run < 20_000; run++) {
      double near = Double.longBitsToDouble(random.nextLong());
      if (!Double.isFinite(near) || Math.abs(near) > 1e300 || Math.abs(near) < 1e-300) {
        continue;
      }
      BigDecimal step =
          new BigDecimal(Math.ulp(near)).multiply(BigDecimal.valueOf(random.nextInt(-8, 9), 1));
      BigDecimal factor = BigDecimal.valueOf(random.nextInt(1, 100), 2);
      BigDecimal value = new BigDecimal(near).add(step);
      Rational rational = Rational.of(value.multiply(factor), factor);
      assertThat(new BigDecimal(rational.down())).isLessThanOrEqualTo(value);
      assertThat(new BigDecimal(rational.up())).isGreaterThanOrEqualTo(value);
      assertThat(rational.up()).isIn(rational.down(), Math.nextUp(rational.down()));
      boolean isDouble = new BigDecimal(value.doubleValue()).compareTo(value) == 0;
      assertThat(rational.up() == rational.down()).isEqualTo(isDouble);
    }
  }

  @Test
  void theOrderIsThatOfNumbers() {
    assertThat(of("1", "3")).isGreaterThan(of("0.3333", "1"));
    assertThat(of("-1", "3")).isEqualByComparingTo(of("2", "-6"));
    assertThat(new Rational(BigInteger.TWO, BigInteger.TEN)).hasToString("1/5");
  }
}
