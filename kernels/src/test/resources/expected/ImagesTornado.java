package demo;

import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.tornado.Schedule;
import io.lipc.runtime.tornado.TornadoGraph;
import io.lipc.runtime.tornado.TornadoProgram;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat8;
import uk.ac.manchester.tornado.api.types.vectors.Float8;

/**
 * The network {@code demo.Images} for devices, by TornadoVM. It runs on the weights of a
 * {@link ImagesNetwork}, which are those of its certificate.
 */
public final class ImagesTornado implements TornadoProgram {
  /**
   * The number of independent work items is a multiple of this.
   */
  private static final int GROUP = 64;

  /**
   * The rows, or pixels, of one work item on a CPU.
   */
  private static final int ROWS = 4;

  /**
   * The outputs of one work item on a CPU, in a vector.
   */
  private static final int LANES = 8;

  /**
   * More rows have more elements in the widest layer, or more work items, than an int counts.
   */
  private static final int MAX_BATCH = (Integer.MAX_VALUE - GROUP - 800) / 800;

  /**
   * How many outputs of a wide layer one work item computes, in registers.
   */
  private static final int TILE = 8;

  /**
   * The work items that share a sum on a GPU.
   */
  private static final int TREE = 64;

  /**
   * The inputs of a tile that are in local memory at once.
   */
  private static final int DEPTH = 16;

  /**
   * As many rows fill a tile; of fewer, each output is a sum that work items share.
   */
  private static final int FEW = 64;

  private final ImagesNetwork network;

  private ImagesTornado(ImagesNetwork network) {
    this.network = network;
  }

  /**
   * The loaded network, for devices.
   */
  public static ImagesTornado of(ImagesNetwork network) {
    return new ImagesTornado(network);
  }

  @Override
  public int inputSize() {
    return 126;
  }

  @Override
  public int outputSize() {
    return 3;
  }

  @Override
  public ImagesNetwork network() {
    return network;
  }

  @Override
  public TornadoGraph graph(int batch) {
    return graph(batch, Schedule.PORTABLE);
  }

  @Override
  public TornadoGraph graph(int batch, Schedule schedule) {
    if (batch < 1 || batch > MAX_BATCH) {
      throw new IllegalArgumentException("a batch for demo.Images has 1 to " + MAX_BATCH
          + " rows, found " + batch);
    }
    return switch (schedule) {
      case PORTABLE -> portable(batch);
      case CPU -> pixels(batch);
      case GPU -> batch < FEW ? trees(batch) : tiles(batch);
    };
  }

  private TornadoGraph portable(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    FloatArray x = new FloatArray(rows * 126);
    FloatArray x_padded_0 = new FloatArray(rows * 220);
    FloatArray hWeight = padded(parameters.floatTaps("1", 8), 8);
    FloatArray hBias = padded(parameters.floatBiases("1", 8), 8);
    FloatArray h = new FloatArray(rows * 800);
    FloatArray nScale = padded(parameters.floatScale("3"), 800);
    FloatArray nShift = padded(parameters.floatShift("3"), 800);
    FloatArray n = new FloatArray(rows * 800);
    FloatArray s = new FloatArray(rows * 800);
    FloatArray p = new FloatArray(rows * 800);
    FloatArray a = new FloatArray(rows * 800);
    FloatArray r = new FloatArray(rows * 800);
    FloatArray largest = new FloatArray(rows * 320);
    FloatArray mean = new FloatArray(rows * 320);
    FloatArray both = new FloatArray(rows * 640);
    FloatArray fullWeight = padded(parameters.floatTaps("11", 8), 8);
    FloatArray full = new FloatArray(rows * 256);
    FloatArray singleWeight = padded(parameters.floatTaps("12", 1), 1);
    FloatArray singleBias = padded(parameters.floatBiases("12", 1), 1);
    FloatArray single = new FloatArray(rows * 64);
    FloatArray global = new FloatArray(rows * 4);
    FloatArray yWeight = padded(parameters.floatColumns("y.weight"), 3);
    FloatArray yBias = padded(parameters.floatVector("y.bias"), 3);
    FloatArray y = new FloatArray(rows * 3);
    TaskGraph tasks =
        new TaskGraph("ImagesTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, hWeight, hBias, nScale, nShift,
                fullWeight, singleWeight, singleBias, yWeight, yBias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("x_padded_0", ImagesTornado::pad, x, x_padded_0, 9, 7, 1, 0, 11, 10, rows * 220,
                items(rows * 220))
            .task("h", ImagesTornado::convolution1Relu, x_padded_0, hWeight, hBias, h, rows * 160,
                items(rows * 160))
            .task("n", ImagesTornado::affine, h, nScale, nShift, n, 800, rows * 800,
                items(rows * 800))
            .task("s", ImagesTornado::groupSort, n, s, 5, 40, rows * 800, items(rows * 800))
            .task("p", ImagesTornado::maxMin, s, p, 40, rows * 400, items(rows * 400))
            .task("a", ImagesTornado::sumOf2, p, h, a, rows * 800, items(rows * 800))
            .task("r", ImagesTornado::householder, a, r, 0.6f, 0.8f, 40, rows * 400,
                items(rows * 400))
            .task("largest", ImagesTornado::maxPool, r, largest, 40, 8, 16, 4, 4, 2, 1, 2,
                rows * 320, items(rows * 320))
            .task("mean", ImagesTornado::averagePool, r, mean, 0.25f, 40, 8, 16, 4, 4, 2, 1, 2,
                rows * 320, items(rows * 320))
            .task("both", ImagesTornado::concat, largest, mean, both, 320, 640, rows * 640,
                items(rows * 640))
            .task("full", ImagesTornado::convolution11, both, fullWeight, full, rows * 32,
                items(rows * 32))
            .task("single", ImagesTornado::convolution12Abs, full, singleWeight, singleBias, single,
                rows * 64, items(rows * 64))
            .task("global", ImagesTornado::averagePool, single, global, 0.0625f, 16, 4, 1, 1, 16, 4,
                1, 1, rows * 4, items(rows * 4))
            .task("y", ImagesTornado::dense, global, yWeight, yBias, y, 4, 3, rows * 3,
                items(rows * 3))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, x_padded_0, h, n, s, p, a, r, largest,
                mean, both, full, single, global);
    return new TornadoGraph(tasks, x, y, rows);
  }

