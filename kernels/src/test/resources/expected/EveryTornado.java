package demo;

import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.tornado.TornadoGraph;
import io.lipc.runtime.tornado.TornadoProgram;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The network {@code demo.Every} for devices, by TornadoVM. It runs on the weights of a
 * {@link EveryNetwork}, which are those of its certificate.
 */
public final class EveryTornado implements TornadoProgram {
  /**
   * The number of work items is a multiple of this, which suits every device.
   */
  private static final int GROUP = 64;

  /**
   * More rows have more elements, in the widest layer, than an int can count.
   */
  private static final int MAX_BATCH = (Integer.MAX_VALUE - GROUP) / 24;

  /**
   * How many outputs of a wide layer one work item computes, in registers.
   */
  private static final int TILE = 8;

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
    if (batch < 1 || batch > MAX_BATCH) {
      throw new IllegalArgumentException("a batch for demo.Every has 1 to " + MAX_BATCH
          + " rows, found " + batch);
    }
    CertifiedParameters parameters = CertifiedParameters.of(network);
    FloatArray x = new FloatArray(batch * 5);
    FloatArray scaledScale = padded(parameters.floatScale(0), 5);
    FloatArray scaledShift = padded(parameters.floatShift(0), 5);
    FloatArray scaled = new FloatArray(batch * 5);
    FloatArray wideWeight = padded(parameters.floatColumns("wide.weight"), 16);
    FloatArray wide = new FloatArray(batch * 13);
    FloatArray narrowWeight = padded(parameters.floatColumns("narrow.weight"), 3);
    FloatArray narrowBias = padded(parameters.floatVector("narrow.bias"), 3);
    FloatArray narrow = new FloatArray(batch * 3);
    FloatArray leaky = new FloatArray(batch * 3);
    FloatArray joined_part_4 = new FloatArray(batch * 8);
    FloatArray joined_part_5 = new FloatArray(batch * 21);
    FloatArray joined = new FloatArray(batch * 24);
    FloatArray sorted = new FloatArray(batch * 24);
    FloatArray sum = new FloatArray(batch * 24);
    FloatArray sum_part_9 = new FloatArray(batch * 24);
    FloatArray half = new FloatArray(batch * 24);
    FloatArray yWeight = padded(parameters.floatColumns("y.weight"), 1);
    FloatArray y = new FloatArray(batch);
    TaskGraph tasks =
        new TaskGraph("EveryTornado" + batch)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, scaledScale, scaledShift,
                wideWeight, narrowWeight, narrowBias, yWeight)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("scaled", EveryTornado::affine, x, scaledScale, scaledShift, scaled, 5, batch * 5,
                items(batch * 5))
            .task("wide", EveryTornado::tiledDenseWithoutBiasTanh, scaled, wideWeight, wide, 5, 13,
                2, batch * 2, items(batch * 2))
            .task("narrow", EveryTornado::denseAbs, wide, narrowWeight, narrowBias, narrow, 13, 3,
                batch * 3, items(batch * 3))
            .task("leaky", EveryTornado::elementwiseLeakyRelu, narrow, leaky, 0.1f, batch * 3,
                items(batch * 3))
            .task("joined_part_4", EveryTornado::concat, x, leaky, joined_part_4, 5, 8, batch * 8,
                items(batch * 8))
            .task("joined_part_5", EveryTornado::concat, joined_part_4, wide, joined_part_5, 8, 21,
                batch * 21, items(batch * 21))
            .task("joined", EveryTornado::concat, joined_part_5, narrow, joined, 21, 24, batch * 24,
                items(batch * 24))
            .task("sorted", EveryTornado::maxMin, joined, sorted, 1, batch * 12, items(batch * 12))
            .task("sum", EveryTornado::sumOf8, sorted, sorted, sorted, sorted, sorted, sorted,
                sorted, sorted, sum, batch * 24, items(batch * 24))
            .task("sum_part_9", EveryTornado::sumOf2, sum, sorted, sum_part_9, batch * 24,
                items(batch * 24))
            .task("half", EveryTornado::scale, sum_part_9, half, -0.5f, batch * 24,
                items(batch * 24))
            .task("y", EveryTornado::denseWithoutBias, half, yWeight, y, 24, 1, batch, items(batch))
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, scaled, wide, narrow, leaky,
                joined_part_4, joined_part_5, joined, sorted, sum, sum_part_9, half);
    return new TornadoGraph(tasks, x, y, batch);
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
            y.set(row * outputs + first + j, (float) Math.tanh(t));
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
