package io.lipc.runtime;

/**
 * Dense layers by the Vector API: loaded only where its module is. The arithmetic is that of {@link
 * FloatDense}, lane by lane.
 *
 * <p>W is packed into panels of {@link #PANEL} outputs, the last of what is left: the weights of
 * one input stand side by side, then those of the next input. For one row, the outputs of a panel
 * fill the lanes of four vectors, and the weights stream through once. In a block, rows fill the
 * lanes, and a tile of a few outputs takes its weights one by one and keeps its sums in registers.
 */
final class VectorDense extends FloatDense {

  private static final int LANES = VectorTiles.LANES;
  private static final int PANEL = 4 * LANES;

  /** AVX-512 has 32 vector registers, AVX 16. */
  private static final boolean MANY_REGISTERS = LANES >= 16;

  private final float[] packed;
  private final float[] bias;
  private final float floor;

  VectorDense(float[][] columns, float[] bias, boolean relu) {
    super(columns.length, bias.length);
    // The last vectors of a panel that is not full read what stands behind it.
    this.packed = new float[Math.addExact(Math.multiplyExact(outputs, inputs), PANEL)];
    for (int panel = 0; panel < outputs; panel += PANEL) {
      int size = panelSize(panel);
      for (int k = 0; k < inputs; k++) {
        System.arraycopy(columns[k], panel, packed, panel * inputs + k * size, size);
      }
    }
    this.bias = new float[outputs + PANEL];
    System.arraycopy(bias, 0, this.bias, 0, outputs);
    this.floor = relu ? 0f : Float.NEGATIVE_INFINITY;
  }

  /** Whether {@link Transposed#ROWS} rows are whole vectors here. */
  static boolean isPossible() {
    return Transposed.ROWS % (2 * LANES) == 0;
  }

  @Override
  public void apply(float[] x, float[] y) {
    for (int panel = 0; panel < outputs; panel += PANEL) {
      VectorTiles.panel(
          packed, panel * inputs, panelSize(panel), bias, floor, x, inputs, y, panel, outputs);
    }
  }

  @Override
  public void apply(float[][] x, float[][] y, int rows) {
    for (int row = 0; row < rows; row += 2 * LANES) {
      for (int panel = 0; panel < outputs; panel += PANEL) {
        apply(x, y, panel, panelSize(panel), row);
      }
    }
  }

  private int panelSize(int panel) {
    return Math.min(PANEL, outputs - panel);
  }

  /**
   * The outputs of one panel, of two vectors of rows: by tiles that make up the panel. The last
   * ones overlap those before if need be: what is computed twice is the same.
   */
  private void apply(float[][] x, float[][] y, int panel, int size, int row) {
    int first = panel * inputs - panel;
    int end = panel + size;
    int i = panel;
    if (size < 5) {
      for (; i < end; i++) {
        VectorTiles.oneByTwo(packed, first + i, size, bias, floor, x, inputs, y, i, row);
      }
      return;
    }
    if (MANY_REGISTERS) {
      i = applyLarge(x, y, panel, size, row);
    }
    for (; i < end; i += 5) {
      int o = Math.min(i, end - 5);
      VectorTiles.fiveByTwo(packed, first + o, size, bias, floor, x, inputs, y, o, row);
    }
  }

  /**
   * As many outputs of a panel as large tiles make up. Each tile costs some time besides its
   * products, so they are as few as possible: {@code tiles}, none of which has more than thirteen.
   *
   * <p>If all could have twelve, what is left over makes as many of them thirteens, and the panel
   * is full: {@code size <= 13 * tiles} says that there are enough. If not, none has thirteen, and
   * of tens, each two that are left over make one a twelve: an odd one is left. Where even tens are
   * too many, there are as many as fit.
   *
   * @return the first output that is left
   */
  private int applyLarge(float[][] x, float[][] y, int panel, int size, int row) {
    int tiles = Math.ceilDiv(size, 13);
    int thirteens = Math.max(size - 12 * tiles, 0);
    int twelves = Math.clamp((size - 10 * tiles) / 2, 0, tiles - thirteens);
    int first = panel * inputs - panel;
    int i = panel;
    for (; thirteens > 0; thirteens--, i += 13) {
      LargeTiles.thirteenByTwo(packed, first + i, size, bias, floor, x, inputs, y, i, row);
    }
    for (; twelves > 0; twelves--, i += 12) {
      LargeTiles.twelveByTwo(packed, first + i, size, bias, floor, x, inputs, y, i, row);
    }
    for (; i + 10 <= panel + size; i += 10) {
      LargeTiles.tenByTwo(packed, first + i, size, bias, floor, x, inputs, y, i, row);
    }
    return i;
  }
}
