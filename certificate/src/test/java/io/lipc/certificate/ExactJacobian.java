package io.lipc.certificate;

import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.function.ExactFunctions;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.LinearMap.Row;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The derivatives of a network at a point, with about 60 digits, unit by unit from the definitions:
 * what is claimed of all slopes is false where it is false of these. There are none at a kink.
 */
public final class ExactJacobian {

  private static final MathContext DIGITS = new MathContext(70);
  private static final BigDecimal ONE = BigDecimal.ONE;

  /** An element's value, and how it moves with each element of the input. */
  private record Dual(BigDecimal value, List<BigDecimal> moves) {

    Dual plus(Dual other) {
      List<BigDecimal> sum = new ArrayList<>();
      for (int i = 0; i < moves.size(); i++) {
        sum.add(moves.get(i).add(other.moves.get(i), DIGITS));
      }
      return new Dual(value.add(other.value, DIGITS), sum);
    }

    Dual times(BigDecimal factor) {
      return through(value.multiply(factor, DIGITS), factor);
    }

    Dual shifted(BigDecimal by) {
      return new Dual(value.add(by, DIGITS), moves);
    }

    Dual through(BigDecimal result, BigDecimal slope) {
      return new Dual(result, moves.stream().map(m -> m.multiply(slope, DIGITS)).toList());
    }

    Dual times(Dual other) {
      Dual first = times(other.value);
      Dual second = other.times(value);
      return new Dual(first.value, first.plus(second).moves);
    }
  }

  private ExactJacobian() {}

