package io.lipc.certifier.falsify;

import io.lipc.certificate.Unit;
import io.lipc.linalg.Dense;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The inputs among which a search for steep places moves: those of a box, or all.
 *
 * @param size the number of elements of an input
 */
record InputRegion(int size, Optional<Unit.Box> box) {

  static InputRegion of(Program program) {
    return new InputRegion(program.inputSize(), program.box());
  }

  /** The middle of the box; the origin where there is none. */
  double[] middle() {
    double[] x = new double[size];
    for (int i = 0; i < size && box.isPresent(); i++) {
      x[i] = between(box.get(), i, 0.5);
    }
    return x;
  }

  /** A random input; without a box its size is random, too, and it may have one sign. */
  double[] sample(Random random) {
    double[] x = new double[size];
    double scale = Math.scalb(1.0, random.nextInt(-3, 4));
    boolean positive = box.isEmpty() && random.nextBoolean();
    for (int i = 0; i < size; i++) {
      double free = scale * random.nextGaussian();
      x[i] =
          box.isPresent()
              ? between(box.get(), i, random.nextDouble())
              : positive ? Math.abs(free) : free;
    }
    return x;
  }

  /** A random input that may be far from all others; without a box alone. */
  double[] far(Random random) {
    double[] x = sample(random);
    double factor = box.isPresent() ? 1 : Math.scalb(1.0, random.nextInt(1, 8));
    for (int i = 0; i < size; i++) {
      x[i] *= factor;
    }
    return x;
  }

  /** The usual size of an element near {@code x}. */
  double scale(double[] x) {
    return box.isPresent() ? largestWidth() / 2 : Math.max(1, Dense.norm(x) / Math.sqrt(size));
  }

  /** The largest width of all sides of the box, because the first may have no width. */
  private double largestWidth() {
    return IntStream.range(0, size).mapToDouble(this::width).max().orElseThrow();
  }

  /** The width of a side of the box; 2 where there is none. */
  double width(int i) {
    return box.map(sides -> sides.upper().get(i) - sides.lower().get(i)).orElse(2.0);
  }

  private static double between(Unit.Box box, int i, double share) {
    double value = box.lower().get(i) * (1 - share) + box.upper().get(i) * share;
    return Math.clamp(value, box.lower().get(i), box.upper().get(i));
  }

  /** {@code from + factor direction}, or what is nearest to it in the box. */
  double[] moved(double[] from, double[] direction, double factor) {
    double[] x = from.clone();
    Dense.addScaled(x, direction, factor);
    box.ifPresent(
        sides -> {
          for (int i = 0; i < size; i++) {
            x[i] = Math.clamp(x[i], sides.lower().get(i), sides.upper().get(i));
          }
        });
    return x;
  }
}
