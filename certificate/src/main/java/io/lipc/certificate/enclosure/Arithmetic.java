package io.lipc.certificate.enclosure;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.linear.LinearMap;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The operations that units are made of, on numbers or on enclosures of numbers.
 *
 * <p>A result encloses the exact result of the operation for all numbers that the arguments
 * enclose. {@link Evaluation} asks no more of an arithmetic.
 *
 * @param <T> the numbers, or enclosures of them
 */
public interface Arithmetic<T> {

  /** Sums of products of the same numbers, which may be asked for by several threads. */
  interface Sums<T> {

    /** {@code sum_k factors_k x_(places_k) + shift}, all coefficients finite. */
    T of(LinearMap.Row row, double shift);
  }

  /** Prepares sums of products of the numbers {@code x}, which several rows of a matrix share. */
  Sums<T> sums(List<T> x);

  /**
   * An elementwise activation as an operation on these numbers.
   *
   * @param function which one, with its constants
   */
  UnaryOperator<T> elementwise(ActivationFunction.OfElements function);

  /** The numbers of one group in decreasing order. */
  List<T> sorted(List<T> group);

  /**
   * One element of a pair after its reflection: {@code x + 2 v max(p, 0)}, where {@code 2 v} is
   * finite.
   */
  T reflected(T x, T p, double v);

  /** The softmax of a whole vector: {@code e^(z_i / T) / sum_j e^(z_j / T)}, T the temperature. */
  List<T> softmax(List<T> logits, double temperature);

  /**
   * The numbers of one group, normalised: {@code (z_i - m) / sqrt(v + epsilon)}, m their mean and v
   * the mean of the squares {@code (z_j - m)^2}.
   *
   * @param epsilon positive
   */
  List<T> normalised(List<T> group, double epsilon);

  /**
   * A vector divided by its length: {@code z / max(|z|, least)}, the length in l2.
   *
   * @param least positive
   */
  List<T> unitLength(List<T> vector, double least);
}
