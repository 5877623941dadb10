package demo;

import io.lipc.device.DeviceFunctions;
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
 * The network {@code demo.Every} for devices, by TornadoVM. It runs on the weights of a
 * {@link EveryNetwork}, which are those of its certificate.
 */
public final class EveryTornado implements TornadoProgram {
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
  private static final int MAX_BATCH = (Integer.MAX_VALUE - GROUP) / 192 / ROWS * ROWS;

  /**
   * How many outputs of a wide layer one work item computes, in registers.
   */
  private static final int TILE = 8;

  /**
   * The work items that share a sum on a GPU.
   */
  private static final int TREE = 64;

  /**
   * The rows, and the outputs, of a tile on a GPU.
   */
  private static final int SIDE = 64;

  /**
   * The inputs of a tile that are in local memory at once.
   */
  private static final int DEPTH = 16;

  /**
   * As many rows fill a tile; of fewer, each output is a sum that work items share.
   */
  private static final int FEW = 64;

  private final EveryNetwork network;

  private EveryTornado(EveryNetwork network) {
    this.network = network;
  }

  /**
   * The loaded network, for devices.
   */
  public static EveryTornado of(EveryNetwork network) {
    return new EveryTornado(network);
  }

  @Override
  public int inputSize() {
    return 5;
  }

  @Override
  public int outputSize() {
    return 1;
  }

  @Override
  public EveryNetwork network() {
    return network;
  }

  @Override
  public TornadoGraph graph(int batch) {
    return graph(batch, Schedule.PORTABLE);
  }

  @Override
  public TornadoGraph graph(int batch, Schedule schedule) {
    if (batch < 1 || batch > MAX_BATCH) {
      throw new IllegalArgumentException("a batch for demo.Every has 1 to " + MAX_BATCH
          + " rows, found " + batch);
    }
    return switch (schedule) {
      case PORTABLE -> portable(batch);
      case CPU -> lanes((batch + ROWS - 1) / ROWS * ROWS);
      case GPU -> batch < FEW ? trees(batch) : tiles(batch);
    };
  }

