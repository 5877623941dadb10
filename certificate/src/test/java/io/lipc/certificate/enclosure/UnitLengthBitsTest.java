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
 * Division by a length to the last bit: each operation of a range, of a least length and of an
 * error is rounded outward once. Everything is written out again here, number by number; where a
 * step is not rounded, one of the random vectors tells.
 */
final class UnitLengthBitsTest {

  private static final double LEAST = Double.MIN_VALUE;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static double up(double value) {
    return Math.nextUp(value);
  }

  private static double down(double value) {
    return Math.nextDown(value);
  }

  private static List<Range> vector(Random random, int size) {
    List<Range> vector = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double lower = random.nextGaussian();
      vector.add(new Range(lower, lower + random.nextDouble() * random.nextInt(3)));
    }
    return vector;
  }

  private static double near(Range x) {
    boolean zero = x.lower() <= 0 && x.upper() >= 0;
    double least = zero ? 0 : Math.min(Math.abs(x.lower()), Math.abs(x.upper()));
    return down(least * least);
  }

  private static double far(Range x) {
    double most = Math.max(Math.abs(x.lower()), Math.abs(x.upper()));
    return up(most * most);
  }

  /** The sum of one number of each other element, as it stands before and behind this one. */
  private static double most(List<Range> x, int without) {
    double before = 0;
    for (int j = 0; j < without; j++) {
      before = up(before + far(x.get(j)));
    }
    double behind = 0;
    for (int j = x.size() - 1; j > without; j--) {
      behind = up(behind + far(x.get(j)));
    }
    return up(before + behind);
  }

  private static double fewest(List<Range> x, int without) {
    double before = 0;
    for (int j = 0; j < without; j++) {
      before = down(before + near(x.get(j)));
    }
    double behind = 0;
    for (int j = x.size() - 1; j > without; j--) {
      behind = down(behind + near(x.get(j)));
    }
    double sum = down(before + behind);
    return sum < 0 ? 0 : sum;
  }

  /** The least quotient for z. */
  private static double quotient(double z, double fewest, double most, double length) {
    double square = z * z;
    if (z < 0) {
      double squares = down(down(square) + fewest);
      double root = squares > 0 ? down(Math.sqrt(squares)) : -LEAST;
      return down(z / (root > length ? root : length));
    }
    double root = up(Math.sqrt(up(up(square) + most)));
    return down(z / (root > length ? root : length));
  }

  private static List<Range> divided(List<Range> z, double length) {
    List<Range> y = new ArrayList<>();
    for (int i = 0; i < z.size(); i++) {
      double few = fewest(z, i);
      double many = most(z, i);
      double lower = quotient(z.get(i).lower(), few, many, length);
      double upper = -quotient(-z.get(i).upper(), few, many, length);
      y.add(new Range(lower < -1 ? -1 : lower, upper > 1 ? 1 : upper));
    }
    return y;
  }

  private static void assertRanges(List<Range> vector, double length) {
    assertThat(new Intervals().unitLength(vector, length))
        .as("%s, length %s", vector, length)
        .isEqualTo(divided(vector, length));
  }

  @Test
  void eachOperationOfARangeIsRoundedOutward() {
    Random random = new Random(48);
    for (int trial = 0; trial < 2000; trial++) {
      assertRanges(vector(random, 1 + random.nextInt(5)), Math.exp(random.nextInt(8) - 6));
    }
  }

  /** Where squares are below all numbers, there is still the declared length. */
  @Test
  void noRootIsTakenOfLessThanNothing() {
    for (double size : new double[] {1e-200, 1e-170, 3e-162, LEAST}) {
      for (double length : new double[] {LEAST, 1e-160, 1}) {
        assertRanges(List.of(new Range(-size, 2 * size), new Range(-size, size)), length);
        assertRanges(List.of(new Range(size, size), new Range(-size, -size)), length);
      }
    }
  }

  @Test
  void nothingIsKnownOfAnElementWithoutEnds() {
    Range all = new Range(-INFINITY, INFINITY);
    assertThat(new Intervals().unitLength(List.of(all, new Range(0, 1)), 1).getFirst())
        .isEqualTo(new Range(-1, 1));
    assertThat(new Intervals().unitLength(List.of(all), 1)).containsExactly(new Range(-1, 1));
  }

  @Test
  void aLengthIsRoundedDown() {
    Random random = new Random(49);
    for (int trial = 0; trial < 2000; trial++) {
      List<Range> vector = vector(random, 1 + random.nextInt(5));
      double squares = 0;
      for (Range range : vector) {
        double more = down(squares + near(range));
        squares = more > squares ? more : squares;
      }
      double root = down(Math.sqrt(squares));
      assertThat(Intervals.leastLength(vector)).isEqualTo(root > 0 ? root : 0);
    }
    Range around = new Range(-1, 1);
    assertThat(Intervals.leastLength(List.of(around))).isZero();
    assertThat(Intervals.leastLength(List.of(around, new Range(3, 4), around)))
        .isEqualTo(down(Math.sqrt(down(down(9)))));
  }

  /** A vector that may have the declared length and no less is divided by its length. */
  @Test
  void theDeclaredLengthItselfIsEnough() {
    assertThat(new LeastLengths.Known(1, 0.5, 0.5).holds()).isTrue();
    assertThat(new LeastLengths.Known(1, 0.5, down(0.5)).holds()).isFalse();
  }

  private static double error(ElementType type, List<Rounded> x, double length, int element) {
    int n = x.size();
    double largest = 0;
    for (Rounded each : x) {
      largest = Math.max(largest, each.error());
    }
    double gain = up(up(up(1 + up(Math.sqrt(n))) / 2) * up(1 / length));
    double gamma = Outward.gamma(n + 4, 0x1p-53);
    double square = down(length * length) > 0 ? down(length * length) : 0;
    double phi = up(2 * gamma + up(4 * n * LEAST / square));
    double computed = up(up(up(gain * largest) + phi) + LEAST);
    double magnitude =
        new Intervals()
            .unitLength(x.stream().map(Rounded::real).toList(), length)
            .get(element)
            .magnitude();
    boolean single = type == ElementType.F32;
    double unit = single ? 0x1p-24 : 0x1p-53;
    double least = single ? Float.MIN_VALUE : LEAST;
    return up(computed + up(up(unit * up(magnitude + computed)) + least));
  }

  private static void assertErrors(List<Rounded> x, double length, boolean finite) {
    for (ElementType type : ElementType.values()) {
      List<Rounded> y = new RoundedNumbers(type).unitLength(x, length);
      for (int i = 0; i < x.size(); i++) {
        double expected = finite ? error(type, x, length, i) : INFINITY;
        assertThat(y.get(i).error()).as("%s, length %s", x, length).isEqualTo(expected);
      }
    }
  }

  @Test
  void eachOperationOfAnErrorIsRoundedUp() {
    Random random = new Random(48);
    for (int trial = 0; trial < 2000; trial++) {
      List<Rounded> x = new ArrayList<>();
      for (Range range : vector(random, 1 + random.nextInt(5))) {
        x.add(new Rounded(range, Math.exp(-30 * random.nextDouble())));
      }
      assertErrors(x, Math.exp(random.nextInt(8) - 6), true);
    }
  }

  /** Half of the square of a length may be lost to underflow, and no more. */
  @Test
  void aSmallLengthHasNoError() {
    List<Rounded> x = Collections.nCopies(2, new Rounded(new Range(0, 1), 0));
    // 8 LEAST are half of 16 LEAST, and of that a little is lost to rounding.
    assertErrors(x, Math.sqrt(40 * LEAST), true);
    assertErrors(x, Math.sqrt(17.5 * LEAST), true);
    assertErrors(x, Math.sqrt(15 * LEAST), false);
    assertErrors(x, Math.sqrt(9 * LEAST), false);
    assertErrors(x, Math.sqrt(LEAST), false);
    assertErrors(x, 1e-170, false);
    Rounded zero = new Rounded(new Range(0, 0), 0);
    for (int size = 1; size < 40; size++) {
      for (double length : new double[] {Math.sqrt(400 * LEAST), Math.sqrt(737 * LEAST), 3}) {
        assertErrors(Collections.nCopies(size, zero), length, true);
      }
    }
  }

  /** No sum of squares may be beyond all doubles. */
  @Test
  void whatMayOverflowHasNoError() {
    double root = Math.sqrt(Double.MAX_VALUE / 8);
    for (double share : new double[] {0.9, 1.1, 1.9, 3}) {
      Range range = new Range(0, share * root);
      assertErrors(Collections.nCopies(2, new Rounded(range, 0)), 1, share < 1);
    }
    assertErrors(Collections.nCopies(2, new Rounded(new Range(0, INFINITY), 0)), 1, false);
  }
}
