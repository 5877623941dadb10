package io.lipc.certifier.falsify;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.enclosure.Arithmetic;
import io.lipc.linalg.Deadline;
import java.util.List;
import java.util.function.UnaryOperator;

/** An arithmetic that looks at the clock before each operation. */
record Watched<T>(Arithmetic<T> arithmetic, Deadline deadline) implements Arithmetic<T> {

  @Override
  public Sums<T> sums(List<T> x) {
    deadline.check();
    Sums<T> sums = arithmetic.sums(x);
    return (row, shift) -> {
      deadline.check();
      return sums.of(row, shift);
    };
  }

  @Override
  public UnaryOperator<T> elementwise(ActivationFunction.OfElements elements) {
    UnaryOperator<T> function = arithmetic.elementwise(elements);
    return x -> {
      deadline.check();
      return function.apply(x);
    };
  }

  @Override
  public List<T> sorted(List<T> group) {
    deadline.check();
    return arithmetic.sorted(group);
  }

  @Override
  public T reflected(T x, T p, double v) {
    deadline.check();
    return arithmetic.reflected(x, p, v);
  }

  @Override
  public List<T> softmax(List<T> logits, double temperature) {
    deadline.check();
    return arithmetic.softmax(logits, temperature);
  }

  @Override
  public List<T> normalised(List<T> group, double epsilon) {
    deadline.check();
    return arithmetic.normalised(group, epsilon);
  }

  @Override
  public List<T> unitLength(List<T> vector, double least) {
    deadline.check();
    return arithmetic.unitLength(vector, least);
  }
}
