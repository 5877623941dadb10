package io.lipc.unroller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PixelTileTest {

  @Test
  void twoPixelsByOneVector() {
    assertThat(new PixelTile(2, 1).straight())
        .isEqualTo(
            """
            /** Two pixels by one vector of channels. */
            private static void twoByOne(
                float[] x,
                int from,
                float[] packed,
                float[] bias,
                float floor,
                int output,
                float[] y,
                int to) {
              FloatVector b0 = FloatVector.fromArray(SPECIES, bias, output);
              FloatVector c00 = b0;
              FloatVector c10 = b0;
              int w = output * TAPS;
              for (int u = 0; u < KERNEL_ROWS; u++) {
                for (int r = 0; r < RUNS; r++, w += RUN * LANES) {
                  int first = from + u * ROW_STEP + r * RUN_STEP;
                  for (int k = 0; k < RUN; k++) {
                    FloatVector w0 = FloatVector.fromArray(SPECIES, packed, w + k * LANES);
                    FloatVector x0 = FloatVector.broadcast(SPECIES, x[first + k]);
                    c00 = x0.fma(w0, c00);
                    FloatVector x1 = FloatVector.broadcast(SPECIES, x[first + k + PIXEL_STEP]);
                    c10 = x1.fma(w0, c10);
                  }
                }
              }
              int y0 = to;
              c00.blend(floor, c00.compare(VectorOperators.LE, floor)).intoArray(y, y0);
              int y1 = to + CHANNELS;
              c10.blend(floor, c10.compare(VectorOperators.LE, floor)).intoArray(y, y1);
            }
            """);
  }

  @Test
  void theFirstOfTwoVectorsStandsBeforeTheSecond() {
    assertThat(new PixelTile(1, 2).straight())
        .contains("/** One pixel by two vectors of channels. */")
        .contains("FloatVector.fromArray(SPECIES, packed, w + k * 2 * LANES + LANES);")
        .contains("c01 = x0.fma(w1, c01);")
        .contains(".intoArray(y, y0 + LANES);");
  }

  /** Sixteen sums, and the two vectors of weights and a number twice, as C2 loads them ahead. */
  @Test
  void noTileOfTheClassHasMoreSumsThanRegistersHold() {
    String source = PixelClass.pixelTiles().source("io.lipc.runtime");
    assertThat(source).contains("eightByTwo(").doesNotContain("nineByTwo(");
    assertThat(source).contains("fourteenByOne(").doesNotContain("fifteenByOne(");
    assertThat(source).contains("case 13 -> thirteenByOne(").contains("default -> eightByTwo(");
  }
}
