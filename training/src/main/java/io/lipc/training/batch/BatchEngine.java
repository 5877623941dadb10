package io.lipc.training.batch;

import java.util.Map;
import java.util.SortedMap;

/**
 * Runs a network and its gradients over batches of samples, on the JVM or on a device. Element i of
 * sample j of a vector stands at {@code [i][j]}. It always hands out the same arrays, of which only
 * the first {@code count} samples of each row count. Not for use by several threads.
 *
 * <p>Where a device fails, methods throw a {@link TrainingDeviceException}.
 */
public interface BatchEngine extends AutoCloseable {

  /** The most samples of a batch. */
  int capacity();

  /** The number of elements of each tensor that the network reads, by name. */
  SortedMap<String, Integer> tensorSizes();

  /**
   * Takes over the numbers of the tensors that the network reads, in row-major order; others are
   * ignored.
   */
  void load(Map<String, double[]> weights);

  /** The array into which the samples of the next batch are written, {@code [feature][sample]}. */
  double[][] input();

  /** The outputs of the last batch, {@code [element][sample]}. */
  double[][] output();

  /**
   * The array into which the gradient with respect to the outputs is written before {@link
   * #reverse}.
   */
  double[][] outputGradient();

  /** Runs the first {@code count} samples of {@link #input()}. */
  void forward(int count);

  /**
   * Computes the gradients of the tensors, summed over the first {@code count} samples, which
   * {@link #forward} has to have run last.
   */
  void reverse(int count);

  /** The gradients of the tensors by name, in row-major order. */
  SortedMap<String, double[]> tensorGradients();

  /** Frees the memory that the engine holds on a device. */
  @Override
  void close();
}
