package io.lipc.runtime.tornado;

import io.lipc.certificate.Subject;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.runtime.Arguments;
import io.lipc.runtime.DoubleNetwork;
import io.lipc.runtime.FloatNetwork;
import java.util.function.IntToDoubleFunction;

/**
 * Radii for logits that a device gave. Thread-safe.
 *
 * <p>Let f be the exact network, j(x) what the JVM gives, d(x) what the device gives, and E the
 * rounding bound of the network: on the box, |j - f| is at most E in each logit, and so is |d - f|
 * where the device computes as it was asked to. The radius R of j(x) says that from x to all x'
 * within R, the exact margins of its winner over the others stay above 2E (a single logit: its size
 * above E); that is what {@code CertifiedRadius} proves. So at x' the device decides as the JVM
 * decided at x, and as f does. This is about the logits that were handed in if these decide the
 * same. A single logit within 2E of j(x) does: R is positive only if j(x) is above 2E. Of several,
 * the winner of j(x) has to be the one largest: R may be positive where the margins of j(x) are
 * hardly above 0, by signs, which look at those of f, and each margin of logits within 2E of j(x)
 * differs by at most 4E.
 *
 * <p>Logits of the device at x are within 2E of j(x) by the theorem, and its margins positive where
 * those of f are above 2E, so none of its own is refused. Others have a radius only if they are as
 * near, and decide the same. So nothing is assumed about how the logits came to be, and that the
 * device computes as asked is assumed at x' alone.
 */
final class DeviceRadius {

  private final Subject subject;

  /** NaN until a radius is asked for the first time: it costs as much as loading a network. */
  private volatile double maxError = Double.NaN;

  /**
   * @param subject of the network that radii are of
   */
  DeviceRadius(Subject subject) {
    this.subject = subject;
  }

  /** As {@link TornadoNetwork#certifiedRadius}, on an accelerator. */
  double of(FloatNetwork network, float[] input, float[] logits) {
    Arguments.checkLogits(input.length, network.inputSize(), logits.length, network.outputSize());
    if (!network.contains(input)) {
      return 0;
    }
    float[] expected = new float[network.outputSize()];
    network.apply(input, expected);
    for (int i = 0; i < logits.length; i++) {
      if (!isNear(logits[i], expected[i])) {
        return 0;
      }
    }
    return decidesAlike(logits.length, i -> logits[i], i -> expected[i])
        ? network.certifiedRadius(input, expected)
        : 0;
  }

  /** As {@link TornadoDoubleNetwork#certifiedRadius}, on an accelerator. */
  double of(DoubleNetwork network, double[] input, double[] logits) {
    Arguments.checkLogits(input.length, network.inputSize(), logits.length, network.outputSize());
    if (!network.contains(input)) {
      return 0;
    }
    double[] expected = new double[network.outputSize()];
    network.apply(input, expected);
    for (int i = 0; i < logits.length; i++) {
      if (!isNear(logits[i], expected[i])) {
        return 0;
      }
    }
    return decidesAlike(logits.length, i -> logits[i], i -> expected[i])
        ? network.certifiedRadius(input, expected)
        : 0;
  }

  /** Whether the winner of those expected is the one largest, or there is a single logit. */
  private static boolean decidesAlike(
      int count, IntToDoubleFunction logits, IntToDoubleFunction expected) {
    int winner = 0;
    for (int j = 1; j < count; j++) {
      winner = expected.applyAsDouble(j) > expected.applyAsDouble(winner) ? j : winner;
    }
    for (int j = 0; j < count; j++) {
      if (j != winner && !(logits.applyAsDouble(winner) > logits.applyAsDouble(j))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a logit is within 2E; the difference is rounded, so the next number counts. */
  private boolean isNear(double logit, double expected) {
    double difference = Math.abs(logit - expected);
    return difference == 0 || Math.nextUp(difference) <= 2 * maxError();
  }

  private double maxError() {
    if (Double.isNaN(maxError)) {
      maxError = RoundingBound.maxError(subject).orElse(Double.POSITIVE_INFINITY);
    }
    return maxError;
  }
}
