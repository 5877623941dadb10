package io.lipc.certifier.falsify;

import io.lipc.formats.Norm;
import io.lipc.linalg.Dense;

/** Vectors in the norms between which a function is steep. */
final class Steepness {

  private Steepness() {}

  static double norm(Norm norm, double[] v) {
    return switch (norm) {
      case L2 -> Dense.norm(v);
      case LINF -> largest(v);
    };
  }

  private static double largest(double[] v) {
    double largest = 0;
    for (double element : v) {
      largest = Math.max(largest, Math.abs(element));
    }
    return largest;
  }

  /** The vector of norm 1 whose inner product with {@code v} is largest; {@code v} is not zero. */
  static double[] along(Norm norm, double[] v) {
    double[] unit = new double[v.length];
    switch (norm) {
      case L2 -> Dense.addScaled(unit, v, 1 / Dense.norm(v));
      case LINF -> {
        for (int i = 0; i < v.length; i++) {
          unit[i] = v[i] == 0 ? 0 : Math.signum(v[i]);
        }
      }
    }
    return unit;
  }

  /** A covector u with {@code u'v = |v|}, of norm 1 in the dual norm. */
  static double[] reaching(Norm norm, double[] v) {
    if (norm == Norm.L2) {
      return along(norm, v);
    }
    int largest = 0;
    for (int i = 1; i < v.length; i++) {
      largest = Math.abs(v[i]) > Math.abs(v[largest]) ? i : largest;
    }
    double[] covector = new double[v.length];
    covector[largest] = Math.signum(v[largest]);
    return covector;
  }
}
