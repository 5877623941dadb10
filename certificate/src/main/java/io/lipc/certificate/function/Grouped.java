package io.lipc.certificate.function;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.ChannelGroups;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A function that maps groups of neighbouring elements of a vector, which for softmax and center
 * are the whole vector: values, and products with the derivative J, in doubles.
 */
public sealed interface Grouped {

  /** The function that an activation of groups computes. */
  static Grouped of(ActivationFunction.OfGroups function) {
    List<Double> constants = function.constants();
    return switch (function.kind()) {
      case MAXMIN -> new Sort(2);
      case GROUP_SORT -> new Sort((int) (double) constants.getFirst());
      case HOUSEHOLDER -> new Reflection(constants.getFirst(), constants.getLast());
      case SOFTMAX -> new Softmax(constants.getFirst());
      case L2_NORMALIZE -> new UnitLength(constants.getFirst());
      case LAYER_NORM -> new LayerNorm(constants.getFirst(), (int) (double) constants.getLast());
    };
  }

  /**
   * The function of that word in the language, of groups: {@code center} is one, too.
   *
   * @param word its word
   * @param constants its constants
   * @throws IllegalArgumentException if there is none of that word with such constants
   */
  static Grouped of(String word, List<Double> constants) {
    if (word.equals("center") && constants.isEmpty()) {
      return new Center();
    }
    return switch (ActivationFunction.of(word, constants)) {
      case ActivationFunction.OfGroups function -> of(function);
      case ActivationFunction.OfElements _ ->
          throw new IllegalArgumentException("`" + word + "` is elementwise");
    };
  }

  /**
   * This function of groups whose elements are not neighbours.
   *
   * @param width the number of elements of the whole vector
   * @param pixels how far apart they are
   */
  default Grouped apart(int width, int pixels) {
    return pixels == 1 ? this : new Apart(this, new ChannelGroups(group(width), pixels));
  }

  /** The number of elements of a group, of a vector of {@code width}. */
  int group(int width);

  /** Another function, of groups that stand elsewhere. */
  record Apart(Grouped function, ChannelGroups groups) implements Grouped {

    @Override
    public int group(int width) {
      return groups.size();
    }

    @Override
    public double[] value(double[] x) {
      return groups.vector(function.value(groups.of(x)));
    }

    @Override
    public double[] times(double[] x, double[] v) {
      return groups.vector(function.times(groups.of(x), groups.of(v)));
    }

    @Override
    public double[] transposedTimes(double[] x, double[] u) {
      return groups.vector(function.transposedTimes(groups.of(x), groups.of(u)));
    }
  }

  /**
   * The value of the function at {@code x}, whose number of elements is a multiple of the group's
   * size.
   */
  double[] value(double[] x);

  /**
   * The product {@code J v}, J the derivative at {@code x}; at a kink, that of one of its sides.
   */
  double[] times(double[] x, double[] v);

  /** The product {@code J' u} with the transposed derivative at {@code x}; see {@link #times}. */
  default double[] transposedTimes(double[] x, double[] u) {
    return times(x, u);
  }

  /**
   * Sorts each group of {@code group} neighbours, the largest first; of equal ones the first stays
   * first.
   */
  record Sort(int group) implements Grouped {

    @Override
    public int group(int width) {
      return group;
    }

    /** NaN goes everywhere in its group. */
    @Override
    public double[] value(double[] x) {
      double[] y = x.clone();
      for (int from = 0; from < y.length; from += group) {
        int to = Math.min(y.length, from + group);
        // In the order of Math.min and Math.max: -0.0 before 0.0, and NaN last.
        Arrays.sort(y, from, to);
        if (Double.isNaN(y[to - 1])) {
          Arrays.fill(y, from, to, Double.NaN);
        }
        for (int i = from, j = to - 1; i < j; i++, j--) {
          double larger = y[j];
          y[j] = y[i];
          y[i] = larger;
        }
      }
      return y;
    }

    @Override
    public double[] times(double[] x, double[] v) {
      int[] sources = sources(x);
      double[] product = new double[v.length];
      for (int i = 0; i < product.length; i++) {
        product[i] = v[sources[i]];
      }
      return product;
    }

    @Override
    public double[] transposedTimes(double[] x, double[] u) {
      int[] sources = sources(x);
      double[] product = new double[x.length];
      for (int i = 0; i < u.length; i++) {
        product[sources[i]] = u[i];
      }
      return product;
    }

    /** The element that each result is, by merging runs of twice the length each time. */
    public int[] sources(double[] x) {
      int[] sources = new int[x.length];
      Arrays.setAll(sources, i -> i);
      for (int run = 1; run < group; run *= 2) {
        int[] merged = new int[x.length];
        for (int from = 0; from < x.length; from += group) {
          int end = Math.min(x.length, from + group);
          for (int left = from; left < end; left += 2 * run) {
            int right = Math.min(end, left + run);
            merge(x, sources, merged, left, right, Math.min(end, right + run));
          }
        }
        sources = merged;
      }
      return sources;
    }

    /** Two neighbouring runs as one, the largest first; of equal ones the left one stays first. */
    private static void merge(double[] x, int[] runs, int[] merged, int from, int middle, int end) {
      int left = from;
      int right = middle;
      for (int i = from; i < end; i++) {
        boolean isLeft =
            right == end || (left < middle && Double.compare(x[runs[left]], x[runs[right]]) >= 0);
        merged[i] = isLeft ? runs[left++] : runs[right++];
      }
    }
  }

  /**
   * The reflection {@code z + 2 v relu(-v'z)} of each pair z, {@code v = (v0, v1)}; J is symmetric.
   */
  record Reflection(double v0, double v1) implements Grouped {

