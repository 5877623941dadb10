package io.lipc.certifier;

import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.formats.Norm;
import io.lipc.model.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The 101,025 pairs of 450 random points of a box: 45 centres, some of whose elements are at an end
 * of their interval, and nine points around each, from half the box away to a thousandth.
 */
final class RandomPairs {

  private static final int CENTRES = 45;
  private static final int AROUND = 9;

  /** Of the evaluation in doubles, beside the size of outputs. */
  private static final double ROUNDING = 1e-11;

  private final List<double[]> inputs = new ArrayList<>();
  private final List<double[]> outputs = new ArrayList<>();

  RandomPairs(Subject network, List<Interval> sides, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CENTRES; i++) {
      double[] centre = sides.stream().mapToDouble(side -> anywhere(side, random)).toArray();
      inputs.add(centre);
      double near = Math.scalb(1.0, -1 - i % 10);
      for (int k = 0; k < AROUND; k++) {
        double[] point = new double[centre.length];
        for (int d = 0; d < point.length; d++) {
          Interval side = sides.get(d);
          double step = near * (side.upper() - side.lower()) * (2 * random.nextDouble() - 1);
          point[d] = Math.clamp(centre[d] + step, side.lower(), side.upper());
        }
        inputs.add(point);
      }
    }
    UnitEvaluator evaluator = UnitEvaluator.of(network);
    inputs.forEach(input -> outputs.add(evaluator.apply(input)));
  }

  private static double anywhere(Interval side, Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> side.lower();
      case 1 -> side.upper();
      default ->
          Math.clamp(
              side.lower() + random.nextDouble() * (side.upper() - side.lower()),
              side.lower(),
              side.upper());
    };
  }

  /** The largest ratio of two distances, less what rounding may have added to it. */
  double steepest(Norm from, Norm to) {
    double steepest = 0;
    for (int i = 0; i < inputs.size(); i++) {
      for (int k = 0; k < i; k++) {
        double moved = distance(inputs.get(i), inputs.get(k), from);
        double lost = ROUNDING * (1 + size(outputs.get(i)) + size(outputs.get(k)));
        double ratio = (distance(outputs.get(i), outputs.get(k), to) - lost) / moved;
        steepest = moved > 0 ? Math.max(steepest, ratio) : steepest;
      }
    }
    return steepest;
  }

  private static double size(double[] vector) {
    return distance(vector, new double[vector.length], Norm.L2);
  }

  static double distance(double[] x, double[] other, Norm norm) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double move = Math.abs(x[i] - other[i]);
      sum = norm == Norm.LINF ? Math.max(sum, move) : sum + move * move;
    }
    return norm == Norm.LINF ? sum : Math.sqrt(sum);
  }
}
