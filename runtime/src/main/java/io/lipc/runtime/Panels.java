package io.lipc.runtime;

/**
 * The weights of a dense layer as {@link VectorDense} packs them, in panels of a few outputs: the
 * weights of one input stand side by side, then those of the next input. So the panel that begins
 * with output o begins at {@code o * inputs}, whatever the sizes of those before it.
 *
 * @param packed W, and behind it as much as the last vectors of a panel read that is not full
 * @param bias b, and behind it as much again
 * @param floor y = max(W x + b, floor)
 * @param multiple of how many outputs panels are multiples, where they can be; 1 if they are to be
 *     as large as they can
 */
record Panels(float[] packed, float[] bias, float floor, int inputs, int outputs, int multiple) {

  /** Four vectors: what one row of x is multiplied with at a time. */
  static final int LARGEST = 4 * VectorTiles.LANES;

  static Panels of(float[][] columns, float[] bias, boolean relu, int multiple) {
    int inputs = columns.length;
    int outputs = bias.length;
    Panels panels =
        new Panels(
            new float[Math.addExact(Math.multiplyExact(outputs, inputs), LARGEST)],
            new float[outputs + LARGEST],
            relu ? 0f : Float.NEGATIVE_INFINITY,
            inputs,
            outputs,
            multiple);
    for (int panel = 0; panel < outputs; panel += panels.size(panel)) {
      int size = panels.size(panel);
      for (int k = 0; k < inputs; k++) {
        System.arraycopy(columns[k], panel, panels.packed, panel * inputs + k * size, size);
      }
    }
    System.arraycopy(bias, 0, panels.bias, 0, outputs);
    return panels;
  }

  /** The number of outputs of the panel that begins with output {@code panel}. */
  int size(int panel) {
    return size(outputs - panel, multiple, LARGEST);
  }

  /**
   * How many of the outputs that are left the next panel has.
   *
   * <p>One that is not the last is the largest multiple, or larger, where two are left that would
   * otherwise be three, or smaller, where the last would be less than the multiple.
   */
  static int size(int rest, int multiple, int largest) {
    if (rest <= largest) {
      return rest;
    }
    int whole = largest / multiple * multiple;
    return rest > 2 * largest ? whole : Math.max(Math.min(whole, rest - multiple), rest - largest);
  }
}
