package io.lipc.certificate.activation;

import java.util.List;

/**
 * How far the elements of a group move, at most, given how far the elements move that it reads:
 * {@code |dy_i|} in terms of all {@code |dz_k|}. {@link Group} says which holds of each activation,
 * and why.
 */
public sealed interface Magnitudes {

  /** {@code |dy_i| <= gain |dz_i|}. */
  record Own(double gain) implements Magnitudes {}

  /** {@code |dy_i| <= gain max_k |dz_k|}. */
  record Largest(double gain) implements Magnitudes {}

  /** {@code |dy_i| <= |dz_i| + 2 |v_i| sum_k |v_k| |dz_k|}. */
  record Reflected(List<Double> v) implements Magnitudes {}
}
