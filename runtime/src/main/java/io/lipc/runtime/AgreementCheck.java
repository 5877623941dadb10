package io.lipc.runtime;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Whether generated code computes the function that its certificate is about. The certificate's own
 * list of units is evaluated in doubles, on seeded inputs from the declared box, or from [-1, 1]
 * where there is none, and compared with what the code gives.
 *
 * <p>Tolerance: {@code 1e-3 |y|} in F32 and {@code 1e-9 |y|} in F64, with |y| the largest element
 * of the output. Only networks that cancel much larger numbers than they give can exceed it by
 * rounding alone. For them twice the proved rounding bound on the same box is allowed, once for the
 * code and once for the evaluation in doubles, or 16 times what {@link Sensitivity} finds, where
 * that is less: the bound of a deep network may be far larger than |y|, and code that gives zeros
 * within it. A wrong layer, order or tensor is off by about |y|.
 *
 * <p>Where an overflow is not excluded on the box there is no such bound, and right code may give
 * anything: infinities, NaN, or the saturated value of the wrong sign. Then the sample is brought
 * nearer to 0 until an overflow is excluded for it, and compared by its own rounding bound. Where
 * constants alone may overflow nothing can be compared, and nothing is said.
 */
final class AgreementCheck {

  private static final int SAMPLES = 3;
  private static final int MARGIN = 16;
  private static final long SEED = 0x6c697063;

  /** After as many steps towards 0 a number of the format's size has become one of about 1. */
  private static final int STEPS = 4;

  private final LipschitzNetwork network;
  private final Subject subject;
  private final ElementType type;
  private final UnitEvaluator units;

  private AgreementCheck(LipschitzNetwork network) {
    this.network = network;
    this.subject = network.subject();
    this.type = subject.certificate().type();
    this.units = UnitEvaluator.of(subject);
  }

  /** What differs first, as a clause; empty where nothing does. */
  static Optional<String> firstDifference(LipschitzNetwork network) {
    return new AgreementCheck(network).firstDifference();
  }

  private Optional<String> firstDifference() {
    Unit.Box box = ((Unit.Input) subject.certificate().units().getFirst()).boxOrUnit();
    SplittableRandom random = new SplittableRandom(SEED);
    List<double[]> inputs = new ArrayList<>();
    for (int sample = 0; sample < SAMPLES; sample++) {
      inputs.add(sample(box, type, random));
    }
    // Together, because reading the weights takes longer than computing with them.
    List<double[]> expected = units.applyAll(inputs);
    for (int sample = 0; sample < SAMPLES; sample++) {
      double[] x = inputs.get(sample);
      double[] y = expected.get(sample);
      double[] found = evaluate(x);
      // What is off by more than the tolerance may still be off by less than rounding.
      if (difference(y, found, tolerance(y)).isPresent()) {
        OptionalDouble bound = RoundingBound.maxError(subject, box);
        Optional<String> difference =
            bound.isPresent()
                ? difference(y, found, rounding(bound, inputs, expected))
                : differenceNearer(x);
        if (difference.isPresent()) {
          return difference;
        }
      }
    }
    return Optional.empty();
  }

  /** What differs at the first of {@code x}, c x, c^2 x, ..., 0 that excludes an overflow. */
  private Optional<String> differenceNearer(double[] x) {
    int step = (type == ElementType.F32 ? Float.MAX_EXPONENT : Double.MAX_EXPONENT) / STEPS + 1;
    for (int k = 0; k <= STEPS + 1; k++) {
      // At last 0 itself, where constants alone are left.
      double part = k <= STEPS ? Math.scalb(1.0, -k * step) : 0;
      double[] nearer = Arrays.stream(x).map(v -> type.round(part * v)).toArray();
      List<Double> point = Arrays.stream(nearer).boxed().toList();
      OptionalDouble bound = RoundingBound.maxError(subject, new Unit.Box(point, point));
      if (bound.isPresent()) {
        double[] y = units.apply(nearer);
        double rounding = rounding(bound, List.of(nearer), List.of(y));
        return difference(y, evaluate(nearer), Math.max(tolerance(y), rounding));
      }
    }
    return Optional.empty();
  }

  private double tolerance(double[] y) {
    double largest = Sensitivity.distance(y, new double[y.length]);
    // Otherwise it would be infinite, and nothing off by more.
    return Double.isFinite(largest) ? (type == ElementType.F32 ? 1e-3 : 1e-9) * largest : 0;
  }

  private double rounding(OptionalDouble bound, List<double[]> inputs, List<double[]> expected) {
    double proved = 2 * bound.orElseThrow();
    double likely = MARGIN * Sensitivity.movement(subject, inputs, expected);
    // Written so that NaN, of an overflow in doubles, leaves the bound.
    return likely <= proved ? likely : proved;
  }

  private static Optional<String> difference(double[] expected, double[] found, double tolerance) {
    if (expected.length != found.length) {
      return Optional.of(found.length + " outputs, expected " + expected.length);
    }
    for (int i = 0; i < expected.length; i++) {
      // Written so that NaN counts as a difference.
      if (!(Math.abs(expected[i] - found[i]) <= tolerance)) {
        return Optional.of("output " + i + " is " + found[i] + ", expected " + expected[i]);
      }
    }
    return Optional.empty();
  }

  private double[] evaluate(double[] x) {
    return InDoubles.apply(network, network.newWorkspace(), x);
  }

  /** A point of the box that is exact in the network's format, up to one rounding at its sides. */
  private static double[] sample(Unit.Box box, ElementType type, SplittableRandom random) {
    double largest = type == ElementType.F32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    double[] x = new double[box.lower().size()];
    for (int i = 0; i < x.length; i++) {
      double t = random.nextDouble();
      double inside = (1 - t) * box.lower().get(i) + t * box.upper().get(i);
      // The ends are doubles, whatever the format.
      x[i] = type.round(Math.max(-largest, Math.min(inside, largest)));
    }
    return x;
  }
}
