package io.lipc.runtime.tornado;

/** Evaluates batches, somewhere. Thread-safe. */
sealed interface Engine<B extends Batch> extends AutoCloseable
    permits JvmFloats, JvmDoubles, DeviceEngine {

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
}