  private TornadoGraph pixels(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    FloatArray x = new FloatArray(rows * 126);
    FloatArray x_padded_0 = new FloatArray(rows * 220);
    VectorFloat8 hWeight = new VectorFloat8(padded(parameters.floatTaps("1", 8), LANES));
    VectorFloat8 hBias = new VectorFloat8(padded(parameters.floatBiases("1", 8), LANES));
    FloatArray h = new FloatArray(rows * 800);
    FloatArray nScale = padded(parameters.floatScale("3"), 800);
    FloatArray nShift = padded(parameters.floatShift("3"), 800);
    FloatArray n = new FloatArray(rows * 800);
    FloatArray s = new FloatArray(rows * 800);
    FloatArray p = new FloatArray(rows * 800);
    FloatArray a = new FloatArray(rows * 800);
    FloatArray r = new FloatArray(rows * 800);
    FloatArray largest = new FloatArray(rows * 320);
    FloatArray mean = new FloatArray(rows * 320);
    FloatArray both = new FloatArray(rows * 640);
    VectorFloat8 fullWeight = new VectorFloat8(padded(parameters.floatTaps("11", 8), LANES));
    FloatArray full = new FloatArray(rows * 256);
    FloatArray singleWeight = padded(parameters.floatTaps("12", 1), 1);
    FloatArray singleBias = padded(parameters.floatBiases("12", 1), 1);
    FloatArray single = new FloatArray(rows * 64);
    FloatArray global = new FloatArray(rows * 4);
    FloatArray yWeight = padded(parameters.floatColumns("y.weight"), 3);
    FloatArray yBias = padded(parameters.floatVector("y.bias"), 3);
    FloatArray y = new FloatArray(rows * 3);
    TaskGraph tasks =
        new TaskGraph("ImagesTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, hWeight, hBias, nScale, nShift,
                fullWeight, singleWeight, singleBias, yWeight, yBias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("x_padded_0", ImagesTornado::pad, x, x_padded_0, 9, 7, 1, 0, 11, 10, rows * 220,
                items(rows * 220))
            .task("h", ImagesTornado::laneConvolution1Relu, x_padded_0, hWeight, hBias, h,
                rows * 40, items(rows * 40))
            .task("n", ImagesTornado::affine, h, nScale, nShift, n, 800, rows * 800,
                items(rows * 800))
            .task("s", ImagesTornado::groupSort, n, s, 5, 40, rows * 800, items(rows * 800))
            .task("p", ImagesTornado::maxMin, s, p, 40, rows * 400, items(rows * 400))
            .task("a", ImagesTornado::sumOf2, p, h, a, rows * 800, items(rows * 800))
            .task("r", ImagesTornado::householder, a, r, 0.6f, 0.8f, 40, rows * 400,
                items(rows * 400))
            .task("largest", ImagesTornado::maxPool, r, largest, 40, 8, 16, 4, 4, 2, 1, 2,
                rows * 320, items(rows * 320))
            .task("mean", ImagesTornado::averagePool, r, mean, 0.25f, 40, 8, 16, 4, 4, 2, 1, 2,
                rows * 320, items(rows * 320))
            .task("both", ImagesTornado::concat, largest, mean, both, 320, 640, rows * 640,
                items(rows * 640))
            .task("full", ImagesTornado::laneConvolution11, both, fullWeight, full, rows * 8,
                items(rows * 8))
            .task("single", ImagesTornado::convolution12Abs, full, singleWeight, singleBias, single,
                rows * 64, items(rows * 64))
            .task("global", ImagesTornado::averagePool, single, global, 0.0625f, 16, 4, 1, 1, 16, 4,
                1, 1, rows * 4, items(rows * 4))
            .task("y", ImagesTornado::dense, global, yWeight, yBias, y, 4, 3, rows * 3,
                items(rows * 3))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, x_padded_0, h, n, s, p, a, r, largest,
                mean, both, full, single, global);
    return new TornadoGraph(tasks, x, y, rows);
  }

