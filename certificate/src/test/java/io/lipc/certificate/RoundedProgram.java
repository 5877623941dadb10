package io.lipc.certificate;

import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.FloatFunctions;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.certificate.function.SinglePrecision;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.formats.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A network as code computes it, each operation rounded to the format, from left to right; or
 * without rounding. Functions that are no rational ones are computed in doubles where nothing is
 * rounded: good enough where rounding to floats is in question.
 */
public final class RoundedProgram {

  /** What becomes of the result of an operation. */
  public enum Arithmetic {
    EXACT,
    F32,
    F64;

    BigDecimal round(BigDecimal value) {
      return switch (this) {
        case EXACT -> value;
        case F32 -> new BigDecimal(value.floatValue());
        case F64 -> new BigDecimal(value.doubleValue());
      };
    }

    /** Where code computes in doubles even if its numbers are floats. */
    Arithmetic inDoubles() {
      return this == EXACT ? EXACT : F64;
    }
  }

  private final Subject subject;
  private final Arithmetic arithmetic;

  private RoundedProgram(Subject subject, Arithmetic arithmetic) {
    this.subject = subject;
    this.arithmetic = arithmetic;
  }

  /** The outputs for an input. */
  public static List<BigDecimal> outputs(Subject subject, Arithmetic arithmetic, double[] input) {
    return new RoundedProgram(subject, arithmetic)
        .outputs(Arrays.stream(input).mapToObj(BigDecimal::new).toList());
  }

  /** How far the outputs are from those without rounding, at the lower ends of the box. */
  public static List<BigDecimal> errors(Subject subject) {
    Unit.Box box = ((Unit.Input) subject.certificate().units().getFirst()).box().orElseThrow();
    List<BigDecimal> x = box.lower().stream().map(BigDecimal::new).toList();
    Arithmetic format = Arithmetic.valueOf(subject.certificate().type().name());
    List<BigDecimal> computed = new RoundedProgram(subject, format).outputs(x);
    List<BigDecimal> exact = new RoundedProgram(subject, Arithmetic.EXACT).outputs(x);
    return IntStream.range(0, exact.size())
        .mapToObj(i -> computed.get(i).subtract(exact.get(i)).abs())
        .toList();
  }

  private List<BigDecimal> outputs(List<BigDecimal> input) {
    List<List<BigDecimal>> signals = new ArrayList<>();
    for (Unit unit : subject.certificate().units()) {
      signals.add(output(unit, input, unit.operands().stream().map(signals::get).toList()));
    }
    return signals.getLast();
  }

  private List<BigDecimal> output(
      Unit unit, List<BigDecimal> input, List<List<BigDecimal>> operands) {
    List<BigDecimal> x = operands.isEmpty() ? input : operands.getFirst();
    return switch (unit) {
      case Unit.Input _ -> input;
      case Unit.Linear linear -> linear(linear, operands);
      case Unit.Activation activation -> activation(activation, x);
      case Unit.MaxPool pool -> max(pool, x);
      case Unit.Call call ->
          new RoundedProgram(subject.callees().get(call.network()), arithmetic).outputs(x);
    };
  }

  private List<BigDecimal> linear(Unit.Linear unit, List<List<BigDecimal>> operands) {
    List<BigDecimal> x = operands.getFirst();
    return switch (unit.map()) {
      case Matrix matrix -> dense(matrix, x);
      case Sum _ ->
          IntStream.range(0, unit.size())
              .mapToObj(
                  i ->
                      operands.stream()
                          .map(operand -> operand.get(i))
                          .reduce(BigDecimal.ZERO, this::plus))
              .toList();
      case Concatenation _ -> operands.stream().flatMap(List::stream).toList();
      case Scaling scale -> x.stream().map(e -> times(scale.factor(), e)).toList();
      case Diagonal affine ->
          IntStream.range(0, x.size())
              .mapToObj(
                  i ->
                      plus(
                          times(affine.scale().get(i), x.get(i)),
                          new BigDecimal(affine.shift().get(i))))
              .toList();
      case Selection select -> select.indices().stream().map(x::get).toList();
      case Identity _ -> x;
      case Convolution convolution -> convolve(convolution, x);
      case AveragePool pool -> average(pool, x);
      case BatchNorm norm -> normalise(norm, x);
      case Centering _ -> center(x);
    };
  }

  private BigDecimal plus(BigDecimal a, BigDecimal b) {
    return arithmetic.round(a.add(b));
  }

  private BigDecimal times(double factor, BigDecimal x) {
    return arithmetic.round(new BigDecimal(factor).multiply(x));
  }

  private List<BigDecimal> dense(Matrix dense, List<BigDecimal> x) {
    double[][] weight = subject.weights().tensor(dense.weight()).orElseThrow().rows();
    double[] bias =
        dense
            .bias()
            .map(name -> subject.weights().tensor(name).orElseThrow())
            .map(Tensor::values)
            .orElse(new double[weight.length]);
    List<BigDecimal> y = new ArrayList<>();
    for (int i = 0; i < weight.length; i++) {
      BigDecimal sum = new BigDecimal(bias[i]);
      for (int j = 0; j < x.size(); j++) {
        sum = plus(sum, times(weight[i][j], x.get(j)));
      }
      y.add(sum);
    }
    return y;
  }

