package io.lipc.linalg;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Times products by loops and by vectors against each other. Until C2 has compiled them, which
 * takes a second, vectors are a thousand times slower, and nobody should wait for that: so this is
 * for a thread of its own.
 */
final class VectorTrial {

  /** Tiles of every kind, and less than a vector is left. */
  private static final int SIZE = 60;

  private static final int ROUNDS_TO_WIN = 3;
  private static final int PRODUCTS_OF_A_ROUND = 50;

  /** The time after which loops go on, if vectors have not won by then. */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final double[][] a = random(new SplittableRandom(1));
  private final double[][] x = random(new SplittableRandom(2));
  private final double[][] y = Entries.zeros(SIZE, SIZE);

  /** Whether vectors win; takes seconds. */
  boolean isWon() {
    return isWon(
        () -> time(MatrixProduct::accumulateByLoops),
        () -> time(VectorTiles::accumulate),
        System::nanoTime);
  }

  /** Whether vectors take less time in several rounds on end, before patience is over. */
  static boolean isWon(LongSupplier loops, LongSupplier vectors, LongSupplier clock) {
    long end = clock.getAsLong() + PATIENCE_NANOS;
    int wins = 0;
    while (wins < ROUNDS_TO_WIN && clock.getAsLong() < end) {
      long first = loops.getAsLong();
      long second = loops.getAsLong();
      wins = vectors.getAsLong() < Math.min(first, second) ? wins + 1 : 0;
    }
    return wins == ROUNDS_TO_WIN;
  }

  private interface Kernel {
    void accumulate(
        double[][] y, Coefficients a, double[][] x, Range rows, Range terms, int columns);
  }

  /** Nanoseconds for products of both kinds. */
  private long time(Kernel kernel) {
    Range all = new Range(0, SIZE);
    long start = System.nanoTime();
    for (int n = 0; n < PRODUCTS_OF_A_ROUND; n++) {
      kernel.accumulate(y, Coefficients.of(a), x, all, all, SIZE);
      kernel.accumulate(y, Coefficients.negativeTransposed(a), x, all, all, SIZE);
    }
    return System.nanoTime() - start;
  }

  private static double[][] random(SplittableRandom random) {
    double[][] matrix = new double[SIZE][];
    for (int i = 0; i < SIZE; i++) {
      matrix[i] = random.doubles(SIZE, -1, 1).toArray();
    }
    return matrix;
  }
}
