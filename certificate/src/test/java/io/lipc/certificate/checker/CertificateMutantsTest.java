package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Changed certificates: the text is refused, or the checker rejects it, or what it claims is true
 * of the network that it then describes. {@code -Dlipc.fuzz=N} sets the number of mutants.
 */
final class CertificateMutantsTest {

  private static final int MUTANTS = Integer.getInteger("lipc.fuzz", 5000);
  private static final String TOKENS = "0123456789abcdefpx.+-[]{},:\" rslutanhmw";

  /** Two relus between diagonal matrices and a sum: the constant is 3, and 3.25 leaves room. */
  private static Subject honest() {
    NetworkUnderTest net = new NetworkUnderTest();
    int z = net.dense(net.input(2), new double[][] {{3, 0}, {0, 1}});
    int h = net.slopes(z, "relu", 1, 9);
    int y = net.dense(h, new double[][] {{2, 0}, {0, 6}});
    net.scale(net.sum(y, y), 0.25);
    net.bound = 3.25;
    return net.subject();
  }

  @Test
  void noMutantProvesWhatIsFalse() throws FormatException {
    Subject honest = honest();
    assertThat(CertificateChecker.check(honest)).isInstanceOf(Verdict.Accepted.class);
    String text = CertificateText.write(honest.certificate());
    Random random = new Random(17);
    int read = 0;
    int accepted = 0;
    for (int i = 0; i < MUTANTS; i++) {
      String mutant = mutate(text, random);
      Certificate certificate;
      try {
        certificate = CertificateText.read(mutant);
      } catch (FormatException e) {
        continue;
      }
      read++;
      Digest digest = Digest.of(mutant.getBytes(StandardCharsets.UTF_8));
      Subject subject = new Subject(certificate, digest, honest.weights(), Map.of());
      if (CertificateChecker.check(subject) instanceof Verdict.Accepted claim) {
        accepted++;
        assertTrue(subject, claim.bound(), random);
      }
    }
    assertThat(read).as("mutants that are certificates").isGreaterThan(MUTANTS / 50);
    assertThat(accepted).as("mutants that prove something").isPositive();
  }

  private static String mutate(String text, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
      int at = random.nextInt(mutant.length());
      char token = TOKENS.charAt(random.nextInt(TOKENS.length()));
      switch (random.nextInt(6)) {
        case 0 -> mutant.deleteCharAt(at);
        case 1 -> mutant.insert(at, token);
        default -> mutant.setCharAt(at, digitFor(mutant.charAt(at), token, random));
      }
    }
    return mutant.toString();
  }

  /** Most changes of a digit give a digit: they make certificates that can still be read. */
  private static char digitFor(char old, char token, Random random) {
    return Character.isDigit(old) && random.nextInt(4) > 0
        ? (char) ('0' + random.nextInt(10))
        : token;
  }

  private static void assertTrue(Subject subject, double bound, Random random) {
    UnitEvaluator network = UnitEvaluator.of(subject);
    int size = subject.certificate().inputSize();
    for (int pair = 0; pair < 200; pair++) {
      double[] x = random.doubles(size, -3, 3).toArray();
      double[] step = random.doubles(size, -1, 1).toArray();
      double[] moved = new double[size];
      double distance = 0;
      for (int i = 0; i < size; i++) {
        moved[i] = x[i] + step[i];
        distance = Math.hypot(distance, moved[i] - x[i]);
      }
      double[] from = network.apply(x);
      double[] to = network.apply(moved);
      double change = 0;
      for (int i = 0; i < from.length; i++) {
        change = Math.hypot(change, to[i] - from[i]);
      }
      assertThat(change)
          .as("%s at %s", CertificateText.write(subject.certificate()), List.of(x, moved))
          .isLessThanOrEqualTo(bound * distance * (1 + 1e-9) + 1e-12);
    }
  }
}
