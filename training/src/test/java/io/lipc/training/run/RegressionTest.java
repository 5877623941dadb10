package io.lipc.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.kernels.interpreter.Interpreter;
import io.lipc.kernels.pass.ReverseMode;
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
import io.lipc.training.TrainableNetwork;
import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDevice;
import io.lipc.training.frozen.FrozenNetwork;
import io.lipc.training.frozen.FrozenRegression;
import io.lipc.training.frozen.TargetError;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;
import io.lipc.training.table.DataException;
import io.lipc.training.table.RegressionData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From numbers to be predicted to a network whose predictions move no farther than it is certified.
 */
class RegressionTest {

  private static final TrainingOptions OPTIONS =
      TrainingOptions.builder().epochs(60).patience(60).build();

  /** {@code offset + slope (|x_0| - |x_1| / 2)} on [-1, 1]^2. */
  private static RegressionData tents(int size, double offset, double slope) throws DataException {
    SplittableRandom random = new SplittableRandom(8);
    double[][] features = new double[size][];
    double[][] values = new double[size][];
    for (int i = 0; i < size; i++) {
      features[i] = random.doubles(2, -1, 1).toArray();
      double tent = Math.abs(features[i][0]) - Math.abs(features[i][1]) / 2;
      values[i] = new double[] {offset + slope * tent};
    }
    return RegressionData.of(List.of("tent"), features, values);
  }

