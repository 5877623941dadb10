package io.lipc.runtime.agreement;

import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.FloatFunctions;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.formats.ElementType;
import java.util.Arrays;
import java.util.List;
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
    return switch (activation.function()) {
      case OfElements function -> elementwise(elementwise(function, type), x);
      case OfGroups function -> byInput(grouped(activation, function, type, x.length), x);
    };
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

  private static DoubleUnaryOperator elementwise(OfElements function, ElementType type) {
    Elementwise exact = Elementwise.of(function);
    return switch (type) {
      case F64 -> exact::value;
      case F32 -> inFloats(function, exact);
    };
  }

  private static DoubleUnaryOperator inFloats(OfElements function, Elementwise exact) {
    List<Double> constants = function.constants();
    float alpha = constants.isEmpty() ? 0 : (float) (double) constants.getFirst();
    return switch (function.kind()) {
      case TANH -> t -> FloatFunctions.tanh((float) t);
      case SIGMOID -> t -> FloatFunctions.sigmoid((float) t);
      case ELU -> t -> FloatFunctions.elu((float) t, alpha);
      case CELU -> t -> FloatFunctions.celu((float) t, alpha);
      case SELU -> t -> FloatFunctions.selu((float) t);
      case SOFTPLUS -> t -> FloatFunctions.softplus((float) t);
      case SILU -> t -> FloatFunctions.silu((float) t);
      case MISH -> t -> FloatFunctions.mish((float) t);
      case GELU -> t -> FloatFunctions.gelu((float) t);
      case GELU_TANH -> t -> FloatFunctions.geluTanh((float) t);
      // Pieces of lines, whose one product is rounded once, and functions that code takes in
      // doubles.
      case RELU, RELU6, HARD_TANH, ABS, LEAKY_RELU -> t -> (float) exact.value(t);
      case SOFTSIGN, HARD_SIGMOID, HARD_SWISH, SIN -> t -> (float) exact.value(t);
    };
  }

  private static UnaryOperator<double[]> grouped(
      Unit.Activation activation, OfGroups function, ElementType type, int width) {
    List<Double> constants = function.constants();
    Grouped exact = Grouped.of(function);
    UnaryOperator<double[]> neighbours =
        switch (function.kind()) {
          case HOUSEHOLDER -> x -> reflected(type, constants.getFirst(), constants.getLast(), x);
          case SOFTMAX -> x -> softmax(type, constants.getFirst(), x);
          // In doubles, rounded once at the end.
          case LAYER_NORM, L2_NORMALIZE -> x -> rounded(type, exact.value(x));
          // Sorting rounds nothing.
          case MAXMIN, GROUP_SORT -> exact::value;
        };
    ChannelGroups groups = activation.groups(exact.group(width));
    return x -> groups.vector(neighbours.apply(groups.of(x)));
  }

  private static double[] rounded(ElementType type, double[] y) {
    Arrays.setAll(y, i -> type.round(y[i]));
    return y;
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
