package io.lipc.runtime;

/**
 * A network of precision F32: it reads and gives {@code float[]}. NaN and infinite inputs are not
 * refused; they propagate as IEEE 754 says.
 */
public non-sealed interface FloatNetwork extends LipschitzNetwork {

  /**
   * Evaluates the network, in a workspace that belongs to the calling thread.
   *
   * @param input {@link #inputSize()} elements
   * @param output {@link #outputSize()} elements, overwritten; may be {@code input} itself
   * @throws IllegalArgumentException if an array has another length
   */
  void apply(float[] input, float[] output);

  /**
   * Evaluates the network in the given workspace, and allocates nothing.
   *
   * @param workspace from {@link #newWorkspace()}, used by no other thread meanwhile
   * @param input {@link #inputSize()} elements
   * @param output {@link #outputSize()} elements, overwritten; may be {@code input} itself
   * @throws IllegalArgumentException if an array has another length, or the workspace is another
   *     network's
   */
  void apply(Workspace workspace, float[] input, float[] output);

  /**
   * Evaluates the network on each row of a batch; a generated class does so on the common pool
   * where that pays. A row gives the same bits as alone.
   *
   * @param inputs rows of {@link #inputSize()} elements
   * @param outputs as many rows of {@link #outputSize()} elements, overwritten; all of them
   *     different arrays
   * @throws IllegalArgumentException if the numbers of rows differ, or a row has another length
   */
  default void apply(float[][] inputs, float[][] outputs) {
    Arguments.checkRows(inputs.length, outputs.length);
    for (int i = 0; i < inputs.length; i++) {
      apply(inputs[i], outputs[i]);
    }
  }

  /**
   * Evaluates the network on a block of rows that lie {@link Transposed}, in the given workspace.
   * It is what batches are made of, for callers whose data lie so already.
   *
   * @param workspace from {@link #newWorkspace()}, used by no other thread meanwhile
   * @param inputs {@code inputs[i][r]} is element i of row r; {@link Transposed#ROWS} rows have
   *     room
   * @param outputs {@code outputs[i][r]} becomes element i of row r; behind the last row, anything
   * @param rows from 1 to {@link Transposed#ROWS}
   * @throws IllegalArgumentException if a block has too little room, {@code rows} is out of range,
   *     or the workspace is another network's
   */
  default void applyTransposed(Workspace workspace, float[][] inputs, float[][] outputs, int rows) {
    Arguments.checkBlocks(inputs, inputSize(), outputs, outputSize(), rows);
    float[] x = new float[inputSize()];
    float[] y = new float[outputSize()];
    for (int r = 0; r < rows; r++) {
      Transposed.gather(inputs, r, x, x.length);
      apply(workspace, x, y);
      Transposed.scatter(y, y.length, outputs, r);
    }
  }
}