  private TornadoGraph portable(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    FloatArray x = new FloatArray(rows * 5);
    FloatArray scaledScale = padded(parameters.floatScale("1"), 5);
    FloatArray scaledShift = padded(parameters.floatShift("1"), 5);
    FloatArray scaled = new FloatArray(rows * 5);
    FloatArray wideWeight = padded(parameters.floatColumns("wide.weight"), 16);
    FloatArray wide = new FloatArray(rows * 13);
    FloatArray narrowWeight = padded(parameters.floatColumns("narrow.weight"), 3);
    FloatArray narrowBias = padded(parameters.floatVector("narrow.bias"), 3);
    FloatArray narrow = new FloatArray(rows * 3);
    FloatArray leaky = new FloatArray(rows * 3);
    FloatArray joined_part_4 = new FloatArray(rows * 8);
    FloatArray joined_part_5 = new FloatArray(rows * 21);
    FloatArray joined = new FloatArray(rows * 24);
    FloatArray sorted = new FloatArray(rows * 24);
    FloatArray sum = new FloatArray(rows * 24);
    FloatArray sum_part_9 = new FloatArray(rows * 24);
    FloatArray half = new FloatArray(rows * 24);
    FloatArray yWeight = padded(parameters.floatColumns("y.weight"), 1);
    FloatArray y = new FloatArray(rows);
    TaskGraph tasks =
        new TaskGraph("EveryTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, scaledScale, scaledShift,
                wideWeight, narrowWeight, narrowBias, yWeight)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("scaled", EveryTornado::affine, x, scaledScale, scaledShift, scaled, 5, rows * 5,
                items(rows * 5))
            .task("wide", EveryTornado::tiledDenseWithoutBiasTanh, scaled, wideWeight, wide, 5, 13,
                2, rows * 2, items(rows * 2))
            .task("narrow", EveryTornado::denseAbs, wide, narrowWeight, narrowBias, narrow, 13, 3,
                rows * 3, items(rows * 3))
            .task("leaky", EveryTornado::elementwiseLeakyRelu, narrow, leaky, 0.1f, rows * 3,
                items(rows * 3))
            .task("joined_part_4", EveryTornado::concat, x, leaky, joined_part_4, 5, 8, rows * 8,
                items(rows * 8))
            .task("joined_part_5", EveryTornado::concat, joined_part_4, wide, joined_part_5, 8, 21,
                rows * 21, items(rows * 21))
            .task("joined", EveryTornado::concat, joined_part_5, narrow, joined, 21, 24, rows * 24,
                items(rows * 24))
            .task("sorted", EveryTornado::maxMin, joined, sorted, 1, rows * 12, items(rows * 12))
            .task("sum", EveryTornado::sumOf8, sorted, sorted, sorted, sorted, sorted, sorted,
                sorted, sorted, sum, rows * 24, items(rows * 24))
            .task("sum_part_9", EveryTornado::sumOf2, sum, sorted, sum_part_9, rows * 24,
                items(rows * 24))
            .task("half", EveryTornado::scale, sum_part_9, half, -0.5f, rows * 24, items(rows * 24))
            .task("y", EveryTornado::denseWithoutBias, half, yWeight, y, 24, 1, rows, items(rows))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, scaled, wide, narrow, leaky,
                joined_part_4, joined_part_5, joined, sorted, sum, sum_part_9, half);
    return new TornadoGraph(tasks, x, y, rows);
  }

  private TornadoGraph lanes(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    FloatArray x = new FloatArray(rows * 5);
    x.init(0f);
    FloatArray scaledScale = padded(parameters.floatScale("1"), 5);
    FloatArray scaledShift = padded(parameters.floatShift("1"), 5);
    FloatArray scaled = new FloatArray(rows * 5);
    FloatArray wideWeight = padded(parameters.floatColumns("wide.weight"), 16);
    FloatArray wide = new FloatArray(rows * 13);
    FloatArray narrowWeight = padded(parameters.floatColumns("narrow.weight"), 3);
    FloatArray narrowBias = padded(parameters.floatVector("narrow.bias"), 3);
    FloatArray narrow = new FloatArray(rows * 3);
    FloatArray leaky = new FloatArray(rows * 3);
    FloatArray joined_part_4 = new FloatArray(rows * 8);
    FloatArray joined_part_5 = new FloatArray(rows * 21);
    FloatArray joined = new FloatArray(rows * 24);
    FloatArray sorted = new FloatArray(rows * 24);
    FloatArray sum = new FloatArray(rows * 24);
    FloatArray sum_part_9 = new FloatArray(rows * 24);
    FloatArray half = new FloatArray(rows * 24);
    VectorFloat8 yWeight = lanes(parameters.floatColumns("y.weight"));
    FloatArray y = new FloatArray(rows);
    TaskGraph tasks =
        new TaskGraph("EveryTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, scaledScale, scaledShift,
                wideWeight, narrowWeight, narrowBias, yWeight)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("scaled", EveryTornado::affine, x, scaledScale, scaledShift, scaled, 5, rows * 5,
                items(rows * 5))
            .task("wide", EveryTornado::tiledDenseWithoutBiasTanh, scaled, wideWeight, wide, 5, 13,
                2, rows * 2, items(rows * 2))
            .task("narrow", EveryTornado::denseAbs, wide, narrowWeight, narrowBias, narrow, 13, 3,
                rows * 3, items(rows * 3))
            .task("leaky", EveryTornado::elementwiseLeakyRelu, narrow, leaky, 0.1f, rows * 3,
                items(rows * 3))
            .task("joined_part_4", EveryTornado::concat, x, leaky, joined_part_4, 5, 8, rows * 8,
                items(rows * 8))
            .task("joined_part_5", EveryTornado::concat, joined_part_4, wide, joined_part_5, 8, 21,
                rows * 21, items(rows * 21))
            .task("joined", EveryTornado::concat, joined_part_5, narrow, joined, 21, 24, rows * 24,
                items(rows * 24))
            .task("sorted", EveryTornado::maxMin, joined, sorted, 1, rows * 12, items(rows * 12))
            .task("sum", EveryTornado::sumOf8, sorted, sorted, sorted, sorted, sorted, sorted,
                sorted, sorted, sum, rows * 24, items(rows * 24))
            .task("sum_part_9", EveryTornado::sumOf2, sum, sorted, sum_part_9, rows * 24,
                items(rows * 24))
            .task("half", EveryTornado::scale, sum_part_9, half, -0.5f, rows * 24, items(rows * 24))
            .task("y", EveryTornado::laneDenseWithoutBias, half, yWeight, y, 24, 1, 1, rows / ROWS,
                items(rows / ROWS))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, scaled, wide, narrow, leaky,
                joined_part_4, joined_part_5, joined, sorted, sum, sum_part_9, half);
    return new TornadoGraph(tasks, x, y, rows);
  }

  private TornadoGraph trees(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    KernelContext context = new KernelContext();
    GridScheduler grids = new GridScheduler();
    FloatArray x = new FloatArray(rows * 5);
    FloatArray scaledScale = padded(parameters.floatScale("1"), 5);
    FloatArray scaledShift = padded(parameters.floatShift("1"), 5);
    FloatArray scaled = new FloatArray(rows * 5);
    FloatArray wideWeight = padded(parameters.floatVector("wide.weight"), 65);
    FloatArray wide = new FloatArray(rows * 13);
    FloatArray narrowWeight = padded(parameters.floatVector("narrow.weight"), 39);
    FloatArray narrowBias = padded(parameters.floatVector("narrow.bias"), 3);
    FloatArray narrow = new FloatArray(rows * 3);
    FloatArray leaky = new FloatArray(rows * 3);
    FloatArray joined_part_4 = new FloatArray(rows * 8);
    FloatArray joined_part_5 = new FloatArray(rows * 21);
    FloatArray joined = new FloatArray(rows * 24);
    FloatArray sorted = new FloatArray(rows * 24);
    FloatArray sum = new FloatArray(rows * 24);
    FloatArray sum_part_9 = new FloatArray(rows * 24);
    FloatArray half = new FloatArray(rows * 24);
    FloatArray yWeight = padded(parameters.floatVector("y.weight"), 24);
    FloatArray y = new FloatArray(rows);
    TaskGraph tasks =
        new TaskGraph("EveryTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, scaledScale, scaledShift,
                wideWeight, narrowWeight, narrowBias, yWeight)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("scaled", EveryTornado::affine, x, scaledScale, scaledShift, scaled, 5, rows * 5,
                items(rows * 5))
            .task("wide", EveryTornado::treeDenseWithoutBiasTanh, context, scaled, wideWeight, wide,
                5, 13, 1)
            .task("narrow", EveryTornado::treeDenseAbs, context, wide, narrowWeight, narrowBias,
                narrow, 13, 3, 1)
            .task("leaky", EveryTornado::elementwiseLeakyRelu, narrow, leaky, 0.1f, rows * 3,
                items(rows * 3))
            .task("joined_part_4", EveryTornado::concat, x, leaky, joined_part_4, 5, 8, rows * 8,
                items(rows * 8))
            .task("joined_part_5", EveryTornado::concat, joined_part_4, wide, joined_part_5, 8, 21,
                rows * 21, items(rows * 21))
            .task("joined", EveryTornado::concat, joined_part_5, narrow, joined, 21, 24, rows * 24,
                items(rows * 24))
            .task("sorted", EveryTornado::maxMin, joined, sorted, 1, rows * 12, items(rows * 12))
            .task("sum", EveryTornado::sumOf8, sorted, sorted, sorted, sorted, sorted, sorted,
                sorted, sorted, sum, rows * 24, items(rows * 24))
            .task("sum_part_9", EveryTornado::sumOf2, sum, sorted, sum_part_9, rows * 24,
                items(rows * 24))
            .task("half", EveryTornado::scale, sum_part_9, half, -0.5f, rows * 24, items(rows * 24))
            .task("y", EveryTornado::treeDenseWithoutBias, context, half, yWeight, y, 24, 1, 1)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, scaled, wide, narrow, leaky,
                joined_part_4, joined_part_5, joined, sorted, sum, sum_part_9, half);
    grids.addWorkerGrid("EveryTornado" + rows + ".wide", groups(rows * 13, 64));
    grids.addWorkerGrid("EveryTornado" + rows + ".narrow", groups(rows * 3, 64));
    grids.addWorkerGrid("EveryTornado" + rows + ".y", groups(rows, 64));
    return new TornadoGraph(tasks, x, y, rows, grids);
  }

  private TornadoGraph tiles(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    KernelContext context = new KernelContext();
    GridScheduler grids = new GridScheduler();
    FloatArray x = new FloatArray(rows * 5);
    FloatArray scaledScale = padded(parameters.floatScale("1"), 5);
    FloatArray scaledShift = padded(parameters.floatShift("1"), 5);
    FloatArray scaled = new FloatArray(rows * 5);
    FloatArray wideWeight = padded(parameters.floatColumns("wide.weight"), 64);
    FloatArray wide = new FloatArray(rows * 13);
    FloatArray narrowWeight = padded(parameters.floatVector("narrow.weight"), 39);
    FloatArray narrowBias = padded(parameters.floatVector("narrow.bias"), 3);
    FloatArray narrow = new FloatArray(rows * 3);
    FloatArray leaky = new FloatArray(rows * 3);
    FloatArray joined_part_4 = new FloatArray(rows * 8);
    FloatArray joined_part_5 = new FloatArray(rows * 21);
    FloatArray joined = new FloatArray(rows * 24);
    FloatArray sorted = new FloatArray(rows * 24);
    FloatArray sum = new FloatArray(rows * 24);
    FloatArray sum_part_9 = new FloatArray(rows * 24);
    FloatArray half = new FloatArray(rows * 24);
    FloatArray yWeight = padded(parameters.floatVector("y.weight"), 24);
    FloatArray y = new FloatArray(rows);
    TaskGraph tasks =
        new TaskGraph("EveryTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, scaledScale, scaledShift,
                wideWeight, narrowWeight, narrowBias, yWeight)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("scaled", EveryTornado::affine, x, scaledScale, scaledShift, scaled, 5, rows * 5,
                items(rows * 5))
            .task("wide", EveryTornado::tileDenseWithoutBiasTanh, context, scaled, wideWeight, wide,
                5, 13, 1, 1, rows)
            .task("narrow", EveryTornado::treeDenseAbs, context, wide, narrowWeight, narrowBias,
                narrow, 13, 3, 1)
            .task("leaky", EveryTornado::elementwiseLeakyRelu, narrow, leaky, 0.1f, rows * 3,
                items(rows * 3))
            .task("joined_part_4", EveryTornado::concat, x, leaky, joined_part_4, 5, 8, rows * 8,
                items(rows * 8))
            .task("joined_part_5", EveryTornado::concat, joined_part_4, wide, joined_part_5, 8, 21,
                rows * 21, items(rows * 21))
            .task("joined", EveryTornado::concat, joined_part_5, narrow, joined, 21, 24, rows * 24,
                items(rows * 24))
            .task("sorted", EveryTornado::maxMin, joined, sorted, 1, rows * 12, items(rows * 12))
            .task("sum", EveryTornado::sumOf8, sorted, sorted, sorted, sorted, sorted, sorted,
                sorted, sorted, sum, rows * 24, items(rows * 24))
            .task("sum_part_9", EveryTornado::sumOf2, sum, sorted, sum_part_9, rows * 24,
                items(rows * 24))
            .task("half", EveryTornado::scale, sum_part_9, half, -0.5f, rows * 24, items(rows * 24))
            .task("y", EveryTornado::treeDenseWithoutBias, context, half, yWeight, y, 24, 1, 1)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, scaled, wide, narrow, leaky,
                joined_part_4, joined_part_5, joined, sorted, sum, sum_part_9, half);
    grids.addWorkerGrid("EveryTornado" + rows + ".wide", groups((rows + 63) / 64, 256));
    grids.addWorkerGrid("EveryTornado" + rows + ".narrow", groups(rows * 3, 64));
    grids.addWorkerGrid("EveryTornado" + rows + ".y", groups(rows, 64));
    return new TornadoGraph(tasks, x, y, rows, grids);
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
   * {@code y = tanh(W x)} for each row, one tile of outputs per work item. Behind the
   * last output, weights are zeros and nothing is written.
   */
  static void tiledDenseWithoutBiasTanh(FloatArray x, FloatArray weight, FloatArray y, int inputs,
      int outputs, int tiles, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / tiles;
        int first = item % tiles * TILE;
        float[] sums = new float[TILE];
        for (int j = 0; j < TILE; j++) {
          sums[j] = 0f;
        }
        for (int k = 0; k < inputs; k++) {
          float xk = x.get(row * inputs + k);
          for (int j = 0; j < TILE; j++) {
            sums[j] += xk * weight.get(k * tiles * TILE + first + j);
          }
        }
        for (int j = 0; j < TILE; j++) {
          if (first + j < outputs) {
            float t = sums[j];
            y.set(row * outputs + first + j, DeviceFunctions.tanh(t));
          }
        }
      }
    }
  }

  /**
   * {@code y = abs(W x + b)} for each row, one output per work item.
   */
  static void denseAbs(FloatArray x, FloatArray weight, FloatArray bias, FloatArray y, int inputs,
      int outputs, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / outputs;
        int j = item % outputs;
        float t = bias.get(j);
        for (int k = 0; k < inputs; k++) {
          t += x.get(row * inputs + k) * weight.get(k * outputs + j);
        }
        y.set(item, Math.abs(t));
      }
    }
  }

  /**
   * {@code y = leaky_relu(x, slope)}.
   */
  static void elementwiseLeakyRelu(FloatArray x, FloatArray y, float slope, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        float t = x.get(item);
        y.set(item, t >= 0f ? t : slope * t);
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
   * {@code y = x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7}.
   */
  static void sumOf8(FloatArray x0, FloatArray x1, FloatArray x2, FloatArray x3, FloatArray x4,
      FloatArray x5, FloatArray x6, FloatArray x7, FloatArray y, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        y.set(item, x0.get(item) + x1.get(item) + x2.get(item) + x3.get(item) + x4.get(item)
            + x5.get(item) + x6.get(item) + x7.get(item));
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
   * {@code y = factor x}.
   */
  static void scale(FloatArray x, FloatArray y, float factor, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        y.set(item, factor * x.get(item));
      }
    }
  }

  /**
   * {@code y = W x} for each row, one output per work item.
   */
  static void denseWithoutBias(FloatArray x, FloatArray weight, FloatArray y, int inputs,
      int outputs, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / outputs;
        int j = item % outputs;
        float t = 0f;
        for (int k = 0; k < inputs; k++) {
          t += x.get(row * inputs + k) * weight.get(k * outputs + j);
        }
        y.set(item, t);
      }
    }
  }

  /**
   * {@code y = W x} for each row, four rows by eight outputs per work item. Behind
   * the last output, weights are zeros and nothing is written.
   */
  static void laneDenseWithoutBias(FloatArray x, VectorFloat8 weight, FloatArray y, int inputs,
      int outputs, int blocks, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int block = item % blocks;
        int from = item / blocks * ROWS * inputs;
        Float8 s0 = new Float8(0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f);
        Float8 s1 = new Float8(0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f);
        Float8 s2 = new Float8(0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f);
        Float8 s3 = new Float8(0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f);
        for (int k = 0; k < inputs; k++) {
          Float8 w = weight.get(block * inputs + k);
          s0 = Float8.add(s0, Float8.mult(w, x.get(from + k)));
          s1 = Float8.add(s1, Float8.mult(w, x.get(inputs + from + k)));
          s2 = Float8.add(s2, Float8.mult(w, x.get(2 * inputs + from + k)));
          s3 = Float8.add(s3, Float8.mult(w, x.get(3 * inputs + from + k)));
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
        int to = item / blocks * ROWS * outputs + block * LANES;
        for (int j = 0; j < ROWS * LANES; j++) {
          if (block * LANES + j % LANES < outputs) {
            float t = sums[j];
            y.set(to + j / LANES * outputs + j % LANES, t);
          }
        }
      }
    }
  }

  /**
   * {@code y = tanh(W x)} for each row, one output per work group, whose sum
   * is a tree.
   */
  static void treeDenseWithoutBiasTanh(KernelContext context, FloatArray x, FloatArray weight,
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
      float t = sums[0];
      y.set(context.groupIdx, DeviceFunctions.tanh(t));
    }
  }

  /**
   * {@code y = abs(W x + b)} for each row, one output per work group, whose sum
   * is a tree.
   */
  static void treeDenseAbs(KernelContext context, FloatArray x, FloatArray weight, FloatArray bias,
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
      y.set(context.groupIdx, Math.abs(t));
    }
  }

  /**
   * {@code y = W x} for each row, one output per work group, whose sum
   * is a tree.
   */
  static void treeDenseWithoutBias(KernelContext context, FloatArray x, FloatArray weight,
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
      float t = sums[0];
      y.set(context.groupIdx, t);
    }
  }

  /**
   * {@code y = tanh(W x)} for each row, 64 rows by 64 outputs per work group, 4 by
   * 4 of them per item. Items side by side take outputs side by side.
   */
  static void tileDenseWithoutBiasTanh(KernelContext context, FloatArray x, FloatArray weight,
      FloatArray y, int inputs, int outputs, int steps, int columns, int rows) {
    float[] xs = context.allocateFloatLocalArray(DEPTH * (SIDE + 1));
    float[] ws = context.allocateFloatLocalArray(DEPTH * SIDE);
    int item = context.localIdx;
    int right = item % 16;
    int down = item / 16 * 4;
    int row = context.groupIdx / columns * SIDE;
    int column = context.groupIdx % columns * SIDE;
    float[] sums = new float[16];
    for (int j = 0; j < 16; j++) {
      sums[j] = 0f;
    }
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < 4; i++) {
        int place = i * 256 + item;
        int r = row + place / DEPTH;
        int k = step * DEPTH + place % DEPTH;
        float xk = 0f;
        if (r < rows && k < inputs) {
          xk = x.get(r * inputs + k);
        }
        xs[place % DEPTH * (SIDE + 1) + place / DEPTH] = xk;
        int l = step * DEPTH + place / SIDE;
        float w = 0f;
        if (l < inputs) {
          w = weight.get(l * columns * SIDE + column + place % SIDE);
        }
        ws[place] = w;
      }
      context.localBarrier();
      for (int k = 0; k < DEPTH; k++) {
        float w0 = ws[k * SIDE + right + 0];
        float w1 = ws[k * SIDE + right + 16];
        float w2 = ws[k * SIDE + right + 32];
        float w3 = ws[k * SIDE + right + 48];
        for (int i = 0; i < 4; i++) {
          float xk = xs[k * (SIDE + 1) + down + i];
          sums[i * 4 + 0] += xk * w0;
          sums[i * 4 + 1] += xk * w1;
          sums[i * 4 + 2] += xk * w2;
          sums[i * 4 + 3] += xk * w3;
        }
      }
      context.localBarrier();
    }
    for (int j = 0; j < 16; j++) {
      int r = row + down + j / 4;
      int to = column + right + j % 4 * 16;
      if (r < rows && to < outputs) {
        float t = sums[j];
        y.set(r * outputs + to, DeviceFunctions.tanh(t));
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

  /**
   * Eight columns after the other, each eight row by row; zeros behind the last column.
   */
  private static VectorFloat8 lanes(float[][] rows) {
    int blocks = (rows[0].length + LANES - 1) / LANES;
    FloatArray packed = new FloatArray(blocks * rows.length * LANES);
    packed.init(0f);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        packed.set((j / LANES * rows.length + i) * LANES + j % LANES,  rows[i][j]);
      }
    }
    return new VectorFloat8(packed);
  }
}
