import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.List;

/**
 * Timing by turns: what is compared runs one after the other, again and again, and the best turn of
 * each counts. So other work on the machine disturbs all alike, and least where it counts.
 */
final class Turns {

  private static final long TURN_NANOS = 2_000_000;
  private static final int TURNS = 400;
  private static final long WARM_UP_NANOS = 10_000_000_000L;

  private Turns() {}

  /** A call that is timed, with its number of images. */
  record Timed(String name, int images, Call call) {}

  interface Call {
    void run() throws OrtException;
  }

  /** Microseconds an image, in the order of {@code timed}. */
  static double[] best(List<Timed> timed) throws OrtException {
    double[] best = new double[timed.size()];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    long warm = System.nanoTime() + WARM_UP_NANOS;
    while (System.nanoTime() < warm) {
      for (Timed t : timed) {
        turn(t);
      }
    }
    for (int i = 0; i < TURNS; i++) {
      for (int k = 0; k < best.length; k++) {
        best[k] = Math.min(best[k], turn(timed.get(k)));
      }
    }
    return best;
  }

  private static double turn(Timed timed) throws OrtException {
    long start = System.nanoTime();
    long calls = 0;
    do {
      timed.call.run();
      calls++;
    } while (System.nanoTime() - start < TURN_NANOS);
    return (System.nanoTime() - start) * 1e-3 / calls / timed.images;
  }
}
