package io.lipc.certificate.further;

import static io.lipc.certificate.further.LocalClaims.assertAccepted;
import static io.lipc.certificate.further.LocalClaims.assertRejected;
import static io.lipc.certificate.further.LocalClaims.box;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * True claims that the audit refused, as it cuts numbers to 30 decimal digits: it is asked whatever
 * the checker is asked here, and a disagreement fails the test.
 */
final class RoundedAuditTest {

  private static Certificate claiming(Subject network, Claim claim, Grounds grounds) {
    Certificate about = network.certificate();
    return new Certificate(about.network(), about.type(), claim, "by hand", about.units(), grounds);
  }

  /** The box has (z_0, z_1) with z_1 = 0: there z_0 becomes 1 or -1, whatever digits it has. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 0.1, Math.PI, -0.7, -1e-3})
  void nothingOfLengthOneIsBeyondOne(double first) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(0.1, 0.3, 2);
    net.dense(0, new double[][] {{first, first / 3}, {1, -1}});
    net.slope(net.activation(1, "l2_normalize", Math.abs(first) / 16), 1);
    net.bound = 1e6;
    Subject network = net.subject();
    Grounds grounds = new Grounds.Enclosure(network.certificate().tensors());
    assertAccepted(network, claiming(network, new Claim.Range(-1, 1), grounds));
    double less = Math.nextDown(1.0);
    Claim beyond = first > 0 ? new Claim.Range(-1, less) : new Claim.Range(-less, 1);
    assertRejected(network, claiming(network, beyond, grounds), Reason.RANGE_NOT_PROVED);
  }

  /** Output 0 is 0; that others are of a rounded function does not matter. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, Math.PI, 1e-161})
  void whatCancelsRisesAndFalls(double factor) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(0, 1, 2);
    int zero = net.sum(net.scale(0, factor), net.scale(0, -factor));
    int curved = net.activation(0, "sigmoid");
    net.concat(zero, curved);
    net.slope(curved, 1, 1);
    net.bound = 10;
    Subject network = net.subject();
    Proof rows =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.Rows(new BoxTree.Leaf()));
    Grounds grounds =
        new Grounds.GivenWeights(
            network.certificate().tensors(), Grounds.Calls.BOUNDED, List.of(rows));
    for (boolean rising : new boolean[] {true, false}) {
      Claim.Trend trend = new Claim.Trend(rising, List.of(0), List.of(0));
      Claim claim = new Claim.Monotone(List.of(trend), box(0, 1, 0, 1));
      assertAccepted(network, claiming(network, claim, grounds));
    }
    Claim flat = new Claim.Slopes(List.of(0.0, 0.0), List.of(0), box(0, 1, 0, 1));
    assertAccepted(network, claiming(network, flat, grounds));
  }

  /** A slope of a ten-thousandth is far beyond what is cut. */
  @Test
  void whatNearlyCancelsIsRefused() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(0, 1, 2);
    int less = net.sum(net.scale(0, 0.3), net.scale(0, -0.31));
    int curved = net.activation(0, "sigmoid");
    net.concat(less, curved);
    net.slope(curved, 1, 1);
    net.bound = 10;
    Subject network = net.subject();
    Proof rows =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.Rows(new BoxTree.Leaf()));
    Grounds grounds =
        new Grounds.GivenWeights(
            network.certificate().tensors(), Grounds.Calls.BOUNDED, List.of(rows));
    Claim.Trend trend = new Claim.Trend(true, List.of(0), List.of(0));
    assertRejected(
        network,
        claiming(network, new Claim.Monotone(List.of(trend), box(0, 1, 0, 1)), grounds),
        Reason.DERIVATIVES_NOT_PROVED);
    Claim flat = new Claim.Slopes(List.of(0.009, 0.009), List.of(0), box(0, 1, 0, 1));
    assertRejected(network, claiming(network, flat, grounds), Reason.DERIVATIVES_NOT_PROVED);
  }
}
