package io.lipc.training.parameterization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.linalg.Dense;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That all singular values are 1, by the definition of a convolution in waves. */
class OrthogonalChainTest {

  private static final double BOUND = 1.5;

  static Stream<OrthogonalKernel> kernels() {
    return Kernels.kernels();
  }

  static Stream<OrthogonalMatrix> matrices() {
    return Kernels.matrices();
  }

  static Stream<OrthogonalLayer> layers() {
    return Kernels.all();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void symbolsOfKernelsAreOrthonormalAtEveryFrequency(OrthogonalKernel kernel) {
    for (double factor : new double[] {0, 0.3, 1, 10, 1000}) {
      double[] taps = weights(kernel, factor, 3);
      Random random = new Random(5);
      for (int wave = 0; wave < 20; wave++) {
        double[][] symbol = symbol(kernel, taps, random.nextDouble(7), random.nextDouble(7));
        assertOrthogonal(symbol, kernel.outputs() <= kernel.inputs(), factor);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void matricesHaveOrthonormalRowsOrColumns(OrthogonalMatrix layer) {
    LinearLayer linear = layer.linear();
    for (double factor : new double[] {0, 0.3, 1, 10, 1000}) {
      double[][] rows = Rows.of(weights(layer, factor, 4), linear.outputs(), linear.inputs());
      boolean wide = linear.outputs() <= linear.inputs();
      assertIdentity(gram(rows, wide), factor);
    }
  }

  /** More than one matrix is reached, and the parts of a kernel's product do not cancel. */
  @ParameterizedTest
  @MethodSource("layers")
  void otherParametersGiveOtherWeights(OrthogonalLayer layer) {
    boolean free = layer.parts().stream().anyMatch(part -> part.rows() > 1 || part.columns() > 1);
    double[] first = weights(layer, 1, 1);

    assertThat(Arrays.equals(first, weights(layer, 1, 2))).isNotEqualTo(free);
    assertThat(weights(layer, 1, 1)).isEqualTo(first);
  }

  @Test
  void aChannelThatIsAloneStaysWhereItIs() {
    OrthogonalKernel alone = new OrthogonalKernel("k", Optional.empty(), 1, 1, 3, 3);

    assertThat(weights(alone, 1, 1)).containsExactly(0, 0, 0, 0, BOUND, 0, 0, 0, 0);
  }

  /** All taps are used: what a kernel of 3 x 3 says, a smaller one cannot. */
  @Test
  void noTapOfAKernelIsZero() {
    OrthogonalKernel kernel = new OrthogonalKernel("k", Optional.empty(), 4, 4, 3, 3);

    assertThat(weights(kernel, 1, 1)).doesNotContain(new double[] {0}, within(1e-9)).hasSize(144);
  }

  @Test
  void onlyTheLastLayerHasTheNormOfTheBound() {
    OrthogonalChain chain = new OrthogonalChain(BOUND, Kernels.all().toList());
    Materialized weights = chain.materialize(chain.initial(new Random(8)));
    List<OrthogonalLayer> layers = Kernels.all().toList();
    for (OrthogonalLayer layer : layers) {
      double norm = layer == layers.getLast() ? BOUND : 1;
      double squares =
          Arrays.stream(Rows.get(weights.tensors(), layer.weight())).map(x -> x * x).sum();
      assertThat(squares).isCloseTo(norm * norm * rank(layer), within(1e-12 * rank(layer)));
    }
    assertThat(weights.multipliers()).isEmpty();
    assertThat(chain.hasMultipliers()).isFalse();
    assertThat(Rows.get(weights.tensors(), "m.bias[4, 4]")).containsOnly(0.0).hasSize(4);
  }

  private static int rank(OrthogonalLayer layer) {
    SemiOrthogonal first = layer.parts().getFirst();
    return switch (layer) {
      case OrthogonalMatrix _ -> Math.min(first.rows(), first.columns());
      case OrthogonalKernel kernel -> Math.min(kernel.outputs(), kernel.inputs());
    };
  }

  @Test
  void startsAreOfTheGeneratorAlone() {
    OrthogonalChain chain = new OrthogonalChain(1, Kernels.all().toList());

    assertThat(chain.initial(new Random(4)))
        .hasSize(chain.size())
        .isEqualTo(chain.initial(new Random(4)))
        .isNotEqualTo(chain.initial(new Random(5)));
  }

  @Test
  void whatCannotBeInvertedIsAFailureThatNamesTheLayer() {
    for (double value : new double[] {Double.NaN, 1e200}) {
      OrthogonalChain chain = new OrthogonalChain(1, List.of(matrix("w", 3, 8)));
      double[] parameters = chain.initial(new Random(1));
      Arrays.fill(parameters, value);
      assertThatThrownBy(() -> chain.materialize(parameters))
          .isInstanceOf(FactorizationException.class)
          .hasMessage("layer `w`: the factorisation of I + A failed");
    }
  }

  @Test
  void hypothesesAreChecked() {
    assertIllegal(() -> new OrthogonalChain(1, List.of()), "a chain without weights");
    assertIllegal(
        () -> new OrthogonalChain(-1, List.of(matrix("w", 1, 2))), "not a Lipschitz bound: -1.0");
    assertIllegal(
        () -> new OrthogonalChain(1, List.of(matrix("w", 1, 2), matrix("w", 1, 2))),
        "two parameters are called `w.x`");
    assertIllegal(
        () -> new OrthogonalKernel("w", Optional.empty(), 1, 2, 0, 3),
        "layer `w` of shape [1, 2, 0, 3]");
  }

  private static OrthogonalMatrix matrix(String name, int outputs, int inputs) {
    return new OrthogonalMatrix(new LinearLayer(name, Optional.empty(), outputs, inputs));
  }

  private static void assertIllegal(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
  }

  /** The weights of a layer by itself, of norm {@link #BOUND}. */
  private static double[] weights(OrthogonalLayer layer, double factor, long seed) {
    OrthogonalChain chain = new OrthogonalChain(BOUND, List.of(layer));
    Random random = new Random(seed);
    double[] parameters = new double[chain.size()];
    Arrays.setAll(parameters, _ -> factor * random.nextGaussian());
    return Rows.get(chain.materialize(parameters).tensors(), layer.weight());
  }

  /** {@code sum_d K(d) e^(i w.d)} as a real matrix {@code [[Re, -Im], [Im, Re]]}. */
  private static double[][] symbol(OrthogonalKernel k, double[] taps, double down, double across) {
    double[][] symbol = new double[2 * k.outputs()][2 * k.inputs()];
    int at = 0;
    for (int o = 0; o < k.outputs(); o++) {
      for (int i = 0; i < k.inputs(); i++) {
        for (int u = 0; u < k.height(); u++) {
          for (int v = 0; v < k.width(); v++) {
            double angle = u * down + v * across;
            add(symbol, k, o, i, taps[at] * Math.cos(angle), taps[at] * Math.sin(angle));
            at++;
          }
        }
      }
    }
    return symbol;
  }

  private static void add(
      double[][] symbol, OrthogonalKernel k, int o, int i, double real, double imaginary) {
    symbol[o][i] += real;
    symbol[o + k.outputs()][i + k.inputs()] += real;
    symbol[o + k.outputs()][i] += imaginary;
    symbol[o][i + k.inputs()] -= imaginary;
  }

  private static void assertOrthogonal(double[][] symbol, boolean rows, double factor) {
    assertIdentity(gram(symbol, rows), factor);
  }

  private static double[][] gram(double[][] a, boolean rows) {
    return rows ? Dense.product(a, Dense.transpose(a)) : Dense.product(Dense.transpose(a), a);
  }

  private static void assertIdentity(double[][] gram, double factor) {
    for (int i = 0; i < gram.length; i++) {
      for (int j = 0; j < gram.length; j++) {
        double expected = i == j ? BOUND * BOUND : 0;
        assertThat(gram[i][j]).isCloseTo(expected, within(1e-14 * Math.max(10, 100 * factor)));
      }
    }
  }
}
