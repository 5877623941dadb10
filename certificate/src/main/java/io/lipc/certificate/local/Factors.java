package io.lipc.certificate.local;

import static io.lipc.certificate.enclosure.Outward.down;
import static io.lipc.certificate.enclosure.Outward.up;

import io.lipc.certificate.enclosure.Outward;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.LinearMap;
import java.util.List;

/**
 * Coefficients of the elements of a unit, each a sum of products of doubles: as computed, and with
 * what is needed to bound by how much a computed sum differs from the real one.
 */
final class Factors {

  private final double[] computed;
  private final double[] magnitudes;
  private final int[] terms;

  Factors(int size) {
    this.computed = new double[size];
    this.magnitudes = new double[size];
    this.terms = new int[size];
  }

  double get(int element) {
    return computed[element];
  }

  /** Adds {@code a b} to the coefficient of an element. */
  void add(int element, double a, double b) {
    double product = a * b;
    computed[element] += product;
    magnitudes[element] += Math.abs(product);
    terms[element]++;
  }

  /** Adds {@code a b} to the coefficients of the elements of a row, b its factors. */
  void add(double a, LinearMap.Row row) {
    double[] factors = row.factors();
    if (factors.length < computed.length) {
      for (int k = 0; k < factors.length; k++) {
        add(row.places()[k], a, factors[k]);
      }
      return;
    }
    // A row of all elements, in their order: a loop for vectors.
    for (int e = 0; e < factors.length; e++) {
      double product = a * factors[e];
      computed[e] += product;
      magnitudes[e] += Math.abs(product);
      terms[e]++;
    }
  }

  /**
   * A number that, with the computed coefficients in place of the real ones r, is not above what
   * {@code bound} is with these: {@code sum_e r_e h_e + bound} is at least {@code sum_e c_e h_e -
   * sum_e |r_e - c_e| |h_e| + bound}, and {@link Outward} says how large the differences are.
   *
   * @param values where the values h are
   */
  double paid(double bound, List<Range> values) {
    double left = bound;
    for (int e = 0; e < computed.length; e++) {
      if (terms[e] > 0) {
        double lost = Outward.lost(Outward.sum(magnitudes[e], terms[e]), terms[e]);
        left = down(left - up(lost * values.get(e).magnitude()));
      }
    }
    return left;
  }
}
