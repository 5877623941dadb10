package io.lipc.runtime;

import io.lipc.runtime.radius.BoxBound;
import io.lipc.runtime.radius.LocalBound;
import io.lipc.runtime.radius.LocalOptions;

/**
 * A network of precision F64: it reads and gives {@code double[]}. NaN and infinite inputs are not
 * refused; they propagate as IEEE 754 says.
 */
public non-sealed interface DoubleNetwork extends LipschitzNetwork {

  /**
   * Evaluates the network, in a workspace that belongs to the calling thread.
   *
   * @param input {@link #inputSize()} elements
   * @param output {@link #outputSize()} elements, overwritten; may be {@code input} itself
   * @throws IllegalArgumentException if an array has another length
   */
  void apply(double[] input, double[] output);

  /**
   * Evaluates the network in the given workspace, and allocates nothing.
   *
   * @param workspace from {@link #newWorkspace()}, used by no other thread meanwhile
   * @param input {@link #inputSize()} elements
   * @param output {@link #outputSize()} elements, overwritten; may be {@code input} itself
   * @throws IllegalArgumentException if an array has another length, or the workspace is another
   *     network's
   */
  void apply(Workspace workspace, double[] input, double[] output);

  /**
   * Evaluates the network on each row of a batch.
   *
   * @param inputs rows of {@link #inputSize()} elements
   * @param outputs as many rows of {@link #outputSize()} elements, overwritten
   * @throws IllegalArgumentException if the numbers of rows differ, or a row has another length;
   *     the rows before it are then written
   */
  default void apply(double[][] inputs, double[][] outputs) {
    Arguments.checkRows(inputs.length, outputs.length);
    for (int i = 0; i < inputs.length; i++) {
      apply(inputs[i], outputs[i]);
    }
  }

  /**
   * Whether every element lies in the declared box of inputs; never where an element is NaN, or
   * where no box is declared. {@code -0.0} is the number 0.
   *
   * @param input {@link #inputSize()} elements
   * @throws IllegalArgumentException if the array has another length
   */
  default boolean contains(double[] input) {
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
  default double certifiedRadius(double[] input, double[] logits) {
    return certifiedRadius(newWorkspace(), input, logits);
  }

  /**
   * The same with a budget for the search at this input, where the network has radii by signs
   * ({@link #hasRadiiBySigns()}); elsewhere there is nothing to search for. Whatever the budget, it
   * is a certified radius, and not below that of the bounds.
   *
   * @param options how long to search
   */
  default double certifiedRadius(double[] input, double[] logits, LocalOptions options) {
    return certifiedRadius(input, logits);
  }

  /**
   * The certified radius: how far an input may move before the decision changes, as {@link
   * #certifiedRadius(double[], double[])} says, evaluated in the given workspace; a generated class
   * allocates nothing. An implementation that is not generated need not know a radius: this one
   * returns 0.
   *
   * @param workspace from {@link #newWorkspace()}, used by no other thread meanwhile
   * @param input {@link #inputSize()} elements
   * @param logits what the network gave for it, {@link #outputSize()} elements
   * @return as {@link #certifiedRadius(double[], double[])}
   * @throws IllegalArgumentException if an array has another length, or the workspace is another
   *     network's
   */
  default double certifiedRadius(Workspace workspace, double[] input, double[] logits) {
    Arguments.checkLogits(input.length, inputSize(), logits.length, outputSize());
    return 0;
  }

  /**
   * A Lipschitz bound for the inputs near this one: those that differ from it by at most the radius
   * in each element, within the declared intervals. See {@link FloatNetwork#localLipschitz(float[],
   * double)}.
   *
   * @param input {@link #inputSize()} elements, in the declared box if there is one
   * @param radius finite and not negative
   * @return between the norms of {@link #lipschitzBound()}; its {@code method} says where nothing
   *     better than that bound is known
   * @throws IllegalArgumentException if the input has another length, an element that is not finite
   *     or not in its declared interval, or the radius is no distance
   * @throws IllegalStateException if the network claims no bound
   */
  default LocalBound localLipschitz(double[] input, double radius) {
    return localLipschitz(input, radius, LocalOptions.NO_STEPS);
  }

  /**
   * The same with a budget: the box is cut into parts, of which the worst counts.
   *
   * @param options how often it is cut at most, and the time
   */
  default LocalBound localLipschitz(double[] input, double radius, LocalOptions options) {
    return BoxBound.of(subject(), DeclaredBox.around(this, input, radius), options);
  }
}
