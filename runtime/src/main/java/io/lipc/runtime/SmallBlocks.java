package io.lipc.runtime;

import java.util.Arrays;

/**
 * Blocks on processors with 16 vector registers: tiles of five outputs by two vectors of rows. With
 * so few sums, what a tile does besides its products decides: to follow the reference to the rows
 * of each input takes as long again. So the rows of a slice of inputs are copied to one array,
 * where they stand one behind the other, and all tiles read that. Measured on Zen 3: 80 % of the
 * peak of fused multiply-adds instead of 45.
 *
 * <p>A slice and the weights of a panel stay in the first-level cache. The sums pass from one slice
 * of inputs to the next in y.
 */
final class SmallBlocks implements VectorBlocks {

  /** How many inputs a slice has at most. Measured: 128 and 192 take as long within 2 %. */
  private static final int SLICE = 160;

  private static final int LANES = VectorTiles.LANES;

  private final Panels panels;
  private final int sliceSize;

  /** The bias as rows of a block: what sums begin with. */
  private final float[][] biasRows;

  private final ThreadLocal<float[]> slices;

  SmallBlocks(Panels panels) {
    this.panels = panels;
    int count = Math.ceilDiv(panels.inputs(), SLICE);
    this.sliceSize = Math.ceilDiv(panels.inputs(), count);
    this.biasRows = new float[panels.outputs()][2 * LANES];
    for (int i = 0; i < panels.outputs(); i++) {
      Arrays.fill(biasRows[i], panels.bias()[i]);
    }
    this.slices = ThreadLocal.withInitial(() -> new float[sliceSize * 2 * LANES]);
  }

  @Override
  public void apply(float[][] x, float[][] y, int rows) {
    float[] slice = slices.get();
    for (int row = 0; row < rows; row += 2 * LANES) {
      for (int k = 0; k < panels.inputs(); k += sliceSize) {
        int size = Math.min(sliceSize, panels.inputs() - k);
        SmallTiles.copy(x, k, size, row, slice);
        addSlice(slice, k, size, y, row);
      }
    }
  }

  /** Adds what {@code size} inputs from {@code k} on count, to all outputs. */
  private void addSlice(float[] slice, int k, int size, float[][] y, int row) {
    float[][] start = k == 0 ? biasRows : y;
    int startRow = k == 0 ? 0 : row;
    float floor = k + size == panels.inputs() ? panels.floor() : Float.NEGATIVE_INFINITY;
    for (int panel = 0; panel < panels.outputs(); panel += panels.size(panel)) {
      addSlice(slice, k, size, panel, floor, start, startRow, y, row);
    }
  }

  /**
   * The outputs of one panel. What is left behind the last whole tile is a tile that overlaps the
   * one before, unless sums would start twice from what stands in y.
   */
  private void addSlice(
      float[] slice,
      int k,
      int size,
      int panel,
      float floor,
      float[][] start,
      int startRow,
      float[][] y,
      int row) {
    float[] packed = panels.packed();
    int stride = panels.size(panel);
    int first = panel * panels.inputs() + k * stride - panel;
    int end = panel + stride;
    boolean overlap = start != y && stride >= SmallTiles.OUTPUTS;
    int i = panel;
    for (; overlap ? i < end : i + SmallTiles.OUTPUTS <= end; i += SmallTiles.OUTPUTS) {
      int o = Math.min(i, end - SmallTiles.OUTPUTS);
      SmallTiles.fiveByTwo(
          packed, first + o, stride, start, startRow, floor, slice, size, y, o, row);
    }
    for (; i < end; i++) {
      SmallTiles.oneByTwo(
          packed, first + i, stride, start, startRow, floor, slice, size, y, i, row);
    }
  }
}
