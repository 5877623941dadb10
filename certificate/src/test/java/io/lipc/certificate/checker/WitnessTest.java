package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.audit.Witness;
import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit is asked whatever the checker is asked in tests, and a disagreement is an error. */
final class WitnessTest {

  /** Another bound in each test: what was compared once is not compared again. */
  private static Subject half(double bound) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.scale(net.slopes(net.input(2), "relu", 0.25), 0.5);
    net.bound = bound;
    return net.subject();
  }

  @Test
  void theAgentIsThereAndCompares() {
    int before = Witness.compared();
    assertThat(CertificateChecker.check(half(0.5625))).isEqualTo(new Verdict.Accepted());
    assertThat(Witness.compared()).isEqualTo(before + 1);
    CertificateChecker.check(half(0.5625));
    assertThat(Witness.compared()).isEqualTo(before + 1);
  }

  @Test
  void acceptedByTheCheckerAlone() {
    assertThatThrownBy(() -> Witness.compare(new Verdict.Accepted(), half(0.4375)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Accepted")
        .hasMessageContaining("not positive");
  }

  @Test
  void rejectedByTheCheckerAlone() {
    Verdict lie = new Verdict.Rejected(Verdict.Reason.FOREIGN_DIGEST, "a lie");
    assertThatThrownBy(() -> Witness.compare(lie, half(0.625)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a lie")
        .hasMessageContaining("ACCEPTED");
  }

  @Test
  void whatTheCheckerCannotProveMayBeTrue() {
    Verdict unproved = new Verdict.Rejected(Verdict.Reason.NOT_POSITIVE_DEFINITE, "unproved");
    assertThatCode(() -> Witness.compare(unproved, half(0.6875))).doesNotThrowAnyException();
  }

  /** {@code x / 2} on [0, 1], whose derivative is 1/2: the audit accepts this bound. */
  private static Subject onBox(double bound) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.scale(net.slopes(net.input(1), "relu", 0), 0.5);
    Certificate network = net.subject().certificate();
    Unit.Box box = new Unit.Box(List.of(0.0), List.of(1.0));
    Claim claim = new Claim.Local(new Claim.Lipschitz(Norms.EUCLIDEAN, bound), box);
    PositivityWitness rows = new PositivityWitness.Rows(new BoxTree.Leaf());
    Proof proof = new Proof(List.of(), List.of(), List.of(), rows);
    return net.subject(
        new Certificate(
            network.network(),
            network.type(),
            claim,
            "rows",
            network.units(),
            new Grounds.GivenWeights(List.of(), Grounds.Calls.BOUNDED, List.of(proof))));
  }

  /** The audit rounds no length, and may find one that lacks an ulp. */
  @Test
  void lengthsThatAreFarTooShortAreCompared() {
    String lengths = "unit 2 reads lengths from 0.5 on, not from ";
    Verdict near = new Verdict.Rejected(Reason.LENGTH_NOT_PROVED, lengths + Math.nextUp(0.5));
    assertThatCode(() -> Witness.compare(near, onBox(0.5))).doesNotThrowAnyException();
    for (String detail : List.of(lengths + "0.500001", "no box of inputs")) {
      Verdict far = new Verdict.Rejected(Reason.LENGTH_NOT_PROVED, detail);
      assertThatThrownBy(() -> Witness.compare(far, onBox(0.5)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("ACCEPTED");
    }
  }

  /** The audit may know somewhat more of derivatives, and not far more. */
  @Test
  void whatTheCheckerIsFarFromProvingIsCompared() {
    Verdict near = new Verdict.Rejected(Reason.DERIVATIVES_NOT_PROVED, "bound 0.75");
    assertThatCode(() -> Witness.compare(near, onBox(0.5))).doesNotThrowAnyException();
    for (String detail : List.of("bound 1.25", "a slope of 0.25")) {
      Verdict far = new Verdict.Rejected(Reason.DERIVATIVES_NOT_PROVED, detail);
      assertThatThrownBy(() -> Witness.compare(far, onBox(0.5)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(detail)
          .hasMessageContaining("ACCEPTED");
    }
    Verdict unknown = new Verdict.Rejected(Reason.DERIVATIVES_NOT_PROVED, "bound Infinity");
    assertThatCode(() -> Witness.compare(unknown, onBox(0.5))).doesNotThrowAnyException();
    int before = Witness.compared();
    assertThat(CertificateChecker.check(onBox(0.125))).isInstanceOf(Verdict.Rejected.class);
    assertThat(Witness.compared()).isEqualTo(before + 1);
    assertThat(CertificateChecker.check(onBox(0.375))).isInstanceOf(Verdict.Rejected.class);
    assertThat(Witness.compared()).isEqualTo(before + 1);
  }
}
