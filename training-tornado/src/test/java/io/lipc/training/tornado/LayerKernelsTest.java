package io.lipc.training.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.linear.Windows;
import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.training.batch.TrainingDeviceException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernels of layers as plain Java. Layers are linear in what they read, and in their tensors,
 * so adjoints are right where inner products agree: {@code <dy, W x> = <W' dy, x> = <dy x', W>}.
 * Needs no device.
 */
class LayerKernelsTest {

  private static final int BATCH = 5;

  private final SplittableRandom random = new SplittableRandom(3);

  private FloatArray numbers(int size) {
    FloatArray array = new FloatArray(size);
    for (int i = 0; i < size; i++) {
      array.set(i, (float) random.nextDouble(-1, 1));
    }
    return array;
  }

  private static double product(FloatArray a, FloatArray b) {
    assertThat(a.getSize()).isEqualTo(b.getSize());
    double sum = 0;
    for (int i = 0; i < a.getSize(); i++) {
      sum += (double) a.get(i) * b.get(i);
    }
    return sum;
  }

  private static void assertSame(double found, double wanted) {
    assertThat(found).isCloseTo(wanted, within(1e-5 * (1 + Math.abs(wanted))));
  }

  @Test
  void adjointsOfADenseLayer() {
    int rows = 7;
    int columns = 4;
    FloatArray w = numbers(rows * columns);
    FloatArray b = numbers(rows);
    FloatArray x = numbers(columns * BATCH);
    FloatArray dy = numbers(rows * BATCH);
    FloatArray y = new FloatArray(rows * BATCH);
    DenseKernels.forward(w, b, x, y, rows, columns, BATCH);
    assertSame(y.get(BATCH + 2), entry(w, b, x, columns));
    FloatArray dx = new FloatArray(columns * BATCH);
    FloatArray dw = new FloatArray(rows * columns);
    FloatArray db = new FloatArray(rows);
    DenseKernels.inputs(w, dy, dx, rows, columns, BATCH, 0);
    DenseKernels.weights(x, dy, dw, rows, columns, BATCH, 0);
    DenseKernels.biases(dy, db, rows, BATCH, 0);
    double linear = product(dy, y) - product(db, b);
    assertSame(product(dx, x), linear);
    assertSame(product(dw, w), linear);
    DenseKernels.inputs(w, dy, dx, rows, columns, BATCH, 1);
    DenseKernels.weights(x, dy, dw, rows, columns, BATCH, 1);
    assertSame(product(dx, x), 2 * linear);
    assertSame(product(dw, w), 2 * linear);
  }

  /** Output 1 of sample 2. */
  private static double entry(FloatArray w, FloatArray b, FloatArray x, int columns) {
    double sum = b.get(1);
    for (int k = 0; k < columns; k++) {
      sum += (double) w.get(columns + k) * x.get(k * BATCH + 2);
    }
    return sum;
  }

  static Stream<Convolution> maps() {
    Grid grid = new Grid(4, 6, 5);
    Axis same = new Axis(3, 1, 1, 1, 1);
    return Stream.of(
        map(grid, 5, Window.square(same), 1),
        map(grid, 6, Window.square(same), 2),
        map(grid, 9, new Window(Axis.of(2, 2), new Axis(3, 2, 0, 2, 1)), 1),
        map(grid, 2, new Window(new Axis(2, 1, 3, 0, 2), new Axis(1, 3, 1, 1, 1)), 1));
  }

  private static Convolution map(Grid grid, int channels, Window window, int groups) {
    return new Convolution(grid, channels, window, groups, "w", Optional.of("b"));
  }