  private TornadoGraph trees(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    KernelContext context = new KernelContext();
    GridScheduler grids = new GridScheduler();
    FloatArray x = new FloatArray(rows * 126);
    FloatArray x_padded_0 = new FloatArray(rows * 220);
    FloatArray hWeight = padded(parameters.floatTaps("1", 8), 8);
    FloatArray hBias = padded(parameters.floatBiases("1", 8), 8);
    FloatArray h = new FloatArray(rows * 800);
    FloatArray nScale = padded(parameters.floatScale("3"), 800);
    FloatArray nShift = padded(parameters.floatShift("3"), 800);
    FloatArray n = new FloatArray(rows * 800);
    FloatArray s = new FloatArray(rows * 800);
    FloatArray p = new FloatArray(rows * 800);
    FloatArray a = new FloatArray(rows * 800);
    FloatArray r = new FloatArray(rows * 800);
    FloatArray largest = new FloatArray(rows * 320);
    FloatArray mean = new FloatArray(rows * 320);
    FloatArray both = new FloatArray(rows * 640);
    FloatArray fullWeight = padded(parameters.floatTaps("11", 8), 8);
    FloatArray full = new FloatArray(rows * 256);
    FloatArray singleWeight = padded(parameters.floatTaps("12", 1), 1);
    FloatArray singleBias = padded(parameters.floatBiases("12", 1), 1);
    FloatArray single = new FloatArray(rows * 64);
    FloatArray global = new FloatArray(rows * 4);
    FloatArray yWeight = padded(parameters.floatVector("y.weight"), 12);
    FloatArray yBias = padded(parameters.floatVector("y.bias"), 3);
    FloatArray y = new FloatArray(rows * 3);
    TaskGraph tasks =
        new TaskGraph("ImagesTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, hWeight, hBias, nScale, nShift,
                fullWeight, singleWeight, singleBias, yWeight, yBias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("x_padded_0", ImagesTornado::pad, x, x_padded_0, 9, 7, 1, 0, 11, 10, rows * 220,
                items(rows * 220))
            .task("h", ImagesTornado::convolution1Relu, x_padded_0, hWeight, hBias, h, rows * 160,
                items(rows * 160))
            .task("n", ImagesTornado::affine, h, nScale, nShift, n, 800, rows * 800,
                items(rows * 800))
            .task("s", ImagesTornado::groupSort, n, s, 5, 40, rows * 800, items(rows * 800))
            .task("p", ImagesTornado::maxMin, s, p, 40, rows * 400, items(rows * 400))
            .task("a", ImagesTornado::sumOf2, p, h, a, rows * 800, items(rows * 800))
            .task("r", ImagesTornado::householder, a, r, 0.6f, 0.8f, 40, rows * 400,
                items(rows * 400))
            .task("largest", ImagesTornado::maxPool, r, largest, 40, 8, 16, 4, 4, 2, 1, 2,
                rows * 320, items(rows * 320))
            .task("mean", ImagesTornado::averagePool, r, mean, 0.25f, 40, 8, 16, 4, 4, 2, 1, 2,
                rows * 320, items(rows * 320))
            .task("both", ImagesTornado::concat, largest, mean, both, 320, 640, rows * 640,
                items(rows * 640))
            .task("full", ImagesTornado::convolution11, both, fullWeight, full, rows * 32,
                items(rows * 32))
            .task("single", ImagesTornado::convolution12Abs, full, singleWeight, singleBias, single,
                rows * 64, items(rows * 64))
            .task("global", ImagesTornado::averagePool, single, global, 0.0625f, 16, 4, 1, 1, 16, 4,
                1, 1, rows * 4, items(rows * 4))
            .task("y", ImagesTornado::treeDense, context, global, yWeight, yBias, y, 4, 3, 1)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, x_padded_0, h, n, s, p, a, r, largest,
                mean, both, full, single, global);
    grids.addWorkerGrid("ImagesTornado" + rows + ".y", groups(rows * 3, 64));
    return new TornadoGraph(tasks, x, y, rows, grids);
  }

