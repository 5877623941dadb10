package io.lipc.runtime.vector;

/**
 * Blocks whose tiles read the rows of each input where they lie. With 32 vector registers tiles
 * have up to thirteen outputs, so there is enough to do with them. With 16, layers of a single tile
 * come here: a copy would be read only once.
 *
 * @param panels the weights
 */
record DirectBlocks(Panels panels) implements VectorBlocks {

  @Override
  public void apply(float[][] x, float[][] y, int rows) {
    for (int row = 0; row < rows; row += 2 * VectorTiles.LANES) {
      int panel = 0;
      for (int end : panels.ends()) {
        apply(x, y, panel, end - panel, row);
        panel = end;
      }
    }
  }

  /**
   * The outputs of one panel, of two vectors of rows: by tiles that make up the panel. The last
   * ones overlap those before if need be: what is computed twice is the same.
   */
  private void apply(float[][] x, float[][] y, int panel, int size, int row) {
    float[] packed = panels.packed();
    float[] bias = panels.bias();
    float floor = panels.floor();
    int inputs = panels.inputs();
    int first = panel * inputs - panel;
    int end = panel + size;
    if (size < 5) {
      for (int i = panel; i < end; i++) {
        VectorTiles.oneByTwo(packed, first + i, size, bias, floor, x, inputs, y, i, row);
      }
      return;
    }
    for (int i = applyLarge(x, y, panel, size, row); i < end; i += 5) {
      int o = Math.min(i, end - 5);
      VectorTiles.fiveByTwo(packed, first + o, size, bias, floor, x, inputs, y, o, row);
    }
  }

  /**
   * Computes as many outputs of a panel as large tiles make up. Each tile costs some time besides
   * its products, so they are as few as possible: {@code tiles}, none of which has more than
   * thirteen.
   *
   * <p>If all could have twelve, the outputs that are left over make as many of them thirteens, and
   * the panel is full: {@code size <= 13 * tiles} says that there are enough. If not, none has
   * thirteen, and of tens, each two that are left over make one a twelve: an odd one is left. Where
   * even tens are too many, there are as many as fit.
   *
   * @return the first output that is left
   */
  private int applyLarge(float[][] x, float[][] y, int panel, int size, int row) {
    float[] packed = panels.packed();
    float[] bias = panels.bias();
    float floor = panels.floor();
    int inputs = panels.inputs();
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
