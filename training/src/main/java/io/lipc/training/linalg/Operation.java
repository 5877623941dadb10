package io.lipc.training.linalg;

import io.lipc.certifier.linalg.Dense;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

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
   * The gradients {@code <adjoint, d value / d operand>}, one per operand.
   *
   * @param value what {@link #value} gave for these operands
   * @param adjoint of the size of {@code value}
   */
  List<double[][]> pullBack(List<double[][]> operands, double[][] value, double[][] adjoint);

  /** {@code A B}. */
  record Product() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Dense.product(operands.getFirst(), operands.getLast());
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      double[][] a = operands.getFirst();
      double[][] b = operands.getLast();
      return List.of(Dense.product(adjoint, Dense.transpose(b)), transposedProduct(a, adjoint));
    }
  }

  /** {@code A'}. */
  record Transpose() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return Dense.transpose(operands.getFirst());
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      return List.<double[][]>of(Dense.transpose(adjoint));
    }
  }

  /** {@code A A'}, symmetric to the last bit. */
  record Gram() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      double[][] a = operands.getFirst();
      return Dense.product(a, Dense.transpose(a));
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      double[][] twice = combine(adjoint, Dense.transpose(adjoint), Double::sum);
      return List.<double[][]>of(Dense.product(twice, operands.getFirst()));
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
      return List.<double[][]>of(Triangular.choleskyPullBack(value, adjoint));
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
      double[][] right = Triangular.solveTransposed(operands.getFirst(), adjoint);
      double[][] factor = Dense.product(right, Dense.transpose(value));
      return List.of(map(Triangular.lowerTriangle(factor), x -> -x), right);
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
      double[][] right = Triangular.solve(operands.getFirst(), adjoint);
      double[][] factor = Dense.product(value, Dense.transpose(right));
      return List.of(map(Triangular.lowerTriangle(factor), x -> -x), right);
    }
  }

  /** {@code diag(d) A}, for a vector d. */
  record ScaleRows() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      double[][] scaled = Dense.copy(operands.getLast());
      for (int i = 0; i < scaled.length; i++) {
        double factor = operands.getFirst()[i][0];
        for (int j = 0; j < scaled[i].length; j++) {
          scaled[i][j] *= factor;
        }
      }
      return scaled;
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      double[][] factors = new double[adjoint.length][1];
      for (int i = 0; i < adjoint.length; i++) {
        factors[i][0] = Dense.dot(adjoint[i], operands.getLast()[i]);
      }
      return List.of(factors, value(List.of(operands.getFirst(), adjoint)));
    }
  }

  /** {@code s A}, for a scalar s. */
  record Scale() implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      double factor = operands.getFirst()[0][0];
      return map(operands.getLast(), x -> factor * x);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      double inner = 0;
      for (int i = 0; i < adjoint.length; i++) {
        inner += Dense.dot(adjoint[i], operands.getLast()[i]);
      }
      return List.of(new double[][] {{inner}}, value(List.of(operands.getFirst(), adjoint)));
    }
  }

  /** {@code A + factor B}. */
  record Combine(double factor) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return combine(operands.getFirst(), operands.getLast(), (a, b) -> a + factor * b);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      return List.of(adjoint, map(adjoint, x -> factor * x));
    }
  }

  /** A function of each entry. */
  record Elementwise(ScalarFunction function) implements Operation {
    @Override
    public double[][] value(List<double[][]> operands) {
      return map(operands.getFirst(), function::value);
    }

    @Override
    public List<double[][]> pullBack(
        List<double[][]> operands, double[][] value, double[][] adjoint) {
      double[][] slopes = map(operands.getFirst(), function::slope);
      return List.<double[][]>of(combine(adjoint, slopes, (a, b) -> a * b));
    }
  }

  /** A function of one number. */
  sealed interface ScalarFunction {
    double value(double x);

    double slope(double x);

    /** {@code factor x + shift}. */
    record Affine(double factor, double shift) implements ScalarFunction {
      @Override
      public double value(double x) {
        return factor * x + shift;
      }

      @Override
      public double slope(double x) {
        return factor;
      }
    }

    /** The exponential, on every machine the same: trained bytes can be made again. */
    record Exp() implements ScalarFunction {
      @Override
      public double value(double x) {
        return StrictMath.exp(x);
      }

      @Override
      public double slope(double x) {
        return StrictMath.exp(x);
      }
    }

    /** The square root of a positive number. */
    record Root() implements ScalarFunction {
      @Override
      public double value(double x) {
        return Math.sqrt(x);
      }

      @Override
      public double slope(double x) {
        return 0.5 / Math.sqrt(x);
      }
    }

    /** {@code |x|}; its slope at 0 is taken as 0. */
    record Absolute() implements ScalarFunction {
      @Override
      public double value(double x) {
        return Math.abs(x);
      }

      @Override
      public double slope(double x) {
        return Math.signum(x);
      }
    }

    /** {@code 1 / x}, and 0 with slope 0 at 0. */
    record Reciprocal() implements ScalarFunction {
      @Override
      public double value(double x) {
        return x == 0 ? 0 : 1 / x;
      }

      @Override
      public double slope(double x) {
        return x == 0 ? 0 : -1 / x / x;
      }
    }
  }

  private static double[][] transposedProduct(double[][] a, double[][] b) {
    double[][] product = new double[a[0].length][b[0].length];
    Dense.addTransposedProduct(product, a, b, 1);
    return product;
  }

  /** The function of each entry. */
  static double[][] map(double[][] a, DoubleUnaryOperator function) {
    double[][] image = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        image[i][j] = function.applyAsDouble(a[i][j]);
      }
    }
    return image;
  }

  /** The function of each pair of entries. */
  static double[][] combine(double[][] a, double[][] b, DoubleBinaryOperator function) {
    double[][] image = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        image[i][j] = function.applyAsDouble(a[i][j], b[i][j]);
      }
    }
    return image;
  }
}
