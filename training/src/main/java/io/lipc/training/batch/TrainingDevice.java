package io.lipc.training.batch;

import io.lipc.kernels.graph.AdjointGraph;
import java.util.Locale;
import java.util.ServiceLoader;

/**
 * The device that runs batches. The JVM makes the weights from the free parameters, in double,
 * whatever the device is, and takes the step of Adam. The text of a device names everything that
 * results depend on: a checkpoint of one is not for another.
 */
public interface TrainingDevice {

  /** This JVM, in double: the same results on every machine. */
  TrainingDevice JVM = Jvm.INSTANCE;

  /**
   * Prepares a network for batches.
   *
   * @param capacity the most samples of a batch, at least 1
   * @throws TrainingDeviceException if the device cannot train such a network, or gives other
   *     gradients than the JVM
   */
  BatchEngine engine(AdjointGraph graph, int capacity);

  /**
   * A device as a user writes it: {@code jvm}; {@code auto}, the first device that can train the
   * network, or else the JVM with a warning in the log; an index, or a part of a device's name.
   * Devices are found by the module {@code lipc-training-tornado}, where it is on the class path.
   *
   * @throws TrainingDeviceException if there is no such device, or that module is absent
   */
  static TrainingDevice parse(String choice) {
    String text = choice.strip();
    if (text.toLowerCase(Locale.ROOT).equals("jvm")) {
      return JVM;
    }
    return ServiceLoader.load(TrainingDeviceFinder.class)
        .findFirst()
        .map(finder -> finder.find(text))
        .orElseGet(() -> Jvm.inPlaceOf(text));
  }
}
