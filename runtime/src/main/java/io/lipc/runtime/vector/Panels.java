package io.lipc.runtime.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of a dense layer as vectors read them, in panels of a few outputs: the weights of one
 * input stand side by side, then those of the next input. So the panel that begins with output o
 * begins at {@code o * inputs}, whatever the sizes of those before it.
 *
 * @param packed W, and behind it as much as the last vectors of a panel read that is not full
 * @param bias b, and behind it as much again
 * @param floor y = max(W x + b, floor)
 * @param ends of each panel, the output that is the first of the next
 */
public record Panels(
    float[] packed, float[] bias, float floor, int inputs, int outputs, int[] ends) {

  /** The number of floats in a vector on this processor. */
  public static final int LANES = VectorTiles.LANES;

  /** Four vectors: what one row of x is multiplied with at a time. */
  static final int LARGEST = 4 * LANES;

  /**
   * The panels of a layer.
   *
   * @param multiple of how many outputs panels are multiples, where they can be; 1 if they are to
   *     be as large as they can
   */
  public static Panels of(float[][] columns, float[] bias, boolean relu, int multiple) {
    int inputs = columns.length;
    int outputs = bias.length;
    int[] ends = ends(outputs, multiple, LARGEST);
    float[] packed = new float[Math.addExact(Math.multiplyExact(outputs, inputs), LARGEST)];
    int panel = 0;
    for (int end : ends) {
      int size = end - panel;
      for (int k = 0; k < inputs; k++) {
        System.arraycopy(columns[k], panel, packed, panel * inputs + k * size, size);
      }
      panel = end;
    }
    float floor = relu ? 0f : Float.NEGATIVE_INFINITY;
    return new Panels(packed, Arrays.copyOf(bias, outputs + LARGEST), floor, inputs, outputs, ends);
  }

  /** The ends of panels of at most {@code largest} outputs. */
  static int[] ends(int outputs, int multiple, int largest) {
    List<Integer> ends = new ArrayList<>();
    for (int end = 0; end < outputs; ends.add(end)) {
      end += size(outputs - end, multiple, largest);
    }
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * How many of the outputs that are left the next panel has.
   *
   * <p>One that is not the last is the largest multiple, or larger, where two are left that would
   * otherwise be three, or smaller, where the last would be less than the multiple.
   */
  private static int size(int rest, int multiple, int largest) {
    if (rest <= largest) {
      return rest;
    }
    int whole = largest / multiple * multiple;
    return rest > 2 * largest ? whole : Math.max(Math.min(whole, rest - multiple), rest - largest);
  }

  /**
   * Evaluates the layer on one row. Each panel writes four vectors, as far as there are outputs:
   * what it writes behind itself, the next ones overwrite. To end where the panel ends would take
   * masks, and a quarter more time.
   *
   * @param x the row
   * @param y overwritten so far as there are outputs
   */
  public void apply(float[] x, float[] y) {
    int panel = 0;
    for (int end : ends) {
      VectorTiles.panel(
          packed, panel * inputs, end - panel, bias, floor, x, inputs, y, panel, outputs);
      panel = end;
    }
  }
}
