package io.lipc.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.kernels.graph.KernelGraph;
import io.lipc.training.parameterization.FactorizationException;
import io.lipc.training.parameterization.Materialized;
import io.lipc.training.parameterization.Parameterization;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving, going on, and what remains of runs that fail. */
class CheckpointTest {

  private static final FrobeniusChain CHAIN = FrobeniusChain.of(10, 2, 8, 2);
  private static final KernelGraph GRAPH = CHAIN.graph();

  @TempDir Path folder;
  private Path file;
  private Dataset data;

  @BeforeEach
  void prepare() throws DataException {
    file = folder.resolve("run.checkpoint");
    data = TestData.twoMoons(50, 1);
  }

  @Test
  void aResumedRunEndsInTheSameBytes() throws Exception {
    Path whole = folder.resolve("whole.checkpoint");
    TrainingResult<Evaluation> expected =
        train(CHAIN, data, options().checkpoint(whole).checkpointEvery(3).build(), 0);
    for (int end : new int[] {1, 4, 6, 11}) {
      Files.deleteIfExists(file);
      TrainingOptions options = options().checkpointEvery(3).build();
      assertThatThrownBy(() -> train(CHAIN, data, options, end)).isInstanceOf(PowerCut.class);
      TrainingResult<Evaluation> resumed = train(CHAIN, data, options, 0);
      assertThat(file).hasSameBinaryContentAs(whole);
      assertThat(resumed.parameters()).isEqualTo(expected.parameters());
      assertThat(resumed.heldOut()).isEqualTo(expected.heldOut());
      assertThat(resumed.epochs()).isEqualTo(expected.epochs());
      assertThat(resumed.bestEpoch()).isEqualTo(expected.bestEpoch());
    }
  }