  @ParameterizedTest
  @MethodSource("maps")
  void adjointsOfAConvolution(Convolution map) {
    Taps taps = Taps.of(map);
    IntArray window = IntArray.fromArray(taps.window());
    IntArray readers = IntArray.fromArray(taps.readers());
    int channels = map.channels();
    int sharing = channels / map.groups();
    int read = map.read();
    int from = taps.from();
    int to = taps.to();
    int area = taps.area();
    FloatArray w = numbers(channels * map.taps());
    FloatArray b = new FloatArray(channels);
    FloatArray x = numbers(map.input().channels() * from * BATCH);
    FloatArray y = new FloatArray(channels * to * BATCH);
    FloatArray dy = numbers(channels * to * BATCH);
    ImageKernels.forward(w, b, x, y, window, channels, read, sharing, from, to, area, BATCH);
    assertSame(product(dy, y), products(map, w, x, dy));
    FloatArray dx = new FloatArray(x.getSize());
    FloatArray dw = new FloatArray(w.getSize());
    int inputs = map.input().channels();
    ImageKernels.inputs(w, dy, dx, readers, inputs, read, sharing, from, to, area, BATCH, 0);
    ImageKernels.weights(x, dy, dw, window, channels, read, sharing, from, to, area, BATCH, 0);
    assertSame(product(dx, x), product(dy, y));
    assertSame(product(dw, w), product(dy, y));
  }

  /** {@code <dy, K * x>} by the rows of the map that the checker reads. */
  private static double products(Convolution map, FloatArray w, FloatArray x, FloatArray dy) {
    Windows windows = Windows.of(map);
    double[] sum = new double[1];
    for (int i = 0; i < dy.getSize() / BATCH; i++) {
      int row = i;
      int kernel = windows.channel(row) * map.taps();
      windows.forEach(
          row,
          (place, number) -> {
            for (int j = 0; j < BATCH; j++) {
              sum[0] +=
                  (double) w.get(kernel + number)
                      * x.get(place * BATCH + j)
                      * dy.get(row * BATCH + j);
            }
          });
    }
    return sum[0];
  }

  @Test
  void sortedGroupsOfChannelsGoBackToTheirPlaces() {
    int group = 3;
    int pixels = 4;
    int groups = 2 * pixels;
    int size = group * groups * BATCH;
    FloatArray x = numbers(size);
    FloatArray y = new FloatArray(size);
    GroupKernels.sort(x, y, groups, group, pixels, BATCH);
    FloatArray back = new FloatArray(size);
    GroupKernels.unsort(x, y, back, groups, group, pixels, BATCH, 0);
    assertThat(back.toHeapArray()).isEqualTo(x.toHeapArray());
    int step = pixels * BATCH;
    for (int i = 0; i < step; i++) {
      assertThat(y.get(i)).isGreaterThanOrEqualTo(y.get(i + step));
      assertThat(y.get(i + step)).isGreaterThanOrEqualTo(y.get(i + 2 * step));
    }
    x.set(1, Float.NaN);
    GroupKernels.sort(x, y, groups, group, pixels, BATCH);
    float[] sorted = y.toHeapArray();
    assertThat(Stream.of(1, 1 + step, 1 + 2 * step).filter(i -> Float.isNaN(sorted[i]))).hasSize(1);
  }

  @Test
  void readersAreThoseOfEachElement() {
    int[] places = {2, 0, 2, 2, 1};
    Readers readers = Readers.of(i -> places[i], places.length, 4);
    assertThat(readers.first()).containsExactly(0, 1, 2, 5, 5);
    assertThat(readers.rows()).containsExactly(1, 4, 0, 2, 3);
  }

  @Test
  void numbersBeyondTheDeviceAreRefused() {
    AdjointGraph graph =
        Declared.graph(
            "(x: real[3]) -> real[2]",
            "  h = x |> dense(1000) |> relu;\n  y = h |> dense(2);\n  return y;");
    assertThatThrownBy(() -> new DeviceArrays(graph, 600_000_000))
        .isInstanceOf(TrainingDeviceException.class)
        .hasMessage(
            "a device cannot train x[3] with 600000000 rows a step: that are 1800000000 numbers, and an array has at most 2^29; take a smaller batch (--batch), or train on jvm");
  }
}
