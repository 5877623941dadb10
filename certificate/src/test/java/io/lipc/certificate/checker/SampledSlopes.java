package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import java.util.Map;
import java.util.Random;

/** Slopes that functions of vectors reach at random inputs. */
final class SampledSlopes {

  private static final double STEP = 0x1p-12;

  private SampledSlopes() {}

  /**
   * The largest ratio of a difference of an output to the difference of all inputs, in steps of one
   * size and any signs.
   *
   * @param side of the inputs, of both signs
   */
  static double ofElements(Subject subject, double side) {
    UnitEvaluator evaluator =
        UnitEvaluator.of(subject.certificate().units(), subject.weights(), Map.of());
    int size = subject.certificate().inputSize();
    Random random = new Random(size);
    double reached = 0;
    for (int trial = 0; trial < 20_000; trial++) {
      double[] x = random.doubles(size, -side, side).toArray();
      double[] other = x.clone();
      for (int i = 0; i < size; i++) {
        other[i] += random.nextBoolean() ? STEP : -STEP;
      }
      double[] y = evaluator.apply(x);
      double[] z = evaluator.apply(other);
      for (int i = 0; i < y.length; i++) {
        reached = Math.max(reached, Math.abs(y[i] - z[i]) / STEP);
      }
    }
    assertThat(reached).isGreaterThan(1);
    return reached;
  }
}
