package io.lipc.runtime;

/** A network of either precision, of numbers that come and go as doubles. */
final class InDoubles {

  private InDoubles() {}

  /**
   * What a network gives for one row.
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
        floats.apply(workspace, toFloats(x), y);
        yield ofFloats(y);
      }
    };
  }

  static float[] toFloats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  static double[] ofFloats(float[] numbers) {
    double[] doubles = new double[numbers.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = numbers[i];
    }
    return doubles;
  }
}
