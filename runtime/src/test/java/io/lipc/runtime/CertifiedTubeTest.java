package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CertifiedTubeTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** {@code L r + 2 E} in exact numbers is never above, and hardly below. */
  @Test
  void widthsAreRoundedUp() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 1000; trial++) {
      double bound = random.nextDouble(100);
      double error = random.nextDouble(1e-3);
      double distance = random.nextDouble(10);
      double width = new CertifiedTube(bound, error).halfWidth(distance);
      BigDecimal exact =
          new BigDecimal(bound)
              .multiply(new BigDecimal(distance))
              .add(new BigDecimal(error).multiply(BigDecimal.TWO));
      assertThat(new BigDecimal(width)).isGreaterThanOrEqualTo(exact);
      assertThat(width).isLessThanOrEqualTo(exact.doubleValue() * (1 + 1e-15));
    }
  }

  /** Both evaluations are rounded. */
  @Test
  void anInputThatStaysHasTheErrorOfTwoEvaluations() {
    assertThat(new CertifiedTube(3, 0.25).halfWidth(0))
        .isBetween(0.5, Math.nextUp(Math.nextUp(0.5)));
    // What is less than half a last place of the errors counts as well.
    assertThat(new CertifiedTube(1, 0.5).halfWidth(1e-30)).isEqualTo(Math.nextUp(1.0));
  }

  @Test
  void widthsGrowFromNothingToInfinity() {
    assertThat(new CertifiedTube(0, 0).halfWidth(5)).isBetween(0.0, 1e-300);
    assertThat(new CertifiedTube(Double.MIN_VALUE, 0).halfWidth(0.1)).isPositive();
    assertThat(new CertifiedTube(1e300, 0).halfWidth(1e300)).isEqualTo(INFINITY);
    assertThat(new CertifiedTube(1, INFINITY).halfWidth(0)).isEqualTo(INFINITY);
    assertThat(new CertifiedTube(0, 0).halfWidth(INFINITY)).isEqualTo(INFINITY);
    assertThat(new CertifiedTube(INFINITY, 0).halfWidth(0)).isEqualTo(INFINITY);
  }

  @Test
  void whatIsNoDistanceIsRefused() {
    CertifiedTube tube = new CertifiedTube(1, 0);
    for (double distance : new double[] {-1, Double.NaN}) {
      assertThatThrownBy(() -> tube.halfWidth(distance))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no distance: " + distance);
      assertThatThrownBy(() -> new CertifiedTube(distance, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new CertifiedTube(1, distance))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static DoubleNetwork weighted(Unit.Input input) {
    Shipped shipped = new Shipped();
    shipped.bound = 0.436;
    shipped.units.add(input);
    shipped.dense(0, new double[][] {{0.3, -0.3, 0.1}}, "w");
    return new ShippedNetwork(
        new Subject(shipped.certificate(), shipped.textDigest(), shipped.weights(), Map.of()));
  }

  /** Inputs that differ in their last bits move what is computed by more than L times that. */
  @Test
  void noComputedOutputLeavesTheTube() {
    List<Double> ends = List.of(1.0, 1.0, 1.0);
    Unit.Box box = new Unit.Box(List.of(-1.0, -1.0, -1.0), ends);
    DoubleNetwork network = weighted(new Unit.Input(3, Optional.of(box)));
    CertifiedTube tube = CertifiedTube.of(network);
    assertThat(tube.bound()).isEqualTo(0.436);
    assertThat(tube.maxError()).isBetween(1e-17, 1e-14);
    SplittableRandom random = new SplittableRandom(7);
    int beyond = 0;
    for (int trial = 0; trial < 10_000; trial++) {
      double[] x = random.doubles(3, -0.99, 0.99).toArray();
      double[] moved = x.clone();
      double square = 0;
      for (int i = 0; i < 3; i++) {
        moved[i] += random.nextInt(-2, 3) * Math.ulp(x[i]);
        square += (moved[i] - x[i]) * (moved[i] - x[i]);
      }
      double distance = Math.sqrt(square) * (1 + 1e-15);
      double[] y = new double[1];
      double[] z = new double[1];
      network.apply(x, y);
      network.apply(moved, z);
      assertThat(Math.abs(y[0] - z[0])).isLessThanOrEqualTo(tube.halfWidth(distance));
      beyond += Math.abs(y[0] - z[0]) > tube.bound() * distance ? 1 : 0;
    }
    assertThat(beyond).isPositive();
  }

  @Test
  void withoutABoxNothingIsSaid() {
    CertifiedTube tube = CertifiedTube.of(weighted(new Unit.Input(3, Optional.empty())));
    assertThat(tube.halfWidth(0)).isEqualTo(INFINITY);
  }
}
