package io.lipc.runtime.agreement;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Windows;
import io.lipc.formats.ElementType;
import io.lipc.formats.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/**
 * Evaluates a certificate's list of units as generated code has to: in the network's own format,
 * every sum in the one order that it has on the JVM (ADR 19), every activation by the function that
 * code calls. Its results are the bits of the network.
 *
 * <p>It is written over the units and shares nothing with the compiler, nor with the layers of the
 * run-time library: plain loops, each operation as docs/soundness.md states it. All inputs are
 * evaluated together, because reading the weights takes longer than computing with them.
 *
 * <p>A signal is an array of {@code [element][input]}, of doubles; in F32 each is a float.
 */
public final class OrderedEvaluator {

  /** Receives the values that a unit reads. */
  @FunctionalInterface
  public interface Observer {

    /** Looks at nothing. */
    Observer NONE = (unit, operand) -> {};

    /**
     * Called for each activation and each maximum over windows, in their order; those of called
     * networks are not shown.
     *
     * @param unit its number
     * @param operand what it reads, not to be written to
     */
    void reads(int unit, double[][] operand);
  }

  /** Stands for a signal that no later unit reads. */
  private static final double[][] GARBAGE = {};

  private final Subject subject;
  private final List<Unit> units;
  private final ElementType type;
  private final Map<String, OrderedEvaluator> callees = new TreeMap<>();

  /** The number of the last unit that reads each unit: after it, the signal is garbage. */
  private final int[] lastReaders;

  private OrderedEvaluator(Subject subject, Map<Subject, OrderedEvaluator> made) {
    this.subject = subject;
    this.units = subject.certificate().units();
    this.type = subject.certificate().type();
    this.lastReaders = new int[units.size()];
    for (int number = 0; number < units.size(); number++) {
      for (int operand : units.get(number).operands()) {
        lastReaders[operand] = number;
      }
    }
    subject.callees().forEach((name, callee) -> callees.put(name, of(callee, made)));
  }

  /** The evaluator of the network that a certificate is about. */
  public static OrderedEvaluator of(Subject subject) {
    return of(subject, new IdentityHashMap<>());
  }

  /** Networks may share callees: {@code made} holds the evaluators of those met before. */
  private static OrderedEvaluator of(Subject subject, Map<Subject, OrderedEvaluator> made) {
    OrderedEvaluator known = made.get(subject);
    if (known == null) {
      known = new OrderedEvaluator(subject, made);
      made.put(subject, known);
    }
    return known;
  }

  /**
   * The number of steps that one input takes: products of dense layers and of windows, and the
   * elements of all other units.
   */
  public long work() {
    return work(new IdentityHashMap<>());
  }

  private long work(Map<OrderedEvaluator, Long> known) {
    Long found = known.get(this);
    if (found != null) {
      return found;
    }
    long work = 0;
    for (Unit unit : units) {
      work +=
          switch (unit) {
            case Unit.Linear(_, Matrix dense, int size) -> (long) dense.inputs() * size;
            case Unit.Linear(_, Convolution map, int size) -> (long) map.taps() * size;
            case Unit.Linear(_, AveragePool pool, int size) -> (long) pool.window().area() * size;
            case Unit.MaxPool pool -> (long) pool.window().area() * pool.size();
            case Unit.Call call -> callee(call).work(known);
            case Unit other -> other.size();
          };
    }
    known.put(this, work);
    return work;
  }

  /**
   * The outputs of several inputs.
   *
   * @param inputs numbers of the network's format
   */
  public List<double[]> applyAll(List<double[]> inputs, Observer observer) {
    double[][] x = new double[units.getFirst().size()][inputs.size()];
    for (int k = 0; k < inputs.size(); k++) {
      for (int i = 0; i < x.length; i++) {
        x[i][k] = inputs.get(k)[i];
      }
    }
    double[][] y = apply(x, inputs.size(), observer);
    List<double[]> outputs = new ArrayList<>();
    for (int k = 0; k < inputs.size(); k++) {
      int input = k;
      outputs.add(Arrays.stream(y).mapToDouble(element -> element[input]).toArray());
    }
    return outputs;
  }

