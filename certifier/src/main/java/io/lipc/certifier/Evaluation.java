package io.lipc.certifier;

import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.model.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      case Unit.Linear(_, Centering _, _) -> centered(read.getFirst());
      case Unit.Linear _ -> {
        LinearOperator operator = step.operator().orElseThrow();
        List<T> x = read.stream().flatMap(List::stream).toList();
        yield rows(operator.outputs(), i -> row(operator.row(i), operator.shift(i), x));
      }
      case Unit.Activation activation -> activation(activation, read.getFirst());
      case Unit.Call _ -> throw new IllegalStateException("a program has no calls");
    };
  }

  /** Nothing is added to a zero, which in some arithmetics would widen the sum. */
  private T row(LinearMap.Row row, double shift, List<T> x) {
    Optional<T> sum = shift == 0 ? Optional.empty() : Optional.of(arithmetic.of(shift));
    for (int k = 0; k < row.places().length; k++) {
      T element = x.get(row.places()[k]);
      double factor = row.factors()[k];
      if (factor != 0) {
        T term = factor == 1 ? element : arithmetic.times(element, factor);
        sum = Optional.of(sum.map(before -> arithmetic.add(before, term)).orElse(term));
      }
    }
    return sum.orElseGet(() -> arithmetic.of(0));
  }

  private List<T> activation(Unit.Activation unit, List<T> x) {
    return switch (Slopes.activation(unit)) {
      case Activation.Pointwise _ -> elementwise(unit, x);
      case Activation.Grouped grouped ->
          switch (grouped.kind()) {
            case MAXMIN, GROUP_SORT -> sorted(x, grouped.group(x.size()));
            case HOUSEHOLDER -> reflected(x, grouped.parameters());
            case SOFTMAX -> arithmetic.softmax(x, grouped.parameters().getFirst());
          };
    };
  }

  /** Each element with all later ones of its group: the larger stays in front. */
  private List<T> sorted(List<T> x, int group) {
    List<T> y = new ArrayList<>(x);
    for (int i = 0; i < y.size(); i++) {
      for (int j = i + 1; j < y.size() && j % group != 0; j++) {
        T max = arithmetic.max(y.get(i), y.get(j));
        y.set(j, arithmetic.min(y.get(i), y.get(j)));
        y.set(i, max);
      }
    }
    return y;
  }

  private List<T> reflected(List<T> x, List<Double> v) {
    return rows(
        x.size(),
        i -> {
          int even = i - i % 2;
          T first = arithmetic.times(x.get(even), -v.get(0));
          T dot = arithmetic.add(first, arithmetic.times(x.get(even + 1), -v.get(1)));
          T positive = arithmetic.max(dot, arithmetic.of(0));
          return arithmetic.add(x.get(i), arithmetic.times(positive, 2 * v.get(i % 2)));
        });
  }

  private List<T> centered(List<T> x) {
    double share = Centering.share(x.size());
    T mean = arithmetic.of(0);
    for (T element : x) {
      mean = arithmetic.add(mean, arithmetic.times(element, share));
    }
    T negative = arithmetic.times(mean, -1);
    return x.stream().map(element -> arithmetic.add(element, negative)).toList();
  }

  private List<T> elementwise(Unit.Activation activation, List<T> x) {
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
