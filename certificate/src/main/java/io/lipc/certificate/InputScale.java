package io.lipc.certificate;

import java.util.List;
import java.util.Optional;

/** How the difference of two inputs x and x' is measured that a scaled bound is about. */
public sealed interface InputScale {

  /** The name of the tensor that holds the units, if they are called after one. */
  default Optional<String> named() {
    return switch (this) {
      case FirstLayer _ -> Optional.empty();
      case Units(_, Optional<String> tensor) -> tensor;
    };
  }

  /**
   * By the first layer z, a linear one that alone reads the input: {@code |z(x) - z(x')|}. Where z
   * divides by standard deviations, the difference is in standard deviations.
   */
  record FirstLayer() implements InputScale {}

  /**
   * In units of the elements: {@code |D^-1 (x - x')|} with {@code D = diag(lengths)}.
   *
   * @param lengths the unit of each element, exactly these doubles; positive, where it is true
   * @param tensor the tensor beside the network's weights whose numbers these are, where they have
   *     a name; the checker compares them
   */
  record Units(List<Double> lengths, Optional<String> tensor) implements InputScale {
    public Units {
      lengths = List.copyOf(lengths);
    }

    /** Units without a name. */
    public Units(List<Double> lengths) {
      this(lengths, Optional.empty());
    }
  }
}
