package io.lipc.kernels;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Windows;
import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * An honest accelerator that is not this JVM: no fused multiply-add, sums in an order of its own,
 * and functions that are off by as much as OpenCL allows. All numbers are rounded to one format
 * after each operation: sums and products of floats in doubles become those that are rounded once.
 */
final class SimulatedDevice implements UnaryOperator<double[]> {

  /** How products are added up. */
  enum Order {
    BACKWARDS {
      @Override
      double sum(ElementType type, double[] terms) {
        double sum = 0;
        for (int j = terms.length - 1; j >= 0; j--) {
          sum = type.round(sum + terms[j]);
        }
        return sum;
      }
    },
    /** As many work items do it together. */
    PAIRWISE {
      @Override
      double sum(ElementType type, double[] terms) {
        double[] sums = terms.clone();
        for (int count = sums.length; count > 1; count = (count + 1) / 2) {
          for (int j = 0; j < count / 2; j++) {
            sums[j] = type.round(sums[2 * j] + sums[2 * j + 1]);
          }
          if (count % 2 == 1) {
            sums[count / 2] = sums[count - 1];
          }
        }
        return sums[0];
      }
    };

    abstract double sum(ElementType type, double[] terms);
  }

  private static final Set<String> EXACT =
      Set.of("relu", "abs", "relu6", "hard_tanh", "maxmin", "group_sort", "identity");

  private final Subject subject;
  private final ElementType type;
  private final Order order;
  private final int ulps;
  private final SplittableRandom random = new SplittableRandom(17);

  /**
   * A device that computes in the format of the network.
   *
   * @param ulps by how many units in the last place its functions are off at most
   */
  SimulatedDevice(Subject subject, Order order, int ulps) {
    this(subject, subject.certificate().type(), order, ulps);
  }

  /** One that computes in another format, too. */
  SimulatedDevice(Subject subject, ElementType type, Order order, int ulps) {
    this.subject = subject;
    this.type = type;
    this.order = order;
    this.ulps = ulps;
  }

  /** The same device, for a network in floats. */
  UnaryOperator<float[]> floats() {
    return inputs -> floats(apply(doubles(inputs)));
  }

  static double[] doubles(float[] numbers) {
    double[] doubles = new double[numbers.length];
    Arrays.setAll(doubles, i -> numbers[i]);
    return doubles;
  }

  static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  @Override
  public double[] apply(double[] inputs) {
    int size = subject.certificate().inputSize();
    double[] outputs = new double[0];
    for (int from = 0; from < inputs.length; from += size) {
      double[] y = row(Arrays.copyOfRange(inputs, from, from + size));
      int end = outputs.length;
      outputs = Arrays.copyOf(outputs, end + y.length);
      System.arraycopy(y, 0, outputs, end, y.length);
    }
    return outputs;
  }

  private double[] row(double[] input) {
    List<double[]> values = new ArrayList<>();
    for (Unit unit : subject.certificate().units()) {
      List<double[]> x = unit.operands().stream().map(values::get).toList();
      values.add(
          switch (unit) {
            case Unit.Input _ -> rounded(input);
            case Unit.Linear(_, Matrix dense, _) -> dense(dense, x.getFirst());
            case Unit.Activation activation -> activation(activation, x.getFirst());
            case Unit.Linear(_, Diagonal affine, _) -> affine(affine, x.getFirst());
            case Unit.Linear(_, Convolution map, _) -> byRows(map, x.getFirst());
            case Unit.Linear(_, AveragePool map, _) -> byRows(map, x.getFirst());
            case Unit.Linear(_, BatchNorm map, _) -> byRows(map, x.getFirst());
            case Unit.Linear(_, Concatenation _, _) -> joined(x);
            case Unit.Linear(_, Scaling map, _) -> byRows(map, x.getFirst());
            case Unit.MaxPool pool -> largest(pool, x.getFirst());
            case Unit.Linear(_, Sum _, _) -> sum(x);
            default -> throw new AssertionError("not simulated: " + unit);
          });
    }
    return values.getLast();
  }

