package io.lipc.certifier;

import io.lipc.certificate.Unit;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Grouped;
import io.lipc.certifier.linalg.Dense;
import java.util.Arrays;

/**
 * A program at one input, in doubles: its values, and products with its Jacobian. Where an
 * activation has a kink, one of its slopes is taken.
 */
final class Linearisation {

  private final Program program;
  private final double[][] values;

  Linearisation(Program program, double[] input) {
    this.program = program;
    this.values = new double[program.steps().size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = forward(program.steps().get(i), values, input, true);
    }
  }

  /** The output. */
  double[] output() {
    return values[values.length - 1];
  }

  /** {@code J v}. */
  double[] times(double[] direction) {
    double[][] tangents = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      tangents[i] = forward(program.steps().get(i), tangents, direction, false);
    }
    return tangents[values.length - 1];
  }

  /** {@code J' u}. */
  double[] transposedTimes(double[] covector) {
    double[][] adjoints = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      adjoints[i] = new double[values[i].length];
    }
    adjoints[values.length - 1] = covector.clone();
    for (int i = values.length - 1; i > 0; i--) {
      backward(program.steps().get(i), adjoints, adjoints[i]);
    }
    return adjoints[0];
  }

  private double[] forward(Program.Step step, double[][] before, double[] input, boolean affine) {
    double[] x = step.operands().isEmpty() ? input : before[step.operands().getFirst()];
    int size = step.unit().size();
    double[] y = new double[size];
    switch (step.unit()) {
      case Unit.Input _ -> System.arraycopy(input, 0, y, 0, size);
      case Unit.Dense _ -> {
        for (int i = 0; i < size; i++) {
          y[i] = Dense.dot(step.weight()[i], x) + (affine ? step.bias()[i] : 0);
        }
      }
      case Unit.Activation activation -> activate(activation, step, x, y, affine);
      case Unit.Sum _ -> step.operands().forEach(operand -> Dense.addScaled(y, before[operand], 1));
      case Unit.Concat _ -> {
        int offset = 0;
        for (int operand : step.operands()) {
          System.arraycopy(before[operand], 0, y, offset, before[operand].length);
          offset += before[operand].length;
        }
      }
      case Unit.Scale scale -> Dense.addScaled(y, x, scale.factor());
      case Unit.Affine unit -> {
        for (int i = 0; i < size; i++) {
          y[i] = unit.scale().get(i) * x[i] + (affine ? unit.shift().get(i) : 0);
        }
      }
      case Unit.Select select -> {
        for (int i = 0; i < size; i++) {
          y[i] = x[select.indices().get(i)];
        }
      }
      case Unit.Call _ -> throw new IllegalStateException("a program has no calls");
    }
    return y;
  }

  private void activate(
      Unit.Activation activation, Program.Step step, double[] x, double[] y, boolean value) {
    double[] at = value ? x : values[step.operands().getFirst()];
    if (Slopes.isGrouped(activation)) {
      Grouped function = Slopes.grouped(activation);
      double[] image = value ? function.value(x) : function.times(at, x);
      System.arraycopy(image, 0, y, 0, y.length);
      return;
    }
    Elementwise function = Slopes.function(activation);
    Arrays.setAll(y, i -> value ? function.value(x[i]) : function.slope(at[i]) * x[i]);
  }

  private void backward(Program.Step step, double[][] adjoints, double[] own) {
    double[] x = adjoints[step.operands().getFirst()];
    switch (step.unit()) {
      case Unit.Dense _ -> {
        for (int i = 0; i < own.length; i++) {
          Dense.addScaled(x, step.weight()[i], own[i]);
        }
      }
      case Unit.Activation activation -> {
        double[] at = values[step.operands().getFirst()];
        if (Slopes.isGrouped(activation)) {
          Dense.addScaled(x, Slopes.grouped(activation).transposedTimes(at, own), 1);
        } else {
          Elementwise function = Slopes.function(activation);
          Arrays.setAll(x, i -> x[i] + function.slope(at[i]) * own[i]);
        }
      }
      case Unit.Sum _ ->
          step.operands().forEach(operand -> Dense.addScaled(adjoints[operand], own, 1));
      case Unit.Concat _ -> {
        int offset = 0;
        for (int operand : step.operands()) {
          int end = offset + adjoints[operand].length;
          Dense.addScaled(adjoints[operand], Arrays.copyOfRange(own, offset, end), 1);
          offset = end;
        }
      }
      case Unit.Scale scale -> Dense.addScaled(x, own, scale.factor());
      case Unit.Affine unit -> {
        for (int i = 0; i < own.length; i++) {
          x[i] += unit.scale().get(i) * own[i];
        }
      }
      case Unit.Select select -> {
        for (int i = 0; i < own.length; i++) {
          x[select.indices().get(i)] += own[i];
        }
      }
      case Unit.Input _, Unit.Call _ ->
          throw new IllegalStateException("only the first step is an input");
    }
  }
}
