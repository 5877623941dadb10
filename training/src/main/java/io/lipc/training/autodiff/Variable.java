package io.lipc.training.autodiff;

import io.lipc.linalg.Dense;
import io.lipc.linalg.Entries;
import io.lipc.linalg.Triangular;
import io.lipc.linalg.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A matrix together with how it was computed from others. Immutable; gradients are taken by {@link
 * Adjoints}.
 */
public final class Variable {

  private final double[][] value;
  private final Optional<Workspace> workspace;
  private final List<Variable> operands;
  private final Reverse reverse;
  private final long multiplications;
  private final int depth;

  /** Adjoints of the operands from the one of the value. */
  private interface Reverse extends Function<double[][], List<double[][]>> {}

  private Variable(
      double[][] value,
      Optional<Workspace> workspace,
      List<Variable> operands,
      Reverse reverse,
      long multiplications) {
    this.value = value;
    this.workspace = workspace;
    this.operands = operands;
    this.reverse = reverse;
    this.multiplications = multiplications;
    int deepest = -1;
    for (Variable operand : operands) {
      deepest = Math.max(deepest, operand.depth);
    }
    this.depth = 1 + deepest;
  }

  /**
   * A matrix that depends on nothing.
   *
   * @param value rows of one length, at least one row and one column, never written from now on
   */
  public static Variable of(double[][] value) {
    return new Variable(value, Optional.empty(), List.of(), _ -> List.of(), 0);
  }

  /**
   * A matrix that depends on nothing.
   *
   * @param value as in {@link #of(double[][])}
   * @param workspace what is computed from this variable, and its gradients, are computed in; after
   *     a {@link Workspace#reset} none of them may be used
   */
  public static Variable of(double[][] value, Workspace workspace) {
    return new Variable(value, Optional.of(workspace), List.of(), _ -> List.of(), 0);
  }

  /** The identity matrix. */
  public static Variable identity(int size) {
    return of(Dense.identity(size));
  }

  /** A column of ones. */
  public static Variable ones(int size) {
    return of(Entrywise.map(Entries.zeros(size, 1), _ -> 1));
  }

  private static Variable apply(Operation operation, Variable... operands) {
    Workspace workspace = workspace(operands);
    return apply(operation, operation.value(values(operands), workspace), workspace, operands);
  }

  private static Variable apply(
      Operation operation, double[][] value, Workspace workspace, Variable... operands) {
    List<double[][]> values = values(operands);
    return new Variable(
        value,
        Optional.of(workspace),
        List.of(operands),
        adjoint -> operation.pullBack(values, value, adjoint, workspace),
        operation.multiplications(values, value));
  }

  /** The workspace of the first operand that has one: constants have none. */
  private static Workspace workspace(Variable... operands) {
    for (Variable operand : operands) {
      if (operand.workspace.isPresent()) {
        return operand.workspace.get();
      }
    }
    return new Workspace();
  }

  private static List<double[][]> values(Variable... operands) {
    double[][][] values = new double[operands.length][][];
    Arrays.setAll(values, i -> operands[i].value);
    return List.<double[][]>of(values);
  }

  /** The rows, not to be written. */
  public double[][] value() {
    return value;
  }

  /** The number of rows. */
  public int rows() {
    return value.length;
  }

  /** The number of columns. */
  public int columns() {
    return value[0].length;
  }

  /** {@code A B}. */
  public Variable times(Variable b) {
    return apply(new Operation.Product(), this, b);
  }

  /** {@code A'}. */
  public Variable transposed() {
    return apply(new Operation.Transpose(), this);
  }

  /** {@code A A'}. */
  public Variable gram() {
    return apply(new Operation.Gram(), this);
  }

  /** {@code A + s I}, for a scalar s. */
  public Variable plusDiagonal(Variable s) {
    return apply(new Operation.ShiftDiagonal(), this, s);
  }

  /** {@code A + s I}. */
  public Variable plusDiagonal(double s) {
    return plusDiagonal(of(new double[][] {{s}}));
  }

  /**
   * The lower triangular L with {@code L L' = A}, for this symmetric A.
   *
   * @return empty if a pivot is not positive and finite
   */
  public Optional<Variable> cholesky() {
    Workspace used = workspace(this);
    return Triangular.cholesky(value, used)
        .map(lower -> apply(new Operation.CholeskyFactor(), lower, used, this));
  }

  /**
   * The lower triangular L with {@code L L' = A A' + s I}, for a scalar s.
   *
   * @return empty if a pivot is not positive and finite
   */
  public Optional<Variable> shiftedGramCholesky(Variable s) {
    Workspace used = workspace(this);
    return Triangular.choleskyOfShiftedGram(value, s.value[0][0], used)
        .map(lower -> apply(new Operation.ShiftedGramFactor(), lower, used, this, s));
  }

