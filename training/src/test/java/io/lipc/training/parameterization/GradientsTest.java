package io.lipc.training.parameterization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.model.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reverse mode of whole constructions, against central differences. */
class GradientsTest {

  private static final double STEP = 1e-5;

  static Stream<Construction> constructions() {
    return Stream.concat(
        Arrays.stream(io.lipc.model.Construction.values()).flatMap(GradientsTest::of),
        Stream.of(new OrthogonalChain(3, Kernels.all().toList())));
  }

  /** The maps to weights of one construction of the language: whichever is new has to be here. */
  private static Stream<Construction> of(io.lipc.model.Construction construction) {
    Stream<Construction> networks = Examples.of(construction).map(Nets::construction);
    return switch (construction) {
      case LDLT -> Stream.concat(networks, Stream.of(gelu()));
      case SANDWICH -> networks;
      case SLL -> Stream.concat(networks, Kernels.blocks().map(Kernels::chain));
      case ORTHOGONAL ->
          Stream.concat(Kernels.matrices(), Kernels.kernels()).map(GradientsTest::alone);
      case AOL -> Kernels.almostOrthogonal().map(GradientsTest::alone);
    };
  }

  private static LdltChain gelu() {
    HiddenLayer gelu =
        new HiddenLayer(new LinearLayer("h", Optional.empty(), 4, 3), new Interval(-0.13, 1.13));
    return new LdltChain(2, List.of(gelu), new LinearLayer("last", Optional.empty(), 2, 4));
  }

  private static OrthogonalChain alone(NonexpansiveLayer layer) {
    return new OrthogonalChain(0.5, List.of(layer));
  }

  @ParameterizedTest
  @MethodSource("constructions")
  void pullBackAgreesWithCentralDifferences(Construction construction) {
    Random random = new Random(11);
    double[] at = gaussian(random, construction.size());
    Materialized weights = construction.materialize(at);
    Map<String, double[]> seeds = new TreeMap<>();
    weights.tensors().forEach((name, t) -> seeds.put(name, gaussian(random, t.length)));
    double[] gradient = weights.pullBack(seeds);

    assertThat(gradient).hasSize(at.length);
    double scale = Math.sqrt(Arrays.stream(gradient).map(x -> x * x).sum());
    for (int i = 0; i < at.length; i++) {
      double expected =
          (moved(construction, at, i, STEP, seeds) - moved(construction, at, i, -STEP, seeds))
              / (2 * STEP);
      assertThat(gradient[i]).as("parameter %d", i).isCloseTo(expected, within(1e-7 * scale));
    }
  }

  private static double moved(
      Construction construction, double[] at, int i, double step, Map<String, double[]> seeds) {
    double[] moved = at.clone();
    moved[i] += step;
    double sum = 0;
    for (Map.Entry<String, double[]> tensor :
        construction.materialize(moved).tensors().entrySet()) {
      double[] seed = Rows.get(seeds, tensor.getKey());
      for (int k = 0; k < seed.length; k++) {
        sum += seed[k] * tensor.getValue()[k];
      }
    }
    return sum;
  }

  private static double[] gaussian(Random random, int size) {
    return random.doubles(size, -1, 1).toArray();
  }
}
