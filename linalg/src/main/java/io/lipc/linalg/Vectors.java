package io.lipc.linalg;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether products run by the Vector API, which gives the same bits several times as fast. It is an
 * incubator module, there where Java was started with {@code --add-modules jdk.incubator.vector},
 * and for its first second, until C2 has compiled it, a thousand times slower: so a thread of its
 * own runs the tiles until they are faster than loops, and only then others take them.
 *
 * <p>The system property {@code lipc.kernels} says {@code scalar}, {@code vector}, at once, or
 * {@code auto}.
 */
public final class Vectors implements Runnable {

  private static final String PROPERTY = "lipc.kernels";
  private static final String MODULE = "jdk.incubator.vector";

  /** In older ones the module has other classes. */
  private static final int FROM = 25;

  /** Four tiles of each kind, and what is left of vectors. */
  private static final int SIZE = 60;

  private static final int ROUNDS_TO_WIN = 3;
  private static final int PRODUCTS_OF_A_ROUND = 50;

  /** Where vectors have not won by then, loops go on. */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static final boolean ARE_THERE =
      Runtime.version().feature() >= FROM && ModuleLayer.boot().findModule(MODULE).isPresent();

  private static final AtomicBoolean ON =
      new AtomicBoolean(ARE_THERE && System.getProperty(PROPERTY, "auto").equals("vector"));

  /** Initialised by whoever asks first. */
  private static final class Started {
    static final Thread THREAD = new Thread(new Vectors(), "lipc-linalg-vectors");

    static {
      THREAD.setDaemon(true);
      THREAD.start();
    }
  }

  private final double[][] a = random(new SplittableRandom(1));
  private final double[][] x = random(new SplittableRandom(2));
  private final double[][] y = Entries.zeros(SIZE, SIZE);

  private Vectors() {}

  /** Asks for vectors, for work that takes more than seconds; returns at once. */
  public static void prepare() {
    if (ARE_THERE && System.getProperty(PROPERTY, "auto").equals("auto")) {
      Objects.requireNonNull(Started.THREAD);
    }
  }

  /** Whether products run by vectors now. */
  static boolean areOn() {
    return ON.getPlain();
  }

  @Override
  public void run() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    int wins = 0;
    while (wins < ROUNDS_TO_WIN && System.nanoTime() < end) {
      long loops = Math.min(time(false), time(false));
      wins = time(true) < loops ? wins + 1 : 0;
    }
    ON.set(wins == ROUNDS_TO_WIN);
  }

  /** Nanoseconds for products of every kind. */
  private long time(boolean vectors) {
    long start = System.nanoTime();
    for (int n = 0; n < PRODUCTS_OF_A_ROUND; n++) {
      run(vectors, Coefficients.of(a));
      run(vectors, Coefficients.negativeTransposed(a));
    }
    return System.nanoTime() - start;
  }

  /** The two cancel each other, so sums stay small. */
  private void run(boolean vectors, Coefficients left) {
    Range all = new Range(0, SIZE);
    if (vectors) {
      VectorTiles.accumulate(y, left, x, all, all, SIZE);
    } else {
      MatrixProduct.accumulateByLoops(y, left, x, all, all, SIZE);
    }
  }

  private static double[][] random(SplittableRandom random) {
    double[][] matrix = new double[SIZE][];
    for (int i = 0; i < SIZE; i++) {
      matrix[i] = random.doubles(SIZE, -1, 1).toArray();
    }
    return matrix;
  }
}
