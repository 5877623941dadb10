package io.lipc.training.parameterization;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Weights, with what is needed to differentiate through their construction and to certify them. */
public interface Materialized {

  /** Tensors by name, in row-major order; not to be written. */
  SortedMap<String, double[]> tensors();

  /**
   * The construction's own multipliers: one vector per activation, in the order of the network's
   * layers, one entry per neuron, for slope constraints {@code 2 (dw - a dz)(b dz - dw) >= 0} and
   * the bound's square as {@code rho}. None where the weights are not made for a bound: then
   * nothing can be certified by them.
   */
  List<double[]> multipliers();

  /**
   * The gradient with respect to the free parameters, from the one with respect to the tensors.
   *
   * @param gradients for each name of {@link #tensors()}, as many numbers
   * @throws IllegalStateException after {@link #release}
   */
  double[] pullBack(Map<String, double[]> gradients);

  /**
   * Says that {@link #pullBack} is not called any more, so that the memory that these weights were
   * computed in may be used for others; tensors and multipliers stay. Whoever does not say so
   * leaves it to the garbage collector.
   */
  default void release() {}
}
