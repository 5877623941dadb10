package io.lipc.runtime.vector;

/** Blocks of rows, by tiles of as many sums as the vector registers of a processor hold. */
public sealed interface VectorBlocks permits DirectBlocks, SlicedBlocks {

  /** How many vector registers kernels count on. */
  enum Registers {
    /** AVX, and whatever else has short vectors, even if it has more of them, as AArch64 has. */
    SIXTEEN,
    /** AVX-512. */
    THIRTY_TWO;

    public static final Registers OF_THIS_PROCESSOR =
        VectorTiles.LANES >= 16 ? THIRTY_TWO : SIXTEEN;

    /** The number of outputs of which panels are multiples. */
    public int multiple() {
      return switch (this) {
        case SIXTEEN -> SmallTiles.OUTPUTS;
        case THIRTY_TWO -> 1;
      };
    }

    /** Vectors of two lanes make panels that may be smaller than a tile of slices. */
    public VectorBlocks blocks(Panels panels) {
      return switch (this) {
        case SIXTEEN ->
            panels.outputs() > SmallTiles.OUTPUTS && Panels.LARGEST >= 2 * SmallTiles.OUTPUTS
                ? new SlicedBlocks(panels)
                : new DirectBlocks(panels);
        case THIRTY_TWO -> new DirectBlocks(panels);
      };
    }
  }

  /**
   * Evaluates a dense layer on a block of rows.
   *
   * @param x {@code x[k][r]} is element k of row r
   * @param y {@code y[i][r]} becomes element i of row r; behind the last row, anything
   * @param rows as many as the arrays have room for, or fewer
   */
  void apply(float[][] x, float[][] y, int rows);
}
