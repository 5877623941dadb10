package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.positivity.Ball;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CircleTest {

  private static final MathContext DIGITS = new MathContext(45);

  private static final BigDecimal PI =
      new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494");

  /** All that a checker may ask for. */
  @Test
  @Tag("slow")
  void rootsOfUnityAreEnclosed() {
    for (int n = 1; n <= 256; n++) {
      for (int r = 0; r <= n; r++) {
        BigDecimal angle = PI.multiply(BigDecimal.valueOf(r)).divide(BigDecimal.valueOf(n), DIGITS);
        BigDecimal cosine = series(angle, 0);
        BigDecimal sine = series(angle, 1);
        assertEncloses(Circle.root(r, n), cosine, sine);
        assertEncloses(Circle.root(-r, n), cosine, sine.negate());
      }
    }
  }

  /** The radius is no larger than it has to be: the bound is met within a factor of 16. */
  @Test
  void errorsAreOfTheSizeOfTheirBound() {
    double largest = 0;
    for (int n = 1; n <= 256; n++) {
      for (int r = 0; r <= n; r++) {
        BigDecimal angle = PI.multiply(BigDecimal.valueOf(r)).divide(BigDecimal.valueOf(n), DIGITS);
        Ball cosine = new Ball(Circle.root(r, n)[0], 0x1p-49);
        double error =
            new BigDecimal(cosine.middle()).subtract(series(angle, 0)).abs().doubleValue();
        largest = Math.max(largest, error / cosine.radius());
      }
    }
    assertThat(largest).isBetween(1.0 / 16, 0.6);
  }

  private static void assertEncloses(double[] root, BigDecimal cosine, BigDecimal sine) {
    assertThat(outside(new Ball(root[0], 0x1p-49), cosine)).isNegative();
    assertThat(outside(new Ball(root[1], 0x1p-49), sine)).isNegative();
  }

  /** How far a number is outside a ball, more than the error of the series. */
  private static BigDecimal outside(Ball ball, BigDecimal value) {
    BigDecimal off = new BigDecimal(ball.middle()).subtract(value).abs();
    return off.subtract(new BigDecimal(ball.radius())).add(new BigDecimal("1e-38"));
  }

  /** Cosine (from 0) or sine (from 1), by Taylor: the angle is at most pi. */
  private static BigDecimal series(BigDecimal angle, int from) {
    BigDecimal term = from == 0 ? BigDecimal.ONE : angle;
    BigDecimal square = angle.multiply(angle, DIGITS).negate();
    BigDecimal sum = term;
    for (int k = from + 1; k < 60; k += 2) {
      term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf(k * (k + 1L)), DIGITS);
      sum = sum.add(term);
    }
    return sum;
  }

  /** The frequencies of the first half and their opposites are all, each as often as it counts. */
  @Test
  void halfOfTheFrequenciesStandForAll() {
    for (int cells = 1; cells <= 12; cells++) {
      for (int twice = 0; twice <= 1; twice++) {
        Circle circle = new Circle(Axis.of(1, 1), cells, 1, twice / 2.0);
        int[] seen = new int[cells];
        for (int j = 0; j < circle.half(); j++) {
          seen[j]++;
          if (circle.weight(j) == 2) {
            seen[Math.floorMod(-j - twice, cells)]++;
          }
        }
        assertThat(seen).containsOnly(1);
      }
    }
  }

  /** Where a window stands that moves by 2, over cells of 3 pixels of what it gives. */
  @Test
  void phasesAndCells() {
    Circle circle = new Circle(new Axis(3, 2, 1, 0, 1), 5, 3, 0.5);
    assertThat(circle.inner()).isEqualTo(6);
    assertThat(circle.phase(0, 0)).isEqualTo(5);
    assertThat(circle.phase(2, 2)).isEqualTo(5);
    assertThat(circle.phases()).containsExactly(0, 1, 2, 3, 4, 5);
    // It reads cell -1 there, and cell 0 here: frequency 1 of a circle that is twisted.
    assertThat(circle.wave(1, 0, 0)[0]).isCloseTo(Math.cos(-2 * Math.PI * 1.5 / 5), within(1e-15));
    assertThat(circle.wave(1, 0, 0)[1]).isCloseTo(Math.sin(-2 * Math.PI * 1.5 / 5), within(1e-15));
    assertThat(circle.wave(1, 2, 2)).containsExactly(1, 0);
  }

  /** The angle is one of {@code [-pi, pi]}, for which the error of a root is known. */
  @Test
  void wavesAreRootsOfSmallAngles() {
    Circle circle = new Circle(Axis.of(1, 1), 5, 1, 0.5);
    for (int j = 0; j < 5; j++) {
      for (int q = -7; q <= 7; q++) {
        int r = Math.floorMod((2 * j + 1) * q, 10);
        assertThat(circle.wave(j, q)).containsExactly(Circle.root(r > 5 ? r - 10 : r, 5));
      }
    }
  }

  @Test
  void whatIsNoCircle() {
    Axis axis = Axis.of(1, 1);
    assertThat(new Circle(axis, 1, 1, 0).isOne()).isTrue();
    assertThat(new Circle(axis, 1, 1, 0.5).isOne()).isTrue();
    for (Circle none :
        List.of(
            new Circle(axis, 0, 1, 0),
            new Circle(axis, -1, 1, 0),
            new Circle(axis, 1, 0, 0),
            new Circle(axis, -1, -1, 0),
            new Circle(axis, 1, 1, 0.25))) {
      assertThat(none.isOne()).isFalse();
    }
    // Large enough, but not a circle.
    assertThat(new Circle(axis, 4, 1, 0.5).holds(4, 4)).isTrue();
    assertThat(new Circle(axis, 4, 1, 0.25).holds(4, 4)).isFalse();
  }
}
