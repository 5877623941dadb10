package io.lipc.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Construction;
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
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.run.Evaluation;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.run.TrainingResult;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orthogonal chains with convolutions, from a declaration to weights with a certificate. */
final class OrthogonalNetworkTest {

  private static final double BOUND = 2;
  private static final int SIDE = 6;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.builder()
          .epochs(30)
          .learningRate(0.02)
          .offset(0.2)
          .epsilons(List.of(0.1))
          .build();

  @Test
  void aTrainedNetworkOfImagesTellsThemApartAndKeepsItsBoundInFloats() throws Exception {
    TrainableNetwork network = convolutions(ElementType.F32);
    TrainingResult<Evaluation> result =
        network.train(stripes(120, 1), OPTIONS, ProgressListener.NONE);
    FrozenNetwork frozen = network.freeze(result.materialized());

    assertProved(frozen.subject());
    FrozenEvaluation evaluation = network.evaluate(frozen, stripes(200, 2), OPTIONS.epsilons());
    assertThat(evaluation.accuracy()).isGreaterThan(0.9);
    assertThat(evaluation.certified().get(0.1)).isGreaterThan(0.8);
  }

  @ParameterizedTest
  @EnumSource
  void anyParametersKeepTheBound(ElementType precision) throws Exception {
    for (TrainableNetwork network : List.of(convolutions(precision), deep(precision))) {
      for (double factor : new double[] {0, 1, 10}) {
        FrozenNetwork frozen = network.freeze(materialized(network, factor));
        assertProved(frozen.subject());
      }
    }
  }

  @Test
  void aTrainedAlmostOrthogonalNetworkKeepsItsBoundInFloats() throws Exception {
    TrainableNetwork network = scaled(ElementType.F32);
    TrainingResult<Evaluation> result =
        network.train(stripes(120, 1), OPTIONS, ProgressListener.NONE);
    FrozenNetwork frozen = network.freeze(result.materialized());

    assertProved(frozen.subject());
    assertThat(frozen.subject().certificate().method()).isEqualTo("norm-product");
    FrozenEvaluation evaluation = network.evaluate(frozen, stripes(200, 2), OPTIONS.epsilons());
    assertThat(evaluation.accuracy()).isGreaterThan(0.9);
    assertThat(evaluation.certified().get(0.1)).isGreaterThan(0.8);
  }

  @ParameterizedTest
  @EnumSource
  void anyAlmostOrthogonalLayersKeepTheBound(ElementType precision) throws Exception {
    TrainableNetwork network = scaled(precision);
    for (double factor : new double[] {0, 0.1, 1, 10}) {
      assertProved(network.freeze(materialized(network, factor)).subject());
    }
    double[] start = network.construction().initial(new Random(4));
    FrozenNetwork frozen = network.freeze(network.construction().materialize(start));
    assertProved(frozen.subject());
    assertThat(frozen.bound()).isGreaterThan(BOUND * (1 - 1e-5));
  }

  @Test
  void aTrainedNetworkOfResidualBlocksKeepsItsBoundInFloats() throws Exception {
    TrainableNetwork network = blocks(ElementType.F32);
    TrainingResult<Evaluation> result =
        network.train(stripes(120, 1), OPTIONS, ProgressListener.NONE);
    FrozenNetwork frozen = network.freeze(result.materialized());

    assertProved(frozen.subject());
    assertThat(frozen.bound()).isEqualTo(BOUND);
    assertThat(frozen.subject().certificate().method()).isEqualTo("given-multipliers");
    FrozenEvaluation evaluation = network.evaluate(frozen, stripes(200, 2), OPTIONS.epsilons());
    assertThat(evaluation.accuracy()).isGreaterThan(0.9);
    assertThat(evaluation.certified().get(0.1)).isGreaterThan(0.8);
  }

  @ParameterizedTest
  @EnumSource
  void anyResidualBlocksKeepTheBound(ElementType precision) throws Exception {
    TrainableNetwork network = blocks(precision);
    for (double factor : new double[] {0.1, 1, 10}) {
      FrozenNetwork frozen = network.freeze(materialized(network, factor));
      assertProved(frozen.subject());
      assertThat(frozen.subject().certificate().method())
          .as("factor %s", factor)
          .isEqualTo("given-multipliers");
    }
  }

  @Test
  void aKernelBeyondTheBoundIsNotFrozen() {
    TrainableNetwork network = convolutions(ElementType.F32);
    Materialized weights = materialized(network, 1);
    double[] kernel = weights.tensors().get("c1.weight");
    double[] before = kernel.clone();
    Arrays.setAll(kernel, i -> 2 * before[i]);
    assertThatThrownBy(() -> network.freeze(weights))
        .isInstanceOf(FreezingException.class)
        .hasMessageContaining("bound 2.0 is ");
  }

