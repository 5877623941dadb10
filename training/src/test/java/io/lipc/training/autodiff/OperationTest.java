package io.lipc.training.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Triangular;
import io.lipc.linalg.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperationTest {

  private static final double STEP = 1e-5;

  /** Never reset: nothing that comes out is written again. */
  private static final Workspace WORKSPACE = new Workspace();

  /** An operation at a point where it is smooth; symmetric operands are moved symmetrically. */
  record Case(Operation operation, boolean symmetric, List<double[][]> operands) {
    @Override
    public String toString() {
      return operation + " of " + operands.stream().map(a -> a.length + "x" + a[0].length).toList();
    }
  }

  static Stream<Case> cases() {
    Random random = new Random(7);
    List<Case> cases = new ArrayList<>();
    for (int[] size : new int[][] {{1, 1}, {3, 2}, {2, 5}, {4, 4}, {11, 9}}) {
      int n = size[0];
      int m = size[1];
      double[][] a = gaussian(random, n, m);
      double[][] positive = Entrywise.map(a, x -> 0.3 + x * x);
      double[][] spd = new double[n][n];
      double[][] tall = gaussian(random, 2 * n + 2, n);
      Dense.addTransposedProduct(spd, tall, tall, 1, Deadline.NONE);
      double[][] lower = Triangular.cholesky(spd, WORKSPACE).orElseThrow();
      cases.add(of(new Operation.Product(), a, gaussian(random, m, 3)));
      cases.add(of(new Operation.Transpose(), a));
      cases.add(of(new Operation.Gram(), a));
      cases.add(of(new Operation.ShiftDiagonal(), gaussian(random, n, n), scalar(0.7)));
      cases.add(new Case(new Operation.CholeskyFactor(), true, List.<double[][]>of(spd)));
      cases.add(of(new Operation.ShiftedGramFactor(), a, scalar(0.7)));
      cases.add(of(new Operation.Solve(), lower, a));
      cases.add(of(new Operation.SolveTransposed(), lower, a));
      cases.add(of(new Operation.SolveRight(), lower, gaussian(random, m, n)));
      cases.add(of(new Operation.ScaleRows(), gaussian(random, n, 1), a));
      cases.add(of(new Operation.ScaleColumns(), gaussian(random, m, 1), scalar(-1.3), a));
      cases.add(of(new Operation.Scale(), scalar(-1.3), a));
      cases.add(of(new Operation.Cayley(), gaussian(random, n, n)));
      cases.add(of(new Operation.Cayley(), gaussian(random, m, m), gaussian(random, n, m)));
      cases.add(of(new Operation.Slice(n / 2, n), a));
      cases.add(of(new Operation.Interleave(m), a, gaussian(random, n, m)));
      cases.add(
          of(
              new Operation.Interleave(1),
              a,
              gaussian(random, n, m),
              gaussian(random, n, m),
              gaussian(random, n, m)));
      cases.add(
          of(
              new Operation.AutocorrelationSums(new Autocorrelation(m, 1, 1)),
              gaussian(random, n, m)));
      cases.add(
          of(
              new Operation.AutocorrelationSums(new Autocorrelation(m, 2, 3)),
              gaussian(random, n, 6 * m)));
      cases.add(of(new Operation.Adjoint(6), gaussian(random, n, 6 * m)));
      cases.add(of(new Operation.Combine(-0.4), a, gaussian(random, n, m)));
      for (ScalarFunction function :
          List.of(
              new ScalarFunction.Affine(-2, 0.5),
              new ScalarFunction.Exp(),
              new ScalarFunction.Root(),
              new ScalarFunction.Absolute(),
              new ScalarFunction.Reciprocal())) {
        cases.add(of(new Operation.Elementwise(function), positive));
      }
      cases.add(
          of(
              new Operation.Elementwise(new ScalarFunction.Absolute()),
              Entrywise.map(positive, x -> -x)));
    }
    return cases.stream();
  }

  private static Case of(Operation operation, double[][]... operands) {
    return new Case(operation, false, List.of(operands));
  }

  private static double[][] scalar(double value) {
    return new double[][] {{value}};
  }

  private static double[][] gaussian(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    Arrays.stream(matrix).forEach(row -> Arrays.setAll(row, _ -> random.nextGaussian()));
    return matrix;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void adjointsAgreeWithCentralDifferences(Case test) {
    double[][] value = test.operation().value(test.operands(), WORKSPACE);
    double[][] adjoint = gaussian(new Random(3), value.length, value[0].length);
    List<double[][]> gradients =
        test.operation().pullBack(test.operands(), value, Dense.copy(adjoint), WORKSPACE);

    assertThat(gradients).hasSameSizeAs(test.operands());
    for (int k = 0; k < gradients.size(); k++) {
      double[][] operand = test.operands().get(k);
      Random random = new Random(k);
      for (int trial = 0; trial < 5; trial++) {
        double[][] direction = gaussian(random, operand.length, operand[0].length);
        if (test.symmetric()) {
          direction = Entrywise.combine(direction, Dense.transpose(direction), Double::sum);
        }
        double expected =
            (along(test, k, direction, STEP, adjoint) - along(test, k, direction, -STEP, adjoint))
                / (2 * STEP);
        assertThat(inner(gradients.get(k), direction))
            .isCloseTo(expected, within(1e-7 * (1 + Math.abs(expected))));
      }
    }
  }

  private static double along(
      Case test, int operand, double[][] direction, double step, double[][] adjoint) {
    List<double[][]> moved = new ArrayList<>(test.operands());
    moved.set(operand, Entrywise.combine(moved.get(operand), direction, (a, d) -> a + step * d));
    return inner(test.operation().value(moved, WORKSPACE), adjoint);
  }

  private static double inner(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Dense.dot(a[i], b[i]);
    }
    return sum;
  }

  @Test
  void everyOperationAndFunctionIsAmongTheCases() {
    Set<Class<?>> tested =
        cases()
            .map(Case::operation)
            .flatMap(
                operation ->
                    operation instanceof Operation.Elementwise elementwise
                        ? Stream.of(operation.getClass(), elementwise.function().getClass())
                        : Stream.of(operation.getClass()))
            .collect(Collectors.toSet());

    assertThat(tested)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Operation.class, ScalarFunction.class)
                .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                .toList());
  }

  @Test
  void reciprocalOfZeroIsZeroWithoutSlope() {
    Operation reciprocal = new Operation.Elementwise(new ScalarFunction.Reciprocal());
    double[][] zero = scalar(0);

    assertThat(reciprocal.value(List.<double[][]>of(zero), WORKSPACE)).isDeepEqualTo(zero);
    assertThat(
            reciprocal.pullBack(List.<double[][]>of(zero), zero, scalar(1), WORKSPACE).getFirst())
        .isDeepEqualTo(zero);
  }
}
