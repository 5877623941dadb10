package io.lipc.certifier.falsify;

/**
 * A place where the Jacobian of a network jumps, as an input sees it: a linear function of one or
 * two values of a step changes its sign there.
 *
 * @param step whose values they are
 * @param first one of the values
 * @param second the other one
 * @param value of the function at the input; its sign says on which side that is
 * @param gain by how much {@code u' J v} grows beyond it, if nothing else changes
 */
record Kink(int step, Term first, Term second, double value, double gain) {

  /**
   * A value with its factor.
   *
   * @param place of the value in the vector of its step
   */
  record Term(int place, double factor) {}

  /** The gradient of the function with respect to the input. */
  double[] gradient(Linearisation at) {
    double[] covector = new double[at.value(step).length];
    covector[first.place()] += first.factor();
    covector[second.place()] += second.factor();
    return at.adjoints(step, covector)[0];
  }
}
