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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
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

  private static Subject chain(int width, PositivityWitness witness, double bound) {
    Random random = new Random(7);
    NetworkUnderTest net = new NetworkUnderTest();
    int x = net.input(width);
    for (int k = 0; k < 2; k++) {
      double[][] weight = new double[width][width];
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

  private static void assertEndsAtEachLook(Subject subject) {
    AtomicInteger looks = new AtomicInteger();
    assertThat(CertificateChecker.check(subject, looks::incrementAndGet)).isEqualTo(new Accepted());
    assertThat(looks.get()).isPositive();
    for (int k = 0; k < looks.get(); k++) {
      assertEndsAfter(k, subject);
    }
  }

  /** At the first and the last look of each place in the checker, and at some between. */
  private static void assertEndsAtEachPlace(Subject subject) {
    AtomicInteger looks = new AtomicInteger();
    Map<List<StackTraceElement>, Integer> first = new ConcurrentHashMap<>();
    Map<List<StackTraceElement>, Integer> last = new ConcurrentHashMap<>();
    Runnable notes =
        () -> {
          int look = looks.getAndIncrement();
          first.putIfAbsent(place(), look);
          last.put(place(), look);
        };
    assertThat(CertificateChecker.check(subject, notes)).isEqualTo(new Accepted());
    Set<Integer> chosen = new TreeSet<>(first.values());
    chosen.addAll(last.values());
    for (int k = 0; k < looks.get(); k += 1 + k / 8) {
      chosen.add(k);
    }
    assertThat(first).hasSizeGreaterThan(20);
    chosen.forEach(k -> assertEndsAfter(k, subject));
  }

  /** The lines of the checker from which it looks now, with all its callers. */
  private static List<StackTraceElement> place() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> frame.getClassName().startsWith("io.lipc.certificate."))
                    .map(StackWalker.StackFrame::toStackTraceElement)
                    .toList());
  }

  private static void assertEndsAfter(int looks, Subject subject) {
    AtomicInteger left = new AtomicInteger(looks);
    assertThatThrownBy(
            () ->
                CertificateChecker.check(
                    subject,
                    () -> {
                      if (left.getAndDecrement() <= 0) {
                        throw new Gone();
                      }
                    }))
        .as("after %d looks", looks)
        .isInstanceOf(Gone.class);
  }

  @Test
  void acceptedByElimination() {
    assertEndsAtEachLook(chain(8, new PositivityWitness.ExactElimination(), 8));
  }

  /**
   * Nearly 6,000 looks from two dozen places: to end at each would take a minute, and an end
   * differs from another by the calls that led to it alone.
   */
  @Test
  void acceptedByALongElimination() {
    assertEndsAtEachPlace(chain(24, new PositivityWitness.ExactElimination(), 8));
  }

  @Test
  void acceptedByAFactorisation() {
    assertEndsAtEachLook(chain(24, new PositivityWitness.VerifiedCholesky(), 8));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tooLittleMemoryIsARejectionThatSaysSo(boolean stack) {
    Subject subject = chain(24, new PositivityWitness.VerifiedCholesky(), 8);
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

  /** A pool hands on a copy of what another thread has thrown, whose cause alone has the words. */
  @Test
  void tooMuchWorkInAnotherThreadIsNotTooLittleMemory() {
    Subject subject = chain(24, new PositivityWitness.VerifiedCholesky(), 8);
    try (ForkJoinPool pool = new ForkJoinPool(1)) {
      Runnable look =
          () ->
              pool.submit(
                      () -> {
                        throw new ArithmeticException("more work");
                      })
                  .join();
      assertThat(CertificateChecker.check(subject, look))
          .isEqualTo(new Rejected(Reason.TOO_LARGE, "more work"));
    }
  }
}
