package io.lipc.training.parameterization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Eigenvalues;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Norms by the definition of a convolution in waves, and weights by the definition of D. */
class AlmostOrthogonalKernelTest {

  private static final double FLOOR = AlmostOrthogonalKernel.FLOOR;

  static Stream<AlmostOrthogonalKernel> kernels() {
    return Kernels.almostOrthogonal();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void noWaveIsLonger(AlmostOrthogonalKernel kernel) {
    for (double factor : new double[] {0, 1e-3, 1, 1e3}) {
      double[] taps = weights(kernel, gaussian(kernel, factor, 3));
      assertThat(norm(kernel, taps)).isLessThanOrEqualTo(1 + 1e-14);
    }
  }

  /** The bound is no smaller than it has to be: at the start the norm is 1. */
  @ParameterizedTest
  @MethodSource("kernels")
  void theStartHasNormOne(AlmostOrthogonalKernel kernel) {
    double[] start = chain(kernel).initial(new Random(2));
    double[] taps = weights(kernel, start);

    assertThat(norm(kernel, taps)).isCloseTo(1, within(1e-11));
    assertThat(taps)
        .containsExactly(Arrays.copyOf(start, start.length - biases(kernel)), within(2 * FLOOR));
  }

  @Test
  void columnsAreScaledByTheSumsOfTheirProducts() {
    // V'V = [[5, 4], [4, 5]], and 9 is the sum of each row.
    double[] direction = {1, 2, 2, 1};

    assertThat(weights(dense(2, 2), direction))
        .containsExactly(new double[] {1 / 3.0, 2 / 3.0, 2 / 3.0, 1 / 3.0}, within(1e-12));
    // V'V = [[14, -4], [-4, 2]]: signs do not cancel.
    assertThat(weights(dense(3, 2), new double[] {1, -1, 2, 0, -3, 1}))
        .containsExactly(
            new double[] {
              1 / Math.sqrt(18),
              -1 / Math.sqrt(6),
              2 / Math.sqrt(18),
              0,
              -3 / Math.sqrt(18),
              1 / Math.sqrt(6)
            },
            within(1e-12));
  }

  @Test
  void rowsAreScaledWhereTheyAreFewer() {
    // V V' = [[14, -4], [-4, 2]].
    assertThat(weights(dense(2, 3), new double[] {1, 2, -3, -1, 0, 1}))
        .containsExactly(
            new double[] {
              1 / Math.sqrt(18),
              2 / Math.sqrt(18),
              -3 / Math.sqrt(18),
              -1 / Math.sqrt(6),
              0,
              1 / Math.sqrt(6)
            },
            within(1e-12));
  }

  /** Neighbouring windows read an image of one channel with products 1 + 4, 2 and 2. */
  @Test
  void productsWithNeighbouringWindowsCount() {
    AlmostOrthogonalKernel kernel = new AlmostOrthogonalKernel("k", Optional.empty(), 1, 1, 1, 2);

    assertThat(weights(kernel, new double[] {1, 2}))
        .containsExactly(new double[] {1 / 3.0, 2 / 3.0}, within(1e-12));
  }

  @Test
  void aChannelThatIsZeroStaysZeroAndHasADerivative() {
    Materialized weights = chain(dense(3, 2)).materialize(new double[] {0, 1, 0, 2, 0, 3});

    assertThat(weights.tensors().get("w")[0]).isZero();
    assertThat(weights.pullBack(weights.tensors())).doesNotContain(Double.NaN).hasSize(6);
  }

  @Test
  void extentsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlmostOrthogonalKernel("w", Optional.empty(), 1, 0, 1, 1))
        .withMessage("layer `w` of shape [1, 0, 1, 1]");
  }

  private static AlmostOrthogonalKernel dense(int outputs, int inputs) {
    return AlmostOrthogonalKernel.of(new LinearLayer("w", Optional.empty(), outputs, inputs));
  }

  private static OrthogonalChain chain(AlmostOrthogonalKernel kernel) {
    return new OrthogonalChain(1, List.of(kernel));
  }

  private static int biases(AlmostOrthogonalKernel kernel) {
    return kernel.bias().isPresent() ? kernel.outputs() : 0;
  }

  private static double[] gaussian(AlmostOrthogonalKernel kernel, double factor, long seed) {
    Random random = new Random(seed);
    double[] parameters = new double[chain(kernel).size()];
    Arrays.setAll(parameters, _ -> factor * random.nextGaussian());
    return parameters;
  }

  private static double[] weights(AlmostOrthogonalKernel kernel, double[] parameters) {
    return Rows.get(chain(kernel).materialize(parameters).tensors(), kernel.weight());
  }

  /** The largest of many frequencies, 0 among them. */
  private static double norm(AlmostOrthogonalKernel k, double[] taps) {
    Random random = new Random(5);
    Symbol symbol = new Symbol(k.outputs(), k.inputs(), k.height(), k.width());
    double norm = 0;
    for (int wave = 0; wave < 40; wave++) {
      double down = wave == 0 ? 0 : random.nextDouble(7);
      double across = wave == 0 ? 0 : random.nextDouble(7);
      double[][] gram = Dense.gram(symbol.at(taps, down, across), Deadline.NONE);
      norm = Math.max(norm, Math.sqrt(Eigenvalues.largest(gram, Deadline.NONE)));
    }
    return norm;
  }
}
