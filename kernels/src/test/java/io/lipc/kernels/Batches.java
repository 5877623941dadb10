package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.runtime.DoubleNetwork;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.LipschitzNetwork;
import java.util.SplittableRandom;

/** Batches of generated networks, in both number formats. */
final class Batches {

  /** Some tiles of rows, and a rest. */
  private static final int ROWS = 37;

  private Batches() {}

  /** Asserts that a batch gives each row the bits that it has alone. */
  static void assertAreRows(LipschitzNetwork network, SplittableRandom random) {
    double[][] rows = new double[ROWS][];
    for (int r = 0; r < ROWS; r++) {
      rows[r] = random.doubles(network.inputSize(), -2, 2).toArray();
    }
    switch (network) {
      case FloatNetwork floats -> {
        float[][] inputs = new float[ROWS][floats.inputSize()];
        for (int r = 0; r < ROWS; r++) {
          for (int i = 0; i < rows[r].length; i++) {
            inputs[r][i] = (float) rows[r][i];
          }
        }
        float[][] outputs = new float[ROWS][floats.outputSize()];
        floats.apply(inputs, outputs);
        for (int r = 0; r < ROWS; r++) {
          float[] alone = new float[floats.outputSize()];
          floats.apply(inputs[r], alone);
          assertThat(outputs[r]).containsExactly(alone);
        }
      }
      case DoubleNetwork doubles -> {
        double[][] outputs = new double[ROWS][doubles.outputSize()];
        doubles.apply(rows, outputs);
        for (int r = 0; r < ROWS; r++) {
          double[] alone = new double[doubles.outputSize()];
          doubles.apply(rows[r], alone);
          assertThat(outputs[r]).containsExactly(alone);
        }
      }
      default -> throw new AssertionError(network.toString());
    }
  }
}
