package io.lipc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.training.frozen.FreezingException;
import io.lipc.training.frozen.FrozenEvaluation;
import io.lipc.training.frozen.FrozenNetwork;
import io.lipc.training.parameterization.LinearLayer;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.SllBlock;
import io.lipc.training.parameterization.SllChain;
import io.lipc.training.run.Evaluation;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.Trainer;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.run.TrainingResult;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.TestData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a declaration to weights with a certificate. */
class TrainableNetworkTest {

  private static final double BOUND = 4;
  private static final WeightsSource LDLT =
      new WeightsSource.Parameterized(Construction.LDLT, Optional.empty());
  private static final WeightsSource SANDWICH =
      new WeightsSource.Parameterized(Construction.SANDWICH, Optional.of("w.safetensors"));
  private static final TrainingOptions OPTIONS =
      TrainingOptions.builder().epochs(30).offset(0.05).epsilons(List.of(0.02, 0.1, 0.3)).build();

  @ParameterizedTest
  @EnumSource
  void aTrainedChainKeepsItsBoundInFloats(Construction construction) throws Exception {
    WeightsSource weights =
        new WeightsSource.Parameterized(construction, Optional.of("w.safetensors"));
    TrainableNetwork network = TrainableNetwork.of(chain(weights));
    FrozenNetwork frozen = trained(network);
    assertThat(network.construction().bound()).isLessThan(BOUND);
    // Without multipliers, the norms of layers prove what they come to: a little less.
    assertThat(frozen.bound()).isBetween(BOUND * (1 - 1e-5), BOUND);
    assertThat(CertificateChecker.check(frozen.subject())).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void aTrainedResidualBlockKeepsItsBoundInFloats() throws Exception {
    assertProved(trained(TrainableNetwork.of(residual())));
  }

  @Test
  void trainedSandwichLayersKeepTheirBoundInFloats() throws Exception {
    FrozenNetwork frozen = trained(TrainableNetwork.of(chain(SANDWICH)));
    assertProved(frozen);
    assertThat(frozen.subject().certificate().method()).isEqualTo("given-multipliers");
  }

  @Test
  void sandwichLayersAreAChain() {
    Network block = residual().network();
    Network sandwich =
        new Network(block.name(), block.lipschitz(), SANDWICH, block.precision(), block.layers());
    CheckedNetwork checked = new CheckedNetwork(sandwich, residual().stepNames(), "");
    assertThatThrownBy(() -> TrainableNetwork.of(checked))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test.Net is not a chain of dense layers");
  }

  @Test
  void aConstructionThatTheLanguageDoesNotKnowIsCertifiedAsWell() throws Exception {
    assertProved(trained(sll(8)));
  }

  @Test
  void frozenWeightsDoAsWellAsTheTrainedOnesAndAreCertifiedNoMore() throws Exception {
    Dataset test = TestData.twoMoons(400, 7);
    for (TrainableNetwork network :
        List.of(TrainableNetwork.of(chain(LDLT)), TrainableNetwork.of(chain(SANDWICH)), sll(8))) {
      Dataset data = TestData.twoMoons(300, 1);
      TrainingResult<Evaluation> result = network.train(data, OPTIONS, ProgressListener.NONE);
      FrozenEvaluation frozen =
          network.evaluate(network.freeze(result.materialized()), test, OPTIONS.epsilons());
      Evaluation trained =
          Trainer.evaluate(network.graph(), result.tensors(), test, BOUND, OPTIONS);
      assertThat(frozen.accuracy()).isGreaterThan(0.8).isEqualTo(trained.accuracy());
      assertThat(frozen.certified().keySet()).containsExactlyElementsOf(OPTIONS.epsilons());
      assertThat(frozen.certified().get(0.02)).isPositive();
      frozen
          .certified()
          .forEach(
              (epsilon, share) ->
                  assertThat(share).isLessThanOrEqualTo(trained.certified().get(epsilon)));
    }
  }

  /** Constructions are made for l2, and so are the radii of evaluations. */
  @Test
  void boundsBetweenOtherNormsAreNotTrained() {
    CheckedNetwork chain = chain(new WeightsSource.None());
    Network linf = chain.network().with(new Property.Lipschitz(BOUND, Norm.L2, Norm.LINF));
    CheckedNetwork checked = new CheckedNetwork(linf, chain.stepNames(), "");
    assertThatThrownBy(() -> TrainableNetwork.of(checked, _ -> sll(8).construction()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not bounded from l2 to l2");
  }

  @Test
  void weightsBeyondTheBoundAreNotFrozen() {
    TrainableNetwork network = TrainableNetwork.of(chain(LDLT));
    Materialized weights = start(network);
    SortedMap<String, double[]> larger = new TreeMap<>(weights.tensors());
    larger.computeIfPresent("y.weight", (_, values) -> times(values, 3));
    assertThatThrownBy(() -> network.freeze(with(larger, weights)))
        .isInstanceOf(FreezingException.class)
        .hasMessageContaining("bound 4.0 is false");
  }

  @Test
  void multipliersThatProveNothingAreReplacedByASearch() throws Exception {
    TrainableNetwork network = TrainableNetwork.of(chain(LDLT));
    Materialized weights = start(network);
    SortedMap<String, double[]> smaller = new TreeMap<>(weights.tensors());
    smaller.computeIfPresent("y.weight", (_, values) -> times(values, 0.1));
    Materialized useless =
        with(smaller, weights.multipliers().stream().map(lambda -> times(lambda, 1e-9)).toList());
    FrozenNetwork frozen = network.freeze(useless);
    assertThat(CertificateChecker.check(frozen.subject())).isEqualTo(new Verdict.Accepted());
    assertThat(frozen.bound()).isLessThan(BOUND);
    assertThat(frozen.subject().certificate().method()).isNotEqualTo("given-multipliers");
  }

  @Test
  void aConstructionHasToBeDeclaredOrGiven() {
    assertThatThrownBy(() -> TrainableNetwork.of(chain(new WeightsSource.None())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test.Net declares no construction");
  }

  @Test
  void aConstructionOfOtherTensorsIsRefused() throws Exception {
    TrainableNetwork network = sll(5);
    Dataset data = TestData.twoMoons(20, 1);
    assertThatThrownBy(() -> network.train(data, OPTIONS, ProgressListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("network test.Net reads");
  }

  private static FrozenNetwork trained(TrainableNetwork network) throws Exception {
    Dataset data = TestData.twoMoons(100, 1);
    return network.freeze(network.train(data, OPTIONS, ProgressListener.NONE).materialized());
  }

  private static void assertProved(FrozenNetwork frozen) {
    Subject subject = frozen.subject();
    assertThat(frozen.bound()).isEqualTo(BOUND);
    assertThat(CertificateChecker.check(subject)).isEqualTo(new Verdict.Accepted());
  }

  private static Materialized start(TrainableNetwork network) {
    RandomGenerator random = new SplittableRandom(3);
    return network.construction().materialize(network.construction().initial(random));
  }

  private static double[] times(double[] values, double factor) {
    return IntStream.range(0, values.length).mapToDouble(i -> factor * values[i]).toArray();
  }

  private static Materialized with(SortedMap<String, double[]> tensors, Materialized rest) {
    return with(tensors, rest.multipliers());
  }

  private static Materialized with(
      SortedMap<String, double[]> tensors, List<double[]> multipliers) {
    return new Materialized() {
      @Override
      public SortedMap<String, double[]> tensors() {
        return tensors;
      }

      @Override
      public List<double[]> multipliers() {
        return multipliers;
      }

      @Override
      public double[] pullBack(Map<String, double[]> gradients) {
        throw new AssertionError("freezing takes no derivatives");
      }
    };
  }

  /** {@code 2 -> 8 -> relu -> 2}. */
  private static CheckedNetwork chain(WeightsSource weights) {
    return checked(weights, input(), dense(0, 2, 8, "h"), relu(1, 8), dense(2, 8, 2, "y"));
  }

  private static CheckedNetwork residual() {
    return checked(
        LDLT,
        input(),
        dense(0, 2, 2, "a"),
        dense(0, 2, 8, "h"),
        relu(2, 8),
        dense(3, 8, 2, "b"),
        Layer.sum(List.of(1, 4), Shape.vector(2)));
  }

  /** One block of 8 neurons, and a construction for {@code width} of them. */
  private static TrainableNetwork sll(int width) {
    CheckedNetwork network =
        checked(
            new WeightsSource.None(),
            input(),
            dense(0, 2, 8, "h"),
            relu(1, 8),
            Layer.dense(2, 8, 2, "back.weight", Optional.empty()),
            Layer.sum(List.of(0, 3), Shape.vector(2)),
            dense(4, 2, 2, "y"));
    SllBlock block =
        new SllBlock(
            "h.weight", Optional.of("h.bias"), "back.weight", width, 2, new Interval(0, 1));
    LinearLayer last = new LinearLayer("y.weight", Optional.of("y.bias"), 2, 2);
    return TrainableNetwork.of(network, bound -> new SllChain(bound, List.of(block), last));
  }

  /** Weights move the vectors that are divided by their lengths, so freezing asks for these. */
  @Test
  void lengthsAreShownOfTheWeightsThatAreFrozen() throws Exception {
    WeightsSource orthogonal =
        new WeightsSource.Parameterized(Construction.ORTHOGONAL, Optional.of("w.safetensors"));
    for (double low : new double[] {6, -1}) {
      Interval side = new Interval(low, low + 1);
      CheckedNetwork checked =
          checked(
              orthogonal,
              new Layer.Input(Shape.vector(2), Optional.of(List.of(side, side))),
              dense(0, 2, 8, "h"),
              new Layer.Activate(1, GroupedKind.L2_NORMALIZE.with(List.of(1.0)), Shape.vector(8)),
              dense(2, 8, 2, "y"));
      TrainableNetwork network = TrainableNetwork.of(checked);
      if (low > 0) {
        Subject subject = network.freeze(start(network)).subject();
        assertThat(CertificateChecker.check(subject)).isEqualTo(new Verdict.Accepted());
      } else {
        assertThatThrownBy(() -> network.freeze(start(network)))
            .isInstanceOf(FreezingException.class)
            .hasMessageContaining(
                "divides by lengths of at least 1.0 (layer 2, l2_normalize), and with the trained"
                    + " weights they are only known to be at least 0.0");
      }
    }
  }

  private static Layer input() {
    return new Layer.Input(Shape.vector(2), Optional.empty());
  }

  private static Layer dense(int operand, int inputs, int outputs, String name) {
    return Layer.dense(operand, inputs, outputs, name + ".weight", Optional.of(name + ".bias"));
  }

  private static Layer relu(int operand, int size) {
    return new Layer.Activate(operand, Activation.of(PointwiseKind.RELU), Shape.vector(size));
  }

  private static CheckedNetwork checked(WeightsSource weights, Layer... layers) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < layers.length; i++) {
      names.add("layer" + i);
    }
    Property.Lipschitz spec = new Property.Lipschitz(BOUND, Norm.L2, Norm.L2);
    Network network = new Network("test.Net", spec, weights, ElementType.F32, List.of(layers));
    return new CheckedNetwork(network, names, "");
  }
}
