package io.lipc.training.autodiff;

import io.lipc.linalg.Dense;
import io.lipc.linalg.Entries;
import io.lipc.linalg.MatrixProduct;
import io.lipc.linalg.Triangular;
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
   * @throws ArithmeticException where there is none
   */
  double[][] value(List<double[][]> operands);

  /**
   * The gradients {@code <adjoint, d value / d operand>}, one per operand, each an array of its
   * own.
   *
   * @param value what {@link #value} gave for these operands
   * @param adjoint of the size of {@code value}; taken over: it may be written, or be one of the
   *     gradients
   */
  List<double[][]> pullBack(List<double[][]> operands, double[][] value, double[][] adjoint);

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
    public double[][] value(List<double[][]> operands) {
      return MatrixProduct.product(operands.getFirst(), operands.getLast());
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      double[][] a = operands.getFirst();
      double[][] b = operands.getLast();
      return List.of(
          MatrixProduct.product(adjoint, MatrixProduct.transpose(b)),
          MatrixProduct.transposedProduct(a, adjoint));
    }
  }

  /** {@code A'}. */
  record Transpose() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return MatrixProduct.transpose(operands.getFirst());
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      return List.<double[][]>of(MatrixProduct.transpose(adjoint));
    }
  }

  /** {@code A A'}, symmetric to the last bit. */
  record Gram() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Triangular.gram(operands.getFirst());
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      Entries.addTransposed(adjoint);
      return List.<double[][]>of(MatrixProduct.product(adjoint, operands.getFirst()));
    }
  }

  /** {@code A + s I}, for a scalar s. */
  record ShiftDiagonal() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      double[][] shifted = Dense.copy(operands.getFirst());
      for (int i = 0; i < shifted.length; i++) {
        shifted[i][i] += operands.getLast()[0][0];
      }
      return shifted;
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      double trace = 0;
      for (int i = 0; i < adjoint.length; i++) {
        trace += adjoint[i][i];
      }
      return List.of(adjoint, new double[][] {{trace}});
    }
  }

  /** The lower triangular L with {@code L L' = A}, for a symmetric A. */
  record CholeskyFactor() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Triangular.cholesky(operands.getFirst())
          .orElseThrow(() -> new ArithmeticException("not positive definite"));
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      return List.<double[][]>of(CholeskyAdjoint.of(value, adjoint));
    }
  }

  /** The lower triangular L with {@code L L' = A A' + s I}, for a scalar s. */
  record ShiftedGramFactor() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Triangular.choleskyOfShiftedGram(operands.getFirst(), operands.getLast()[0][0])
          .orElseThrow(() -> new ArithmeticException("not positive definite"));
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      double[][] twice = CholeskyAdjoint.twice(value, adjoint);
      double trace = 0;
      for (int i = 0; i < twice.length; i++) {
        trace += twice[i][i] / 2;
      }
      return List.of(MatrixProduct.product(twice, operands.getFirst()), new double[][] {{trace}});
    }
  }

  /** {@code X = L^-1 B}: with {@code dX = L^-1 (dB - dL X)}, Bbar is {@code L^-T Xbar}. */
  record Solve() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Triangular.solve(operands.getFirst(), operands.getLast());
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      Triangular.solveTransposedInPlace(operands.getFirst(), adjoint);
      return List.of(
          Triangular.lowerOfNegativeProduct(adjoint, MatrixProduct.transpose(value)), adjoint);
    }
  }

  /** {@code X = L^-T B}: with {@code dX = L^-T (dB - dL' X)}, Bbar is {@code L^-1 Xbar}. */
  record SolveTransposed() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Triangular.solveTransposed(operands.getFirst(), operands.getLast());
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      Triangular.solveInPlace(operands.getFirst(), adjoint);
      return List.of(
          Triangular.lowerOfNegativeProduct(value, MatrixProduct.transpose(adjoint)), adjoint);
    }
  }

  /**
   * {@code X = B L^-T}: with {@code dX = (dB - X dL') L^-T}, Bbar is {@code Xbar L^-1} and Lbar
   * {@code -Bbar' X}.
   */
  record SolveRight() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return MatrixProduct.transpose(
          Triangular.solveOfTransposed(operands.getFirst(), operands.getLast()));
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      double[][] right = Triangular.solveTransposedOfTransposed(operands.getFirst(), adjoint);
      MatrixProduct.transpose(adjoint, right, right.length, right[0].length);
      return List.of(Triangular.lowerOfNegativeProduct(right, value), adjoint);
    }
  }

  /** {@code diag(d) A}, for a vector d. */
  record ScaleRows() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Entries.scaledRows(operands.getFirst(), operands.getLast());
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      double[][] factors = Entries.dots(adjoint, operands.getLast());
      Entries.scaleRows(operands.getFirst(), adjoint);
      return List.of(factors, adjoint);
    }
  }

  /** {@code s A diag(d)}, for a vector d and a scalar s. */
  record ScaleColumns() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Columns.scaled(factors(operands), scalar(operands), operands.getLast());
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
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
    public double[][] value(List<double[][]> operands) {
      return Entries.scaled(operands.getLast(), operands.getFirst()[0][0]);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
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
    public double[][] value(List<double[][]> operands) {
      return CayleyTransform.of(operands)
          .orElseThrow(() -> new ArithmeticException("no inverse in floating point"));
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      return CayleyTransform.pullBack(operands, value, adjoint);
    }
  }

  /** Some rows, one after the other. */
  record Slice(int from, int to) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Arrays.copyOfRange(operands.getFirst(), from, to);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      double[][] first = operands.getFirst();
      double[][] gradient = Entries.zeros(first.length, first[0].length);
      System.arraycopy(adjoint, 0, gradient, from, adjoint.length);
      return List.<double[][]>of(gradient);
    }
  }

  /** The rows of a kernel from the first {@code columns} columns of its taps. */
  record Interleave(int columns) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Interleaving.of(operands, columns);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      return Interleaving.pullBack(operands, columns, adjoint);
    }
  }

  /** The absolute sums of the autocorrelation of a kernel. */
  record AutocorrelationSums(Autocorrelation of) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return of.sums(operands.getFirst());
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      return List.<double[][]>of(of.pullBack(operands.getFirst(), adjoint));
    }
  }

  /** The kernel of the adjoint of a convolution. */
  record Adjoint(int taps) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return AdjointKernel.of(operands.getFirst(), taps);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      return List.<double[][]>of(AdjointKernel.of(adjoint, taps));
    }
  }

  /** {@code A + factor B}. */
  record Combine(double factor) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Entrywise.combine(operands.getFirst(), operands.getLast(), (a, b) -> a + factor * b);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      return List.of(adjoint, Entries.scaled(adjoint, factor));
    }
  }

  /** A function of each entry. */
  record Elementwise(ScalarFunction function) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Entrywise.map(operands.getFirst(), function::value);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      double[][] at = operands.getFirst();
      for (int i = 0; i < at.length; i++) {
        for (int j = 0; j < at[i].length; j++) {
          adjoint[i][j] *= function.slope(at[i][j]);
        }
      }
      return List.<double[][]>of(adjoint);
    }
  }
}
