package io.lipc.certifier.falsify;

import io.lipc.certificate.Norms;
import io.lipc.formats.Norm;
import io.lipc.linalg.Dense;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** Steps from one input to another one, where a function may be steeper. */
final class Moves {

  /** Lengths of steps, as powers of two of the size of an input. */
  private static final int SHORTEST = -6;

  private static final int LONGEST = 1;

  private final Program program;
  private final Norms norms;
  private final InputRegion region;
  private final Random random;

  Moves(Program program, Norms norms, Random random) {
    this.program = program;
    this.norms = norms;
    this.region = InputRegion.of(program);
    this.random = random;
  }

  /** A step in a random direction. */
  double[] randomStep(Slope from, double radius) {
    double[] step = new double[region.size()];
    double size = region.isBox() ? 1 : region.scale(from.at);
    for (int i = 0; i < step.length; i++) {
      step[i] = random.nextGaussian() * size * region.width(i) / 2;
    }
    return region.moved(from.at, step, radius);
  }

  /**
   * A step along the steepest direction, in which more of a rectifier's elements that contribute to
   * it are switched on.
   */
  double[] alongDirection(Slope from) {
    double sign = random.nextBoolean() ? 1 : -1;
    return region.moved(from.at, from.direction, sign * length() * size(norms.input(), from.at));
  }

  /**
   * A step along the gradient of {@code u' J(x) v}, whose differences are taken over a length at
   * which activations with kinks have a gradient as well.
   *
   * @param width that length, relative to the size of an input, as {@code length} is
   * @param length of the step, asked for where there is a gradient
   */
  double[] alongGradient(Slope from, double width, DoubleSupplier length) {
    double half = width * size(norms.input(), from.at);
    double[] gradient = pulledBack(from, half);
    Dense.addScaled(gradient, pulledBack(from, -half), -1);
    double norm = Dense.norm(gradient);
    return norm > 0 && Double.isFinite(norm)
        ? region.moved(from.at, gradient, length.getAsDouble() * size(Norm.L2, from.at) / norm)
        : randomStep(from, 0.5);
  }

  /** The network at an input. */
  Linearisation at(double[] input) {
    return new Linearisation(program, input);
  }

  /**
   * The kinks around a place beyond which the function may be steeper.
   *
   * @param at the network at that place
   */
  Kinks kinks(Linearisation at, Slope slope) {
    return Kinks.around(program, at, slope);
  }

  /**
   * A step across a kink beyond which the function is steeper if no other kink is crossed; the
   * larger the gain, the more often it is taken.
   *
   * @param around the kinks around {@code from}
   */
  double[] across(Kinks around, Slope from) {
    if (around.gainful().isEmpty()) {
      return randomStep(from, length());
    }
    Kink kink = drawn(around.gainful());
    double[] gradient = kink.gradient(around.at());
    double norm = Dense.norm(gradient);
    if (!(norm > 0 && Double.isFinite(norm))) {
      return randomStep(from, length());
    }
    double beyond = Math.scalb(size(Norm.L2, from.at), random.nextInt(2 * SHORTEST, SHORTEST / 2));
    double distance = Math.abs(kink.value()) / norm * random.nextDouble(1, 1.5) + beyond;
    return region.moved(from.at, gradient, (kink.value() > 0 ? -distance : distance) / norm);
  }

  private Kink drawn(List<Kink> kinks) {
    double left = kinks.stream().mapToDouble(Kink::gain).sum() * random.nextDouble();
    for (Kink kink : kinks) {
      left -= kink.gain();
      if (left < 0) {
        return kink;
      }
    }
    return kinks.getLast();
  }

  private double[] pulledBack(Slope from, double distance) {
    double[] at = region.moved(from.at, from.direction, distance);
    return at(at).transposedTimes(from.covector);
  }

  /** A random length of a step, relative to the size of an input. */
  double length() {
    return Math.scalb(1.0, random.nextInt(SHORTEST, LONGEST + 1));
  }

  /** The size of an input, for a step along a vector of norm 1. */
  private double size(Norm norm, double[] at) {
    return switch (norm) {
      case L2 -> Math.sqrt(at.length) * region.scale(at);
      case LINF -> region.scale(at);
    };
  }

  /** A direction of norm 1. */
  double[] randomDirection() {
    double[] v = new double[region.size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = random.nextGaussian();
    }
    return Steepness.along(norms.input(), v);
  }

  /**
   * The same place, with a power iteration that goes on as long as it gains something.
   *
   * @param round steps after which that is looked at
   * @param steps the most steps
   */
  Slope refined(Slope slope, int round, int steps) {
    Slope best = slope;
    double before = 0;
    for (int i = 0; i < steps && best.norm > before * (1 + 1e-14); i += round) {
      before = best.norm;
      best = Slope.steeper(best, slope(best.at, best.direction, round));
    }
    return Slope.steeper(slope(best.at, withoutTraces(best.direction), 2), best);
  }

  /** A direction of few elements, which a power iteration approaches and does not reach. */
  private static double[] withoutTraces(double[] direction) {
    double most = Arrays.stream(direction).map(Math::abs).max().orElse(0);
    return Arrays.stream(direction).map(v -> Math.abs(v) < 1e-6 * most ? 0 : v).toArray();
  }

  /**
   * Power iteration on {@code J'J}, from {@code start}; in other norms its generalisation (Boyd,
   * The power method for lp norms, 1974).
   */
  Slope slope(double[] at, double[] start, int steps) {
    return slope(at(at), at, start, steps);
  }

  /**
   * The same.
   *
   * @param function the network at {@code at}
   */
  Slope slope(Linearisation function, double[] at, double[] start, int steps) {
    double[] direction = start;
    double[] covector = new double[program.outputSize()];
    double norm = 0;
    for (int i = 0; i < steps; i++) {
      double[] image = function.times(direction);
      norm = Steepness.norm(norms.output(), image);
      if (!(norm > 0 && Double.isFinite(norm))) {
        break;
      }
      covector = Steepness.reaching(norms.output(), image);
      double[] back = function.transposedTimes(covector);
      double length = Dense.norm(back);
      if (!(length > 0 && Double.isFinite(length))) {
        break;
      }
      direction = Steepness.along(norms.input(), back);
    }
    return new Slope(at, direction, covector, Double.isFinite(norm) ? norm : 0);
  }
}
