package io.lipc.certifier;

import io.lipc.certifier.bound.BoundMethod;
import io.lipc.certifier.problem.Coordinates;
import io.lipc.certifier.problem.ImagePart;
import io.lipc.certifier.problem.Problem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One method, on the problem itself or with its calls inlined. */
record Step(Method method, Problem on) {

  /**
   * Norms of layers of more coordinates take seconds: then block elimination comes first, and no
   * second method is run for information alone.
   */
  private static final int MAX_CHEAP_COORDINATES = 1500;

  /**
   * The number of neurons below which the search with a multiplier for each neuron takes less than
   * a second.
   */
  private static final int MAX_QUICK_NEURONS = 200;

  /** Whether methods take seconds on the problem. */
  static boolean isLong(Problem problem) {
    return Coordinates.of(problem) > MAX_CHEAP_COORDINATES;
  }

  /**
   * Every method on the calls' bounds, then again on the units of what is called: which proves more
   * is not known before. A bound of its own certificate may be better than the multipliers found
   * here, and units show what cancels.
   *
   * @throws IllegalArgumentException if the method of the options is not a search
   */
  static List<Step> all(Problem problem, Options options) {
    List<Method> order = order(problem, options);
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

  /**
   * The order of methods; for a proof alone, the method that proves more comes first. So it does in
   * a large network, where the norms of layers take longer, unless it has images: there all
   * frequencies take less. If there has to be an answer by a deadline, a report runs the cheapest
   * first.
   */
  private static List<Method> order(Problem problem, Options options) {
    if (options.method() != Method.AUTO) {
      kind(options.method());
      return List.of(options.method());
    }
    boolean isImage = !ImagePart.of(problem.units()).isEmpty();
    boolean proof = options.effort() == Options.Effort.PROOF;
    boolean hurried = !proof && options.deadline().left().isPresent();
    boolean first = isLong(problem) ? !isImage && !hurried : proof;
    return Arrays.stream(Method.values())
        .filter(method -> method.kind().filter(kind -> kind.pays(problem)).isPresent())
        .sorted(
            Comparator.<Method, Boolean>comparing(method -> !(first && kind(method).comesFirst()))
                .thenComparing(method -> method == Method.LIPSDP_LAYER && prefersNeurons(problem)))
        .toList();
  }

  /**
   * Whether the search by neurons comes first: if both inequalities over all neurons take seconds,
   * the one that proves more should not get the rest of the budget only.
   */
  private static boolean prefersNeurons(Problem problem) {
    return Coordinates.ofMatrix(problem) > MAX_QUICK_NEURONS;
  }

  private static BoundMethod.Kind kind(Method method) {
    return method
        .kind()
        .orElseThrow(() -> new IllegalArgumentException(method.word() + " is not a search"));
  }

  /** The kind of the method that searches. */
  BoundMethod.Kind kind() {
    return kind(method);
  }
}
