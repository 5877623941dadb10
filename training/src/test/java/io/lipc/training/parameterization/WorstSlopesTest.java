package io.lipc.training.parameterization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ejml.dense.row.CommonOps_DDRM.add;
import static org.ejml.dense.row.CommonOps_DDRM.mult;
import static org.ejml.dense.row.CommonOps_DDRM.multRows;
import static org.ejml.dense.row.CommonOps_DDRM.multTransA;

import io.lipc.model.Interval;
import io.lipc.training.parameterization.Nets.Slope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An attack on the LDL^T constructions. Where each element of an activation has a slope of its own,
 * a network is a matrix, and its norm is what two inputs next to each other may reach. The norm is
 * convex in the slopes of each layer, so the worst ones are ends of the interval; a search looks
 * for them by the singular vectors of the largest singular value, and by single changes. Pairs of
 * inputs at random stay far below what it finds.
 */
class WorstSlopesTest {

  private static final int STARTS = 12;
  private static final double[] FACTORS = {1, 20};

  /** {@code A + W_n D_(n-1) ... D_1 W_1}, with zeros for A where there is no skip. */
  private record Product(DMatrixRMaj skip, List<DMatrixRMaj> weights) {

    static Product of(Nets net, Materialized made) {
      boolean skips = net.construction() instanceof LdltResidual;
      List<DMatrixRMaj> weights = new ArrayList<>();
      int inputs = net.layers().getFirst().shape().size();
      int hidden = made.multipliers().size();
      for (int k = 1; k <= hidden; k++) {
        weights.add(tensor(made, "h" + k, k == 1 ? inputs : weights.getLast().numRows));
      }
      weights.add(tensor(made, "last", hidden == 0 ? inputs : weights.getLast().numRows));
      DMatrixRMaj none = new DMatrixRMaj(weights.getLast().numRows, inputs);
      return new Product(skips ? tensor(made, "skip", inputs) : none, weights);
    }

    private static DMatrixRMaj tensor(Materialized made, String layer, int columns) {
      double[] values = Rows.get(made.tensors(), layer + ".weight").clone();
      return DMatrixRMaj.wrap(values.length / columns, columns, values);
    }

    /** The product of the first {@code count} weights, but for slopes behind the last of them. */
    DMatrixRMaj first(List<double[]> slopes, int count) {
      DMatrixRMaj product = weights.getFirst().copy();
      for (int k = 1; k < count; k++) {
        multRows(slopes.get(k - 1), product);
        product = mult(weights.get(k), product, null);
      }
      return product;
    }

    DMatrixRMaj whole(List<double[]> slopes) {
      return add(skip, first(slopes, weights.size()), null);
    }

    double norm(List<double[]> slopes) {
      return NormOps_DDRM.inducedP2(whole(slopes));
    }

    /** The slopes of layer k that make {@code u' J v} largest. */
    private void turn(List<double[]> slopes, int k, DMatrixRMaj u, DMatrixRMaj v, Interval ends) {
      DMatrixRMaj before = mult(first(slopes, k + 1), v, null);
      DMatrixRMaj behind = u;
      for (int j = weights.size() - 1; j > k; j--) {
        behind = multTransA(weights.get(j), behind, null);
        if (j - 1 > k) {
          multRows(slopes.get(j - 1), behind);
        }
      }
      for (int i = 0; i < slopes.get(k).length; i++) {
        slopes.get(k)[i] = before.get(i) * behind.get(i) > 0 ? ends.upper() : ends.lower();
      }
    }

    private double climb(List<double[]> slopes, Interval ends) {
      for (double least = -1, norm = norm(slopes); norm > least; norm = norm(slopes)) {
        least = norm;
        DMatrixRMaj whole = whole(slopes);
        var svd = DecompositionFactory_DDRM.svd(whole.numRows, whole.numCols, true, true, true);
        assertThat(svd.decompose(whole.copy())).isTrue();
        int at = 0;
        for (int i = 1; i < svd.numberOfSingularValues(); i++) {
          at = svd.getSingularValues()[i] > svd.getSingularValues()[at] ? i : at;
        }
        DMatrixRMaj u = column(svd.getU(null, false), at);
        DMatrixRMaj v = column(svd.getV(null, false), at);
        for (int k = 0; k < slopes.size(); k++) {
          turn(slopes, k, u, v, ends);
        }
      }
      return norm(slopes);
    }

    private double change(List<double[]> slopes, Interval ends, double norm) {
      double best = norm;
      for (double[] layer : slopes) {
        for (int i = 0; i < layer.length; i++) {
          double before = layer[i];
          layer[i] = before == ends.lower() ? ends.upper() : ends.lower();
          double changed = norm(slopes);
          layer[i] = changed > best ? layer[i] : before;
          best = Math.max(best, changed);
        }
      }
      return best;
    }

    double worst(Interval ends, Random random) {
      double worst = 0;
      for (int start = 0; start < STARTS; start++) {
        double share = start == 0 ? 1 : random.nextDouble();
        List<double[]> slopes = new ArrayList<>();
        for (DMatrixRMaj weight : weights.subList(0, weights.size() - 1)) {
          double[] layer = new double[weight.numRows];
          Arrays.setAll(layer, _ -> random.nextDouble() < share ? ends.upper() : ends.lower());
          slopes.add(layer);
        }
        worst = Math.max(worst, change(slopes, ends, climb(slopes, ends)));
      }
      return worst;
    }

    private static DMatrixRMaj column(DMatrixRMaj matrix, int at) {
      DMatrixRMaj column = new DMatrixRMaj(matrix.numRows, 1);
      for (int i = 0; i < matrix.numRows; i++) {
        column.set(i, matrix.get(i, at));
      }
      return column;
    }
  }

  static Stream<Nets> examples() {
    return Examples.all()
        .filter(
            net ->
                net.construction() instanceof LdltChain
                    || net.construction() instanceof LdltResidual);
  }

  private static double worst(Nets net, Materialized made, Interval ends) {
    return Product.of(net, made).worst(ends, new Random(5)) / net.construction().bound();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void noSlopesExceedTheBound(Nets net) {
    for (double factor : FACTORS) {
      for (int seed = 0; seed < 3; seed++) {
        Materialized made = net.construction().materialize(net.random(new Random(seed), factor));
        assertThat(worst(net, made, net.slope().interval))
            .as("factor %s, seed %d", factor, seed)
            .isLessThanOrEqualTo(1 + 1e-9);
      }
    }
  }

  /** At the start weights leave little of the bound, so the search would see what is above it. */
  @ParameterizedTest
  @MethodSource("examples")
  void theBoundIsNearlyReachedAtTheStart(Nets net) {
    Materialized made = net.construction().materialize(net.construction().initial(new Random(1)));
    double worst = worst(net, made, net.slope().interval);

    assertThat(worst).isBetween(0.9, 1 + 1e-9);
  }

  @Test
  void slopesThatWeightsAreNotMadeForExceedTheBound() {
    Nets chain = Nets.chain(1.5, Slope.RELU, 4, 8, 8, 3);
    Nets block = Nets.residual(1.5, Slope.RELU, 4, 8, 8, 3);
    for (Nets net : List.of(chain, block)) {
      Materialized made = net.construction().materialize(net.construction().initial(new Random(1)));
      assertThat(worst(net, made, Slope.ABS.interval)).isGreaterThan(1.3);
      assertThat(worst(net, made, Slope.SILU.interval)).isGreaterThan(1.03);
    }
  }
}
