package io.lipc.certificate.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sorting by the library is what the definition by maxima and minima says. */
final class GroupedTest {

  private static double[] byDefinition(double[] x, int group) {
    double[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      for (int j = i + 1; j < y.length && j % group != 0; j++) {
        double min = Math.min(y[i], y[j]);
        y[i] = Math.max(y[i], y[j]);
        y[j] = min;
      }
    }
    return y;
  }

  @Test
  void groupsAreSortedAsMaximaAndMinimaSortThem() {
    double[] odd = {0.0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 2};
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      int group = 2 + random.nextInt(4);
      double[] x = random.ints(3L * group, 0, odd.length).mapToDouble(k -> odd[k]).toArray();
      assertThat(new Grouped.Sort(group).value(x)).isEqualTo(byDefinition(x, group));
    }
  }

  @Test
  @Timeout(10)
  void largeGroupsTakeNoQuadraticTime() {
    double[] x = new Random(6).doubles(1 << 20).toArray();
    double[] sorted = new Grouped.Sort(x.length).value(x);
    assertThat(sorted[0]).isGreaterThanOrEqualTo(sorted[1]);
    assertThat(sorted[x.length - 1]).isLessThanOrEqualTo(sorted[x.length - 2]);
  }
}
