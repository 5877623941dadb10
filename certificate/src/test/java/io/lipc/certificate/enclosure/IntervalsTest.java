package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.LinearMap;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each operation on ranges, to the last bit. */
final class IntervalsTest {

  private static final double MAX = Double.MAX_VALUE;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final Intervals intervals = new Intervals();

  private static double up(double value) {
    return Math.nextUp(value);
  }

  private static double down(double value) {
    return Math.nextDown(value);
  }

  private Range sum(double shift, double[] factors, Range... x) {
    int[] all = IntStream.range(0, factors.length).toArray();
    return intervals.sums(List.of(x)).of(new LinearMap.Row(all, factors), shift);
  }

  private static double[] factors(double... factors) {
    return factors;
  }

  @Test
  void eachOperationOfASumIsRoundedOutward() {
    Range x = new Range(0.1, 0.3);
    Range y = new Range(-0.7, 0.2);
    assertThat(sum(0, factors(0.7), x)).isEqualTo(new Range(down(0.1 * 0.7), up(0.3 * 0.7)));
    assertThat(sum(0, factors(-0.7), x)).isEqualTo(new Range(down(0.3 * -0.7), up(0.1 * -0.7)));
    assertThat(sum(0, factors(1, 1), x, y)).isEqualTo(new Range(down(0.1 - 0.7), up(0.3 + 0.2)));
    assertThat(sum(0.9, factors(-1), y)).isEqualTo(new Range(down(0.9 - 0.2), up(0.9 + 0.7)));
    assertThat(sum(0.9, factors(0.7, 1), x, y))
        .isEqualTo(
            new Range(down(down(0.9 + down(0.1 * 0.7)) - 0.7), up(up(0.9 + up(0.3 * 0.7)) + 0.2)));
  }

  @Test
  void whatIsExactStaysSo() {
    Range x = new Range(0.1, 0.3);
    Range y = new Range(-0.7, 0.2);
    assertThat(sum(0, factors(1), x)).isEqualTo(x);
    assertThat(sum(0, factors(-1), x)).isEqualTo(new Range(-0.3, -0.1));
    assertThat(sum(0, factors(0, 1), x, y)).isEqualTo(y);
    assertThat(sum(0, factors(1, 0), x, y)).isEqualTo(x);
    assertThat(sum(0, factors(0), x)).isEqualTo(Intervals.of(0));
    assertThat(sum(0.7, factors(0), x)).isEqualTo(Intervals.of(0.7));
  }

  /** Neither end is NaN, whatever overflows. */
  @Test
  void numbersWithoutABound() {
    Range all = new Range(-INFINITY, INFINITY);
    Range huge = new Range(MAX, MAX);
    assertThat(sum(0, factors(2), huge)).isEqualTo(new Range(MAX, INFINITY));
    assertThat(sum(0, factors(-2), huge)).isEqualTo(new Range(-INFINITY, -MAX));
    assertThat(sum(0, factors(1, 1), huge, huge)).isEqualTo(new Range(MAX, INFINITY));
    assertThat(sum(0, factors(1, -1), all, all)).isEqualTo(all);
    assertThat(sum(0, factors(2, -2), huge, huge)).isEqualTo(all);
    assertThat(sum(3, factors(0), all)).isEqualTo(Intervals.of(3));
    assertThat(Intervals.difference(all, all)).isEqualTo(all);
    assertThat(intervals.reflected(Intervals.of(3), all, 0).lower()).isEqualTo(down(3));
  }

  @Test
  void differencesAreTakenOfOppositeEnds() {
    assertThat(Intervals.difference(new Range(0.1, 0.3), new Range(-0.7, 0.2)))
        .isEqualTo(new Range(down(0.1 - 0.2), up(0.3 + 0.7)));
    assertThat(new Range(-0.1, 0.3).leastMagnitude()).isZero();
    assertThat(new Range(0.1, 0.3).leastMagnitude()).isEqualTo(0.1);
    assertThat(new Range(-0.3, -0.1).leastMagnitude()).isEqualTo(0.1);
  }

