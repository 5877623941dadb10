package io.lipc.runtime;

import io.lipc.certificate.Unit;
import java.util.List;
import java.util.Optional;

/** The inputs that a network was declared for, as far as its certificate says. */
final class DeclaredBox {

  private DeclaredBox() {}

  /** Whether {@code input} lies in the box of {@code network}; a float is the number that it is. */
  static boolean contains(LipschitzNetwork network, float[] input) {
    Arguments.checkInput(input.length, network.inputSize());
    Optional<Unit.Box> box = of(network);
    return box.isPresent() && contains(box.get().lower(), box.get().upper(), input);
  }

  private static boolean contains(List<Double> lower, List<Double> upper, float[] input) {
    for (int i = 0; i < input.length; i++) {
      // False for NaN.
      if (!(lower.get(i) <= input[i] && input[i] <= upper.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The same for doubles. */
  static boolean contains(LipschitzNetwork network, double[] input) {
    Arguments.checkInput(input.length, network.inputSize());
    Optional<Unit.Box> box = of(network);
    return box.isPresent() && box.get().contains(input);
  }

  private static Optional<Unit.Box> of(LipschitzNetwork network) {
    return network.certificate().input().box();
  }
}
