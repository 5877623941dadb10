package io.lipc.runtime.vector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.Objects;

/**
 * A convolution of one shape by vectors, whatever its weights: a hidden class of {@link
 * PixelTiles}.
 */
public interface PixelKernel {

  /**
   * Evaluates a convolution.
   *
   * @param x the image, with its zeros, from its first float on
   * @param packed the weights, as {@link PixelTiles} reads them
   * @param bias whole vectors of it
   * @param floor the least value of the result
   * @param y overwritten where the result is
   * @param to where the first pixel of the result goes
   * @param pitch from one row of the result to the next
   */
  void apply(float[] x, float[] packed, float[] bias, float floor, float[] y, int to, int pitch);

  /** Loads one, which is unloaded when nobody holds it. */
  static PixelKernel load(PixelShape shape) {
    try (InputStream stream = PixelKernel.class.getResourceAsStream("PixelTiles.class")) {
      byte[] template = Objects.requireNonNull(stream).readAllBytes();
      Lookup hidden = MethodHandles.lookup().defineHiddenClassWithClassData(template, shape, true);
      return (PixelKernel)
          hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