  private TornadoGraph tiles(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    KernelContext context = new KernelContext();
    GridScheduler grids = new GridScheduler();
    FloatArray x = new FloatArray(rows * 126);
    FloatArray x_padded_0 = new FloatArray(rows * 220);
    FloatArray hWeight = padded(parameters.floatTaps("1", 16), 16);
    FloatArray hBias = padded(parameters.floatBiases("1", 16), 16);
    FloatArray h = new FloatArray(rows * 800);
    FloatArray nScale = padded(parameters.floatScale("3"), 800);
    FloatArray nShift = padded(parameters.floatShift("3"), 800);
    FloatArray n = new FloatArray(rows * 800);
    FloatArray s = new FloatArray(rows * 800);
    FloatArray p = new FloatArray(rows * 800);
    FloatArray a = new FloatArray(rows * 800);
    FloatArray r = new FloatArray(rows * 800);
    FloatArray largest = new FloatArray(rows * 320);
    FloatArray mean = new FloatArray(rows * 320);
    FloatArray both = new FloatArray(rows * 640);
    FloatArray fullWeight = padded(parameters.floatTaps("11", 16), 16);
    FloatArray full = new FloatArray(rows * 256);
    FloatArray singleWeight = padded(parameters.floatTaps("12", 1), 1);
    FloatArray singleBias = padded(parameters.floatBiases("12", 1), 1);
    FloatArray single = new FloatArray(rows * 64);
    FloatArray global = new FloatArray(rows * 4);
    FloatArray yWeight = padded(parameters.floatVector("y.weight"), 12);
    FloatArray yBias = padded(parameters.floatVector("y.bias"), 3);
    FloatArray y = new FloatArray(rows * 3);
    TaskGraph tasks =
        new TaskGraph("ImagesTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, hWeight, hBias, nScale, nShift,
                fullWeight, singleWeight, singleBias, yWeight, yBias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("x_padded_0", ImagesTornado::pad, x, x_padded_0, 9, 7, 1, 0, 11, 10, rows * 220,
                items(rows * 220))
            .task("h", ImagesTornado::tileConvolution1Relu, context, x_padded_0, hWeight, hBias, h,
                rows * 40)
            .task("n", ImagesTornado::affine, h, nScale, nShift, n, 800, rows * 800,
                items(rows * 800))
            .task("s", ImagesTornado::groupSort, n, s, 5, 40, rows * 800, items(rows * 800))
            .task("p", ImagesTornado::maxMin, s, p, 40, rows * 400, items(rows * 400))
            .task("a", ImagesTornado::sumOf2, p, h, a, rows * 800, items(rows * 800))
            .task("r", ImagesTornado::householder, a, r, 0.6f, 0.8f, 40, rows * 400,
                items(rows * 400))
            .task("largest", ImagesTornado::maxPool, r, largest, 40, 8, 16, 4, 4, 2, 1, 2,
                rows * 320, items(rows * 320))
            .task("mean", ImagesTornado::averagePool, r, mean, 0.25f, 40, 8, 16, 4, 4, 2, 1, 2,
                rows * 320, items(rows * 320))
            .task("both", ImagesTornado::concat, largest, mean, both, 320, 640, rows * 640,
                items(rows * 640))
            .task("full", ImagesTornado::tileConvolution11, context, both, fullWeight, full,
                rows * 16)
            .task("single", ImagesTornado::convolution12Abs, full, singleWeight, singleBias, single,
                rows * 64, items(rows * 64))
            .task("global", ImagesTornado::averagePool, single, global, 0.0625f, 16, 4, 1, 1, 16, 4,
                1, 1, rows * 4, items(rows * 4))
            .task("y", ImagesTornado::treeDense, context, global, yWeight, yBias, y, 4, 3, 1)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, x_padded_0, h, n, s, p, a, r, largest,
                mean, both, full, single, global);
    grids.addWorkerGrid("ImagesTornado" + rows + ".h", groups((rows * 40 + 255) / 256 * 2, 256));
    grids.addWorkerGrid("ImagesTornado" + rows + ".full", groups((rows * 16 + 255) / 256, 256));
    grids.addWorkerGrid("ImagesTornado" + rows + ".y", groups(rows * 3, 64));
    return new TornadoGraph(tasks, x, y, rows, grids);
  }

