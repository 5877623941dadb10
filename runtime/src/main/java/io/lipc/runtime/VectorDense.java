package io.lipc.runtime;

import io.lipc.runtime.vector.Panels;
import io.lipc.runtime.vector.VectorBlocks;

/**
 * Dense layers by the Vector API: loaded only where its module is. The arithmetic is that of {@link
 * FloatDense}, lane by lane.
 *
 * <p>W is packed into {@link Panels}. For one row, the outputs of a panel fill the lanes of four
 * vectors, and the weights stream through once. In a block, rows fill the lanes, and a tile of a
 * few outputs takes its weights one by one and keeps its sums in registers: see {@link
 * VectorBlocks}.
 */
final class VectorDense extends FloatDense {

  private final Panels panels;
  private final VectorBlocks blocks;

  VectorDense(float[][] columns, float[] bias, boolean relu) {
    this(columns, bias, relu, VectorBlocks.Registers.OF_THIS_PROCESSOR);
  }

  VectorDense(float[][] columns, float[] bias, boolean relu, VectorBlocks.Registers registers) {
    super(columns.length, bias.length);
    this.panels = Panels.of(columns, bias, relu, registers.multiple());
    this.blocks = registers.blocks(panels);
  }

  /** Whether {@link Transposed#GRAIN} rows are whole vectors here. */
  static boolean isPossible() {
    return Transposed.GRAIN % (2 * Panels.LANES) == 0;
  }

  @Override
  public void apply(float[] x, float[] y) {
    panels.apply(x, y);
  }

  @Override
  public void apply(float[][] x, float[][] y, int rows) {
    blocks.apply(x, y, rows);
  }
}
