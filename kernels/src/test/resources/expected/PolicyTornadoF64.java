package demo.control;

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
 * The network {@code demo.control.Policy} for devices, by TornadoVM. It runs on the weights of a
 * {@link PolicyNetwork}, which are those of its certificate.
 */
public final class PolicyTornado implements TornadoDoubleProgram {
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

  private final PolicyNetwork network;

  private PolicyTornado(PolicyNetwork network) {
    this.network = network;
  }

  /**
   * The loaded network, for devices.
   */
  public static PolicyTornado of(PolicyNetwork network) {
    return new PolicyTornado(network);
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
  public PolicyNetwork network() {
    return network;
  }

  @Override
  public TornadoDoubleGraph graph(int batch) {
    return graph(batch, Schedule.PORTABLE);
  }

  @Override
  public TornadoDoubleGraph graph(int batch, Schedule schedule) {
    if (batch < 1 || batch > MAX_BATCH) {
      throw new IllegalArgumentException("a batch for demo.control.Policy has 1 to " + MAX_BATCH
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
    DoubleArray state = new DoubleArray(rows * 12);
    DoubleArray h1Weight = padded(parameters.doubleColumns("h1.weight"), 64);
    DoubleArray h1Bias = padded(parameters.doubleVector("h1.bias"), 64);
    DoubleArray h1 = new DoubleArray(rows * 64);
    DoubleArray h2Weight = padded(parameters.doubleColumns("h2.weight"), 64);
    DoubleArray h2Bias = padded(parameters.doubleVector("h2.bias"), 64);
    DoubleArray h2 = new DoubleArray(rows * 64);
    DoubleArray s = new DoubleArray(rows * 64);
    DoubleArray actionWeight = padded(parameters.doubleColumns("action.weight"), 4);
    DoubleArray actionBias = padded(parameters.doubleVector("action.bias"), 4);
    DoubleArray action = new DoubleArray(rows * 4);
    TaskGraph tasks =
        new TaskGraph("PolicyTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, h1Weight, h1Bias, h2Weight, h2Bias,
                actionWeight, actionBias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, state)
            .task("h1", PolicyTornado::tiledDenseRelu, state, h1Weight, h1Bias, h1, 12, 64, 8,
                rows * 8, items(rows * 8))
            .task("h2", PolicyTornado::tiledDenseLeakyRelu, h1, h2Weight, h2Bias, h2, 0.1, 64, 64,
                8, rows * 8, items(rows * 8))
            .task("s", PolicyTornado::sumOf2, h1, h2, s, rows * 64, items(rows * 64))
            .task("action", PolicyTornado::dense, s, actionWeight, actionBias, action, 64, 4,
                rows * 4, items(rows * 4))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, action)
            .transferToHost(DataTransferMode.UNDER_DEMAND, h1, h2, s);
    return new TornadoDoubleGraph(tasks, state, action, rows);
  }

  private TornadoDoubleGraph lanes(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    DoubleArray state = new DoubleArray(rows * 12);
    state.init(0.0);
    DoubleArray h1Weight = padded(parameters.doubleColumns("h1.weight"), 64);
    DoubleArray h1Bias = padded(parameters.doubleVector("h1.bias"), 64);
    DoubleArray h1 = new DoubleArray(rows * 64);
    VectorDouble8 h2Weight = lanes(parameters.doubleColumns("h2.weight"));
    VectorDouble8 h2Bias = lanes(parameters.doubleVector("h2.bias"));
    DoubleArray h2 = new DoubleArray(rows * 64);
    DoubleArray s = new DoubleArray(rows * 64);
    VectorDouble8 actionWeight = lanes(parameters.doubleColumns("action.weight"));
    VectorDouble8 actionBias = lanes(parameters.doubleVector("action.bias"));
    DoubleArray action = new DoubleArray(rows * 4);
    TaskGraph tasks =
        new TaskGraph("PolicyTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, h1Weight, h1Bias, h2Weight, h2Bias,
                actionWeight, actionBias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, state)
            .task("h1", PolicyTornado::tiledDenseRelu, state, h1Weight, h1Bias, h1, 12, 64, 8,
                rows * 8, items(rows * 8))
            .task("h2", PolicyTornado::laneDenseLeakyRelu, h1, h2Weight, h2Bias, h2, 0.1, 64, 64, 8,
                rows / ROWS * 8, items(rows / ROWS * 8))
            .task("s", PolicyTornado::sumOf2, h1, h2, s, rows * 64, items(rows * 64))
            .task("action", PolicyTornado::laneDense, s, actionWeight, actionBias, action, 64, 4, 1,
                rows / ROWS, items(rows / ROWS))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, action)
            .transferToHost(DataTransferMode.UNDER_DEMAND, h1, h2, s);
    return new TornadoDoubleGraph(tasks, state, action, rows);
  }

  private TornadoDoubleGraph trees(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    KernelContext context = new KernelContext();
    GridScheduler grids = new GridScheduler();
    DoubleArray state = new DoubleArray(rows * 12);
    DoubleArray h1Weight = padded(parameters.doubleVector("h1.weight"), 768);
    DoubleArray h1Bias = padded(parameters.doubleVector("h1.bias"), 64);
    DoubleArray h1 = new DoubleArray(rows * 64);
    DoubleArray h2Weight = padded(parameters.doubleVector("h2.weight"), 4096);
    DoubleArray h2Bias = padded(parameters.doubleVector("h2.bias"), 64);
    DoubleArray h2 = new DoubleArray(rows * 64);
    DoubleArray s = new DoubleArray(rows * 64);
    DoubleArray actionWeight = padded(parameters.doubleVector("action.weight"), 256);
    DoubleArray actionBias = padded(parameters.doubleVector("action.bias"), 4);
    DoubleArray action = new DoubleArray(rows * 4);
    TaskGraph tasks =
        new TaskGraph("PolicyTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, h1Weight, h1Bias, h2Weight, h2Bias,
                actionWeight, actionBias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, state)
            .task("h1", PolicyTornado::treeDenseRelu, context, state, h1Weight, h1Bias, h1, 12, 64,
                1)
            .task("h2", PolicyTornado::treeDenseLeakyRelu, context, h1, h2Weight, h2Bias, h2, 0.1,
                64, 64, 1)
            .task("s", PolicyTornado::sumOf2, h1, h2, s, rows * 64, items(rows * 64))
            .task("action", PolicyTornado::treeDense, context, s, actionWeight, actionBias, action,
                64, 4, 1)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, action)
            .transferToHost(DataTransferMode.UNDER_DEMAND, h1, h2, s);
    grids.addWorkerGrid("PolicyTornado" + rows + ".h1", groups(rows * 64, 64));
    grids.addWorkerGrid("PolicyTornado" + rows + ".h2", groups(rows * 64, 64));
    grids.addWorkerGrid("PolicyTornado" + rows + ".action", groups(rows * 4, 64));
    return new TornadoDoubleGraph(tasks, state, action, rows, grids);
  }

