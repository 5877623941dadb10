package io.lipc.training.autodiff;

import io.lipc.linalg.Entries;
import io.lipc.linalg.MatrixProduct;
import io.lipc.linalg.Triangular;
import io.lipc.linalg.Workspace;
import java.util.Arrays;
import java.util.List;

/**
 * A function of matrices and its reverse mode. Scalars are matrices of one entry, vectors are
 * matrices of one column.
 */
sealed interface Operation {

  /**
   * The value.
   *
   * @param workspace what it is computed in, and may be taken from
   * @throws ArithmeticException where there is none
   */
  double[][] value(List<double[][]> operands, Workspace workspace);

  /**
   * The gradients {@code <adjoint, d value / d operand>}, one per operand, each an array of its
   * own.
   *
   * @param value what {@link #value} gave for these operands
   * @param adjoint of the size of {@code value}; taken over: it may be written, or be one of the
   *     gradients
   * @param workspace what gradients are computed in, and may be taken from
   */
  List<double[][]> pullBack(
      List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace);

  /** The multiplications of {@link #pullBack}, roughly: 0 where they are few per entry. */
  default long multiplications(List<double[][]> operands, double[][] value) {
    double[][] first = operands.getFirst();
    long entries = (long) first.length * first[0].length;
    return switch (this) {
      case Product _, Gram _, CholeskyFactor _, ShiftedGramFactor _, Solve _, SolveTransposed _ ->
          entries * value[0].length;
      case SolveRight _ -> entries * value.length;
      case Cayley _ -> 4 * entries * value.length;
      case AutocorrelationSums sums -> entries * value.length * sums.of().area();
      case Slice _,
          Interleave _,
          Adjoint _,
          Transpose _,
          ShiftDiagonal _,
          ScaleRows _,
          ScaleColumns _,
          Scale _,
          Combine _,
          Elementwise _ ->
          0;
    };
  }

