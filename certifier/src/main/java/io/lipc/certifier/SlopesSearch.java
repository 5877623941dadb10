package io.lipc.certifier;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.local.Rows;
import io.lipc.certificate.search.BoxCuts;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certifier.falsify.Falls;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.linalg.Deadline;
import io.lipc.model.About;
import io.lipc.model.Property;
import io.lipc.model.Region;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Searches for bounds of single inputs on a box, and for inputs that show that one is false. */
public final class SlopesSearch {

  /** Another arithmetic than the checker's may find a little more. */
  private static final double SLACK = 1 + 0x1p-40;

  /** The bound of an element that no declared slope names: every number is as good. */
  private static final double ANY = Double.MAX_VALUE;

  private SlopesSearch() {}

  /**
   * The weakest claim that is enough for a declared property.
   *
   * @throws IllegalArgumentException if its network is not checked, or slopes are about different
   *     outputs
   */
  static Claim.Slopes wanted(Property.Slopes property) {
    if (!(property.region() instanceof Region.Sides(var sides))) {
      throw new IllegalArgumentException("a region of inputs that are not known");
    }
    List<Double> most = new ArrayList<>(Collections.nCopies(sides.size(), ANY));
    List<Integer> outputs = about(property.slopes().getFirst()).outputs();
    for (Property.Slope slope : property.slopes()) {
      if (!about(slope).outputs().equals(outputs)) {
        throw new IllegalArgumentException("slopes of different outputs");
      }
      about(slope).inputs().forEach(i -> most.set(i, slope.bound()));
    }
    return new Claim.Slopes(most, outputs, UnitLists.box(sides));
  }

  private static About.Elements about(Property.Slope slope) {
    if (slope.about() instanceof About.Elements elements) {
      return elements;
    }
    throw new IllegalArgumentException("a slope of inputs that are not known");
  }

  /** Whether a claim says all that another one does. */
  static boolean isWithin(Claim.Slopes wanted, Claim.Slopes found) {
    return found.box().equals(wanted.box())
        && found.outputs().equals(wanted.outputs())
        && found.slopes().size() == wanted.slopes().size()
        && excess(wanted, found.slopes()) == 0;
  }

  /** How many times the slope that is worst is above its bound; 0 where none is. */
  private static double excess(Claim.Slopes wanted, List<Double> slopes) {
    return IntStream.range(0, slopes.size())
        .mapToDouble(i -> excess(slopes.get(i), wanted.slopes().get(i)))
        .reduce(0, Math::max);
  }

  /** NaN where nothing is known. */
  private static double excess(double slope, double most) {
    return slope <= most ? 0 : Math.max(Math.nextUp(1.0), slope / most);
  }

  /** A certificate that the checker has accepted, if one is found. */
  static Optional<Subject> certify(Property.Slopes property, Subject network, Deadline deadline) {
    Claim.Slopes wanted = wanted(property);
    Optional<Subject> onBox = RowSearch.onBox(network, wanted);
    return onBox
        .flatMap(box -> proved(network, wanted, box, 1, deadline))
        .or(() -> byBounds(network, wanted, deadline))
        .or(
            () ->
                onBox
                    .filter(box -> beyond(box, property, deadline).isEmpty())
                    .flatMap(box -> proved(network, wanted, box, RowSearch.MOST_PARTS, deadline)));
  }

  /** The claim on so many parts of the box at most. */
  private static Optional<Subject> proved(
      Subject network, Claim.Slopes wanted, Subject onBox, int most, Deadline deadline) {
    return parts(onBox, wanted, most, deadline)
        .filter(parts -> parts.worst() == 0)
        .map(BoxCuts.Parts::tree)
        .flatMap(
            tree ->
                slopes(onBox, wanted, tree, deadline)
                    .map(found -> RowSearch.claimed(network, claimed(wanted, found), tree))
                    .flatMap(RowSearch::accepted));
  }

  /** The claim by the bounds of called networks, whose weights may be any. */
  private static Optional<Subject> byBounds(
      Subject network, Claim.Slopes wanted, Deadline deadline) {
    if (network.callees().isEmpty()) {
      return Optional.empty();
    }
    return RowSearch.read(RowSearch.byBounds(network, wanted))
        .flatMap(read -> slopes(read, wanted, new BoxTree.Leaf(), deadline))
        .filter(found -> excess(wanted, found) == 0)
        .map(found -> RowSearch.byBounds(network, claimed(wanted, found)))
        .flatMap(RowSearch::accepted);
  }

  private static Optional<BoxCuts.Parts> parts(
      Subject onBox, Claim.Slopes wanted, int most, Deadline deadline) {
    return RowSearch.parts(
        onBox,
        (part, leaf, spend) -> excess(wanted, Rows.slopes(part, wanted.outputs(), leaf, spend)),
        BoxCuts.Work.upTo(most, 0, RowSearch.until(deadline.part(RowSearch.FOR_PARTS))));
  }

  /** The slopes that these parts show; empty where they are not known, or there is no time. */
  private static Optional<List<Double>> slopes(
      Subject onBox, Claim.Slopes wanted, BoxTree parts, Deadline deadline) {
    BoxCuts.Limit limit = RowSearch.until(deadline);
    LongConsumer spend = RowSearch.spender(limit, parts.leaves());
    try {
      return limit
          .inTime(() -> Rows.slopes(onBox, wanted.outputs(), parts, spend))
          .filter(found -> found.stream().allMatch(Double::isFinite));
    } catch (Rejection unknown) {
      return Optional.empty();
    }
  }

