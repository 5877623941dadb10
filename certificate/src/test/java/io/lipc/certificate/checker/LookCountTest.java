package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * How often whoever waits for a verdict may go: as often as it is counted here. A loop that no
 * longer looks, or whose work is no longer counted, has another number.
 */
final class LookCountTest {

  private static NetworkUnderTest network() {
    Random random = new Random(7);
    NetworkUnderTest net = new NetworkUnderTest();
    int x = net.input(6);
    for (int k = 0; k < 2; k++) {
      double[][] weight = new double[6][6];
      for (double[] row : weight) {
        for (int j = 0; j < row.length; j++) {
          row[j] = Math.rint(64 * random.nextGaussian()) / 1024;
        }
      }
      x = net.slopes(net.dense(x, weight), "relu", 1.1);
    }
    int half = net.scale(x, -0.5);
    int both = net.sum(x, half);
    net.add(Unit.select(both, List.of(5, 0)));
    net.bound = 8;
    return net;
  }

  private static int looks(NetworkUnderTest net) {
    AtomicInteger looks = new AtomicInteger();
    assertThat(CertificateChecker.check(net.subject(), looks::incrementAndGet))
        .isEqualTo(new Accepted());
    return looks.get();
  }

  @Test
  void looksOfEachProcedure() {
    NetworkUnderTest exact = network();
    assertThat(looks(exact)).isEqualTo(554);
    NetworkUnderTest rounded = network();
    rounded.witness = new PositivityWitness.VerifiedCholesky();
    assertThat(looks(rounded)).isEqualTo(500);
    NetworkUnderTest product = network();
    product.multipliers.clear();
    product.norms = new Norms(Norm.LINF, Norm.LINF);
    product.witness = new PositivityWitness.ElementwiseProduct();
    assertThat(looks(product)).isEqualTo(39);
  }
}
