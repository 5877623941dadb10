package io.lipc.certifier.falsify;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.Arithmetic;
import io.lipc.certificate.enclosure.Evaluation;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certifier.problem.LinearOperator;
import io.lipc.certifier.problem.Slopes;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.model.activation.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as it is evaluated: calls are replaced by the units of the networks that they call.
 *
 * @param steps in topological order; the first is the input, the last the output
 * @param deadline when every evaluation has to end
 */
public record Program(List<Step> steps, Deadline deadline) {

  private static final long MAX_STEPS = 100_000;

  /** The most pairs of elements of groups: those of a softmax of 1024. */
  private static final long MAX_PAIRS = 1 << 20;

  /** A step of that many elements takes the time and memory of two small ones. */
  private static final int SMALL = 32;

  /**
   * One unit.
   *
   * @param unit what it does; its own operands are those of the list that it came from
   * @param operands the steps that it reads, which a search looks up at every step of every pass
   * @param weights of the network that it came from
   * @param pass what it computes, in doubles
   */
  record Step(Unit unit, int[] operands, Weights weights, Pass pass) {}

  /**
   * Whether calls of calls stay within what can be evaluated: at each level they may double, in
   * number and in the elements that they hold.
   */
  public static boolean isShort(List<Unit> units, Map<String, Subject> callees) {
    return steps(units, callees, new IdentityHashMap<>()) <= MAX_STEPS;
  }

  private static long steps(
      List<Unit> units, Map<String, Subject> callees, Map<Subject, Long> known) {
    long steps = 0;
    for (Unit unit : units) {
      Subject callee = unit instanceof Unit.Call call ? callees.get(call.network()) : null;
      steps =
          Math.min(MAX_STEPS + 1, steps + (callee == null ? steps(unit) : steps(callee, known)));
    }
    return steps;
  }

  private static long steps(Unit unit) {
    return 1L + unit.size() / SMALL;
  }

  private static long steps(Subject callee, Map<Subject, Long> known) {
    Long before = known.get(callee);
    if (before != null) {
      return before;
    }
    long steps = steps(callee.certificate().units(), callee.callees(), known);
    known.put(callee, steps);
    return steps;
  }

  /** The program of units in topological order, with those of all networks that they call. */
  public static Program of(
      List<Unit> units, Weights weights, Map<String, Subject> callees, Deadline deadline) {
    List<Step> steps = new ArrayList<>();
    Unit input = units.stream().filter(Unit.Input.class::isInstance).findFirst().orElseThrow();
    steps.add(new Step(input, new int[0], weights, new Pass.Input()));
    append(steps, units, weights, callees, 0);
    return new Program(List.copyOf(steps), deadline);
  }

  /** Appends {@code units}, applied to step {@code input}; the result is the step of the output. */
  private static int append(
      List<Step> steps,
      List<Unit> units,
      Weights weights,
      Map<String, Subject> callees,
      int input) {
    int[] stepOf = new int[units.size()];
    for (int i = 0; i < stepOf.length; i++) {
      Unit unit = units.get(i);
      stepOf[i] =
          switch (unit) {
            case Unit.Input _ -> input;
            case Unit.Call call -> {
              Subject callee = callees.get(call.network());
              if (callee == null) {
                throw new IllegalArgumentException("no certificate of `" + call.network() + "`");
              }
              yield append(
                  steps,
                  callee.certificate().units(),
                  callee.weights(),
                  callee.callees(),
                  stepOf[call.operand()]);
            }
            default -> {
              int[] operands =
                  unit.operands().stream().mapToInt(operand -> stepOf[operand]).toArray();
              steps.add(step(steps, unit, operands, weights));
              yield steps.size() - 1;
            }
          };
    }
    int output = stepOf[stepOf.length - 1];
    if (output != steps.size() - 1) {
      // The output is an earlier step, for instance the input itself: it has to be the last one.
      Unit copy = new Unit.Linear(List.of(0), new Identity(), units.getLast().size());
      steps.add(step(steps, copy, new int[] {output}, weights));
      output = steps.size() - 1;
    }
    return output;
  }

  private static Step step(List<Step> before, Unit unit, int[] operands, Weights weights) {
    List<Integer> sizes =
        Arrays.stream(operands).mapToObj(i -> before.get(i).unit().size()).toList();
    Pass pass =
        switch (unit) {
          case Unit.Linear(_, LinearMap map, _) ->
              new Pass.Linear(LinearOperator.of(map, sizes, weights));
          case Unit.Activation activation -> Pass.of(activation, sizes.getFirst());
          case Unit.MaxPool pool -> Pass.Pool.of(pool);
          case Unit.Input _, Unit.Call _ ->
              throw new IllegalStateException(
                  "only the first step is an input, and none is a call");
        };
    return new Step(unit, operands, weights, pass);
  }

  /** The output for {@code input}, in any arithmetic. */
  <T> List<T> output(Arithmetic<T> arithmetic, List<T> input) {
    Evaluation<T> evaluation = new Evaluation<>(new Watched<>(arithmetic, deadline));
    List<List<T>> values = new ArrayList<>();
    for (Step step : steps) {
      List<List<T>> read = Arrays.stream(step.operands()).mapToObj(values::get).toList();
      values.add(
          switch (step.unit()) {
            case Unit.Input _ -> input;
            case Unit.Linear linear -> evaluation.linear(linear, read, step.weights());
            case Unit.Activation activation -> evaluation.activation(activation, read.getFirst());
            case Unit.MaxPool pool -> evaluation.maxPool(pool, read.getFirst());
            case Unit.Call _ -> throw new IllegalStateException("a program has no calls");
          });
    }
    return values.getLast();
  }

  /** The number of elements of the input. */
  public int inputSize() {
    return steps.getFirst().unit().size();
  }

  int outputSize() {
    return steps.getLast().unit().size();
  }

  Optional<Unit.Box> box() {
    return ((Unit.Input) steps.getFirst().unit()).box();
  }

  /** The number of products of weights with activations. */
  long products() {
    return steps.stream()
        .mapToLong(
            step ->
                step.pass() instanceof Pass.Linear(LinearOperator operator)
                    ? operator.products()
                    : step.unit().size())
        .sum();
  }

  /**
   * Whether rigorous evaluation ends soon: enclosures of a group take some operations for each two
   * of its elements.
   */
  public boolean isEnclosable() {
    return steps.stream().map(Step::unit).mapToLong(Program::pairs).sum() <= MAX_PAIRS;
  }

  private static long pairs(Unit unit) {
    return unit instanceof Unit.Activation activation
            && Slopes.activation(activation) instanceof Activation.Grouped grouped
        ? (long) unit.size() * grouped.group(unit.size())
        : 0;
  }

  /** Whether dyadic numbers stay dyadic. */
  boolean isPiecewiseLinear() {
    return steps.stream()
        .map(Step::unit)
        .filter(Unit.Activation.class::isInstance)
        .map(Unit.Activation.class::cast)
        .allMatch(Slopes::isPiecewiseLinear);
  }

  /** Whether it has a gradient wherever it is evaluated: no activation and no pool has kinks. */
  boolean isSmooth() {
    return steps.stream()
        .map(Step::unit)
        .noneMatch(
            unit ->
                unit instanceof Unit.MaxPool
                    || (unit instanceof Unit.Activation activation
                        && Slopes.isPiecewiseLinear(activation)));
  }
}
