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
   * Evaluates the network on each row of a batch.
   *
   * @param inputs rows of {@link #inputSize()} elements
   * @param outputs as many rows of {@link #outputSize()} elements, overwritten
   * @throws IllegalArgumentException if the numbers of rows differ, or a row has another length;
   *     the rows before it are then written
   */
  default void apply(float[][] inputs, float[][] outputs) {
    Arguments.checkRows(inputs.length, outputs.length);
    for (int i = 0; i < inputs.length; i++) {
      apply(inputs[i], outputs[i]);
    }
  }
}
