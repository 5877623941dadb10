package io.lipc.tools.page;

import static io.lipc.charts.Markup.element;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.charts.Markup;
import io.lipc.charts.Markup.Element;
import io.lipc.formats.Norm;
import io.lipc.model.Decimals;
import java.util.ArrayList;
import java.util.List;

/** The first paragraph about a network, for readers who decide and do not calculate. */
final class Summary {

  private Summary() {}

  static Element of(NetworkReport report) {
    List<Markup> sentences = new ArrayList<>();
    boolean isBounded = report.accepted().isPresent();
    add(sentences, "Promised: ", promised(report) + (isBounded ? " " : ""));
    if (isBounded) {
      add(sentences, "For which inputs: ", inputs(report) + " ");
      add(sentences, "Not promised: ", others(report));
    }
    return element("p").with("class", "lead").holding(sentences);
  }

  private static void add(List<Markup> sentences, String head, String text) {
    sentences.add(element("strong").saying(head));
    sentences.add(Html.text(text));
  }

  private static String promised(NetworkReport report) {
    if (report.accepted().isEmpty() && !report.claims().isEmpty()) {
      return "no Lipschitz bound: nothing about how far outputs move. What else is proved stands"
          + " below.";
    }
    if (report.accepted().isEmpty()) {
      return "nothing. The checker has accepted no certificate of this network.";
    }
    Subject subject = report.accepted().get();
    Claim.Lipschitz claim = subject.certificate().lipschitz();
    String words =
        "if two inputs are d apart (%s), the outputs are at most %s d apart (%s)%s%s."
            .formatted(
                distance(claim.norms().input()),
                Decimals.up(claim.bound()),
                distance(claim.norms().output()),
                scaled(subject, report.claims()),
                report.hasFreeWeights() ? ", whatever the network learns" : "");
    return words + report.samples().map(Summary::samples).orElse("");
  }

  /** The scaled bound, if there is one: certified radii are in its distance. */
  private static String scaled(Subject subject, List<Subject> claims) {
    if (claims.stream().noneMatch(claim -> claim.certificate().claim() instanceof Claim.Scaled)) {
      return "";
    }
    RadiusClaim radii = RadiusClaim.of(subject, claims);
    return "; if they are d apart in %s, the outputs are at most %s d apart (%s)"
        .formatted(
            radii.distance(),
            Decimals.up(radii.bound().bound()),
            distance(radii.bound().norms().output()));
  }

  private static String distance(Norm norm) {
    return switch (norm) {
      case L2 -> "Euclidean distance";
      case LINF -> "the largest change of one element";
    };
  }

  private static String samples(Samples samples) {
    String right =
        " The network gives %s of the samples of %s their class."
            .formatted(Numbers.percent(samples.certified(0)), samples.file());
    return samples.median() > 0
        ? right
            + " Half of these keep it as long as the input moves by less than %s, in %s%s."
                .formatted(
                    Decimals.down(samples.median()),
                    samples.distance(),
                    samples.boxed() ? ", within the declared limits" : "")
        : right;
  }

  private static String inputs(NetworkReport report) {
    return "all, also those that nobody has tried: this is proved, not measured"
        + (report.samples().isEmpty()
            ? "."
            : ". What is said of samples is about these samples alone.");
  }

  private static String others(NetworkReport report) {
    String task = "that the outputs are right for the task";
    return switch (report.answer()) {
      case PROVED, REFUSED ->
          task + report.lacking().map(what -> "; all else (" + what + ")").orElse("") + ".";
      case NOT_PROVED -> task + "; the declared bound " + Facts.declared(report) + ".";
      case FALSE -> task + "; the declared bound " + Facts.declared(report) + ", which is false.";
    };
  }
}
