package io.lipc.runtime;

/**
 * Dense layers by the Vector API: loaded only where its module is. The arithmetic is that of {@link
 * FloatDense}, lane by lane.
 *
 * <p>W is packed into panels of {@link VectorTiles#PANEL} outputs: the weights of one input stand
 * side by side, then those of the next input. For one row, the outputs of a panel fill the lanes of
 * four vectors, and the weights stream through once. In a block, rows fill the lanes, and a tile of
 * a few outputs takes its weights one by one and keeps its sums in registers. The last tile of a
 * panel overlaps the one before it where the panel is no whole number of tiles: what is computed
 * twice is the same.
 */
final class VectorDense extends FloatDense {

  private static final int LANES = VectorTiles.LANES;
  private static final int PANEL = VectorTiles.PANEL;

  /** AVX-512 has 32 vector registers, AVX 16. */
  private static final boolean MANY_REGISTERS = LANES >= 16;

  private final float[] packed;
  private final float[] bias;
  private final float floor;

  VectorDense(float[][] columns, float[] bias, boolean relu) {
    super(columns.length, bias.length);
    int panels = Math.ceilDiv(outputs, PANEL);
    this.packed = new float[Math.multiplyExact(panels * PANEL, inputs)];
    for (int k = 0; k < inputs; k++) {
      for (int i = 0; i < outputs; i += PANEL) {
        int size = Math.min(PANEL, outputs - i);
        System.arraycopy(columns[k], i, packed, i * inputs + k * PANEL, size);
      }
    }
    this.bias = new float[panels * PANEL];
    System.arraycopy(bias, 0, this.bias, 0, outputs);
    this.floor = relu ? 0f : Float.NEGATIVE_INFINITY;
  }

  /** Whether the blocks of {@link Transposed} are whole vectors here. */
  static boolean isPossible() {
    return Transposed.ROWS % PANEL == 0;
  }

  @Override
  public void apply(float[] x, float[] y) {
    for (int panel = 0; panel < outputs; panel += PANEL) {
      VectorTiles.panel(packed, panel * inputs, bias, floor, x, inputs, y, panel, outputs);
    }
  }

  @Override
  public void apply(float[][] x, float[][] y, int rows) {
    int row = 0;
    if (MANY_REGISTERS) {
      for (; row + 2 * LANES < rows; row += 4 * LANES) {
        for (int panel = 0; panel < outputs; panel += PANEL) {
          fourVectors(x, y, panel, row);
        }
      }
    }
    for (; row < rows; row += 2 * LANES) {
      for (int panel = 0; panel < outputs; panel += PANEL) {
        twoVectors(x, y, panel, row);
      }
    }
  }

  /** The outputs of one panel, of four vectors of rows. */
  private void fourVectors(float[][] x, float[][] y, int panel, int row) {
    int end = Math.min(panel + PANEL, outputs);
    if (end - panel < 6) {
      twoVectors(x, y, panel, row);
      twoVectors(x, y, panel, row + 2 * LANES);
      return;
    }
    for (int output = panel; output < end - 6; output += 6) {
      VectorTiles.sixByFour(packed, at(output), bias, floor, x, inputs, y, output, row);
    }
    VectorTiles.sixByFour(packed, at(end - 6), bias, floor, x, inputs, y, end - 6, row);
  }

  /** The outputs of one panel, of two vectors of rows. */
  private void twoVectors(float[][] x, float[][] y, int panel, int row) {
    int end = Math.min(panel + PANEL, outputs);
    int tile = MANY_REGISTERS ? 8 : 5;
    if (end - panel < tile) {
      for (int output = panel; output < end; output++) {
        VectorTiles.oneByTwo(packed, at(output), bias, floor, x, inputs, y, output, row);
      }
      return;
    }
    for (int output = panel; output < end - tile; output += tile) {
      tile(x, y, output, row);
    }
    tile(x, y, end - tile, row);
  }

  private void tile(float[][] x, float[][] y, int output, int row) {
    if (MANY_REGISTERS) {
      VectorTiles.eightByTwo(packed, at(output), bias, floor, x, inputs, y, output, row);
    } else {
      VectorTiles.fiveByTwo(packed, at(output), bias, floor, x, inputs, y, output, row);
    }
  }

  /** Where the weights of an output begin. */
  private int at(int output) {
    int inPanel = output % PANEL;
    return (output - inPanel) * inputs + inPanel;
  }
}
