package io.lipc.training.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.linalg.Dense;
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
      double[][] positive = Operation.map(a, x -> 0.3 + x * x);
      double[][] spd = new double[n][n];
      double[][] tall = gaussian(random, 2 * n + 2, n);
      Dense.addTransposedProduct(spd, tall, tall, 1);
      double[][] lower = Triangular.cholesky(spd).orElseThrow();
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
      cases.add(of(new Operation.Combine(-0.4), a, gaussian(random, n, m)));
      for (Operation.ScalarFunction function :
          List.of(
              new Operation.ScalarFunction.Affine(-2, 0.5),
              new Operation.ScalarFunction.Exp(),
              new Operation.ScalarFunction.Root(),
              new Operation.ScalarFunction.Absolute(),
              new Operation.ScalarFunction.Reciprocal())) {
        cases.add(of(new Operation.Elementwise(function), positive));
      }
      cases.add(
          of(
              new Operation.Elementwise(new Operation.ScalarFunction.Absolute()),
              Operation.map(positive, x -> -x)));
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
    double[][] value = test.operation().value(test.operands());
    double[][] adjoint = gaussian(new Random(3), value.length, value[0].length);
    List<double[][]> gradients = test.operation().pullBack(test.operands(), value, adjoint);

    assertThat(gradients).hasSameSizeAs(test.operands());
    for (int k = 0; k < gradients.size(); k++) {
      double[][] operand = test.operands().get(k);
      Random random = new Random(k);
      for (int trial = 0; trial < 5; trial++) {
        double[][] direction = gaussian(random, operand.length, operand[0].length);
        if (test.symmetric()) {
          direction = Operation.combine(direction, Dense.transpose(direction), Double::sum);
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
    moved.set(operand, Operation.combine(moved.get(operand), direction, (a, d) -> a + step * d));
    return inner(test.operation().value(moved), adjoint);
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
            Stream.of(Operation.class, Operation.ScalarFunction.class)
                .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                .toList());
  }

  @Test
  void triangularSolutionsSolve() {
    for (int n = 1; n <= 13; n++) {
      double[][] tall = gaussian(new Random(1), n + 3, n);
      double[][] a = Dense.smallerGram(tall);
      double[][] lower = Triangular.cholesky(a).orElseThrow();
      double[][] b = gaussian(new Random(2), n, 2);

      assertClose(Dense.product(lower, Dense.transpose(lower)), a);
      assertClose(Dense.product(lower, Triangular.solve(lower, b)), b);
      assertClose(Dense.product(Dense.transpose(lower), Triangular.solveTransposed(lower, b)), b);
      double[][] turned = Dense.transpose(b);
      assertThat(Triangular.solveOfTransposed(lower, turned))
          .isDeepEqualTo(Triangular.solve(lower, b));
      assertThat(Triangular.solveTransposedOfTransposed(lower, turned))
          .isDeepEqualTo(Triangular.solveTransposed(lower, b));
    }
  }

  @Test
  void largeProductsHaveTheBitsOfSmallOnes() {
    int n = 129;
    double[][] a = gaussian(new Random(4), n, n);
    double[][] transposed = MatrixProduct.transpose(a);
    double[][] plain = new double[n][n];
    MatrixProduct.accumulate(plain, a, transposed, n, n, n);

    assertThat(MatrixProduct.isLarge(n, n, n)).isTrue();
    assertThat(MatrixProduct.product(a, transposed)).isDeepEqualTo(plain);
    assertThat(Triangular.gram(a)).isDeepEqualTo(plain);
    assertThat(Triangular.lowerOfNegativeProduct(a, transposed)[n - 1])
        .containsExactly(Entries.scaled(plain, -1)[n - 1]);
  }

  /** One side of each size is large enough for other threads. */
  @Test
  void factorsOfShiftedGramMatricesHaveTheBitsOfThoseInSteps() {
    for (int n : new int[] {1, 3, 4, 13, 129}) {
      double[][] a = gaussian(new Random(5), n, 130);
      double[][] shifted =
          new Operation.ShiftDiagonal().value(List.of(Triangular.gram(a), scalar(0.7)));
      double[][] factor = Triangular.choleskyOfShiftedGram(a, 0.7).orElseThrow();

      assertThat(factor).isDeepEqualTo(Triangular.cholesky(shifted).orElseThrow());
      assertClose(Dense.product(factor, Dense.transpose(factor)), shifted);
    }
  }

  private static void assertClose(double[][] actual, double[][] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).containsExactly(expected[i], within(1e-12));
    }
  }

  @Test
  void matricesThatAreNotPositiveDefiniteHaveNoFactor() {
    assertThat(Triangular.cholesky(new double[][] {{1, 2}, {2, 1}})).isEmpty();
    assertThat(Triangular.cholesky(new double[][] {{1, 1}, {1, 1}})).isEmpty();
    assertThat(Triangular.cholesky(new double[][] {{Double.NaN}})).isEmpty();
    assertThat(Triangular.cholesky(new double[][] {{Double.POSITIVE_INFINITY}})).isEmpty();
    assertThat(Triangular.cholesky(new double[][] {{0}})).isEmpty();
  }

  @Test
  void reciprocalOfZeroIsZeroWithoutSlope() {
    Operation reciprocal = new Operation.Elementwise(new Operation.ScalarFunction.Reciprocal());
    double[][] zero = scalar(0);

    assertThat(reciprocal.value(List.<double[][]>of(zero))).isDeepEqualTo(zero);
    assertThat(reciprocal.pullBack(List.<double[][]>of(zero), zero, scalar(1)).getFirst())
        .isDeepEqualTo(zero);
  }
}
