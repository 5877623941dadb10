package io.lipc.unroller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lipc.unroller.MatrixTile.Side;
import org.junit.jupiter.api.Test;

final class MatrixTileTest {

  @Test
  void aTileOfTwoRows() {
    assertThat(new MatrixTile(2, 2, Side.PLAIN, 16).method())
        .isEqualTo(
            """
            /** Two rows by two vectors. */
            static void twoByTwo(
                double[][] y, double[][] a, double sign, double[][] x, int i, int from, int to, int j) {
              double[] y0 = y[i];
              double[] y1 = y[i + 1];
              double[] a0 = a[i];
              double[] a1 = a[i + 1];
              DoubleVector c00 = DoubleVector.fromArray(SPECIES, y0, j);
              DoubleVector c01 = DoubleVector.fromArray(SPECIES, y0, j + LANES);
              DoubleVector c10 = DoubleVector.fromArray(SPECIES, y1, j);
              DoubleVector c11 = DoubleVector.fromArray(SPECIES, y1, j + LANES);
              for (int k = from; k < to; k++) {
                double[] xk = x[k];
                DoubleVector x0 = DoubleVector.fromArray(SPECIES, xk, j);
                DoubleVector x1 = DoubleVector.fromArray(SPECIES, xk, j + LANES);
                DoubleVector w0 = DoubleVector.broadcast(SPECIES, sign * a0[k]);
                c00 = x0.fma(w0, c00);
                c01 = x1.fma(w0, c01);
                DoubleVector w1 = DoubleVector.broadcast(SPECIES, sign * a1[k]);
                c10 = x0.fma(w1, c10);
                c11 = x1.fma(w1, c11);
              }
              c00.intoArray(y0, j);
              c01.intoArray(y0, j + LANES);
              c10.intoArray(y1, j);
              c11.intoArray(y1, j + LANES);
            }
            """);
  }

  @Test
  void aTransposedLeftSideIsReadFromOneArray() {
    assertThat(new MatrixTile(3, 1, Side.TRANSPOSED, 16).method())
        .contains("static void threeByOneTransposed(")
        .contains("double[] ak = a[k];")
        .contains("DoubleVector w2 = DoubleVector.broadcast(SPECIES, sign * ak[i + 2]);")
        .contains("DoubleVector x0 = DoubleVector.fromArray(SPECIES, xk, j, mask);")
        .doesNotContain("a[i]");
  }

  @Test
  void sumsHaveToFitTheRegisters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MatrixTile(4, 4, Side.PLAIN, 16))
        .withMessage("a tile of 4 by 4 takes 21 vector registers, and there are 16");
  }
}