    @Override
    public int group(int width) {
      return 2;
    }

    @Override
    public double[] value(double[] x) {
      double[] y = x.clone();
      for (int i = 0; i < y.length; i += 2) {
        double twice = 2 * Math.max(-(v0 * x[i] + v1 * x[i + 1]), 0);
        y[i] += v0 * twice;
        y[i + 1] += v1 * twice;
      }
      return y;
    }

    @Override
    public double[] times(double[] x, double[] v) {
      double[] y = v.clone();
      for (int i = 0; i < y.length; i += 2) {
        if (v0 * x[i] + v1 * x[i + 1] < 0) {
          double twice = 2 * (v0 * v[i] + v1 * v[i + 1]);
          y[i] -= v0 * twice;
          y[i + 1] -= v1 * twice;
        }
      }
      return y;
    }
  }

  /** The softmax {@code e^(z_i/T) / sum_j e^(z_j/T)} of the whole vector, T the temperature. */
  record Softmax(double temperature) implements Grouped {

    @Override
    public int group(int width) {
      return width;
    }

    @Override
    public double[] value(double[] x) {
      double max = Double.NEGATIVE_INFINITY;
      for (double z : x) {
        max = Math.max(max, z);
      }
      double[] y = new double[x.length];
      double sum = 0;
      for (int i = 0; i < y.length; i++) {
        y[i] = Math.exp((x[i] - max) / temperature);
        sum += y[i];
      }
      for (int i = 0; i < y.length; i++) {
        y[i] /= sum;
      }
      return y;
    }

    /** {@code (diag(y) - y y') v / T}, which is symmetric. */
    @Override
    public double[] times(double[] x, double[] v) {
      double[] y = value(x);
      double mean = IntStream.range(0, y.length).mapToDouble(i -> y[i] * v[i]).sum();
      for (int i = 0; i < y.length; i++) {
        y[i] = y[i] * (v[i] - mean) / temperature;
      }
      return y;
    }
  }

  /**
   * {@code (z_i - m) / sqrt(v + epsilon)} in each group, m its mean and v the mean of the squares
   * {@code (z_j - m)^2}, each added from left to right.
   *
   * @param size the number of elements of a group; 0 for the whole vector
   */
  record LayerNorm(double epsilon, int size) implements Grouped {

    @Override
    public int group(int width) {
      return size == 0 ? width : size;
    }

    @Override
    public double[] value(double[] x) {
      double[] y = centred(x);
      for (int from = 0; from < y.length; from += group(y.length)) {
        double root = root(y, from);
        for (int i = from; i < from + group(y.length); i++) {
          y[i] /= root;
        }
      }
      return y;
    }

    /** {@code (w - d d'w / (n root^2)) / root} in each group, w and d centred; symmetric. */
    @Override
    public double[] times(double[] x, double[] v) {
      double[] d = centred(x);
      double[] y = centred(v);
      int group = group(x.length);
      for (int from = 0; from < y.length; from += group) {
        double root = root(d, from);
        double along = 0;
        for (int i = from; i < from + group; i++) {
          along += d[i] * y[i] / (group * root * root);
        }
        for (int i = from; i < from + group; i++) {
          y[i] = (y[i] - d[i] * along) / root;
        }
      }
      return y;
    }

    /** The elements less the mean of their group. */
    private double[] centred(double[] x) {
      double[] d = x.clone();
      int group = group(x.length);
      for (int from = 0; from < x.length; from += group) {
        double mean = 0;
        for (int i = from; i < from + group; i++) {
          mean += x[i];
        }
        mean /= group;
        for (int i = from; i < from + group; i++) {
          d[i] -= mean;
        }
      }
      return d;
    }

    /** The divisor of the group that begins at {@code from}. */
    private double root(double[] d, int from) {
      int group = group(d.length);
      double squares = 0;
      for (int i = from; i < from + group; i++) {
        squares += d[i] * d[i];
      }
      return Math.sqrt(squares / group + epsilon);
    }
  }

  /**
   * {@code z / max(|z|, least)} of the whole vector: squares are added from left to right.
   *
   * @param least the least length that is divided by, positive
   */
  record UnitLength(double least) implements Grouped {

    @Override
    public int group(int width) {
      return width;
    }

    @Override
    public double[] value(double[] x) {
      double divisor = Math.max(length(x), least);
      return Arrays.stream(x).map(z -> z / divisor).toArray();
    }

    /** {@code (v - u u'v) / |z|} with {@code u = z / |z|}, or v / least; symmetric. */
    @Override
    public double[] times(double[] x, double[] v) {
      double length = length(x);
      double[] y = v.clone();
      double along = 0;
      for (int i = 0; length > least && i < x.length; i++) {
        along += x[i] / length * v[i];
      }
      for (int i = 0; i < x.length; i++) {
        y[i] = length > least ? (v[i] - x[i] / length * along) / length : v[i] / least;
      }
      return y;
    }

    private static double length(double[] x) {
      double squares = 0;
      for (double z : x) {
        squares += z * z;
      }
      return Math.sqrt(squares);
    }
  }

  /** Subtracts the mean: {@code z_i - (c z_0 + c z_1 + ...)} with c of {@link Centering#share}. */
  record Center() implements Grouped {

    @Override
    public int group(int width) {
      return width;
    }

    @Override
    public double[] value(double[] x) {
      double share = Centering.share(x.length);
      double mean = 0;
      for (double z : x) {
        mean += share * z;
      }
      double[] y = new double[x.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = x[i] - mean;
      }
      return y;
    }

    /** Linear, and symmetric. */
    @Override
    public double[] times(double[] x, double[] v) {
      return value(v);
    }
  }
}
