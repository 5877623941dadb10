package io.lipc.runtime;

import io.lipc.certificate.Unit;
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
      default -> new int[0];
    };
  }

  private static int[] of(Unit.Activation activation, double[] x) {
    return Elementwise.named(activation.name(), activation.parameters())
        .map(function -> numbers(x.length, i -> below(x[i], kinks(function, activation.name()))))
        .orElseGet(() -> ofGroups(activation, x));
  }

  private static double[] kinks(Elementwise function, String name) {
    return switch (function) {
      case PiecewiseLinear lines ->
          lines.pieces().stream().mapToDouble(PiecewiseLinear.Piece::from).toArray();
      case Elementwise _ when name.startsWith("hard_") -> new double[] {-3, 0, 3};
      default -> new double[] {0};
    };
  }

  private static int below(double t, double[] kinks) {
    return (int) Arrays.stream(kinks).filter(kink -> t >= kink).count();
  }

  private static int[] ofGroups(Unit.Activation activation, double[] x) {
    List<Double> constants = activation.parameters();
    Grouped function = Grouped.of(activation.name(), constants);
    ChannelGroups groups = activation.groups(function.group(x.length));
    double[] z = groups.of(x);
    return switch (function) {
      case Grouped.Reflection(double v0, double v1) ->
          numbers(z.length / 2, i -> v0 * z[2 * i] + v1 * z[2 * i + 1] < 0 ? 1 : 0);
      // Neighbours of two groups are compared as well, which does no harm.
      default -> numbers(z.length - 1, i -> z[i] >= z[i + 1] ? 1 : 0);
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
