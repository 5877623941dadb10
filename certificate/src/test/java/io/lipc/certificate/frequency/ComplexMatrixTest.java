package io.lipc.certificate.frequency;

import static io.lipc.certificate.frequency.Enclosed.assertNear;
import static io.lipc.certificate.frequency.Enclosed.product;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is done to matrices that are enclosed is, in exact decimals, within what comes out. */
class ComplexMatrixTest {

  private static final List<Double> RADII = List.of(0.0, 1e-12, 1e-3);

  @Test
  void products() {
    Random random = new Random(1);
    for (double radius : RADII) {
      for (int inner : new int[] {1, 2, 7, 60}) {
        ComplexMatrix a = Enclosed.random(random, 3, inner, 1, radius);
        ComplexMatrix b = Enclosed.random(random, inner, 4, 1e3, radius);
        ComplexMatrix ab = a.times(b, () -> {});
        for (int trial = 0; trial < 5; trial++) {
          Enclosed x = Enclosed.within(random, a);
          Enclosed y = Enclosed.within(random, b);
          for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
              for (int part = 0; part < 2; part++) {
                BigDecimal sum = BigDecimal.ZERO;
                for (int k = 0; k < inner; k++) {
                  sum = sum.add(product(x, i, k, y, k, j, part, 1));
                }
                double middle = part == 0 ? ab.real(i, j) : ab.imaginary(i, j);
                assertNear(sum, middle, ab.radius[i][j]);
              }
            }
          }
        }
        assertThat(ab.radius[0][0]).isLessThan(4e3 * inner * (radius + inner * 0x1p-48));
      }
    }
  }

  /** What is worst for both at once: all moves in the directions that add up. */
  @Test
  void radiiAreNotTooSmall() {
    ComplexMatrix a = new ComplexMatrix(1, 1);
    ComplexMatrix b = new ComplexMatrix(1, 1);
    a.real[0][0] = 1;
    a.imaginary[0][0] = -1;
    b.real[0][0] = 2;
    b.imaginary[0][0] = 3;
    a.radius[0][0] = 0.25;
    b.radius[0][0] = 0.5;
    // The real part is 2 + 3 at least, and 1.25 2.5 + 1.25 3.5 at most.
    assertThat(a.times(b, () -> {}).radius[0][0]).isBetween(2.5, 2.6);
  }

  @Test
  void tinyAndHugeNumbers() {
    ComplexMatrix a = new ComplexMatrix(1, 2);
    a.real[0][0] = 0x1p-600;
    ComplexMatrix b = new ComplexMatrix(2, 1);
    b.real[0][0] = 0x1p-600;
    assertThat(a.times(b, () -> {}).real[0][0]).isZero();
    assertThat(a.times(b, () -> {}).radius[0][0]).isBetween(Double.MIN_VALUE, 1e-290);
    b.real[0][0] = 0;
    b.real[1][0] = 5;
    assertThat(a.times(b, () -> {}).radius[0][0]).isZero();
    a.real[0][0] = 1e300;
    b.real[0][0] = 1e300;
    assertThat(a.times(b, () -> {}).radius[0][0]).isInfinite();
  }

  @Test
  void rowsTimesNumbers() {
    Random random = new Random(2);
    for (double radius : RADII) {
      ComplexMatrix a = Enclosed.random(random, 2, 3, 1, radius);
      ComplexMatrix scaled = a.scaled(new double[] {-0.1, 0});
      for (int trial = 0; trial < 5; trial++) {
        Enclosed x = Enclosed.within(random, a);
        for (int j = 0; j < 3; j++) {
          BigDecimal factor = new BigDecimal(-0.1);
          assertNear(x.real()[0][j].multiply(factor), scaled.real[0][j], scaled.radius[0][j]);
          assertNear(
              x.imaginary()[0][j].multiply(factor), scaled.imaginary[0][j], scaled.radius[0][j]);
          assertThat(scaled.real[1][j]).isZero();
          assertThat(scaled.radius[1][j]).isZero();
        }
      }
    }
  }

  @Test
  void sumsStacksAndPlaces() {
    Random random = new Random(3);
    for (double radius : RADII) {
      ComplexMatrix a = Enclosed.random(random, 2, 2, 1, radius);
      ComplexMatrix b = Enclosed.random(random, 2, 2, 1e-9, radius);
      ComplexMatrix sum = ComplexMatrix.sum(List.of(a, b, a));
      for (int trial = 0; trial < 5; trial++) {
        Enclosed x = Enclosed.within(random, a);
        Enclosed y = Enclosed.within(random, b);
        BigDecimal exact = x.imaginary()[1][0].add(x.imaginary()[1][0]).add(y.imaginary()[1][0]);
        assertNear(exact, sum.imaginary[1][0], sum.radius[1][0]);
      }
      ComplexMatrix stacked = ComplexMatrix.stacked(List.of(a, b));
      assertThat(stacked.rows()).isEqualTo(4);
      assertThat(stacked.real[3]).containsExactly(b.real[1]);
      assertThat(stacked.imaginary[0]).containsExactly(a.imaginary[0]);
      assertThat(stacked.radius[2]).containsExactly(b.radius[0]);
      ComplexMatrix wide = a.among(4, 1);
      assertThat(wide.real[1]).containsExactly(0, a.real[1][0], a.real[1][1], 0);
      assertThat(wide.radius[0]).containsExactly(0, radius, radius, 0);
      assertThat(a.adjoint().imaginary[0][1]).isEqualTo(-a.imaginary[1][0]);
      assertThat(a.adjoint().real[1][0]).isEqualTo(a.real[0][1]);
    }
    ComplexMatrix a = Enclosed.random(random, 2, 2, 1, 0.5);
    assertThat(ComplexMatrix.identity(2).times(a, () -> {})).isSameAs(a);
    assertThat(a.times(ComplexMatrix.identity(2), () -> {})).isSameAs(a);
  }
}
