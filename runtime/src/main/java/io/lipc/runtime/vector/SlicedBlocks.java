package io.lipc.runtime.vector;

import io.lipc.runtime.layout.Spares;
import java.util.Arrays;

/**
 * Blocks on processors with 16 vector registers: tiles of five outputs by two vectors of rows. With
 * so few sums, to follow the reference to the rows of each input takes as long as what is done with
 * them. So the rows of a slice of inputs are copied to one array, where they stand one behind the
 * other, and all tiles read that. Measured on Zen 3: 85 % of the peak of fused multiply-adds
 * instead of 45.
 *
 * <p>A slice and the weights of a panel are about what the first-level cache holds. From one slice
 * to the next, sums pass in arrays as well, two in turn: the last tile of a panel may overlap the
 * one before, and no sum may be read that is a slice ahead.
 */
public final class SlicedBlocks implements VectorBlocks {

  /** How many inputs a slice has at most. Measured: 128 and 192 take as long within 3 %. */
  public static final int SLICE = 160;

  /** Two vectors of rows. */
  private static final int ROWS = 2 * VectorTiles.LANES;

  /** Arrays for a block: the rows of a slice, the sums before the slice, and those after it. */
  private record Room(float[] slice, float[] sums, float[] others) {}

  private final Panels panels;
  private final int sliceSize;

  /** The bias as {@link #ROWS} rows: what sums start from. */
  private final float[] bias;

  private final Spares<Room> rooms;

  SlicedBlocks(Panels panels) {
    this.panels = panels;
    int slices = Math.ceilDiv(panels.inputs(), SLICE);
    this.sliceSize = Math.ceilDiv(panels.inputs(), slices);
    this.bias = new float[panels.outputs() * ROWS];
    for (int i = 0; i < panels.outputs(); i++) {
      Arrays.fill(bias, i * ROWS, (i + 1) * ROWS, panels.bias()[i]);
    }
    int sums = slices == 1 ? 0 : bias.length;
    this.rooms =
        new Spares<>(() -> new Room(new float[sliceSize * ROWS], new float[sums], new float[sums]));
  }

  @Override
  public void apply(float[][] x, float[][] y, int rows) {
    Room room = rooms.take();
    for (int row = 0; row < rows; row += ROWS) {
      float[] start = bias;
      float[] sums = room.sums();
      float[] others = room.others();
      for (int k = 0; k < panels.inputs(); k += sliceSize) {
        int size = Math.min(sliceSize, panels.inputs() - k);
        SmallTiles.copy(x, k, size, row, room.slice());
        addSlice(room.slice(), k, size, start, sums, y, row);
        start = sums;
        sums = others;
        others = start;
      }
    }
    rooms.giveBack(room);
  }

  /** Adds what {@code size} inputs from {@code k} on count, to all outputs. */
  private void addSlice(
      float[] slice, int k, int size, float[] start, float[] sums, float[][] y, int row) {
    boolean last = k + size == panels.inputs();
    int panel = 0;
    for (int end : panels.ends()) {
      int stride = end - panel;
      int first = panel * panels.inputs() + k * stride - panel;
      for (int i = panel; i < end; i += SmallTiles.OUTPUTS) {
        int o = Math.min(i, end - SmallTiles.OUTPUTS);
        SmallTiles.fiveByTwo(
            panels.packed(),
            first + o,
            stride,
            slice,
            size,
            start,
            sums,
            last,
            panels.floor(),
            y,
            o,
            row);
      }
      panel = end;
    }
  }
}
