package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Variable;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The free parameters at the start of training, filled in one by one; those that are not named are
 * zero.
 */
final class Start {

  private final Layout layout;
  private final RandomGenerator random;
  private final Map<String, double[][]> values = new TreeMap<>();

  Start(Layout layout, RandomGenerator random) {
    this.layout = layout;
    this.random = random;
    for (FreeParameter parameter : layout.parameters()) {
      values.put(parameter.name(), new double[parameter.rows()][parameter.columns()]);
    }
  }

  void constant(String name, double value) {
    Arrays.stream(Rows.get(values, name)).forEach(row -> Arrays.fill(row, value));
  }

  /** Orthonormal rows, or columns where these are fewer, of a random direction. */
  void orthonormal(String name) {
    double[][] shape = Rows.get(values, name);
    values.put(name, orthonormal(name, shape.length, shape[0].length));
  }

  /** The same for one tap of a kernel, {@code [rows, columns taps]}; the others are zero. */
  void orthonormalTap(String name, int taps, int tap) {
    double[][] kernel = Rows.get(values, name);
    double[][] matrix = orthonormal(name, kernel.length, kernel[0].length / taps);
    for (int i = 0; i < kernel.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        kernel[i][j * taps + tap] = matrix[i][j];
      }
    }
  }

  private double[][] orthonormal(String name, int rows, int columns) {
    Variable gaussian = Variable.of(gaussian(Math.min(rows, columns), Math.max(rows, columns)));
    Variable factor =
        gaussian
            .gram()
            .cholesky()
            .orElseThrow(() -> new FactorizationException(name, "a Gaussian sample's G G'"));
    Variable orthonormal = factor.solve(gaussian);
    return (rows <= columns ? orthonormal : orthonormal.transposed()).value();
  }

  /** Independent normal numbers. */
  void gaussian(String name, double deviation) {
    double[][] shape = Rows.get(values, name);
    values.put(name, Variable.of(gaussian(shape.length, shape[0].length)).times(deviation).value());
  }

  private double[][] gaussian(int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      Arrays.setAll(row, _ -> random.nextGaussian());
    }
    return matrix;
  }

  double[] parameters() {
    return layout.flat(values);
  }
}