  /** {@code A B}. */
  record Product() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return MatrixProduct.product(operands.getFirst(), operands.getLast(), workspace);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      double[][] a = operands.getFirst();
      double[][] b = operands.getLast();
      return List.of(
          MatrixProduct.product(adjoint, workspace.takeTransposed(b), workspace),
          MatrixProduct.transposedProduct(a, adjoint, workspace));
    }
  }

  /** {@code A'}. */
  record Transpose() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return workspace.takeTransposed(operands.getFirst());
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      return List.<double[][]>of(workspace.takeTransposed(adjoint));
    }
  }

  /** {@code A A'}, symmetric to the last bit. */
  record Gram() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return Triangular.gram(operands.getFirst(), workspace);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      Entries.addTransposed(adjoint);
      return List.<double[][]>of(MatrixProduct.product(adjoint, operands.getFirst(), workspace));
    }
  }

  /** {@code A + s I}, for a scalar s. */
  record ShiftDiagonal() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      double[][] shifted = workspace.takeCopy(operands.getFirst());
      for (int i = 0; i < shifted.length; i++) {
        shifted[i][i] += operands.getLast()[0][0];
      }
      return shifted;
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      return List.of(adjoint, new double[][] {{Entries.trace(adjoint)}});
    }
  }

  /** The lower triangular L with {@code L L' = A}, for a symmetric A. */
  record CholeskyFactor() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return Triangular.cholesky(operands.getFirst(), workspace)
          .orElseThrow(() -> new ArithmeticException("not positive definite"));
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      return List.<double[][]>of(CholeskyAdjoint.of(value, adjoint, workspace));
    }
  }

  /** The lower triangular L with {@code L L' = A A' + s I}, for a scalar s. */
  record ShiftedGramFactor() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return Triangular.choleskyOfShiftedGram(
              operands.getFirst(), operands.getLast()[0][0], workspace)
          .orElseThrow(() -> new ArithmeticException("not positive definite"));
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      double[][] twice = CholeskyAdjoint.twice(value, adjoint, workspace);
      return List.of(
          MatrixProduct.product(twice, operands.getFirst(), workspace),
          new double[][] {{Entries.trace(twice) / 2}});
    }
  }

  /** {@code X = L^-1 B}: with {@code dX = L^-1 (dB - dL X)}, Bbar is {@code L^-T Xbar}. */
  record Solve() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return Triangular.solve(operands.getFirst(), operands.getLast(), workspace);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      Triangular.solveTransposedInPlace(operands.getFirst(), adjoint);
      double[][] transposed = workspace.borrowTransposed(value);
      double[][] factor = Triangular.lowerOfNegativeProduct(adjoint, transposed, workspace);
      workspace.giveBack(transposed);
      return List.of(factor, adjoint);
    }
  }

  /** {@code X = L^-T B}: with {@code dX = L^-T (dB - dL' X)}, Bbar is {@code L^-1 Xbar}. */
  record SolveTransposed() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return Triangular.solveTransposed(operands.getFirst(), operands.getLast(), workspace);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      Triangular.solveInPlace(operands.getFirst(), adjoint);
      double[][] transposed = workspace.takeTransposed(adjoint);
      return List.of(Triangular.lowerOfNegativeProduct(value, transposed, workspace), adjoint);
    }
  }

  /**
   * {@code X = B L^-T}: with {@code dX = (dB - X dL') L^-T}, Bbar is {@code Xbar L^-1} and Lbar
   * {@code -Bbar' X}.
   */
  record SolveRight() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      double[][] transposed = workspace.borrowTransposed(operands.getLast());
      Triangular.solveInPlace(operands.getFirst(), transposed);
      double[][] x = workspace.takeTransposed(transposed);
      workspace.giveBack(transposed);
      return x;
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      double[][] right = workspace.borrowTransposed(adjoint);
      Triangular.solveTransposedInPlace(operands.getFirst(), right);
      MatrixProduct.transpose(adjoint, right, right.length, right[0].length);
      double[][] factor = Triangular.lowerOfNegativeProduct(right, value, workspace);
      workspace.giveBack(right);
      return List.of(factor, adjoint);
    }
  }

  /** {@code diag(d) A}, for a vector d. */
  record ScaleRows() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      double[][] a = operands.getLast();
      double[][] scaled = workspace.take(a.length, a[0].length);
      Entries.scaleRows(operands.getFirst(), a, scaled);
      return scaled;
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      double[][] factors = Entries.dots(adjoint, operands.getLast());
      Entries.scaleRows(operands.getFirst(), adjoint, adjoint);
      return List.of(factors, adjoint);
    }
  }

  /** {@code s A diag(d)}, for a vector d and a scalar s. */
  record ScaleColumns() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      double[][] a = operands.getLast();
      double[][] scaled = workspace.take(a.length, a[0].length);
      Columns.scale(factors(operands), scalar(operands), a, scaled);
      return scaled;
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      Columns.Adjoints adjoints =
          Columns.adjoints(factors(operands), scalar(operands), operands.getLast(), adjoint);
      double inner = 0;
      for (double dot : adjoints.scalar()) {
        inner += dot;
      }
      return List.of(
          MatrixProduct.transpose(new double[][] {adjoints.factors()}),
          new double[][] {{inner}},
          adjoint);
    }

    private static double[] factors(List<double[][]> operands) {
      return MatrixProduct.transpose(operands.getFirst())[0];
    }

    private static double scalar(List<double[][]> operands) {
      return operands.get(1)[0][0];
    }
  }

  /** {@code s A}, for a scalar s. */
  record Scale() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      double[][] scaled = workspace.takeCopy(operands.getLast());
      Entries.scale(scaled, operands.getFirst()[0][0]);
      return scaled;
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      double inner = 0;
      for (double[] dot : Entries.dots(adjoint, operands.getLast())) {
        inner += dot[0];
      }
      Entries.scale(adjoint, operands.getFirst()[0][0]);
      return List.of(new double[][] {{inner}}, adjoint);
    }
  }

  /** The matrix Q of orthonormal columns that belongs to X, and to Y where there is one. */
  record Cayley() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return CayleyTransform.of(operands)
          .orElseThrow(() -> new ArithmeticException("no inverse in floating point"));
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      return CayleyTransform.pullBack(operands, value, adjoint);
    }
  }

  /** Some rows, one after the other. */
  record Slice(int from, int to) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return Arrays.copyOfRange(operands.getFirst(), from, to);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      double[][] first = operands.getFirst();
      double[][] gradient = Entries.zeros(first.length, first[0].length);
      System.arraycopy(adjoint, 0, gradient, from, adjoint.length);
      return List.<double[][]>of(gradient);
    }
  }

  /** The rows of a kernel from the first {@code columns} columns of its taps. */
  record Interleave(int columns) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return Interleaving.of(operands, columns);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      return Interleaving.pullBack(operands, columns, adjoint);
    }
  }

  /** The absolute sums of the autocorrelation of a kernel. */
  record AutocorrelationSums(Autocorrelation of) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return of.sums(operands.getFirst());
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      return List.<double[][]>of(of.pullBack(operands.getFirst(), adjoint));
    }
  }

  /** The kernel of the adjoint of a convolution. */
  record Adjoint(int taps) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return AdjointKernel.of(operands.getFirst(), taps);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      return List.<double[][]>of(AdjointKernel.of(adjoint, taps));
    }
  }

  /** {@code A + factor B}. */
  record Combine(double factor) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return Entrywise.combine(operands.getFirst(), operands.getLast(), (a, b) -> a + factor * b);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      return List.of(adjoint, Entries.scaled(adjoint, factor));
    }
  }

  /** A function of each entry. */
  record Elementwise(ScalarFunction function) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands, Workspace workspace) {
      return Entrywise.map(operands.getFirst(), function::value);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint, Workspace workspace) {
      Entrywise.multiplyBySlopes(function, operands.getFirst(), value, adjoint);
      return List.<double[][]>of(adjoint);
    }
  }
}
