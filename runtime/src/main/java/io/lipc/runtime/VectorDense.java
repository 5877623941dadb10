package io.lipc.runtime;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dense layers by the Vector API: loaded only where its module is. The arithmetic is that of {@link
 * FloatDense}, lane by lane.
 *
 * <p>W is packed into panels of {@link #PANEL} outputs: the weights of one input stand side by
 * side, then those of the next input. For one row, the outputs of a panel fill the lanes of four
 * vectors, and the weights stream through once. In a block, rows fill the lanes; a tile of five
 * outputs takes its weights one by one, and keeps 20 sums in registers. The last tile of a panel
 * overlaps the one before it where five does not divide the panel: what it computes twice is the
 * same.
 */
final class VectorDense extends FloatDense {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int PANEL = 4 * LANES;
  private static final int TILE = 5;

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
    for (int output = 0; output < outputs; output += PANEL) {
      panel(x, y, output);
    }
  }

  /** The outputs of one panel, of one row. */
  private void panel(float[] x, float[] y, int output) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, bias, output);
    FloatVector c1 = FloatVector.fromArray(SPECIES, bias, output + LANES);
    FloatVector c2 = FloatVector.fromArray(SPECIES, bias, output + 2 * LANES);
    FloatVector c3 = FloatVector.fromArray(SPECIES, bias, output + 3 * LANES);
    int at = output * inputs;
    for (int k = 0; k < inputs; k++, at += PANEL) {
      FloatVector xk = FloatVector.broadcast(SPECIES, x[k]);
      c0 = xk.fma(FloatVector.fromArray(SPECIES, packed, at), c0);
      c1 = xk.fma(FloatVector.fromArray(SPECIES, packed, at + LANES), c1);
      c2 = xk.fma(FloatVector.fromArray(SPECIES, packed, at + 2 * LANES), c2);
      c3 = xk.fma(FloatVector.fromArray(SPECIES, packed, at + 3 * LANES), c3);
    }
    if (output + PANEL <= outputs) {
      storeFour(c0, c1, c2, c3, y, output);
    } else {
      storePart(c0, y, output);
      storePart(c1, y, output + LANES);
      storePart(c2, y, output + 2 * LANES);
      storePart(c3, y, output + 3 * LANES);
    }
  }

  @Override
  public void apply(float[][] x, float[][] y, int rows) {
    int row = 0;
    if (MANY_REGISTERS) {
      for (; row + 2 * LANES < rows; row += 4 * LANES) {
        for (int panel = 0; panel < outputs; panel += PANEL) {
          panelOfFourVectors(x, y, panel, row);
        }
      }
    }
    for (; row < rows; row += 2 * LANES) {
      for (int panel = 0; panel < outputs; panel += PANEL) {
        panelOfTwoVectors(x, y, panel, row);
      }
    }
  }

  private void panelOfFourVectors(float[][] x, float[][] y, int panel, int row) {
    int end = Math.min(panel + PANEL, outputs);
    if (end - panel < TILE) {
      panelOfTwoVectors(x, y, panel, row);
      panelOfTwoVectors(x, y, panel, row + 2 * LANES);
      return;
    }
    int output = panel;
    for (; output < end - TILE; output += TILE) {
      fiveByFour(x, y, output, row);
    }
    fiveByFour(x, y, end - TILE, row);
  }

  private void panelOfTwoVectors(float[][] x, float[][] y, int panel, int row) {
    int end = Math.min(panel + PANEL, outputs);
    if (end - panel < TILE) {
      for (int output = panel; output < end; output++) {
        oneByTwo(x, y, output, row);
      }
      return;
    }
    int output = panel;
    for (; output < end - TILE; output += TILE) {
      fiveByTwo(x, y, output, row);
    }
    fiveByTwo(x, y, end - TILE, row);
  }

  /** Where the weights of an output begin. */
  private int at(int output) {
    int inPanel = output % PANEL;
    return (output - inPanel) * inputs + inPanel;
  }

  /** Five outputs of four vectors of rows: 20 sums, for processors with 32 vector registers. */
  private void fiveByFour(float[][] x, float[][] y, int output, int row) {
    int at = at(output);
    FloatVector b0 = FloatVector.broadcast(SPECIES, bias[output]);
    FloatVector b1 = FloatVector.broadcast(SPECIES, bias[output + 1]);
    FloatVector b2 = FloatVector.broadcast(SPECIES, bias[output + 2]);
    FloatVector b3 = FloatVector.broadcast(SPECIES, bias[output + 3]);
    FloatVector b4 = FloatVector.broadcast(SPECIES, bias[output + 4]);
    FloatVector c00 = b0;
    FloatVector c01 = b0;
    FloatVector c02 = b0;
    FloatVector c03 = b0;
    FloatVector c10 = b1;
    FloatVector c11 = b1;
    FloatVector c12 = b1;
    FloatVector c13 = b1;
    FloatVector c20 = b2;
    FloatVector c21 = b2;
    FloatVector c22 = b2;
    FloatVector c23 = b2;
    FloatVector c30 = b3;
    FloatVector c31 = b3;
    FloatVector c32 = b3;
    FloatVector c33 = b3;
    FloatVector c40 = b4;
    FloatVector c41 = b4;
    FloatVector c42 = b4;
    FloatVector c43 = b4;
    for (int k = 0; k < inputs; k++, at += PANEL) {
      float[] xk = x[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
      FloatVector x2 = FloatVector.fromArray(SPECIES, xk, row + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(SPECIES, xk, row + 3 * LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
      c02 = x2.fma(w0, c02);
      c03 = x3.fma(w0, c03);
      FloatVector w1 = FloatVector.broadcast(SPECIES, packed[at + 1]);
      c10 = x0.fma(w1, c10);
      c11 = x1.fma(w1, c11);
      c12 = x2.fma(w1, c12);
      c13 = x3.fma(w1, c13);
      FloatVector w2 = FloatVector.broadcast(SPECIES, packed[at + 2]);
      c20 = x0.fma(w2, c20);
      c21 = x1.fma(w2, c21);
      c22 = x2.fma(w2, c22);
      c23 = x3.fma(w2, c23);
      FloatVector w3 = FloatVector.broadcast(SPECIES, packed[at + 3]);
      c30 = x0.fma(w3, c30);
      c31 = x1.fma(w3, c31);
      c32 = x2.fma(w3, c32);
      c33 = x3.fma(w3, c33);
      FloatVector w4 = FloatVector.broadcast(SPECIES, packed[at + 4]);
      c40 = x0.fma(w4, c40);
      c41 = x1.fma(w4, c41);
      c42 = x2.fma(w4, c42);
      c43 = x3.fma(w4, c43);
    }
    storeFour(c00, c01, c02, c03, y[output], row);
    storeFour(c10, c11, c12, c13, y[output + 1], row);
    storeFour(c20, c21, c22, c23, y[output + 2], row);
    storeFour(c30, c31, c32, c33, y[output + 3], row);
    storeFour(c40, c41, c42, c43, y[output + 4], row);
  }

  /** Five outputs of two vectors of rows: 10 sums, for 16 vector registers. */
  private void fiveByTwo(float[][] x, float[][] y, int output, int row) {
    int at = at(output);
    FloatVector b0 = FloatVector.broadcast(SPECIES, bias[output]);
    FloatVector b1 = FloatVector.broadcast(SPECIES, bias[output + 1]);
    FloatVector b2 = FloatVector.broadcast(SPECIES, bias[output + 2]);
    FloatVector b3 = FloatVector.broadcast(SPECIES, bias[output + 3]);
    FloatVector b4 = FloatVector.broadcast(SPECIES, bias[output + 4]);
    FloatVector c00 = b0;
    FloatVector c01 = b0;
    FloatVector c10 = b1;
    FloatVector c11 = b1;
    FloatVector c20 = b2;
    FloatVector c21 = b2;
    FloatVector c30 = b3;
    FloatVector c31 = b3;
    FloatVector c40 = b4;
    FloatVector c41 = b4;
    for (int k = 0; k < inputs; k++, at += PANEL) {
      float[] xk = x[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
      FloatVector w1 = FloatVector.broadcast(SPECIES, packed[at + 1]);
      c10 = x0.fma(w1, c10);
      c11 = x1.fma(w1, c11);
      FloatVector w2 = FloatVector.broadcast(SPECIES, packed[at + 2]);
      c20 = x0.fma(w2, c20);
      c21 = x1.fma(w2, c21);
      FloatVector w3 = FloatVector.broadcast(SPECIES, packed[at + 3]);
      c30 = x0.fma(w3, c30);
      c31 = x1.fma(w3, c31);
      FloatVector w4 = FloatVector.broadcast(SPECIES, packed[at + 4]);
      c40 = x0.fma(w4, c40);
      c41 = x1.fma(w4, c41);
    }
    storeTwo(c00, c01, y[output], row);
    storeTwo(c10, c11, y[output + 1], row);
    storeTwo(c20, c21, y[output + 2], row);
    storeTwo(c30, c31, y[output + 3], row);
    storeTwo(c40, c41, y[output + 4], row);
  }

  /** One output of two vectors of rows, of a panel that has fewer than five. */
  private void oneByTwo(float[][] x, float[][] y, int output, int row) {
    int at = at(output);
    FloatVector b0 = FloatVector.broadcast(SPECIES, bias[output]);
    FloatVector c00 = b0;
    FloatVector c01 = b0;
    for (int k = 0; k < inputs; k++, at += PANEL) {
      float[] xk = x[k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, xk, row);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xk, row + LANES);
      FloatVector w0 = FloatVector.broadcast(SPECIES, packed[at]);
      c00 = x0.fma(w0, c00);
      c01 = x1.fma(w0, c01);
    }
    storeTwo(c00, c01, y[output], row);
  }

  private void storeFour(
      FloatVector c0, FloatVector c1, FloatVector c2, FloatVector c3, float[] y, int at) {
    storeTwo(c0, c1, y, at);
    storeTwo(c2, c3, y, at + 2 * LANES);
  }

  private void storeTwo(FloatVector c0, FloatVector c1, float[] y, int at) {
    activated(c0).intoArray(y, at);
    activated(c1).intoArray(y, at + LANES);
  }

  /** As much of a vector as there are outputs left. */
  private void storePart(FloatVector c, float[] y, int at) {
    if (at + LANES <= outputs) {
      activated(c).intoArray(y, at);
    } else if (at < outputs) {
      VectorMask<Float> mask = SPECIES.indexInRange(at, outputs);
      activated(c).intoArray(y, at, mask);
    }
  }

  /** {@code max(c, floor)} as {@link Math#max} defines it: NaN stays, and of two zeros, plus. */
  private FloatVector activated(FloatVector c) {
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    return c.blend(least, c.compare(VectorOperators.LE, least));
  }
}
