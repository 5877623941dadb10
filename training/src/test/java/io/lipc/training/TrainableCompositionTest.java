package io.lipc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.pass.ReverseMode;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDevice;
import io.lipc.training.frozen.FreezingException;
import io.lipc.training.frozen.FrozenComposition;
import io.lipc.training.frozen.FrozenEvaluation;
import io.lipc.training.frozen.FrozenNetwork;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.run.Evaluation;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.Trainer;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.run.TrainingResult;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.TestData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Networks that another one calls, trained together. */
final class TrainableCompositionTest {

  private static final TrainingOptions OPTIONS =
      TrainingOptions.builder().epochs(30).learningRate(0.02).build();

  private static final CheckedNetwork FIRST = block("First", 2, 3, 1);
  private static final CheckedNetwork MIDDLE = block("Middle", 3, 3, 1.5);
  private static final CheckedNetwork HEAD = block("Head", 3, 2, 1);

  /** An LDLT-R block. */
  private static CheckedNetwork block(String name, int inputs, int outputs, double bound) {
    return checked(
        name,
        new Property.Lipschitz(bound, Norm.L2, Norm.L2),
        new WeightsSource.Parameterized(Construction.LDLT, Optional.of(name + ".safetensors")),
        input(inputs),
        dense(0, inputs, outputs, "skip"),
        dense(0, inputs, 5, "h"),
        new Layer.Activate(2, Activation.of(PointwiseKind.RELU), Shape.vector(5)),
        dense(3, 5, outputs, "out"),
        Layer.sum(List.of(1, 4), Shape.vector(outputs)));
  }

  private static CheckedNetwork given(double bound) {
    return checked(
        "Given",
        new Property.Lipschitz(bound, Norm.L2, Norm.L2),
        new WeightsSource.Given("given.safetensors"),
        input(3),
        dense(0, 3, 3, "g"));
  }

  private static Map<String, GivenWeights> givenWeights() throws Exception {
    double[] third = {0.5, 0, 0, 0, 0.25, 0.5, 0, 0, 0.5};
    return Map.of(
        "test.Given",
        new GivenWeights(
            Weights.of(
                List.of(
                    Tensor.of("g.weight", ElementType.F32, List.of(3, 3), third),
                    Tensor.of("g.bias", ElementType.F32, List.of(3), new double[] {0.5, 0, 1})))));
  }

  /** {@code x |> calls[0] |> calls[1] ...}. */
  private static CheckedNetwork whole(double bound, Norm norm, String... calls) {
    Layer[] layers = new Layer[calls.length + 1];
    layers[0] = input(2);
    for (int i = 0; i < calls.length; i++) {
      int size = calls[i].equals("Head") ? 2 : 3;
      layers[i + 1] = new Layer.Call(i, "test." + calls[i], Shape.vector(size));
    }
    return checked(
        "Whole", new Property.Lipschitz(bound, norm, norm), new WeightsSource.None(), layers);
  }

  private static Layer input(int size) {
    return new Layer.Input(Shape.vector(size), Optional.empty());
  }

  private static Layer dense(int operand, int inputs, int outputs, String name) {
    return Layer.dense(operand, inputs, outputs, name + ".weight", Optional.of(name + ".bias"));
  }

  private static CheckedNetwork checked(
      String name, Property.Lipschitz spec, WeightsSource weights, Layer... layers) {
    List<String> names = IntStream.range(0, layers.length).mapToObj(i -> "layer" + i).toList();
    Network network = new Network("test." + name, spec, weights, ElementType.F32, List.of(layers));
    return new CheckedNetwork(network, names, "");
  }

  /** The middle one twice, so its gradient comes from two places; the given one has none. */
  private static TrainableComposition twice() throws Exception {
    return TrainableComposition.of(
        whole(3, Norm.L2, "First", "Middle", "Given", "Middle", "Head"),
        List.of(FIRST, MIDDLE, given(1), HEAD),
        givenWeights());
  }

  @Test
  void gradientsAreThoseOfAllPlacesOfATensor() throws Exception {
    TrainableComposition network = twice();
    BatchEngine batch = TrainingDevice.JVM.engine(ReverseMode.of(network.inlined()), 4);
    SplittableRandom random = new SplittableRandom(4);
    double[] parameters = network.parameterization().initial(random);
    double[][] inputs = random(random, 2, 4);
    double[][] gradient = random(random, 2, 4);
    Materialized weights = network.parameterization().materialize(parameters);
    value(batch, weights, inputs, gradient);
    copy(gradient, batch.outputGradient());
    batch.reverse(4);
    double[] computed = weights.pullBack(batch.tensorGradients());
    assertThat(computed).hasSameSizeAs(parameters);
    double step = 1e-6;
    for (int k = 0; k < parameters.length; k += 3) {
      double[] moved = parameters.clone();
      moved[k] += step;
      double above = value(batch, network.parameterization().materialize(moved), inputs, gradient);
      moved[k] -= 2 * step;
      double below = value(batch, network.parameterization().materialize(moved), inputs, gradient);
      assertThat(computed[k]).isCloseTo((above - below) / (2 * step), within(1e-6));
    }
    assertThat(DoubleStream.of(computed).map(Math::abs).max().orElseThrow()).isGreaterThan(0.01);
  }

