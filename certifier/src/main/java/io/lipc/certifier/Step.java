package io.lipc.certifier;

import io.lipc.certifier.bound.BoundMethod;
import io.lipc.certifier.bound.LadderRung;
import io.lipc.certifier.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/** One method, on the problem itself or with its calls inlined. */
record Step(Method method, Problem on) {

  /**
   * Every method on the calls' bounds, then again on the units of what is called: which proves more
   * is not known before. A bound of its own certificate may be better than the multipliers found
   * here, and units show what cancels.
   *
   * @param order the methods
   * @throws IllegalArgumentException if one of them is not a search
   */
  static List<Step> all(Problem problem, List<Method> order) {
    order.forEach(Step::kind);
    Stream<Step> called = order.stream().map(method -> new Step(method, problem));
    return Stream.concat(
            called,
            problem.inlined().stream()
                .flatMap(
                    inlined ->
                        order.stream()
                            .filter(method -> kind(method).readsUnits())
                            .map(method -> new Step(method, inlined))))
        .toList();
  }

  private static BoundMethod.Kind kind(Method method) {
    return method
        .kind()
        .orElseThrow(() -> new IllegalArgumentException(method.word() + " is not a search"));
  }

  /** The place of the method on the ladder. */
  LadderRung rung() {
    return kind().rung();
  }

  /** How the method searches. */
  BoundMethod.Kind kind() {
    return kind(method);
  }
}
