package io.lipc.runtime.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Pools of images inside by the Vector API, whose lanes the channels of a pixel fill: loaded only
 * where its module is. Each is one straight method, for the reason given in {@link VectorTiles}.
 * Their parameters:
 *
 * <ul>
 *   <li>{@code x}, {@code at}: where the window of the first pixel begins;
 *   <li>{@code pixelStep}: from one window to the next;
 *   <li>{@code rows}, {@code rowStep}, {@code columns}, {@code columnStep}: the elements of a
 *       window;
 *   <li>{@code y}, {@code to}: where the first pixel of the result goes; the others stand behind
 *       it;
 *   <li>{@code pixels}, {@code channels}: how many there are.
 * </ul>
 */
public final class VectorPools {

  private static final VectorSpecies<Float> SPECIES = VectorTiles.SPECIES;
  private static final int LANES = VectorTiles.LANES;

  private VectorPools() {}

  /** A row of averages. */
  public static void average(
      float[] x,
      int at,
      int pixelStep,
      int rows,
      int rowStep,
      int columns,
      int columnStep,
      float factor,
      float[] y,
      int to,
      int pixels,
      int channels) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    for (int c = 0; c < channels; c += LANES) {
      VectorMask<Float> mask = SPECIES.indexInRange(c, channels);
      for (int q = 0; q < pixels; q++) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int u = 0; u < rows; u++) {
          int first = at + q * pixelStep + c + u * rowStep;
          for (int v = 0; v < columns; v++) {
            sum = FloatVector.fromArray(SPECIES, x, first + v * columnStep, mask).fma(factors, sum);
          }
        }
        sum.intoArray(y, to + q * channels + c, mask);
      }
    }
  }

  /** A row of maxima. */
  public static void max(
      float[] x,
      int at,
      int pixelStep,
      int rows,
      int rowStep,
      int columns,
      int columnStep,
      float[] y,
      int to,
      int pixels,
      int channels) {
    for (int c = 0; c < channels; c += LANES) {
      VectorMask<Float> mask = SPECIES.indexInRange(c, channels);
      for (int q = 0; q < pixels; q++) {
        FloatVector max = FloatVector.fromArray(SPECIES, x, at + q * pixelStep + c, mask);
        for (int u = 0; u < rows; u++) {
          int first = at + q * pixelStep + c + u * rowStep;
          for (int v = 0; v < columns; v++) {
            max = FloatVector.fromArray(SPECIES, x, first + v * columnStep, mask).max(max);
          }
        }
        max.intoArray(y, to + q * channels + c, mask);
      }
    }
  }

  /**
   * Copies the first so many channels of a row of pixels, of which {@code x} has more; behind each
   * pixel of those, {@code x} has whole vectors.
   */
  public static void copy(
      float[] x, int at, int pixelStep, float[] y, int to, int pixels, int channels) {
    for (int c = 0; c < channels; c += LANES) {
      VectorMask<Float> mask = SPECIES.indexInRange(c, channels);
      for (int q = 0; q < pixels; q++) {
        FloatVector.fromArray(SPECIES, x, at + q * pixelStep + c)
            .intoArray(y, to + q * channels + c, mask);
      }
    }
  }
}
