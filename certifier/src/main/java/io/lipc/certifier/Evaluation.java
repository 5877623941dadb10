package io.lipc.certifier;

import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Elementwise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evaluates a program in any arithmetic.
 *
 * @param <T> the numbers
 */
record Evaluation<T>(Arithmetic<T> arithmetic) {

  /** The output for {@code input}. */
  List<T> apply(Program program, List<Double> input) {
    List<List<T>> values = new ArrayList<>();
    for (Program.Step step : program.steps()) {
      List<List<T>> read = step.operands().stream().map(values::get).toList();
      values.add(value(step, read, input));
    }
    return values.getLast();
  }

  private List<T> value(Program.Step step, List<List<T>> read, List<Double> input) {
    return switch (step.unit()) {
      case Unit.Input _ -> input.stream().map(arithmetic::of).toList();
      case Unit.Dense dense -> rows(dense.size(), i -> row(step, i, read.getFirst()));
      case Unit.Activation activation -> activation(activation, read.getFirst());
      case Unit.Sum sum ->
          rows(
              sum.size(),
              i -> read.stream().map(term -> term.get(i)).reduce(arithmetic::add).orElseThrow());
      case Unit.Concat _ -> read.stream().flatMap(List::stream).toList();
      case Unit.Scale scale ->
          rows(scale.size(), i -> arithmetic.times(read.getFirst().get(i), scale.factor()));
      case Unit.Affine affine ->
          rows(
              affine.size(),
              i ->
                  arithmetic.add(
                      arithmetic.times(read.getFirst().get(i), affine.scale().get(i)),
                      arithmetic.of(affine.shift().get(i))));
      case Unit.Select select ->
          select.indices().stream().map(index -> read.getFirst().get(index)).toList();
      case Unit.Call _ -> throw new IllegalStateException("a program has no calls");
    };
  }

  private T row(Program.Step step, int i, List<T> x) {
    T sum = arithmetic.of(step.bias()[i]);
    double[] weights = step.weight()[i];
    for (int j = 0; j < weights.length; j++) {
      if (weights[j] != 0) {
        sum = arithmetic.add(sum, arithmetic.times(x.get(j), weights[j]));
      }
    }
    return sum;
  }

  private List<T> activation(Unit.Activation activation, List<T> x) {
    if (Slopes.isMaxMin(activation)) {
      return rows(
          x.size(),
          i ->
              i % 2 == 0
                  ? arithmetic.max(x.get(i), x.get(i + 1))
                  : arithmetic.min(x.get(i - 1), x.get(i)));
    }
    Elementwise function = Slopes.function(activation);
    return x.stream().map(element -> arithmetic.apply(function, element)).toList();
  }

  private interface Row<T> {
    T at(int index);
  }

  private static <T> List<T> rows(int size, Row<T> row) {
    return IntStream.range(0, size).mapToObj(row::at).toList();
  }
}
