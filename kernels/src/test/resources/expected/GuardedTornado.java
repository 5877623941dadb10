package demo.control;

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
 * The network {@code demo.control.Guarded} for devices, by TornadoVM. It runs on the weights of a
 * {@link GuardedNetwork}, which are those of its certificate.
 */
public final class GuardedTornado implements TornadoProgram {
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
  private static final int MAX_BATCH = (Integer.MAX_VALUE - GROUP) / 256 / ROWS * ROWS;

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

  private final GuardedNetwork network;

  private GuardedTornado(GuardedNetwork network) {
    this.network = network;
  }

  /**
   * The loaded network, for devices.
   */
  public static GuardedTornado of(GuardedNetwork network) {
    return new GuardedTornado(network);
  }

  @Override
  public int inputSize() {
    return 12;
  }

  @Override
  public int outputSize() {
    return 4;
  }

  @Override
  public GuardedNetwork network() {
    return network;
  }

  @Override
  public TornadoGraph graph(int batch) {
    return graph(batch, Schedule.PORTABLE);
  }

  @Override
  public TornadoGraph graph(int batch, Schedule schedule) {
    if (batch < 1 || batch > MAX_BATCH) {
      throw new IllegalArgumentException("a batch for demo.control.Guarded has 1 to " + MAX_BATCH
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
    FloatArray state = new FloatArray(rows * 12);
    FloatArray result_0_h1Weight =
        padded(parameters.floatColumns("demo.control.Policy/h1.weight"), 64);
    FloatArray result_0_h1Bias = padded(parameters.floatVector("demo.control.Policy/h1.bias"), 64);
    FloatArray result_0_h1 = new FloatArray(rows * 64);
    FloatArray result_0_h2Weight =
        padded(parameters.floatColumns("demo.control.Policy/h2.weight"), 64);
    FloatArray result_0_h2Bias = padded(parameters.floatVector("demo.control.Policy/h2.bias"), 64);
    FloatArray result_0_h2 = new FloatArray(rows * 64);
    FloatArray result_0_s = new FloatArray(rows * 64);
    FloatArray result_0Weight =
        padded(parameters.floatColumns("demo.control.Policy/action.weight"), 4);
    FloatArray result_0Bias = padded(parameters.floatVector("demo.control.Policy/action.bias"), 4);
    FloatArray result_0 = new FloatArray(rows * 4);
    FloatArray result = new FloatArray(rows * 4);
    TaskGraph tasks =
        new TaskGraph("GuardedTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, result_0_h1Weight, result_0_h1Bias,
                result_0_h2Weight, result_0_h2Bias, result_0Weight, result_0Bias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, state)
            .task("result_0_h1", GuardedTornado::tiledDenseRelu, state, result_0_h1Weight,
                result_0_h1Bias, result_0_h1, 12, 64, 8, rows * 8, items(rows * 8))
            .task("result_0_h2", GuardedTornado::tiledDenseLeakyRelu, result_0_h1,
                result_0_h2Weight, result_0_h2Bias, result_0_h2, 0.1f, 64, 64, 8, rows * 8,
                items(rows * 8))
            .task("result_0_s", GuardedTornado::sumOf2, result_0_h1, result_0_h2, result_0_s,
                rows * 64, items(rows * 64))
            .task("result_0", GuardedTornado::dense, result_0_s, result_0Weight, result_0Bias,
                result_0, 64, 4, rows * 4, items(rows * 4))
            .task("result", GuardedTornado::scale, result_0, result, 0.5f, rows * 4,
                items(rows * 4))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, result)
            .transferToHost(DataTransferMode.UNDER_DEMAND, result_0_h1, result_0_h2, result_0_s,
                result_0);
    return new TornadoGraph(tasks, state, result, rows);
  }

  private TornadoGraph lanes(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    FloatArray state = new FloatArray(rows * 12);
    state.init(0f);
    FloatArray result_0_h1Weight =
        padded(parameters.floatColumns("demo.control.Policy/h1.weight"), 64);
    FloatArray result_0_h1Bias = padded(parameters.floatVector("demo.control.Policy/h1.bias"), 64);
    FloatArray result_0_h1 = new FloatArray(rows * 64);
    VectorFloat8 result_0_h2Weight =
        lanes(parameters.floatColumns("demo.control.Policy/h2.weight"));
    VectorFloat8 result_0_h2Bias = lanes(parameters.floatVector("demo.control.Policy/h2.bias"));
    FloatArray result_0_h2 = new FloatArray(rows * 64);
    FloatArray result_0_s = new FloatArray(rows * 64);
    VectorFloat8 result_0Weight =
        lanes(parameters.floatColumns("demo.control.Policy/action.weight"));
    VectorFloat8 result_0Bias = lanes(parameters.floatVector("demo.control.Policy/action.bias"));
    FloatArray result_0 = new FloatArray(rows * 4);
    FloatArray result = new FloatArray(rows * 4);
    TaskGraph tasks =
        new TaskGraph("GuardedTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, result_0_h1Weight, result_0_h1Bias,
                result_0_h2Weight, result_0_h2Bias, result_0Weight, result_0Bias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, state)
            .task("result_0_h1", GuardedTornado::tiledDenseRelu, state, result_0_h1Weight,
                result_0_h1Bias, result_0_h1, 12, 64, 8, rows * 8, items(rows * 8))
            .task("result_0_h2", GuardedTornado::laneDenseLeakyRelu, result_0_h1, result_0_h2Weight,
                result_0_h2Bias, result_0_h2, 0.1f, 64, 64, 8, rows / ROWS * 8,
                items(rows / ROWS * 8))
            .task("result_0_s", GuardedTornado::sumOf2, result_0_h1, result_0_h2, result_0_s,
                rows * 64, items(rows * 64))
            .task("result_0", GuardedTornado::laneDense, result_0_s, result_0Weight, result_0Bias,
                result_0, 64, 4, 1, rows / ROWS, items(rows / ROWS))
            .task("result", GuardedTornado::scale, result_0, result, 0.5f, rows * 4,
                items(rows * 4))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, result)
            .transferToHost(DataTransferMode.UNDER_DEMAND, result_0_h1, result_0_h2, result_0_s,
                result_0);
    return new TornadoGraph(tasks, state, result, rows);
  }

