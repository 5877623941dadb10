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
   * More rows have more elements in the widest layer, or more work items, than an int counts.
   */
  private static final int MAX_BATCH = (Integer.MAX_VALUE - GROUP) / 800;

  /**
   * How many outputs of a wide layer one work item computes, in registers.
   */
  private static final int TILE = 8;

  /**
   * The work items that share a sum on a GPU.
   */
  private static final int TREE = 64;

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
      case CPU -> portable(batch);
      case GPU -> trees(batch);
    };
  }

  private TornadoGraph portable(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    FloatArray x = new FloatArray(rows * 126);
    FloatArray x_padded_0 = new FloatArray(rows * 220);
    FloatArray hWeight = padded(parameters.floatTaps(0, 8), 8);
    FloatArray hBias = padded(parameters.floatBiases(0, 8), 8);
    FloatArray h = new FloatArray(rows * 800);
    FloatArray nScale = padded(parameters.floatScale(1), 800);
    FloatArray nShift = padded(parameters.floatShift(1), 800);
    FloatArray n = new FloatArray(rows * 800);
    FloatArray s = new FloatArray(rows * 800);
    FloatArray p = new FloatArray(rows * 800);
    FloatArray a = new FloatArray(rows * 800);
    FloatArray r = new FloatArray(rows * 800);
    FloatArray largest = new FloatArray(rows * 320);
    FloatArray mean = new FloatArray(rows * 320);
    FloatArray both = new FloatArray(rows * 640);
    FloatArray fullWeight = padded(parameters.floatTaps(2, 8), 8);
    FloatArray full = new FloatArray(rows * 256);
    FloatArray singleWeight = padded(parameters.floatTaps(3, 1), 1);
    FloatArray singleBias = padded(parameters.floatBiases(3, 1), 1);
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
            .task("h", ImagesTornado::convolution0Relu, x_padded_0, hWeight, hBias, h, rows * 160,
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
            .task("full", ImagesTornado::convolution2, both, fullWeight, full, rows * 32,
                items(rows * 32))
            .task("single", ImagesTornado::convolution3Abs, full, singleWeight, singleBias, single,
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
    FloatArray hWeight = padded(parameters.floatTaps(0, 8), 8);
    FloatArray hBias = padded(parameters.floatBiases(0, 8), 8);
    FloatArray h = new FloatArray(rows * 800);
    FloatArray nScale = padded(parameters.floatScale(1), 800);
    FloatArray nShift = padded(parameters.floatShift(1), 800);
    FloatArray n = new FloatArray(rows * 800);
    FloatArray s = new FloatArray(rows * 800);
    FloatArray p = new FloatArray(rows * 800);
    FloatArray a = new FloatArray(rows * 800);
    FloatArray r = new FloatArray(rows * 800);
    FloatArray largest = new FloatArray(rows * 320);
    FloatArray mean = new FloatArray(rows * 320);
    FloatArray both = new FloatArray(rows * 640);
    FloatArray fullWeight = padded(parameters.floatTaps(2, 8), 8);
    FloatArray full = new FloatArray(rows * 256);
    FloatArray singleWeight = padded(parameters.floatTaps(3, 1), 1);
    FloatArray singleBias = padded(parameters.floatBiases(3, 1), 1);
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
            .task("h", ImagesTornado::convolution0Relu, x_padded_0, hWeight, hBias, h, rows * 160,
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
            .task("full", ImagesTornado::convolution2, both, fullWeight, full, rows * 32,
                items(rows * 32))
            .task("single", ImagesTornado::convolution3Abs, full, singleWeight, singleBias, single,
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
  static void convolution0Relu(FloatArray x, FloatArray weight, FloatArray bias, FloatArray y,
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
  static void convolution2(FloatArray x, FloatArray weight, FloatArray y, int count, int items) {
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
  static void convolution3Abs(FloatArray x, FloatArray weight, FloatArray bias, FloatArray y,
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
