package io.lipc.certifier.falsify;

import io.lipc.certificate.Unit;
import io.lipc.linalg.Dense;
import java.util.Optional;
import java.util.Random;

/** The inputs among which a search for steep places moves: those of a box, or all. */
final class InputRegion {

  private final int size;
  private final boolean isBox;
  private final double[] lower;
  private final double[] upper;

  /** The largest width of all sides of the box, because the first may have no width. */
  private final double widest;

  private InputRegion(int size, Optional<Unit.Box> box) {
    this.size = size;
    this.isBox = box.isPresent();
    this.lower = new double[size];
    this.upper = new double[size];
    double most = 0;
    for (int i = 0; i < size && isBox; i++) {
      lower[i] = box.get().lower().get(i);
      upper[i] = box.get().upper().get(i);
      most = Math.max(most, width(i));
    }
    this.widest = most;
  }

  static InputRegion of(Program program) {
    return new InputRegion(program.inputSize(), program.box());
  }

  /** The number of elements of an input. */
  int size() {
    return size;
  }

  /** Whether it is a box. */
  boolean isBox() {
    return isBox;
  }

  /** The middle of the box; the origin where there is none. */
  double[] middle() {
    double[] x = new double[size];
    for (int i = 0; i < size && isBox; i++) {
      x[i] = between(i, 0.5);
    }
    return x;
  }

  /** A random input; without a box its size is random, too, and it may have one sign. */
  double[] sample(Random random) {
    double[] x = new double[size];
    double scale = Math.scalb(1.0, random.nextInt(-3, 4));
    boolean positive = !isBox && random.nextBoolean();
    for (int i = 0; i < size; i++) {
      double free = scale * random.nextGaussian();
      x[i] = isBox ? between(i, random.nextDouble()) : positive ? Math.abs(free) : free;
    }
    return x;
  }

  /** A random input that may be far from all others; without a box alone. */
  double[] far(Random random) {
    double[] x = sample(random);
    double factor = isBox ? 1 : Math.scalb(1.0, random.nextInt(1, 8));
    for (int i = 0; i < size; i++) {
      x[i] *= factor;
    }
    return x;
  }

  /** The usual size of an element near {@code x}. */
  double scale(double[] x) {
    return isBox ? widest / 2 : Math.max(1, Dense.norm(x) / Math.sqrt(size));
  }

  /** The width of a side of the box; 2 where there is none. */
  double width(int i) {
    return isBox ? upper[i] - lower[i] : 2;
  }

  private double between(int i, double share) {
    return Math.clamp(lower[i] * (1 - share) + upper[i] * share, lower[i], upper[i]);
  }

  /** {@code from + factor direction}, or what is nearest to it in the box. */
  double[] moved(double[] from, double[] direction, double factor) {
    double[] x = from.clone();
    Dense.addScaled(x, direction, factor);
    for (int i = 0; i < size && isBox; i++) {
      x[i] = Math.clamp(x[i], lower[i], upper[i]);
    }
    return x;
  }
}
