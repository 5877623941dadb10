package io.lipc.runtime.tornado;

import io.lipc.runtime.FloatNetwork;
import java.util.Arrays;

/** Evaluates batches, somewhere. Thread-safe. */
sealed interface Engine extends AutoCloseable permits Engine.Jvm, DeviceEngine {

  /** Prepares for exactly this number of rows. */
  void warmUp(int batch);

  /**
   * Evaluates rows.
   *
   * @return the time that kernels took on a device, in nanoseconds; 0 if there is none
   */
  long apply(float[] inputs, float[] outputs, int batch);

  @Override
  void close();

  /** Without a device: row by row, in the workspace of the calling thread. */
  record Jvm(FloatNetwork network) implements Engine {

    @Override
    public void warmUp(int batch) {}

    @Override
    public long apply(float[] inputs, float[] outputs, int batch) {
      int inputSize = network.inputSize();
      int outputSize = network.outputSize();
      float[] output = new float[outputSize];
      for (int row = 0; row < batch; row++) {
        int from = row * inputSize;
        network.apply(Arrays.copyOfRange(inputs, from, from + inputSize), output);
        System.arraycopy(output, 0, outputs, row * outputSize, outputSize);
      }
      return 0;
    }

    @Override
    public void close() {}
  }
}
