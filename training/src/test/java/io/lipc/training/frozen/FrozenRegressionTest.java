package io.lipc.training.frozen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Corners of rounding that no network of a test reaches. */
class FrozenRegressionTest {

  @Test
  void nothingIsKnownOfOutputsThatAreNotFinite() {
    for (double output : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      for (double width : new double[] {1, Double.POSITIVE_INFINITY}) {
        assertThat(FrozenRegression.errorUp(output, 0, width)).isEqualTo(1 / 0.0);
      }
    }
  }

  /** A sum that is just rounded up, by a number that does not divide it. */
  @Test
  void noMeanIsRoundedDown() {
    Random random = new Random(3);
    for (int trial = 0; trial < 500; trial++) {
      double largest = random.nextDouble(1.75, 2);
      List<Double> bounds = List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.49 * Math.ulp(largest), largest);
      BigDecimal sum = new BigDecimal(bounds.get(5)).add(new BigDecimal(largest));
      double mean = FrozenRegression.certified(bounds).mean();
      assertThat(new BigDecimal(mean).multiply(BigDecimal.valueOf(7))).isGreaterThanOrEqualTo(sum);
    }
    assertThat(FrozenRegression.certified(Collections.nCopies(4, 0.5)).largest()).isEqualTo(0.5);
  }

  @Test
  void sharesStayAsTheyAre() {
    var shares = new FrozenEvaluation(1, new TreeMap<>(Map.of(0.5, 1.0)));
    assertThatThrownBy(() -> shares.certified().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
