package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class PoolsTest {

  /** A pool of any shape that fits. */
  private record Shape(Grid input, Window window) {

    Grid output() {
      return input.through(window, input.channels()).orElseThrow();
    }

    int inputs() {
      return input.channels() * input.pixels();
    }

    int outputs() {
      return output().channels() * output().pixels();
    }
  }

  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void averagesAreFusedSumsInOrder() {
    for (int trial = 0; trial < 60; trial++) {
      Shape shape = shape();
      float factor = 1f / shape.window().area();
      compare(shape, FloatPool.average(shape.input(), shape.window(), factor), false, factor);
    }
  }

  @Test
  void maximaAreNaNWhereOneIsAndZeroIsAboveMinusZero() {
    for (int trial = 0; trial < 60; trial++) {
      Shape shape = shape();
      compare(shape, FloatPool.max(shape.input(), shape.window()), true, 1);
    }
  }

  @Test
  void doublesHaveTheSameArithmetic() {
    for (int trial = 0; trial < 60; trial++) {
      Shape shape = shape();
      double factor = 1.0 / shape.window().area();
      double[] x = random.doubles(shape.inputs(), -1, 1).toArray();
      x[random.nextInt(x.length)] = Double.NaN;
      x[random.nextInt(x.length)] = -0.0;
      double[] average = new double[shape.outputs()];
      double[] max = new double[shape.outputs()];
      DoublePool.average(shape.input(), shape.window(), factor).apply(x, average);
      DoublePool.max(shape.input(), shape.window()).apply(x, max);
      double[] sums = new double[max.length];
      double[] maxima = new double[max.length];
      for (int at = 0; at < max.length; at++) {
        double[] seen = seen(shape, at, i -> x[i]);
        maxima[at] = Arrays.stream(seen).reduce(seen[0], Math::max);
        sums[at] = Arrays.stream(seen).reduce(0, (sum, value) -> Math.fma(value, factor, sum));
      }
      assertThat(average).as("%s", shape).containsExactly(sums);
      assertThat(max).as("%s", shape).containsExactly(maxima);
    }
  }

  @Test
  void aWindowThatDoesNotFitOrReadsZerosIsRefused() {
    Grid grid = new Grid(2, 4, 4);
    Window large = Window.square(Axis.of(5, 1));
    Window padded = Window.square(new Axis(2, 2, 1, 1, 1));
    for (Window window : new Window[] {large, padded}) {
      assertThatIllegalArgumentException().isThrownBy(() -> FloatPool.max(grid, window));
      assertThatIllegalArgumentException().isThrownBy(() -> DoublePool.average(grid, window, 1));
    }
    assertThat(FloatPool.max(grid, Window.square(Axis.of(2, 2))).output())
        .isEqualTo(new Grid(2, 2, 2));
    assertThat(DoublePool.max(grid, Window.square(Axis.of(3, 1))).output())
        .isEqualTo(new Grid(2, 2, 2));
  }

  private Shape shape() {
    while (true) {
      Grid input = new Grid(1 + random.nextInt(5), 1 + random.nextInt(9), 1 + random.nextInt(12));
      Window window = new Window(axis(), axis());
      if (input.through(window, input.channels()).isPresent()) {
        return new Shape(input, window);
      }
    }
  }

  private Axis axis() {
    return new Axis(1 + random.nextInt(4), 1 + random.nextInt(3), 0, 0, 1);
  }

  private void compare(Shape shape, FloatPool pool, boolean max, float factor) {
    int rows = 1 + random.nextInt(20);
    float[][] images = new float[rows][];
    float[][] expected = new float[rows][];
    for (int r = 0; r < rows; r++) {
      float[] image = Images.sprinkled(random, shape.inputs());
      images[r] = image;
      expected[r] = new float[shape.outputs()];
      for (int at = 0; at < shape.outputs(); at++) {
        double[] seen = seen(shape, at, i -> image[i]);
        expected[r][at] = max ? maximum(seen) : sum(seen, factor);
      }
      float[] flat = new float[shape.outputs()];
      pool.apply(images[r], flat);
      assertThat(flat).as("%s", shape).containsExactly(expected[r]);
      for (boolean vectors : new boolean[] {false, true}) {
        assertThat(inside(shape, pool, vectors, image))
            .as("%s by vectors: %s", shape, vectors)
            .containsExactly(expected[r]);
      }
      assertThat(leaving(shape, pool, image)).as("%s", shape).containsExactly(expected[r]);
    }
  }

  private static float[] leaving(Shape shape, FloatPool pool, float[] image) {
    ImageLayout from = new ImageLayout(shape.input(), 1, 0, 0, 2);
    float[] x = from.allocate();
    from.enter(image, x);
    float[] flat = new float[shape.outputs()];
    pool.leave(from, x, flat);
    return flat;
  }

  private static float[] inside(Shape shape, FloatPool pool, boolean vectors, float[] image) {
    ImageLayout from = new ImageLayout(shape.input(), 0, 1, 2, 3);
    ImageLayout to = new ImageLayout(shape.output(), 3, 2, 1, 0);
    float[] x = from.allocate();
    float[] y = to.allocate();
    from.enter(image, x);
    pool.apply(vectors, from, x, to, y);
    float[] flat = new float[shape.outputs()];
    to.leave(y, flat);
    to.enter(new float[flat.length], y);
    assertThat(y).as("outside of the grid").containsOnly(0f);
    return flat;
  }

  private static float maximum(double[] seen) {
    float max = (float) seen[0];
    for (double value : seen) {
      max = Math.max(max, (float) value);
    }
    return max;
  }

  private static float sum(double[] seen, float factor) {
    float sum = 0;
    for (double value : seen) {
      sum = Math.fma((float) value, factor, sum);
    }
    return sum;
  }

  /** The elements that the window of an element reads. */
  private static double[] seen(Shape shape, int at, IntToDoubleFunction x) {
    Grid input = shape.input();
    Grid output = shape.output();
    Axis down = shape.window().vertical();
    Axis right = shape.window().horizontal();
    double[] seen = new double[shape.window().area()];
    for (int k = 0; k < seen.length; k++) {
      int u = k / right.kernel();
      int v = k % right.kernel();
      int c = at / output.pixels();
      int row = at % output.pixels() / output.width() * down.stride() + u * down.dilation();
      int column = at % output.width() * right.stride() + v * right.dilation();
      seen[k] = x.applyAsDouble((c * input.height() + row) * input.width() + column);
    }
    return seen;
  }
}