  @Test
  void aFunctionIsLearnedInItsUnit() throws Exception {
    TrainableNetwork network = chain(2000, 1, Optional.empty());
    List<EpochReport> reports = new ArrayList<>();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void epochFinished(EpochReport report) {
            reports.add(report);
          }
        };
    RegressionData data = tents(300, 50_000, 1000);
    TrainingResult<RegressionEvaluation> result = network.train(data, OPTIONS, listener);
    assertThat(result.heldOut().r2()).isGreaterThan(0.98);
    assertThat(result.heldOut().rmse()).isLessThan(60);
    assertThat(result.outputs()).containsExactly("tent");
    double smallest = reports.stream().mapToDouble(r -> r.heldOut().loss()).min().orElseThrow();
    assertThat(result.heldOut().loss()).isEqualTo(smallest);
    RegressionEvaluation first = (RegressionEvaluation) reports.getFirst().heldOut();
    assertThat(first.rmse()).isLessThan(2000);
  }

  /** Adam is told of units, so that none is better than another. */
  @Test
  void anotherUnitTakesTheSameWay() throws Exception {
    TrainingResult<RegressionEvaluation> plain =
        chain(2, 1, Optional.empty()).train(tents(80, 0, 1), OPTIONS, ProgressListener.NONE);
    TrainingResult<RegressionEvaluation> other =
        chain(2048, 1, Optional.empty()).train(tents(80, 0, 1024), OPTIONS, ProgressListener.NONE);
    assertThat(other.bestEpoch()).isEqualTo(plain.bestEpoch());
    assertThat(other.heldOut().rmse())
        .isCloseTo(1024 * plain.heldOut().rmse(), within(1e-6 * other.heldOut().rmse()));
  }

  @Test
  void figuresAreThoseOfTheirDefinitions() throws Exception {
    TrainableNetwork network = chain(2, 2, Optional.empty());
    RegressionData data = pairs(37);
    TrainingResult<RegressionEvaluation> result =
        network.train(data, TrainingOptions.builder().epochs(3).build(), ProgressListener.NONE);
    Split<RegressionData> split = Split.random(data, 0.2, 1);
    Interpreter interpreter =
        new Interpreter(network.graph(), result.materialized().tensors(), Map.of());
    double squares = 0;
    double absolute = 0;
    double deviations = 0;
    int size = split.heldOut().size();
    for (int k = 0; k < 2; k++) {
      int target = k;
      double mean =
          IntStream.range(0, size)
              .mapToDouble(i -> split.heldOut().target(i, target))
              .average()
              .orElseThrow();
      for (int i = 0; i < size; i++) {
        double error =
            interpreter.apply(split.heldOut().features(i))[k] - split.heldOut().target(i, k);
        squares += error * error;
        absolute += Math.abs(error);
        deviations += Math.pow(split.heldOut().target(i, k) - mean, 2);
      }
    }
    // The interpreter rounds to floats.
    assertThat(result.heldOut().rmse()).isCloseTo(Math.sqrt(squares / (2 * size)), within(1e-5));
    assertThat(result.heldOut().meanError()).isCloseTo(absolute / (2 * size), within(1e-5));
    assertThat(result.heldOut().r2()).isCloseTo(1 - squares / deviations, within(1e-4));
  }

  private static RegressionData pairs(int size) throws DataException {
    SplittableRandom random = new SplittableRandom(2);
    double[][] features = new double[size][];
    double[][] values = new double[size][];
    for (int i = 0; i < size; i++) {
      features[i] = random.doubles(2, -1, 1).toArray();
      values[i] = new double[] {features[i][0] + 3, features[i][1] - features[i][0]};
    }
    return RegressionData.of(List.of("sum", "difference"), features, values);
  }

  @Test
  void theGradientOfTheParametersIsThatOfTheLoss() throws Exception {
    RegressionData data = pairs(20);
    TrainableNetwork trainable = chain(3, 2, Optional.empty());
    TargetUnits units = new TargetUnits(List.of(2.5, -1.0), 7);
    Parameterization inUnits = OutputBias.of(trainable.graph(), trainable.construction(), units);
    assertThat(inUnits).isInstanceOf(OutputBias.class);
    TargetLoss objective = new TargetLoss(new MeanSquaredError(units.variance()));
    BatchEngine network = TrainingDevice.JVM.engine(ReverseMode.of(trainable.graph()), data.size());
    SplittableRandom random = new SplittableRandom(4);
    double[] parameters = inUnits.initial(random);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += 0.1 * random.nextGaussian();
    }
    loss(network, objective, data, inUnits.materialize(parameters));
    network.reverse(data.size());
    double[] gradient = inUnits.materialize(parameters).pullBack(network.tensorGradients());
    for (int i = 0; i < parameters.length; i++) {
      double[] moved = parameters.clone();
      moved[i] = parameters[i] + 1e-6;
      double above = loss(network, objective, data, inUnits.materialize(moved));
      moved[i] = parameters[i] - 1e-6;
      double below = loss(network, objective, data, inUnits.materialize(moved));
      assertThat(gradient[i]).isCloseTo((above - below) / 2e-6, within(1e-7));
    }
  }

  private static double loss(
      BatchEngine network, TargetLoss objective, RegressionData data, Materialized weights) {
    network.load(weights.tensors());
    int size = data.size();
    return objective.gradient(network, data, IntStream.range(0, size).toArray(), 0, size);
  }

  @Test
  void aResumedRunEndsInTheSameWeights(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("run.checkpoint");
    TrainingOptions options =
        TrainingOptions.builder().epochs(9).checkpoint(file).checkpointEvery(2).build();
    RegressionData data = tents(60, 5, 1);
    TrainableNetwork network = chain(2, 1, Optional.empty());
    TrainingResult<RegressionEvaluation> whole =
        network.train(data, TrainingOptions.builder().epochs(9).build(), ProgressListener.NONE);
    ProgressListener powerCut =
        new ProgressListener() {
          @Override
          public void batchFinished(int epoch, int batch, double loss) {
            if (epoch == 6) {
              throw new IllegalStateException("power cut");
            }
          }
        };
    assertThatThrownBy(() -> network.train(data, options, powerCut)).hasMessage("power cut");
    assertThat(Files.exists(file)).isTrue();
    TrainingResult<RegressionEvaluation> resumed =
        network.train(data, options, ProgressListener.NONE);
    assertThat(resumed.parameters()).isEqualTo(whole.parameters());
    assertThat(resumed.heldOut()).isEqualTo(whole.heldOut());
    RegressionData other = tents(60, 5.5, 1);
    assertThatThrownBy(() -> network.train(other, options, ProgressListener.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("its parameterisation and data differ");
  }

  @Test
  void biasesInUnitsLeaveTheProofAsItIs() throws Exception {
    TrainableNetwork network = chain(2000, 1, Optional.empty());
    TrainingResult<RegressionEvaluation> result =
        network.train(tents(100, 50_000, 1000), OPTIONS, ProgressListener.NONE);
    FrozenNetwork frozen = network.freeze(result);
    assertThat(frozen.bound()).isEqualTo(2000);
    assertThat(frozen.subject().certificate().method()).isEqualTo("given-multipliers");
    assertThat(CertificateChecker.check(frozen.subject())).isEqualTo(new Verdict.Accepted());
  }

  /**
   * Moved in all directions, among them the steepest: the tube is wide enough, and hardly wider.
   */
  @Test
  void predictionsStayInTheirTube() throws Exception {
    Interval side = new Interval(-2, 2);
    TrainableNetwork network = chain(2, 1, Optional.of(side));
    RegressionData data = tents(100, 5, 2);
    FrozenNetwork frozen = network.freeze(network.train(data, OPTIONS, ProgressListener.NONE));
    double distance = 0.25;
    FrozenRegression evaluation = network.evaluate(frozen, data, List.of(distance));
    FrozenRegression.AtDistance at = evaluation.distances().getFirst();
    assertThat(evaluation.outside()).isZero();
    assertThat(at.halfWidth()).isBetween(0.5, 0.501);
    Map<String, double[]> tensors = new TreeMap<>();
    frozen.subject().weights().tensors().forEach((name, one) -> tensors.put(name, one.values()));
    Interpreter interpreter = new Interpreter(network.graph(), tensors, Map.of());
    double widest = 0;
    double worst = 0;
    double mean = 0;
    for (int sample = 0; sample < data.size(); sample++) {
      double[] x = {(float) data.feature(sample, 0), (float) data.feature(sample, 1)};
      double y = interpreter.apply(x)[0];
      double worstOfSample = 0;
      for (int angle = 0; angle < 64; angle++) {
        double[] moved = {
          (float) (x[0] + 0.9999 * distance * Math.cos(angle * Math.PI / 32)),
          (float) (x[1] + 0.9999 * distance * Math.sin(angle * Math.PI / 32))
        };
        double prediction = interpreter.apply(moved)[0];
        widest = Math.max(widest, Math.abs(prediction - y));
        worstOfSample = Math.max(worstOfSample, Math.abs(prediction - data.target(sample, 0)));
      }
      worst = Math.max(worst, worstOfSample);
      mean += worstOfSample / data.size();
    }
    assertThat(widest).isBetween(0.9 * at.halfWidth(), at.halfWidth());
    assertThat(worst).isLessThanOrEqualTo(at.errors().getFirst().largest());
    assertThat(mean).isBetween(0.5 * at.errors().getFirst().mean(), at.errors().getFirst().mean());
    TargetError error = evaluation.errors().getFirst();
    assertThat(at.errors().getFirst().mean())
        .isCloseTo(error.meanError() + at.halfWidth(), within(1e-9))
        .isGreaterThan(error.meanError() + at.halfWidth() - 1e-12);
    assertThat(at.errors().getFirst().largest())
        .isGreaterThan(error.largestError() + at.halfWidth());
  }

  @Test
  void nothingIsCertifiedOfSamplesOutsideOfTheBox() throws Exception {
    RegressionData data = tents(100, 0, 1);
    TrainableNetwork open = chain(1, 1, Optional.empty());
    FrozenNetwork frozen = open.freeze(open.train(data, OPTIONS, ProgressListener.NONE));
    assertThat(open.evaluate(frozen, data, List.of(0.1)).outside()).isZero();
    TrainableNetwork narrow = chain(1, 1, Optional.of(new Interval(0, 2)));
    frozen = narrow.freeze(narrow.train(data, OPTIONS, ProgressListener.NONE));
    FrozenRegression evaluation = narrow.evaluate(frozen, data, List.of(0.0));
    int outside =
        (int)
            IntStream.range(0, 100)
                .filter(i -> data.feature(i, 0) < 0 || data.feature(i, 1) < 0)
                .count();
    assertThat(evaluation.outside()).isEqualTo(outside).isBetween(50, 95);
    TrainableNetwork none = chain(1, 1, Optional.of(new Interval(5, 6)));
    frozen = none.freeze(none.train(data, OPTIONS, ProgressListener.NONE));
    FrozenRegression nothing = none.evaluate(frozen, data, List.of(0.1));
    assertThat(nothing.outside()).isEqualTo(100);
    assertThat(nothing.distances().getFirst().errors())
        .containsExactly(
            new FrozenRegression.CertifiedError(
                Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
  }

  @Test
  void dataThatDoNotFitTheNetworkAreRefused() throws Exception {
    TrainableNetwork network = chain(1, 1, Optional.empty());
    assertThatThrownBy(() -> network.train(pairs(9), OPTIONS, ProgressListener.NONE))
        .isInstanceOf(DataException.class)
        .hasMessage("network test.Net has 1 output, but the data have 2 targets: sum, difference");
    RegressionData wide =
        RegressionData.of(
            List.of("t"), new double[][] {{1, 2, 3}, {2, 3, 4}}, new double[][] {{1}, {2}});
    assertThatThrownBy(() -> network.train(wide, OPTIONS, ProgressListener.NONE))
        .hasMessage(
            "network test.Net has 2 inputs, but the data have 3 features; declare real[3], or check"
                + " --drop-column and --label-column");
  }

  @Test
  void probabilitiesAreNoTargets() {
    TrainableNetwork network =
        network(
            Construction.ORTHOGONAL,
            1,
            new Layer.Input(Shape.vector(2), Optional.empty()),
            dense(0, 2, 2, "y"),
            new Layer.Activate(1, GroupedKind.SOFTMAX.with(List.of(1.0)), Shape.vector(2)));
    assertThatThrownBy(() -> network.train(pairs(9), OPTIONS, ProgressListener.NONE))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "test.Net ends in softmax: its outputs are probabilities, which add up to 1, and no"
                + " targets; end it in a dense layer");
  }

  /** Only a bias that moves nothing but the outputs may be moved by the mean. */
  @Test
  void biasesThatOtherLayersReadAreLeftAlone() throws Exception {
    TargetUnits units = new TargetUnits(List.of(9.0, 9.0), 4);
    Layer input = new Layer.Input(Shape.vector(2), Optional.empty());
    TrainableNetwork residual =
        network(
            Construction.LDLT,
            1,
            input,
            dense(0, 2, 2, "a"),
            dense(0, 2, 4, "h"),
            relu(2, 4),
            dense(3, 4, 2, "b"),
            Layer.sum(List.of(1, 4), Shape.vector(2)));
    assertThat(OutputBias.of(residual.graph(), residual.construction(), units))
        .isInstanceOfSatisfying(
            OutputBias.class, bias -> assertThat(bias.tensor()).isEqualTo("a.bias"));
    TrainableNetwork block =
        network(
            Construction.SLL,
            1,
            input,
            dense(0, 2, 2, "a"),
            dense(1, 2, 4, "h"),
            relu(2, 4),
            dense(3, 4, 2, "b"),
            Layer.sum(List.of(1, 4), Shape.vector(2)));
    assertThat(OutputBias.of(block.graph(), block.construction(), units))
        .isInstanceOfSatisfying(
            OutputBias.class, bias -> assertThat(bias.tensor()).isEqualTo("b.bias"));
    TrainableNetwork positive =
        network(Construction.ORTHOGONAL, 1, input, dense(0, 2, 2, "y"), relu(1, 2));
    assertThat(OutputBias.of(positive.graph(), positive.construction(), units))
        .isSameAs(positive.construction());
  }

  /** {@code 2 -> 16 -> relu -> 16 -> relu -> outputs}. */
  private static TrainableNetwork chain(double bound, int outputs, Optional<Interval> side) {
    return network(
        Construction.LDLT,
        bound,
        new Layer.Input(Shape.vector(2), side.map(s -> Collections.nCopies(2, s))),
        dense(0, 2, 16, "h"),
        relu(1, 16),
        dense(2, 16, 16, "g"),
        relu(3, 16),
        dense(4, 16, outputs, "y"));
  }

  private static Layer dense(int operand, int inputs, int outputs, String name) {
    return Layer.dense(operand, inputs, outputs, name + ".weight", Optional.of(name + ".bias"));
  }

  private static Layer relu(int operand, int size) {
    return new Layer.Activate(operand, Activation.of(PointwiseKind.RELU), Shape.vector(size));
  }

  private static TrainableNetwork network(
      Construction construction, double bound, Layer... layers) {
    Optional<String> file =
        construction == Construction.LDLT ? Optional.empty() : Optional.of("w.safetensors");
    Network network =
        new Network(
            "test.Net",
            new Property.Lipschitz(bound, Norm.L2, Norm.L2),
            new WeightsSource.Parameterized(construction, file),
            ElementType.F32,
            List.of(layers));
    List<String> names = IntStream.range(0, layers.length).mapToObj(i -> "layer" + i).toList();
    return TrainableNetwork.of(new CheckedNetwork(network, names, ""));
  }
}
