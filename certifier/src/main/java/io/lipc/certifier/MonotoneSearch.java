package io.lipc.certifier;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.local.Rows;
import io.lipc.certificate.search.BoxCuts;
import io.lipc.certifier.falsify.Falls;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.linalg.Deadline;
import io.lipc.model.About;
import io.lipc.model.Property;
import io.lipc.model.Region;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Searches for proofs that outputs rise or fall with inputs, and for inputs that show otherwise.
 */
public final class MonotoneSearch {

  private MonotoneSearch() {}

  /**
   * The claim that a declared property is.
   *
   * @throws IllegalArgumentException if its network is not checked
   */
  static Claim.Monotone claimOf(Property.Monotone property) {
    if (property.region() instanceof Region.Sides(var sides)) {
      return new Claim.Monotone(
          property.trends().stream().map(MonotoneSearch::trend).toList(), UnitLists.box(sides));
    }
    throw new IllegalArgumentException("a region of inputs that are not known");
  }

  private static Claim.Trend trend(Property.Trend trend) {
    if (trend.about() instanceof About.Elements(var inputs, var outputs, _)) {
      return new Claim.Trend(trend.rising(), inputs, outputs);
    }
    throw new IllegalArgumentException("a trend of inputs that are not known");
  }

  /** A certificate that the checker has accepted, if one is found. */
  static Optional<Subject> certify(Property.Monotone property, Subject network, Deadline deadline) {
    Claim.Monotone claim = claimOf(property);
    Subject whole = RowSearch.claimed(network, claim, new BoxTree.Leaf());
    return RowSearch.accepted(whole)
        .or(() -> RowSearch.accepted(RowSearch.byBounds(network, claim)))
        .or(
            () ->
                RowSearch.onBox(network, claim)
                    .filter(onBox -> falls(onBox, claim, deadline).isEmpty())
                    .flatMap(onBox -> parts(onBox, claim, RowSearch.MOST_PARTS, deadline))
                    .filter(parts -> parts.worst() <= 0)
                    .map(parts -> RowSearch.claimed(network, claim, parts.tree()))
                    .flatMap(RowSearch::accepted));
  }

  private static Optional<BoxCuts.Parts> parts(
      Subject onBox, Claim.Monotone claim, int most, Deadline deadline) {
    return RowSearch.parts(
        onBox,
        // A look at the vertices of each of so many parts takes as long as two further cuts.
        (part, leaf, spend) ->
            leaf instanceof BoxTree.Vertices
                ? Double.POSITIVE_INFINITY
                : Rows.against(part, claim.trends(), leaf, spend),
        BoxCuts.Work.upTo(most, 0, RowSearch.until(deadline)));
  }

  private static double against(Subject part, List<Claim.Trend> trends, Deadline deadline) {
    return Rows.against(
        part, trends, new BoxTree.Leaf(), RowSearch.spender(RowSearch.until(deadline)));
  }

  /** A counterexample, or else the slope that is worst. */
  private static Optional<Falls.Found> searched(
      Subject onBox, Claim.Monotone claim, Deadline deadline) {
    List<Falls.Limit> limits =
        claim.trends().stream().map(trend -> new Falls.Limit(trend, 0)).toList();
    return RowSearch.falls(onBox, limits, deadline);
  }

  private static Optional<Falls.Counterexample> falls(
      Subject onBox, Claim.Monotone claim, Deadline deadline) {
    return searched(onBox, claim, deadline).flatMap(Falls.Found::counterexample);
  }

  /** Why a property is not proved. */
  public sealed interface Reason {

    /**
     * It is false.
     *
     * @param trend the one that is
     * @param found two inputs that show it
     */
    record False(Property.Trend trend, Falls.Counterexample found) implements Reason {}

    /**
     * No proof was found.
     *
     * @param trend the one that has none
     * @param element the number of the element of the input
     * @param output the number of the output
     * @param proved how far the slope may be against its trend, by what is proved
     * @param sampled the slope that was worst at inputs that were tried; empty where weights of
     *     called networks are free
     * @param where the part of the box where no more is proved
     */
    record Open(
        Property.Trend trend,
        int element,
        int output,
        double proved,
        OptionalDouble sampled,
        Unit.Box where)
        implements Reason {}

    /** The network has units whose derivatives are not known, or there was no time. */
    record Unknown() implements Reason {}
  }

  /** Why a property is not proved that {@link #certify} has found no proof of. */
  public static Reason reason(Property.Monotone property, Subject network, Deadline deadline) {
    Claim.Monotone claim = claimOf(property);
    Optional<Subject> onBox = RowSearch.onBox(network, claim);
    Optional<Falls.Found> found = onBox.flatMap(box -> searched(box, claim, deadline));
    if (found.isEmpty()) {
      return network.isEvaluable()
          ? new Reason.Unknown()
          : RowSearch.read(RowSearch.byBounds(network, claim))
              .map(
                  read ->
                      open(property, claim, read, claim.box(), OptionalDouble.empty(), deadline))
              .orElse(new Reason.Unknown());
    }
    if (found.get().counterexample().isPresent()) {
      return isFalse(property, claim, found.get().counterexample().get());
    }
    Optional<BoxCuts.Parts> parts =
        parts(onBox.get(), claim, RowSearch.PARTS_FOR_MESSAGE, deadline.part(RowSearch.FOR_PARTS));
    if (parts.isEmpty()) {
      return new Reason.Unknown();
    }
    // Once more where the proof has failed: what is false in a corner is not found by chance.
    Claim.Monotone there = new Claim.Monotone(claim.trends(), parts.get().where().box());
    Optional<Falls.Counterexample> corner =
        RowSearch.onBox(network, there).flatMap(box -> falls(box, there, deadline));
    return corner.isPresent()
        ? isFalse(property, claim, corner.get())
        : open(
            property,
            claim,
            RowSearch.onBox(network, there).orElseThrow(),
            parts.get().where().box(),
            OptionalDouble.of(found.get().worst().slope()),
            deadline);
  }

  private static Reason isFalse(
      Property.Monotone property, Claim.Monotone claim, Falls.Counterexample found) {
    int number = claim.trends().indexOf(found.where().limit().trend());
    return new Reason.False(property.trends().get(number), found);
  }

  /** The slope of which least is known on a part of the box. */
  private static Reason open(
      Property.Monotone property,
      Claim.Monotone claim,
      Subject part,
      Unit.Box where,
      OptionalDouble sampled,
      Deadline deadline) {
    record Known(int trend, int element, int output, double against) {}
    return Attempts.orElse(
        () ->
            IntStream.range(0, claim.trends().size())
                .boxed()
                .flatMap(
                    t -> {
                      Claim.Trend trend = claim.trends().get(t);
                      return trend.inputs().stream()
                          .flatMap(
                              i ->
                                  trend.outputs().stream()
                                      .map(
                                          j ->
                                              new Known(
                                                  t,
                                                  i,
                                                  j,
                                                  against(
                                                      part,
                                                      List.of(
                                                          new Claim.Trend(
                                                              trend.rising(),
                                                              List.of(i),
                                                              List.of(j))),
                                                      deadline))));
                    })
                .max(Comparator.comparingDouble(Known::against))
                .<Reason>map(
                    known ->
                        new Reason.Open(
                            property.trends().get(known.trend()),
                            known.element(),
                            known.output(),
                            known.against(),
                            sampled,
                            where))
                .orElse(new Reason.Unknown()),
        new Reason.Unknown());
  }
}
