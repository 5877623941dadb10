package io.lipc.certifier;

import io.lipc.certificate.Unit;
import io.lipc.model.Activation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Activations of groups at one vector, in doubles: values, and products with the derivative. */
final class GroupFunctions {

  private GroupFunctions() {}

  static double[] value(Unit.Activation unit, double[] x) {
    Activation activation = Slopes.activation(unit);
    return switch (activation.kind()) {
      case SOFTMAX -> softmax(x, activation.parameters().getFirst());
      // These are linear on their whole piece.
      default -> times(unit, x, x);
    };
  }

  /** {@code J v}, J the derivative at {@code x}. */
  static double[] times(Unit.Activation unit, double[] x, double[] v) {
    Activation activation = Slopes.activation(unit);
    return switch (activation.kind()) {
      case MAXMIN, GROUP_SORT -> {
        int[] sources = sources(x, activation.group(x.length));
        yield Arrays.stream(sources).mapToDouble(source -> v[source]).toArray();
      }
      default -> symmetric(activation, x, v);
    };
  }

  /** {@code J' u}, J the derivative at {@code x}. */
  static double[] transposedTimes(Unit.Activation unit, double[] x, double[] u) {
    Activation activation = Slopes.activation(unit);
    return switch (activation.kind()) {
      case MAXMIN, GROUP_SORT -> {
        int[] sources = sources(x, activation.group(x.length));
        double[] product = new double[x.length];
        IntStream.range(0, u.length).forEach(i -> product[sources[i]] = u[i]);
        yield product;
      }
      default -> symmetric(activation, x, u);
    };
  }

  private static double[] symmetric(Activation activation, double[] x, double[] v) {
    List<Double> constants = activation.parameters();
    return switch (activation.kind()) {
      case HOUSEHOLDER -> reflected(constants.getFirst(), constants.getLast(), x, v);
      case SOFTMAX -> softmaxTimes(constants.getFirst(), x, v);
      default -> throw new IllegalStateException(activation.kind() + " has no groups");
    };
  }

  /** The element that each result of sorting is. */
  private static int[] sources(double[] x, int group) {
    Comparator<Integer> order =
        Comparator.<Integer>comparingInt(i -> i / group)
            .thenComparing(Comparator.<Integer>comparingDouble(i -> x[i]).reversed());
    return IntStream.range(0, x.length).boxed().sorted(order).mapToInt(i -> i).toArray();
  }

  /** v, or its mirror image where x has one. */
  private static double[] reflected(double v0, double v1, double[] x, double[] v) {
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

  private static double[] softmax(double[] x, double temperature) {
    double max = Arrays.stream(x).max().orElseThrow();
    double[] y = Arrays.stream(x).map(z -> Math.exp((z - max) / temperature)).toArray();
    double sum = Arrays.stream(y).sum();
    return Arrays.stream(y).map(term -> term / sum).toArray();
  }

  /** {@code (diag(y) - y y') v / T}, which is symmetric. */
  private static double[] softmaxTimes(double temperature, double[] x, double[] v) {
    double[] y = softmax(x, temperature);
    double mean = IntStream.range(0, y.length).mapToDouble(i -> y[i] * v[i]).sum();
    return IntStream.range(0, y.length)
        .mapToDouble(i -> y[i] * (v[i] - mean) / temperature)
        .toArray();
  }
}
