package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Shares that are called certified. */
final class ClassGoalTest {

  @Test
  void noShareIsRoundedUp() {
    assertThat(ClassGoal.provedPercent(1999 / 2000.0, 2000)).isEqualTo("99.9 %");
    assertThat(ClassGoal.provedPercent(1, 2000)).isEqualTo("100.0 %");
    assertThat(ClassGoal.provedPercent(0, 7)).isEqualTo("0.0 %");
    assertThat(ClassGoal.provedPercent(29 / 100.0, 100)).isEqualTo("29.0 %");
    assertThat(ClassGoal.provedPercent(2 / 3.0, 3)).isEqualTo("66.6 %");
  }

  /** Within a tenth, on the side that is true. */
  @Test
  void allSharesOfManyRows() {
    for (int rows : new int[] {1, 3, 7, 30, 999, 1001}) {
      for (int count = 0; count <= rows; count++) {
        String text = ClassGoal.provedPercent((double) count / rows, rows);
        BigDecimal tenths = new BigDecimal(text.replace(" %", "")).movePointRight(1);
        BigDecimal exact = BigDecimal.valueOf(1000L * count);
        assertThat(tenths.multiply(BigDecimal.valueOf(rows))).isLessThanOrEqualTo(exact);
        assertThat(tenths.add(BigDecimal.ONE).multiply(BigDecimal.valueOf(rows)))
            .isGreaterThan(exact);
      }
    }
  }
}
