package io.lipc.unroller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class StripsTest {

  @Test
  void twoRowsNumberByNumber() {
    assertThat(new ScalarStrip(2).transpose())
        .isEqualTo(
            """
            /** {@code block[i][at + r] = rows[from + r][i]} for r below two and i below {@code size}. */
            static void transpose(float[][] rows, int from, float[][] block, int at, int size) {
              float[] x0 = rows[from];
              float[] x1 = rows[from + 1];
              for (int i = 0; i < size; i++) {
                float[] target = block[i];
                target[at] = x0[i];
                target[at + 1] = x1[i];
              }
            }
            """);
    assertThat(new ScalarStrip(2).transposeBack())
        .contains(
            "    float[] source = block[i];\n    y0[i] = source[at];\n    y1[i] = source[at + 1];\n");
  }

  @Test
  void aSquareOfFourTakesTwoSteps() {
    VectorStrip strip = new VectorStrip(4);
    assertThat(strip.constants())
        .contains("FloatVector.SPECIES_128;")
        .contains("SWAP2 = VectorShuffle.fromOp(SPECIES, j -> j ^ 2);")
        .contains("BIT1 = VectorMask.fromLong(SPECIES, 0b1010);")
        .contains("BIT2 = VectorMask.fromLong(SPECIES, 0b1100);");
    assertThat(strip.transpose())
        .endsWith(
            """
                FloatVector a0 = FloatVector.fromArray(SPECIES, s0, n);
                FloatVector a1 = FloatVector.fromArray(SPECIES, s1, n);
                FloatVector a2 = FloatVector.fromArray(SPECIES, s2, n);
                FloatVector a3 = FloatVector.fromArray(SPECIES, s3, n);
                FloatVector b0 = a0.blend(a1.rearrange(SWAP1), BIT1);
                FloatVector b1 = a0.rearrange(SWAP1).blend(a1, BIT1);
                FloatVector b2 = a2.blend(a3.rearrange(SWAP1), BIT1);
                FloatVector b3 = a2.rearrange(SWAP1).blend(a3, BIT1);
                b0.blend(b2.rearrange(SWAP2), BIT2).intoArray(target[p + n], q);
                b1.blend(b3.rearrange(SWAP2), BIT2).intoArray(target[p + n + 1], q);
                b0.rearrange(SWAP2).blend(b2, BIT2).intoArray(target[p + n + 2], q);
                b1.rearrange(SWAP2).blend(b3, BIT2).intoArray(target[p + n + 3], q);
              }
            }
            """);
  }

  @Test
  void aFlatSquareReadsAndWritesRowsThatStandOneBehindTheOther() {
    assertThat(new VectorStrip(2).transposeFlat())
        .endsWith(
            """
              for (int k = 0; k < width; k += SIDE) {
                int n = Math.min(k, width - SIDE);
                int first = from + n;
                int to = at + n * targetPitch;
                FloatVector a0 = FloatVector.fromArray(SPECIES, source, first);
                FloatVector a1 = FloatVector.fromArray(SPECIES, source, first + pitch);
                a0.blend(a1.rearrange(SWAP1), BIT1).intoArray(target, to);
                a0.rearrange(SWAP1).blend(a1, BIT1).intoArray(target, to + targetPitch);
              }
            }
            """);
  }

  @Test
  void aSideIsTheLengthOfAVector() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VectorStrip(6))
        .withMessage("no vector has 6 floats");
  }
}
