package io.lipc.training.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.runtime.tornado.Device;
import io.lipc.training.TrainableNetwork;
import io.lipc.training.batch.TrainingDevice;
import io.lipc.training.frozen.FrozenNetwork;
import io.lipc.training.run.EpochReport;
import io.lipc.training.run.Evaluation;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.run.TrainingResult;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.RegressionData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole trainings, beside the same ones on the JVM. */
@OnDevice
class DeviceTrainingTest {

  /**
   * What docs/training.md says of losses at small rates, relative to the JVM's. At large ones, such
   * as 0.02 for the dense network, both diverge by a per cent, as the JVM does from itself when its
   * gradients are changed by a rounding to float: first steps of Adam go by the sign of gradients.
   */
  private static final double TOLERANCE = 1e-3;

  private static final double BOUND = 4;
  private static final int EPOCHS = 20;
  private static final int SIDE = 6;
  private static final TrainingDevice DEVICE = TornadoTraining.on(Device.parse("0"));

  private static TrainableNetwork dense() {
    return TrainableNetwork.of(
        Declared.network(
            "(x: real[2]) -> real[2]",
            "parameters ldlt;\n  weights \"dense.safetensors\";",
            """
              h1 = x |> dense(16) |> relu;
              h2 = h1 |> dense(16) |> tanh;
              y = h2 |> dense(2);
              return y;"""));
  }

  private static TrainableNetwork images() {
    return TrainableNetwork.of(
        Declared.network(
            "(x: real[1, 6, 6]) -> real[2]",
            "parameters orthogonal;\n  weights \"images.safetensors\";",
            """
              h1 = x |> conv2d(4, kernel = 3, padding = 1) |> maxmin;
              h2 = h1 |> avg_pool(2) |> flatten |> dense(12) |> maxmin;
              y = h2 |> dense(2);
              return y;"""));
  }

  private static TrainingOptions options(TrainingDevice device) {
    return TrainingOptions.builder()
        .epochs(EPOCHS)
        .learningRate(0.002)
        .epsilons(List.of(0.1))
        .device(device)
        .build();
  }

  @Test
  void aDenseNetworkHasTheLossesOfTheJvmAndIsCertified() throws Exception {
    assertSameTraining(dense(), circle(200));
  }

  @Test
  void aNetworkOfImagesHasTheLossesOfTheJvmAndIsCertified() throws Exception {
    assertSameTraining(images(), stripes(120));
  }

  private static void assertSameTraining(TrainableNetwork network, Dataset data) throws Exception {
    List<EpochReport> jvm = new ArrayList<>();
    List<EpochReport> device = new ArrayList<>();
    network.train(data, options(TrainingDevice.JVM), listener(jvm));
    TrainingResult<Evaluation> result = network.train(data, options(DEVICE), listener(device));
    assertThat(device).hasSameSizeAs(jvm).hasSize(EPOCHS);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      double loss = jvm.get(epoch).trainingLoss();
      double heldOut = jvm.get(epoch).heldOut().loss();
      assertThat(device.get(epoch).trainingLoss()).isCloseTo(loss, within(TOLERANCE * loss));
      assertThat(device.get(epoch).heldOut().loss())
          .isCloseTo(heldOut, within(TOLERANCE * heldOut));
    }
    assertThat(device.getLast().trainingLoss()).isLessThan(0.7 * jvm.getFirst().trainingLoss());
    assertProved(network.freeze(result));
  }

  private static void assertProved(FrozenNetwork frozen) throws Exception {
    assertThat(CertificateChecker.check(frozen.subject())).isEqualTo(new Verdict.Accepted());
    assertThat(frozen.bound()).isLessThanOrEqualTo(BOUND);
    assertThat(CertifiedFile.certificate(frozen.file())).contains(frozen.subject().certificate());
  }

  @Test
  void numbersArePredictedAsOnTheJvm() throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    double[][] features = new double[80][];
    double[][] targets = new double[80][];
    for (int i = 0; i < features.length; i++) {
      features[i] = new double[] {random.nextDouble(-1, 1), random.nextDouble(-1, 1)};
      targets[i] = new double[] {features[i][0] * features[i][1], features[i][0]};
    }
    RegressionData data = RegressionData.of(List.of("product", "first"), features, targets);
    double jvm =
        dense().train(data, options(TrainingDevice.JVM), ProgressListener.NONE).heldOut().loss();
    double device = dense().train(data, options(DEVICE), ProgressListener.NONE).heldOut().loss();
    assertThat(device).isCloseTo(jvm, within(TOLERANCE * jvm));
  }

  /** Kernels have no sums whose order is left open. */
  @Test
  void aDeviceGivesTheSameBytesAgainAndAfterABreak(@TempDir Path folder) throws Exception {
    Dataset data = circle(100);
    TrainingOptions whole = options(DEVICE);
    double[] first = dense().train(data, whole, ProgressListener.NONE).parameters();
    Path checkpoint = folder.resolve("c");
    TrainingOptions broken =
        TrainingOptions.builder()
            .epochs(EPOCHS)
            .learningRate(0.002)
            .epsilons(List.of(0.1))
            .device(DEVICE)
            .checkpoint(checkpoint)
            .checkpointEvery(3)
            .build();
    try {
      dense().train(data, broken, breaking(10));
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("break");
    }
    assertThat(Files.exists(checkpoint)).isTrue();
    assertThat(dense().train(data, broken, ProgressListener.NONE).parameters()).isEqualTo(first);
  }

  private static ProgressListener breaking(int epoch) {
    return new ProgressListener() {
      @Override
      public void epochFinished(EpochReport report) {
        if (report.epoch() == epoch) {
          throw new IllegalStateException("break");
        }
      }
    };
  }

  private static ProgressListener listener(List<EpochReport> reports) {
    return new ProgressListener() {
      @Override
      public void epochFinished(EpochReport report) {
        reports.add(report);
      }
    };
  }

  /** Inside and outside of a circle. */
  private static Dataset circle(int size) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    double[][] features = new double[size][];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      double x = random.nextDouble(-2, 2);
      double y = random.nextDouble(-2, 2);
      features[i] = new double[] {x, y};
      labels[i] = x * x + y * y < 2 ? 0 : 1;
    }
    return Dataset.of(List.of("inside", "outside"), features, labels);
  }

  /** Images with rows, or with columns, of two brightnesses. */
  private static Dataset stripes(int size) throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    double[][] features = new double[size][SIDE * SIDE];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % 2;
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        int line = labels[i] == 0 ? pixel / SIDE : pixel % SIDE;
        features[i][pixel] = (line % 2 == 0 ? 0.5 : -0.5) + random.nextDouble(-0.4, 0.4);
      }
    }
    return Dataset.of(List.of("rows", "columns"), features, labels);
  }
}
