package io.lipc.tools.page;

import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.margin.RadiusClaim;
import io.lipc.certificate.query.QueryUnits;
import io.lipc.charts.Markup;
import io.lipc.charts.Markup.Element;
import io.lipc.model.Decimals;
import io.lipc.model.UpperBound;
import io.lipc.queries.Query;
import io.lipc.tools.command.BoxWords;
import io.lipc.tools.command.SlopeWords;
import io.lipc.tools.command.TrendWords;
import java.util.ArrayList;
import java.util.List;

/** The panels of a page for the claims beside a network's bound. */
final class ClaimPanels {

  private ClaimPanels() {}

  /**
   * One panel for each claim that the checker has accepted.
   *
   * @param id what the names of drawings begin with
   */
  static List<Element> of(NetworkReport report, String id) {
    return report.claims().stream().flatMap(claim -> panel(claim, report, id).stream()).toList();
  }

  /** A heading, what is claimed, and the certificate of it. */
  private static List<Element> own(String heading, String sentence, String what, Subject claim) {
    return List.of(
        Html.heading(3, heading),
        Html.paragraph(
                sentence
                    + " The "
                    + what
                    + " has a certificate of its own, which the checker accepted when this page was"
                    + " made: ")
            .holding(Html.code(claim.digest().toString()))
            .saying("."));
  }

  private static List<Element> range(Claim.Range range, Subject claim) {
    String sentence =
        "Every output is in [%s, %s], for every input of the declared box, in real arithmetic."
            .formatted(Decimals.down(range.lower()), Decimals.up(range.upper()));
    return own("Range of outputs", sentence, "range", claim);
  }

  private static List<Element> query(Query query, Subject claim) {
    String sentence =
        "No input satisfies the query below, in real arithmetic: it says what must not happen.";
    List<Element> all = new ArrayList<>(own("Query", sentence, "query", claim));
    all.add(Markup.element("pre").saying(query.text()));
    return all;
  }

  private static List<Element> scaled(Claim.Lipschitz bound, RadiusClaim radius, Subject claim) {
    String sentence =
        "Measured in %s, the network is %s-Lipschitz to %s, and certified radii are in this distance."
            .formatted(
                radius.distance(),
                new UpperBound(bound.bound()),
                bound.ofEachOutput() ? "linf" : "l2");
    return own("Scaled bound", sentence, "scaled bound", claim);
  }

  private static List<Element> local(Claim.Lipschitz bound, Unit.Box box, Subject claim) {
    String sentence =
        "For inputs of %s the network is %s-Lipschitz from %s to %s. Certified radii do not use it."
            .formatted(
                BoxWords.of(box),
                new UpperBound(bound.bound()),
                bound.fromLargest() ? "linf" : "l2",
                bound.ofEachOutput() ? "linf" : "l2");
    return own("Local bound", sentence, "local bound", claim);
  }

  private static List<Element> monotone(List<Claim.Trend> trends, Unit.Box box, Subject claim) {
    String sentence =
        ("For inputs of %s the network is %s, where all other inputs stay: in real arithmetic, an"
                + " output may be equal for two such inputs, and is never on the other side.")
            .formatted(BoxWords.of(box), TrendWords.of(trends, claim.certificate().outputSize()));
    return own("Monotone outputs", sentence, "claim", claim);
  }

  private static List<Element> slopes(Claim.Slopes slopes, Subject claim) {
    String sentence =
        ("For two inputs of %s that differ by dx, %s, in real arithmetic: each number is in units of"
                + " the output per unit of its own input.")
            .formatted(
                BoxWords.of(slopes.box()), SlopeWords.of(slopes, claim.certificate().outputSize()));
    return own("Bounds of single inputs", sentence, "claim", claim);
  }

  /** With the parts of the box, where they can be drawn. */
  private static List<Element> drawn(List<Element> panel, Subject claim, Unit.Box box, String id) {
    List<Element> all = new ArrayList<>(panel);
    all.addAll(PartsDrawing.of(claim.certificate(), box, id));
    return all;
  }

  private static List<Element> panel(Subject claim, NetworkReport report, String id) {
    return switch (claim.certificate().claim()) {
      case Claim.Lipschitz _ -> List.of();
      case Claim.Scaled(Claim.Lipschitz bound, _) ->
          scaled(bound, RadiusClaim.of(report.accepted().orElseThrow(), List.of(claim)), claim);
      case Claim.Local(Claim.Lipschitz bound, Unit.Box box) ->
          drawn(local(bound, box, claim), claim, box, id + "-local");
      case Claim.Monotone(List<Claim.Trend> trends, Unit.Box box) ->
          drawn(monotone(trends, box, claim), claim, box, id + "-monotone");
      case Claim.Slopes slopes -> drawn(slopes(slopes, claim), claim, slopes.box(), id + "-slopes");
      case Claim.Pairs _ -> PairTable.of(report, id + "-pairs");
      case Claim.Unsatisfiable(Query query) ->
          drawn(query(query, claim), claim, QueryUnits.box(query), id + "-query");
      case Claim.Range range ->
          drawn(
              range(range, claim),
              claim,
              claim.certificate().input().box().orElseThrow(),
              id + "-range");
    };
  }
}
