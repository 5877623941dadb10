package io.lipc.runtime.tornado;

import java.lang.foreign.MemorySegment;

/**
 * Rows of inputs, and room for the outputs of the same rows, in arrays of the caller. Devices take
 * and give the bytes; only the JVM has to know of what.
 */
sealed interface Batch {

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

  /** A batch of a network in floats. */
  record Floats(float[] inputs, float[] outputs, int rows) implements Batch {

    @Override
    public MemorySegment input() {
      return MemorySegment.ofArray(inputs);
    }

    @Override
    public MemorySegment output() {
      return MemorySegment.ofArray(outputs);
    }

    @Override
    public int inputLength() {
      return inputs.length;
    }

    @Override
    public int outputLength() {
      return outputs.length;
    }
  }

  /** A batch of a network in doubles. */
  record Doubles(double[] inputs, double[] outputs, int rows) implements Batch {

    @Override
    public MemorySegment input() {
      return MemorySegment.ofArray(inputs);
    }

    @Override
    public MemorySegment output() {
      return MemorySegment.ofArray(outputs);
    }

    @Override
    public int inputLength() {
      return inputs.length;
    }

    @Override
    public int outputLength() {
      return outputs.length;
    }
  }
}
