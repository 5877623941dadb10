package demo.control;

import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.tornado.TornadoGraph;
import io.lipc.runtime.tornado.TornadoProgram;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The network {@code demo.control.Guarded} for devices, by TornadoVM. It runs on the weights of a
 * {@link GuardedNetwork}, which are those of its certificate.
 */
public final class GuardedTornado implements TornadoProgram {
  /**
   * The number of work items is a multiple of this, which suits every device.
   */
  private static final int GROUP = 64;

  /**
   * More rows have more elements, in the widest layer, than an int can count.
   */
  private static final int MAX_BATCH = (Integer.MAX_VALUE - GROUP) / 64;

  /**
   * How many outputs of a wide layer one work item computes, in registers.
   */
  private static final int TILE = 8;

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
    if (batch < 1 || batch > MAX_BATCH) {
      throw new IllegalArgumentException("a batch for demo.control.Guarded has 1 to " + MAX_BATCH
          + " rows, found " + batch);
    }
    CertifiedParameters parameters = CertifiedParameters.of(network);
    FloatArray state = new FloatArray(batch * 12);
    FloatArray result_0_h1Weight =
        padded(parameters.floatColumns("demo.control.Policy/h1.weight"), 64);
    FloatArray result_0_h1Bias = padded(parameters.floatVector("demo.control.Policy/h1.bias"), 64);
    FloatArray result_0_h1 = new FloatArray(batch * 64);
    FloatArray result_0_h2Weight =
        padded(parameters.floatColumns("demo.control.Policy/h2.weight"), 64);
    FloatArray result_0_h2Bias = padded(parameters.floatVector("demo.control.Policy/h2.bias"), 64);
    FloatArray result_0_h2 = new FloatArray(batch * 64);
    FloatArray result_0_s = new FloatArray(batch * 64);
    FloatArray result_0Weight =
        padded(parameters.floatColumns("demo.control.Policy/action.weight"), 4);
    FloatArray result_0Bias = padded(parameters.floatVector("demo.control.Policy/action.bias"), 4);
    FloatArray result_0 = new FloatArray(batch * 4);
    FloatArray result = new FloatArray(batch * 4);
    TaskGraph tasks =
        new TaskGraph("GuardedTornado" + batch)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, result_0_h1Weight, result_0_h1Bias,
                result_0_h2Weight, result_0_h2Bias, result_0Weight, result_0Bias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, state)
            .task("result_0_h1", GuardedTornado::tiledDenseRelu, state, result_0_h1Weight,
                result_0_h1Bias, result_0_h1, 12, 64, 8, batch * 8, items(batch * 8))
            .task("result_0_h2", GuardedTornado::tiledDenseLeakyRelu, result_0_h1,
                result_0_h2Weight, result_0_h2Bias, result_0_h2, 0.1f, 64, 64, 8, batch * 8,
                items(batch * 8))
            .task("result_0_s", GuardedTornado::sumOf2, result_0_h1, result_0_h2, result_0_s,
                batch * 64, items(batch * 64))
            .task("result_0", GuardedTornado::dense, result_0_s, result_0Weight, result_0Bias,
                result_0, 64, 4, batch * 4, items(batch * 4))
            .task("result", GuardedTornado::scale, result_0, result, 0.5f, batch * 4,
                items(batch * 4))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, result)
            .transferToHost(DataTransferMode.UNDER_DEMAND, result_0_h1, result_0_h2, result_0_s,
                result_0);
    return new TornadoGraph(tasks, state, result, batch);
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
   * A work item per result, rounded up to whole groups.
   */
  private static int items(int count) {
    return (count + GROUP - 1) / GROUP * GROUP;
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
