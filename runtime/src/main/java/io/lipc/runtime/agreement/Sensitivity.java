package io.lipc.runtime.agreement;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Sum;
import io.lipc.formats.ElementType;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * An estimate of how far rounding moves the outputs of a network on given inputs. {@link
 * io.lipc.certificate.enclosure.RoundingBound} is a bound and adds up magnitudes, so that for deep
 * networks it can exceed any output; this grows as errors do. It is for telling whether two
 * programs compute the same function, and depends on the certificate and the weights alone: no
 * program that is to be judged has a say.
 *
 * <p>The units are evaluated in doubles once more, and each of their values is moved up or down by
 * {@code max(sqrt(n), n / 32) u} of its magnitude, with u the unit roundoff of the format and n the
 * terms of the network's longest sum; by the least number besides; and by the error that is stated
 * for an activation, where that is more. The roundings of n terms mostly cancel, hence sqrt(n).
 * Where a sum grows from equal terms they may not, and amount to {@code n u / 2}: those who use
 * this allow 16 times as much. Because the operands of a sum are moved as well as its result, sums
 * that cancel are found.
 */
final class Sensitivity {

  private static final long SEED = 0x726f756e64L;

  /** Signs are drawn so often, in case that the movements of one draw cancel. */
  static final int DRAWS = 2;

  private final ElementType type;
  private final double relative;
  private final double least;
  private final SplittableRandom random;

  private Sensitivity(Subject subject, SplittableRandom random) {
    this.type = subject.certificate().type();
    double unitRoundoff = type == ElementType.F32 ? 0x1p-24 : 0x1p-53;
    Set<Subject> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    int terms = longestSum(subject, seen);
    this.relative = Math.max(Math.sqrt(terms), terms / 32.0) * unitRoundoff;
    this.least = type == ElementType.F32 ? Float.MIN_VALUE : Double.MIN_VALUE;
    this.random = random;
  }

  /** Networks may share callees: {@code seen} holds those that need no second look. */
  private static int longestSum(Subject subject, Set<Subject> seen) {
    int longest = 1;
    if (seen.add(subject)) {
      for (Unit unit : subject.certificate().units()) {
        longest = Math.max(longest, terms(unit));
      }
      for (Subject callee : subject.callees().values()) {
        longest = Math.max(longest, longestSum(callee, seen));
      }
    }
    return longest;
  }

  private static int terms(Unit unit) {
    return switch (unit) {
      case Unit.Linear(_, Matrix dense, _) -> dense.inputs();
      case Unit.Linear(_, Convolution convolution, _) -> convolution.taps();
      case Unit.Linear(_, AveragePool pool, _) -> pool.window().area();
      case Unit.Linear(_, Centering _, int size) -> size;
      case Unit.Linear(List<Integer> operands, Sum _, _) -> operands.size();
      default -> 1;
    };
  }

  /**
   * The largest movement of an output.
   *
   * @param expected the outputs in doubles, by input
   * @return NaN or infinity where an output is not a finite number
   */
  static double movement(Subject subject, List<double[]> inputs, List<double[]> expected) {
    double[] each = movements(subject, inputs, expected, DRAWS);
    return distance(each, new double[each.length]);
  }

  /**
   * How far each output moves, at most.
   *
   * @param expected the outputs in doubles, by input
   * @param draws how often signs are drawn, at least 1
   * @return NaN or infinity for an output that is not a finite number
   */
  static double[] movements(
      Subject subject, List<double[]> inputs, List<double[]> expected, int draws) {
    double[] largest = new double[expected.getFirst().length];
    for (int draw = 0; draw < draws; draw++) {
      Sensitivity moving = new Sensitivity(subject, new SplittableRandom(SEED + draw));
      List<double[]> moved = UnitEvaluator.of(subject, moving::moved).applyAll(inputs);
      for (int k = 0; k < moved.size(); k++) {
        include(largest, moved.get(k), expected.get(k));
      }
    }
    return largest;
  }

  /** Makes each of {@code largest} at least the difference of its two elements; NaN stays NaN. */
  static void include(double[] largest, double[] x, double[] y) {
    for (int i = 0; i < largest.length; i++) {
      largest[i] = Math.max(largest[i], Math.abs(x[i] - y[i]));
    }
  }

  /** The largest difference of two elements; NaN where one is NaN. */
  static double distance(double[] x, double[] y) {
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i] - y[i]));
    }
    return largest;
  }

  private double[] moved(Unit unit, List<double[]> operands, double[] values) {
    Optional<Elementwise> function =
        unit instanceof Unit.Activation activation
                && activation.function() instanceof ActivationFunction.OfElements elements
            ? Optional.of(Elementwise.of(elements))
            : Optional.empty();
    double[] moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      double error = relative * Math.abs(values[i]) + least;
      if (function.isPresent()) {
        error = Math.max(error, stated(function.get(), operands.getFirst()[i]));
      }
      moved[i] += random.nextBoolean() ? error : -error;
    }
    return moved;
  }

  private double stated(Elementwise function, double t) {
    Range argument = new Range(t, t);
    return type == ElementType.F32 ? function.floatError(argument) : function.error(argument);
  }
}