  /** The claim of the slopes that are found, with some room below those that are asked for. */
  private static Claim.Slopes claimed(Claim.Slopes wanted, List<Double> found) {
    List<Double> slopes =
        IntStream.range(0, found.size())
            .mapToObj(i -> Math.min(found.get(i) * SLACK, wanted.slopes().get(i)))
            .toList();
    return new Claim.Slopes(slopes, wanted.outputs(), wanted.box());
  }

  /** A counterexample, or else the slope that is nearest to its bound. */
  private static Optional<Falls.Found> searched(
      Subject onBox, Property.Slopes property, Deadline deadline) {
    List<Falls.Limit> limits = property.slopes().stream().flatMap(SlopesSearch::limits).toList();
    return RowSearch.falls(onBox, limits, deadline);
  }

  /** Neither further down than the bound, nor further up. */
  private static Stream<Falls.Limit> limits(Property.Slope slope) {
    About.Elements about = about(slope);
    return Stream.of(true, false)
        .map(rising -> new Claim.Trend(rising, about.inputs(), about.outputs()))
        .map(trend -> new Falls.Limit(trend, slope.bound()));
  }

  private static Optional<Falls.Counterexample> beyond(
      Subject onBox, Property.Slopes property, Deadline deadline) {
    return searched(onBox, property, deadline).flatMap(Falls.Found::counterexample);
  }

  /** Why a property is not proved. */
  public sealed interface Reason {

    /**
     * It is false.
     *
     * @param slope the one that is
     * @param found two inputs that show it
     */
    record False(Property.Slope slope, Falls.Counterexample found) implements Reason {}

    /**
     * No proof was found.
     *
     * @param slope the one that has none
     * @param element the number of the element of the input
     * @param proved the least bound of it that is proved on the whole region
     * @param sampled the steepest slope at inputs that were tried, of those that are declared;
     *     empty where weights of called networks are free
     * @param where the part of the region where least is known
     */
    record Open(
        Property.Slope slope, int element, double proved, OptionalDouble sampled, Unit.Box where)
        implements Reason {}

    /** The network has units whose derivatives are not known, or there was no time. */
    record Unknown() implements Reason {}
  }

  /** Why a property is not proved that {@link #certify} has found no proof of. */
  public static Reason reason(Property.Slopes property, Subject network, Deadline deadline) {
    Claim.Slopes wanted = wanted(property);
    Optional<Subject> onBox = RowSearch.onBox(network, wanted);
    Optional<Falls.Found> found = onBox.flatMap(box -> searched(box, property, deadline));
    if (found.isEmpty()) {
      return network.isEvaluable()
          ? new Reason.Unknown()
          : RowSearch.read(RowSearch.byBounds(network, wanted))
              .flatMap(read -> slopes(read, wanted, new BoxTree.Leaf(), deadline))
              .map(proved -> open(property, proved, OptionalDouble.empty(), wanted.box()))
              .orElse(new Reason.Unknown());
    }
    Optional<BoxCuts.Parts> parts =
        found.get().counterexample().isPresent()
            ? Optional.empty()
            : parts(onBox.get(), wanted, RowSearch.PARTS_FOR_MESSAGE, deadline);
    // Once more where the proof has failed: what is false in a corner is not found by chance.
    Optional<Falls.Counterexample> counterexample =
        found
            .get()
            .counterexample()
            .or(
                () ->
                    parts
                        .map(BoxCuts.Parts::where)
                        .map(
                            part -> new Claim.Slopes(wanted.slopes(), wanted.outputs(), part.box()))
                        .flatMap(there -> RowSearch.onBox(network, there))
                        .flatMap(there -> beyond(there, property, deadline)));
    if (counterexample.isPresent()) {
      return isFalse(property, counterexample.get());
    }
    OptionalDouble sampled = OptionalDouble.of(Math.abs(found.get().worst().slope()));
    return parts
        .flatMap(
            known ->
                slopes(onBox.get(), wanted, known.tree(), deadline)
                    .map(proved -> open(property, proved, sampled, known.where().box())))
        .orElse(new Reason.Unknown());
  }

  private static Reason isFalse(Property.Slopes property, Falls.Counterexample found) {
    return property.slopes().stream()
        .filter(slope -> about(slope).inputs().contains(found.where().element()))
        .findFirst()
        .<Reason>map(slope -> new Reason.False(slope, found))
        .orElse(new Reason.Unknown());
  }

  /** The declared slope of which what is proved is furthest above it. */
  private static Reason open(
      Property.Slopes property, List<Double> proved, OptionalDouble sampled, Unit.Box where) {
    return property.slopes().stream()
        .flatMap(
            slope ->
                about(slope).inputs().stream()
                    .map(i -> new Reason.Open(slope, i, proved.get(i), sampled, where)))
        .max(Comparator.comparingDouble(o -> excess(o.proved(), o.slope().bound())))
        .<Reason>map(o -> o)
        .orElse(new Reason.Unknown());
  }
}
