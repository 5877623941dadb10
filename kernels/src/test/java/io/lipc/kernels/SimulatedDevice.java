package io.lipc.kernels;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * An honest accelerator that is not this JVM: no fused multiply-add, sums in an order of its own,
 * and functions that are off by as much as OpenCL allows.
 */
final class SimulatedDevice implements UnaryOperator<float[]> {

  /** How products are added up. */
  enum Order {
    BACKWARDS {
      @Override
      float sum(float[] terms) {
        float sum = 0;
        for (int j = terms.length - 1; j >= 0; j--) {
          sum += terms[j];
        }
        return sum;
      }
    },
    /** As many work items do it together. */
    PAIRWISE {
      @Override
      float sum(float[] terms) {
        float[] sums = terms.clone();
        for (int count = sums.length; count > 1; count = (count + 1) / 2) {
          for (int j = 0; j < count / 2; j++) {
            sums[j] = sums[2 * j] + sums[2 * j + 1];
          }
          if (count % 2 == 1) {
            sums[count / 2] = sums[count - 1];
          }
        }
        return sums[0];
      }
    };

    abstract float sum(float[] terms);
  }

  private final Subject subject;
  private final Order order;
  private final int ulps;
  private final SplittableRandom random = new SplittableRandom(17);

  /**
   * A device.
   *
   * @param ulps by how many units in the last place its functions are off at most
   */
  SimulatedDevice(Subject subject, Order order, int ulps) {
    this.subject = subject;
    this.order = order;
    this.ulps = ulps;
  }

  @Override
  public float[] apply(float[] inputs) {
    int size = subject.certificate().inputSize();
    float[] outputs = new float[0];
    for (int from = 0; from < inputs.length; from += size) {
      float[] y = row(Arrays.copyOfRange(inputs, from, from + size));
      int end = outputs.length;
      outputs = Arrays.copyOf(outputs, end + y.length);
      System.arraycopy(y, 0, outputs, end, y.length);
    }
    return outputs;
  }

  private float[] row(float[] input) {
    List<float[]> values = new ArrayList<>();
    for (Unit unit : subject.certificate().units()) {
      List<float[]> x = unit.operands().stream().map(values::get).toList();
      values.add(
          switch (unit) {
            case Unit.Input _ -> input;
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

  private float[] dense(Matrix dense, float[] x) {
    double[] weight = subject.weights().tensor(dense.weight()).orElseThrow().values();
    float[] y = new float[dense.outputs()];
    float[] terms = new float[x.length + 1];
    for (int i = 0; i < y.length; i++) {
      int row = i;
      for (int j = 0; j < x.length; j++) {
        terms[j + 1] = (float) weight[i * x.length + j] * x[j];
      }
      terms[0] =
          dense
              .bias()
              .map(bias -> (float) subject.weights().tensor(bias).orElseThrow().get(row))
              .orElse(0f);
      y[i] = order.sum(terms);
    }
    return y;
  }

  private float[] byRows(LinearMap map, float[] x) {
    List<Integer> sizes = List.of(x.length);
    IntFunction<LinearMap.Row> rows = map.rows(sizes, subject.weights());
    IntToDoubleFunction shift = map.shift(subject.weights());
    float[] y = new float[map.outputs(sizes).orElseThrow()];
    for (int i = 0; i < y.length; i++) {
      LinearMap.Row row = rows.apply(i);
      float[] terms = new float[row.places().length + 1];
      terms[0] = (float) shift.applyAsDouble(i);
      for (int j = 0; j < row.places().length; j++) {
        terms[j + 1] = (float) row.factors()[j] * x[row.places()[j]];
      }
      y[i] = order.sum(terms);
    }
    return y;
  }

  private static float[] joined(List<float[]> parts) {
    float[] y = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int from = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, y, from, part.length);
      from += part.length;
    }
    return y;
  }

  private static float[] largest(Unit.MaxPool pool, float[] x) {
    Windows windows = pool.windows();
    float[] y = new float[pool.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = Float.NEGATIVE_INFINITY;
      for (int place : windows.places(i)) {
        y[i] = Math.max(y[i], x[place]);
      }
    }
    return y;
  }

  private float[] activation(Unit.Activation activation, float[] x) {
    Optional<Elementwise> function = Elementwise.named(activation.name(), activation.parameters());
    double[] doubles = new double[x.length];
    Arrays.setAll(doubles, i -> x[i]);
    double[] values =
        function
            .map(f -> Arrays.stream(doubles).map(f::value).toArray())
            .orElseGet(
                () ->
                    Grouped.of(activation.name(), activation.parameters())
                        .apart(x.length, activation.pixels())
                        .value(doubles));
    float[] y = new float[values.length];
    for (int i = 0; i < y.length; i++) {
      float exact = (float) values[i];
      // What is rounded at all: relu, maxmin and their like are exact on any device.
      boolean isExact = exact == values[i];
      y[i] = isExact ? exact : exact + random.nextInt(-ulps, ulps + 1) * Math.ulp(exact);
    }
    return y;
  }

  private static float[] sum(List<float[]> terms) {
    float[] y = new float[terms.getFirst().length];
    for (float[] x : terms) {
      for (int i = 0; i < y.length; i++) {
        y[i] += x[i];
      }
    }
    return y;
  }

  private static float[] affine(Diagonal affine, float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      float product = (float) (double) affine.scale().get(i) * x[i];
      y[i] = product + (float) (double) affine.shift().get(i);
    }
    return y;
  }
}
