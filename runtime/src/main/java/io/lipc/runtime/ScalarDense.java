package io.lipc.runtime;

import io.lipc.runtime.layout.Spares;
import java.util.Arrays;

/**
 * Dense layers in plain Java, by the loops of {@link ScalarLoops}.
 *
 * <p>W is an array of its columns. For one row, loops run over the outputs, and eight columns at a
 * time load and store y an eighth as often. In a block, they run over its rows or over the outputs,
 * whichever are more: C2 begins and ends a loop with up to as many steps one by one as a vector has
 * lanes, which with sixteen are most of a loop over 32. Four outputs by four inputs, or four rows
 * by four inputs, use each number loaded four times.
 */
final class ScalarDense extends FloatDense {

  /**
   * How many inputs are added to all outputs before the next ones: up to 64 KB of a block, which
   * stay in the first- or second-level cache. Measured: 8, 16 and 32 take the same time within 3 %.
   */
  private static final int SLICE = 32;

  /** How many rows are evaluated while a slice of wide columns stays in the cache. */
  private static final int CHUNK = 32;

  private final float[][] columns;
  private final float[] bias;
  private final boolean relu;

  /** Spare arrays in which loops over outputs leave their rows, before these are transposed. */
  private final Spares<float[][]> chunks;

  ScalarDense(float[][] columns, float[] bias, boolean relu) {
    super(columns.length, bias.length);
    this.columns = columns;
    this.bias = bias;
    this.relu = relu;
    this.chunks = new Spares<>(() -> Transposed.arrays(CHUNK, outputs));
  }

  /** The same layer in the other packing. */
  FloatDense forVectors() {
    return new VectorDense(columns, bias, relu);
  }

  @Override
  public void apply(float[] x, float[] y) {
    System.arraycopy(bias, 0, y, 0, outputs);
    int k = 0;
    for (; k + 8 <= inputs; k += 8) {
      ScalarLoops.addEight(x, columns, k, y, outputs);
    }
    for (; k + 4 <= inputs; k += 4) {
      ScalarLoops.addFour(x, columns, k, y, outputs);
    }
    for (; k < inputs; k++) {
      addOne(x[k], columns[k], y, outputs);
    }
    if (relu) {
      clamp(y, outputs);
    }
  }

  @Override
  public void apply(float[][] x, float[][] y, int rows) {
    if (outputs > rows) {
      float[][] chunk = chunks.take();
      for (int row = 0; row < rows; row += CHUNK) {
        alongOutputs(x, y, row, Math.min(CHUNK, rows - row), chunk);
      }
      chunks.giveBack(chunk);
    } else {
      alongRows(x, y, rows);
    }
  }

  private void alongRows(float[][] x, float[][] y, int rows) {
    for (int i = 0; i < outputs; i++) {
      Arrays.fill(y[i], 0, rows, bias[i]);
    }
    for (int k = 0; k < inputs; k += SLICE) {
      add(x, columns, k, Math.min(k + SLICE, inputs), 0, y, outputs, rows);
    }
    if (relu) {
      for (int i = 0; i < outputs; i++) {
        clamp(y[i], rows);
      }
    }
  }

  /** {@code count} rows from {@code row} on. */
  private void alongOutputs(float[][] x, float[][] y, int row, int count, float[][] chunk) {
    for (int r = 0; r < count; r++) {
      System.arraycopy(bias, 0, chunk[r], 0, outputs);
    }
    for (int k = 0; k < inputs; k += SLICE) {
      add(columns, x, k, Math.min(k + SLICE, inputs), row, chunk, count, outputs);
    }
    if (relu) {
      for (int r = 0; r < count; r++) {
        clamp(chunk[r], outputs);
      }
    }
    Transposed.transpose(chunk, 0, count, y, row, outputs);
  }

  /**
   * Adds the inputs from {@code begin} to {@code end} to sums, which are arrays: {@code sums[s][j]
   * += x[k][j] factors[k][first + s]} for s below {@code count} and j below {@code size}.
   *
   * <p>Along rows, x is the block and the columns are factors; along outputs, it is the other way
   * round.
   */
  private static void add(
      float[][] x,
      float[][] factors,
      int begin,
      int end,
      int first,
      float[][] sums,
      int count,
      int size) {
    int s = 0;
    for (; s + 4 <= count; s += 4) {
      int k = begin;
      for (; k + 4 <= end; k += 4) {
        ScalarLoops.addFourToFour(x, factors, k, first + s, sums, s, size);
      }
      for (; k < end; k++) {
        ScalarLoops.addOneToFour(x, factors, k, first + s, sums, s, size);
      }
    }
    for (; s < count; s++) {
      int k = begin;
      for (; k + 4 <= end; k += 4) {
        ScalarLoops.addFourToOne(x, factors, k, first + s, sums, s, size);
      }
      for (; k < end; k++) {
        addOne(factors[k][first + s], x[k], sums[s], size);
      }
    }
  }

  private static void addOne(float a, float[] x, float[] y, int size) {
    for (int j = 0; j < size; j++) {
      y[j] = Math.fma(a, x[j], y[j]);
    }
  }

  /** {@code y = max(y, 0)}. */
  private static void clamp(float[] y, int size) {
    for (int j = 0; j < size; j++) {
      y[j] = Math.max(y[j], 0f);
    }
  }
}
