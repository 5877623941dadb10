package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All kernels, one image or a block, flat or inside: the bits of the sums as documented. */
class FloatConvolutionTest {

  private enum Kernels {
    SCALAR,
    SWITCHING,
    VECTOR,
    TILES_OF_EIGHT_SUMS,
    TILES_OF_SIXTEEN_SUMS;

    FloatConvolution convolution(Convolution map, float[] weight, float[] bias, boolean relu) {
      return switch (this) {
        case SCALAR -> KernelVariant.SCALAR.convolution(map, Images.input(map), weight, bias, relu);
        case SWITCHING ->
            KernelVariant.SWITCHING.convolution(map, Images.input(map), weight, bias, relu);
        case VECTOR -> KernelVariant.VECTOR.convolution(map, Images.input(map), weight, bias, relu);
        case TILES_OF_EIGHT_SUMS -> tiles(map, weight, bias, relu, 8);
        case TILES_OF_SIXTEEN_SUMS -> tiles(map, weight, bias, relu, 16);
      };
    }

    /** With groups there are none. */
    private static FloatConvolution tiles(
        Convolution map, float[] weight, float[] bias, boolean relu, int sums) {
      WindowConvolution windows =
          new WindowConvolution(KernelVariant.VECTOR, map, Images.input(map), weight, bias, relu);
      return map.groups() > 1
          ? windows
          : new VectorConvolution(
              windows, VectorConvolution.kernel(map, Images.input(map), sums), weight, bias, relu);
    }
  }

  private static final float OUTSIDE = 7.5f;

  private final SplittableRandom random = new SplittableRandom(17);

