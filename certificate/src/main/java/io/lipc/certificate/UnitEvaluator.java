package io.lipc.certificate;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.linear.Windows;
import io.lipc.formats.Quoted;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Evaluates a flat list of units in double arithmetic: the reference that generated code is
 * compared with. Immutable, so safe to share among threads.
 */
public final class UnitEvaluator {

  private final List<Unit> units;
  private final Weights weights;
  private final Map<String, UnitEvaluator> callees;
  private final Disturbance disturbance;

  private UnitEvaluator(
      List<Unit> units,
      Weights weights,
      Map<String, UnitEvaluator> callees,
      Disturbance disturbance) {
    this.units = List.copyOf(units);
    this.weights = weights;
    this.callees = Map.copyOf(callees);
    this.disturbance = disturbance;
    for (Unit unit : units) {
      switch (unit) {
        case Unit.Linear linear -> linear.tensors().forEach(this::tensor);
        case Unit.Call call -> callee(call);
        case Unit.Input _, Unit.Activation _, Unit.MaxPool _ -> {}
      }
    }
  }

  /**
   * The function of units that are as the checker wants them: operands before their readers, sizes
   * that fit.
   *
   * @param weights at least the tensors that the units name
   * @param callees at least the networks that they call, by qualified name
   * @throws IllegalArgumentException if a tensor or a network is missing
   */
  public static UnitEvaluator of(
      List<Unit> units, Weights weights, Map<String, UnitEvaluator> callees) {
    return new UnitEvaluator(units, weights, callees, Disturbance.NONE);
  }

  /**
   * The evaluator of the network that a certificate is about.
   *
   * @throws IllegalArgumentException if a tensor or a called network is missing
   */
  public static UnitEvaluator of(Subject subject) {
    return of(subject, Disturbance.NONE);
  }

  /**
   * The evaluator of the network that a certificate is about, with every unit's values changed by
   * {@code disturbance}; the units of callees too.
   */
  public static UnitEvaluator of(Subject subject, Disturbance disturbance) {
    return of(subject, disturbance, new IdentityHashMap<>());
  }

  /**
   * A change of each unit's values before other units read them: a model of rounding, for example.
   */
  @FunctionalInterface
  public interface Disturbance {

    /** Leaves each unit's values exactly as they were computed. */
    Disturbance NONE = (unit, operands, values) -> values;

    /**
     * The changed values of one unit. Neither array may be written to; {@code operands} is empty
     * for the input.
     */
    double[] apply(Unit unit, List<double[]> operands, double[] values);
  }

  /** Networks may share callees: {@code made} holds the evaluators of those met before. */
  private static UnitEvaluator of(
      Subject subject, Disturbance disturbance, Map<Subject, UnitEvaluator> made) {
    UnitEvaluator known = made.get(subject);
    if (known != null) {
      return known;
    }
    Map<String, UnitEvaluator> callees = new TreeMap<>();
    subject.callees().forEach((name, callee) -> callees.put(name, of(callee, disturbance, made)));
    UnitEvaluator evaluator =
        new UnitEvaluator(subject.certificate().units(), subject.weights(), callees, disturbance);
    made.put(subject, evaluator);
    return evaluator;
  }

  private Tensor tensor(String name) {
    return weights
        .tensor(name)
        .orElseThrow(() -> new IllegalArgumentException("no tensor " + Quoted.code(name)));
  }

  private UnitEvaluator callee(Unit.Call call) {
    return Optional.ofNullable(callees.get(call.network()))
        .orElseThrow(() -> new IllegalArgumentException("no network " + call.network()));
  }

  /**
   * The output for one input.
   *
   * @throws IllegalArgumentException if the input has another size than the network's
   */
  public double[] apply(double[] input) {
    return applyAll(List.of(input)).getFirst();
  }

  /**
   * The outputs for several inputs, the same as by {@link #apply} but faster, as weights are read
   * once for all.
   */
  public List<double[]> applyAll(List<double[]> inputs) {
    for (double[] input : inputs) {
      if (input.length != units.getFirst().size()) {
        throw new IllegalArgumentException(
            "an input of " + input.length + " elements, not " + units.getFirst().size());
      }
    }
    // By unit, then by input.
    List<List<double[]>> values = new ArrayList<>();
    for (Unit unit : units) {
      List<List<double[]>> operands = unit.operands().stream().map(values::get).toList();
      values.add(disturbed(unit, operands, values(unit, inputs, operands)));
    }
    return values.getLast();
  }

  private List<double[]> disturbed(
      Unit unit, List<List<double[]>> operands, List<double[]> values) {
    return IntStream.range(0, values.size())
        .mapToObj(
            k ->
                disturbance.apply(
                    unit, operands.stream().map(x -> x.get(k)).toList(), values.get(k)))
        .toList();
  }

  /** The values of a unit, by input; those of its operands too. */
  private List<double[]> values(Unit unit, List<double[]> inputs, List<List<double[]>> operands) {
    return switch (unit) {
      case Unit.Input _ -> each(inputs, double[]::clone);
      case Unit.Linear linear -> LinearUnit.apply(linear, weights, operands);
      case Unit.MaxPool pool -> each(operands.getFirst(), x -> largest(pool, x));
      case Unit.Call call -> callee(call).applyAll(operands.getFirst());
      case Unit.Activation activation -> each(operands.getFirst(), x -> activation(activation, x));
    };
  }

  private static List<double[]> each(List<double[]> operand, UnaryOperator<double[]> function) {
    return operand.stream().map(function).toList();
  }

  /** NaN goes to every window that it lies in. */
  private static double[] largest(Unit.MaxPool pool, double[] x) {
    Windows windows = pool.windows();
    double[] y = new double[pool.size()];
    Arrays.setAll(
        y,
        i ->
            Arrays.stream(windows.places(i))
                .mapToDouble(k -> x[k])
                .reduce(Double.NEGATIVE_INFINITY, Math::max));
    return y;
  }

  private static double[] activation(Unit.Activation activation, double[] x) {
    return switch (activation.function()) {
      case ActivationFunction.OfElements function ->
          Arrays.stream(x).map(Elementwise.of(function)::value).toArray();
      case ActivationFunction.OfGroups function ->
          Grouped.of(function).apart(x.length, activation.pixels()).value(x);
    };
  }
}