  @Test
  void reflectionsOfOneSide() {
    Range x = new Range(0.1, 0.3);
    assertThat(intervals.reflected(x, new Range(-2, -1), 0.7))
        .isEqualTo(new Range(down(0.1), up(0.3)));
    Range term = new Range(down(0.4 * -1.4), up(0 * -1.4));
    assertThat(intervals.reflected(x, new Range(-2, 0.4), -0.7))
        .isEqualTo(new Range(down(0.1 + term.lower()), up(0.3 + term.upper())));
    assertThat(intervals.reflected(x, new Range(0.2, 0.4), 0.5))
        .isEqualTo(new Range(down(0.1 + 0.2), up(0.3 + 0.4)));
  }

  /** Twice the number of the vector is beyond all doubles; what it is multiplied with is small. */
  @Test
  void reflectionsAlongALargeVector() {
    double large = 0x1p1023;
    Range moved = intervals.reflected(Intervals.of(0), new Range(0x1p-1023, 0x1.8p-1022), large);
    assertThat(moved.lower()).isBetween(2 - 1e-14, 2.0);
    assertThat(moved.upper()).isBetween(6.0, 6 + 1e-14);
    Range back = intervals.reflected(Intervals.of(0), new Range(-1, 0x1p-1023), -large);
    assertThat(back.lower()).isBetween(-2 - 1e-14, -2.0);
    assertThat(back.upper()).isBetween(0.0, 1e-300);
  }

  @Test
  void endsAreSortedApart() {
    assertThat(intervals.sorted(List.of(new Range(0, 9), new Range(4, 5), new Range(1, 2))))
        .containsExactly(new Range(4, 9), new Range(1, 5), new Range(0, 2));
  }

  private UnaryOperator<Range> function(String name) {
    return intervals.elementwise((OfElements) ActivationFunction.of(name, List.of()));
  }

  @Test
  void enclosureOfTanhHoldsTheNeighboursOfTheComputedValue() {
    DoubleStream.of(-30, -1, -1e-9, 0, 1e-300, 0.5, 20)
        .forEach(
            t -> {
              Range enclosure = function("tanh").apply(Intervals.of(t));
              assertThat(enclosure.lower()).isBetween(-1.0, Math.max(-1, down(Math.tanh(t))));
              assertThat(enclosure.upper()).isBetween(Math.min(1, up(Math.tanh(t))), 1.0);
            });
  }

  @Test
  void enclosuresOfSigmoidAndSiluHoldWhatTheirDefinitionsGive() {
    for (double lower = -40; lower < 40; lower += 0.37) {
      Range t = new Range(lower, lower + 0.4);
      for (int i = 0; i <= 8; i++) {
        double at = lower + 0.4 * i / 8;
        double sigmoid = 0.5 + Math.tanh(at / 2) / 2; // In another way, for t > 0 as precise.
        assertHolds(function("sigmoid").apply(t), sigmoid, at < 0 ? 1e-15 : 0);
        assertHolds(function("silu").apply(t), at * sigmoid, at < 0 ? 1e-13 : 0);
      }
    }
  }

  @Test
  void enclosuresOfSigmoidAndSiluAreNarrowAndStayInTheirRanges() {
    for (double t : new double[] {-1e300, -800, -745, -2, -1e-9, 0, 1e-300, 3, 40, 800, 1e300}) {
      Range sigmoid = function("sigmoid").apply(Intervals.of(t));
      assertThat(sigmoid.lower()).isNotNegative();
      assertThat(sigmoid.upper()).isLessThanOrEqualTo(1);
      assertThat(sigmoid.upper() - sigmoid.lower()).isBetween(0.0, 1e-14);
      Range silu = function("silu").apply(Intervals.of(t));
      assertThat(silu.lower()).isGreaterThan(-0.279);
      assertThat(silu.upper() - silu.lower()).isBetween(0.0, 1e-14 * Math.max(1, t));
    }
  }

  private static void assertHolds(Range enclosure, double value, double tolerance) {
    assertThat(value).isBetween(enclosure.lower() - tolerance, enclosure.upper() + tolerance);
  }

