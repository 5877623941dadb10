package io.lipc.runtime;

import io.lipc.runtime.layout.Floats;

/** A network of either precision, of numbers that come and go as doubles. */
final class InDoubles {

  private InDoubles() {}

  /**
   * The outputs of a network for one row.
   *
   * @param workspace of that network
   * @param x numbers of its precision
   */
  static double[] apply(LipschitzNetwork network, Workspace workspace, double[] x) {
    return switch (network) {
      case DoubleNetwork doubles -> {
        double[] y = new double[doubles.outputSize()];
        doubles.apply(workspace, x, y);
        yield y;
      }
      case FloatNetwork floats -> {
        float[] y = new float[floats.outputSize()];
        floats.apply(workspace, Floats.of(x), y);
        yield Floats.toDoubles(y);
      }
    };
  }
}
