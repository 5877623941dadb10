package io.lipc.runtime;

import java.util.function.BooleanSupplier;

/**
 * A dense layer that starts with scalar kernels, which C2 compiles at once, and is packed again for
 * vector kernels when {@link VectorTrial} has found them faster. Both give the same bits, so nobody
 * sees when.
 */
final class SwitchingDense extends FloatDense {

  private final BooleanSupplier vectorsWon;
  private volatile FloatDense current;

  /**
   * A layer that starts as {@code scalar}.
   *
   * @param vectorsWon asked at each evaluation until it says yes
   */
  SwitchingDense(ScalarDense scalar, BooleanSupplier vectorsWon) {
    super(scalar.inputs, scalar.outputs);
    this.vectorsWon = vectorsWon;
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

  /** The kernel that runs now. */
  FloatDense current() {
    FloatDense now = current;
    return now instanceof ScalarDense && vectorsWon.getAsBoolean() ? packed() : now;
  }

  /** Packs once; the scalar packing is garbage then. */
  private synchronized FloatDense packed() {
    if (current instanceof ScalarDense scalar) {
      current = scalar.forVectors();
    }
    return current;
  }
}
