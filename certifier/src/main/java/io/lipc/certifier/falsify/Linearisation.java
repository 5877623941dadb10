package io.lipc.certifier.falsify;

import org.jspecify.annotations.Nullable;

/**
 * A program at one input, in doubles: its values, and products with its Jacobian. Where an
 * activation has a kink, one of its slopes is taken.
 */
public final class Linearisation {

  private final Program program;
  private final double[][] values;

  /** The derivative of each step, once a product has asked for it. */
  private final Pass.@Nullable Derivative[] derivatives;

  public Linearisation(Program program, double[] input) {
    this.program = program;
    this.values = new double[program.steps().size()][];
    this.derivatives = new Pass.Derivative[values.length];
    for (int i = 0; i < values.length; i++) {
      program.deadline().check();
      Program.Step step = program.steps().get(i);
      values[i] = step.pass().value(read(step, values, input), program.deadline());
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
      program.deadline().check();
      double[] read = read(program.steps().get(i), tangents, direction);
      tangents[i] = derivative(i).times(read, program.deadline());
    }
    return tangents;
  }

  /** {@code J' u}. */
  public double[] transposedTimes(double[] covector) {
    return adjoints(values.length - 1, covector)[0];
  }

  /**
   * The gradients of {@code covector' y}, y the values of {@code step}, with respect to the values
   * of each step up to that one.
   */
  double[][] adjoints(int step, double[] covector) {
    double[][] adjoints = new double[step + 1][];
    for (int i = 0; i < step; i++) {
      adjoints[i] = new double[values[i].length];
    }
    adjoints[step] = covector.clone();
    for (int i = step; i > 0; i--) {
      program.deadline().check();
      addTransposed(i, adjoints);
    }
    return adjoints;
  }

  private Pass.Derivative derivative(int i) {
    Pass.Derivative known = derivatives[i];
    if (known == null) {
      Program.Step step = program.steps().get(i);
      known = step.pass().at(read(step, values, values[0]));
      derivatives[i] = known;
    }
    return known;
  }

  /** The operands of a step as one vector; the first step reads the input. */
  private static double[] read(Program.Step step, double[][] before, double[] input) {
    int[] operands = step.operands();
    return switch (operands.length) {
      case 0 -> input;
      case 1 -> before[operands[0]];
      default -> joined(operands, before);
    };
  }

  private static double[] joined(int[] operands, double[][] vectors) {
    double[] all = new double[length(operands, vectors)];
    int offset = 0;
    for (int operand : operands) {
      double[] vector = vectors[operand];
      System.arraycopy(vector, 0, all, offset, vector.length);
      offset += vector.length;
    }
    return all;
  }

  private static int length(int[] operands, double[][] vectors) {
    int length = 0;
    for (int operand : operands) {
      length += vectors[operand].length;
    }
    return length;
  }

  private void addTransposed(int i, double[][] adjoints) {
    int[] operands = program.steps().get(i).operands();
    if (operands.length == 1) {
      derivative(i).addTransposed(adjoints[i], adjoints[operands[0]], program.deadline());
      return;
    }
    double[] all = new double[length(operands, adjoints)];
    derivative(i).addTransposed(adjoints[i], all, program.deadline());
    int offset = 0;
    for (int operand : operands) {
      double[] part = adjoints[operand];
      for (int j = 0; j < part.length; j++) {
        part[j] += all[offset + j];
      }
      offset += part.length;
    }
  }
}
