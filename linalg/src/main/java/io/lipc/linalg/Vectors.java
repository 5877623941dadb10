package io.lipc.linalg;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether products run by the Vector API, which gives the same bits in less time. It is an
 * incubator module, there where Java was started with {@code --add-modules jdk.incubator.vector}.
 * The system property {@code lipc.kernels} says {@code scalar}, {@code vector}, or {@code auto},
 * which is where nothing is said: vectors once they are faster, see {@link VectorTrial}.
 */
public final class Vectors {

  private static final String PROPERTY = "lipc.kernels";
  private static final String AUTO = "auto";
  private static final String MODULE = "jdk.incubator.vector";

  /** The first Java version whose module has these classes. */
  private static final int FROM = 25;

  private static final boolean ARE_THERE =
      Runtime.version().feature() >= FROM && ModuleLayer.boot().findModule(MODULE).isPresent();

  private static final AtomicBoolean ON =
      new AtomicBoolean(ARE_THERE && System.getProperty(PROPERTY, AUTO).equals("vector"));

  /** Initialised by whoever asks first. */
  private static final class Started {
    static final Thread THREAD =
        new Thread(() -> ON.set(new VectorTrial().isWon()), "lipc-linalg-vectors");

    static {
      THREAD.setDaemon(true);
      THREAD.start();
    }
  }

  private Vectors() {}

  /** Asks for vectors, for work that takes more than seconds; returns at once. */
  public static void prepare() {
    if (ARE_THERE && System.getProperty(PROPERTY, AUTO).equals(AUTO)) {
      Objects.requireNonNull(Started.THREAD);
    }
  }

  /** Whether products run by vectors now. */
  static boolean areOn() {
    return ON.getPlain();
  }
}