  /** Every product is rounded, as on devices, those with the zeros around the image too. */
  private List<BigDecimal> convolve(Convolution map, List<BigDecimal> x) {
    double[] kernel = subject.weights().tensor(map.weight()).orElseThrow().values();
    Grid output = map.output();
    int group = map.channels() / map.groups();
    int taps = kernel.length / map.channels();
    List<BigDecimal> y = new ArrayList<>();
    for (int o = 0; o < map.channels(); o++) {
      for (int pixel = 0; pixel < output.pixels(); pixel++) {
        BigDecimal sum = BigDecimal.ZERO;
        if (map.bias().isPresent()) {
          sum = number(map.bias().get(), o);
        }
        for (int k = 0; k < taps; k++) {
          int area = map.window().area();
          int width = map.window().horizontal().kernel();
          int channel = o / group * (taps / area) + k / area;
          int row = at(map.window().vertical(), pixel / output.width(), k % area / width);
          int column = at(map.window().horizontal(), pixel % output.width(), k % width);
          BigDecimal element = pixel(map.input(), x, channel, row, column);
          sum = plus(sum, times(kernel[o * taps + k], element));
        }
        y.add(sum);
      }
    }
    return y;
  }

  private static int at(Axis axis, int pixel, int u) {
    return pixel * axis.stride() + u * axis.dilation() - axis.before();
  }

  private static BigDecimal pixel(Grid grid, List<BigDecimal> x, int channel, int row, int column) {
    boolean inside = row >= 0 && row < grid.height() && column >= 0 && column < grid.width();
    return inside
        ? x.get((channel * grid.height() + row) * grid.width() + column)
        : BigDecimal.ZERO;
  }

  private BigDecimal number(String tensor, int at) {
    return new BigDecimal(subject.weights().tensor(tensor).orElseThrow().get(at));
  }

  private List<BigDecimal> average(AveragePool pool, List<BigDecimal> x) {
    List<BigDecimal> y = new ArrayList<>();
    for (List<BigDecimal> window : windows(pool.input(), pool.output(), pool.window(), x)) {
      BigDecimal sum = BigDecimal.ZERO;
      for (BigDecimal element : window) {
        sum = plus(sum, times(pool.factor(), element));
      }
      y.add(sum);
    }
    return y;
  }

  private static List<BigDecimal> max(Unit.MaxPool pool, List<BigDecimal> x) {
    return windows(pool.input(), pool.output(), pool.window(), x).stream()
        .map(window -> window.stream().reduce(BigDecimal::max).orElseThrow())
        .toList();
  }

  private static List<List<BigDecimal>> windows(
      Grid input, Grid output, Window window, List<BigDecimal> x) {
    List<List<BigDecimal>> windows = new ArrayList<>();
    for (int i = 0; i < output.elements(); i++) {
      List<BigDecimal> elements = new ArrayList<>();
      int pixel = i % output.pixels();
      for (int k = 0; k < window.area(); k++) {
        int row = at(window.vertical(), pixel / output.width(), k / window.horizontal().kernel());
        int column =
            at(window.horizontal(), pixel % output.width(), k % window.horizontal().kernel());
        elements.add(pixel(input, x, i / output.pixels(), row, column));
      }
      windows.add(elements);
    }
    return windows;
  }

