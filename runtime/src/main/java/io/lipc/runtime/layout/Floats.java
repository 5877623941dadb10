package io.lipc.runtime.layout;

/** Arrays of floats from arrays of doubles, and back. */
public final class Floats {

  private Floats() {}

  /** The numbers, each rounded to a float. */
  public static float[] of(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  /** The same numbers as doubles. */
  public static double[] toDoubles(float[] numbers) {
    double[] doubles = new double[numbers.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = numbers[i];
    }
    return doubles;
  }
}
