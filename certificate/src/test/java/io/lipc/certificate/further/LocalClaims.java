package io.lipc.certificate.further;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Norm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Claims of bounds on boxes, by hand. */
final class LocalClaims {

  static final Norms FROM_LINF = new Norms(Norm.LINF, Norm.L2);

  static Unit.Box box(double... ends) {
    List<Double> lower = new ArrayList<>();
    List<Double> upper = new ArrayList<>();
    for (int i = 0; i < ends.length; i += 2) {
      lower.add(ends[i]);
      upper.add(ends[i + 1]);
    }
    return new Unit.Box(lower, upper);
  }

  /** {@code relu(x_0 + x_1, x_0 - 3 x_1, 8 x_0 - 8)}, of inputs in [-4, 4]. */
  static NetworkUnderTest network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(-4, 4, 2);
    net.dense(0, new double[][] {{1, 1}, {1, -3}, {8, 0}}, new double[] {0, 0, -8});
    net.activation(1, "relu");
    net.bound = 1000;
    net.slope(2, 1, 1, 1);
    return net;
  }

  /** Here the first relu is on, and the others are off: the function is (x_0 + x_1, 0, 0). */
  static final Unit.Box QUIET = box(0.5, 0.75, 0.5, 1);

  /** The multipliers of one activation, a single 0 where none is given. */
  static List<Proof> proof(int at, double... multipliers) {
    List<Double> values =
        multipliers.length == 0 ? List.of(0.0) : Arrays.stream(multipliers).boxed().toList();
    return proof(List.of(new Proof.Multiplier(at, Constraint.SLOPE, values)));
  }

  static List<Proof> proof(List<Proof.Multiplier> multipliers) {
    return List.of(
        new Proof(List.of(), List.of(), multipliers, new PositivityWitness.ExactElimination()));
  }

  static Certificate local(
      Subject network, Claim.Lipschitz bound, Unit.Box box, List<Proof> proofs) {
    Certificate about = network.certificate();
    return new Certificate(
        about.network(),
        about.type(),
        new Claim.Local(bound, box),
        "by hand",
        about.units(),
        new Grounds.GivenWeights(about.tensors(), Grounds.Calls.BOUNDED, proofs));
  }

  static Certificate local(Subject network, double bound, Unit.Box box, List<Proof> proofs) {
    return local(network, new Claim.Lipschitz(Norms.EUCLIDEAN, bound, 1000), box, proofs);
  }

  static Certificate honest(Subject network) {
    return local(network, 1.42, QUIET, proof(2));
  }

  static void assertRejected(Subject network, Certificate forged, Reason reason) {
    assertThatThrownBy(() -> FurtherClaims.checked(network, forged))
        .isInstanceOf(Rejection.class)
        .hasMessageStartingWith(reason.words());
  }

  static void assertAccepted(Subject network, Certificate claim) {
    assertThat(FurtherClaims.checked(network, claim).certificate()).isEqualTo(claim);
  }
}
