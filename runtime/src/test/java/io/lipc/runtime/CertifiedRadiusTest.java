package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CertifiedRadiusTest {

  @Test
  void severalLogitsDivideTheLeadBySqrt2TimesTheBound() {
    assertThat(CertifiedRadius.of(new float[] {1, 4, 2}, 0.5, 0))
        .isCloseTo(2 / (Math.sqrt(2) * 0.5), within(1e-12));
  }

  /** f = (L x, -L x): both logits move by L, towards each other. */
  @Test
  void boundsToLinfDivideTheLeadByTwiceTheBound() {
    assertThat(CertifiedRadius.ofLinf(new float[] {1, 4, 2}, 0.5, 0))
        .isCloseTo(2, within(1e-12))
        .isLessThan(2);
    assertThat(CertifiedRadius.ofLinf(new double[] {1, 4, 2}, 1, 0.25))
        .isCloseTo(0.5, within(1e-12));
    assertThat(CertifiedRadius.ofLinf(new double[] {-3}, 2, 0.5)).isCloseTo(1, within(1e-12));
  }

  @Test
  void fourErrorsAreTakenFromTheLead() {
    assertThat(CertifiedRadius.of(new double[] {1, 4, 2}, 1, 0.25))
        .isCloseTo(1 / Math.sqrt(2), within(1e-12));
  }

  @Test
  void aSingleLogitDecidesByItsSign() {
    assertThat(CertifiedRadius.of(new float[] {-3}, 2, 0.5)).isCloseTo(1, within(1e-12));
    assertThat(CertifiedRadius.of(new double[] {3}, 2, 0.5)).isCloseTo(1, within(1e-12));
  }

  @Test
  void tiesAndSmallLeadsGiveZero() {
    assertThat(CertifiedRadius.of(new float[] {1, 1}, 1, 0)).isZero();
    assertThat(CertifiedRadius.of(new float[] {1, 1.5f}, 1, 0.125)).isZero();
    assertThat(CertifiedRadius.of(new double[] {0}, 1, 0)).isZero();
  }

  @Test
  void whatIsNoFiniteNumberGivesZero() {
    assertThat(CertifiedRadius.of(new float[] {1, Float.NaN}, 1, 0)).isZero();
    assertThat(CertifiedRadius.of(new float[] {1, Float.POSITIVE_INFINITY}, 1, 0)).isZero();
    assertThat(CertifiedRadius.of(new double[] {1, Double.NEGATIVE_INFINITY}, 1, 0)).isZero();
    assertThat(CertifiedRadius.of(new double[] {1, 3}, 1, Double.POSITIVE_INFINITY)).isZero();
    assertThat(CertifiedRadius.of(new double[] {1, 3}, Double.NaN, 0)).isZero();
  }

  @Test
  void aConstantNetworkNeverChangesItsDecision() {
    assertThat(CertifiedRadius.of(new double[] {1, 3}, 0, 0)).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void theRadiusIsNeverAboveTheExactOne() {
    SplittableRandom random = new SplittableRandom(4);
    MathContext digits = new MathContext(60);
    BigDecimal sqrt2 = BigDecimal.valueOf(2).sqrt(digits);
    for (int sample = 0; sample < 5000; sample++) {
      double[] logits = random.doubles(3, -10, 10).toArray();
      double bound = random.nextDouble(1e-3, 1e3);
      double error = random.nextDouble(0, 1e-3);
      double radius = CertifiedRadius.of(logits, bound, error);
      double[] sorted = logits.clone();
      Arrays.sort(sorted);
      BigDecimal margin =
          new BigDecimal(sorted[2])
              .subtract(new BigDecimal(sorted[1]))
              .subtract(new BigDecimal(4 * error));
      BigDecimal exact = margin.divide(sqrt2.multiply(new BigDecimal(bound)), digits);
      assertThat(new BigDecimal(radius)).isLessThanOrEqualTo(exact.max(BigDecimal.ZERO));
      assertThat(radius).isCloseTo(Math.max(exact.doubleValue(), 0), within(1e-9 / bound));
    }
  }
}
