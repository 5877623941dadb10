package demo.control;

import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.tornado.TornadoGraph;
import io.lipc.runtime.tornado.TornadoProgram;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The network {@code demo.control.Policy} for devices, by TornadoVM. It runs on the weights of a
 * {@link PolicyNetwork}, which are those of its certificate.
 */
public final class PolicyTornado implements TornadoProgram {
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
  public TornadoGraph graph(int batch) {
    if (batch < 1 || batch > MAX_BATCH) {
      throw new IllegalArgumentException("a batch for demo.control.Policy has 1 to " + MAX_BATCH
          + " rows, found " + batch);
    }
    CertifiedParameters parameters = CertifiedParameters.of(network);
    FloatArray state = new FloatArray(batch * 12);
    FloatArray h1Weight = padded(parameters.floatColumns("h1.weight"), 64);
    FloatArray h1Bias = padded(parameters.floatVector("h1.bias"), 64);
    FloatArray h1 = new FloatArray(batch * 64);
    FloatArray h2Weight = padded(parameters.floatColumns("h2.weight"), 64);
    FloatArray h2Bias = padded(parameters.floatVector("h2.bias"), 64);
    FloatArray h2 = new FloatArray(batch * 64);
    FloatArray s = new FloatArray(batch * 64);
    FloatArray actionWeight = padded(parameters.floatColumns("action.weight"), 4);
    FloatArray actionBias = padded(parameters.floatVector("action.bias"), 4);
    FloatArray action = new FloatArray(batch * 4);
    TaskGraph tasks =
        new TaskGraph("PolicyTornado" + batch)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, h1Weight, h1Bias, h2Weight, h2Bias,
                actionWeight, actionBias)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, state)
            .task("h1", PolicyTornado::tiledDenseRelu, state, h1Weight, h1Bias, h1, 12, 64, 8,
                batch * 8, items(batch * 8))
            .task("h2", PolicyTornado::tiledDenseLeakyRelu, h1, h2Weight, h2Bias, h2, 0.1f, 64, 64,
                8, batch * 8, items(batch * 8))
            .task("s", PolicyTornado::sumOf2, h1, h2, s, batch * 64, items(batch * 64))
            .task("action", PolicyTornado::dense, s, actionWeight, actionBias, action, 64, 4,
                batch * 4, items(batch * 4))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, action)
            .transferToHost(DataTransferMode.UNDER_DEMAND, h1, h2, s);
    return new TornadoGraph(tasks, state, action, batch);
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
