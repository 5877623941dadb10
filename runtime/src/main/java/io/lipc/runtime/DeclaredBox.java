package io.lipc.runtime;

import io.lipc.certificate.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
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

  /**
   * The inputs that differ from this one by at most the radius in each element, as far as they are
   * declared; every such double, where no box is.
   *
   * @throws IllegalArgumentException naming the element that is not finite or not declared, or the
   *     radius that is no distance
   */
  static Unit.Box around(LipschitzNetwork network, double[] input, double radius) {
    Arguments.checkInput(input.length, network.inputSize());
    Optional<Unit.Box> declared = of(network);
    if (!(radius >= 0 && radius <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "radius " + radius + ", expected a distance: 0 or more, and finite");
    }
    List<Double> lower = new ArrayList<>();
    List<Double> upper = new ArrayList<>();
    for (int i = 0; i < input.length; i++) {
      double least = declared.isPresent() ? declared.get().lower().get(i) : -Double.MAX_VALUE;
      double most = declared.isPresent() ? declared.get().upper().get(i) : Double.MAX_VALUE;
      if (!(least <= input[i] && input[i] <= most)) {
        throw new IllegalArgumentException(
            Double.isFinite(input[i])
                ? "input[%d] is %s, outside of its declared interval [%s, %s]"
                    .formatted(i, input[i], least, most)
                : "input[%d] is %s, expected a finite number".formatted(i, input[i]));
      }
      // Not the opposite, which would be the zero with a sign.
      lower.add(Math.max(least, 0 - sum(-input[i], radius)));
      upper.add(Math.min(most, sum(input[i], radius)));
    }
    return new Unit.Box(lower, upper);
  }

  /** The least double that is not below the sum; infinite beyond all doubles. */
  private static double sum(double a, double b) {
    double sum = a + b;
    boolean below =
        Double.isFinite(sum)
            && new BigDecimal(sum).compareTo(new BigDecimal(a).add(new BigDecimal(b))) < 0;
    return below ? Math.nextUp(sum) : sum;
  }

  private static Optional<Unit.Box> of(LipschitzNetwork network) {
    return network.certificate().input().box();
  }
}
