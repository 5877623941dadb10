package io.lipc.runtime.tornado;

import java.lang.foreign.MemorySegment;

/**
 * Rows of inputs, and room for the outputs of the same rows, in arrays of the caller. Devices take
 * and give the bytes; only the JVM has to know of what.
 */
sealed interface Batch permits FloatBatch, DoubleBatch {

  /** The number of rows. */
  int rows();

  /** The inputs, row by row. */
  MemorySegment input();

  /** The outputs, row by row. */
  MemorySegment output();

  /** The number of numbers in the inputs. */
  int inputLength();

  /** The number of numbers in the outputs. */
  int outputLength();
}
