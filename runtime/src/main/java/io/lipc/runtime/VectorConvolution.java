package io.lipc.runtime;

import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.runtime.layout.Spares;
import io.lipc.runtime.layout.Windows;
import io.lipc.runtime.vector.Panels;
import io.lipc.runtime.vector.PixelKernel;
import io.lipc.runtime.vector.PixelKernels;
import io.lipc.runtime.vector.PixelShape;
import io.lipc.runtime.vector.VectorBlocks;
import io.lipc.runtime.vector.VectorPools;
import java.util.Arrays;

/**
 * Convolutions without groups by the Vector API: loaded only where its module is. In one image,
 * channels of the result fill the lanes, and tiles of a few pixels keep their sums in registers:
 * see {@link PixelKernel}. In a block of images, images fill the lanes.
 */
final class VectorConvolution extends FloatConvolution {

  private static final int LANES = Panels.LANES;

  /** The number of sums of a tile: half of the registers. */
  private static final int SUMS =
      switch (VectorBlocks.Registers.OF_THIS_PROCESSOR) {
        case SIXTEEN -> 8;
        case THIRTY_TWO -> 16;
      };

  /** An image with its zeros, and the result. */
  private record Room(float[] x, float[] y) {}

  private final PixelKernel kernel;
  private final float[] packed;
  private final float[] bias;
  private final float floor;

  /** The result with whole vectors of channels. */
  private final ImageLayout wide;

  private final Spares<Room> rooms;

  /**
   * The same layer as {@code windows}.
   *
   * @param kernel of its shape
   */
  VectorConvolution(
      WindowConvolution windows, PixelKernel kernel, float[] weight, float[] bias, boolean relu) {
    super(windows.map, windows.input());
    this.kernel = kernel;
    this.packed = packed(map, weight);
    this.bias = Arrays.copyOf(bias, whole(map));
    this.floor = relu ? 0f : Float.NEGATIVE_INFINITY;
    this.wide = ImageLayout.of(new Grid(whole(map), map.output().height(), map.output().width()));
    this.rooms = new Spares<>(() -> new Room(input().allocate(), wide.allocate()));
  }

  /** The kernel of a shape that has no groups. */
  static PixelKernel kernel(Convolution map, ImageLayout input) {
    return kernel(map, input, SUMS);
  }

  /** The same, with tiles of at most so many sums. */
  static PixelKernel kernel(Convolution map, ImageLayout input, int sums) {
    return PixelKernels.of(
        PixelShape.of(map, whole(map), input.above(), input.left(), input.rowLength(), sums));
  }

  /** The channels that whole vectors have: those behind the last are computed, and left out. */
  private static int whole(Convolution map) {
    return Math.ceilDiv(map.channels(), LANES) * LANES;
  }

  /**
   * The weights by two vectors of channels, or one, if no more are left: those of one element (u,
   * v, i) side by side, then those of the next. Lanes behind the last channel are 0.
   */
  private static float[] packed(Convolution map, float[] weight) {
    Windows windows = new Windows(map);
    int taps = windows.size();
    int lanes = whole(map);
    float[] packed = new float[Math.multiplyExact(lanes, taps)];
    for (int o = 0; o < map.channels(); o++) {
      int first = o / (2 * LANES) * (2 * LANES);
      int size = Math.min(2 * LANES, lanes - first);
      for (int k = 0; k < taps; k++) {
        packed[first * taps + k * size + o - first] = weight[windows.weight(o, k)];
      }
    }
    return packed;
  }

  @Override
  public void apply(float[] x, float[] y) {
    Room room = rooms.take();
    input().enter(x, room.x());
    run(room.x(), wide, room.y());
    wide.leave(room.y(), map.channels(), y);
    rooms.giveBack(room);
  }

  @Override
  public void apply(float[] x, ImageLayout layout, float[] y) {
    if (layout.grid().channels() == wide.grid().channels()) {
      run(x, layout, y);
    } else {
      Room room = rooms.take();
      run(x, wide, room.y());
      narrow(room.y(), layout, y);
      rooms.giveBack(room);
    }
  }

  /** Takes the channels that the result has. */
  private void narrow(float[] image, ImageLayout layout, float[] y) {
    for (int p = 0; p < layout.grid().height(); p++) {
      VectorPools.copy(
          image,
          wide.first() + p * wide.rowLength(),
          wide.grid().channels(),
          y,
          layout.first() + p * layout.rowLength(),
          layout.grid().width(),
          layout.grid().channels());
    }
  }

  private void run(float[] x, ImageLayout layout, float[] y) {
    kernel.apply(x, packed, bias, floor, y, layout.first(), layout.rowLength());
  }
}