  private TornadoDoubleGraph tiles(int rows) {
    CertifiedParameters parameters = CertifiedParameters.of(network);
    KernelContext context = new KernelContext();
    GridScheduler grids = new GridScheduler();
    DoubleArray state = new DoubleArray(rows * 12);
    DoubleArray h1Weight = padded(parameters.doubleColumns("h1.weight"), 64);
    DoubleArray h1Bias = padded(parameters.doubleVector("h1.bias"), 64);
    DoubleArray h1 = new DoubleArray(rows * 64);
    DoubleArray h2Weight = padded(parameters.doubleColumns("h2.weight"), 64);
    DoubleArray h2Bias = padded(parameters.doubleVector("h2.bias"), 64);
    DoubleArray h2 = new DoubleArray(rows * 64);
    DoubleArray s = new DoubleArray(rows * 64);
    DoubleArray actionWeight = padded(parameters.doubleVector("action.weight"), 256);
    DoubleArray actionBias = padded(parameters.doubleVector("action.bias"), 4);
    DoubleArray action = new DoubleArray(rows * 4);
    TaskGraph tasks =
        new TaskGraph("PolicyTornado" + rows)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, h1Weight, h1Bias, h2Weight, h2Bias,
                actionWeight, actionBias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, state)
            .task("h1", PolicyTornado::tileDenseRelu, context, state, h1Weight, h1Bias, h1, 12, 64,
                1, 1, rows)
            .task("h2", PolicyTornado::tileDenseLeakyRelu, context, h1, h2Weight, h2Bias, h2, 0.1,
                64, 64, 4, 1, rows)
            .task("s", PolicyTornado::sumOf2, h1, h2, s, rows * 64, items(rows * 64))
            .task("action", PolicyTornado::treeDense, context, s, actionWeight, actionBias, action,
                64, 4, 1)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, action)
            .transferToHost(DataTransferMode.UNDER_DEMAND, h1, h2, s);
    grids.addWorkerGrid("PolicyTornado" + rows + ".h1", groups((rows + 63) / 64, 256));
    grids.addWorkerGrid("PolicyTornado" + rows + ".h2", groups((rows + 63) / 64, 256));
    grids.addWorkerGrid("PolicyTornado" + rows + ".action", groups(rows * 4, 64));
    return new TornadoDoubleGraph(tasks, state, action, rows, grids);
  }

  /**
   * {@code y = relu(W x + b)} for each row, one tile of outputs per work item. Behind the
   * last output, weights are zeros and nothing is written.
   */
  static void tiledDenseRelu(DoubleArray x, DoubleArray weight, DoubleArray bias, DoubleArray y,
      int inputs, int outputs, int tiles, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / tiles;
        int first = item % tiles * TILE;
        double[] sums = new double[TILE];
        for (int j = 0; j < TILE; j++) {
          sums[j] = bias.get(first + j);
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
            y.set(row * outputs + first + j, t < 0.0 ? 0.0 : t);
          }
        }
      }
    }
  }

  /**
   * {@code y = leaky_relu(W x + b, slope)} for each row, one tile of outputs per work item. Behind the
   * last output, weights are zeros and nothing is written.
   */
  static void tiledDenseLeakyRelu(DoubleArray x, DoubleArray weight, DoubleArray bias,
      DoubleArray y, double slope, int inputs, int outputs, int tiles, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / tiles;
        int first = item % tiles * TILE;
        double[] sums = new double[TILE];
        for (int j = 0; j < TILE; j++) {
          sums[j] = bias.get(first + j);
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
            y.set(row * outputs + first + j, t >= 0.0 ? t : slope * t);
          }
        }
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
   * {@code y = W x + b} for each row, one output per work item.
   */
  static void dense(DoubleArray x, DoubleArray weight, DoubleArray bias, DoubleArray y, int inputs,
      int outputs, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int row = item / outputs;
        int j = item % outputs;
        double t = bias.get(j);
        for (int k = 0; k < inputs; k++) {
          t += x.get(row * inputs + k) * weight.get(k * outputs + j);
        }
        y.set(item, t);
      }
    }
  }

  /**
   * {@code y = leaky_relu(W x + b, slope)} for each row, four rows by eight outputs per work item. Behind
   * the last output, weights are zeros and nothing is written.
   */
  static void laneDenseLeakyRelu(DoubleArray x, VectorDouble8 weight, VectorDouble8 bias,
      DoubleArray y, double slope, int inputs, int outputs, int blocks, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int block = item % blocks;
        int from = item / blocks * ROWS * inputs;
        Double8 s0 = bias.get(block);
        Double8 s1 = bias.get(block);
        Double8 s2 = bias.get(block);
        Double8 s3 = bias.get(block);
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
            y.set(to + j / LANES * outputs + j % LANES, t >= 0.0 ? t : slope * t);
          }
        }
      }
    }
  }

  /**
   * {@code y = W x + b} for each row, four rows by eight outputs per work item. Behind
   * the last output, weights are zeros and nothing is written.
   */
  static void laneDense(DoubleArray x, VectorDouble8 weight, VectorDouble8 bias, DoubleArray y,
      int inputs, int outputs, int blocks, int count, int items) {
    for (@Parallel int item = 0; item < items; item++) {
      if (item < count) {
        int block = item % blocks;
        int from = item / blocks * ROWS * inputs;
        Double8 s0 = bias.get(block);
        Double8 s1 = bias.get(block);
        Double8 s2 = bias.get(block);
        Double8 s3 = bias.get(block);
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
   * {@code y = relu(W x + b)} for each row, one output per work group, whose sum
   * is a tree.
   */
  static void treeDenseRelu(KernelContext context, DoubleArray x, DoubleArray weight,
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
      y.set(context.groupIdx, t < 0.0 ? 0.0 : t);
    }
  }

  /**
   * {@code y = leaky_relu(W x + b, slope)} for each row, one output per work group, whose sum
   * is a tree.
   */
  static void treeDenseLeakyRelu(KernelContext context, DoubleArray x, DoubleArray weight,
      DoubleArray bias, DoubleArray y, double slope, int inputs, int outputs, int steps) {
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
      y.set(context.groupIdx, t >= 0.0 ? t : slope * t);
    }
  }

  /**
   * {@code y = W x + b} for each row, one output per work group, whose sum
   * is a tree.
   */
  static void treeDense(KernelContext context, DoubleArray x, DoubleArray weight, DoubleArray bias,
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
      double t = bias.get(j) + sums[0];
      y.set(context.groupIdx, t);
    }
  }

  /**
   * {@code y = relu(W x + b)} for each row, 64 rows by 64 outputs per work group, 4 by
   * 4 of them per item. Items side by side take outputs side by side.
   */
  static void tileDenseRelu(KernelContext context, DoubleArray x, DoubleArray weight,
      DoubleArray bias, DoubleArray y, int inputs, int outputs, int steps, int columns, int rows) {
    double[] xs = context.allocateDoubleLocalArray(DEPTH * (SIDE + 1));
    double[] ws = context.allocateDoubleLocalArray(DEPTH * SIDE);
    int item = context.localIdx;
    int right = item % 16;
    int down = item / 16 * 4;
    int row = context.groupIdx / columns * SIDE;
    int column = context.groupIdx % columns * SIDE;
    double[] sums = new double[16];
    for (int j = 0; j < 16; j++) {
      sums[j] = bias.get(column + right + j % 4 * 16);
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
        y.set(r * outputs + to, t < 0.0 ? 0.0 : t);
      }
    }
  }

  /**
   * {@code y = leaky_relu(W x + b, slope)} for each row, 64 rows by 64 outputs per work group, 4 by
   * 4 of them per item. Items side by side take outputs side by side.
   */
  static void tileDenseLeakyRelu(KernelContext context, DoubleArray x, DoubleArray weight,
      DoubleArray bias, DoubleArray y, double slope, int inputs, int outputs, int steps,
      int columns, int rows) {
    double[] xs = context.allocateDoubleLocalArray(DEPTH * (SIDE + 1));
    double[] ws = context.allocateDoubleLocalArray(DEPTH * SIDE);
    int item = context.localIdx;
    int right = item % 16;
    int down = item / 16 * 4;
    int row = context.groupIdx / columns * SIDE;
    int column = context.groupIdx % columns * SIDE;
    double[] sums = new double[16];
    for (int j = 0; j < 16; j++) {
      sums[j] = bias.get(column + right + j % 4 * 16);
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
        y.set(r * outputs + to, t >= 0.0 ? t : slope * t);
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

  private static VectorDouble8 lanes(double[] row) {
    return lanes(new double[][] {row});
  }
}
