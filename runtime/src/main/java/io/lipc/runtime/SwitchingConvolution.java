package io.lipc.runtime;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A convolution that starts with the kernels of dense layers, which switch by themselves, and is
 * packed for tiles of pixels when {@link ConvolutionTrial} has found those faster. All give the
 * same bits, so nobody sees when.
 */
final class SwitchingConvolution extends FloatConvolution {

  private final BooleanSupplier tilesWon;
  private volatile FloatConvolution current;

  /** Forgotten, with the weights that it holds, once it has been asked. */
  private @Nullable Supplier<FloatConvolution> packer;

  /**
   * A convolution that starts as {@code windows}.
   *
   * @param packer packs the same convolution for tiles
   * @param tilesWon asked at each evaluation until it says yes
   */
  SwitchingConvolution(
      WindowConvolution windows, Supplier<FloatConvolution> packer, BooleanSupplier tilesWon) {
    super(windows.map, windows.input());
    this.current = windows;
    this.packer = packer;
    this.tilesWon = tilesWon;
  }

  @Override
  public void apply(float[] x, float[] y) {
    current().apply(x, y);
  }

  @Override
  public void apply(float[] x, ImageLayout layout, float[] y) {
    current().apply(x, layout, y);
  }

  /** The kernel that runs now. */
  FloatConvolution current() {
    FloatConvolution now = current;
    return now instanceof WindowConvolution && tilesWon.getAsBoolean() ? packed() : now;
  }

  private synchronized FloatConvolution packed() {
    if (packer != null) {
      current = packer.get();
      packer = null;
    }
    return current;
  }
}
