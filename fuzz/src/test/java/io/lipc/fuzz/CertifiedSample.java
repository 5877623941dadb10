package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.LocalSearch;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.compiler.Compiler;
import io.lipc.compiler.Texts;
import io.lipc.compiler.library.Examination;
import io.lipc.compiler.library.Library;
import io.lipc.compiler.library.ProvedClaim;
import io.lipc.compiler.proof.Search;
import io.lipc.compiler.proof.Timing;
import io.lipc.compiler.reading.Batch;
import io.lipc.dsl.LipParser;
import io.lipc.dsl.SourceText;
import io.lipc.linalg.Deadline;
import io.lipc.model.Property;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An honest certificate.
 *
 * @param subject with what it is about
 * @param reached a lower bound of the network, by two inputs; 0 where weights are free
 */
record CertifiedSample(Subject subject, double reached) {

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
      network Maximum(x: real[1, 3]) -> real[2] {
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
      network Twice(x: real[4]) -> real[2] {
          certify lipschitz <= 2;
          y = x |> Free;
          return y + y;
      }
      network Again(x: real[2]) -> real[2] {
          certify lipschitz <= 3;
          weights "a";
          h = x |> dense(2) |> Turned;
          return h + h;
      }
      network Turned(x: real[2]) -> real[2] {
          certify lipschitz <= 3;
          weights "t";
          h = x |> dense(2) |> relu;
          y = h |> dense(2);
          return y;
      }
      network Near(x: real[2] in [-2, 2]) -> real[2] {
          certify lipschitz <= 90;
          certify lipschitz <= 80 on x[0] = 0.25, x in [0.5, 1];
          weights "n";
          precision f64;
          h = x |> dense(3) |> relu;
          k = h |> dense(2) |> tanh;
          return k |> maxmin;
      }
      network Rising(a: real[1] in [-2, 2], b: real[1] in [-2, 2]) -> real[2] {
          certify lipschitz <= 90;
          certify lipschitz <= 80 from linf to linf on a in [0.5, 1], b in [0.5, 1];
          certify monotone increasing in b on a in [-1, 1], b in [-1, 1];
          certify slopes <= 1 in b of y[0] on a in [-1, 1], b in [-1, 1];
          precision f64;
          c = concat(b, b) |> leaky_relu(0.25);
          d = concat(a, a) |> scale(-0.5) |> relu;
          return c + d;
      }
      network Plain(x: real[2]) -> real[4] {
          certify lipschitz <= 3;
          a = x |> householder(0.6, 0.8) |> scale(0.5);
          b = x |> leaky_relu(0.25) |> abs;
          return concat(a + b, x |> sin);
      }
      """;

  /** Networks of every kind of certificate, and the good examples of other modules. */
  static List<CertifiedSample> all() throws Exception {
    List<CertifiedSample> samples = new ArrayList<>(ofEveryKind());
    for (Path file : Samples.files(name -> name.contains("good/") && name.endsWith(".lip"))) {
      samples.addAll(of(Files.readString(file)));
    }
    return samples;
  }

  /** Networks of every kind of certificate. */
  static List<CertifiedSample> ofEveryKind() throws Exception {
    return of(NETWORKS);
  }

  private static List<CertifiedSample> of(String text) throws Exception {
    SourceText source = new SourceText("sample.lip", text);
    Batch batch = Texts.parse(List.of(new Texts.Text(source, "demo")), Library.empty()).batch();
    List<CertifiedSample> samples = new ArrayList<>();
    for (Examination examination :
        Compiler.examine(
            batch,
            FittingWeights.of(LipParser.parse(source, "demo")),
            Library.empty(),
            Search.all(new Timing.Usual()),
            (_, _) -> "a pair")) {
      if (examination instanceof Examination.Proved proved) {
        samples.add(new CertifiedSample(proved.callee().subject(), reached(proved)));
        proved.claims().stream()
            .map(ProvedClaim::subject)
            .forEach(
                claim -> {
                  if (claim.certificate().claim() instanceof Claim.Local) {
                    samples.add(new CertifiedSample(claim, reachedOnBox(proved)));
                  } else if (claim.certificate().claim() instanceof Claim.OfDerivatives) {
                    samples.add(new CertifiedSample(claim, 0));
                  }
                });
      }
    }
    return samples;
  }

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

  private static double reachedOnBox(Examination.Proved proved) {
    return proved.checked().network().further().stream()
        .filter(Property.Local.class::isInstance)
        .flatMap(
            local ->
                LocalSearch.reached(
                    (Property.Local) local,
                    proved.callee().subject(),
                    Deadline.in(Duration.ofSeconds(1)))
                    .stream())
        .mapToDouble(found -> found.bound().value())
        .findFirst()
        .orElse(0);
  }

  String text() {
    return CertificateText.write(subject.certificate());
  }

  /** What is said of the same function, between the same norms, is no less than what is known. */
  void checkClaim(Certificate claim) {
    Certificate before = subject.certificate();
    if (claim.claim() instanceof Claim.OfUnits
        && before.claim() instanceof Claim.OfUnits
        && claim.units().equals(before.units())
        && box(claim).equals(box(before))
        && claim.inequality().norms().equals(before.inequality().norms())) {
      assertThat(claim.inequality().bound())
          .as("a bound of %s", before.network())
          .isGreaterThanOrEqualTo(reached);
    }
  }

  private static Optional<Unit.Box> box(Certificate claim) {
    return claim.claim() instanceof Claim.Local(_, Unit.Box box)
        ? Optional.of(box)
        : Optional.empty();
  }
}
