package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Subject;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever waits for a verdict may go at any look: then there is none, neither a true nor a false
 * one.
 */
final class LookTest {

  private static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static Subject chain(PositivityWitness witness, double bound) {
    Random random = new Random(7);
    NetworkUnderTest net = new NetworkUnderTest();
    int x = net.input(24);
    for (int k = 0; k < 2; k++) {
      double[][] weight = new double[24][24];
      for (double[] row : weight) {
        for (int j = 0; j < row.length; j++) {
          row[j] = Math.rint(64 * random.nextGaussian()) / 1024;
        }
      }
      x = net.slopes(net.dense(x, weight), "relu", 1.1);
    }
    net.bound = bound;
    net.witness = witness;
    return net.subject();
  }

  private static void assertEndsAtEachLook(Subject subject, Verdict expected) {
    AtomicInteger looks = new AtomicInteger();
    assertThat(CertificateChecker.check(subject, looks::incrementAndGet)).isEqualTo(expected);
    assertThat(looks.get()).isPositive();
    for (int k = 0; k < looks.get(); k++) {
      AtomicInteger left = new AtomicInteger(k);
      assertThatThrownBy(
              () ->
                  CertificateChecker.check(
                      subject,
                      () -> {
                        if (left.getAndDecrement() <= 0) {
                          throw new Gone();
                        }
                      }))
          .as("after %d of %d looks", k, looks.get())
          .isInstanceOf(Gone.class);
    }
  }

  @Test
  void acceptedByElimination() {
    assertEndsAtEachLook(chain(new PositivityWitness.ExactElimination(), 8), new Accepted());
  }

  @Test
  void acceptedByAFactorisation() {
    assertEndsAtEachLook(chain(new PositivityWitness.VerifiedCholesky(), 8), new Accepted());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tooLittleMemoryIsARejectionThatSaysSo(boolean stack) {
    Subject subject = chain(new PositivityWitness.VerifiedCholesky(), 8);
    Verdict verdict =
        CertificateChecker.check(
            subject,
            () -> {
              if (stack) {
                throw new StackOverflowError();
              }
              throw new OutOfMemoryError();
            });

    // Such errors of other threads come without a message; it read "too large: null".
    assertThat(verdict).isEqualTo(new Rejected(Reason.TOO_LARGE, "for the memory that Java has"));
  }
}
