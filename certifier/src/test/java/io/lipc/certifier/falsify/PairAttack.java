package io.lipc.certifier.falsify;

import io.lipc.certificate.Norms;
import io.lipc.formats.Norm;
import io.lipc.linalg.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Looks for two inputs of a program with a large ratio of distances. Deliberately not the
 * certifier's own search: it samples pairs of many sizes and kinds, and then climbs the ratio of a
 * pair itself, not the norm of a Jacobian.
 */
final class PairAttack {

  /** As many of the best sampled pairs are climbed from. */
  private static final int STARTS = 4;

  private static final int STEPS = 80;

  /** Of the pairs that are sampled around one input. */
  private static final int NEIGHBOURS = 8;

  private final Program program;
  private final Norms norms;
  private final Random random;

  PairAttack(Program program, Norms norms, Random random) {
    this.program = program;
    this.norms = norms;
    this.random = random;
  }

  /** Two inputs, what the program gives for them, and their ratio in doubles. */
  private record Shot(double[] first, double[] second, double ratio) {
    Pair pair() {
      return new Pair(boxed(first), boxed(second));
    }
  }

  /** The steepest pairs found, steepest first: sampled ones, and what climbing made of them. */
  List<Pair> steepest(int samples) {
    List<Shot> best = new ArrayList<>();
    for (int i = 0; i < samples; i += NEIGHBOURS) {
      double[] centre = vector(scale());
      double[] image = new Linearisation(program, centre).output();
      for (int k = 0; k < NEIGHBOURS; k++) {
        keep(best, shot(centre, image, partner(centre, k)));
      }
    }
    List<Shot> climbed = new ArrayList<>(best);
    best.forEach(start -> climbed.add(climb(start)));
    climbed.sort(Comparator.comparingDouble(Shot::ratio).reversed());
    return climbed.stream().map(Shot::pair).toList();
  }

  private static void keep(List<Shot> best, Shot shot) {
    best.add(shot);
    best.sort(Comparator.comparingDouble(Shot::ratio).reversed());
    if (best.size() > STARTS) {
      best.removeLast();
    }
  }

  /** Inputs from tiny to large: kinks may lie anywhere. */
  private double scale() {
    return Math.scalb(1.0, random.nextInt(-8, 6));
  }

  private double[] partner(double[] centre, int kind) {
    double[] other = centre.clone();
    switch (kind) {
      case 0 -> other[random.nextInt(other.length)] += random.nextGaussian() * scale();
      case 1 -> Arrays.setAll(other, i -> -centre[i]);
      case 2 -> Arrays.setAll(other, i -> random.nextBoolean() ? centre[i] : -centre[i]);
      case 3 -> Dense.addScaled(other, vector(1), scale());
      default -> Dense.addScaled(other, vector(1), Dense.norm(centre) * Math.scalb(1.0, -2 * kind));
    }
    return other;
  }

  private double[] vector(double size) {
    double[] v = new double[program.inputSize()];
    Arrays.setAll(v, _ -> size * random.nextGaussian());
    return v;
  }

  private Shot shot(double[] first, double[] image, double[] second) {
    double[] change = new Linearisation(program, second).output();
    Dense.addScaled(change, image, -1);
    double[] step = second.clone();
    Dense.addScaled(step, first, -1);
    double ratio = norm(norms.output(), change) / norm(norms.input(), step);
    // Equal inputs give 0 / 0.
    return new Shot(first, second, Double.isFinite(ratio) ? ratio : 0);
  }

  /** Turns the pair into the direction that its outputs react to most, and moves it about. */
  private Shot climb(Shot start) {
    Shot best = start;
    double shift = 0.5;
    for (int i = 0; i < STEPS; i++) {
      Shot next = neighbour(best, i % 2 == 0 ? 0 : shift);
      shift *= next.ratio() > best.ratio() ? 1.3 : 0.95;
      best = next.ratio() > best.ratio() ? next : best;
    }
    return best;
  }

  private Shot neighbour(Shot shot, double shift) {
    double[] half = shot.second().clone();
    Dense.addScaled(half, shot.first(), -1);
    double radius = Dense.norm(half) / 2;
    double[] centre = shot.first().clone();
    Dense.addScaled(centre, half, 0.5);
    Dense.addScaled(centre, vector(1), shift * radius);
    double[] direction = steepest(norms.input(), gradient(shot));
    double length = Dense.norm(direction);
    if (!(length > 0 && Double.isFinite(length))) {
      return shot;
    }
    double reach = radius * Math.scalb(1.0, random.nextInt(-2, 2)) / length;
    double[] first = centre.clone();
    double[] second = centre.clone();
    Dense.addScaled(first, direction, -reach);
    Dense.addScaled(second, direction, reach);
    return shot(first, new Linearisation(program, first).output(), second);
  }

  /** Of the distance of the outputs, by a common shift of both ends along the pair. */
  private double[] gradient(Shot shot) {
    Linearisation atFirst = new Linearisation(program, shot.first());
    Linearisation atSecond = new Linearisation(program, shot.second());
    double[] change = atSecond.output().clone();
    Dense.addScaled(change, atFirst.output(), -1);
    double[] covector = dual(norms.output(), change);
    double[] gradient = atFirst.transposedTimes(covector);
    Dense.addScaled(gradient, atSecond.transposedTimes(covector), 1);
    return gradient;
  }

  private static double norm(Norm norm, double[] v) {
    return switch (norm) {
      case L2 -> Dense.norm(v);
      case LINF -> Arrays.stream(v).map(Math::abs).max().orElse(0);
    };
  }

  /** A covector that shows where the norm grows; for linf any element may become the largest. */
  private double[] dual(Norm norm, double[] v) {
    return switch (norm) {
      case L2 -> v;
      case LINF -> {
        double[] one = new double[v.length];
        int element = random.nextInt(v.length);
        one[element] = v[element];
        yield one;
      }
    };
  }

  /** Of the vectors of one norm, the one along which a linear form grows most. */
  private static double[] steepest(Norm norm, double[] gradient) {
    return switch (norm) {
      case L2 -> gradient;
      case LINF -> Arrays.stream(gradient).map(Math::signum).toArray();
    };
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
