package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Congruences;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Subject;
import io.lipc.certificate.search.ProofMatrix;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.formats.ElementType;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Times are printed; the limits are generous, for a busy machine. */
final class CheckerSpeedTest {

  /** Small random weights, of norm well below one per layer, so that one multiplier serves all. */
  private static NetworkUnderTest chain(int... sizes) {
    Random random = new Random(5);
    NetworkUnderTest net = new NetworkUnderTest();
    net.type = ElementType.F32;
    int x = net.input(sizes[0]);
    for (int k = 1; k < sizes.length; k++) {
      double[][] weight = new double[sizes[k]][sizes[k - 1]];
      for (double[] row : weight) {
        for (int j = 0; j < row.length; j++) {
          row[j] = (float) (random.nextGaussian() / Math.sqrt(4.5 * (sizes[k] + sizes[k - 1])));
        }
      }
      x = net.dense(x, weight);
      x = k < sizes.length - 1 ? net.slopes(x, "relu", 1.1) : x;
    }
    net.bound = 1.25;
    return net;
  }

  private static Duration time(String what, NetworkUnderTest net) {
    Subject subject = net.subject();
    long start = System.nanoTime();
    assertThat(CertificateChecker.check(subject)).isEqualTo(new Accepted());
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    System.out.println("checked " + what + " in " + time.toMillis() + " ms");
    return time;
  }

  @Test
  void smallNetworkByCongruence() {
    NetworkUnderTest net = chain(64, 32, 32, 10);
    double[][] matrix = ProofMatrix.main(net.subject(), () -> {});
    assertThat(matrix).hasDimensions(64, 64);
    net.witness = Congruences.of(matrix);
    assertThat(time("64-32-32-10 by congruence", net)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void wideNetworkByVerifiedCholesky() {
    NetworkUnderTest net = chain(784, 512, 512, 10);
    net.witness = new PositivityWitness.VerifiedCholesky();
    assertThat(time("784-512-512-10 by Cholesky", net)).isLessThan(Duration.ofSeconds(40));
  }
}
