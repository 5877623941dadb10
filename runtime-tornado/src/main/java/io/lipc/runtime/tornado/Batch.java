package io.lipc.runtime.tornado;

import java.lang.foreign.MemorySegment;

/**
 * Rows of inputs, and room for the outputs of the same rows, in arrays of the caller. Devices take
 * and give the bytes; only the JVM has to know of what.
 */
sealed interface Batch {

  /** How many rows. */
  int rows();

  /** The inputs, row by row. */
  MemorySegment input();

  /** The outputs, row by row. */
  MemorySegment output();

  /** How many numbers there are in the inputs. */
  int inputLength();

  /** How many numbers there are in the outputs. */
  int outputLength();

  /** Of a network in floats. */
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

  /** Of a network in doubles. */
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