  @Test
  void aResumedRunTellsWhereItStarts() throws Exception {
    TrainingOptions options = options().checkpointEvery(2).build();
    assertThatThrownBy(() -> train(CHAIN, data, options, 5)).isInstanceOf(PowerCut.class);
    int[] finished = {-1};
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void started(int finishedEpochs, int epochs, int batchesPerEpoch) {
            finished[0] = finishedEpochs;
          }
        };
    Trainer.train(Classification.TASK, GRAPH, CHAIN, data, 10, options, listener);
    assertThat(finished[0]).isEqualTo(4);
  }

  @Test
  void aFinishedRunGivesItsResultAgain() throws Exception {
    TrainingResult<Evaluation> first = train(CHAIN, data, options().build(), 0);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(train(CHAIN, data, options().build(), 1).parameters()).isEqualTo(first.parameters());
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  void otherDataOptionsNetworksAndParameterisationsAreRefused() throws Exception {
    train(CHAIN, data, options().build(), 0);
    Dataset otherData = TestData.twoMoons(51, 1);
    assertRefused("data", () -> train(CHAIN, otherData, options().build(), 0));
    assertRefused("options", () -> train(CHAIN, data, options().learningRate(0.5).build(), 0));
    FrobeniusChain wide = FrobeniusChain.of(10, 2, 10, 2);
    assertRefused("network and parameterisation", () -> train(wide, data, options().build(), 0));
    FrobeniusChain loose = FrobeniusChain.of(11, 2, 8, 2);
    assertRefused(
        "parameterisation",
        () ->
            Trainer.train(
                Classification.TASK,
                GRAPH,
                loose,
                data,
                10,
                options().build(),
                ProgressListener.NONE));
    assertRefused(
        "network",
        () ->
            Trainer.train(
                Classification.TASK,
                GRAPH,
                CHAIN,
                data,
                11,
                options().build(),
                ProgressListener.NONE));
  }

  @Test
  void truncationsAreRefused() throws Exception {
    train(CHAIN, data, options().epochs(1).build(), 0);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length += length < 100 ? 1 : 7) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> Checkpoint.load(file))
          .isInstanceOf(TrainingException.class)
          .hasMessageStartingWith("checkpoint " + file + " is ");
    }
  }

  @Test
  void changedBytesAreRefused() throws Exception {
    train(CHAIN, data, options().epochs(1).build(), 0);
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < bytes.length; i += 3) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      Files.write(file, changed);
      assertThatThrownBy(() -> Checkpoint.load(file)).isInstanceOf(TrainingException.class);
    }
  }

  @Test
  void aDamagedFileSaysWhatToDo() throws Exception {
    train(CHAIN, data, options().epochs(1).build(), 0);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> train(CHAIN, data, options().epochs(1).build(), 0))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "checkpoint %s is truncated or damaged: its digest does not fit; delete it to start anew"
                .formatted(file));
    Files.writeString(file, "something else");
    assertThatThrownBy(() -> train(CHAIN, data, options().build(), 0))
        .hasMessage("checkpoint " + file + " is not a checkpoint of lipc");
  }

  @Test
  void aFileThatCannotBeWrittenIsFoundAtTheStart() throws Exception {
    Path below = Files.writeString(folder.resolve("plain"), "").resolve("run.checkpoint");
    assertThatThrownBy(() -> train(CHAIN, data, options().checkpoint(below).build(), 0))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("checkpoint " + below + " cannot be written: ");
  }

  @Test
  void missingFoldersAreMadeAndNothingElseIsLeft() throws Exception {
    Path deep = folder.resolve("a/b/run.checkpoint");
    train(CHAIN, data, options().checkpoint(deep).build(), 0);
    try (Stream<Path> files = Files.list(deep.getParent())) {
      assertThat(files).containsExactly(deep);
    }
  }

  @Test
  void aLossThatIsNoNumberStopsTrainingAndTheLastCheckpointStays() throws Exception {
    Parameterization poisoned = new After(8, () -> Double.NaN);
    TrainingOptions options = options().checkpointEvery(1).build();
    assertThatThrownBy(
            () ->
                Trainer.train(
                    Classification.TASK, GRAPH, poisoned, data, 10, options, ProgressListener.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "epoch 3, batch 1 of 2: the loss is NaN; try a learning rate below 0.02; %s holds the"
                    .formatted(file)
                + " state after epoch 2");
    assertThat(Checkpoint.load(file).state().epoch()).isEqualTo(2);
    assertThat(Checkpoint.load(file).state().adam().parameters()).doesNotContain(Double.NaN);
  }

  @Test
  void aHeldOutLossThatIsNoNumberStopsTrainingBeforeItIsSaved() throws Exception {
    Parameterization poisoned = new After(7, () -> Double.POSITIVE_INFINITY);
    TrainingOptions options = options().checkpointEvery(1).build();
    assertThatThrownBy(
            () ->
                Trainer.train(
                    Classification.TASK, GRAPH, poisoned, data, 10, options, ProgressListener.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("after epoch 2: the held-out loss is NaN; try a learning rate");
    assertThat(Checkpoint.load(file).state().epoch()).isEqualTo(1);
  }

  @Test
  void aFailedFactorisationStopsTrainingAndTheLastCheckpointStays() throws Exception {
    Parameterization failing =
        new After(
            5,
            () -> {
              throw new FactorizationException("z1", "I - P");
            });
    assertThatThrownBy(
            () ->
                Trainer.train(
                    Classification.TASK,
                    GRAPH,
                    failing,
                    data,
                    10,
                    options().build(),
                    ProgressListener.NONE))
        .isInstanceOf(TrainingException.class)
        .hasCauseInstanceOf(FactorizationException.class)
        .hasMessage(
            "epoch 2, batch 1 of 2: layer `z1`: the factorisation of I - P failed; try a learning"
                + " rate below 0.02; %s holds the state after epoch 0".formatted(file));
  }

  @Test
  void aRunThatOnlyGetsWorseGivesItsStart() throws Exception {
    TrainingResult<Evaluation> result = train(CHAIN, data, options().learningRate(1e12).build(), 0);
    assertThat(result.bestEpoch()).isZero();
    assertThat(result.epochs()).isEqualTo(20);
    assertThat(result.heldOut().loss()).isFinite();
  }

  /** 20 epochs of two batches. */
  private TrainingOptions.Builder options() {
    return TrainingOptions.builder().epochs(20).learningRate(0.02).checkpoint(file);
  }

  private static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Trains, and ends in the middle of epoch {@code end} if it is positive. */
  private static TrainingResult<Evaluation> train(
      FrobeniusChain chain, Dataset data, TrainingOptions options, int end)
      throws DataException, TrainingException {
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void batchFinished(int epoch, int batch, double loss) {
            if (epoch == end) {
              throw new PowerCut();
            }
          }
        };
    return Trainer.train(Classification.TASK, chain.graph(), chain, data, 10, options, listener);
  }

  private interface Attempt {
    void run() throws DataException, TrainingException, IOException;
  }

  private void assertRefused(String differences, Attempt attempt) {
    assertThatThrownBy(attempt::run)
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "checkpoint %s belongs to another run: its %s differ from those given now; delete it"
                    .formatted(file, differences)
                + " to start anew, or name another file");
  }

  private interface Poison {
    double value();
  }

  /** The chain, whose first bias is poisoned from its n-th materialisation on, counted from 0. */
  private static final class After implements Parameterization {
    private final int calls;
    private final Poison poison;
    private int count;

    private After(int calls, Poison poison) {
      this.calls = calls;
      this.poison = poison;
    }

    @Override
    public int size() {
      return CHAIN.size();
    }

    @Override
    public double[] initial(RandomGenerator random) {
      return CHAIN.initial(random);
    }

    @Override
    public Materialized materialize(double[] parameters) {
      Materialized weights = CHAIN.materialize(parameters);
      if (count++ >= calls) {
        weights.tensors().get("z1.bias")[0] = poison.value();
      }
      return weights;
    }
  }
}
