package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.compiler.Batch;
import io.lipc.compiler.Compiler;
import io.lipc.compiler.Examination;
import io.lipc.compiler.Library;
import io.lipc.compiler.Search;
import io.lipc.compiler.Texts;
import io.lipc.dsl.LipParser;
import io.lipc.dsl.SourceText;
import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import io.lipc.fuzz.Format.Mutant;
import io.lipc.fuzz.Format.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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

  /** What all methods prove, and both kinds of certificates. */
  private static final String NETWORKS =
      """
      network Chain(x: real[2]) -> real[2] {
          certify lipschitz <= 4;
          weights "w";
          h = x |> dense(3) |> relu;
          k = h |> dense(3, bias = false) |> tanh;
          y = k |> dense(2);
          return y;
      }
      network Caller(x: real[2] in [-1, 1]) -> real[2] {
          certify lipschitz <= 9;
          precision f64;
          y = x |> Inner |> scale(0.5);
          return y + x;
      }
      network Inner(x: real[2]) -> real[2] {
          certify lipschitz <= 8;
          weights "v";
          precision f64;
          h = x |> dense(2) |> maxmin;
          return concat(h, x) |> group_sort(4) |> Half;
      }
      network Half(x: real[4]) -> real[2] {
          certify lipschitz <= 4;
          weights "u";
          precision f64;
          y = x |> dense(2) |> softmax(0.5);
          return y;
      }
      network Maximum(x: real[3]) -> real[2] {
          certify lipschitz <= 9 from linf to linf;
          weights "m";
          h = x |> dense(2) |> relu;
          y = h |> dense(2);
          return y;
      }
      network Elements(x: real[3]) -> real[2] {
          certify lipschitz <= 9 from l2 to linf;
          weights "e";
          h = x |> dense(2) |> relu;
          y = h |> dense(2);
          return y;
      }
      network Free(x: real[4]) -> real[2] {
          certify lipschitz <= 1;
          parameters ldlt;
          h = x |> dense(3) |> relu;
          y = h |> dense(2);
          return y;
      }
      network Plain(x: real[2]) -> real[4] {
          certify lipschitz <= 3;
          a = x |> householder(0.6, 0.8) |> scale(0.5);
          b = x |> leaky_relu(0.25) |> abs;
          return concat(a + b, x |> sin);
      }
      """;

  private final List<Subject> subjects = new ArrayList<>();
  private final List<Double> reached = new ArrayList<>();

  @BeforeAll
  void certify() throws Exception {
    List<String> texts = new ArrayList<>(List.of(NETWORKS));
    for (Path file : Samples.files(name -> name.contains("good/") && name.endsWith(".lip"))) {
      texts.add(Files.readString(file));
    }
    for (String text : texts) {
      SourceText source = new SourceText("sample.lip", text);
      Batch batch = Texts.parse(List.of(new Texts.Text(source, "demo")), Library.empty()).batch();
      List<Examination> examinations =
          Compiler.examine(
              batch,
              FittingWeights.of(LipParser.parse(source, "demo")),
              Library.empty(),
              Search.all(Duration.ofSeconds(5)),
              (_, _) -> "a pair");
      for (Examination examination : examinations) {
        if (examination instanceof Examination.Proved proved) {
          subjects.add(proved.callee().subject());
          reached.add(reached(proved));
        }
      }
    }
    assertThat(subjects).hasSizeGreaterThan(10);
  }

  /** A lower bound by two inputs; 0 where weights are free. */
  private static double reached(Examination.Proved proved) {
    Subject subject = proved.callee().subject();
    Options options =
        new Options(
            Method.NORM_PRODUCT, OptionalDouble.empty(), List.of(), 1, Options.Effort.REPORT);
    Certification found =
        Certifier.certify(
            proved.checked().network(), subject.weights(), subject.callees(), options);
    return found.evidence().lower().value();
  }

  @Test
  void mutants() throws Exception {
    List<byte[]> samples =
        subjects.stream()
            .map(subject -> CertificateText.write(subject.certificate()))
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
    Subject original = subjects.get(mutant.sample());
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
      case Verdict.Accepted accepted -> {
        assertThat(accepted.bound()).isEqualTo(certificate.bound());
        checkAgainst(original, reached.get(mutant.sample()), certificate);
        Truth.check(subject);
        yield Outcome.ACCEPTED;
      }
    };
  }

  /** What is said of the same function, between the same norms, is no less than what is known. */
  private static void checkAgainst(Subject original, double reached, Certificate claim) {
    Certificate before = original.certificate();
    if (claim.units().equals(before.units()) && claim.norms().equals(before.norms())) {
      assertThat(claim.bound())
          .as("a bound of %s", before.network())
          .isGreaterThanOrEqualTo(reached);
    }
  }
}
