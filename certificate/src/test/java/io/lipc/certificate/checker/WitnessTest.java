package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.audit.Witness;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Subject;
import io.lipc.certificate.verdict.Verdict;
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
}
