package io.lipc.runtime;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Times scalar and vector kernels against each other, once per JVM, in a thread of its own: for
 * their first second or so, until C2 has compiled them, vector kernels are a thousand times slower,
 * and nobody should wait for that.
 */
final class VectorTrial implements Runnable {

  private static final int SIZE = 64;

  /**
   * Layers whose last panels, whatever the width of a vector, take tiles of every kind: 131 and 259
   * leave three outputs behind panels of 128 and 256. The widest is first.
   */
  private static final List<Integer> OUTPUTS = List.of(259, 131, 74, 70, 67);

  /**
   * More rows than some layers have outputs, and fewer than others: scalar loops run along both,
   * all of them long.
   */
  private static final int BLOCK = 128;

  private static final int ROUNDS_TO_WIN = 3;

  /** A processor where vectors have not won by then keeps to scalar kernels. */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static final AtomicBoolean WON = new AtomicBoolean();

  /** Initialised by whoever asks first; vectors are loaded in its thread, which takes a while. */
  private static final class Started {
    static final Thread THREAD =
        Thread.ofPlatform().name("lipc-vector-trial").daemon().start(new VectorTrial());
  }

  private final float[][] rows = new float[BLOCK][SIZE];
  private final float[][] x = Transposed.allocate(SIZE);
  private final float[][] y = Transposed.allocate(OUTPUTS.getFirst());
  private final float[] single = new float[OUTPUTS.getFirst()];

  private VectorTrial() {}

  /** Starts the trial, unless it runs already or is over. */
  static void start() {
    Objects.requireNonNull(Started.THREAD);
  }

  /** Whether vector kernels are compiled and faster. */
  static boolean isWon() {
    return WON.getPlain();
  }

  @Override
  public void run() {
    if (!VectorDense.isPossible()) {
      return;
    }
    List<FloatDense> scalar = layers(KernelVariant.SCALAR);
    List<FloatDense> vector = layers(KernelVariant.VECTOR);
    long end = System.nanoTime() + PATIENCE_NANOS;
    int wins = 0;
    while (wins < ROUNDS_TO_WIN && System.nanoTime() < end) {
      long first = time(KernelVariant.SCALAR, scalar);
      long second = time(KernelVariant.SCALAR, scalar);
      wins += time(KernelVariant.VECTOR, vector) < Math.min(first, second) ? 1 : 0;
    }
    WON.set(wins == ROUNDS_TO_WIN);
  }

  /**
   * Nanoseconds for every kind of vector kernel, or of scalar ones in their place; one that is not
   * compiled yet costs more than all others.
   */
  private long time(KernelVariant variant, List<FloatDense> layers) {
    long start = System.nanoTime();
    for (FloatDense dense : layers) {
      transpose(variant);
      dense.apply(x, y, BLOCK);
      for (int i = 0; i < SIZE; i++) {
        dense.apply(x[i], single);
      }
    }
    return System.nanoTime() - start;
  }

  /** Into a block and back: rows are as before. */
  private void transpose(KernelVariant variant) {
    if (variant.runsVectors() && VectorTransposition.isPossible(BLOCK, SIZE)) {
      VectorTransposition.transpose(rows, 0, BLOCK, x, SIZE);
      VectorTransposition.transposeBack(x, rows, 0, BLOCK, SIZE);
    } else {
      Transposed.transpose(rows, 0, BLOCK, x, 0, SIZE);
      Transposed.transposeBack(x, rows, 0, BLOCK, SIZE);
    }
  }

  private static List<FloatDense> layers(KernelVariant variant) {
    return OUTPUTS.stream().map(outputs -> random(variant, outputs)).toList();
  }

  private static FloatDense random(KernelVariant variant, int outputs) {
    SplittableRandom random = new SplittableRandom(1);
    float[][] columns = new float[SIZE][outputs];
    for (float[] column : columns) {
      for (int i = 0; i < outputs; i++) {
        column[i] = random.nextFloat() - 0.5f;
      }
    }
    return variant.dense(columns, new float[outputs], true);
  }
}
