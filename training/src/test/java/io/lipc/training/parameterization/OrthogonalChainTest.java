package io.lipc.training.parameterization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.linalg.Deadline;
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

/** That all singular values are 1, or at most 1, by the definition of a convolution in waves. */
class OrthogonalChainTest {

  private static final double BOUND = 1.5;

  static Stream<OrthogonalKernel> kernels() {
    return Kernels.kernels();
  }

  static Stream<OrthogonalMatrix> matrices() {
    return Kernels.matrices();
  }

  static Stream<NonexpansiveLayer> orthogonal() {
    return Stream.concat(matrices(), kernels());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void symbolsOfKernelsAreOrthonormalAtEveryFrequency(OrthogonalKernel kernel) {
    for (double factor : new double[] {0, 0.3, 1, 10, 1000}) {
      double[] taps = weights(kernel, factor, 3);
      Random random = new Random(5);
      for (int wave = 0; wave < 20; wave++) {
        double[][] symbol = symbol(kernel, taps, random);
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
  @MethodSource("orthogonal")
  void otherParametersGiveOtherWeights(NonexpansiveLayer layer) {
    boolean free = parts(layer).stream().anyMatch(part -> part.rows() > 1 || part.columns() > 1);
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
    OrthogonalChain chain = new OrthogonalChain(BOUND, orthogonal().toList());
    Materialized weights = chain.materialize(chain.initial(new Random(8)));
    List<NonexpansiveLayer> layers = orthogonal().toList();
    for (NonexpansiveLayer layer : layers) {
      double norm = layer == layers.getLast() ? BOUND : 1;
      double squares =
          Arrays.stream(Rows.get(weights.tensors(), layer.weight())).map(x -> x * x).sum();
      assertThat(squares).isCloseTo(norm * norm * rank(layer), within(1e-12 * rank(layer)));
    }
    assertThat(weights.multipliers()).isEmpty();
    assertThat(chain.hasMultipliers()).isFalse();
    assertThat(Rows.get(weights.tensors(), "m.bias[4, 4]")).containsOnly(0.0).hasSize(4);
  }

  private static int rank(NonexpansiveLayer layer) {
    return switch (layer) {
      case OrthogonalMatrix matrix -> Math.min(matrix.outputs(), matrix.linear().inputs());
      case OrthogonalKernel kernel -> Math.min(kernel.outputs(), kernel.inputs());
      case AlmostOrthogonalKernel kernel -> Math.min(kernel.outputs(), kernel.inputs());
      default -> throw new IllegalArgumentException("no rank is known of " + layer);
    };
  }

  private static List<SemiOrthogonal> parts(NonexpansiveLayer layer) {
    return switch (layer) {
      case OrthogonalMatrix(LinearLayer linear) ->
          List.of(new SemiOrthogonal(layer.weight(), linear.outputs(), linear.inputs()));
      case OrthogonalKernel kernel -> kernel.parts();
      case AlmostOrthogonalKernel _ -> List.of();
      default -> throw new IllegalArgumentException("no parts are known of " + layer);
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
  private static double[] weights(NonexpansiveLayer layer, double factor, long seed) {
    OrthogonalChain chain = new OrthogonalChain(BOUND, List.of(layer));
    Random random = new Random(seed);
    double[] parameters = new double[chain.size()];
    Arrays.setAll(parameters, _ -> factor * random.nextGaussian());
    return Rows.get(chain.materialize(parameters).tensors(), layer.weight());
  }

  private static double[][] symbol(OrthogonalKernel kernel, double[] taps, Random random) {
    return new Symbol(kernel.outputs(), kernel.inputs(), kernel.height(), kernel.width())
        .at(taps, random.nextDouble(7), random.nextDouble(7));
  }

  private static void assertOrthogonal(double[][] symbol, boolean rows, double factor) {
    assertIdentity(gram(symbol, rows), factor);
  }

  private static double[][] gram(double[][] a, boolean rows) {
    return rows
        ? Dense.product(a, Dense.transpose(a), Deadline.NONE)
        : Dense.product(Dense.transpose(a), a, Deadline.NONE);
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
