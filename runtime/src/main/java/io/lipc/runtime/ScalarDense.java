package io.lipc.runtime;

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

  /** Where loops over outputs leave their rows, before these are transposed. */
  private final Spares<float[][]> chunks;

  ScalarDense(float[][] columns, float[] bias, boolean relu) {
    super(columns.length, bias.length);
    this.columns = columns;
    this.bias = bias;
    this.relu = relu;
    this.chunks = new Spares<>(() -> Transposed.allocate(CHUNK, outputs));
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
      ScalarLoops.addFour(
          x[k],
          columns[k],
          x[k + 1],
          columns[k + 1],
          x[k + 2],
          columns[k + 2],
          x[k + 3],
          columns[k + 3],
          y,
          outputs);
    }
    for (; k < inputs; k++) {
      ScalarLoops.addOne(x[k], columns[k], y, outputs);
    }
    if (relu) {
      ScalarLoops.clamp(y, outputs);
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
      addSlice(x, k, Math.min(k + SLICE, inputs), y, rows);
    }
    if (relu) {
      for (int i = 0; i < outputs; i++) {
        ScalarLoops.clamp(y[i], rows);
      }
    }
  }

  /** Adds what the inputs from {@code begin} to {@code end} count. */
  private void addSlice(float[][] x, int begin, int end, float[][] y, int rows) {
    int i = 0;
    for (; i + 4 <= outputs; i += 4) {
      addToFourOutputs(x, begin, end, i, y, rows);
    }
    for (; i < outputs; i++) {
      addToOutput(x, begin, end, i, y[i], rows);
    }
  }

  private void addToFourOutputs(float[][] x, int begin, int end, int i, float[][] y, int rows) {
    int k = begin;
    for (; k + 4 <= end; k += 4) {
      float[] a = columns[k];
      float[] b = columns[k + 1];
      float[] c = columns[k + 2];
      float[] d = columns[k + 3];
      ScalarLoops.addFourToFour(
          x[k], x[k + 1], x[k + 2], x[k + 3], a[i], a[i + 1], a[i + 2], a[i + 3], b[i], b[i + 1],
          b[i + 2], b[i + 3], c[i], c[i + 1], c[i + 2], c[i + 3], d[i], d[i + 1], d[i + 2],
          d[i + 3], y[i], y[i + 1], y[i + 2], y[i + 3], rows);
    }
    for (; k < end; k++) {
      float[] a = columns[k];
      ScalarLoops.addOneToFour(
          x[k], a[i], a[i + 1], a[i + 2], a[i + 3], y[i], y[i + 1], y[i + 2], y[i + 3], rows);
    }
  }

  private void addToOutput(float[][] x, int begin, int end, int i, float[] y, int rows) {
    int k = begin;
    for (; k + 4 <= end; k += 4) {
      ScalarLoops.addFour(
          columns[k][i],
          x[k],
          columns[k + 1][i],
          x[k + 1],
          columns[k + 2][i],
          x[k + 2],
          columns[k + 3][i],
          x[k + 3],
          y,
          rows);
    }
    for (; k < end; k++) {
      ScalarLoops.addOne(columns[k][i], x[k], y, rows);
    }
  }

  /** {@code count} rows from {@code row} on. */
  private void alongOutputs(float[][] x, float[][] y, int row, int count, float[][] chunk) {
    for (int r = 0; r < count; r++) {
      System.arraycopy(bias, 0, chunk[r], 0, outputs);
    }
    for (int k = 0; k < inputs; k += SLICE) {
      addColumns(x, row, k, Math.min(k + SLICE, inputs), chunk, count);
    }
    if (relu) {
      for (int r = 0; r < count; r++) {
        ScalarLoops.clamp(chunk[r], outputs);
      }
    }
    Transposed.transpose(chunk, 0, count, y, row, outputs);
  }

  /** Adds what the inputs from {@code begin} to {@code end} count. */
  private void addColumns(float[][] x, int row, int begin, int end, float[][] chunk, int count) {
    int r = 0;
    for (; r + 4 <= count; r += 4) {
      addToFourRows(x, row + r, begin, end, chunk, r);
    }
    for (; r < count; r++) {
      for (int k = begin; k < end; k++) {
        ScalarLoops.addOne(x[k][row + r], columns[k], chunk[r], outputs);
      }
    }
  }

  private void addToFourRows(float[][] x, int row, int begin, int end, float[][] chunk, int r) {
    int k = begin;
    for (; k + 4 <= end; k += 4) {
      float[] a = x[k];
      float[] b = x[k + 1];
      float[] c = x[k + 2];
      float[] d = x[k + 3];
      ScalarLoops.addFourToFour(
          columns[k],
          columns[k + 1],
          columns[k + 2],
          columns[k + 3],
          a[row],
          a[row + 1],
          a[row + 2],
          a[row + 3],
          b[row],
          b[row + 1],
          b[row + 2],
          b[row + 3],
          c[row],
          c[row + 1],
          c[row + 2],
          c[row + 3],
          d[row],
          d[row + 1],
          d[row + 2],
          d[row + 3],
          chunk[r],
          chunk[r + 1],
          chunk[r + 2],
          chunk[r + 3],
          outputs);
    }
    for (; k < end; k++) {
      float[] a = x[k];
      ScalarLoops.addOneToFour(
          columns[k],
          a[row],
          a[row + 1],
          a[row + 2],
          a[row + 3],
          chunk[r],
          chunk[r + 1],
          chunk[r + 2],
          chunk[r + 3],
          outputs);
    }
  }
}
