package io.lipc.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDevice;
import io.lipc.training.batch.TrainingDeviceException;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.TestData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on devices, whatever they are. */
class TrainingDeviceTest {

  private static final FrobeniusChain CHAIN = FrobeniusChain.of(10, 2, 8, 2);

  @Test
  void theJvmIsAlwaysThere() {
    assertThat(TrainingDevice.parse(" JVM ")).isSameAs(TrainingDevice.JVM);
    assertThat(TrainingDevice.JVM).hasToString("jvm");
    assertThat(TrainingOptions.defaults().device()).isSameAs(TrainingDevice.JVM);
  }

  /** The loader of the platform sees no module that finds devices. */
  @Test
  void withoutAFinderAnAcceleratorIsRefusedAndAutoIsTheJvm() {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThat(TrainingDevice.parse("auto")).isSameAs(TrainingDevice.JVM);
      for (String choice : new String[] {"0", "nvidia", ""}) {
        assertThatThrownBy(() -> TrainingDevice.parse(choice))
            .isInstanceOf(TrainingDeviceException.class)
            .hasMessage(
                "cannot train on device \"%s\": lipc-training-tornado is not on the class path; add it (docs/training.md, On a device), or train on jvm",
                choice);
      }
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  @Test
  void whatCannotBePreparedIsRefusedBeforeTraining() {
    TrainingDevice none = new Failing(0);
    assertThatThrownBy(() -> train(TrainingOptions.builder().device(none).build()))
        .isInstanceOf(TrainingDeviceException.class)
        .hasMessage("no such layer here");
  }

  @Test
  void aFailureOnTheWayLeavesTheCheckpointAndSaysSo(@TempDir Path folder) {
    Path checkpoint = folder.resolve("c");
    TrainingOptions.Builder options =
        TrainingOptions.builder().epochs(9).checkpoint(checkpoint).checkpointEvery(1);
    assertThatThrownBy(() -> train(options.device(new Failing(10)).build()))
        .isInstanceOf(TrainingException.class)
        .hasMessage("the device is gone; %s holds the state after epoch 4".formatted(checkpoint));
  }

  @Test
  void aCheckpointOfADeviceIsNotForAnother(@TempDir Path folder) throws Exception {
    Path checkpoint = folder.resolve("c");
    TrainingOptions.Builder options = TrainingOptions.builder().epochs(2).checkpoint(checkpoint);
    train(options.device(new Failing(Integer.MAX_VALUE)).build());
    assertThatThrownBy(() -> train(options.device(TrainingDevice.JVM).build()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("belongs to another run: its options differ");
  }

  @Test
  void enginesAreClosed() throws Exception {
    Failing device = new Failing(Integer.MAX_VALUE);
    train(TrainingOptions.builder().epochs(2).device(device).build());
    assertThat(device.closed).isEqualTo(1);
  }

  private static void train(TrainingOptions options) throws Exception {
    Dataset data = TestData.twoMoons(40, 1);
    Trainer.train(
        Classification.TASK, CHAIN.graph(), CHAIN, data, 10, options, ProgressListener.NONE);
  }

  /** The JVM, until it fails. */
  private static final class Failing implements TrainingDevice {

    private final int passes;
    private int closed;

    Failing(int passes) {
      this.passes = passes;
    }

    @Override
    public BatchEngine engine(AdjointGraph graph, int capacity) {
      if (passes == 0) {
        throw new TrainingDeviceException("no such layer here");
      }
      BatchEngine jvm = JVM.engine(graph, capacity);
      return new CountedEngine(jvm, passes, () -> closed++);
    }

    @Override
    public String toString() {
      return "a device that fails";
    }
  }
}
