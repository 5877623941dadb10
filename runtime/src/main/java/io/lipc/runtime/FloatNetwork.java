package io.lipc.runtime;

import io.lipc.runtime.layout.Floats;
import io.lipc.runtime.radius.BoxBound;
import io.lipc.runtime.radius.LocalBound;
import io.lipc.runtime.radius.LocalOptions;

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
   * @param inputs {@code inputs[i][r]} is element i of row r, in a block that {@link Transposed}
   *     allocated for as many rows or more
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

  /**
   * Whether every element lies in the declared box of inputs; never where an element is NaN, or
   * where no box is declared. The ends are compared as the doubles that were declared: {@code
   * 0.1f}, which is above 0.1, is not in [0, 0.1].
   *
   * @param input {@link #inputSize()} elements
   * @throws IllegalArgumentException if the array has another length
   */
  default boolean contains(float[] input) {
    return DeclaredBox.contains(this, input);
  }

  /**
   * The certified radius: how far an input may move within the declared box before the decision
   * changes: the class of the largest logit, or the sign of a single one. Its unit is that of
   * {@link #radiusClaim()}, whose {@code distance()} says it in words, such as {@code l2 distance
   * in standard deviations (`z.running_var`)}. Rounding errors of both evaluations are accounted
   * for.
   *
   * <p>A radius is about an input of the box and the logits that the network itself computes there.
   * So it is evaluated once more, in a workspace that belongs to the calling thread, at the cost of
   * {@code apply}, and compared with {@code logits} to the bit: {@code -0.0} is not {@code 0.0}.
   * All ways of evaluating a generated class, one by one and in batches, give the same bits; a
   * device may not.
   *
   * @param input {@link #inputSize()} elements
   * @param logits what the network gave for it, {@link #outputSize()} elements
   * @return the radius, rounded down; 0 outside of the box and where no box is declared, for logits
   *     that differ in a bit from those of this input or are not finite, and where nothing can be
   *     said
   * @throws IllegalArgumentException if an array has another length
   */
  default double certifiedRadius(float[] input, float[] logits) {
    return certifiedRadius(newWorkspace(), input, logits);
  }

  /**
   * The same with a budget for the search at this input, where the network has radii by signs
   * ({@link #hasRadiiBySigns()}); elsewhere there is nothing to search for. Whatever the budget, it
   * is a certified radius, and not below that of the bounds.
   *
   * @param options how long to search
   */
  default double certifiedRadius(float[] input, float[] logits, LocalOptions options) {
    return certifiedRadius(input, logits);
  }

  /**
   * The certified radius: how far an input may move before the decision changes, as {@link
   * #certifiedRadius(float[], float[])} says, evaluated in the given workspace; a generated class
   * allocates nothing. An implementation that is not generated need not know a radius: this one
   * returns 0.
   *
   * @param workspace from {@link #newWorkspace()}, used by no other thread meanwhile
   * @param input {@link #inputSize()} elements
   * @param logits what the network gave for it, {@link #outputSize()} elements
   * @return as {@link #certifiedRadius(float[], float[])}
   * @throws IllegalArgumentException if an array has another length, or the workspace is another
   *     network's
   */
  default double certifiedRadius(Workspace workspace, float[] input, float[] logits) {
    Arguments.checkLogits(input.length, inputSize(), logits.length, outputSize());
    return 0;
  }

  /**
   * A Lipschitz bound for the inputs near this one: those that differ from it by at most the radius
   * in each element, within the declared intervals. So it holds in the l2 ball of that radius, too.
   * The distance is that of the inputs as they are, also where {@link #radiusClaim()} has a scale.
   *
   * <p>Derivatives are bounded on the box as a whole, in the time of some ten thousand evaluations;
   * a budget cuts the box. For small boxes and few inputs the bound is far below {@link
   * #lipschitzBound()}, because each unit's slope is known there. It is never above it.
   *
   * @param input {@link #inputSize()} elements, in the declared box if there is one
   * @param radius finite and not negative
   * @return between the norms of {@link #lipschitzBound()}; its {@code method} says where nothing
   *     better than that bound is known
   * @throws IllegalArgumentException if the input has another length, an element that is not finite
   *     or not in its declared interval, or the radius is no distance
   * @throws IllegalStateException if the network claims no bound
   */
  default LocalBound localLipschitz(float[] input, double radius) {
    return localLipschitz(input, radius, LocalOptions.NO_STEPS);
  }

  /**
   * The same with a budget: the box is cut into parts, of which the worst counts.
   *
   * @param options how often it is cut at most, and the time
   */
  default LocalBound localLipschitz(float[] input, double radius, LocalOptions options) {
    return BoxBound.of(
        subject(), DeclaredBox.around(this, Floats.toDoubles(input), radius), options);
  }
}
