package io.lipc.certifier.falsify;

/** A place, the direction in which the function is steepest there, and how steep it is. */
final class Slope {

  /** The input. */
  final double[] at;

  /** The steepest direction that a power iteration has come to, of norm 1. */
  final double[] direction;

  /** The covector by which the change of the output is measured, of norm 1 as well. */
  final double[] covector;

  /** The norm of the Jacobian, or less. */
  final double norm;

  Slope(double[] at, double[] direction, double[] covector, double norm) {
    this.at = at;
    this.direction = direction;
    this.covector = covector;
    this.norm = norm;
  }

  static Slope steeper(Slope a, Slope b) {
    return b.norm > a.norm ? b : a;
  }
}
