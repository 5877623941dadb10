package io.lipc.certifier;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.local.OutputParts;
import io.lipc.certificate.local.Region;
import io.lipc.certificate.search.BoxCuts;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.falsify.Heights;
import io.lipc.certifier.falsify.Program;
import io.lipc.linalg.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Proofs that outputs stay in a range, by ranges of the whole box or on parts of it, and inputs
 * that show that they do not.
 */
public final class RangeSearch {

  private static final long SEED = 1;

  /** The most of the time for an input that leaves the range. */
  private static final double FOR_INPUT = 0.25;

  private RangeSearch() {}

  /** The reason why a range is not proved. */
  public sealed interface Reason {

    /** An output is outside at this input. */
    record Violated(Heights.Left left) implements Reason {}

    /**
     * Nobody knows.
     *
     * @param outputs the ranges of all outputs that the parts show together
     * @param parts how many there are
     * @param where the part whose outputs are only known to be farthest outside
     */
    record Open(List<Range> outputs, int parts, Unit.Box where) implements Reason {
      public Open {
        outputs = List.copyOf(outputs);
      }
    }

    /**
     * It can be proved: the search before had no time.
     *
     * @param parts on which the proof would rest
     */
    record Late(int parts) implements Reason {}

    /** The time was over before any part was looked at. */
    record Unknown() implements Reason {}
  }

  /**
   * A certificate that the checker has accepted, if one is found.
   *
   * @param claimed a range by the whole box, as nobody has checked it
   */
  public static Optional<Subject> certify(Subject claimed, Deadline deadline) {
    return switch (CertificateChecker.check(claimed)) {
      case Verdict.Accepted _ -> Optional.of(claimed);
      case Verdict.Rejected(Verdict.Reason reason, _)
          when reason == Verdict.Reason.RANGE_NOT_PROVED ->
          onParts(claimed, deadline);
      case Verdict.Rejected _ -> Optional.empty();
    };
  }

  private static Optional<Subject> onParts(Subject claimed, Deadline deadline) {
    return onBox(claimed)
        .filter(_ -> left(claimed, deadline).isEmpty())
        .flatMap(box -> parts(box, RowSearch.MOST_PARTS, deadline))
        .filter(parts -> parts.worst() <= 0)
        .flatMap(parts -> RowSearch.accepted(on(claimed, parts.tree())));
  }

  /** Why none is found. */
  public static Reason reason(Subject claimed, Deadline deadline) {
    Optional<Heights.Left> left = left(claimed, deadline);
    if (left.isPresent()) {
      return new Reason.Violated(left.get());
    }
    return onBox(claimed)
        .flatMap(
            box ->
                parts(box, RowSearch.PARTS_FOR_MESSAGE, deadline.part(RowSearch.FOR_PARTS))
                    .flatMap(parts -> open(box, parts, deadline)))
        .orElse(new Reason.Unknown());
  }

  private static Optional<Reason> open(Subject box, BoxCuts.Parts parts, Deadline deadline) {
    if (parts.worst() <= 0) {
      return Optional.of(new Reason.Late(parts.tree().leaves()));
    }
    BoxCuts.Limit limit = RowSearch.until(deadline);
    LongConsumer spend = RowSearch.spender(limit, parts.tree().leaves());
    return limit
        .inTime(() -> OutputParts.of(Region.of(box), parts.tree(), spend))
        .flatMap(known -> known)
        .map(known -> new Reason.Open(known, parts.tree().leaves(), parts.where().box()));
  }

  /** The claim by parts of the box. */
  private static Subject on(Subject claimed, BoxTree boxes) {
    Grounds grounds = new Grounds.Enclosure(claimed.certificate().tensors(), Optional.of(boxes));
    Certificate certificate = claimed.certificate().on(grounds);
    return new Subject(
        certificate, CertificateText.digest(certificate), claimed.weights(), claimed.callees());
  }

  /** The network as a proof by parts reads it; empty where it cannot be. */
  private static Optional<Subject> onBox(Subject claimed) {
    return RowSearch.read(on(claimed, new BoxTree.Leaf()));
  }

  private static Optional<BoxCuts.Parts> parts(Subject box, int most, Deadline deadline) {
    Claim.Range range = (Claim.Range) box.certificate().claim();
    return RowSearch.parts(
        box,
        (part, leaf, spend) ->
            OutputParts.of(part, leaf, spend)
                .map(outputs -> beyond(range, outputs))
                .orElse(Double.NEGATIVE_INFINITY),
        BoxCuts.Work.upTo(most, 0, RowSearch.until(deadline)));
  }

  /** How far outputs may be outside; not positive where they are not. */
  private static double beyond(Claim.Range range, List<Range> outputs) {
    return outputs.stream()
        .mapToDouble(y -> Math.max(range.lower() - y.lower(), y.upper() - range.upper()))
        .reduce(Double.NEGATIVE_INFINITY, Math::max);
  }

  private static Optional<Heights.Left> left(Subject claimed, Deadline deadline) {
    return Attempts.orElse(
        () -> {
          Program program =
              Program.of(
                  claimed.certificate().units(),
                  claimed.weights(),
                  claimed.callees(),
                  deadline.part(FOR_INPUT));
          Claim.Range range = (Claim.Range) claimed.certificate().claim();
          return Heights.search(claimed, program, range, SEED);
        },
        Optional.empty());
  }
}