  /**
   * The derivatives of each output by each input.
   *
   * @throws ArithmeticException at a kink, or where elements that are sorted are equal
   */
  public static List<List<BigDecimal>> at(Subject subject, List<BigDecimal> x) {
    List<Dual> input = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      List<BigDecimal> moves = new ArrayList<>(Collections.nCopies(x.size(), BigDecimal.ZERO));
      moves.set(i, ONE);
      input.add(new Dual(x.get(i), moves));
    }
    return outputs(subject, input).stream().map(Dual::moves).toList();
  }

  private static List<Dual> outputs(Subject subject, List<Dual> input) {
    List<List<Dual>> values = new ArrayList<>();
    for (Unit unit : subject.certificate().units()) {
      List<List<Dual>> read = unit.operands().stream().map(values::get).toList();
      values.add(
          switch (unit) {
            case Unit.Input _ -> input;
            case Unit.Linear linear -> linear(subject, linear, read);
            case Unit.Activation activation -> activation(activation, read.getFirst());
            case Unit.MaxPool pool ->
                each(pool.size(), i -> largest(pool.windows().places(i), read.getFirst()));
            case Unit.Call call -> outputs(callee(subject, call), read.getFirst());
          });
    }
    return values.getLast();
  }

  private static Subject callee(Subject subject, Unit.Call call) {
    return Optional.ofNullable(subject.callees().get(call.network())).orElseThrow();
  }

  private static List<Dual> each(int size, IntFunction<Dual> element) {
    return IntStream.range(0, size).mapToObj(element).toList();
  }

  private static List<Dual> linear(Subject subject, Unit.Linear unit, List<List<Dual>> read) {
    IntFunction<Row> rows =
        unit.map().rows(read.stream().map(List::size).toList(), subject.weights());
    List<Dual> x = read.stream().flatMap(List::stream).toList();
    Dual none = x.getFirst().times(BigDecimal.ZERO);
    return each(
        unit.size(),
        i -> {
          Row row = rows.apply(i);
          double shift = unit.map().shift(subject.weights()).applyAsDouble(i);
          Dual sum = none.shifted(new BigDecimal(shift));
          for (int k = 0; k < row.places().length; k++) {
            sum = sum.plus(x.get(row.places()[k]).times(new BigDecimal(row.factors()[k])));
          }
          return sum;
        });
  }

  private static Dual largest(int[] places, List<Dual> x) {
    return sorted(Arrays.stream(places).mapToObj(x::get).toList()).getFirst();
  }

  private static List<Dual> sorted(List<Dual> group) {
    List<Dual> all = group.stream().sorted(Comparator.comparing(Dual::value).reversed()).toList();
    for (int i = 1; i < all.size(); i++) {
      if (all.get(i - 1).value.compareTo(all.get(i).value) == 0) {
        throw new ArithmeticException("equal elements");
      }
    }
    return all;
  }

  private static List<Dual> activation(Unit.Activation unit, List<Dual> x) {
    return switch (unit.function()) {
      case OfElements function -> x.stream().map(z -> element(function, z)).toList();
      case OfGroups function -> {
        int size = unit.known().size();
        ChannelGroups places = unit.groups(size);
        Dual[] y = new Dual[x.size()];
        for (int k = 0; k < x.size(); k += size) {
          int first = k;
          List<Dual> given = group(function, each(size, e -> x.get(places.place(first + e))));
          for (int e = 0; e < size; e++) {
            y[places.place(first + e)] = given.get(e);
          }
        }
        yield Arrays.asList(y);
      }
    };
  }

  private static Dual element(OfElements function, Dual z) {
    String word = function.word();
    List<Double> constants = function.constants();
    return z.through(
        ExactFunctions.value(word, constants, z.value),
        ExactFunctions.derivative(word, constants, z.value));
  }

  private static List<Dual> group(OfGroups function, List<Dual> z) {
    List<BigDecimal> constants = function.constants().stream().map(BigDecimal::new).toList();
    return switch (function.kind()) {
      case MAXMIN, GROUP_SORT -> sorted(z);
      case HOUSEHOLDER -> reflected(constants, z);
      case SOFTMAX -> softmax(constants.getFirst(), z);
      case LAYER_NORM -> normalised(constants.getFirst(), z);
      case L2_NORMALIZE -> divided(constants.getFirst(), z);
    };
  }

  private static Dual sum(List<Dual> all) {
    return all.stream().reduce(Dual::plus).orElseThrow();
  }

  private static List<Dual> reflected(List<BigDecimal> v, List<Dual> z) {
    Dual p = sum(each(2, i -> z.get(i).times(v.get(i).negate())));
    Dual r = element(new OfElements(ElementKind.RELU, List.of()), p);
    return each(2, i -> z.get(i).plus(r.times(v.get(i).add(v.get(i)))));
  }

  private static List<Dual> softmax(BigDecimal temperature, List<Dual> z) {
    Dual largest = Collections.max(z, Comparator.comparing(Dual::value));
    BigDecimal inverse = ONE.divide(temperature, DIGITS);
    List<Dual> e =
        z.stream()
            .map(a -> a.plus(largest.times(ONE.negate())).times(inverse))
            .map(a -> a.through(ExactFunctions.exp(a.value), ExactFunctions.exp(a.value)))
            .toList();
    Dual sum = sum(e);
    BigDecimal share = ONE.divide(sum.value, DIGITS);
    Dual reciprocal = sum.through(share, share.pow(2).negate());
    return e.stream().map(a -> a.times(reciprocal)).toList();
  }

  private static List<Dual> normalised(BigDecimal epsilon, List<Dual> z) {
    BigDecimal part = ONE.divide(new BigDecimal(z.size()), DIGITS);
    Dual mean = sum(z).times(part).times(ONE.negate());
    List<Dual> d = z.stream().map(a -> a.plus(mean)).toList();
    Dual square = sum(d.stream().map(a -> a.times(a)).toList()).times(part).shifted(epsilon);
    BigDecimal h = ONE.divide(square.value.sqrt(DIGITS), DIGITS);
    BigDecimal slope = h.pow(3).multiply(new BigDecimal("-0.5"), DIGITS);
    Dual scale = square.through(h, slope);
    return d.stream().map(a -> a.times(scale)).toList();
  }

  private static List<Dual> divided(BigDecimal least, List<Dual> z) {
    Dual square = sum(z.stream().map(a -> a.times(a)).toList());
    BigDecimal inverse = ONE.divide(least, DIGITS);
    if (square.value.compareTo(least.pow(2)) <= 0) {
      return z.stream().map(a -> a.times(inverse)).toList();
    }
    BigDecimal h = ONE.divide(square.value.sqrt(DIGITS), DIGITS);
    Dual scale = square.through(h, h.pow(3).multiply(new BigDecimal("-0.5"), DIGITS));
    return z.stream().map(a -> a.times(scale)).toList();
  }
}
