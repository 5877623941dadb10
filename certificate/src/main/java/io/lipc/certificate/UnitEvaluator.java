package io.lipc.certificate;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Grouped;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
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

  private UnitEvaluator(List<Unit> units, Weights weights, Map<String, UnitEvaluator> callees) {
    this.units = List.copyOf(units);
    this.weights = weights;
    this.callees = Map.copyOf(callees);
    for (Unit unit : units) {
      switch (unit) {
        case Unit.Dense dense -> {
          tensor(dense.weight());
          dense.bias().ifPresent(this::tensor);
        }
        case Unit.Call call -> callee(call);
        default -> {}
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
    return new UnitEvaluator(units, weights, callees);
  }

  /** The function that a certificate is about; as {@link #of(List, Weights, Map)}. */
  public static UnitEvaluator of(Subject subject) {
    return of(subject, new IdentityHashMap<>());
  }

  /** Networks may share callees: {@code made} holds the evaluators of those met before. */
  private static UnitEvaluator of(Subject subject, Map<Subject, UnitEvaluator> made) {
    UnitEvaluator known = made.get(subject);
    if (known != null) {
      return known;
    }
    Map<String, UnitEvaluator> callees = new TreeMap<>();
    subject.callees().forEach((name, callee) -> callees.put(name, of(callee, made)));
    UnitEvaluator evaluator = of(subject.certificate().units(), subject.weights(), callees);
    made.put(subject, evaluator);
    return evaluator;
  }

  private Tensor tensor(String name) {
    return weights
        .tensor(name)
        .orElseThrow(() -> new IllegalArgumentException("no tensor `" + name + "`"));
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

  /** The outputs for several inputs, as {@link #apply} gives them, but with one look at weights. */
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
      values.add(values(unit, inputs, unit.operands().stream().map(values::get).toList()));
    }
    return values.getLast();
  }

  /** The values of a unit, by input; those of its operands too. */
  private List<double[]> values(Unit unit, List<double[]> inputs, List<List<double[]>> operands) {
    return switch (unit) {
      case Unit.Input _ -> each(inputs, double[]::clone);
      case Unit.Dense dense ->
          DenseLayer.apply(
              tensor(dense.weight()), dense.bias().map(this::tensor), operands.getFirst());
      case Unit.Call call -> callee(call).applyAll(operands.getFirst());
      case Unit.Activation activation -> each(operands.getFirst(), x -> activation(activation, x));
      case Unit.Sum _ -> together(operands, UnitEvaluator::sum);
      case Unit.Concat _ ->
          together(operands, x -> x.stream().flatMapToDouble(Arrays::stream).toArray());
      case Unit.Scale scale ->
          each(operands.getFirst(), x -> Arrays.stream(x).map(v -> scale.factor() * v).toArray());
      case Unit.Affine affine -> each(operands.getFirst(), x -> affine(affine, x));
      case Unit.Select select ->
          each(
              operands.getFirst(), x -> select.indices().stream().mapToDouble(i -> x[i]).toArray());
    };
  }

  private static List<double[]> each(List<double[]> operand, UnaryOperator<double[]> function) {
    return operand.stream().map(function).toList();
  }

  private static List<double[]> together(
      List<List<double[]>> operands, Function<List<double[]>, double[]> function) {
    return IntStream.range(0, operands.getFirst().size())
        .mapToObj(k -> function.apply(operands.stream().map(operand -> operand.get(k)).toList()))
        .toList();
  }

  private static double[] sum(List<double[]> terms) {
    double[] y = new double[terms.getFirst().length];
    terms.forEach(term -> Arrays.setAll(y, i -> y[i] + term[i]));
    return y;
  }

  private static double[] affine(Unit.Affine affine, double[] x) {
    double[] y = new double[affine.size()];
    Arrays.setAll(y, i -> affine.scale().get(i) * x[i] + affine.shift().get(i));
    return y;
  }

  private static double[] activation(Unit.Activation activation, double[] x) {
    return Elementwise.named(activation.name(), activation.parameters())
        .map(function -> Arrays.stream(x).map(function::value).toArray())
        .orElseGet(() -> Grouped.of(activation.name(), activation.parameters()).value(x));
  }
}