  @Test
  void enclosuresOfSoftmaxHoldItsValues() {
    Random random = new Random(8);
    for (int round = 0; round < 500; round++) {
      double[] z =
          random.doubles(4, -1, 1).map(t -> t * Math.scalb(1.0, random.nextInt(12))).toArray();
      List<Range> logits =
          IntStream.range(0, 4).mapToObj(i -> new Range(z[i] - 0.01, z[i] + 0.01)).toList();
      double[] inside =
          IntStream.range(0, 4).mapToDouble(i -> z[i] + random.nextDouble(-0.01, 0.01)).toArray();
      double max = Math.max(Math.max(inside[0], inside[1]), Math.max(inside[2], inside[3]));
      double sum = 0;
      for (double t : inside) {
        sum += Math.exp((t - max) / 0.5);
      }
      List<Range> wide = intervals.softmax(logits, 0.5);
      List<Range> narrow =
          intervals.softmax(Arrays.stream(inside).mapToObj(Intervals::of).toList(), 0.5);
      for (int i = 0; i < 4; i++) {
        double value = Math.exp((inside[i] - max) / 0.5) / sum;
        assertThat(value).isBetween(wide.get(i).lower(), wide.get(i).upper());
        assertThat(narrow.get(i).lower()).isBetween(wide.get(i).lower(), value * (1 + 1e-15));
        assertThat(narrow.get(i).upper()).isBetween(value * (1 - 1e-15), wide.get(i).upper());
        assertThat(narrow.get(i).upper() - narrow.get(i).lower()).isLessThan(1e-12);
      }
    }
  }

  /** Each operation of softmax is rounded outward, the sums from left to right. */
  @Test
  void softmaxToTheLastBit() {
    Random random = new Random(5);
    for (int round = 0; round < 2000; round++) {
      double t = random.nextDouble(0.1, 3);
      List<Range> z =
          IntStream.range(0, 3)
              .mapToObj(_ -> random.nextDouble(-3, 3) - (random.nextInt(4) == 0 ? 3000 : 0))
              .map(lower -> new Range(lower, lower + random.nextDouble()))
              .toList();
      List<Range> y = intervals.softmax(z, t);
      for (int i = 0; i < 3; i++) {
        double least = 1;
        double most = 1;
        for (int j = 0; j < 3; j++) {
          if (j != i) {
            double nearest = down(z.get(j).lower() - z.get(i).upper());
            double farthest = up(z.get(j).upper() - z.get(i).lower());
            least = Math.max(1, down(least + down(Math.exp(down(nearest / t)))));
            most = up(most + up(Math.exp(up(farthest / t))));
          }
        }
        assertThat(y.get(i).lower()).isEqualTo(Math.max(0, down(1 / most)));
        assertThat(y.get(i).upper()).isEqualTo(Math.min(1, up(1 / least)));
        assertThat(y.get(i).upper()).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void enclosuresOfSoftmaxOfHugeNumbers() {
    List<Range> y =
        intervals.softmax(Stream.of(1e300, -1e300, 1e300).map(Intervals::of).toList(), 1e-3);
    assertThat(y.get(0).lower()).isBetween(0.4999, 0.5);
    assertThat(y.get(0).upper()).isBetween(0.5, 0.5001);
    assertThat(y.get(1).lower()).isZero();
    assertThat(y.get(1).upper()).isLessThan(1e-300);
  }

  /** Against the largest and least values of each element, which its corners reach. */
  @Test
  void enclosuresOfSoftmaxOfWideRangesAreThoseOfCorners() {
    double t = 0.7;
    List<Range> z = List.of(new Range(-1, 2), new Range(0.5, 1), new Range(-3, 0.25));
    List<Range> y = intervals.softmax(z, t);
    for (int i = 0; i < z.size(); i++) {
      double least = 1;
      double most = 1;
      for (int j = 0; j < z.size(); j++) {
        least += j == i ? 0 : Math.exp((z.get(j).lower() - z.get(i).upper()) / t);
        most += j == i ? 0 : Math.exp((z.get(j).upper() - z.get(i).lower()) / t);
      }
      assertThat(y.get(i).lower()).isBetween((1 - 1e-14) / most, down(1 / most));
      assertThat(y.get(i).upper()).isBetween(up(1 / least), (1 + 1e-14) / least);
    }
  }
}
