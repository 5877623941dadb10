package io.lipc.runtime;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which kernels run dense layers of F32. Both give the same bits.
 *
 * <p>The Vector API is an incubator module, so only who starts Java with {@code --add-modules
 * jdk.incubator.vector} has it. Where it is there, both variants are timed once per JVM, on a layer
 * of 64 by 64, for {@link #BUDGET_NANOS} at most; that also has C2 compile them before the first
 * network runs. The system property {@code lipc.kernels} decides without a measurement: {@code
 * scalar}, {@code vector}, or {@code auto}.
 */
enum KernelVariant {
  SCALAR,
  VECTOR;

  private static final String PROPERTY = "lipc.kernels";
  private static final String MODULE = "jdk.incubator.vector";
  private static final long BUDGET_NANOS = 400_000_000;
  private static final int SIZE = 64;

  /** Asked once per JVM. */
  private static final class Chosen {
    static final KernelVariant VARIANT =
        switch (requested()) {
          case "scalar" -> SCALAR;
          case "vector" -> VECTOR;
          default -> isVectorApiThere() && isVectorFaster() ? VECTOR : SCALAR;
        };
  }

  /** The variant of this JVM; {@link #fault()} says whether it is what was asked for. */
  static KernelVariant chosen() {
    return Chosen.VARIANT;
  }

  /** Why the system property cannot be followed, as a clause. */
  static Optional<String> fault() {
    return switch (requested()) {
      case "auto", "scalar" -> Optional.empty();
      case "vector" ->
          isVectorApiThere()
              ? Optional.empty()
              : Optional.of(
                  "-D" + PROPERTY + "=vector, but the module " + MODULE + " is not there");
      default ->
          Optional.of("-D" + PROPERTY + "=" + requested() + " is none of auto, scalar, vector");
    };
  }

  private static String requested() {
    return System.getProperty(PROPERTY, "auto");
  }

  /** Whether the module was resolved and its vectors fit the blocks. */
  static boolean isVectorApiThere() {
    return ModuleLayer.boot().findModule(MODULE).isPresent() && VectorDense.isPossible();
  }

  /** A layer in the packing of this variant. */
  FloatDense dense(float[][] columns, float[] bias, boolean relu) {
    return switch (this) {
      case SCALAR -> new ScalarDense(columns, bias, relu);
      case VECTOR -> new VectorDense(columns, bias, relu);
    };
  }

  /**
   * Times both by turns. It ends as soon as vectors have won twice, which they do when C2 has
   * compiled them; where it has not within the budget, they lose.
   */
  private static boolean isVectorFaster() {
    FloatDense scalar = random(SCALAR);
    FloatDense vector = random(VECTOR);
    float[][] x = Transposed.allocate(SIZE);
    float[][] y = Transposed.allocate(SIZE);
    long end = System.nanoTime() + BUDGET_NANOS;
    int wins = 0;
    do {
      long scalarTime = Math.min(time(scalar, x, y), time(scalar, x, y));
      wins += time(vector, x, y) < scalarTime ? 1 : 0;
    } while (wins < 2 && System.nanoTime() < end);
    return wins == 2;
  }

  /** Nanoseconds for a block, and for a few single rows. */
  private static long time(FloatDense dense, float[][] x, float[][] y) {
    long start = System.nanoTime();
    dense.apply(x, y, SIZE);
    for (int i = 0; i < SIZE / 4; i++) {
      dense.apply(x[i], y[i]);
    }
    return System.nanoTime() - start;
  }

  private static FloatDense random(KernelVariant variant) {
    SplittableRandom random = new SplittableRandom(1);
    float[][] columns = new float[SIZE][SIZE];
    for (float[] column : columns) {
      for (int i = 0; i < SIZE; i++) {
        column[i] = random.nextFloat() - 0.5f;
      }
    }
    return variant.dense(columns, new float[SIZE], true);
  }
}
