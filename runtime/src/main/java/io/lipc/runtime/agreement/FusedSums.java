package io.lipc.runtime.agreement;

import io.lipc.formats.ElementType;
import io.lipc.runtime.layout.Floats;
import java.util.Arrays;

/** Sums of products of some elements of a signal, one fused step after the other (ADR 19). */
sealed interface FusedSums {

  /**
   * The sums for a signal.
   *
   * @param x {@code x[i][k]} is element i for input k
   * @param count the number of inputs
   */
  static FusedSums of(ElementType type, double[][] x, int count) {
    return switch (type) {
      case F32 -> new OfFloats(floats(x), new float[count]);
      case F64 -> new OfDoubles(x, new double[count]);
    };
  }

  /**
   * The sum for each input: it starts as {@code bias}.
   *
   * @param weights the coefficients, from {@code from} on
   * @param places the numbers of the elements, in the order of the products; -1 stands for 0
   */
  double[] of(double bias, double[] weights, int from, int[] places);

  private static float[][] floats(double[][] x) {
    float[][] floats = new float[x.length][];
    Arrays.setAll(floats, i -> Floats.of(x[i]));
    return floats;
  }

  /** Each step is rounded to a float. */
  record OfFloats(float[][] x, float[] zeros) implements FusedSums {

    @Override
    public double[] of(double bias, double[] weights, int from, int[] places) {
      float[] sums = new float[zeros.length];
      Arrays.fill(sums, (float) bias);
      for (int k = 0; k < places.length; k++) {
        add((float) weights[from + k], places[k] < 0 ? zeros : x[places[k]], sums);
      }
      return Floats.toDoubles(sums);
    }

    private static void add(float w, float[] x, float[] sums) {
      for (int r = 0; r < sums.length; r++) {
        sums[r] = Math.fma(w, x[r], sums[r]);
      }
    }
  }

  /** Each step is rounded to a double. */
  record OfDoubles(double[][] x, double[] zeros) implements FusedSums {

    @Override
    public double[] of(double bias, double[] weights, int from, int[] places) {
      double[] sums = new double[zeros.length];
      Arrays.fill(sums, bias);
      for (int k = 0; k < places.length; k++) {
        add(weights[from + k], places[k] < 0 ? zeros : x[places[k]], sums);
      }
      return sums;
    }

    private static void add(double w, double[] x, double[] sums) {
      for (int r = 0; r < sums.length; r++) {
        sums[r] = Math.fma(w, x[r], sums[r]);
      }
    }
  }
}