  private TornadoGraph trees(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    KernelContext context = new KernelContext();
    GridScheduler grids = new GridScheduler();
    FloatArray state = new FloatArray(rows * 12);
    FloatArray result_0_h1Weight =
        padded(parameters.floatVector("demo.control.Policy/h1.weight"), 768);
    FloatArray result_0_h1Bias = padded(parameters.floatVector("demo.control.Policy/h1.bias"), 64);
    FloatArray result_0_h1 = new FloatArray(rows * 64);
    FloatArray result_0_h2Weight =
        padded(parameters.floatVector("demo.control.Policy/h2.weight"), 4096);
    FloatArray result_0_h2Bias = padded(parameters.floatVector("demo.control.Policy/h2.bias"), 64);
    FloatArray result_0_h2 = new FloatArray(rows * 64);
    FloatArray result_0_s = new FloatArray(rows * 64);
    FloatArray result_0Weight =
        padded(parameters.floatVector("demo.control.Policy/action.weight"), 256);
    FloatArray result_0Bias = padded(parameters.floatVector("demo.control.Policy/action.bias"), 4);
    FloatArray result_0 = new FloatArray(rows * 4);
    FloatArray result = new FloatArray(rows * 4);
    TaskGraph tasks =
        new TaskGraph("GuardedTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, result_0_h1Weight, result_0_h1Bias,
                result_0_h2Weight, result_0_h2Bias, result_0Weight, result_0Bias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, state)
            .task("result_0_h1", GuardedTornado::treeDenseRelu, context, state, result_0_h1Weight,
                result_0_h1Bias, result_0_h1, 12, 64, 1)
            .task("result_0_h2", GuardedTornado::treeDenseLeakyRelu, context, result_0_h1,
                result_0_h2Weight, result_0_h2Bias, result_0_h2, 0.1f, 64, 64, 1)
            .task("result_0_s", GuardedTornado::sumOf2, result_0_h1, result_0_h2, result_0_s,
                rows * 64, items(rows * 64))
            .task("result_0", GuardedTornado::treeDense, context, result_0_s, result_0Weight,
                result_0Bias, result_0, 64, 4, 1)
            .task("result", GuardedTornado::scale, result_0, result, 0.5f, rows * 4,
                items(rows * 4))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, result)
            .transferToHost(DataTransferMode.UNDER_DEMAND, result_0_h1, result_0_h2, result_0_s,
                result_0);
    grids.addWorkerGrid("GuardedTornado" + rows + ".result_0_h1", groups(rows * 64, 64));
    grids.addWorkerGrid("GuardedTornado" + rows + ".result_0_h2", groups(rows * 64, 64));
    grids.addWorkerGrid("GuardedTornado" + rows + ".result_0", groups(rows * 4, 64));
    return new TornadoGraph(tasks, state, result, rows, grids);
  }

  private TornadoGraph tiles(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    KernelContext context = new KernelContext();
    GridScheduler grids = new GridScheduler();
    FloatArray state = new FloatArray(rows * 12);
    FloatArray result_0_h1Weight =
        padded(parameters.floatColumns("demo.control.Policy/h1.weight"), 64);
    FloatArray result_0_h1Bias = padded(parameters.floatVector("demo.control.Policy/h1.bias"), 64);
    FloatArray result_0_h1 = new FloatArray(rows * 64);
    FloatArray result_0_h2Weight =
        padded(parameters.floatColumns("demo.control.Policy/h2.weight"), 64);
    FloatArray result_0_h2Bias = padded(parameters.floatVector("demo.control.Policy/h2.bias"), 64);
    FloatArray result_0_h2 = new FloatArray(rows * 64);
    FloatArray result_0_s = new FloatArray(rows * 64);
    FloatArray result_0Weight =
        padded(parameters.floatVector("demo.control.Policy/action.weight"), 256);
    FloatArray result_0Bias = padded(parameters.floatVector("demo.control.Policy/action.bias"), 4);
    FloatArray result_0 = new FloatArray(rows * 4);
    FloatArray result = new FloatArray(rows * 4);
    TaskGraph tasks =
        new TaskGraph("GuardedTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, result_0_h1Weight, result_0_h1Bias,
                result_0_h2Weight, result_0_h2Bias, result_0Weight, result_0Bias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, state)
            .task("result_0_h1", GuardedTornado::tileDenseRelu, context, state, result_0_h1Weight,
                result_0_h1Bias, result_0_h1, 12, 64, 1, 1, rows)
            .task("result_0_h2", GuardedTornado::tileDenseLeakyRelu, context, result_0_h1,
                result_0_h2Weight, result_0_h2Bias, result_0_h2, 0.1f, 64, 64, 4, 1, rows)
            .task("result_0_s", GuardedTornado::sumOf2, result_0_h1, result_0_h2, result_0_s,
                rows * 64, items(rows * 64))
            .task("result_0", GuardedTornado::treeDense, context, result_0_s, result_0Weight,
                result_0Bias, result_0, 64, 4, 1)
            .task("result", GuardedTornado::scale, result_0, result, 0.5f, rows * 4,
                items(rows * 4))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, result)
            .transferToHost(DataTransferMode.UNDER_DEMAND, result_0_h1, result_0_h2, result_0_s,
                result_0);
    grids.addWorkerGrid("GuardedTornado" + rows + ".result_0_h1", groups((rows + 63) / 64, 256));
    grids.addWorkerGrid("GuardedTornado" + rows + ".result_0_h2", groups((rows + 63) / 64, 256));
    grids.addWorkerGrid("GuardedTornado" + rows + ".result_0", groups(rows * 4, 64));
    return new TornadoGraph(tasks, state, result, rows, grids);
  }

  /**
   * {@code y = relu(W x + b)} for each row, one tile of outputs per work item. Behind the
   * last output, weights are zeros and nothing is written.
   */
  static void tiledDenseRelu(FloatArray x, FloatArray weight, FloatArray bias, FloatArray y,
      int inputs, int outputs, int tiles, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / tiles;
        int first = item % tiles * TILE;
        float[] sums = new float[TILE];
        for (int j = 0; j < TILE; j++) {
          sums[j] = bias.get(first + j);
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
            y.set(row * outputs + first + j, t < 0f ? 0f : t);
          }
        }
      }
    }
  }

  /**
   * {@code y = leaky_relu(W x + b, slope)} for each row, one tile of outputs per work item. Behind the
   * last output, weights are zeros and nothing is written.
   */
  static void tiledDenseLeakyRelu(FloatArray x, FloatArray weight, FloatArray bias, FloatArray y,
      float slope, int inputs, int outputs, int tiles, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / tiles;
        int first = item % tiles * TILE;
        float[] sums = new float[TILE];
        for (int j = 0; j < TILE; j++) {
          sums[j] = bias.get(first + j);
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
            y.set(row * outputs + first + j, t >= 0f ? t : slope * t);
          }
        }
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
   * {@code y = leaky_relu(W x + b, slope)} for each row, four rows by eight outputs per work item. Behind
   * the last output, weights are zeros and nothing is written.
   */
  static void laneDenseLeakyRelu(FloatArray x, VectorFloat8 weight, VectorFloat8 bias, FloatArray y,
      float slope, int inputs, int outputs, int blocks, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int block = item % blocks;
        int from = item / blocks * ROWS * inputs;
        Float8 s0 = bias.get(block);
        Float8 s1 = bias.get(block);
        Float8 s2 = bias.get(block);
        Float8 s3 = bias.get(block);
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
            y.set(to + j / LANES * outputs + j % LANES, t >= 0f ? t : slope * t);
          }
        }
      }
    }
  }

  /**
   * {@code y = W x + b} for each row, four rows by eight outputs per work item. Behind
   * the last output, weights are zeros and nothing is written.
   */
  static void laneDense(FloatArray x, VectorFloat8 weight, VectorFloat8 bias, FloatArray y,
      int inputs, int outputs, int blocks, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int block = item % blocks;
        int from = item / blocks * ROWS * inputs;
        Float8 s0 = bias.get(block);
        Float8 s1 = bias.get(block);
        Float8 s2 = bias.get(block);
        Float8 s3 = bias.get(block);
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
   * {@code y = relu(W x + b)} for each row, one output per work group, whose sum
   * is a tree.
   */
  static void treeDenseRelu(KernelContext context, FloatArray x, FloatArray weight, FloatArray bias,
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
      y.set(context.groupIdx, t < 0f ? 0f : t);
    }
  }

  /**
   * {@code y = leaky_relu(W x + b, slope)} for each row, one output per work group, whose sum
   * is a tree.
   */
  static void treeDenseLeakyRelu(KernelContext context, FloatArray x, FloatArray weight,
      FloatArray bias, FloatArray y, float slope, int inputs, int outputs, int steps) {
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
      y.set(context.groupIdx, t >= 0f ? t : slope * t);
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
   * {@code y = relu(W x + b)} for each row, 64 rows by 64 outputs per work group, 4 by
   * 4 of them per item. Items side by side take outputs side by side.
   */
  static void tileDenseRelu(KernelContext context, FloatArray x, FloatArray weight, FloatArray bias,
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
      sums[j] = bias.get(column + right + j % 4 * 16);
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
        y.set(r * outputs + to, t < 0f ? 0f : t);
      }
    }
  }

  /**
   * {@code y = leaky_relu(W x + b, slope)} for each row, 64 rows by 64 outputs per work group, 4 by
   * 4 of them per item. Items side by side take outputs side by side.
   */
  static void tileDenseLeakyRelu(KernelContext context, FloatArray x, FloatArray weight,
      FloatArray bias, FloatArray y, float slope, int inputs, int outputs, int steps, int columns,
      int rows) {
    float[] xs = context.allocateFloatLocalArray(DEPTH * (SIDE + 1));
    float[] ws = context.allocateFloatLocalArray(DEPTH * SIDE);
    int item = context.localIdx;
    int right = item % 16;
    int down = item / 16 * 4;
    int row = context.groupIdx / columns * SIDE;
    int column = context.groupIdx % columns * SIDE;
    float[] sums = new float[16];
    for (int j = 0; j < 16; j++) {
      sums[j] = bias.get(column + right + j % 4 * 16);
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
        y.set(r * outputs + to, t >= 0f ? t : slope * t);
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

  private static VectorFloat8 lanes(float[] row) {
    return lanes(new float[][] {row});
  }
}
