package io.lipc.certificate.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.function.Range;
import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Layer normalisation to the last bit: each operation of a range, and of an error, is rounded
 * outward once. Everything is written out again here, number by number; where a step is not
 * rounded, one of the random groups tells.
 */
final class NormalisedBitsTest {

  private static final double LEAST = Double.MIN_VALUE;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static double up(double value) {
    return Math.nextUp(value);
  }

  private static double down(double value) {
    return Math.nextDown(value);
  }

  private static List<Range> group(Random random, int size) {
    List<Range> group = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double lower = random.nextGaussian();
      group.add(new Range(lower, lower + random.nextDouble() * (random.nextInt(3))));
    }
    return group;
  }

  /** The sum of one number of each other element, as it stands before and behind this one. */
  private static double sumUp(double[] x, int without) {
    double before = 0;
    for (int j = 0; j < without; j++) {
      before = up(before + x[j]);
    }
    double behind = 0;
    for (int j = x.length - 1; j > without; j--) {
      behind = up(behind + x[j]);
    }
    return up(before + behind);
  }

  private static double sumDown(double[] x, int without) {
    double[] negative = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      negative[j] = -x[j];
    }
    return -sumUp(negative, without);
  }

  private static double[] ends(List<Range> x, boolean upper) {
    return x.stream().mapToDouble(range -> upper ? range.upper() : range.lower()).toArray();
  }

  /** Each number less the mean of all. */
  private static List<Range> centred(List<Range> z) {
    int n = z.size();
    List<Range> d = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      boolean once = n == 2;
      double least = z.get(i).lower() * (n - 1);
      double most = z.get(i).upper() * (n - 1);
      double lower = down(down((once ? least : down(least)) - sumUp(ends(z, true), i)) / n);
      double upper = up(up((once ? most : up(most)) - sumDown(ends(z, false), i)) / n);
      d.add(new Range(lower, upper));
    }
    return d;
  }

  /**
   * What y_i is at least, for a d_i, where the squares of the others are at least or at most so.
   */
  private static double least(double d, double fewest, double most, int n, double epsilon) {
    double square = d * d;
    if (d >= 0) {
      return down(d / up(Math.sqrt(up(up(up(square) / n) + up(up(most / n) + epsilon)))));
    }
    double squares = down(down(down(square) / n) + down(down(fewest / n) + epsilon));
    double root = squares > 0 ? down(Math.sqrt(squares)) : 0;
    return root > 0 ? down(d / root) : -INFINITY;
  }

  private static List<Range> normalised(List<Range> z, double epsilon) {
    int n = z.size();
    List<Range> d = centred(z);
    double[] fewest = new double[n];
    double[] most = new double[n];
    for (int i = 0; i < n; i++) {
      Range range = d.get(i);
      boolean zero = range.lower() <= 0 && range.upper() >= 0;
      double near = zero ? 0 : Math.min(Math.abs(range.lower()), Math.abs(range.upper()));
      double far = Math.max(Math.abs(range.lower()), Math.abs(range.upper()));
      fewest[i] = down(near * near);
      most[i] = up(far * far);
    }
    double limit = up(Math.sqrt(n - 1));
    List<Range> y = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double few = sumDown(fewest, i);
      double many = sumUp(most, i);
      double lower = least(d.get(i).lower(), few, many, n, epsilon);
      double upper = -least(-d.get(i).upper(), few, many, n, epsilon);
      y.add(new Range(Math.max(-limit, lower), Math.min(limit, upper)));
    }
    return y;
  }

  private static void assertRanges(List<Range> group, double epsilon) {
    assertThat(new Intervals().normalised(group, epsilon))
        .as("%s, epsilon %s", group, epsilon)
        .isEqualTo(normalised(group, epsilon));
  }

  @Test
  void eachOperationOfARangeIsRoundedOutward() {
    Random random = new Random(48);
    for (int trial = 0; trial < 2000; trial++) {
      assertRanges(group(random, 2 + random.nextInt(5)), Math.exp(random.nextInt(8) - 6));
    }
  }

  /** Where squares are below all numbers, a negative d is divided by 0 and not by less. */
  @Test
  void nothingIsDividedByLessThanNothing() {
    for (double size : new double[] {1e-200, 1e-170, 3e-162, LEAST}) {
      assertRanges(List.of(new Range(-size, 2 * size), new Range(-size, size)), LEAST);
      assertRanges(List.of(new Range(size, size), new Range(-size, -size)), LEAST);
    }
    // The lower end of the first d is 0 exactly.
    Range three = new Range(3 * LEAST, 3 * LEAST);
    assertRanges(List.of(three, new Range(-2 * LEAST, -2 * LEAST)), LEAST);
  }

  @Test
  void nothingIsKnownOfAnElementWithoutEnds() {
    Range all = new Range(-INFINITY, INFINITY);
    double limit = up(Math.sqrt(2));
    List<Range> y = new Intervals().normalised(List.of(all, new Range(0, 1), new Range(2, 3)), 1);
    assertThat(y).containsOnly(new Range(-limit, limit));
  }

  private static Rounded number(Range real, double error) {
    return new Rounded(real, error);
  }

  private static double error(ElementType type, List<Rounded> x, double epsilon, int element) {
    int n = x.size();
    double size = 0;
    double largest = 0;
    for (Rounded each : x) {
      size = Math.max(size, each.magnitude());
      largest = Math.max(largest, each.error());
    }
    double root = up(Math.sqrt(n));
    double gain = up(up(up(1 + root) / 2) * up(1 / down(Math.sqrt(epsilon))));
    double gamma = Outward.gamma(n + 8, 0x1p-53);
    double delta = up(up(gamma * size) + 4 * LEAST);
    double phi = up(gamma + up(8 * LEAST / epsilon));
    double own = up(up(gain * up(largest + delta)) + up(root * phi));
    double computed = up(own);
    double magnitude =
        new Intervals()
            .normalised(x.stream().map(Rounded::real).toList(), epsilon)
            .get(element)
            .magnitude();
    boolean single = type == ElementType.F32;
    double unit = single ? 0x1p-24 : 0x1p-53;
    double least = single ? Float.MIN_VALUE : LEAST;
    return up(computed + up(up(unit * up(magnitude + computed)) + least));
  }

  private static void assertErrors(List<Rounded> x, double epsilon, boolean finite) {
    for (ElementType type : ElementType.values()) {
      List<Rounded> y = new RoundedNumbers(type).normalised(x, epsilon);
      for (int i = 0; i < x.size(); i++) {
        double expected = finite ? error(type, x, epsilon, i) : INFINITY;
        assertThat(y.get(i).error()).as("%s, epsilon %s", x, epsilon).isEqualTo(expected);
      }
    }
  }

  @Test
  void eachOperationOfAnErrorIsRoundedUp() {
    Random random = new Random(48);
    for (int trial = 0; trial < 2000; trial++) {
      List<Rounded> x = new ArrayList<>();
      for (Range range : group(random, 2 + random.nextInt(5))) {
        x.add(number(range, Math.exp(-30 * random.nextDouble())));
      }
      assertErrors(x, Math.exp(random.nextInt(8) - 6), true);
    }
  }

  /** Half of what is divided may be lost to underflow, and no more. */
  @Test
  void anEpsilonNearTheLeastDoubleHasNoError() {
    List<Rounded> x = List.of(number(new Range(0, 1), 0), number(new Range(0, 2), 0));
    assertErrors(x, 20 * LEAST, true);
    assertErrors(x, 11 * LEAST, false);
  }

  /** Where nothing is inherited, the root and the quotient alone are rounded. */
  @Test
  void theLastErrorsCountWhereThereAreNoOthers() {
    Rounded zero = number(new Range(0, 0), 0);
    for (int size = 2; size < 40; size++) {
      List<Rounded> x = Collections.nCopies(size, zero);
      for (double epsilon : new double[] {20 * LEAST, 37 * LEAST, 0.5, 3}) {
        assertErrors(x, epsilon, true);
      }
    }
  }

  /** No sum of squares may be beyond all doubles. */
  @Test
  void whatMayOverflowHasNoError() {
    double root = Math.sqrt(Double.MAX_VALUE / 16);
    for (double share : new double[] {0.9, 1.1, 2.5}) {
      Range range = new Range(0, share * root);
      assertErrors(List.of(number(range, 0), number(range, 0)), 1, share < 1);
    }
    Range half = new Range(0, 0.7 * root);
    assertErrors(List.of(number(half, 0), number(half, 0)), 0.8 * Double.MAX_VALUE, false);
  }
}