  private double[][] apply(double[][] x, int count, Observer observer) {
    double[][][] signals = new double[units.size()][][];
    double[][] y = x;
    for (int number = 0; number < units.size(); number++) {
      Unit unit = units.get(number);
      double[][] read = operands(unit, signals);
      if (unit instanceof Unit.Activation || unit instanceof Unit.MaxPool) {
        observer.reads(number, read);
      }
      y =
          switch (unit) {
            case Unit.Input _ -> x;
            case Unit.Linear linear -> linear(linear, read, count);
            case Unit.Activation activation -> OrderedActivation.apply(activation, type, read);
            case Unit.MaxPool pool -> largest(pool, read, count);
            case Unit.Call call -> callee(call).apply(read, count, Observer.NONE);
          };
      signals[number] = y;
      for (int operand : unit.operands()) {
        if (lastReaders[operand] == number) {
          signals[operand] = GARBAGE;
        }
      }
    }
    return y;
  }

  /** The elements of all operands, one operand after the other; signals are never written to. */
  private static double[][] operands(Unit unit, double[][][] signals) {
    if (unit.operands().size() == 1) {
      return signals[unit.operands().getFirst()];
    }
    return unit.operands().stream()
        .flatMap(operand -> Arrays.stream(signals[operand]))
        .toArray(double[][]::new);
  }

  private OrderedEvaluator callee(Unit.Call call) {
    return Optional.ofNullable(callees.get(call.network())).orElseThrow();
  }

  private double[][] linear(Unit.Linear unit, double[][] x, int count) {
    return switch (unit.map()) {
      case Matrix dense -> dense(dense, FusedSums.of(type, x, count));
      case Convolution map -> convolution(map, FusedSums.of(type, x, count));
      case AveragePool pool -> mean(pool, FusedSums.of(type, x, count));
      case BatchNorm norm -> scaledAndShifted(norm, x);
      case Diagonal diagonal -> scaledAndShifted(diagonal, x);
      case Scaling(double factor) -> each(x, (_, v) -> type.round(factor * v));
      case Selection(List<Integer> indices) ->
          indices.stream().map(i -> x[i]).toArray(double[][]::new);
      case Sum _ -> sum(x, unit.size());
      case Concatenation _, Identity _ -> x;
      case Centering _ -> centred(x, count);
    };
  }

  private Tensor tensor(String name) {
    return subject.weights().tensor(name).orElseThrow();
  }

  /** Element i starts as b_i, or 0, and becomes {@code fma(w_ik, x_k, sum)} for k = 0, 1, ... */
  private double[][] dense(Matrix dense, FusedSums sums) {
    Tensor weight = tensor(dense.weight());
    int size = weight.shape().getFirst();
    double[] bias = dense.bias().map(name -> tensor(name).values()).orElse(new double[size]);
    double[] row = new double[dense.inputs()];
    int[] all = new int[row.length];
    Arrays.setAll(all, k -> k);
    double[][] y = new double[size][];
    for (int i = 0; i < size; i++) {
      weight.copy(i * row.length, row);
      y[i] = sums.of(bias[i], row, 0, all);
    }
    return y;
  }

