package io.lipc.certifier.falsify;

import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.linear.Windows;
import io.lipc.certifier.problem.LinearOperator;
import io.lipc.linalg.Dense;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A program at one input, in doubles: its values, and products with its Jacobian. Where an
 * activation has a kink, one of its slopes is taken.
 */
public final class Linearisation {

  private final Program program;
  private final double[][] values;

  public Linearisation(Program program, double[] input) {
    this.program = program;
    this.values = new double[program.steps().size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = forward(program.steps().get(i), values, input, true);
    }
  }

  /** The output. */
  public double[] output() {
    return values[values.length - 1];
  }

  /** The values of a step. */
  double[] value(int step) {
    return values[step];
  }

  /** {@code J v}. */
  public double[] times(double[] direction) {
    return tangents(direction)[values.length - 1];
  }

  /** The products of {@code direction} with the Jacobians of all steps. */
  double[][] tangents(double[] direction) {
    double[][] tangents = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      tangents[i] = forward(program.steps().get(i), tangents, direction, false);
    }
    return tangents;
  }

  /** {@code J' u}. */
  double[] transposedTimes(double[] covector) {
    return adjoints(values.length - 1, covector)[0];
  }

  /**
   * The gradients of {@code covector' y}, y the values of {@code step}, with respect to the values
   * of each step.
   */
  double[][] adjoints(int step, double[] covector) {
    double[][] adjoints = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      adjoints[i] = new double[values[i].length];
    }
    adjoints[step] = covector.clone();
    for (int i = step; i > 0; i--) {
      backward(program.steps().get(i), adjoints, adjoints[i]);
    }
    return adjoints;
  }

  private double[] forward(Program.Step step, double[][] before, double[] input, boolean value) {
    program.deadline().check();
    List<Integer> operands = step.operands();
    return switch (step.unit()) {
      case Unit.Input _ -> input.clone();
      case Unit.Linear _ ->
          step.operator().orElseThrow().times(joined(operands, before), value, program.deadline());
      case Unit.Activation activation ->
          activate(activation, operands.getFirst(), before[operands.getFirst()], value);
      case Unit.MaxPool pool -> {
        int operand = operands.getFirst();
        double[] at = value ? before[operand] : values[operand];
        yield Arrays.stream(largest(pool, at)).mapToDouble(k -> before[operand][k]).toArray();
      }
      case Unit.Call _ -> throw new IllegalStateException("a program has no calls");
    };
  }

  private static double[] joined(List<Integer> operands, double[][] values) {
    return operands.size() == 1
        ? values[operands.getFirst()]
        : operands.stream().flatMapToDouble(i -> Arrays.stream(values[i])).toArray();
  }

  private double[] activate(Unit.Activation activation, int operand, double[] x, boolean value) {
    return switch (activation.function()) {
      case ActivationFunction.OfGroups groups -> {
        Grouped function = Grouped.of(groups).apart(x.length, activation.pixels());
        yield value ? function.value(x) : function.times(values[operand], x);
      }
      case ActivationFunction.OfElements elements -> {
        Elementwise f = Elementwise.of(elements);
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> value ? f.value(x[i]) : f.slope(values[operand][i]) * x[i]);
        yield y;
      }
    };
  }

  /** The place of the largest element of each window: the first of equal ones. */
  static int[] largest(Unit.MaxPool pool, double[] x) {
    Windows windows = pool.windows();
    return IntStream.range(0, pool.size())
        .map(
            i ->
                Arrays.stream(windows.places(i))
                    .reduce((best, k) -> x[k] > x[best] ? k : best)
                    .orElseThrow())
        .toArray();
  }

  private void backward(Program.Step step, double[][] adjoints, double[] own) {
    program.deadline().check();
    double[] x = adjoints[step.operands().getFirst()];
    switch (step.unit()) {
      case Unit.Linear _ -> backward(step.operator().orElseThrow(), step, adjoints, own);
      case Unit.Activation activation -> {
        double[] at = values[step.operands().getFirst()];
        switch (activation.function()) {
          case ActivationFunction.OfGroups groups -> {
            Grouped function = Grouped.of(groups).apart(at.length, activation.pixels());
            Dense.addScaled(x, function.transposedTimes(at, own), 1);
          }
          case ActivationFunction.OfElements elements -> {
            Elementwise function = Elementwise.of(elements);
            Arrays.setAll(x, i -> x[i] + function.slope(at[i]) * own[i]);
          }
        }
      }
      case Unit.MaxPool pool -> {
        int[] largest = largest(pool, values[step.operands().getFirst()]);
        IntStream.range(0, own.length).forEach(i -> x[largest[i]] += own[i]);
      }
      case Unit.Input _, Unit.Call _ ->
          throw new IllegalStateException("only the first step is an input");
    }
  }

  private void backward(
      LinearOperator operator, Program.Step step, double[][] adjoints, double[] own) {
    if (step.operands().size() == 1) {
      operator.addTransposed(own, adjoints[step.operands().getFirst()], program.deadline());
      return;
    }
    double[] all = new double[joined(step.operands(), adjoints).length];
    operator.addTransposed(own, all, program.deadline());
    int offset = 0;
    for (int operand : step.operands()) {
      int end = offset + adjoints[operand].length;
      Dense.addScaled(adjoints[operand], Arrays.copyOfRange(all, offset, end), 1);
      offset = end;
    }
  }
}
