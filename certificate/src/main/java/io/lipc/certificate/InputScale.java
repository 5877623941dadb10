package io.lipc.certificate;

import java.util.List;

/** How the difference of two inputs x and x' is measured that a scaled bound is about. */
public sealed interface InputScale {

  /**
   * By the first layer z, a linear one that alone reads the input: {@code |z(x) - z(x')|}. Where z
   * divides by deviations, the difference is in deviations.
   */
  record FirstLayer() implements InputScale {}

  /**
   * In units of the elements: {@code |D^-1 (x - x')|} with {@code D = diag(lengths)}.
   *
   * @param lengths the unit of each element, exactly these doubles; positive, where it is true
   */
  record Units(List<Double> lengths) implements InputScale {
    public Units {
      lengths = List.copyOf(lengths);
    }
  }
}
