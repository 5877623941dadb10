package io.lipc.runtime.tornado;

import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.runtime.Arguments;
import io.lipc.runtime.FloatNetwork;

/**
 * Radii for logits that a device gave. Thread-safe.
 *
 * <p>Let f be the exact network, j(x) what the JVM gives, d(x) what the device gives, and E the
 * rounding bound of the network: on the box, |j - f| is at most E in each logit, and so is |d - f|
 * where the device computes as it was asked to. The radius R of j(x) says that from x to all x'
 * within R, the exact margins of its winner over the others stay above 2E (a single logit: its size
 * above E); that is what {@code CertifiedRadius} proves. So at x' the device decides as the JVM
 * decided at x, and as f does. This is about the logits that were handed in if these decide the
 * same. They do if they are within 2E of j(x): R is positive only if the margins of j(x) are above
 * 4E (a single logit: above 2E), and each margin of the two differs by at most 4E (by 2E).
 *
 * <p>Logits of the device at x are within 2E of j(x) by the theorem, so none of its own is refused;
 * others are, unless they are as near, and then they decide the same. So nothing is assumed about
 * how the logits came to be, and that the device computes as asked is assumed at x' alone.
 */
final class DeviceRadius {

  private final FloatNetwork network;

  /** NaN until a radius is asked for the first time: it costs as much as loading a network. */
  private volatile double maxError = Double.NaN;

  DeviceRadius(FloatNetwork network) {
    this.network = network;
  }

  /** As {@link TornadoNetwork#certifiedRadius}, on an accelerator. */
  double of(float[] input, float[] logits) {
    Arguments.checkLogits(input.length, network.inputSize(), logits.length, network.outputSize());
    if (!network.contains(input)) {
      return 0;
    }
    float[] expected = new float[network.outputSize()];
    network.apply(input, expected);
    return areNear(logits, expected) ? network.certifiedRadius(input, expected) : 0;
  }

  /** Whether all differences are at most 2E; a difference is rounded, so the next number counts. */
  private boolean areNear(float[] logits, float[] expected) {
    double tolerance = 2 * maxError();
    for (int i = 0; i < logits.length; i++) {
      double difference = Math.abs((double) logits[i] - expected[i]);
      boolean isNear = difference == 0 || Math.nextUp(difference) <= tolerance;
      if (!isNear) {
        return false;
      }
    }
    return true;
  }

  private double maxError() {
    if (Double.isNaN(maxError)) {
      maxError = RoundingBound.maxError(network.subject()).orElse(Double.POSITIVE_INFINITY);
    }
    return maxError;
  }
}