  /**
   * Element {@code [o][p][q]} starts as b_o, or 0; products follow in the order of the window's
   * rows, then of its columns, then of the channels that are read. Elements outside the image are
   * 0.
   */
  private double[][] convolution(Convolution map, FusedSums sums) {
    double[] bias =
        map.bias().map(name -> tensor(name).values()).orElse(new double[map.channels()]);
    double[] kernel = channelsLast(map, tensor(map.weight()).values());
    int pixels = map.output().pixels();
    int sharing = map.channels() / map.groups();
    double[][] y = new double[map.output().elements()][];
    for (int group = 0; group < map.groups(); group++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        int[] places = places(map, group * map.read(), pixel);
        for (int o = group * sharing; o < (group + 1) * sharing; o++) {
          y[o * pixels + pixel] = sums.of(bias[o], kernel, o * places.length, places);
        }
      }
    }
    return y;
  }

  /** {@code [o][i][u][v]} as {@code [o][u][v][i]}. */
  private static double[] channelsLast(Convolution map, double[] kernel) {
    int area = map.window().area();
    double[] turned = new double[kernel.length];
    for (int k = 0; k < kernel.length; k++) {
      int channel = k / area;
      int o = channel / map.read();
      turned[(o * area + k % area) * map.read() + channel % map.read()] = kernel[k];
    }
    return turned;
  }

  /** The places that a window reads; -1 outside of the image. */
  private static int[] places(Convolution map, int firstChannel, int pixel) {
    int width = map.input().width();
    int height = map.input().height();
    int columns = map.window().horizontal().kernel();
    int[] places = new int[map.taps()];
    for (int k = 0; k < places.length; k++) {
      int tap = k / map.read();
      int row = map.window().vertical().place(pixel / map.output().width(), tap / columns);
      int column = map.window().horizontal().place(pixel % map.output().width(), tap % columns);
      boolean inside = row >= 0 && row < height && column >= 0 && column < width;
      int channel = firstChannel + k % map.read();
      places[k] = inside ? (channel * height + row) * width + column : -1;
    }
    return places;
  }

  /** Starts as 0 and becomes {@code fma(factor, x, sum)}, row by row of the window. */
  private static double[][] mean(AveragePool pool, FusedSums sums) {
    Windows windows = Windows.ofPool(pool.input(), pool.window());
    double[] factors = new double[pool.window().area()];
    Arrays.fill(factors, pool.factor());
    double[][] y = new double[pool.output().elements()][];
    Arrays.setAll(y, i -> sums.of(0, factors, 0, windows.places(i)));
    return y;
  }

  /** {@code s_i x_i + t_i}, product and sum each rounded; so are s and t, before. */
  private double[][] scaledAndShifted(LinearMap map, double[][] x) {
    IntFunction<LinearMap.Row> rows = map.rows(List.of(x.length), subject.weights());
    IntToDoubleFunction shift = map.shift(subject.weights());
    double[] factors = new double[x.length];
    double[] shifts = new double[x.length];
    Arrays.setAll(factors, i -> type.round(rows.apply(i).factors()[0]));
    Arrays.setAll(shifts, i -> type.round(shift.applyAsDouble(i)));
    return each(x, (i, v) -> type.round(type.round(factors[i] * v) + shifts[i]));
  }

  /** Operands are added from left to right. */
  private double[][] sum(double[][] x, int size) {
    double[][] y = Arrays.copyOf(x, size);
    for (int from = size; from < x.length; from += size) {
      int first = from;
      double[][] before = y;
      y = new double[size][];
      for (int i = 0; i < size; i++) {
        double[] term = x[first + i];
        double[] sum = before[i].clone();
        for (int k = 0; k < sum.length; k++) {
          sum[k] = type.round(sum[k] + term[k]);
        }
        y[i] = sum;
      }
    }
    return y;
  }

  /** The mean in doubles, {@code c x_0 + c x_1 + ...}; the difference is rounded once. */
  private double[][] centred(double[][] x, int count) {
    double share = Centering.share(x.length);
    double[] mean = new double[count];
    for (double[] element : x) {
      for (int k = 0; k < count; k++) {
        mean[k] += share * element[k];
      }
    }
    double[][] y = new double[x.length][count];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < count; k++) {
        y[i][k] = type.round(x[i][k] - mean[k]);
      }
    }
    return y;
  }

  private static double[][] largest(Unit.MaxPool pool, double[][] x, int count) {
    Windows windows = pool.windows();
    double[][] y = new double[pool.size()][];
    for (int i = 0; i < y.length; i++) {
      int[] places = windows.places(i);
      double[] largest = x[places[0]].clone();
      for (int place : places) {
        for (int k = 0; k < count; k++) {
          largest[k] = Math.max(largest[k], x[place][k]);
        }
      }
      y[i] = largest;
    }
    return y;
  }

  /** A function of an element's number and of its value. */
  @FunctionalInterface
  private interface OfElement {
    double apply(int i, double value);
  }

  private static double[][] each(double[][] x, OfElement function) {
    double[][] y = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      double[] values = x[i].clone();
      for (int k = 0; k < values.length; k++) {
        values[k] = function.apply(i, values[k]);
      }
      y[i] = values;
    }
    return y;
  }
}
