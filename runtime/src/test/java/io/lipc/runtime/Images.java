package io.lipc.runtime;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import java.util.Optional;
import java.util.SplittableRandom;

/** The common part of tests of convolutions: shapes, numbers, and sums as they are documented. */
final class Images {

  /** With the zeros that its window reads, and for every second number of channels with more. */
  static ImageLayout input(Convolution map) {
    ImageLayout own = ImageLayout.of(map.input(), map.window());
    return map.channels() % 2 == 1
        ? own
        : new ImageLayout(
            own.grid(), own.above() + 2, own.left() + 1, own.below(), own.right() + 3);
  }

  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    1f,
    -1f
  };

  private Images() {}

  /** A convolution of any shape that fits. */
  static Convolution convolution(SplittableRandom random, int groups, int mostChannels) {
    while (true) {
      int read = 1 + random.nextInt(5);
      int channels = groups * (1 + random.nextInt(mostChannels));
      Grid input = new Grid(groups * read, 1 + random.nextInt(13), 1 + random.nextInt(20));
      Window window = new Window(axis(random), axis(random));
      if (input.through(window, channels).isPresent()) {
        return new Convolution(input, channels, window, groups, "w", Optional.empty());
      }
    }
  }

  private static Axis axis(SplittableRandom random) {
    int dilation = random.nextInt(3) == 0 ? 2 + random.nextInt(2) : 1;
    return new Axis(
        1 + random.nextInt(5),
        1 + random.nextInt(3),
        random.nextInt(4),
        random.nextInt(4),
        dilation);
  }

  /** Numbers between -1/2 and 1/2. */
  static float[] numbers(SplittableRandom random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  /** The same, a tenth of them denormal, huge, or not finite, or zeros of both signs. */
  static float[] sprinkled(SplittableRandom random, int size) {
    float[] numbers = numbers(random, size);
    for (int i = 0; i < size; i++) {
      numbers[i] = random.nextInt(10) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : numbers[i];
    }
    return numbers;
  }

  static int weights(Convolution map) {
    return map.channels() * map.read() * map.window().area();
  }

  static int inputs(Convolution map) {
    return map.input().channels() * map.input().pixels();
  }

  static int outputs(Convolution map) {
    return map.channels() * map.output().pixels();
  }

  /** Element by element. */
  static float[] expected(Convolution map, float[] weight, float[] bias, boolean relu, float[] x) {
    float[] y = new float[outputs(map)];
    int width = map.output().width();
    for (int at = 0; at < y.length; at++) {
      int o = at / map.output().pixels();
      int pixel = at % map.output().pixels();
      float sum = sum(map, weight, bias[o], x, o, pixel / width, pixel % width);
      y[at] = relu ? Math.max(sum, 0f) : sum;
    }
    return y;
  }

  private static float sum(
      Convolution map, float[] weight, float bias, float[] x, int o, int p, int q) {
    Axis down = map.window().vertical();
    Axis right = map.window().horizontal();
    float sum = bias;
    for (int u = 0; u < down.kernel(); u++) {
      for (int v = 0; v < right.kernel(); v++) {
        for (int i = 0; i < map.read(); i++) {
          int row = p * down.stride() + u * down.dilation() - down.before();
          int column = q * right.stride() + v * right.dilation() - right.before();
          int w = ((o * map.read() + i) * down.kernel() + u) * right.kernel() + v;
          sum = Math.fma(pixel(map.input(), x, map.firstRead(o) + i, row, column), weight[w], sum);
        }
      }
    }
    return sum;
  }

  /** +0 outside the image. */
  private static float pixel(Grid grid, float[] x, int c, int row, int column) {
    boolean inside = row >= 0 && row < grid.height() && column >= 0 && column < grid.width();
    return inside ? x[(c * grid.height() + row) * grid.width() + column] : 0f;
  }
}
