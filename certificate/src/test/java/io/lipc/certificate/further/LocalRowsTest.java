package io.lipc.certificate.further;

import static io.lipc.certificate.further.LocalClaims.assertAccepted;
import static io.lipc.certificate.further.LocalClaims.assertRejected;
import static io.lipc.certificate.further.MonotoneTest.LEAF;
import static io.lipc.certificate.further.MonotoneTest.cut;
import static io.lipc.certificate.further.MonotoneTest.network;
import static io.lipc.certificate.further.MonotoneTest.step;
import static io.lipc.certificate.further.MonotoneTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Norm;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Local bounds by derivatives: what is true is accepted, and nothing less. */
final class LocalRowsTest {

  private static Certificate bounded(Subject network, Norms norms, double bound, BoxTree boxes) {
    Claim.Lipschitz claim = new Claim.Lipschitz(norms, bound, 1000);
    return with(
        network, new Claim.Local(claim, network.certificate().input().box().orElseThrow()), boxes);
  }

  /** One double decides between a bound that is proved and one that is not. */
  @Test
  void localBoundsRestOnThemToo() {
    Norms linf = new Norms(Norm.LINF, Norm.LINF);
    Subject network = network(0.5).subject();
    assertAccepted(network, bounded(network, linf, 2.5, LEAF));
    assertRejected(
        network, bounded(network, linf, Math.nextDown(2.5), LEAF), Reason.DERIVATIVES_NOT_PROVED);
    assertRejected(network, bounded(network, linf, Double.NaN, LEAF), Reason.NOT_A_NUMBER);
    Subject step = step().subject();
    assertAccepted(step, bounded(step, linf, 1, LEAF));
    NetworkUnderTest twice = step();
    twice.dense(3, new double[][] {{3}});
    Subject steep = twice.subject();
    assertAccepted(steep, bounded(steep, linf, 3.0001, cut(0.5, LEAF, LEAF)));
    assertRejected(
        steep, bounded(steep, linf, 2.9999, cut(0.5, LEAF, LEAF)), Reason.DERIVATIVES_NOT_PROVED);
  }

  /** A part of the box where nothing moves does not hide the other. */
  @Test
  void everyPartCounts() {
    for (double sign : new double[] {1, -1}) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(-4, 4, 1);
      net.activation(net.scale(0, sign), "relu");
      net.bound = 1000;
      net.slope(2, 10);
      Subject network = net.subject();
      Norms linf = new Norms(Norm.LINF, Norm.LINF);
      assertAccepted(network, bounded(network, linf, 1, cut(0, LEAF, LEAF)));
      assertRejected(
          network,
          bounded(network, linf, 0.9999, cut(0, LEAF, LEAF)),
          Reason.DERIVATIVES_NOT_PROVED);
    }
  }

  /** Moves by inputs of either sign are added, also where a row counts as a whole. */
  @Test
  void falseSumsAreRefused() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 2);
    net.activation(0, "abs");
    net.dense(1, new double[][] {{1, 1}});
    net.bound = 1000;
    Subject network = net.subject();
    Norms linf = new Norms(Norm.LINF, Norm.LINF);
    assertAccepted(network, bounded(network, linf, 2.0001, LEAF));
    assertRejected(network, bounded(network, linf, 1.9999, LEAF), Reason.DERIVATIVES_NOT_PROVED);
  }

  /** The double that is nearest to the root of 3 is below it, and so it is no bound. */
  @Test
  void aFalseRootIsRefused() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 3);
    net.dense(0, new double[][] {{1, 1, 1}});
    net.bound = 1000;
    Subject network = net.subject();
    double root = Math.sqrt(3);
    assertThat(new BigDecimal(root).pow(2)).isLessThan(new BigDecimal(3));
    for (Norm output : Norm.values()) {
      Norms norms = new Norms(Norm.L2, output);
      assertAccepted(network, bounded(network, norms, root + 0x1p-50, LEAF));
      assertRejected(network, bounded(network, norms, root, LEAF), Reason.DERIVATIVES_NOT_PROVED);
    }
  }
}
