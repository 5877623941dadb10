package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums of products are rounded up, for few and for many; exact numbers lose nothing. */
final class OutwardTest {

  private static double up(double value) {
    return Math.nextUp(value);
  }

  @Test
  void aSumIsRoundedUpForEachNumberOfTerms() {
    for (int n : new int[] {0, 1, 2, 7, 1022, 1023, 1024, 1025, 70_000}) {
      double gamma = Outward.gamma(n, 0x1p-53);
      double underflow = 2 * n * Double.MIN_VALUE;
      assertThat(Outward.sum(3, n)).isEqualTo(up(up(3 * up(1 + 2 * gamma)) + underflow));
      assertThat(Outward.lost(3, n)).isEqualTo(up(up(gamma * 3) + underflow));
      assertThat(Outward.sum(0, n)).isEqualTo(up(Double.MIN_VALUE + underflow));
    }
  }

  @Test
  void exactNumbersAreReflectedWhereTheFormIsPositive() {
    ExactNumbers exact = new ExactNumbers();
    BigDecimal three = new BigDecimal(3);
    assertThat(exact.reflected(three, new BigDecimal("0.75"), -0.5)).isEqualByComparingTo("2.25");
    for (BigDecimal other : List.of(BigDecimal.ZERO, new BigDecimal(-2))) {
      assertThat(exact.reflected(three, other, -0.5)).isEqualByComparingTo(three);
    }
  }
}
