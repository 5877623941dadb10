package io.lipc.tools.page;

import static io.lipc.charts.Markup.element;
import static java.util.stream.Collectors.joining;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.charts.Markup.Element;
import io.lipc.formats.Norm;
import io.lipc.model.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The claim about a network, in a table and in sentences for readers who have to rely on it. */
final class Facts {

  private Facts() {}

  /** The bound that is certified, rounded up. */
  static String upper(NetworkReport report) {
    return bound(report).map(found -> Decimals.up(found.lipschitz().bound())).orElse("none");
  }

  /** The largest ratio that was found, rounded down. */
  static String lower(NetworkReport report) {
    return report.hasFreeWeights()
        ? "none: the weights are free"
        : report.evidence().map(found -> found.lower().toString()).orElse("none");
  }

  static String declared(NetworkReport report) {
    return report.declared().isPresent() ? Decimals.plain(report.declared().getAsDouble()) : "none";
  }

  static String kind(NetworkReport report) {
    return certificate(report)
        .map(
            found ->
                switch (found.kind()) {
                  case NUMERIC -> "numeric: about these weights";
                  case STRUCTURAL -> "structural: about every value of the parameters";
                })
        .orElse("none");
  }

  private static Optional<Certificate> bound(NetworkReport report) {
    return report.accepted().map(Subject::certificate);
  }

  /** The network's own certificate: that of its bound, or else of its first claim. */
  private static Optional<Certificate> certificate(NetworkReport report) {
    return report
        .accepted()
        .or(() -> report.claims().stream().findFirst())
        .map(Subject::certificate);
  }

  static Element table(NetworkReport report) {
    List<List<String>> rows = new ArrayList<>();
    if (!report.isWithoutBound()) {
      rows.add(List.of("norms", report.norms().toString()));
    }
    rows.add(List.of("certified bound", upper(report)));
    bound(report)
        .ifPresent(
            found -> rows.add(List.of("exactly", Double.toHexString(found.lipschitz().bound()))));
    rows.add(List.of("lower bound", lower(report)));
    rows.add(List.of("declared bound", declared(report)));
    rows.add(List.of("verdict", report.verdict()));
    rows.add(List.of("kind of certificate", kind(report)));
    certificate(report)
        .ifPresent(
            found -> {
              rows.add(List.of("method", found.method()));
              rows.add(List.of("numbers", found.type().name()));
            });
    report
        .accepted()
        .ifPresent(subject -> rows.add(List.of("certificate", subject.digest().toString())));
    for (Subject claim : report.claims()) {
      String word = claim.certificate().claim().kind().word();
      rows.add(List.of("certificate of " + word, claim.digest().toString()));
    }
    return Html.table("Facts about " + report.network(), List.of("fact", "value"), rows);
  }

  /** The sentences about what is claimed and what is not. */
  static Element claim(NetworkReport report) {
    Element claim = element("div").with("class", "claim").holding(Html.heading(3, "The claim"));
    if (report.isWithoutBound()) {
      return claim
          .holding(
              Html.paragraph(
                  "No Lipschitz bound is claimed: nothing is said of how far outputs move when inputs"
                      + " do, and there are no certified radii. What is claimed stands below."))
          .holding(checks(report));
    }
    if (report.accepted().isEmpty()) {
      return claim.holding(
          Html.paragraph(
              "Nothing is claimed about this network: the checker has accepted no certificate."));
    }
    Element limits =
        Html.paragraph(
                "Not claimed: that the network does its task well; that a smaller bound would be"
                    + " false, unless the lower bound says so; anything about the rounding of the"
                    + " program that runs, except where a radius below says that it includes it;"
                    + " anything about other weights than those whose digests are listed. The whole"
                    + " claim with its proof and its assumptions stands in ")
            .holding(Html.code("docs/soundness.md"))
            .saying(" of the lipc sources.");
    Element stated = Html.paragraph(claimed(report, report.accepted().get()));
    return claim.holding(stated, limits).holding(checks(report));
  }

  private static String claimed(NetworkReport report, Subject subject) {
    Certificate certificate = subject.certificate();
    Norms norms = certificate.lipschitz().norms();
    String weights =
        report.hasFreeWeights()
            ? "whatever values its free parameters have"
            : "with the weights whose digests are listed below";
    String declared =
        report.answer() == Answer.PROVED
            ? ""
            : " The declared bound is smaller; it is not certified.";
    return "Claimed: take any two inputs. The bound is global"
        + (isBoxed(certificate)
            ? ": it holds outside of the declared box as well, which only certified radii are about"
            : "; no box of inputs is declared, and without one the program has no certified radii")
        + ". Computed in exact arithmetic, "
        + weights
        + ", the outputs of "
        + certificate.network()
        + " differ in "
        + norm(norms.output())
        + " by at most "
        + Decimals.up(certificate.lipschitz().bound())
        + " times as much as the inputs in "
        + norm(norms.input())
        + ". The certificate proves this; when this page was made, the checker accepted it."
        + declared;
  }

  private static boolean isBoxed(Certificate certificate) {
    return certificate.input().box().isPresent();
  }

  private static String norm(Norm norm) {
    return switch (norm) {
      case L2 -> "l2 (Euclidean distance)";
      case LINF -> "linf (the largest change of one element)";
    };
  }

  private static List<Element> checks(NetworkReport report) {
    return report.checks().isEmpty()
        ? List.of()
        : List.of(
            Html.paragraph("To have it checked again, by the independent checker alone:"),
            element("pre").holding(Html.code(String.join("\n", report.checks()))));
  }

  /** The tensors that a certificate is about. */
  static List<Element> weights(NetworkReport report) {
    List<TensorRecord> tensors = certificate(report).map(Certificate::tensors).orElse(List.of());
    if (tensors.isEmpty()) {
      return List.of();
    }
    List<List<String>> rows =
        tensors.stream()
            .map(
                tensor ->
                    List.of(
                        tensor.name(),
                        tensor.shape().stream().map(String::valueOf).collect(joining("x")),
                        tensor.digest().toString()))
            .toList();
    return List.of(
        Html.heading(3, "Weights"),
        Html.table(
            "Tensors that the certificate is about",
            List.of("tensor", "shape", "digest of its rounded numbers"),
            rows));
  }
}
