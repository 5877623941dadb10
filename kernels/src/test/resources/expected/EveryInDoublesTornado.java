package demo;

import io.lipc.device.DeviceDoubleFunctions;
import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.tornado.Schedule;
import io.lipc.runtime.tornado.TornadoDoubleGraph;
import io.lipc.runtime.tornado.TornadoDoubleProgram;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.collections.VectorDouble8;
import uk.ac.manchester.tornado.api.types.vectors.Double8;

/**
 * The network {@code demo.EveryInDoubles} for devices, by TornadoVM. It runs on the weights of a
 * {@link EveryInDoublesNetwork}, which are those of its certificate.
 */
public final class EveryInDoublesTornado implements TornadoDoubleProgram {
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

  private final EveryInDoublesNetwork network;

  private EveryInDoublesTornado(EveryInDoublesNetwork network) {
    this.network = network;
  }

  /**
   * The loaded network, for devices.
   */
  public static EveryInDoublesTornado of(EveryInDoublesNetwork network) {
    return new EveryInDoublesTornado(network);
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
  public EveryInDoublesNetwork network() {
    return network;
  }

  @Override
  public TornadoDoubleGraph graph(int batch) {
    return graph(batch, Schedule.PORTABLE);
  }

  @Override
  public TornadoDoubleGraph graph(int batch, Schedule schedule) {
    if (batch < 1 || batch > MAX_BATCH) {
      throw new IllegalArgumentException("a batch for demo.EveryInDoubles has 1 to " + MAX_BATCH
          + " rows, found " + batch);
    }
    return switch (schedule) {
      case PORTABLE -> portable(batch);
      case CPU -> lanes((batch + ROWS - 1) / ROWS * ROWS);
      case GPU -> batch < FEW ? trees(batch) : tiles(batch);
    };
  }

  private TornadoDoubleGraph portable(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    DoubleArray x = new DoubleArray(rows * 5);
    DoubleArray scaledScale = padded(parameters.doubleScale("1"), 5);
    DoubleArray scaledShift = padded(parameters.doubleShift("1"), 5);
    DoubleArray scaled = new DoubleArray(rows * 5);
    DoubleArray wideWeight = padded(parameters.doubleColumns("wide.weight"), 16);
    DoubleArray wide = new DoubleArray(rows * 13);
    DoubleArray narrowWeight = padded(parameters.doubleColumns("narrow.weight"), 3);
    DoubleArray narrowBias = padded(parameters.doubleVector("narrow.bias"), 3);
    DoubleArray narrow = new DoubleArray(rows * 3);
    DoubleArray leaky = new DoubleArray(rows * 3);
    DoubleArray joined_part_4 = new DoubleArray(rows * 8);
    DoubleArray joined_part_5 = new DoubleArray(rows * 21);
    DoubleArray joined = new DoubleArray(rows * 24);
    DoubleArray sorted = new DoubleArray(rows * 24);
    DoubleArray sum = new DoubleArray(rows * 24);
    DoubleArray sum_part_9 = new DoubleArray(rows * 24);
    DoubleArray half = new DoubleArray(rows * 24);
    DoubleArray yWeight = padded(parameters.doubleColumns("y.weight"), 1);
    DoubleArray y = new DoubleArray(rows);
    TaskGraph tasks =
        new TaskGraph("EveryInDoublesTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, scaledScale, scaledShift,
                wideWeight, narrowWeight, narrowBias, yWeight)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("scaled", EveryInDoublesTornado::affine, x, scaledScale, scaledShift, scaled, 5,
                rows * 5, items(rows * 5))
            .task("wide", EveryInDoublesTornado::tiledDenseWithoutBiasTanh, scaled, wideWeight,
                wide, 5, 13, 2, rows * 2, items(rows * 2))
            .task("narrow", EveryInDoublesTornado::denseAbs, wide, narrowWeight, narrowBias, narrow,
                13, 3, rows * 3, items(rows * 3))
            .task("leaky", EveryInDoublesTornado::elementwiseLeakyRelu, narrow, leaky, 0.1,
                rows * 3, items(rows * 3))
            .task("joined_part_4", EveryInDoublesTornado::concat, x, leaky, joined_part_4, 5, 8,
                rows * 8, items(rows * 8))
            .task("joined_part_5", EveryInDoublesTornado::concat, joined_part_4, wide,
                joined_part_5, 8, 21, rows * 21, items(rows * 21))
            .task("joined", EveryInDoublesTornado::concat, joined_part_5, narrow, joined, 21, 24,
                rows * 24, items(rows * 24))
            .task("sorted", EveryInDoublesTornado::maxMin, joined, sorted, 1, rows * 12,
                items(rows * 12))
            .task("sum", EveryInDoublesTornado::sumOf8, sorted, sorted, sorted, sorted, sorted,
                sorted, sorted, sorted, sum, rows * 24, items(rows * 24))
            .task("sum_part_9", EveryInDoublesTornado::sumOf2, sum, sorted, sum_part_9, rows * 24,
                items(rows * 24))
            .task("half", EveryInDoublesTornado::scale, sum_part_9, half, -0.5, rows * 24,
                items(rows * 24))
            .task("y", EveryInDoublesTornado::denseWithoutBias, half, yWeight, y, 24, 1, rows,
                items(rows))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, scaled, wide, narrow, leaky,
                joined_part_4, joined_part_5, joined, sorted, sum, sum_part_9, half);
    return new TornadoDoubleGraph(tasks, x, y, rows);
  }

