package io.lipc.certificate;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.FloatFunctions;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.certificate.function.SinglePrecision;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.formats.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  private List<BigDecimal> activation(Unit.Activation activation, List<BigDecimal> x) {
    List<Double> constants = activation.parameters();
    return switch (activation.name()) {
      case "maxmin" -> sort(x, 2);
      case "group_sort" -> sort(x, constants.getFirst().intValue());
      case "householder" -> reflect(x, constants.getFirst(), constants.getLast());
      case "softmax" -> softmax(x, constants.getFirst());
      default -> x.stream().map(e -> elementwise(activation, e)).toList();
    };
  }

  private BigDecimal elementwise(Unit.Activation activation, BigDecimal x) {
    Elementwise function = Elementwise.of(activation.name(), activation.parameters());
    if (function instanceof PiecewiseLinear exact) {
      return arithmetic.round(exact.exact(x));
    }
    return new BigDecimal(
        arithmetic == Arithmetic.F32
            ? SinglePrecision.of(activation.name(), activation.parameters()).value(x.floatValue())
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
