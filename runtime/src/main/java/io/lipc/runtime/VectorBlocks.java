package io.lipc.runtime;

/** Blocks of rows, by tiles of as many sums as the vector registers of a processor hold. */
sealed interface VectorBlocks permits DirectBlocks, SlicedBlocks {

  /** How many vector registers there are. */
  enum Registers {
    /** AVX. */
    SIXTEEN,
    /** AVX-512. */
    THIRTY_TWO;

    static final Registers OF_THIS_PROCESSOR = VectorTiles.LANES >= 16 ? THIRTY_TWO : SIXTEEN;

    /** How many outputs most tiles have, if that should decide how large panels are. */
    int tile() {
      return switch (this) {
        case SIXTEEN -> SmallTiles.OUTPUTS;
        case THIRTY_TWO -> 1;
      };
    }

    VectorBlocks blocks(Panels panels) {
      return switch (this) {
        case SIXTEEN ->
            panels.outputs() > SmallTiles.OUTPUTS
                ? new SlicedBlocks(panels)
                : new DirectBlocks(panels);
        case THIRTY_TWO -> new DirectBlocks(panels);
      };
    }
  }

  /** As {@link FloatDense#apply(float[][], float[][], int)}. */
  void apply(float[][] x, float[][] y, int rows);
}
