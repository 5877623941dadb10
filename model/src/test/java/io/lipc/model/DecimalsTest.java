package io.lipc.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecimalsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-0.0, 0, 0",
    "1, 1, 1",
    "1.37, 1.371, 1.37",
    "1.375, 1.375, 1.375",
    "1.00001, 1.001, 1",
    "0.1, 0.1001, 0.1",
    "0.99999, 1, 0.9999",
    "-1.00001, -1, -1.001",
    "123456, 123500, 123400",
    "999999999, 1e9, 999900000",
    "1e9, 1e9, 1e9",
    "1.5e12, 1.5e12, 1.5e12",
    "1.2345e-3, 0.001235, 0.001234",
    "1.25e-9, 1.251e-9, 1.25e-9",
    "0.00001234, 1.235e-5, 1.234e-5",
    "4.9e-324, 4.941e-324, 4.94e-324",
    "1.7976931348623157e308, 1.798e308, 1.797e308",
    "Infinity, Infinity, Infinity",
    "NaN, NaN, NaN",
  })
  void fourDigitsAreRoundedInTheSafeDirection(double value, String up, String down) {
    assertThat(Decimals.up(value)).isEqualTo(up);
    assertThat(Decimals.down(value)).isEqualTo(down);
  }

  @Test
  void theTextIsNeverOnTheWrongSideAndNeverFarAway() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isFinite(value)) {
        continue;
      }
      BigDecimal exact = new BigDecimal(value);
      BigDecimal up = new BigDecimal(Decimals.up(value));
      BigDecimal down = new BigDecimal(Decimals.down(value));
      BigDecimal unit = exact.abs().movePointLeft(3);
      assertThat(up).isGreaterThanOrEqualTo(exact).isLessThanOrEqualTo(exact.add(unit));
      assertThat(down).isLessThanOrEqualTo(exact).isGreaterThanOrEqualTo(exact.subtract(unit));
      assertThat(up.precision()).isLessThanOrEqualTo(13);
    }
  }

  @Test
  void aDeclaredNumberIsPrintedAsItWasWritten() {
    assertThat(Decimals.plain(2)).isEqualTo("2.0");
    assertThat(Decimals.plain(0.1)).isEqualTo("0.1");
  }

  @Test
  void boundsArePrintedInTheirOwnDirection() {
    assertThat(new UpperBound(1.00001)).hasToString("1.001");
    assertThat(new LowerBound(1.00009)).hasToString("1");
  }

  @Test
  void boundsAreFiniteAndNotNegative() {
    assertThat(new UpperBound(0)).hasToString("0");
    assertThat(new LowerBound(0)).hasToString("0");
    assertThat(new UpperBound(0.5).value()).isEqualTo(new LowerBound(0.5).value());
    for (double value : new double[] {-1, -Double.MIN_VALUE, Double.NaN, 1 / 0.0, -1 / 0.0}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new UpperBound(value));
      assertThatIllegalArgumentException().isThrownBy(() -> new LowerBound(value));
    }
  }

  @Test
  void smallNumbersHaveAtMostFourZeros() {
    assertThat(Decimals.down(0.00012345)).isEqualTo("0.0001234");
    assertThat(Decimals.up(0.00012345)).isEqualTo("0.0001235");
  }
}
