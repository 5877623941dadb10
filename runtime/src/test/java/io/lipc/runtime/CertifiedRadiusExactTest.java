package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Radii against rational arithmetic: {@code radius factor bound <= lead - errors}, by comparing
 * squares where the factor is the square root of 2. Never above, and below by roundings only.
 */
class CertifiedRadiusExactTest {

  private final SplittableRandom random = new SplittableRandom(8);

  private static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }

  /** The margin of the largest logit over the second, or of a single one, less the errors. */
  private static BigDecimal spare(double[] logits, double maxError) {
    if (logits.length == 1) {
      return exact(logits[0]).abs().subtract(exact(maxError).multiply(exact(2)));
    }
    double[] sorted = logits.clone();
    Arrays.sort(sorted);
    return exact(sorted[sorted.length - 1])
        .subtract(exact(sorted[sorted.length - 2]))
        .subtract(exact(maxError).multiply(exact(4)));
  }

  /**
   * @param square that of the factor
   * @param lost what the difference of two numbers may be rounded by, twice
   */
  private static void assertTight(
      double radius, int square, double bound, BigDecimal spare, double lost, String what) {
    if (spare.signum() <= 0) {
      assertThat(radius).as(what).isZero();
      return;
    }
    BigDecimal moved = exact(radius).multiply(exact(bound)).pow(2).multiply(exact(square));
    assertThat(moved).as(what).isLessThanOrEqualTo(spare.pow(2));
    BigDecimal rest = spare.subtract(exact(lost)).max(BigDecimal.ZERO).pow(2);
    assertThat(moved.multiply(exact(1 + 0x1p-48))).as(what).isGreaterThanOrEqualTo(rest);
  }

  private static void check(double[] logits, double bound, double maxError) {
    String what = Arrays.toString(logits) + ", L = " + bound + ", E = " + maxError;
    BigDecimal spare = spare(logits, maxError);
    double largest = Arrays.stream(logits).map(Math::abs).max().orElseThrow();
    double lost = 12 * Math.ulp(largest);
    int inL2 = logits.length == 1 ? 1 : 2;
    int inLinf = logits.length == 1 ? 1 : 4;
    assertTight(CertifiedRadius.of(logits, bound, maxError), inL2, bound, spare, lost, what);
    assertTight(CertifiedRadius.ofLinf(logits, bound, maxError), inLinf, bound, spare, lost, what);
    float[] floats = new float[logits.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) logits[i];
      if (floats[i] != logits[i]) {
        return;
      }
    }
    assertTight(CertifiedRadius.of(floats, bound, maxError), inL2, bound, spare, lost, what);
    assertTight(CertifiedRadius.ofLinf(floats, bound, maxError), inLinf, bound, spare, lost, what);
  }

  /** Every order of every choice of up to five logits, equal ones among them. */
  @Test
  void theOrderOfLogitsDoesNotMatter() {
    double[] choice = {-2, -0.5, 0.25, 3, 7.5};
    for (int count = 1; count <= 5; count++) {
      int total = (int) Math.pow(choice.length, count);
      for (int code = 0; code < total; code++) {
        double[] logits = new double[count];
        int rest = code;
        for (int i = 0; i < count; i++) {
          logits[i] = choice[rest % choice.length];
          rest /= choice.length;
        }
        check(logits, 0.75, 0x1p-7);
      }
    }
  }

  @Test
  void randomLogits() {
    for (int sample = 0; sample < 3000; sample++) {
      int count = 1 + sample % 5;
      double bound = Math.exp(random.nextDouble(-5, 5));
      double error = sample % 3 == 0 ? 0 : random.nextDouble(0.05);
      check(random.doubles(count, -1, 1).toArray(), bound, error);
      check(random.doubles(count, -1, 1).map(v -> (float) v).toArray(), bound, error);
    }
  }

  /**
   * Rounded to nearest, one of the operations would go up: differences that have more bits than a
   * double, of which the errors leave little; and quotients next to a power of two.
   */
  @Test
  void whereRoundingGoesUp() {
    for (int sample = 0; sample < 4000; sample++) {
      double tail = random.nextDouble(0.5, 1);
      double near = 1 + random.nextInt(8) * 0x1p-52;
      // The lead is rounded up to near + 2^-52, and 1 of it is left to errors.
      check(new double[] {near, -tail * 0x1p-52}, random.nextDouble(0.5, 2), 0.25);
      check(new double[] {-3, -tail * 0x1p-52, -0.5, near}, random.nextDouble(0.5, 2), 0.25);
      float tiny = (float) (tail * 0x1p-52);
      check(new double[] {1, -tiny}, random.nextDouble(0.5, 2), 0.25);
      check(new double[] {-tiny, -1, 1}, random.nextDouble(0.5, 2), 0.25);
      // The errors are less than half of a unit in the last place of the logit.
      double error = tail * 0x1p-54;
      for (double bound : new double[] {0.5, 1, 2}) {
        check(new double[] {near}, bound * (1 + random.nextInt(400) * 0x1p-52), error);
        check(new double[] {near}, bound * random.nextDouble(1, 1.001), error);
        check(new double[] {-2 + near - 1}, bound * random.nextDouble(1, 2), error / 2);
        double small = Math.nextDown(1.0) - random.nextInt(8) * 0x1p-53;
        check(new double[] {small}, bound * random.nextDouble(0.999, 1), error / 2);
      }
    }
  }

  /** As the comment says, each operation goes to the next number; so does the root of 2. */
  @Test
  void radiiToTheLastBit() {
    double[][] expected = {
      {1, 0x1.974b2334f234p0, 0x1.1fffffffffffdp0, 0x1.afffffffffffep1},
      {1.25, 0x1.45d5b5c3f4f66p0, 0x1.cccccccccccc9p-1, 0x1.5999999999998p1},
      {1.75, 0x1.d17a716114cdbp-1, 0x1.4924924924921p-1, 0x1.edb6db6db6db5p0},
      {3, 0x1.0f876ccdf6cd5p-1, 0x1.7fffffffffffcp-2, 0x1.1fffffffffffep0}
    };
    for (double[] of : expected) {
      double[] logits = {1, 3.5, -2};
      float[] floats = {1, 3.5f, -2};
      assertThat(CertifiedRadius.of(logits, of[0], 0.0625)).isEqualTo(of[1]);
      assertThat(CertifiedRadius.of(floats, of[0], 0.0625)).isEqualTo(of[1]);
      assertThat(CertifiedRadius.ofLinf(logits, of[0], 0.0625)).isEqualTo(of[2]);
      assertThat(CertifiedRadius.ofLinf(floats, of[0], 0.0625)).isEqualTo(of[2]);
      assertThat(CertifiedRadius.of(new double[] {-3.5}, of[0], 0.0625)).isEqualTo(of[3]);
      assertThat(CertifiedRadius.of(new float[] {-3.5f}, of[0], 0.0625)).isEqualTo(of[3]);
    }
  }

  @Test
  void numbersAtTheEndsOfTheRange() {
    double most = Double.MAX_VALUE;
    double least = Double.MIN_VALUE;
    check(new double[] {most, 0}, 1, 0);
    check(new double[] {most, most / 2, -most}, 1e300, 0);
    check(new double[] {0x1p-600, 0}, 0x1p-500, 0);
    check(new double[] {Float.MAX_VALUE, -Float.MAX_VALUE}, 1, 0);
    check(new double[] {Float.MIN_VALUE, 0}, 1, 0);
    // Where a unit in the last place is much, so is what rounding takes away.
    for (int k = 1; k < 40; k++) {
      BigDecimal spare = exact(k * least);
      double radius = CertifiedRadius.of(new double[] {k * least, 0}, 0.75, 0);
      assertThat(exact(radius).multiply(exact(0.75)).pow(2).multiply(exact(2)))
          .isLessThanOrEqualTo(spare.pow(2));
      double large = CertifiedRadius.of(new double[] {0x1p-900, 0}, k * least, 0);
      assertThat(exact(large).multiply(spare).pow(2).multiply(exact(2)))
          .isLessThanOrEqualTo(exact(0x1p-900).pow(2));
    }
    assertThat(CertifiedRadius.of(new double[] {1, 0}, most, 0)).isBetween(0.0, 1 / most);
    assertThat(CertifiedRadius.of(new double[] {most, -most}, 1, 0)).isBetween(0.0, most);
    assertThat(CertifiedRadius.ofLinf(new double[] {1, 0}, most, 0)).isZero();
  }

  @Test
  void whatIsNoFiniteNumberGivesZeroWhereverItStands() {
    for (double odd :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      for (int count = 1; count <= 4; count++) {
        for (int at = 0; at < count; at++) {
          double[] logits = new double[count];
          Arrays.setAll(logits, i -> 2.0 * i + 1);
          assertThat(CertifiedRadius.of(logits, 1, 0.125)).isPositive();
          logits[at] = odd;
          float[] floats = new float[count];
          for (int i = 0; i < count; i++) {
            floats[i] = (float) logits[i];
          }
          assertThat(CertifiedRadius.of(logits, 1, 0.125)).isZero();
          assertThat(CertifiedRadius.ofLinf(logits, 1, 0.125)).isZero();
          assertThat(CertifiedRadius.of(floats, 1, 0.125)).isZero();
          assertThat(CertifiedRadius.ofLinf(floats, 1, 0.125)).isZero();
        }
      }
    }
    for (float[] logits : new float[][] {{3}, {3, 1}}) {
      double[] same = {3, logits.length == 1 ? 3 : 1};
      same = Arrays.copyOf(same, logits.length);
      for (double[] odd :
          new double[][] {
            {1, Double.NaN},
            {1, Double.POSITIVE_INFINITY},
            {Double.NaN, 0},
            {Double.POSITIVE_INFINITY, 0}
          }) {
        assertThat(CertifiedRadius.of(logits, odd[0], odd[1])).isZero();
        assertThat(CertifiedRadius.ofLinf(logits, odd[0], odd[1])).isZero();
        assertThat(CertifiedRadius.of(same, odd[0], odd[1])).isZero();
        assertThat(CertifiedRadius.ofLinf(same, odd[0], odd[1])).isZero();
      }
    }
  }

  /** Also where errors are more than the lead, and two signs would make one. */
  @Test
  void aBoundBelowZeroIsNone() {
    for (double error : new double[] {0, 2}) {
      assertThat(CertifiedRadius.of(new double[] {3}, -1, error)).isZero();
      assertThat(CertifiedRadius.of(new double[] {3, 1}, -1, error)).isZero();
      assertThat(CertifiedRadius.ofLinf(new float[] {3, 1}, -1, error)).isZero();
    }
  }
}
