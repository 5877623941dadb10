package io.lipc.certificate.search;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.BoxTree.Term;
import io.lipc.certificate.local.LocalBounds;
import io.lipc.certificate.local.LocalBounds.Side;
import io.lipc.certificate.local.Region;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Sums of values of units that show a part of a box to have no input.
 *
 * <p>Each cut of a unit says that a linear function of the input is not negative in the part. Where
 * a mean of these functions is negative on the whole box, the values that were cut, with the same
 * weights, are a sum that is larger in the part than it can be.
 */
final class EmptyParts {

  private EmptyParts() {}

  /** A sum that may show it, which nobody has checked; none if none is found. */
  static Optional<BoxTree.Empty> of(Region part, LongConsumer spend) {
    List<Side> sides =
        LocalBounds.sides(part, spend).orElse(List.of()).stream()
            .filter(side -> size(part, side) > 0)
            .toList();
    if (sides.isEmpty()) {
      return Optional.empty();
    }
    double[][] functions = sides.stream().map(side -> onCube(part, side)).toArray(double[][]::new);
    return LeastMean.negative(functions, spend).flatMap(weights -> sum(part, sides, weights));
  }

  /** The function over [-1, 1]^n in the place of the box, of size 1. */
  private static double[] onCube(Region part, Side side) {
    double[] function = centred(part, side);
    double size = size(part, side);
    for (int i = 0; i < function.length; i++) {
      function[i] /= size;
    }
    return function;
  }

  private static double size(Region part, Side side) {
    double size = 0;
    for (double term : centred(part, side)) {
      size += Math.abs(term);
    }
    return size;
  }

  private static double[] centred(Region part, Side side) {
    int inputs = side.slopes().length;
    double[] function = new double[inputs + 1];
    function[inputs] = side.offset();
    for (int i = 0; i < inputs; i++) {
      double lower = part.input(i).lower();
      double upper = part.input(i).upper();
      function[i] = side.slopes()[i] * (upper / 2 - lower / 2);
      function[inputs] += side.slopes()[i] * (lower / 2 + upper / 2);
    }
    return function;
  }

  /** Half the digits of a weight are enough, and make its text shorter. */
  private static Optional<BoxTree.Empty> sum(Region part, List<Side> sides, double[] weights) {
    Map<Element, Double> sum = new TreeMap<>();
    for (int k = 0; k < weights.length; k++) {
      Term term = sides.get(k).term();
      float factor = (float) (term.factor() * weights[k] / size(part, sides.get(k)));
      if (factor != 0 && Float.isFinite(factor)) {
        sum.merge(term.element(), (double) factor, Double::sum);
      }
    }
    List<Term> terms =
        sum.entrySet().stream()
            .filter(entry -> entry.getValue() != 0)
            .map(entry -> new Term(entry.getKey(), entry.getValue()))
            .toList();
    return terms.isEmpty() ? Optional.empty() : Optional.of(new BoxTree.Empty(terms));
  }
}
