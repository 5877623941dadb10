package io.lipc.training.batch;

import io.lipc.kernels.graph.AdjointGraph;
import java.util.Locale;

/** Plain Java, in double. */
enum Jvm implements TrainingDevice {
  INSTANCE;

  private static final System.Logger LOG = System.getLogger(TrainingDevice.class.getName());

  private static final String ABSENT = "lipc-training-tornado is not on the class path";

  /** The JVM in place of a device, where the library that finds devices is absent. */
  static TrainingDevice inPlaceOf(String choice) {
    if (!choice.toLowerCase(Locale.ROOT).equals("auto")) {
      throw new TrainingDeviceException(
          "cannot train on device \"%s\": %s; add it (docs/training.md, On a device), or train on jvm"
              .formatted(choice, ABSENT));
    }
    LOG.log(System.Logger.Level.WARNING, "training runs on the JVM: " + ABSENT);
    return INSTANCE;
  }

  @Override
  public BatchEngine engine(AdjointGraph graph, int capacity) {
    return new BatchNetwork(graph, capacity);
  }

  @Override
  public String toString() {
    return "jvm";
  }
}