  private static double value(
      BatchEngine batch, Materialized weights, double[][] inputs, double[][] gradient) {
    batch.load(weights.tensors());
    copy(inputs, batch.input());
    batch.forward(4);
    double sum = 0;
    for (int i = 0; i < gradient.length; i++) {
      for (int j = 0; j < gradient[i].length; j++) {
        sum += gradient[i][j] * batch.output()[i][j];
      }
    }
    return sum;
  }

  private static double[][] random(SplittableRandom random, int rows, int columns) {
    return IntStream.range(0, rows)
        .mapToObj(_ -> random.doubles(columns, -1, 1).toArray())
        .toArray(double[][]::new);
  }

  private static void copy(double[][] from, double[][] to) {
    for (int i = 0; i < from.length; i++) {
      System.arraycopy(from[i], 0, to[i], 0, from[i].length);
    }
  }

  @Test
  void whatIsTrainedTogetherIsProvedPartByPartAndAsAWhole() throws Exception {
    TrainableComposition network =
        TrainableComposition.of(
            whole(1.5, Norm.L2, "First", "Middle", "Head"), List.of(FIRST, MIDDLE, HEAD), Map.of());
    assertThat(network.boundBeforeTraining()).isCloseTo(1.5, within(1e-9));
    TrainingResult<Evaluation> result =
        network.train(TestData.twoMoons(300, 1), OPTIONS, ProgressListener.NONE);
    FrozenComposition frozen = network.freeze(result);
    assertThat(CertificateChecker.check(frozen.subject())).isEqualTo(new Verdict.Accepted());
    assertThat(frozen.bound()).isLessThanOrEqualTo(1.5);
    assertThat(frozen.trained())
        .extracting(FrozenNetwork::name)
        .containsExactly("test.First", "test.Middle", "test.Head");
    assertThat(frozen.trained()).extracting(FrozenNetwork::bound).containsExactly(1.0, 1.5, 1.0);
    assertThat(frozen.files().keySet()).containsExactly("test.First", "test.Head", "test.Middle");
    assertThat(frozen.keepsLabels()).isTrue();
    Dataset test = TestData.twoMoons(400, 7);
    FrozenEvaluation evaluation = network.evaluate(frozen, test, OPTIONS.epsilons());
    Evaluation trained = Trainer.evaluate(network.inlined(), result.tensors(), test, 1.5, OPTIONS);
    assertThat(evaluation.accuracy()).isGreaterThan(0.8).isEqualTo(trained.accuracy());
  }

  @Test
  void givenWeightsTakePartAndStay() throws Exception {
    TrainableComposition network = twice();
    FrozenComposition frozen =
        network.freeze(network.train(TestData.twoMoons(60, 1), OPTIONS, ProgressListener.NONE));
    assertThat(frozen.trained())
        .extracting(FrozenNetwork::name)
        .containsExactly("test.First", "test.Middle", "test.Head");
    Weights stored = Lookup.in(frozen.subject().callees(), "test.Given").weights();
    Weights given = Lookup.in(givenWeights(), "test.Given").weights();
    assertThat(stored.tensors().keySet()).isEqualTo(given.tensors().keySet());
    given
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(stored.tensor(name).orElseThrow().digest()).isEqualTo(tensor.digest()));
    assertThat(network.others()).containsOnlyKeys("test.Given");
  }

  @Test
  void whatCannotBeTrainedIsRefusedInWords() throws Exception {
    assertThatThrownBy(
            () -> TrainableComposition.of(whole(1, Norm.LINF, "First"), List.of(FIRST), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test.Whole is not bounded from l2 to l2");
    assertThatThrownBy(
            () ->
                TrainableComposition.of(
                    whole(1, Norm.L2, "Given"), List.of(given(1)), givenWeights()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("test.Whole calls no network that declares a construction");
    assertThatThrownBy(
            () ->
                TrainableComposition.of(
                    whole(1, Norm.L2, "First", "Given", "Head"),
                    List.of(FIRST, given(0.5), HEAD),
                    givenWeights()))
        .isInstanceOf(FreezingException.class)
        .hasMessageStartingWith(
            "test.Given is called, and declares the bound 0.5, which is not proved: declare")
        .hasMessageEndingWith("`certify lipschitz <= 0.7303;`");
  }
}
