package io.lipc.runtime.tornado;

import io.lipc.runtime.DoubleNetwork;
import io.lipc.runtime.FloatNetwork;
import java.util.Arrays;

/** Evaluates batches, somewhere. Thread-safe. */
sealed interface Engine<B extends Batch> extends AutoCloseable
    permits Engine.JvmFloats, Engine.JvmDoubles, DeviceEngine {

  /** Prepares for exactly this number of rows. */
  void warmUp(int rows);

  /**
   * Evaluates the rows of a batch.
   *
   * @return the time that kernels took on a device, in nanoseconds; 0 if there is none
   */
  long apply(B batch);

  @Override
  void close();

  /** Without a device: row by row, in the workspace of the calling thread. */
  record JvmFloats(FloatNetwork network) implements Engine<Batch.Floats> {

    @Override
    public void warmUp(int rows) {}

    @Override
    public long apply(Batch.Floats batch) {
      int inputSize = network.inputSize();
      int outputSize = network.outputSize();
      float[] output = new float[outputSize];
      for (int row = 0; row < batch.rows(); row++) {
        int from = row * inputSize;
        network.apply(Arrays.copyOfRange(batch.inputs(), from, from + inputSize), output);
        System.arraycopy(output, 0, batch.outputs(), row * outputSize, outputSize);
      }
      return 0;
    }

    @Override
    public void close() {}
  }

  /** The same in doubles. */
  record JvmDoubles(DoubleNetwork network) implements Engine<Batch.Doubles> {

    @Override
    public void warmUp(int rows) {}

    @Override
    public long apply(Batch.Doubles batch) {
      int inputSize = network.inputSize();
      int outputSize = network.outputSize();
      double[] output = new double[outputSize];
      for (int row = 0; row < batch.rows(); row++) {
        int from = row * inputSize;
        network.apply(Arrays.copyOfRange(batch.inputs(), from, from + inputSize), output);
        System.arraycopy(output, 0, batch.outputs(), row * outputSize, outputSize);
      }
      return 0;
    }

    @Override
    public void close() {}
  }
}
