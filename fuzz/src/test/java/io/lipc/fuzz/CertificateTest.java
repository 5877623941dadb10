package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.fuzz.Format.Mutant;
import io.lipc.fuzz.Format.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Certificates are read or refused, then accepted or rejected; what is accepted is true, whatever
 * network the mutant describes, and of the network that it was made for it claims no less than two
 * inputs are known to reach.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CertificateTest {

  private static final Tokens JSON =
      new Tokens(
          List.of(
              "0x1.0p0",
              "-0x1.0p0",
              "0x0.0p0",
              "-0x0.0p0",
              "0x1.0p-1",
              "0x1.8p1",
              "0x1.0p-1000",
              "0x1.0p1000",
              "0x1.fffffffffffffp1023",
              "0x0.0000000000001p-1022",
              "NaN",
              "Infinity",
              "-Infinity",
              "0x1.0p-40",
              "0",
              "1",
              "2",
              "3",
              "-1",
              "7",
              "65536",
              "262144",
              "16777216",
              "2147483647",
              "2147483648",
              "9999999999"),
          List.of(
              "{",
              "}",
              "[",
              "]",
              ",",
              ":",
              "\"",
              "\\",
              "\n",
              " ",
              "null",
              "[]",
              "{}",
              "\"l2\"",
              "\"linf\"",
              "\"numeric\"",
              "\"structural\"",
              "\"lower\": [\"0x0.0p0\"]",
              "\"-0x1.0p1023\"",
              "NaN",
              "/local",
              "/monotone",
              "/slopes",
              "\"rows\"",
              "\"boxes\": [\"0 0x0.0p0\", \"leaf\", \"leaf\"]",
              "\"decreasing\"",
              "\"f64\"",
              "\"f32\"",
              "\"inlined\"",
              "\"exact elimination\"",
              "\"verified cholesky\"",
              "\"congruence\"",
              "\"ldlt construction\"",
              "\"elementwise product\"",
              "\"gain\"",
              "\"slope\"",
              "\"range\"",
              "\"relu\"",
              "\"group_sort\"",
              "\"softmax\"",
              "\"maxmin\"",
              "\"calls\": \"inlined\",",
              "\"1 0\"",
              "\u0000",
              "\u00e9"));

  private List<CertifiedSample> samples = List.of();

  @BeforeAll
  void certify() throws Exception {
    samples = CertifiedSample.all();
    assertThat(samples).hasSizeGreaterThan(10);
    assertThat(samples)
        .anyMatch(sample -> sample.subject().certificate().claim() instanceof Claim.Local)
        .anyMatch(sample -> sample.subject().certificate().claim() instanceof Claim.Monotone)
        .anyMatch(sample -> sample.subject().certificate().claim() instanceof Claim.Slopes);
  }

  @Test
  void mutants() throws Exception {
    List<byte[]> samples =
        this.samples.stream()
            .map(CertifiedSample::text)
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
    Fuzz.run(
        new Format("certificate", "json", 10_000, samples, CertificateTest::mutate, this::read));
  }

  static byte[] mutate(byte[] sample, byte[] other, Mutator mutator) {
    if (mutator.once(16)) {
      return mutator.bytes(sample, other);
    }
    String text = new String(sample, StandardCharsets.UTF_8);
    return JSON.mutate(text, new String(other, StandardCharsets.UTF_8), mutator)
        .getBytes(StandardCharsets.UTF_8);
  }

  private Outcome read(Mutant mutant) {
    CertifiedSample sample = samples.get(mutant.sample());
    Subject original = sample.subject();
    Certificate certificate;
    try {
      certificate = CertificateText.read(new String(mutant.content(), StandardCharsets.UTF_8));
    } catch (FormatException e) {
      Messages.check(e.getMessage());
      return Outcome.REFUSED;
    }
    Subject subject =
        new Subject(
            certificate,
            Digest.of(mutant.content()),
            original.weights(),
            Map.copyOf(original.callees()));
    return switch (CertificateChecker.check(subject)) {
      case Verdict.Rejected rejected -> {
        assertThat(rejected.detail()).isNotBlank();
        yield Outcome.REFUSED;
      }
      case Verdict.Accepted _ -> {
        sample.checkClaim(certificate);
        Truth.check(subject);
        yield Outcome.ACCEPTED;
      }
    };
  }
}
