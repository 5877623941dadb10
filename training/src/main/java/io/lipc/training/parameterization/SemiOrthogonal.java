package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Variable;
import java.util.Map;
import java.util.Optional;

/**
 * A matrix of orthonormal rows, or of orthonormal columns where these are fewer, by the Cayley
 * transform: all of its singular values are 1.
 *
 * <p>Free parameters: a square X and, unless the matrix is square, a Y. Every such matrix is near
 * to one of these, up to the sign of the determinant where it is square.
 *
 * @param name of the free parameters, without what tells X from Y
 * @param rows positive
 * @param columns positive
 */
record SemiOrthogonal(String name, int rows, int columns) {

  private static final String SQUARE = ".x";
  private static final String REST = ".y";

  private int smaller() {
    return Math.min(rows, columns);
  }

  private int rest() {
    return Math.max(rows, columns) - smaller();
  }

  void declare(Layout.Builder layout) {
    layout.add(name + SQUARE, smaller(), smaller());
    if (rest() > 0) {
      layout.add(name + REST, rest(), smaller());
    }
  }

  /**
   * Values for a start: X - X' with eigenvalues up to 2, which turns by up to 127 degrees, and Y'Y
   * near I, so that the upper part of Q is not the larger one where there are many rows.
   */
  void initialise(Start start) {
    initialise(start, 1);
  }

  /**
   * The same with another size of the lower part.
   *
   * @param rest the length of the columns of Y
   */
  void initialise(Start start, double rest) {
    start.gaussian(name + SQUARE, 1 / Math.sqrt(2.0 * smaller()));
    if (rest() > 0) {
      start.gaussian(name + REST, rest / Math.sqrt(Math.max(rest(), smaller())));
    }
  }

  /**
   * The matrix.
   *
   * @throws FactorizationException if {@code I + A} has no inverse in floating point
   */
  Variable of(Map<String, Variable> parameters) {
    Optional<Variable> rest =
        rest() > 0 ? Optional.of(Rows.get(parameters, name + REST)) : Optional.empty();
    Variable tall =
        Rows.get(parameters, name + SQUARE)
            .cayley(rest)
            .orElseThrow(() -> new FactorizationException(name, "I + A"));
    return rows < columns ? tall.transposed() : tall;
  }
}
