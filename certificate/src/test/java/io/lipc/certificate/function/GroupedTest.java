package io.lipc.certificate.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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

  /** The library sorts stably, too: equal elements, zeros of both signs and NaN in its order. */
  @Test
  void sourcesAreThoseOfAStableSort() {
    double[] odd = {0.0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 2};
    Random random = new Random(7);
    for (int group = 1; group <= 70; group++) {
      double[] x = random.ints(3L * group, 0, odd.length).mapToDouble(k -> odd[k]).toArray();
      int size = group;
      int[] expected =
          IntStream.range(0, x.length)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingInt(i -> i / size)
                      .thenComparing(Comparator.<Integer>comparingDouble(i -> x[i]).reversed()))
              .mapToInt(i -> i)
              .toArray();
      assertThat(new Grouped.Sort(group).sources(x)).isEqualTo(expected);
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

  private static List<Grouped> all() {
    return List.of(
        new Grouped.Sort(2),
        new Grouped.Sort(3),
        new Grouped.Reflection(0.6, -0.8),
        new Grouped.Reflection(-0.28, 0.96),
        new Grouped.Softmax(0.7),
        new Grouped.Center(),
        new Grouped.LayerNorm(0.01, 0),
        new Grouped.LayerNorm(0.5, 4),
        new Grouped.UnitLength(0.01),
        new Grouped.UnitLength(100),
        new Grouped.Sort(3).apart(12, 2),
        new Grouped.Reflection(0.6, -0.8).apart(12, 3),
        new Grouped.LayerNorm(0.5, 3).apart(12, 2));
  }

  /**
   * Products with the derivative beside quotients of differences, and the transposed one beside it.
   */
  @Test
  void productsWithDerivatives() {
    Random random = new Random(7);
    for (Grouped function : all()) {
      for (int trial = 0; trial < 40; trial++) {
        double[] x = random.doubles(12, -2, 2).toArray();
        double[] v = random.doubles(12, -2, 2).toArray();
        double[] u = random.doubles(12, -2, 2).toArray();
        double h = 0x1p-20;
        double[] above = function.value(moved(x, v, h));
        double[] below = function.value(moved(x, v, -h));
        double[] times = function.times(x, v);
        double[] transposed = function.transposedTimes(x, u);
        assertThat(times).hasSize(12);
        double forward = 0;
        double backward = 0;
        for (int i = 0; i < 12; i++) {
          assertThat(times[i])
              .as("%s, element %d", function, i)
              .isCloseTo((above[i] - below[i]) / (2 * h), within(1e-6));
          forward += u[i] * times[i];
          backward += transposed[i] * v[i];
        }
        assertThat(backward).as("%s", function).isCloseTo(forward, within(1e-12));
      }
    }
  }

  private static double[] moved(double[] x, double[] v, double h) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i] + h * v[i]).toArray();
  }

  @Test
  void sizesOfGroups() {
    assertThat(all().stream().map(function -> function.group(12)))
        .containsExactly(2, 3, 2, 2, 12, 12, 12, 4, 12, 12, 3, 2, 3);
    assertThat(Grouped.of("maxmin", List.of())).isEqualTo(new Grouped.Sort(2));
    assertThat(Grouped.of("group_sort", List.of(5.0))).isEqualTo(new Grouped.Sort(5));
    assertThat(Grouped.of("householder", List.of(0.6, -0.8)))
        .isEqualTo(new Grouped.Reflection(0.6, -0.8));
    assertThat(Grouped.of("softmax", List.of(2.0))).isEqualTo(new Grouped.Softmax(2));
    assertThat(Grouped.of("layer_norm", List.of(0.5, 3.0)))
        .isEqualTo(new Grouped.LayerNorm(0.5, 3));
    assertThat(Grouped.of("l2_normalize", List.of(0.5))).isEqualTo(new Grouped.UnitLength(0.5));
    assertThat(Grouped.of("center", List.of())).isEqualTo(new Grouped.Center());
    assertThatIllegalArgumentException().isThrownBy(() -> Grouped.of("center", List.of(1.0)));
    assertThat(new Grouped.Sort(2).apart(4, 1)).isEqualTo(new Grouped.Sort(2));
    assertThat(new Grouped.Sort(2).apart(4, 2)).isNotEqualTo(new Grouped.Sort(2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Grouped.of("swish", List.of()))
        .withMessage("no activation `swish`");
  }

  /** At a kink the derivative is that of one of its sides, and equal elements keep their order. */
  @Test
  void derivativesAtKinks() {
    assertThat(new Grouped.Sort(2).times(new double[] {1, 1}, new double[] {3, 4}))
        .containsExactly(3, 4);
    double[] mirror = {0.8, 0.6};
    assertThat(new Grouped.Reflection(0.6, -0.8).times(mirror, new double[] {3, 4}))
        .containsExactly(3, 4);
  }

  /** Values by hand, far from 0 as well: nothing overflows. */
  @Test
  void valuesOfVectors() {
    assertThat(new Grouped.Softmax(2).value(new double[] {2000, 2000 + 2 * Math.log(3), -1e300}))
        .containsExactly(new double[] {0.25, 0.75, 0}, within(1e-12));
    assertThat(new Grouped.Softmax(1).value(new double[] {-2000, -2000})).containsExactly(0.5, 0.5);
    assertThat(new Grouped.Center().value(new double[] {1, 2, 6}))
        .containsExactly(new double[] {-2, -1, 3}, within(1e-15));
    assertThat(new Grouped.Reflection(0, 1).value(new double[] {5, -2, 5, 2}))
        .containsExactly(5, 2, 5, 2);
    assertThat(new Grouped.Reflection(0.6, -0.8).value(new double[] {-1, 2}))
        .containsExactly(new double[] {-1 + 1.2 * 2.2, 2 - 1.6 * 2.2}, within(1e-15));
  }
}
