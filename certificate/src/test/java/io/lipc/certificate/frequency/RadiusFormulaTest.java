package io.lipc.certificate.frequency;

import static io.lipc.certificate.frequency.Formula.UP;
import static io.lipc.certificate.frequency.Formula.assertRadius;
import static io.lipc.certificate.frequency.Formula.mixed;
import static io.lipc.certificate.frequency.Formula.of;
import static io.lipc.certificate.frequency.Formula.size;
import static io.lipc.certificate.frequency.Formula.sum;
import static io.lipc.certificate.frequency.Formula.underflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Work;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Each radius is the one that its formula gives in exact decimals, term by term: radii of operands
 * from none to far above what rounding takes, and sizes whose products underflow.
 */
class RadiusFormulaTest {

  /** The size of entries, and of their radii. */
  private record Kind(double size, double radius) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(1, 0),
          new Kind(1, 0x1p-50),
          new Kind(3, 0.25),
          new Kind(0x1p-600, 0),
          new Kind(0x1p-600, 0x1p-590));

  @Test
  void products() {
    Random random = new Random(5);
    for (Kind kind : KINDS) {
      for (int n : new int[] {1, 2, 9}) {
        ComplexMatrix a = mixed(random, 5, n, kind.size(), kind.radius());
        ComplexMatrix b = mixed(random, n, 4, kind.size(), kind.radius());
        ComplexMatrix ab = a.times(b, () -> {});
        BigDecimal gamma = of((n + 2) * 0x1p-51);
        for (int i = 0; i < 5; i++) {
          for (int j = 0; j < 4; j++) {
            BigDecimal radius = BigDecimal.ZERO;
            for (int k = 0; k < n; k++) {
              radius = radius.add(ofProduct(a, i, k, b, k, j, gamma));
            }
            assertRadius(ab.radius[i][j], radius.multiply(UP));
          }
        }
      }
    }
  }

  /** {@code |x| s + r |y| + 2 r s}, what rounding takes, and an underflow where y is not zero. */
  private static BigDecimal ofProduct(
      ComplexMatrix x, int i, int k, ComplexMatrix y, int m, int j, BigDecimal rounding) {
    BigDecimal left = size(x, i, k);
    BigDecimal r = of(x.radius[i][k]);
    BigDecimal right = size(y, m, j);
    BigDecimal s = of(y.radius[m][j]);
    if (left.add(r).signum() == 0) {
      return BigDecimal.ZERO;
    }
    return sum(
        left.multiply(s),
        r.multiply(right),
        r.multiply(s).multiply(of(2)),
        rounding.multiply(left).multiply(right),
        underflow(right.add(s)));
  }

  @Test
  void rowsTimesNumbersAndSums() {
    Random random = new Random(6);
    for (Kind kind : KINDS) {
      ComplexMatrix a = mixed(random, 4, 5, kind.size(), kind.radius());
      ComplexMatrix b = mixed(random, 4, 5, kind.size(), kind.radius());
      double[] factors = {-3, 0x1p-600, 0, 0.7};
      ComplexMatrix scaled = a.scaled(factors);
      ComplexMatrix sum = ComplexMatrix.sum(List.of(a, b, a));
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 5; j++) {
          BigDecimal factor = of(factors[i]).abs();
          BigDecimal size = size(a, i, j);
          BigDecimal r = of(a.radius[i][j]);
          BigDecimal radius =
              sum(
                  factor.multiply(r),
                  factor.multiply(size).multiply(of(0x1p-51)),
                  factor.signum() == 0 ? BigDecimal.ZERO : underflow(size.add(r)));
          assertRadius(scaled.radius[i][j], radius.multiply(UP));
          BigDecimal ofSum = ofTerm(a, i, j).multiply(of(2)).add(ofTerm(b, i, j));
          assertRadius(sum.radius[i][j], ofSum.multiply(UP));
        }
      }
    }
  }

  /** One of three. */
  private static BigDecimal ofTerm(ComplexMatrix m, int i, int j) {
    BigDecimal size = size(m, i, j);
    BigDecimal r = of(m.radius[i][j]);
    return sum(r, size.multiply(of(3 * 0x1p-51)), underflow(size.add(r)));
  }

  @Test
  void sumsOfHermitianMatrices() {
    Random random = new Random(7);
    for (Kind kind : KINDS) {
      for (int rows : new int[] {1, 12}) {
        ComplexMatrix v = mixed(random, rows, 3, kind.size(), kind.radius());
        Hermitian h = new Hermitian(4, rows);
        h.subtractSquares(1, v, new Work(() -> {}));
        BigDecimal unit = of((rows + 8) * 0x1p-52);
        for (int i = 0; i < 4; i++) {
          for (int j = 0; j <= i; j++) {
            BigDecimal radius = BigDecimal.ZERO;
            for (int r = 0; r < rows && j > 0; r++) {
              radius = radius.add(ofProduct(v, r, i - 1, v, r, j - 1, unit));
            }
            assertRadius(h.radius[i][j], radius);
          }
        }
      }
    }
  }

  @Test
  void rowsThatAreAdded() {
    Random random = new Random(8);
    for (Kind kind : KINDS) {
      for (double factor : new double[] {-0.3, 5, 0x1p-500}) {
        ComplexMatrix rows = mixed(random, 2, 5, kind.size(), kind.radius());
        Hermitian h = new Hermitian(7, 4);
        h.addRow(6, 1, factor, rows, 1);
        for (int j = 0; j < 5; j++) {
          BigDecimal size = size(rows, 1, j);
          BigDecimal s = of(rows.radius[1][j]);
          BigDecimal off = s.add(of(12 * 0x1p-52 + 0x1p-50).multiply(size));
          BigDecimal radius = off.multiply(of(factor).abs()).add(underflow(size.add(s)));
          assertRadius(h.radius[6][1 + j], radius);
        }
        assertThat(h.radius[6][0]).isZero();
        assertThat(h.radius[6][6]).isZero();
      }
    }
  }

  /** The factor of a row is known within 2^-51 of itself: what radii are multiplied by, too. */
  @Test
  void factorsThatAreNearlyKnown() {
    ComplexMatrix row = new ComplexMatrix(1, 1);
    row.radius[0][0] = 1;
    Hermitian h = new Hermitian(2, 4);
    h.addRow(1, 0, -1, row, 0);
    assertThat(h.radius[1][0]).isEqualTo(1 + 0x1p-50);
  }

  @Test
  void numbersThatAreAdded() {
    for (double sign : new double[] {1, -1}) {
      Hermitian h = new Hermitian(2, 5);
      h.add(0, new Ball(3 * sign, 0.5));
      h.add(0, new Ball(5 * sign, 0));
      h.add(1, 0, 2 * sign, 7);
      h.add(1, 0, 4, -8 * sign);
      double unit = 13 * 0x1p-52;
      assertRadius(h.radius[0][0], of(0.5 + 8 * unit));
      assertRadius(h.radius[1][0], of(21 * unit));
      assertThat(h.real[0][0]).isEqualTo(8 * sign);
      assertThat(h.real[1][0]).isEqualTo(4 + 2 * sign);
      assertThat(h.imaginary[1][0]).isEqualTo(7 - 8 * sign);
    }
  }

  /** Each kind of entry that is not zero, of size 1, is one: none of its parts is looked past. */
  @Test
  void partsOfSizeOne() {
    for (int part = 0; part < 3; part++) {
      ComplexMatrix v = new ComplexMatrix(1, 1);
      (part == 0 ? v.real : part == 1 ? v.imaginary : v.radius)[0][0] = 1;
      Hermitian h = new Hermitian(1, 0);
      h.subtractSquares(0, v, new Work(() -> {}));
      assertThat(h.real[0][0]).isEqualTo(part == 2 ? 0 : -1);
      assertRadius(h.radius[0][0], part == 2 ? of(2) : of(8 * 0x1p-52));
    }
  }

  @Test
  void largestRadii() {
    Hermitian h = new Hermitian(3, 0);
    h.radius[0][0] = 1;
    h.radius[1][0] = 3;
    h.radius[1][1] = 0.5;
    h.radius[2][1] = 2;
    double[] scale = {2, 1, 0.5};
    assertRadius(h.largestRadius(scale), of(6).multiply(UP));
    assertThat(h.rowRadius(1, 1, scale)).isEqualTo(6);
    assertThat(h.rowRadius(1, 2, scale)).isEqualTo(6);
    assertThat(h.rowRadius(2, 1, scale)).isZero();
    assertThat(h.rowRadius(2, 2, scale)).isEqualTo(2);
    assertThat(new Hermitian(3, 9).largestRadius(scale)).isEqualTo(0x1p-500);
  }

  /** Of its first columns alone, both parts added up: {@code (2 + 1) 1} and {@code (1 + 3) 1}. */
  @Test
  void lengthsOfRows() {
    Hermitian h = new Hermitian(4, 0);
    h.add(3, 0, -2, 1);
    h.add(3, 1, 0.5, -1.5);
    h.add(3, 2, 100, 100);
    assertThat(h.rowLength(3, 2, new double[] {1, 2, 1, 1})).isEqualTo(5);
    assertThat(h.rowLength(3, 1, new double[] {1, 2, 1, 1})).isEqualTo(3);
  }
}
