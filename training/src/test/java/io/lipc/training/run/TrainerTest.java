package io.lipc.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.kernels.pass.ReverseMode;
import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDevice;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.TestData;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainerTest {

  private static final FrobeniusChain MOONS = FrobeniusChain.of(10, 2, 16, 16, 2);
  private static final TrainingOptions OPTIONS =
      TrainingOptions.builder().epochs(60).learningRate(0.02).offset(0.05).build();

  @Test
  void learnsTwoMoons() throws Exception {
    List<EpochReport> reports = new ArrayList<>();
    TrainingResult<Evaluation> result =
        train(MOONS, TestData.twoMoons(300, 1), 10, OPTIONS, listener(reports));
    assertThat(reports).hasSize(60);
    assertThat(reports.getLast().trainingLoss()).isLessThan(reports.getFirst().trainingLoss() / 2);
    assertThat(result.heldOut().accuracy()).isGreaterThanOrEqualTo(0.95);
    assertThat(
            Trainer.evaluate(
                    MOONS.graph(), result.tensors(), TestData.twoMoons(300, 2), 10, OPTIONS)
                .accuracy())
        .isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void learnsIris() throws Exception {
    FrobeniusChain chain = FrobeniusChain.of(2, 4, 16, 3);
    TrainingResult<Evaluation> result =
        train(chain, TestData.uci("iris", 5), 2, OPTIONS, ProgressListener.NONE);
    assertThat(result.outputs()).containsExactly("0", "1", "2");
    assertThat(result.heldOut().accuracy()).isGreaterThanOrEqualTo(0.9);
    assertThat(result.training().accuracy()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void certifiedSharesFallWithTheDistanceAndStayBelowAccuracy() throws Exception {
    TrainingResult<Evaluation> result =
        train(MOONS, TestData.twoMoons(300, 1), 10, OPTIONS, ProgressListener.NONE);
    List<Double> shares = new ArrayList<>(result.training().certified().values());
    assertThat(shares.getFirst()).isPositive().isLessThanOrEqualTo(result.training().accuracy());
    for (int i = 1; i < shares.size(); i++) {
      assertThat(shares.get(i)).isLessThanOrEqualTo(shares.get(i - 1));
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedDoesNot() throws Exception {
    Dataset data = TestData.twoMoons(100, 1);
    TrainingOptions other = TrainingOptions.builder().epochs(5).seed(2).build();
    TrainingOptions options = TrainingOptions.builder().epochs(5).build();
    double[] first = train(MOONS, data, 10, options, ProgressListener.NONE).parameters();
    assertThat(train(MOONS, data, 10, options, ProgressListener.NONE).parameters())
        .isEqualTo(first);
    assertThat(train(MOONS, data, 10, other, ProgressListener.NONE).parameters())
        .isNotEqualTo(first);
  }

  @Test
  void theBestParametersAreThoseOfTheSmallestHeldOutLoss() throws Exception {
    List<EpochReport> reports = new ArrayList<>();
    TrainingResult<Evaluation> result =
        train(MOONS, TestData.twoMoons(60, 1), 10, OPTIONS, listener(reports));
    double smallest = reports.stream().mapToDouble(r -> r.heldOut().loss()).min().orElseThrow();
    assertThat(result.heldOut().loss()).isEqualTo(smallest);
    assertThat(reports.get(result.bestEpoch() - 1).heldOut().loss()).isEqualTo(smallest);
    assertThat(reports.get(result.bestEpoch() - 1).isBest()).isTrue();
  }

  @Test
  void stopsWhenPatienceIsOver() throws Exception {
    TrainingOptions options =
        TrainingOptions.builder().epochs(1000).patience(3).learningRate(0.3).build();
    TrainingResult<Evaluation> result =
        train(MOONS, TestData.twoMoons(60, 1), 10, options, ProgressListener.NONE);
    assertThat(result.epochs()).isLessThan(1000).isEqualTo(result.bestEpoch() + 3);
  }

  @Test
  void theGradientOfTheParametersIsThatOfTheLoss() throws Exception {
    Dataset data = TestData.twoMoons(20, 3);
    CompSumMargin loss = new CompSumMargin(1, 4, 0.1, 10);
    BatchEngine network = TrainingDevice.JVM.engine(ReverseMode.of(MOONS.graph()), data.size());
    SplittableRandom random = new SplittableRandom(4);
    double[] parameters = MOONS.initial(random);
    loss(network, loss, data, parameters);
    network.reverse(data.size());
    Materialized weights = MOONS.materialize(parameters);
    double[] gradient = weights.pullBack(network.tensorGradients());
    for (int sample = 0; sample < 20; sample++) {
      int i = random.nextInt(parameters.length);
      double[] moved = parameters.clone();
      moved[i] = parameters[i] + 1e-6;
      double above = loss(network, loss, data, moved);
      moved[i] = parameters[i] - 1e-6;
      double below = loss(network, loss, data, moved);
      assertThat(gradient[i]).isCloseTo((above - below) / 2e-6, within(1e-7));
    }
  }

  @Test
  void dataThatDoNotFitTheNetworkAreRefused() throws Exception {
    Dataset moons = TestData.twoMoons(20, 1);
    FrobeniusChain wide = FrobeniusChain.of(1, 3, 4, 2);
    FrobeniusChain classes = FrobeniusChain.of(1, 2, 4, 3);
    assertThatThrownBy(() -> train(wide, moons, 1, OPTIONS, ProgressListener.NONE))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "network test.Chain has 3 inputs, but the data have 2 features; declare real[2], or check"
                + " --drop-column and --label-column");
    assertThatThrownBy(() -> train(classes, moons, 1, OPTIONS, ProgressListener.NONE))
        .isInstanceOf(DataException.class)
        .hasMessage("network test.Chain has 3 outputs, but the data have 2 classes: upper, lower");
  }

  @Test
  void aParameterisationOfAnotherNetworkIsRefused() throws Exception {
    Dataset moons = TestData.twoMoons(20, 1);
    FrobeniusChain other = FrobeniusChain.of(10, 2, 8, 2);
    assertThatThrownBy(
            () ->
                Trainer.train(
                    Classification.TASK,
                    MOONS.graph(),
                    other,
                    moons,
                    10,
                    OPTIONS,
                    ProgressListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("network test.Chain reads 16 numbers of z1.bias; the parameterisation gives 8");
  }

  @Test
  void aBoundThatIsNoBoundIsRefused() throws Exception {
    Dataset moons = TestData.twoMoons(20, 1);
    for (double bound : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> train(MOONS, moons, bound, OPTIONS, ProgressListener.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the bound is " + bound);
    }
  }

  private static double loss(
      BatchEngine network, CompSumMargin loss, Dataset data, double[] parameters) {
    int[] samples = IntStream.range(0, data.size()).toArray();
    int[] labels = new int[data.size()];
    network.load(MOONS.materialize(parameters).tensors());
    data.copyTo(network.input(), labels, samples, 0, data.size());
    network.forward(data.size());
    return loss.gradient(network.output(), labels, data.size(), network.outputGradient());
  }

  private static ProgressListener listener(List<EpochReport> reports) {
    return new ProgressListener() {
      @Override
      public void epochFinished(EpochReport report) {
        reports.add(report);
      }
    };
  }

  private static TrainingResult<Evaluation> train(
      FrobeniusChain chain,
      Dataset data,
      double bound,
      TrainingOptions options,
      ProgressListener listener)
      throws DataException, TrainingException {
    return Trainer.train(Classification.TASK, chain.graph(), chain, data, bound, options, listener);
  }
}
