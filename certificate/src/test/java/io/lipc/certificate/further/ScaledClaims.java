package io.lipc.certificate.further;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.Arrays;
import java.util.List;

/** Builds claims in a scale, honest and forged ones, with a network for them. */
final class ScaledClaims {

  static final InputScale FIRST = new InputScale.FirstLayer();

  /** A proof without any record: enough for units that are all linear. */
  static final Proof BARE = proof(List.of());

  private ScaledClaims() {}

  /** {@code relu(3 z_0, 4 z_1)} with {@code z = (64 x_0 + 1, x_1 / 64 - 1)}. */
  static NetworkUnderTest network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.add(Unit.affine(0, List.of(64.0, 0x1p-6), List.of(1.0, -1.0), 2));
    net.dense(1, new double[][] {{3, 0}, {0, 4}});
    net.activation(2, "relu");
    net.bound = 1000;
    return net;
  }

  /** A proof of the units behind the scale, in which relu is number {@code at}. */
  static Proof proof(int at, double... multipliers) {
    List<Double> values = Arrays.stream(multipliers).boxed().toList();
    return proof(List.of(new Proof.Multiplier(at, Constraint.SLOPE, values)));
  }

  private static Proof proof(List<Proof.Multiplier> multipliers) {
    return new Proof(List.of(), List.of(), multipliers, new PositivityWitness.ExactElimination());
  }

  /** A bound of the network in a scale, declared to be at most 1000. */
  static Certificate scaled(Subject network, double bound, InputScale scale, Proof proof) {
    return claim(
        network,
        new Claim.Scaled(new Claim.Lipschitz(Norms.EUCLIDEAN, bound, 1000), scale),
        network.certificate().units(),
        proof);
  }

  /** A claim about a network of given weights, or about other units. */
  static Certificate claim(Subject network, Claim claim, List<Unit> units, Proof proof) {
    Certificate about = network.certificate();
    Grounds grounds =
        new Grounds.GivenWeights(about.tensors(), Grounds.Calls.BOUNDED, List.of(proof));
    return claim(network, claim, units, grounds);
  }

  static Certificate claim(Subject network, Claim claim, List<Unit> units, Grounds grounds) {
    Certificate about = network.certificate();
    return new Certificate(about.network(), about.type(), claim, "by hand", units, grounds);
  }

  /** Refuses a claim about a network, with the words of a reason. */
  static void assertRejected(Subject network, Certificate forged, Reason reason) {
    assertThatThrownBy(() -> FurtherClaims.checked(network, forged))
        .isInstanceOf(Rejection.class)
        .hasMessageStartingWith(reason.words());
  }
}