  /** {@code L^-1 B}, for this lower triangular L. */
  public Variable solve(Variable b) {
    return apply(new Operation.Solve(), this, b);
  }

  /** {@code L^-T B}, for this lower triangular L. */
  public Variable solveTransposed(Variable b) {
    return apply(new Operation.SolveTransposed(), this, b);
  }

  /** {@code B L^-T}, for this lower triangular L. */
  public Variable solveRight(Variable b) {
    return apply(new Operation.SolveRight(), this, b);
  }

  /**
   * The matrix {@code [2 R - I; -2 Y R]}, {@code R = (I + X - X' + Y'Y)^-1}, whose columns are
   * orthonormal whatever this square X and Y are.
   *
   * @param y of as many columns; absent where the result is square
   * @return empty if elimination meets a pivot that is zero or not finite
   */
  public Optional<Variable> cayley(Optional<Variable> y) {
    Variable[] operands = Stream.concat(Stream.of(this), y.stream()).toArray(Variable[]::new);
    return CayleyTransform.of(values(operands))
        .map(value -> apply(new Operation.Cayley(), value, workspace(operands), operands));
  }

  /**
   * Some rows.
   *
   * @param from the first one
   * @param to the one behind the last
   */
  public Variable slice(int from, int to) {
    return apply(new Operation.Slice(from, to), this);
  }

  /**
   * The rows of a kernel, {@code [outputs, inputs taps]}, from the first columns of its taps.
   *
   * @param taps matrices of one shape, at least one
   * @param inputs how many of their columns are used
   */
  public static Variable interleaved(List<Variable> taps, int inputs) {
    return apply(new Operation.Interleave(inputs), taps.toArray(Variable[]::new));
  }

  /**
   * The sums {@code sum_d |c_ij(d)|} of the autocorrelation of this kernel, {@code [outputs, inputs
   * height width]}: {@code |A A'|} where it has one tap.
   */
  public Variable autocorrelationSums(int height, int width) {
    int inputs = columns() / (height * width);
    Autocorrelation of = new Autocorrelation(inputs, height, width);
    return apply(new Operation.AutocorrelationSums(of), this);
  }

  /** The kernel of the adjoint of a convolution with this one: {@code A'} where it has one tap. */
  public Variable adjointKernel(int taps) {
    return apply(new Operation.Adjoint(taps), this);
  }

  /** {@code diag(d) A}, for this vector d. */
  public Variable scaleRows(Variable a) {
    return apply(new Operation.ScaleRows(), this, a);
  }

  /** {@code s A diag(d)}, for this vector d and a scalar s. */
  public Variable scaleColumns(Variable s, Variable a) {
    return apply(new Operation.ScaleColumns(), this, s, a);
  }

  /** {@code s A}, for this scalar s. */
  public Variable scale(Variable a) {
    return apply(new Operation.Scale(), this, a);
  }

  /** {@code A + B}. */
  public Variable plus(Variable b) {
    return apply(new Operation.Combine(1), this, b);
  }

  /** {@code A - B}. */
  public Variable minus(Variable b) {
    return apply(new Operation.Combine(-1), this, b);
  }

  /** {@code factor A}. */
  public Variable times(double factor) {
    return elementwise(new ScalarFunction.Affine(factor, 0));
  }

  /** {@code A_ij + shift}. */
  public Variable plus(double shift) {
    return elementwise(new ScalarFunction.Affine(1, shift));
  }

  /** {@code exp A_ij}. */
  public Variable exp() {
    return elementwise(new ScalarFunction.Exp());
  }

  /** The square root of each entry, for positive ones. */
  public Variable root() {
    return elementwise(new ScalarFunction.Root());
  }

  /** {@code |A_ij|}, whose slope at 0 is taken as 0. */
  public Variable absolute() {
    return elementwise(new ScalarFunction.Absolute());
  }

  /** {@code 1 / A_ij}, or 0, with slope 0, where {@code A_ij = 0}. */
  public Variable reciprocal() {
    return elementwise(new ScalarFunction.Reciprocal());
  }

  private Variable elementwise(ScalarFunction function) {
    return apply(new Operation.Elementwise(function), this);
  }

  List<Variable> operands() {
    return operands;
  }

  List<double[][]> pullBack(double[][] adjoint) {
    return reverse.apply(adjoint);
  }

  /** The approximate number of multiplications of a pull-back. */
  long multiplications() {
    return multiplications;
  }

  /** Greater than that of every operand. */
  int depth() {
    return depth;
  }
}