  private double[] dense(Matrix dense, double[] x) {
    double[] weight = subject.weights().tensor(dense.weight()).orElseThrow().values();
    double[] y = new double[dense.outputs()];
    double[] terms = new double[x.length + 1];
    for (int i = 0; i < y.length; i++) {
      int row = i;
      for (int j = 0; j < x.length; j++) {
        terms[j + 1] = product(weight[i * x.length + j], x[j]);
      }
      terms[0] =
          dense
              .bias()
              .map(bias -> type.round(subject.weights().tensor(bias).orElseThrow().get(row)))
              .orElse(0.0);
      y[i] = order.sum(type, terms);
    }
    return y;
  }

  private double[] byRows(LinearMap map, double[] x) {
    List<Integer> sizes = List.of(x.length);
    IntFunction<LinearMap.Row> rows = map.rows(sizes, subject.weights());
    IntToDoubleFunction shift = map.shift(subject.weights());
    double[] y = new double[map.outputs(sizes).orElseThrow()];
    for (int i = 0; i < y.length; i++) {
      LinearMap.Row row = rows.apply(i);
      double[] terms = new double[row.places().length + 1];
      terms[0] = type.round(shift.applyAsDouble(i));
      for (int j = 0; j < row.places().length; j++) {
        terms[j + 1] = product(row.factors()[j], x[row.places()[j]]);
      }
      y[i] = order.sum(type, terms);
    }
    return y;
  }

  private static double[] joined(List<double[]> parts) {
    double[] y = new double[parts.stream().mapToInt(part -> part.length).sum()];
    int from = 0;
    for (double[] part : parts) {
      System.arraycopy(part, 0, y, from, part.length);
      from += part.length;
    }
    return y;
  }

  private static double[] largest(Unit.MaxPool pool, double[] x) {
    Windows windows = pool.windows();
    double[] y = new double[pool.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = Double.NEGATIVE_INFINITY;
      for (int place : windows.places(i)) {
        y[i] = Math.max(y[i], x[place]);
      }
    }
    return y;
  }

  private double[] activation(Unit.Activation activation, double[] x) {
    double[] values =
        switch (activation.function()) {
          case ActivationFunction.OfElements function ->
              Arrays.stream(x).map(Elementwise.of(function)::value).toArray();
          case ActivationFunction.OfGroups function ->
              Grouped.of(function).apart(x.length, activation.pixels()).value(x);
        };
    double[] y = new double[values.length];
    for (int i = 0; i < y.length; i++) {
      double exact = type.round(values[i]);
      y[i] = isExact(activation) ? exact : exact + random.nextInt(-ulps, ulps + 1) * ulp(exact);
    }
    return y;
  }

  /**
   * Whether an activation is not rounded at all: relu, maxmin and their like are exact on any
   * device.
   */
  private static boolean isExact(Unit.Activation activation) {
    return EXACT.contains(activation.function().word());
  }

  private double ulp(double value) {
    return type == ElementType.F32 ? Math.ulp((float) value) : Math.ulp(value);
  }

  private double product(double factor, double x) {
    return type.round(type.round(factor) * x);
  }

  private double[] rounded(double[] numbers) {
    return Arrays.stream(numbers).map(type::round).toArray();
  }

  private double[] sum(List<double[]> terms) {
    double[] y = new double[terms.getFirst().length];
    for (double[] x : terms) {
      for (int i = 0; i < y.length; i++) {
        y[i] = type.round(y[i] + x[i]);
      }
    }
    return y;
  }

  private double[] affine(Diagonal affine, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      double product = product(affine.scale().get(i), x[i]);
      y[i] = type.round(product + type.round(affine.shift().get(i)));
    }
    return y;
  }
}
