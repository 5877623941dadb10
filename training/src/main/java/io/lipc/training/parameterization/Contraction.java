package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Variable;
import java.util.Map;
import java.util.function.Function;

/**
 * The strict contraction {@code N = C^-1 V}, with C the Cholesky factor of {@code V V' + a I} and
 * {@code a = exp(alpha) + FLOOR}. It is {@code I - N N' = a C^-1 C^-T > 0}, and every N with {@code
 * ||N|| < 1} is of this form up to a rotation of rows, for every a: {@code V = sqrt(a) (I - N
 * N')^-1/2 N}.
 *
 * @param direction V
 * @param shift a
 * @param factor C
 * @param matrix N
 */
record Contraction(Variable direction, Shift shift, Variable factor, Variable matrix) {

  /**
   * The least value of a. It keeps {@code V V' + a I} definite in floating point while {@code n ||V
   * V'||} stays below {@code 2^32}, n rows, and takes nothing away: V may grow instead.
   */
  static final double FLOOR = 0x1p-20;

  /** The alpha where V starts that need not leave room: singular values of N are 0.99. */
  static final double NEAR_ISOMETRY = -4;

  private static final String DIRECTION = ".v";
  private static final String SHIFT = ".alpha";

  /** The free parameters of a contraction of {@code rows x columns}. */
  static void declare(Layout.Builder layout, String layer, int rows, int columns) {
    layout.add(layer + DIRECTION, rows, columns).add(layer + SHIFT, 1, 1);
  }

  /** The free parameters of a contraction that is the matrix of a layer, and its bias. */
  static void declare(Layout.Builder layout, LinearLayer layer) {
    declare(layout, layer.weight(), layer.outputs(), layer.inputs());
    layout.add(layer.bias(), layer.outputs());
  }

  /**
   * Values for a start: V of orthonormal rows or columns, so that every singular value of N is
   * {@code (1 + a)^-1/2} with {@code a = exp(alpha) + FLOOR}.
   */
  static void initialise(Start start, String layer, double alpha) {
    start.orthonormal(layer + DIRECTION);
    start.constant(layer + SHIFT, alpha);
  }

  /**
   * The contraction of a layer.
   *
   * @throws FactorizationException if {@code V V' + a I} has no factor in floating point
   */
  static Contraction of(Map<String, Variable> parameters, String layer) {
    return of(parameters, layer, Shift::factorLast);
  }

  static Contraction of(
      Map<String, Variable> parameters, String layer, Function<Variable, Shift> uses) {
    Variable direction = Rows.get(parameters, layer + DIRECTION);
    Shift shift = uses.apply(Rows.get(parameters, layer + SHIFT).exp().plus(FLOOR));
    Variable factor =
        direction
            .shiftedGramCholesky(shift.inFactor())
            .orElseThrow(() -> new FactorizationException(layer, "V V' + a I"));
    return new Contraction(direction, shift, factor, factor.solve(direction));
  }

  /** {@code a^-1/2 V}. */
  Variable directionOverRoot() {
    return shift.inDirection().root().reciprocal().scale(direction);
  }

  /**
   * {@code sqrt(a) X C^-T diag(d)}, for a column d: X times the transpose of a factor of {@code
   * diag(d) (I - N N') diag(d)}.
   */
  Variable timesComplement(Variable x, Variable d) {
    return d.scaleColumns(shift.inComplement().root(), factor.solveRight(x));
  }

  /** {@code sqrt(a) C^-1 X}: the product of a factor of {@code I - N N'} with X. */
  Variable complementTimes(Variable x) {
    return shift.inComplement().root().scale(factor.solve(x));
  }
}
