package io.lipc.training.parameterization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ejml.dense.row.CommonOps_DDRM.add;
import static org.ejml.dense.row.CommonOps_DDRM.diag;
import static org.ejml.dense.row.CommonOps_DDRM.identity;
import static org.ejml.dense.row.CommonOps_DDRM.invert;
import static org.ejml.dense.row.CommonOps_DDRM.mult;
import static org.ejml.dense.row.CommonOps_DDRM.scale;
import static org.ejml.dense.row.CommonOps_DDRM.subtract;
import static org.ejml.dense.row.CommonOps_DDRM.transpose;

import io.lipc.formats.ElementType;
import io.lipc.training.autodiff.Variable;
import io.lipc.training.parameterization.Nets.Slope;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * LDLT-R against the formulas that it was derived from, with explicit inverses and for L itself
 * (CERTIFICATION, section 7): {@code (B + Sigma^-1 A Phi_K') Q^-1 (.)' = U^-T N_B N_B' U^-1} for
 * {@code Sigma = U U'}.
 */
class ResidualFormulaTest {

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 0.5", "3, 1"})
  void theLastLayerIsTheOneOfTheTheorem(int hidden, double bound) {
    int[][] widths = {{4, 5, 3}, {4, 5, 6, 3}, {3, 6, 4, 5, 4}};
    Nets net = Nets.residual(bound, Slope.RELU, widths[hidden - 1]);
    double[] parameters = net.random(new Random(8), 1);
    Materialized weights = net.construction().materialize(parameters);
    DMatrixRMaj a = tensor(net, weights, "skip.weight");
    DMatrixRMaj pivot = minus(scaled(bound * bound, a.numCols), times(transposed(a), a));
    DMatrixRMaj phi = scaled(1, a.numCols);
    DMatrixRMaj sigma = scaled(1, a.numRows);
    for (int k = 1; k <= hidden; k++) {
      DMatrixRMaj through = times(a, transposed(phi));
      sigma = plus(sigma, times(through, inverse(pivot), transposed(through)));
      DMatrixRMaj lambda = diag(weights.multipliers().get(k - 1));
      DMatrixRMaj lambdaW = times(lambda, tensor(net, weights, "h" + k + ".weight"));
      DMatrixRMaj next =
          minus(plus(lambda, lambda), times(lambdaW, inverse(pivot), transposed(lambdaW)));
      phi = times(lambdaW, inverse(pivot), phi);
      pivot = next;
    }
    DMatrixRMaj cross = times(inverse(sigma), a, transposed(phi));
    DMatrixRMaj last = times(phi, transposed(a), inverse(sigma), a, transposed(phi));
    DMatrixRMaj free = plus(tensor(net, weights, "last.weight"), cross);
    DMatrixRMaj actual = times(free, inverse(plus(pivot, last)), transposed(free));

    DMatrixRMaj factor = new DMatrixRMaj(Variable.of(rows(sigma)).cholesky().orElseThrow().value());
    DMatrixRMaj whitened = times(transposed(factor), actual, factor);
    DMatrixRMaj contraction = contraction(net, parameters);
    assertThat(whitened.data)
        .containsExactly(times(contraction, transposed(contraction)).data, within(1e-9));
  }

  /** N_B. */
  private static DMatrixRMaj contraction(Nets net, double[] parameters) {
    Layout layout = new Layout(net.construction().freeParameters());
    return new DMatrixRMaj(
        Contraction.of(layout.read(parameters).matrices(), "last.weight").matrix().value());
  }

  private static DMatrixRMaj tensor(Nets net, Materialized weights, String name) {
    List<Integer> shape = net.weights(weights, ElementType.F64).tensor(name).orElseThrow().shape();
    return DMatrixRMaj.wrap(
        shape.getFirst(), shape.getLast(), Rows.get(weights.tensors(), name).clone());
  }

  private static double[][] rows(DMatrixRMaj a) {
    return Rows.of(a.data, a.numRows, a.numCols);
  }

  private static DMatrixRMaj scaled(double factor, int size) {
    DMatrixRMaj identity = identity(size);
    scale(factor, identity);
    return identity;
  }

  private static DMatrixRMaj times(DMatrixRMaj first, DMatrixRMaj... others) {
    DMatrixRMaj product = first;
    for (DMatrixRMaj other : others) {
      product = mult(product, other, null);
    }
    return product;
  }

  private static DMatrixRMaj plus(DMatrixRMaj a, DMatrixRMaj b) {
    return add(a, b, null);
  }

  private static DMatrixRMaj minus(DMatrixRMaj a, DMatrixRMaj b) {
    return subtract(a, b, null);
  }

  private static DMatrixRMaj transposed(DMatrixRMaj a) {
    return transpose(a, null);
  }

  private static DMatrixRMaj inverse(DMatrixRMaj a) {
    DMatrixRMaj inverse = new DMatrixRMaj(a.numRows, a.numCols);
    assertThat(invert(a, inverse)).isTrue();
    return inverse;
  }
}