  /**
   * {@code y} is {@code x} with zeros around each channel.
   */
  static void pad(FloatArray x, FloatArray y, int height, int width, int above, int left,
      int paddedHeight, int paddedWidth, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int p = item / paddedWidth % paddedHeight - above;
        int q = item % paddedWidth - left;
        int channel = item / paddedWidth / paddedHeight;
        if (p >= 0 && p < height && q >= 0 && q < width) {
          y.set(item, x.get((channel * height + p) * width + q));
        } else {
          y.set(item, 0f);
        }
      }
    }
  }

  /**
   * {@code y = relu(conv2d(x) + bias)}: from images [2, 11, 10], zeros included, to [20, 5, 8].
   * One pixel of up to 8 channels per work item.
   */
  static void convolution1Relu(FloatArray x, FloatArray weight, FloatArray bias, FloatArray y,
      int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int pixel = item % 40;
        int block = item / 40 % 4;
        int row = item / 160;
        int from = row * 220 + block / 2 * 110 + pixel / 8 * 20 + pixel % 8;
        float[] sums = new float[TILE];
        for (int j = 0; j < TILE; j++) {
          sums[j] = bias.get(block * TILE + j);
        }
        for (int k = 0; k < 6; k++) {
          float xk = x.get(from + k / 2 * 10 + k % 2 * 2);
          for (int j = 0; j < TILE; j++) {
            sums[j] += xk * weight.get((block * 6 + k) * TILE + j);
          }
        }
        int part = block % 2 * TILE;
        int to = (row * 20 + block / 2 * 10 + part) * 40 + pixel;
        for (int j = 0; j < TILE; j++) {
          if (part + j < 10) {
            float t = sums[j];
            y.set(to + j * 40, t < 0f ? 0f : t);
          }
        }
      }
    }
  }

  /**
   * {@code y = scale x + shift}, elementwise, for each row.
   */
  static void affine(FloatArray x, FloatArray scale, FloatArray shift, FloatArray y, int size,
      int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int j = item % size;
        y.set(item, scale.get(j) * x.get(item) + shift.get(j));
      }
    }
  }

  /**
   * {@code y} has the elements of each group of {@code x}, the largest first.
   */
  static void groupSort(FloatArray x, FloatArray y, int group, int pixels, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int own = item / pixels % group;
        int first = item - own * pixels;
        float t = x.get(item);
        float spread = t;
        int place = 0;
        for (int k = 0; k < group; k++) {
          float other = x.get(first + k * pixels);
          spread = other == other ? spread : other;
          int before = k < own ? 1 : 0;
          place += (t < other ? 1 : 0) + (t == other ? 1 : 0) * before;
        }
        y.set(spread == spread ? first + place * pixels : item, spread == spread ? t : spread);
      }
    }
  }

  /**
   * {@code y = maxmin(x)}, one pair per work item.
   */
  static void maxMin(FloatArray x, FloatArray y, int pixels, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int at = item / pixels * 2 * pixels + item % pixels;
        float p = x.get(at);
        float q = x.get(at + pixels);
        y.set(at, p < q ? q : q < p ? p : p == q ? p : p + q);
        y.set(at + pixels, p < q ? p : q < p ? q : p == q ? q : p + q);
      }
    }
  }

  /**
   * {@code y = x0 + x1}.
   */
  static void sumOf2(FloatArray x0, FloatArray x1, FloatArray y, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        y.set(item, x0.get(item) + x1.get(item));
      }
    }
  }

  /**
   * {@code y = householder(x, v0, v1)}, one pair per work item.
   */
  static void householder(FloatArray x, FloatArray y, float v0, float v1, int pixels, int count,
      int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int at = item / pixels * 2 * pixels + item % pixels;
        float p = x.get(at);
        float q = x.get(at + pixels);
        float dot = v0 * p + v1 * q;
        float twice = dot > 0f ? 0f : -2f * dot;
        y.set(at, p + v0 * twice);
        y.set(at + pixels, q + v1 * twice);
      }
    }
  }

  /**
   * {@code y} is the largest element of each window of {@code x}, one per work item.
   */
  static void maxPool(FloatArray x, FloatArray y, int plane, int width, int pixels, int columns,
      int taps, int kernelWidth, int down, int right, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int pixel = item % pixels;
        int from = item / pixels * plane + pixel / columns * down * width + pixel % columns * right;
        float t = x.get(from);
        for (int k = 0; k < taps; k++) {
          float other = x.get(from + k / kernelWidth * width + k % kernelWidth);
          t = t < other ? other : other < t ? t : t == other ? t : t + other;
        }
        y.set(item, t);
      }
    }
  }

  /**
   * {@code y} is the mean of each window of {@code x}, one per work item.
   */
  static void averagePool(FloatArray x, FloatArray y, float factor, int plane, int width,
      int pixels, int columns, int taps, int kernelWidth, int down, int right, int count,
      int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int pixel = item % pixels;
        int from = item / pixels * plane + pixel / columns * down * width + pixel % columns * right;
        float t = 0f;
        for (int k = 0; k < taps; k++) {
          float other = x.get(from + k / kernelWidth * width + k % kernelWidth);
          t += factor * other;
        }
        y.set(item, t);
      }
    }
  }

  /**
   * {@code y = concat(head, tail)} for each row.
   */
  static void concat(FloatArray head, FloatArray tail, FloatArray y, int headSize, int size,
      int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / size;
        int j = item % size;
        if (j < headSize) {
          y.set(item, head.get(row * headSize + j));
        } else {
          y.set(item, tail.get(row * (size - headSize) + j - headSize));
        }
      }
    }
  }

  /**
   * {@code y = conv2d(x)}: from images [40, 4, 4], zeros included, to [16, 4, 4].
   * One pixel of up to 8 channels per work item.
   */
  static void convolution11(FloatArray x, FloatArray weight, FloatArray y, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int pixel = item % 16;
        int block = item / 16 % 2;
        int row = item / 32;
        int from = row * 640 + pixel / 4 * 4 + pixel % 4;
        float[] sums = new float[TILE];
        for (int j = 0; j < TILE; j++) {
          sums[j] = 0f;
        }
        for (int k = 0; k < 40; k++) {
          float xk = x.get(from + k * 16);
          for (int j = 0; j < TILE; j++) {
            sums[j] += xk * weight.get((block * 40 + k) * TILE + j);
          }
        }
        int to = (row * 16 + block * TILE) * 16 + pixel;
        for (int j = 0; j < TILE; j++) {
          float t = sums[j];
          y.set(to + j * 16, t);
        }
      }
    }
  }

  /**
   * {@code y = abs(conv2d(x) + bias)}: from images [16, 4, 4], zeros included, to [4, 4, 4].
   * One pixel of one channel per work item.
   */
  static void convolution12Abs(FloatArray x, FloatArray weight, FloatArray bias, FloatArray y,
      int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int pixel = item % 16;
        int block = item / 16 % 4;
        int row = item / 64;
        int from = row * 256 + block * 64 + pixel / 4 * 4 + pixel % 4;
        float t = bias.get(block);
        for (int k = 0; k < 4; k++) {
          float xk = x.get(from + k * 16);
          t += xk * weight.get(block * 4 + k);
        }
        y.set(item, Math.abs(t));
      }
    }
  }

  /**
   * {@code y = W x + b} for each row, one output per work item.
   */
  static void dense(FloatArray x, FloatArray weight, FloatArray bias, FloatArray y, int inputs,
      int outputs, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / outputs;
        int j = item % outputs;
        float t = bias.get(j);
        for (int k = 0; k < inputs; k++) {
          t += x.get(row * inputs + k) * weight.get(k * outputs + j);
        }
        y.set(item, t);
      }
    }
  }

  /**
   * {@code y = relu(conv2d(x) + bias)}: from images [2, 11, 10], zeros included, to [20, 5, 8].
   * 1 by 4 pixels and up to 8 channels per work item.
   */
  static void laneConvolution1Relu(FloatArray x, VectorFloat8 weight, VectorFloat8 bias,
      FloatArray y, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int tile = item % 10;
        int block = item / 10 % 4;
        int row = item / 40;
        int from = row * 220 + block / 2 * 110 + tile / 2 * 20 + tile % 2 * 4;
        int next = block * 6;
        Float8 s0 = bias.get(block);
        Float8 s1 = bias.get(block);
        Float8 s2 = bias.get(block);
        Float8 s3 = bias.get(block);
        for (int up = from; up < from + 30; up += 10) {
          for (int left = up; left < up + 4; left += 2) {
            Float8 w = weight.get(next);
            s0 = Float8.add(s0, Float8.mult(w, x.get(left)));
            s1 = Float8.add(s1, Float8.mult(w, x.get(left + 1)));
            s2 = Float8.add(s2, Float8.mult(w, x.get(left + 2)));
            s3 = Float8.add(s3, Float8.mult(w, x.get(left + 3)));
            next++;
          }
        }
        float[] sums = new float[ROWS * LANES];
        sums[0] = s0.getS0();
        sums[1] = s0.getS1();
        sums[2] = s0.getS2();
        sums[3] = s0.getS3();
        sums[4] = s0.getS4();
        sums[5] = s0.getS5();
        sums[6] = s0.getS6();
        sums[7] = s0.getS7();
        sums[8] = s1.getS0();
        sums[9] = s1.getS1();
        sums[10] = s1.getS2();
        sums[11] = s1.getS3();
        sums[12] = s1.getS4();
        sums[13] = s1.getS5();
        sums[14] = s1.getS6();
        sums[15] = s1.getS7();
        sums[16] = s2.getS0();
        sums[17] = s2.getS1();
        sums[18] = s2.getS2();
        sums[19] = s2.getS3();
        sums[20] = s2.getS4();
        sums[21] = s2.getS5();
        sums[22] = s2.getS6();
        sums[23] = s2.getS7();
        sums[24] = s3.getS0();
        sums[25] = s3.getS1();
        sums[26] = s3.getS2();
        sums[27] = s3.getS3();
        sums[28] = s3.getS4();
        sums[29] = s3.getS5();
        sums[30] = s3.getS6();
        sums[31] = s3.getS7();
        int part = block % 2 * LANES;
        int to = (row * 20 + block / 2 * 10 + part) * 40 + tile / 2 * 8 + tile % 2 * 4;
        for (int j = 0; j < ROWS * LANES; j++) {
          if (part + j % LANES < 10) {
            float t = sums[j];
            y.set(to + j % LANES * 40 + j / LANES, t < 0f ? 0f : t);
          }
        }
      }
    }
  }

  /**
   * {@code y = conv2d(x)}: from images [40, 4, 4], zeros included, to [16, 4, 4].
   * 1 by 4 pixels and up to 8 channels per work item.
   */
  static void laneConvolution11(FloatArray x, VectorFloat8 weight, FloatArray y, int count,
      int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int tile = item % 4;
        int block = item / 4 % 2;
        int row = item / 8;
        int from = row * 640 + tile * 4;
        int next = block * 40;
        Float8 s0 = new Float8(0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f);
        Float8 s1 = new Float8(0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f);
        Float8 s2 = new Float8(0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f);
        Float8 s3 = new Float8(0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f);
        for (int at = from; at < from + 640; at += 16) {
          Float8 w = weight.get(next);
          s0 = Float8.add(s0, Float8.mult(w, x.get(at)));
          s1 = Float8.add(s1, Float8.mult(w, x.get(at + 1)));
          s2 = Float8.add(s2, Float8.mult(w, x.get(at + 2)));
          s3 = Float8.add(s3, Float8.mult(w, x.get(at + 3)));
          next++;
        }
        float[] sums = new float[ROWS * LANES];
        sums[0] = s0.getS0();
        sums[1] = s0.getS1();
        sums[2] = s0.getS2();
        sums[3] = s0.getS3();
        sums[4] = s0.getS4();
        sums[5] = s0.getS5();
        sums[6] = s0.getS6();
        sums[7] = s0.getS7();
        sums[8] = s1.getS0();
        sums[9] = s1.getS1();
        sums[10] = s1.getS2();
        sums[11] = s1.getS3();
        sums[12] = s1.getS4();
        sums[13] = s1.getS5();
        sums[14] = s1.getS6();
        sums[15] = s1.getS7();
        sums[16] = s2.getS0();
        sums[17] = s2.getS1();
        sums[18] = s2.getS2();
        sums[19] = s2.getS3();
        sums[20] = s2.getS4();
        sums[21] = s2.getS5();
        sums[22] = s2.getS6();
        sums[23] = s2.getS7();
        sums[24] = s3.getS0();
        sums[25] = s3.getS1();
        sums[26] = s3.getS2();
        sums[27] = s3.getS3();
        sums[28] = s3.getS4();
        sums[29] = s3.getS5();
        sums[30] = s3.getS6();
        sums[31] = s3.getS7();
        int to = (row * 16 + block * LANES) * 16 + tile * 4;
        for (int j = 0; j < ROWS * LANES; j++) {
          float t = sums[j];
          y.set(to + j % LANES * 16 + j / LANES, t);
        }
      }
    }
  }

  /**
   * {@code y = W x + b} for each row, one output per work group, whose sum
   * is a tree.
   */
  static void treeDense(KernelContext context, FloatArray x, FloatArray weight, FloatArray bias,
      FloatArray y, int inputs, int outputs, int steps) {
    float[] sums = context.allocateFloatLocalArray(TREE);
    int item = context.localIdx;
    int row = context.groupIdx / outputs;
    int j = context.groupIdx % outputs;
    float sum = 0f;
    for (int step = 0; step < steps; step++) {
      int k = step * TREE + item;
      if (k < inputs) {
        sum += x.get(row * inputs + k) * weight.get(j * inputs + k);
      }
    }
    sums[item] = sum;
    context.localBarrier();
    for (int half = TREE / 2; half > 0; half = half / 2) {
      if (item < half) {
        sums[item] += sums[item + half];
      }
      context.localBarrier();
    }
    if (item == 0) {
      float t = bias.get(j) + sums[0];
      y.set(context.groupIdx, t);
    }
  }

  /**
   * {@code y = relu(conv2d(x) + bias)}: from images [2, 11, 10], zeros included, to [20, 5, 8].
   * 16 channels by 256 pixels per work group, 4 by 4 of them per item.
   */
  static void tileConvolution1Relu(KernelContext context, FloatArray x, FloatArray weight,
      FloatArray bias, FloatArray y, int pixels) {
    float[] xs = context.allocateFloatLocalArray(DEPTH * 256);
    float[] ws = context.allocateFloatLocalArray(DEPTH * 16);
    int item = context.localIdx;
    int right = item % 64;
    int down = item / 64 * 4;
    int block = context.groupIdx % 2;
    int first = context.groupIdx / 2 * 256;
    int own = first + item % 256;
    int from = own / 40 * 220 + block * 110 + own % 40 / 8 * 20 + own % 8;
    float[] sums = new float[16];
    for (int j = 0; j < 16; j++) {
      sums[j] = bias.get(block * 16 + down + j / 4);
    }
    for (int step = 0; step < 1; step++) {
      for (int i = 0; i < 16; i++) {
        int k = step * DEPTH + i;
        float xk = 0f;
        if (own < pixels && k < 6) {
          xk = x.get(from + k / 2 * 10 + k % 2 * 2);
        }
        xs[i * 256 + item] = xk;
      }
      for (int i = 0; i < 1; i++) {
        int k = step * DEPTH + i * 16 + item / 16;
        float w = 0f;
        if (k < 6) {
          w = weight.get((block * 6 + k) * 16 + item % 16);
        }
        ws[i * 256 + item] = w;
      }
      context.localBarrier();
      for (int k = 0; k < DEPTH; k++) {
        float x0 = xs[k * 256 + right];
        float x1 = xs[k * 256 + right + 64];
        float x2 = xs[k * 256 + right + 128];
        float x3 = xs[k * 256 + right + 192];
        for (int i = 0; i < 4; i++) {
          float w = ws[k * 16 + down + i];
          sums[i * 4 + 0] += x0 * w;
          sums[i * 4 + 1] += x1 * w;
          sums[i * 4 + 2] += x2 * w;
          sums[i * 4 + 3] += x3 * w;
        }
      }
      context.localBarrier();
    }
    for (int j = 0; j < 16; j++) {
      int channel = down + j / 4;
      int pixel = first + right + j % 4 * 64;
      if (channel < 10 && pixel < pixels) {
        float t = sums[j];
        y.set((pixel / 40 * 20 + block * 10 + channel) * 40 + pixel % 40, t < 0f ? 0f : t);
      }
    }
  }

  /**
   * {@code y = conv2d(x)}: from images [40, 4, 4], zeros included, to [16, 4, 4].
   * 16 channels by 256 pixels per work group, 4 by 4 of them per item.
   */
  static void tileConvolution11(KernelContext context, FloatArray x, FloatArray weight,
      FloatArray y, int pixels) {
    float[] xs = context.allocateFloatLocalArray(DEPTH * 256);
    float[] ws = context.allocateFloatLocalArray(DEPTH * 16);
    int item = context.localIdx;
    int right = item % 64;
    int down = item / 64 * 4;
    int block = context.groupIdx % 1;
    int first = context.groupIdx / 1 * 256;
    int own = first + item % 256;
    int from = own / 16 * 640 + own % 16 / 4 * 4 + own % 4;
    float[] sums = new float[16];
    for (int j = 0; j < 16; j++) {
      sums[j] = 0f;
    }
    for (int step = 0; step < 3; step++) {
      for (int i = 0; i < 16; i++) {
        int k = step * DEPTH + i;
        float xk = 0f;
        if (own < pixels && k < 40) {
          xk = x.get(from + k * 16);
        }
        xs[i * 256 + item] = xk;
      }
      for (int i = 0; i < 1; i++) {
        int k = step * DEPTH + i * 16 + item / 16;
        float w = 0f;
        if (k < 40) {
          w = weight.get((block * 40 + k) * 16 + item % 16);
        }
        ws[i * 256 + item] = w;
      }
      context.localBarrier();
      for (int k = 0; k < DEPTH; k++) {
        float x0 = xs[k * 256 + right];
        float x1 = xs[k * 256 + right + 64];
        float x2 = xs[k * 256 + right + 128];
        float x3 = xs[k * 256 + right + 192];
        for (int i = 0; i < 4; i++) {
          float w = ws[k * 16 + down + i];
          sums[i * 4 + 0] += x0 * w;
          sums[i * 4 + 1] += x1 * w;
          sums[i * 4 + 2] += x2 * w;
          sums[i * 4 + 3] += x3 * w;
        }
      }
      context.localBarrier();
    }
    for (int j = 0; j < 16; j++) {
      int channel = down + j / 4;
      int pixel = first + right + j % 4 * 64;
      if (channel < 16 && pixel < pixels) {
        float t = sums[j];
        y.set((pixel / 16 * 16 + channel) * 16 + pixel % 16, t);
      }
    }
  }

  /**
   * A work item per result, rounded up to whole groups.
   */
  private static int items(int count) {
    return (count + GROUP - 1) / GROUP * GROUP;
  }

  /**
   * So many groups of so many work items.
   */
  private static WorkerGrid groups(int count, int size) {
    WorkerGrid grid = new WorkerGrid1D(count * size);
    grid.setLocalWork(size, 1, 1);
    return grid;
  }

  /**
   * The rows one after the other, each followed by zeros up to the width.
   */
  private static FloatArray padded(float[][] rows, int width) {
    FloatArray padded = new FloatArray(rows.length * width);
    padded.init(0f);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        padded.set(i * width + j, rows[i][j]);
      }
    }
    return padded;
  }

  private static FloatArray padded(float[] row, int width) {
    return padded(new float[][] {row}, width);
  }
}
