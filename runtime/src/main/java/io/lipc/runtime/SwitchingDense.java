package io.lipc.runtime;

/**
 * A dense layer that starts with scalar kernels, which C2 compiles at once, and is packed again for
 * vector kernels when {@link VectorTrial} has found them faster. Both give the same bits, so nobody
 * sees when.
 */
final class SwitchingDense extends FloatDense {

  private volatile FloatDense current;

  SwitchingDense(ScalarDense scalar) {
    super(scalar.inputs, scalar.outputs);
    this.current = scalar;
  }

  @Override
  public void apply(float[] x, float[] y) {
    current().apply(x, y);
  }

  @Override
  public void apply(float[][] x, float[][] y, int rows) {
    current().apply(x, y, rows);
  }

  private FloatDense current() {
    FloatDense now = current;
    return now instanceof ScalarDense && VectorTrial.isWon() ? packed() : now;
  }

  /** Packs once; the scalar packing is garbage then. */
  private synchronized FloatDense packed() {
    if (current instanceof ScalarDense scalar) {
      current = scalar.forVectors();
    }
    return current;
  }
}