  private static void assertProved(Subject subject) {
    assertThat(subject.certificate().lipschitz().bound()).isLessThanOrEqualTo(BOUND);
    assertThat(CertificateChecker.check(subject)).isEqualTo(new Verdict.Accepted());
  }

  private static Materialized materialized(TrainableNetwork network, double factor) {
    Random random = new Random(7);
    double[] parameters = new double[network.construction().size()];
    Arrays.setAll(parameters, _ -> factor * random.nextGaussian());
    return network.construction().materialize(parameters);
  }

  /** Images with a bright row or a bright column, and noise. */
  private static Dataset stripes(int size, long seed) throws DataException {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] features = new double[size][SIDE * SIDE];
    int[] labels = new int[size];
    for (int sample = 0; sample < size; sample++) {
      labels[sample] = sample % 2;
      int line = random.nextInt(SIDE);
      for (int p = 0; p < SIDE * SIDE; p++) {
        boolean bright = (labels[sample] == 0 ? p / SIDE : p % SIDE) == line;
        features[sample][p] = (bright ? 1 : 0) + random.nextDouble(-0.1, 0.1);
      }
    }
    return Dataset.of(List.of("row", "column"), features, labels);
  }

  /**
   * {@code conv 3x3 -> maxmin -> conv 2x2 stride 2 -> abs -> avg_pool -> dense -> relu -> dense}.
   */
  private static TrainableNetwork convolutions(ElementType precision) {
    Chain chain = new Chain();
    chain.convolve("c1", 4, new Axis(3, 1, 1, 1, 1));
    chain.activate(Activation.of(GroupedKind.MAXMIN));
    chain.convolve("c2", 8, Axis.of(2, 2));
    chain.activate(Activation.of(PointwiseKind.ABS));
    chain.convolve("c3", 6, new Axis(2, 1, 0, 1, 1));
    chain.activate(Activation.of(GroupedKind.MAXMIN));
    chain.flatten();
    chain.dense("d", 8);
    chain.activate(Activation.of(PointwiseKind.RELU));
    chain.dense("y", 2);
    return chain.network(precision);
  }

  /** Kernels with gaps, and windows that move by several pixels, apart and not. */
  private static TrainableNetwork scaled(ElementType precision) {
    Chain chain = new Chain();
    chain.convolve("c1", 4, new Axis(3, 1, 2, 2, 2));
    chain.activate(Activation.of(GroupedKind.MAXMIN));
    chain.convolve("c2", 8, new Axis(3, 2, 1, 1, 1));
    chain.activate(Activation.of(PointwiseKind.ABS));
    chain.convolve("c3", 6, Axis.of(3, 3));
    chain.activate(Activation.of(GroupedKind.MAXMIN));
    chain.flatten();
    chain.dense("d", 8);
    chain.activate(Activation.of(PointwiseKind.RELU));
    chain.dense("y", 2);
    return chain.network(precision, Construction.AOL);
  }

  /** Twelve layers with weights, reflections and means between them. */
  private static TrainableNetwork deep(ElementType precision) {
    Chain chain = new Chain();
    for (int k = 0; k < 10; k++) {
      chain.convolve("c" + k, 4, new Axis(3, 1, 1, 1, 1));
      chain.activate(GroupedKind.HOUSEHOLDER.with(mirror(precision)));
    }
    chain.average(new Window(Axis.of(1, 1), Axis.of(1, 1)), precision);
    chain.flatten();
    chain.dense("d", 64);
    chain.activate(Activation.of(PointwiseKind.TANH));
    chain.dense("y", 2);
    return chain.network(precision);
  }

  /**
   * Blocks with a skip of 1, less, and of dense layers, after and before the layer of norm 2, with
   * activations of all kinds between them.
   */
  private static TrainableNetwork blocks(ElementType precision) {
    Chain chain = new Chain();
    chain.convolve("c", 4, new Axis(2, 2, 0, 0, 1));
    chain.block("b1", 3, 1);
    chain.activate(Activation.of(GroupedKind.MAXMIN));
    chain.block("b2", 4, 0.5);
    chain.activate(GroupedKind.GROUP_SORT.with(List.of(4.0)));
    chain.block("b3", 2, 1);
    chain.flatten();
    chain.dense("d", 8);
    chain.activate(GroupedKind.HOUSEHOLDER.with(mirror(precision)));
    chain.dense("e", 8);
    chain.activate(Activation.of(PointwiseKind.ABS));
    chain.dense("y", 2);
    chain.denseBlock("b4", 3, 0.75);
    return chain.network(precision, Construction.SLL);
  }

  /** 28 x 28 pixels: too many for one matrix, a few dozen for each frequency. */
  @Test
  void largeImagesAreProvedByFrequency() throws FreezingException {
    for (ElementType precision : ElementType.values()) {
      TrainableNetwork network = large(precision);
      Subject subject = network.freeze(materialized(network, 1)).subject();
      assertProved(subject);
      assertThat(subject.certificate().method()).isEqualTo("given-multipliers");
      assertThat(subject.certificate().proof().witness())
          .isInstanceOf(PositivityWitness.AllFrequencies.class);
    }
  }

  private static TrainableNetwork large(ElementType precision) {
    Chain chain = new Chain(28);
    chain.convolve("c", 8, Axis.of(2, 2));
    chain.block("b1", 6, 1);
    chain.activate(Activation.of(GroupedKind.MAXMIN));
    chain.block("b2", 8, 0.5);
    chain.convolve("d", 12, Axis.of(2, 2));
    chain.block("b3", 4, 1);
    chain.activate(Activation.of(GroupedKind.MAXMIN));
    chain.block("b4", 12, 1);
    chain.flatten();
    chain.dense("e", 16);
    chain.activate(Activation.of(PointwiseKind.RELU));
    chain.dense("y", 4);
    return chain.network(precision, Construction.LDLT);
  }

  private static List<Double> mirror(ElementType precision) {
    return List.of(precision.round(0.6), precision.round(-0.8));
  }

  /** Layers, each of which reads the one before. */
  private static final class Chain {

    private final List<Layer> layers = new ArrayList<>();

    Chain() {
      this(SIDE);
    }

    Chain(int side) {
      layers.add(new Layer.Input(Shape.of(new Grid(1, side, side)), Optional.empty()));
    }

    private Shape shape() {
      return layers.getLast().shape();
    }

    private void linear(LinearMap map, Shape shape) {
      layers.add(new Layer.Linear(List.of(layers.size() - 1), map, shape));
    }

    void convolve(String name, int channels, Axis axis) {
      Convolution map =
          new Convolution(
              shape().image().orElseThrow(),
              channels,
              Window.square(axis),
              1,
              name + ".weight",
              Optional.of(name + ".bias"));
      linear(map, Shape.of(map.output()));
    }

    void average(Window window, ElementType precision) {
      AveragePool map =
          new AveragePool(
              shape().image().orElseThrow(), window, precision.round(1.0 / window.area()));
      linear(map, Shape.of(map.output()));
    }

    void flatten() {
      linear(new Identity(), Shape.vector(shape().size()));
    }

    void dense(String name, int outputs) {
      layers.add(
          Layer.dense(
              layers.size() - 1,
              shape().size(),
              outputs,
              name + ".weight",
              Optional.of(name + ".bias")));
    }

    /** {@code factor x + conv(relu(conv x))}. */
    void block(String name, int width, double factor) {
      int input = layers.size() - 1;
      int channels = shape().image().orElseThrow().channels();
      Axis axis = new Axis(3, 1, 1, 1, 1);
      convolve(name + "c", width, axis);
      activate(Activation.of(PointwiseKind.RELU));
      convolve(name + "b", channels, axis);
      skip(input, factor);
    }

    void denseBlock(String name, int width, double factor) {
      int input = layers.size() - 1;
      int size = shape().size();
      dense(name + "c", width);
      activate(Activation.of(PointwiseKind.TANH));
      dense(name + "b", size);
      skip(input, factor);
    }

    private void skip(int input, double factor) {
      int back = layers.size() - 1;
      int skip = input;
      if (factor != 1) {
        layers.add(Layer.scale(input, factor, shape()));
        skip = layers.size() - 1;
      }
      layers.add(Layer.sum(List.of(skip, back), shape()));
    }

    void activate(Activation activation) {
      layers.add(new Layer.Activate(layers.size() - 1, activation, shape()));
    }

    TrainableNetwork network(ElementType precision) {
      return network(precision, Construction.ORTHOGONAL);
    }

    TrainableNetwork network(ElementType precision, Construction construction) {
      Network network =
          new Network(
              "test.Images",
              new Property.Lipschitz(BOUND, Norm.L2, Norm.L2),
              new WeightsSource.Parameterized(construction, Optional.of("w.safetensors")),
              precision,
              layers);
      List<String> names = IntStream.range(0, layers.size()).mapToObj(i -> "layer" + i).toList();
      return TrainableNetwork.of(new CheckedNetwork(network, names, ""));
    }
  }
}
