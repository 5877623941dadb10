package io.lipc.runtime;

import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.FloatFunctions;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.formats.ElementType;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * Activations as generated code computes them, to the bit: those of F32 are functions of floats, or
 * functions of doubles whose values are rounded.
 */
final class OrderedActivation {

  private OrderedActivation() {}

  /**
   * Evaluates an activation.
   *
   * @param x {@code x[i][k]} is element i for input k
   */
  static double[][] apply(Unit.Activation activation, ElementType type, double[][] x) {
    Optional<DoubleUnaryOperator> function = elementwise(activation, type);
    return function.isPresent()
        ? elementwise(function.get(), x)
        : byInput(grouped(activation, type, x.length), x);
  }

  private static double[][] elementwise(DoubleUnaryOperator function, double[][] x) {
    double[][] y = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      double[] values = x[i].clone();
      for (int k = 0; k < values.length; k++) {
        values[k] = function.applyAsDouble(values[k]);
      }
      y[i] = values;
    }
    return y;
  }

  private static double[][] byInput(UnaryOperator<double[]> function, double[][] x) {
    double[][] y = new double[x.length][x[0].length];
    for (int k = 0; k < x[0].length; k++) {
      double[] vector = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        vector[i] = x[i][k];
      }
      double[] mapped = function.apply(vector);
      for (int i = 0; i < x.length; i++) {
        y[i][k] = mapped[i];
      }
    }
    return y;
  }

  private static Optional<DoubleUnaryOperator> elementwise(
      Unit.Activation activation, ElementType type) {
    return Elementwise.named(activation.name(), activation.parameters())
        .map(
            function ->
                switch (type) {
                  case F64 -> function::value;
                  case F32 -> inFloats(activation, function);
                });
  }

  private static DoubleUnaryOperator inFloats(Unit.Activation activation, Elementwise function) {
    List<Double> constants = activation.parameters();
    float alpha = constants.isEmpty() ? 0 : (float) (double) constants.getFirst();
    return switch (activation.name()) {
      case "tanh" -> t -> FloatFunctions.tanh((float) t);
      case "sigmoid" -> t -> FloatFunctions.sigmoid((float) t);
      case "elu" -> t -> FloatFunctions.elu((float) t, alpha);
      case "celu" -> t -> FloatFunctions.celu((float) t, alpha);
      case "selu" -> t -> FloatFunctions.selu((float) t);
      case "softplus" -> t -> FloatFunctions.softplus((float) t);
      case "silu" -> t -> FloatFunctions.silu((float) t);
      case "mish" -> t -> FloatFunctions.mish((float) t);
      case "gelu" -> t -> FloatFunctions.gelu((float) t);
      case "gelu_tanh" -> t -> FloatFunctions.geluTanh((float) t);
      // Pieces of lines, whose one product is rounded once, and functions that code takes in
      // doubles.
      default -> t -> (float) function.value(t);
    };
  }

  private static UnaryOperator<double[]> grouped(
      Unit.Activation activation, ElementType type, int width) {
    List<Double> constants = activation.parameters();
    Grouped exact = Grouped.of(activation.name(), constants);
    UnaryOperator<double[]> neighbours =
        switch (activation.name()) {
          case "householder" -> x -> reflected(type, constants.getFirst(), constants.getLast(), x);
          case "softmax" -> x -> softmax(type, constants.getFirst(), x);
          // Sorting rounds nothing.
          default -> exact::value;
        };
    ChannelGroups groups = activation.groups(exact.group(width));
    return x -> groups.vector(neighbours.apply(groups.of(x)));
  }

  /** {@code r = 2 max(-(v_0 z_0 + v_1 z_1), 0)}, {@code y_i = z_i + v_i r}, each step rounded. */
  private static double[] reflected(ElementType type, double v0, double v1, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i += 2) {
      double dot = type.round(type.round(v0 * x[i]) + type.round(v1 * x[i + 1]));
      double twice = type.round(2 * Math.max(-dot, 0));
      y[i] = type.round(x[i] + type.round(v0 * twice));
      y[i + 1] = type.round(x[i + 1] + type.round(v1 * twice));
    }
    return y;
  }

  /** The powers are numbers of the format; their sum and the quotients are doubles. */
  private static double[] softmax(ElementType type, double temperature, double[] x) {
    double max = x[0];
    for (double z : x) {
      max = Math.max(max, z);
    }
    double[] y = new double[x.length];
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double exponent = (x[i] - max) / temperature;
      y[i] = type == ElementType.F32 ? FloatFunctions.exp(exponent) : Math.exp(exponent);
      sum += y[i];
    }
    for (int i = 0; i < x.length; i++) {
      y[i] = type.round(y[i] / sum);
    }
    return y;
  }
}