  @BeforeAll
  static void theVectorApiIsThere() {
    assertThat(KernelVariant.isVectorApiThere()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void everyShapeGivesTheSameBits(Kernels kernels) {
    for (int trial = 0; trial < 100; trial++) {
      Convolution map = Images.convolution(random, 1, trial % 4 == 0 ? 70 : 20);
      compare(kernels, map, trial % 3 == 0, 1 + random.nextInt(5), trial % 2 == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void groupsGiveTheSameBits(Kernels kernels) {
    for (int trial = 0; trial < 30; trial++) {
      Convolution map = Images.convolution(random, 2 + random.nextInt(4), 1 + trial % 7);
      compare(kernels, map, trial % 3 == 0, 1 + random.nextInt(5), trial % 2 == 0);
    }
  }

  /**
   * The pixels of one image are rows of a block: 512 of them, or fewer, where windows read much.
   */
  @ParameterizedTest
  @EnumSource(Kernels.class)
  void manyPixelsGiveTheSameBits(Kernels kernels) {
    compare(kernels, square(1, 2, 31), true, 1, false);
    compare(kernels, square(40, 3, 17), true, 1, false);
  }

  @ParameterizedTest
  @EnumSource(Kernels.class)
  void threadsShareALayer(Kernels kernels) {
    Convolution map = square(3, 17, 9);
    float[] weight = Images.numbers(random, Images.weights(map));
    float[] bias = Images.numbers(random, map.channels());
    FloatConvolution convolution = kernels.convolution(map, weight, bias, true);
    List<float[]> images =
        IntStream.range(0, 64).mapToObj(i -> Images.numbers(random, Images.inputs(map))).toList();
    List<float[]> found = images.parallelStream().map(x -> flat(convolution, x)).toList();
    for (int i = 0; i < images.size(); i++) {
      assertSame(Images.expected(map, weight, bias, true, images.get(i)), found.get(i), "flat");
    }
  }

  /** As generated code does: each layer leaves its image where the next one reads it. */
  @ParameterizedTest
  @EnumSource(Kernels.class)
  void layersPassImagesInsideWithTheBitsOfFlatOnes(Kernels kernels) {
    Convolution one = square(2, 24, 8);
    Convolution two =
        new Convolution(new Grid(24, 4, 4), 6, one.window(), 1, "w", Optional.empty());
    FloatConvolution first = layer(kernels, one);
    FloatPool pool = FloatPool.max(one.output(), Window.square(Axis.of(2, 2)));
    FloatConvolution second = layer(kernels, two);
    float[] x = first.input().allocate();
    ImageLayout layout = ImageLayout.of(first.output());
    float[] between = layout.allocate();
    float[] pooled = second.input().allocate();
    ImageLayout last = ImageLayout.of(second.output());
    float[] y = last.allocate();
    float[] found = new float[y.length];
    for (int i = 0; i < 3; i++) {
      float[] image = Images.numbers(random, Images.inputs(one));
      first.input().enter(image, x);
      first.apply(x, layout, between);
      pool.apply(layout, between, second.input(), pooled);
      second.apply(pooled, last, y);
      last.leave(y, found);
      float[] flat = new float[24 * 4 * 4];
      pool.apply(flat(first, image), flat);
      assertSame(flat(second, flat), found, "image %s", i);
    }
  }

  private FloatConvolution layer(Kernels kernels, Convolution map) {
    float[] weight = Images.numbers(random, Images.weights(map));
    return kernels.convolution(map, weight, Images.numbers(random, map.channels()), true);
  }

  @Test
  void aZeroOutsideCountsForItsSignAndForNaN() {
    Window window = Window.square(new Axis(1, 1, 1, 1, 1));
    Convolution map = new Convolution(new Grid(1, 1, 1), 1, window, 1, "w", Optional.empty());
    for (Kernels kernels : Kernels.values()) {
      FloatConvolution zero = kernels.convolution(map, new float[] {1}, new float[] {-0f}, false);
      assertThat(flat(zero, new float[] {-0f})).as("%s", kernels).startsWith(0f).contains(-0f);
      FloatConvolution infinite =
          kernels.convolution(map, new float[] {Float.POSITIVE_INFINITY}, new float[1], true);
      assertThat(flat(infinite, new float[] {1})).as("%s", kernels).startsWith(Float.NaN);
    }
  }

  @Test
  void aLayerIsPackedOnceTilesHaveWonAndKeepsItsBits() {
    Convolution map = square(2, 32, 5);
    float[] weight = Images.numbers(random, Images.weights(map));
    float[] bias = Images.numbers(random, 32);
    WindowConvolution windows =
        new WindowConvolution(KernelVariant.SCALAR, map, Images.input(map), weight, bias, true);
    AtomicBoolean won = new AtomicBoolean();
    SwitchingConvolution convolution =
        new SwitchingConvolution(
            windows, () -> Kernels.VECTOR.convolution(map, weight, bias, true), won::get);
    float[] x = Images.numbers(random, Images.inputs(map));
    float[] before = flat(convolution, x);
    assertThat(convolution.current()).isSameAs(windows);
    won.set(true);
    assertThat(flat(convolution, x)).containsExactly(before);
    assertThat(convolution.current()).isInstanceOf(VectorConvolution.class);
    assertThat(convolution.current()).isSameAs(convolution.current());
  }

  private static Convolution square(int inputs, int channels, int side) {
    Window window = Window.square(new Axis(3, 1, 1, 1, 1));
    Grid grid = new Grid(inputs, side, side);
    return new Convolution(grid, channels, window, 1, "w", Optional.empty());
  }

  private void compare(Kernels kernels, Convolution map, boolean relu, int rows, boolean special) {
    float[] weight = numbers(special, Images.weights(map));
    float[] bias = numbers(special, map.channels());
    FloatConvolution convolution = kernels.convolution(map, weight, bias, relu);
    float[][] images = new float[rows][];
    for (int r = 0; r < rows; r++) {
      images[r] = numbers(special, Images.inputs(map));
    }
    for (float[] image : images) {
      float[] expected = Images.expected(map, weight, bias, relu, image);
      assertSame(expected, flat(convolution, image), "flat of %s", map);
      assertSame(expected, inside(convolution, image), "inside of %s", map);
      assertSame(expected, leaving(convolution, image), "from inside to flat of %s", map);
      assertSame(expected, entering(convolution, image), "from flat to inside of %s", map);
    }
  }

  private float[] numbers(boolean special, int size) {
    return special ? Images.sprinkled(random, size) : Images.numbers(random, size);
  }

  private static float[] flat(FloatConvolution convolution, float[] image) {
    float[] x = image.clone();
    float[] y = new float[Images.outputs(convolution.map) + 1];
    Arrays.fill(y, OUTSIDE);
    convolution.apply(x, y);
    assertSame(image, x, "x is not changed");
    assertThat(y[y.length - 1]).as("behind y").isEqualTo(OUTSIDE);
    return Arrays.copyOf(y, y.length - 1);
  }

  private static float[] leaving(FloatConvolution convolution, float[] image) {
    float[] x = convolution.input().allocate();
    convolution.input().enter(image, x);
    float[] y = filled(Images.outputs(convolution.map));
    convolution.leave(x, y);
    return y;
  }

  private static float[] entering(FloatConvolution convolution, float[] image) {
    ImageLayout layout = new ImageLayout(convolution.map.output(), 0, 1, 0, 2);
    float[] y = layout.allocate();
    convolution.enter(image, layout, y);
    float[] flat = filled(Images.outputs(convolution.map));
    layout.leave(y, flat);
    return flat;
  }

  /** Between layouts with zeros around the images, of which none is written. */
  private static float[] inside(FloatConvolution convolution, float[] image) {
    float[] x = convolution.input().allocate();
    convolution.input().enter(image, x);
    ImageLayout layout = new ImageLayout(convolution.map.output(), 1, 2, 3, 0);
    float[] y = layout.allocate();
    Arrays.fill(y, OUTSIDE);
    convolution.apply(x, layout, y);
    float[] flat = new float[Images.outputs(convolution.map)];
    layout.leave(y, flat);
    layout.enter(filled(flat.length), y);
    assertSame(filled(y.length), y, "outside of the grid");
    return flat;
  }

  private static float[] filled(int size) {
    float[] filled = new float[size];
    Arrays.fill(filled, OUTSIDE);
    return filled;
  }

  /**
   * Fails with the message of AssertJ where they differ; AssertJ takes much longer to find that
   * they do not.
   */
  private static void assertSame(float[] expected, float[] found, String what, Object... which) {
    if (!Arrays.equals(expected, found)) {
      assertThat(found).as(what, which).containsExactly(expected);
    }
  }

  @Test
  void layersOfOneShapeShareTheirKernel() {
    Convolution map = Images.convolution(new SplittableRandom(1), 1, 40);
    assertThat(VectorConvolution.kernel(map, Images.input(map), 4))
        .isSameAs(VectorConvolution.kernel(map, Images.input(map), 4));
    assertThat(VectorConvolution.kernel(map, Images.input(map), 4).getClass().isHidden()).isTrue();
  }
}
