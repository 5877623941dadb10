package io.lipc.runtime.agreement;

import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.Windows;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Which piece of an activation or of a maximum an input reaches, as one number for each place where
 * there are several. Between two inputs with different numbers lies a kink, or for a curve the
 * place where its argument changes its sign.
 */
final class Pieces {

  private Pieces() {}

  /**
   * The pieces that one input reaches.
   *
   * @param unit an activation or a maximum over windows
   * @param x what it reads
   */
  static int[] of(Unit unit, double[] x) {
    return switch (unit) {
      case Unit.Activation activation -> of(activation, x);
      case Unit.MaxPool pool -> {
        Windows windows = pool.windows();
        yield numbers(pool.size(), i -> largest(windows.places(i), x));
      }
      case Unit.Input _, Unit.Linear _, Unit.Call _ -> new int[0];
    };
  }

  private static int[] of(Unit.Activation activation, double[] x) {
    return switch (activation.function()) {
      case ActivationFunction.OfElements function ->
          numbers(x.length, i -> below(x[i], kinks(function)));
      case ActivationFunction.OfGroups function -> ofGroups(activation, function, x);
    };
  }

  private static double[] kinks(ActivationFunction.OfElements function) {
    return switch (function.kind()) {
      case RELU, RELU6, HARD_TANH, ABS, LEAKY_RELU -> ends(Elementwise.of(function));
      case HARD_SIGMOID, HARD_SWISH -> new double[] {-3, 0, 3};
      case TANH, SIGMOID, SOFTPLUS, SELU, SOFTSIGN, SILU, MISH, SIN -> new double[] {0};
      case GELU, GELU_TANH, ELU, CELU -> new double[] {0};
    };
  }

  private static double[] ends(Elementwise function) {
    return ((PiecewiseLinear) function)
        .pieces().stream().mapToDouble(PiecewiseLinear.Piece::from).toArray();
  }

  private static int below(double t, double[] kinks) {
    return (int) Arrays.stream(kinks).filter(kink -> t >= kink).count();
  }

  private static int[] ofGroups(
      Unit.Activation activation, ActivationFunction.OfGroups function, double[] x) {
    ChannelGroups groups = activation.groups(Grouped.of(function).group(x.length));
    double[] z = groups.of(x);
    List<Double> v = function.constants();
    return switch (function.kind()) {
      case HOUSEHOLDER ->
          numbers(z.length / 2, i -> v.get(0) * z[2 * i] + v.get(1) * z[2 * i + 1] < 0 ? 1 : 0);
      // Neighbours of two groups are compared as well, which does no harm.
      case MAXMIN, GROUP_SORT, SOFTMAX, LAYER_NORM, L2_NORMALIZE ->
          numbers(z.length - 1, i -> z[i] >= z[i + 1] ? 1 : 0);
    };
  }

  private static int largest(int[] places, double[] x) {
    int largest = places[0];
    for (int place : places) {
      largest = x[place] > x[largest] ? place : largest;
    }
    return largest;
  }

  private static int[] numbers(int count, IntUnaryOperator number) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, number);
    return numbers;
  }
}