  private TornadoDoubleGraph lanes(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    DoubleArray x = new DoubleArray(rows * 5);
    x.init(0.0);
    DoubleArray scaledScale = padded(parameters.doubleScale("1"), 5);
    DoubleArray scaledShift = padded(parameters.doubleShift("1"), 5);
    DoubleArray scaled = new DoubleArray(rows * 5);
    DoubleArray wideWeight = padded(parameters.doubleColumns("wide.weight"), 16);
    DoubleArray wide = new DoubleArray(rows * 13);
    DoubleArray narrowWeight = padded(parameters.doubleColumns("narrow.weight"), 3);
    DoubleArray narrowBias = padded(parameters.doubleVector("narrow.bias"), 3);
    DoubleArray narrow = new DoubleArray(rows * 3);
    DoubleArray leaky = new DoubleArray(rows * 3);
    DoubleArray joined_part_4 = new DoubleArray(rows * 8);
    DoubleArray joined_part_5 = new DoubleArray(rows * 21);
    DoubleArray joined = new DoubleArray(rows * 24);
    DoubleArray sorted = new DoubleArray(rows * 24);
    DoubleArray sum = new DoubleArray(rows * 24);
    DoubleArray sum_part_9 = new DoubleArray(rows * 24);
    DoubleArray half = new DoubleArray(rows * 24);
    VectorDouble8 yWeight = lanes(parameters.doubleColumns("y.weight"));
    DoubleArray y = new DoubleArray(rows);
    TaskGraph tasks =
        new TaskGraph("EveryInDoublesTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, scaledScale, scaledShift,
                wideWeight, narrowWeight, narrowBias, yWeight)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("scaled", EveryInDoublesTornado::affine, x, scaledScale, scaledShift, scaled, 5,
                rows * 5, items(rows * 5))
            .task("wide", EveryInDoublesTornado::tiledDenseWithoutBiasTanh, scaled, wideWeight,
                wide, 5, 13, 2, rows * 2, items(rows * 2))
            .task("narrow", EveryInDoublesTornado::denseAbs, wide, narrowWeight, narrowBias, narrow,
                13, 3, rows * 3, items(rows * 3))
            .task("leaky", EveryInDoublesTornado::elementwiseLeakyRelu, narrow, leaky, 0.1,
                rows * 3, items(rows * 3))
            .task("joined_part_4", EveryInDoublesTornado::concat, x, leaky, joined_part_4, 5, 8,
                rows * 8, items(rows * 8))
            .task("joined_part_5", EveryInDoublesTornado::concat, joined_part_4, wide,
                joined_part_5, 8, 21, rows * 21, items(rows * 21))
            .task("joined", EveryInDoublesTornado::concat, joined_part_5, narrow, joined, 21, 24,
                rows * 24, items(rows * 24))
            .task("sorted", EveryInDoublesTornado::maxMin, joined, sorted, 1, rows * 12,
                items(rows * 12))
            .task("sum", EveryInDoublesTornado::sumOf8, sorted, sorted, sorted, sorted, sorted,
                sorted, sorted, sorted, sum, rows * 24, items(rows * 24))
            .task("sum_part_9", EveryInDoublesTornado::sumOf2, sum, sorted, sum_part_9, rows * 24,
                items(rows * 24))
            .task("half", EveryInDoublesTornado::scale, sum_part_9, half, -0.5, rows * 24,
                items(rows * 24))
            .task("y", EveryInDoublesTornado::laneDenseWithoutBias, half, yWeight, y, 24, 1, 1,
                rows / ROWS, items(rows / ROWS))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, scaled, wide, narrow, leaky,
                joined_part_4, joined_part_5, joined, sorted, sum, sum_part_9, half);
    return new TornadoDoubleGraph(tasks, x, y, rows);
  }

  private TornadoDoubleGraph trees(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    KernelContext context = new KernelContext();
    GridScheduler grids = new GridScheduler();
    DoubleArray x = new DoubleArray(rows * 5);
    DoubleArray scaledScale = padded(parameters.doubleScale("1"), 5);
    DoubleArray scaledShift = padded(parameters.doubleShift("1"), 5);
    DoubleArray scaled = new DoubleArray(rows * 5);
    DoubleArray wideWeight = padded(parameters.doubleVector("wide.weight"), 65);
    DoubleArray wide = new DoubleArray(rows * 13);
    DoubleArray narrowWeight = padded(parameters.doubleVector("narrow.weight"), 39);
    DoubleArray narrowBias = padded(parameters.doubleVector("narrow.bias"), 3);
    DoubleArray narrow = new DoubleArray(rows * 3);
    DoubleArray leaky = new DoubleArray(rows * 3);
    DoubleArray joined_part_4 = new DoubleArray(rows * 8);
    DoubleArray joined_part_5 = new DoubleArray(rows * 21);
    DoubleArray joined = new DoubleArray(rows * 24);
    DoubleArray sorted = new DoubleArray(rows * 24);
    DoubleArray sum = new DoubleArray(rows * 24);
    DoubleArray sum_part_9 = new DoubleArray(rows * 24);
    DoubleArray half = new DoubleArray(rows * 24);
    DoubleArray yWeight = padded(parameters.doubleVector("y.weight"), 24);
    DoubleArray y = new DoubleArray(rows);
    TaskGraph tasks =
        new TaskGraph("EveryInDoublesTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, scaledScale, scaledShift,
                wideWeight, narrowWeight, narrowBias, yWeight)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("scaled", EveryInDoublesTornado::affine, x, scaledScale, scaledShift, scaled, 5,
                rows * 5, items(rows * 5))
            .task("wide", EveryInDoublesTornado::treeDenseWithoutBiasTanh, context, scaled,
                wideWeight, wide, 5, 13, 1)
            .task("narrow", EveryInDoublesTornado::treeDenseAbs, context, wide, narrowWeight,
                narrowBias, narrow, 13, 3, 1)
            .task("leaky", EveryInDoublesTornado::elementwiseLeakyRelu, narrow, leaky, 0.1,
                rows * 3, items(rows * 3))
            .task("joined_part_4", EveryInDoublesTornado::concat, x, leaky, joined_part_4, 5, 8,
                rows * 8, items(rows * 8))
            .task("joined_part_5", EveryInDoublesTornado::concat, joined_part_4, wide,
                joined_part_5, 8, 21, rows * 21, items(rows * 21))
            .task("joined", EveryInDoublesTornado::concat, joined_part_5, narrow, joined, 21, 24,
                rows * 24, items(rows * 24))
            .task("sorted", EveryInDoublesTornado::maxMin, joined, sorted, 1, rows * 12,
                items(rows * 12))
            .task("sum", EveryInDoublesTornado::sumOf8, sorted, sorted, sorted, sorted, sorted,
                sorted, sorted, sorted, sum, rows * 24, items(rows * 24))
            .task("sum_part_9", EveryInDoublesTornado::sumOf2, sum, sorted, sum_part_9, rows * 24,
                items(rows * 24))
            .task("half", EveryInDoublesTornado::scale, sum_part_9, half, -0.5, rows * 24,
                items(rows * 24))
            .task("y", EveryInDoublesTornado::treeDenseWithoutBias, context, half, yWeight, y, 24,
                1, 1)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, scaled, wide, narrow, leaky,
                joined_part_4, joined_part_5, joined, sorted, sum, sum_part_9, half);
    grids.addWorkerGrid("EveryInDoublesTornado" + rows + ".wide", groups(rows * 13, 64));
    grids.addWorkerGrid("EveryInDoublesTornado" + rows + ".narrow", groups(rows * 3, 64));
    grids.addWorkerGrid("EveryInDoublesTornado" + rows + ".y", groups(rows, 64));
    return new TornadoDoubleGraph(tasks, x, y, rows, grids);
  }

  private TornadoDoubleGraph tiles(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    KernelContext context = new KernelContext();
    GridScheduler grids = new GridScheduler();
    DoubleArray x = new DoubleArray(rows * 5);
    DoubleArray scaledScale = padded(parameters.doubleScale("1"), 5);
    DoubleArray scaledShift = padded(parameters.doubleShift("1"), 5);
    DoubleArray scaled = new DoubleArray(rows * 5);
    DoubleArray wideWeight = padded(parameters.doubleColumns("wide.weight"), 64);
    DoubleArray wide = new DoubleArray(rows * 13);
    DoubleArray narrowWeight = padded(parameters.doubleVector("narrow.weight"), 39);
    DoubleArray narrowBias = padded(parameters.doubleVector("narrow.bias"), 3);
    DoubleArray narrow = new DoubleArray(rows * 3);
    DoubleArray leaky = new DoubleArray(rows * 3);
    DoubleArray joined_part_4 = new DoubleArray(rows * 8);
    DoubleArray joined_part_5 = new DoubleArray(rows * 21);
    DoubleArray joined = new DoubleArray(rows * 24);
    DoubleArray sorted = new DoubleArray(rows * 24);
    DoubleArray sum = new DoubleArray(rows * 24);
    DoubleArray sum_part_9 = new DoubleArray(rows * 24);
    DoubleArray half = new DoubleArray(rows * 24);
    DoubleArray yWeight = padded(parameters.doubleVector("y.weight"), 24);
    DoubleArray y = new DoubleArray(rows);
    TaskGraph tasks =
        new TaskGraph("EveryInDoublesTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, scaledScale, scaledShift,
                wideWeight, narrowWeight, narrowBias, yWeight)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("scaled", EveryInDoublesTornado::affine, x, scaledScale, scaledShift, scaled, 5,
                rows * 5, items(rows * 5))
            .task("wide", EveryInDoublesTornado::tileDenseWithoutBiasTanh, context, scaled,
                wideWeight, wide, 5, 13, 1, 1, rows)
            .task("narrow", EveryInDoublesTornado::treeDenseAbs, context, wide, narrowWeight,
                narrowBias, narrow, 13, 3, 1)
            .task("leaky", EveryInDoublesTornado::elementwiseLeakyRelu, narrow, leaky, 0.1,
                rows * 3, items(rows * 3))
            .task("joined_part_4", EveryInDoublesTornado::concat, x, leaky, joined_part_4, 5, 8,
                rows * 8, items(rows * 8))
            .task("joined_part_5", EveryInDoublesTornado::concat, joined_part_4, wide,
                joined_part_5, 8, 21, rows * 21, items(rows * 21))
            .task("joined", EveryInDoublesTornado::concat, joined_part_5, narrow, joined, 21, 24,
                rows * 24, items(rows * 24))
            .task("sorted", EveryInDoublesTornado::maxMin, joined, sorted, 1, rows * 12,
                items(rows * 12))
            .task("sum", EveryInDoublesTornado::sumOf8, sorted, sorted, sorted, sorted, sorted,
                sorted, sorted, sorted, sum, rows * 24, items(rows * 24))
            .task("sum_part_9", EveryInDoublesTornado::sumOf2, sum, sorted, sum_part_9, rows * 24,
                items(rows * 24))
            .task("half", EveryInDoublesTornado::scale, sum_part_9, half, -0.5, rows * 24,
                items(rows * 24))
            .task("y", EveryInDoublesTornado::treeDenseWithoutBias, context, half, yWeight, y, 24,
                1, 1)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, scaled, wide, narrow, leaky,
                joined_part_4, joined_part_5, joined, sorted, sum, sum_part_9, half);
    grids.addWorkerGrid("EveryInDoublesTornado" + rows + ".wide", groups((rows + 63) / 64, 256));
    grids.addWorkerGrid("EveryInDoublesTornado" + rows + ".narrow", groups(rows * 3, 64));
    grids.addWorkerGrid("EveryInDoublesTornado" + rows + ".y", groups(rows, 64));
    return new TornadoDoubleGraph(tasks, x, y, rows, grids);
  }

  /**
   * {@code y = scale x + shift}, elementwise, for each row.
   */
  static void affine(DoubleArray x, DoubleArray scale, DoubleArray shift, DoubleArray y, int size,
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
  static void tiledDenseWithoutBiasTanh(DoubleArray x, DoubleArray weight, DoubleArray y,
      int inputs, int outputs, int tiles, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / tiles;
        int first = item % tiles * TILE;
        double[] sums = new double[TILE];
        for (int j = 0; j < TILE; j++) {
          sums[j] = 0.0;
        }
        for (int k = 0; k < inputs; k++) {
          double xk = x.get(row * inputs + k);
          for (int j = 0; j < TILE; j++) {
            sums[j] += xk * weight.get(k * tiles * TILE + first + j);
          }
        }
        for (int j = 0; j < TILE; j++) {
          if (first + j < outputs) {
            double t = sums[j];
            y.set(row * outputs + first + j, DeviceDoubleFunctions.tanh(t));
          }
        }
      }
    }
  }

  /**
   * {@code y = abs(W x + b)} for each row, one output per work item.
   */
  static void denseAbs(DoubleArray x, DoubleArray weight, DoubleArray bias, DoubleArray y,
      int inputs, int outputs, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / outputs;
        int j = item % outputs;
        double t = bias.get(j);
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
  static void elementwiseLeakyRelu(DoubleArray x, DoubleArray y, double slope, int count,
      int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        double t = x.get(item);
        y.set(item, t >= 0.0 ? t : slope * t);
      }
    }
  }

  /**
   * {@code y = concat(head, tail)} for each row.
   */
  static void concat(DoubleArray head, DoubleArray tail, DoubleArray y, int headSize, int size,
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
  static void maxMin(DoubleArray x, DoubleArray y, int pixels, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int at = item / pixels * 2 * pixels + item % pixels;
        double p = x.get(at);
        double q = x.get(at + pixels);
        y.set(at, p < q ? q : q < p ? p : p == q ? p : p + q);
        y.set(at + pixels, p < q ? p : q < p ? q : p == q ? q : p + q);
      }
    }
  }

  /**
   * {@code y = x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7}.
   */
  static void sumOf8(DoubleArray x0, DoubleArray x1, DoubleArray x2, DoubleArray x3, DoubleArray x4,
      DoubleArray x5, DoubleArray x6, DoubleArray x7, DoubleArray y, int count, int items) {
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
  static void sumOf2(DoubleArray x0, DoubleArray x1, DoubleArray y, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        y.set(item, x0.get(item) + x1.get(item));
      }
    }
  }

  /**
   * {@code y = factor x}.
   */
  static void scale(DoubleArray x, DoubleArray y, double factor, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        y.set(item, factor * x.get(item));
      }
    }
  }

  /**
   * {@code y = W x} for each row, one output per work item.
   */
  static void denseWithoutBias(DoubleArray x, DoubleArray weight, DoubleArray y, int inputs,
      int outputs, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / outputs;
        int j = item % outputs;
        double t = 0.0;
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
  static void laneDenseWithoutBias(DoubleArray x, VectorDouble8 weight, DoubleArray y, int inputs,
      int outputs, int blocks, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int block = item % blocks;
        int from = item / blocks * ROWS * inputs;
        Double8 s0 = new Double8(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        Double8 s1 = new Double8(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        Double8 s2 = new Double8(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        Double8 s3 = new Double8(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (int k = 0; k < inputs; k++) {
          Double8 w = weight.get(block * inputs + k);
          s0 = Double8.add(s0, Double8.mult(w, x.get(from + k)));
          s1 = Double8.add(s1, Double8.mult(w, x.get(inputs + from + k)));
          s2 = Double8.add(s2, Double8.mult(w, x.get(2 * inputs + from + k)));
          s3 = Double8.add(s3, Double8.mult(w, x.get(3 * inputs + from + k)));
        }
        double[] sums = new double[ROWS * LANES];
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
            double t = sums[j];
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
  static void treeDenseWithoutBiasTanh(KernelContext context, DoubleArray x, DoubleArray weight,
      DoubleArray y, int inputs, int outputs, int steps) {
    double[] sums = context.allocateDoubleLocalArray(TREE);
    int item = context.localIdx;
    int row = context.groupIdx / outputs;
    int j = context.groupIdx % outputs;
    double sum = 0.0;
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
      double t = sums[0];
      y.set(context.groupIdx, DeviceDoubleFunctions.tanh(t));
    }
  }

  /**
   * {@code y = abs(W x + b)} for each row, one output per work group, whose sum
   * is a tree.
   */
  static void treeDenseAbs(KernelContext context, DoubleArray x, DoubleArray weight,
      DoubleArray bias, DoubleArray y, int inputs, int outputs, int steps) {
    double[] sums = context.allocateDoubleLocalArray(TREE);
    int item = context.localIdx;
    int row = context.groupIdx / outputs;
    int j = context.groupIdx % outputs;
    double sum = 0.0;
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
      double t = bias.get(j) + sums[0];
      y.set(context.groupIdx, Math.abs(t));
    }
  }

  /**
   * {@code y = W x} for each row, one output per work group, whose sum
   * is a tree.
   */
  static void treeDenseWithoutBias(KernelContext context, DoubleArray x, DoubleArray weight,
      DoubleArray y, int inputs, int outputs, int steps) {
    double[] sums = context.allocateDoubleLocalArray(TREE);
    int item = context.localIdx;
    int row = context.groupIdx / outputs;
    int j = context.groupIdx % outputs;
    double sum = 0.0;
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
      double t = sums[0];
      y.set(context.groupIdx, t);
    }
  }

  /**
   * {@code y = tanh(W x)} for each row, 64 rows by 64 outputs per work group, 4 by
   * 4 of them per item. Items side by side take outputs side by side.
   */
  static void tileDenseWithoutBiasTanh(KernelContext context, DoubleArray x, DoubleArray weight,
      DoubleArray y, int inputs, int outputs, int steps, int columns, int rows) {
    double[] xs = context.allocateDoubleLocalArray(DEPTH * (SIDE + 1));
    double[] ws = context.allocateDoubleLocalArray(DEPTH * SIDE);
    int item = context.localIdx;
    int right = item % 16;
    int down = item / 16 * 4;
    int row = context.groupIdx / columns * SIDE;
    int column = context.groupIdx % columns * SIDE;
    double[] sums = new double[16];
    for (int j = 0; j < 16; j++) {
      sums[j] = 0.0;
    }
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < 4; i++) {
        int place = i * 256 + item;
        int r = row + place / DEPTH;
        int k = step * DEPTH + place % DEPTH;
        double xk = 0.0;
        if (r < rows && k < inputs) {
          xk = x.get(r * inputs + k);
        }
        xs[place % DEPTH * (SIDE + 1) + place / DEPTH] = xk;
        int l = step * DEPTH + place / SIDE;
        double w = 0.0;
        if (l < inputs) {
          w = weight.get(l * columns * SIDE + column + place % SIDE);
        }
        ws[place] = w;
      }
      context.localBarrier();
      for (int k = 0; k < DEPTH; k++) {
        double w0 = ws[k * SIDE + right + 0];
        double w1 = ws[k * SIDE + right + 16];
        double w2 = ws[k * SIDE + right + 32];
        double w3 = ws[k * SIDE + right + 48];
        for (int i = 0; i < 4; i++) {
          double xk = xs[k * (SIDE + 1) + down + i];
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
        double t = sums[j];
        y.set(r * outputs + to, DeviceDoubleFunctions.tanh(t));
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
  private static DoubleArray padded(double[][] rows, int width) {
    DoubleArray padded = new DoubleArray(rows.length * width);
    padded.init(0.0);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        padded.set(i * width + j, rows[i][j]);
      }
    }
    return padded;
  }

  private static DoubleArray padded(double[] row, int width) {
    return padded(new double[][] {row}, width);
  }

  /**
   * Eight columns after the other, each eight row by row; zeros behind the last column.
   */
  private static VectorDouble8 lanes(double[][] rows) {
    int blocks = (rows[0].length + LANES - 1) / LANES;
    DoubleArray packed = new DoubleArray(blocks * rows.length * LANES);
    packed.init(0.0);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        packed.set((j / LANES * rows.length + i) * LANES + j % LANES,  rows[i][j]);
      }
    }
    return new VectorDouble8(packed);
  }
}
