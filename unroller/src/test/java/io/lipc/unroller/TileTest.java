package io.lipc.unroller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class TileTest {

  @Test
  void aTileOfTwoOutputs() {
    assertThat(new Tile(2, 16).ofRows())
        .isEqualTo(
            """
            /** Two outputs: 4 sums. */
            static void twoByTwo(
                float[] packed,
                int first,
                int stride,
                float[] bias,
                float floor,
                float[][] x,
                int inputs,
                float[][] y,
                int output,
                int row) {
              int at = first;
              FloatVector b0 = FloatVector.broadcast(SPECIES, bias[output]);
              FloatVector b1 = FloatVector.broadcast(SPECIES, bias[output + 1]);
              FloatVector c00 = b0;
              FloatVector c01 = b0;
              FloatVector c10 = b1;
              FloatVector c11 = b1;
              for (int k = 0; k < inputs; k++, at += stride) {
                float[] xk = x[k];
                FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
                FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
                FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
                c00 = x0.fma(w0, c00);
                c01 = x1.fma(w0, c01);
                FloatVector w1 = FloatVector.broadcast(SPECIES, packed[at + 1]);
                c10 = x0.fma(w1, c10);
                c11 = x1.fma(w1, c11);
              }
              float[] y0 = y[output];
              c00.blend(floor, c00.compare(VectorOperators.LE, floor)).intoArray(y0, row);
              c01.blend(floor, c01.compare(VectorOperators.LE, floor)).intoArray(y0, row + LANES);
              float[] y1 = y[output + 1];
              c10.blend(floor, c10.compare(VectorOperators.LE, floor)).intoArray(y1, row);
              c11.blend(floor, c11.compare(VectorOperators.LE, floor)).intoArray(y1, row + LANES);
            }
            """);
  }

  @Test
  void aTileOfSlicesReadsAndWritesElsewhere() {
    assertThat(new Tile(1, 16).ofSlices())
        .contains("int sum = output * 2 * LANES;")
        .contains("FloatVector c01 = FloatVector.fromArray(SPECIES, start, sum + LANES);")
        .contains("FloatVector x1 = FloatVector.fromArray(SPECIES, slice, (k * 2 + 1) * LANES);")
        .contains("    c01.intoArray(sums, sum + LANES);\n  }\n}\n");
    assertThat(Tile.copyToSlice())
        .contains(
            "FloatVector.fromArray(SPECIES, xk, row + LANES)"
                + ".intoArray(slice, (k * 2 + 1) * LANES);");
  }

  @Test
  void sumsHaveToFitTheRegisters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tile(6, 16))
        .withMessage("a tile of 6 outputs takes 18 vector registers, and there are 16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tile(14, 32))
        .withMessage("a tile of 14 outputs takes 34 vector registers, and there are 32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tile(0, 32))
        .withMessage("a tile of 0 outputs");
  }
}