  /** Scale and shift are rounded once, whatever is computed with. */
  private List<BigDecimal> normalise(BatchNorm norm, List<BigDecimal> x) {
    boolean single = subject.certificate().type() == ElementType.F32;
    List<BigDecimal> y = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      int c = i / norm.pixels();
      double variance = number(norm.prefix() + ".running_var", c).doubleValue();
      double mean = number(norm.prefix() + ".running_mean", c).doubleValue();
      double scale =
          number(norm.prefix() + ".weight", c).doubleValue() / Math.sqrt(variance + norm.epsilon());
      scale = single ? (float) scale : scale;
      double shift = number(norm.prefix() + ".bias", c).doubleValue() - mean * scale;
      y.add(plus(times(scale, x.get(i)), new BigDecimal(single ? (float) shift : shift)));
    }
    return y;
  }

  private List<BigDecimal> activation(Unit.Activation activation, List<BigDecimal> x) {
    return switch (activation.function()) {
      case OfElements function -> x.stream().map(e -> elementwise(function, e)).toList();
      case OfGroups function -> groups(activation, function, x);
    };
  }

  private List<BigDecimal> groups(
      Unit.Activation activation, OfGroups function, List<BigDecimal> x) {
    List<Double> constants = function.constants();
    return switch (function.kind()) {
      case MAXMIN -> byChannels(activation.pixels(), 2, x, z -> sort(z, 2));
      case GROUP_SORT -> {
        int group = constants.getFirst().intValue();
        yield byChannels(activation.pixels(), group, x, z -> sort(z, group));
      }
      case HOUSEHOLDER ->
          byChannels(
              activation.pixels(),
              2,
              x,
              z -> reflect(z, constants.getFirst(), constants.getLast()));
      case SOFTMAX -> softmax(x, constants.getFirst());
      case L2_NORMALIZE -> unitLength(x, constants.getFirst());
      case LAYER_NORM -> {
        int group = Grouped.of(function).group(x.size());
        yield byChannels(activation.pixels(), group, x, z -> normalised(z, constants.getFirst()));
      }
    };
  }

  /** Group after group, pixel after pixel. */
  private static List<BigDecimal> byChannels(
      int pixels, int group, List<BigDecimal> x, UnaryOperator<List<BigDecimal>> function) {
    List<BigDecimal> y = new ArrayList<>(x);
    for (int block = 0; block < x.size(); block += group * pixels) {
      for (int pixel = block; pixel < block + pixels; pixel++) {
        List<BigDecimal> z = new ArrayList<>();
        for (int k = 0; k < group; k++) {
          z.add(x.get(pixel + k * pixels));
        }
        List<BigDecimal> mapped = function.apply(z);
        for (int k = 0; k < group; k++) {
          y.set(pixel + k * pixels, mapped.get(k));
        }
      }
    }
    return y;
  }

  private BigDecimal elementwise(OfElements activation, BigDecimal x) {
    Elementwise function = Elementwise.of(activation);
    if (function instanceof PiecewiseLinear exact) {
      return arithmetic.round(exact.exact(x));
    }
    return new BigDecimal(
        arithmetic == Arithmetic.F32
            ? SinglePrecision.of(activation.word(), activation.constants()).value(x.floatValue())
            : function.value(x.doubleValue()));
  }

  private static List<BigDecimal> sort(List<BigDecimal> x, int group) {
    List<BigDecimal> y = new ArrayList<>();
    for (int from = 0; from < x.size(); from += group) {
      y.addAll(x.subList(from, from + group).stream().sorted().toList().reversed());
    }
    return y;
  }

  private List<BigDecimal> reflect(List<BigDecimal> x, double v, double w) {
    List<BigDecimal> y = new ArrayList<>();
    for (int i = 0; i < x.size(); i += 2) {
      BigDecimal product = plus(times(v, x.get(i)), times(w, x.get(i + 1)));
      BigDecimal twice = product.negate().max(BigDecimal.ZERO).multiply(BigDecimal.TWO);
      y.add(plus(x.get(i), times(v, twice)));
      y.add(plus(x.get(i + 1), times(w, twice)));
    }
    return y;
  }

  private List<BigDecimal> center(List<BigDecimal> x) {
    RoundedProgram wide = new RoundedProgram(subject, arithmetic.inDoubles());
    BigDecimal mean = BigDecimal.ZERO;
    for (BigDecimal e : x) {
      mean = wide.plus(mean, wide.times(Centering.share(x.size()), e));
    }
    BigDecimal middle = mean.negate();
    return x.stream().map(e -> arithmetic.round(wide.plus(e, middle))).toList();
  }

  private List<BigDecimal> normalised(List<BigDecimal> x, double epsilon) {
    double mean = 0;
    for (BigDecimal e : x) {
      mean += e.doubleValue();
    }
    mean /= x.size();
    double squares = 0;
    for (BigDecimal e : x) {
      squares += (e.doubleValue() - mean) * (e.doubleValue() - mean);
    }
    double middle = mean;
    double root = Math.sqrt(squares / x.size() + epsilon);
    return x.stream()
        .map(e -> arithmetic.round(new BigDecimal((e.doubleValue() - middle) / root)))
        .toList();
  }

  private List<BigDecimal> unitLength(List<BigDecimal> x, double least) {
    double squares = 0;
    for (BigDecimal e : x) {
      squares += e.doubleValue() * e.doubleValue();
    }
    double length = Math.max(Math.sqrt(squares), least);
    return x.stream().map(e -> arithmetic.round(new BigDecimal(e.doubleValue() / length))).toList();
  }

  private List<BigDecimal> softmax(List<BigDecimal> x, double temperature) {
    double[] z = x.stream().mapToDouble(BigDecimal::doubleValue).toArray();
    double max = Arrays.stream(z).max().orElseThrow();
    boolean single = arithmetic == Arithmetic.F32;
    double[] powers =
        Arrays.stream(z)
            .map(e -> (e - max) / temperature)
            .map(e -> single ? FloatFunctions.exp(e) : Math.exp(e))
            .toArray();
    // Not that of a stream, which adds more precisely than code does.
    double sum = 0;
    for (double power : powers) {
      sum += power;
    }
    double total = sum;
    return Arrays.stream(powers)
        .mapToObj(power -> arithmetic.round(new BigDecimal(power / total)))
        .toList();
  }
}
