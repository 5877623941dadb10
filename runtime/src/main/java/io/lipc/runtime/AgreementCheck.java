package io.lipc.runtime;

import io.lipc.certificate.RoundingBound;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.formats.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Whether generated code computes the function that its certificate is about. The certificate's own
 * list of units is evaluated in doubles, on seeded inputs from the declared box, or from [-1, 1]
 * where there is none, and compared with what the code gives.
 *
 * <p>Tolerance: {@code 1e-3 (1 + |y|)} in F32 and {@code 1e-9 (1 + |y|)} in F64, with |y| the
 * largest element of the output. Only networks that cancel much larger numbers than they give can
 * exceed it by rounding alone; for them twice the proved rounding bound on the same box is allowed,
 * once for the code and once for the evaluation in doubles. A wrong layer, order or tensor is off
 * by about |y|.
 */
final class AgreementCheck {

  private static final int SAMPLES = 3;
  private static final long SEED = 0x6c697063;

  private AgreementCheck() {}

  /** What differs first, as a clause; empty where nothing does. */
  static Optional<String> firstDifference(LipschitzNetwork network) {
    Subject subject = network.subject();
    Unit.Box box = ((Unit.Input) subject.certificate().units().getFirst()).boxOrUnit();
    SplittableRandom random = new SplittableRandom(SEED);
    List<double[]> inputs = new ArrayList<>();
    for (int sample = 0; sample < SAMPLES; sample++) {
      inputs.add(sample(box, subject.certificate().type(), random));
    }
    // Together, because reading the weights takes longer than computing with them.
    List<double[]> expected = UnitEvaluator.of(subject).applyAll(inputs);
    for (int sample = 0; sample < SAMPLES; sample++) {
      Optional<String> difference =
          difference(subject, box, expected.get(sample), evaluate(network, inputs.get(sample)));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> difference(
      Subject subject, Unit.Box box, double[] expected, double[] found) {
    if (expected.length != found.length) {
      return Optional.of(found.length + " outputs, expected " + expected.length);
    }
    double largest = 0;
    for (double y : expected) {
      largest = Math.max(largest, Math.abs(y));
    }
    double tolerance =
        (subject.certificate().type() == ElementType.F32 ? 1e-3 : 1e-9) * (1 + largest);
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs(expected[i] - found[i]);
      // Written so that NaN counts as a difference.
      if (!(error <= tolerance) && !(error <= 2 * RoundingBound.maxError(subject, box).orElse(0))) {
        return Optional.of("output " + i + " is " + found[i] + ", expected " + expected[i]);
      }
    }
    return Optional.empty();
  }

  private static double[] evaluate(LipschitzNetwork network, double[] x) {
    return switch (network) {
      case DoubleNetwork doubles -> {
        double[] y = new double[doubles.outputSize()];
        doubles.apply(doubles.newWorkspace(), x, y);
        yield y;
      }
      case FloatNetwork floats -> {
        float[] input = new float[x.length];
        for (int i = 0; i < x.length; i++) {
          input[i] = (float) x[i];
        }
        float[] output = new float[floats.outputSize()];
        floats.apply(floats.newWorkspace(), input, output);
        double[] y = new double[output.length];
        for (int i = 0; i < y.length; i++) {
          y[i] = output[i];
        }
        yield y;
      }
    };
  }

  /** A point of the box that is exact in the network's format, up to one rounding at its sides. */
  private static double[] sample(Unit.Box box, ElementType type, SplittableRandom random) {
    double[] x = new double[box.lower().size()];
    for (int i = 0; i < x.length; i++) {
      double t = random.nextDouble();
      x[i] = type.round((1 - t) * box.lower().get(i) + t * box.upper().get(i));
    }
    return x;
  }
}
