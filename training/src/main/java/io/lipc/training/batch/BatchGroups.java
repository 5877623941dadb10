package io.lipc.training.batch;

import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.linear.Centering;
import io.lipc.linalg.MatrixProduct;
import io.lipc.model.activation.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Activations of groups of neighbouring elements, the subtraction of the mean, and their adjoints,
 * over the first samples of a batch. Rows are elements.
 */
final class BatchGroups {

  private BatchGroups() {}

  static IntConsumer forward(Activation.Grouped activation, double[][] x, double[][] y) {
    List<Double> constants = activation.parameters();
    return switch (activation.kind()) {
      case MAXMIN, GROUP_SORT -> count -> sort(x, y, activation.group(x.length), count);
      case HOUSEHOLDER ->
          count -> {
            copy(x, y, count);
            mirror(constants.getFirst(), constants.getLast(), x, x, y, count);
          };
      case SOFTMAX -> count -> softmax(constants.getFirst(), x, y, count);
      case LAYER_NORM, L2_NORMALIZE -> {
        Grouped norm = Grouped.of(activation.kind().word(), constants);
        yield count -> normalise(norm, x, y, count);
      }
    };
  }

  static IntConsumer reverse(
      Activation.Grouped activation, double[][] x, double[][] dx, double[][] dy) {
    List<Double> constants = activation.parameters();
    return switch (activation.kind()) {
      case MAXMIN, GROUP_SORT -> count -> unsort(x, dx, dy, activation.group(x.length), count);
      case HOUSEHOLDER ->
          count -> {
            add(dy, dx, count);
            mirror(constants.getFirst(), constants.getLast(), x, dy, dx, count);
          };
      case SOFTMAX -> count -> addThroughSoftmax(constants.getFirst(), x, dx, dy, count);
      case LAYER_NORM, L2_NORMALIZE -> {
        Grouped norm = Grouped.of(activation.kind().word(), constants);
        yield count -> addThroughNorm(norm, x, dx, dy, count);
      }
    };
  }

  static void center(double[][] x, double[][] y, int count) {
    copy(x, y, count);
    subtractMean(x, y, count);
  }

  /** The adjoint of {@link #center}, which is symmetric. */
  static void addCentered(double[][] dy, double[][] dx, int count) {
    add(dy, dx, count);
    subtractMean(dy, dx, count);
  }

  private static void copy(double[][] x, double[][] y, int count) {
    for (int i = 0; i < x.length; i++) {
      System.arraycopy(x[i], 0, y[i], 0, count);
    }
  }

  private static void add(double[][] from, double[][] to, int count) {
    for (int i = 0; i < to.length; i++) {
      MatrixProduct.addScaled(to[i], from[i], 1, count);
    }
  }

  /** Subtracts the mean of the rows of {@code from} from each row of {@code to}. */
  private static void subtractMean(double[][] from, double[][] to, int count) {
    double[] mean = new double[count];
    for (double[] row : from) {
      MatrixProduct.addScaled(mean, row, Centering.share(from.length), count);
    }
    for (double[] row : to) {
      MatrixProduct.addScaled(row, mean, -1, count);
    }
  }

  /** The larger of two rows goes in front, sample by sample. */
  private static void sort(double[][] x, double[][] y, int group, int count) {
    copy(x, y, count);
    for (int i = 0; i < y.length; i++) {
      for (int k = i + 1; k < y.length && k % group != 0; k++) {
        exchange(y[i], y[k], count);
      }
    }
  }

  private static void exchange(double[] front, double[] behind, int count) {
    for (int j = 0; j < count; j++) {
      double max = Math.max(front[j], behind[j]);
      behind[j] = Math.min(front[j], behind[j]);
      front[j] = max;
    }
  }

  /** The place of an element is the number of those before it in the order. */
  private static void unsort(double[][] x, double[][] dx, double[][] dy, int group, int count) {
    for (int i = 0; i < x.length; i++) {
      int from = i - i % group;
      for (int j = 0; j < count; j++) {
        int place = from;
        for (int k = from; k < from + group; k++) {
          boolean before = k < i ? x[k][j] >= x[i][j] : x[k][j] > x[i][j];
          place += before ? 1 : 0;
        }
        dx[i][j] += dy[place][j];
      }
    }
  }

  /** {@code to -= 2 v v'from} for each pair where {@code v'at < 0}, or is NaN, which spreads. */
  private static void mirror(
      double v0, double v1, double[][] at, double[][] from, double[][] to, int count) {
    for (int i = 0; i < at.length; i += 2) {
      for (int j = 0; j < count; j++) {
        if (!(v0 * at[i][j] + v1 * at[i + 1][j] >= 0)) {
          double twice = 2 * (v0 * from[i][j] + v1 * from[i + 1][j]);
          to[i][j] -= v0 * twice;
          to[i + 1][j] -= v1 * twice;
        }
      }
    }
  }

  private static void softmax(double temperature, double[][] x, double[][] y, int count) {
    double[] powers = new double[x.length];
    for (int j = 0; j < count; j++) {
      probabilities(temperature, x, j, powers);
      for (int i = 0; i < y.length; i++) {
        y[i][j] = powers[i];
      }
    }
  }

  private static void probabilities(double temperature, double[][] x, int sample, double[] y) {
    double max = Double.NEGATIVE_INFINITY;
    for (double[] row : x) {
      max = Math.max(max, row[sample]);
    }
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      y[i] = StrictMath.exp((x[i][sample] - max) / temperature);
      sum += y[i];
    }
    for (int i = 0; i < y.length; i++) {
      y[i] /= sum;
    }
  }

  private static void normalise(Grouped norm, double[][] x, double[][] y, int count) {
    for (int j = 0; j < count; j++) {
      double[] values = norm.value(sample(x, j));
      for (int i = 0; i < y.length; i++) {
        y[i][j] = values[i];
      }
    }
  }

  private static void addThroughNorm(
      Grouped norm, double[][] x, double[][] dx, double[][] dy, int count) {
    for (int j = 0; j < count; j++) {
      double[] through = norm.transposedTimes(sample(x, j), sample(dy, j));
      for (int i = 0; i < dx.length; i++) {
        dx[i][j] += through[i];
      }
    }
  }

  private static double[] sample(double[][] x, int j) {
    double[] sample = new double[x.length];
    Arrays.setAll(sample, i -> x[i][j]);
    return sample;
  }

  /** {@code dx += (diag(y) - y y') dy / T}. */
  private static void addThroughSoftmax(
      double temperature, double[][] x, double[][] dx, double[][] dy, int count) {
    double[] y = new double[x.length];
    for (int j = 0; j < count; j++) {
      probabilities(temperature, x, j, y);
      double mean = 0;
      for (int i = 0; i < y.length; i++) {
        mean += y[i] * dy[i][j];
      }
      for (int i = 0; i < y.length; i++) {
        dx[i][j] += y[i] * (dy[i][j] - mean) / temperature;
      }
    }
  }
}
