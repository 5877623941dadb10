package io.lipc.certifier;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.query.Condition;
import io.lipc.certificate.query.QueryUnits;
import io.lipc.certificate.search.BoxCuts;
import io.lipc.certificate.search.QueryCuts;
import io.lipc.certifier.falsify.Program;
import io.lipc.certifier.falsify.Witnesses;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.model.Network;
import io.lipc.queries.Box;
import io.lipc.queries.Query;
import io.lipc.queries.Rational;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers of queries: an input that satisfies one, or a proof that none does. */
public final class QuerySearch {

  private static final long SEED = 1;
  private static final String METHOD = "branch and bound";
  private static final Optional<BoxTree> WHOLE = Optional.of(new BoxTree.Leaf());

  /** The most of the time for an input, before any part is looked at. */
  private static final double FOR_INPUT = 0.25;

  /** The rest of the time is for the checker. */
  private static final double FOR_PARTS = 0.6;

  private QuerySearch() {}

  /** The answer of a query, as far as it is known. */
  public sealed interface Answer {

    /** How many parts of the box the answer has; an input needs none. */
    int parts();

    /** No input satisfies it; the checker has accepted the certificate. */
    record Unsatisfiable(Subject proved, int parts) implements Answer {}

    /** An input satisfies it. */
    record Satisfiable(Witness witness) implements Answer {
      @Override
      public int parts() {
        return 0;
      }
    }

    /**
     * Nobody knows.
     *
     * @param parts of the box that were looked at
     * @param open those of which it is not known
     * @param where the part of which least is known; empty where there was no time
     * @param reason why the search has ended
     */
    record Open(BoxTree tree, int parts, int open, Optional<Unit.Box> where, Reason reason)
        implements Answer {}
  }

  /** Why a query is not decided. */
  public enum Reason {
    /** No time was left. */
    TIME,
    /** No more parts were allowed. */
    PARTS,
    /** The worst part could not be cut further. */
    CUTS,
    /** No part is open, but the checker did not accept the proof. */
    CHECK
  }

  /**
   * An input for which a query is true, with every rounding paid for.
   *
   * @param input its elements, exactly: ends of the query's box need not be doubles
   * @param outputs ranges of the outputs at this input
   */
  public record Witness(List<Rational> input, List<Range> outputs) {
    public Witness {
      input = List.copyOf(input);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * The limits of a search.
   *
   * @param parts the most parts of the box
   * @param start parts that are known
   * @param deadline when there has to be an answer
   * @param progress is told how far the search is
   */
  public record Work(int parts, BoxTree start, Deadline deadline, BoxCuts.Progress progress) {}

  /**
   * The claim that no input satisfies a query, which nobody has checked.
   *
   * @param units of the network, which has weights, its own and those of what it calls
   */
  public static Subject claimed(
      Query query,
      Network network,
      List<Unit> units,
      Weights weights,
      Map<String, Subject> callees) {
    Weights used = UnitLists.weights(units, weights, network.precision());
    Certificate certificate =
        new Certificate(
            network.name(),
            network.precision(),
            new Claim.Unsatisfiable(query),
            METHOD,
            units,
            new Grounds.Enclosure(UnitLists.tensors(units, used), WHOLE));
    return new Subject(certificate, CertificateText.digest(certificate), used, callees);
  }

  /** The same claim about the network of another certificate. */
  static Certificate claimed(Query query, Certificate about) {
    return new Certificate(
        about.network(),
        about.type(),
        new Claim.Unsatisfiable(query),
        METHOD,
        about.units(),
        new Grounds.Enclosure(about.tensors(), WHOLE));
  }

  /**
   * The answer.
   *
   * @param claimed see {@link #claimed}
   * @throws io.lipc.certificate.verdict.Rejection if the query is not about this network
   */
  public static Answer answer(Subject claimed, Work work) {
    Subject read = CertificateChecker.read(claimed);
    Query query = ((Claim.Unsatisfiable) claimed.certificate().claim()).query();
    Condition condition = QueryUnits.condition(read.certificate().units(), query);
    Optional<Witness> early = witness(claimed, read, condition, work.deadline);
    if (early.isPresent()) {
      return new Answer.Satisfiable(early.get());
    }
    Deadline searching = work.deadline.part(FOR_PARTS);
    QueryCuts cuts =
        new QueryCuts(read, condition, x -> isMet(read, condition, exactly(claimed, x)));
    Optional<QueryCuts.Parts> parts =
        Attempts.orElse(
            () ->
                Optional.of(
                    cuts.of(work.parts, work.start, RowSearch.until(searching), work.progress)),
            Optional.empty());
    if (parts.isEmpty()) {
      return new Answer.Open(work.start, 0, 0, Optional.empty(), Reason.TIME);
    }
    return switch (parts.get()) {
      case QueryCuts.Parts.Met(double[] input) -> new Answer.Satisfiable(witness(claimed, input));
      case QueryCuts.Parts.Closed(BoxTree tree) ->
          RowSearch.accepted(on(claimed, tree))
              .<Answer>map(proved -> new Answer.Unsatisfiable(proved, tree.leaves()))
              .orElseGet(
                  () -> new Answer.Open(tree, tree.leaves(), 0, Optional.empty(), unproved(work)));
      case QueryCuts.Parts.Open(BoxTree tree, int open, Unit.Box where) ->
          new Answer.Open(
              tree, tree.leaves(), open, Optional.of(where), open(work, tree, searching));
    };
  }

  private static Reason unproved(Work work) {
    return work.deadline.isPassed() ? Reason.TIME : Reason.CHECK;
  }

  private static Reason open(Work work, BoxTree tree, Deadline searching) {
    if (searching.isPassed()) {
      return Reason.TIME;
    }
    return tree.leaves() >= work.parts ? Reason.PARTS : Reason.CUTS;
  }

  private static Subject on(Subject claimed, BoxTree boxes) {
    Grounds grounds = new Grounds.Enclosure(claimed.certificate().tensors(), Optional.of(boxes));
    Certificate certificate = claimed.certificate().on(grounds);
    return new Subject(
        certificate, CertificateText.digest(certificate), claimed.weights(), claimed.callees());
  }

  private static Optional<Witness> witness(
      Subject claimed, Subject read, Condition condition, Deadline deadline) {
    return Attempts.orElse(
        () -> {
          Program program =
              Program.of(
                  read.certificate().units(),
                  read.weights(),
                  read.callees(),
                  deadline.part(FOR_INPUT));
          return Witnesses.search(
                  program, condition, x -> isMet(read, condition, exactly(claimed, x)), SEED)
              .map(input -> witness(claimed, input));
        },
        Optional.empty());
  }

  /** Whether an input satisfies the query, with every rounding paid for, and no value too large. */
  private static boolean isMet(Subject read, Condition condition, List<Rational> input) {
    List<List<Range>> values = values(read, input);
    boolean finite =
        values.stream().flatMap(List::stream).allMatch(v -> Double.isFinite(v.magnitude()));
    return finite
        && condition.isMet(input, element -> values.get(element.unit()).get(element.number()));
  }

  private static List<List<Range>> values(Subject network, List<Rational> input) {
    return OutputRanges.ofUnits(
        network, input.stream().map(value -> new Range(value.down(), value.up())).toList());
  }

  private static Witness witness(Subject claimed, double[] x) {
    List<Rational> input = exactly(claimed, x);
    return new Witness(input, values(claimed, input).getLast());
  }

  /** The input, with the end of the query's box in the place of a double beyond it. */
  private static List<Rational> exactly(Subject claimed, double[] x) {
    List<Box.Interval> sides =
        QueryUnits.sides(((Claim.Unsatisfiable) claimed.certificate().claim()).query());
    return IntStream.range(0, x.length)
        .mapToObj(i -> within(sides.get(i), Rational.of(new BigDecimal(x[i]), BigDecimal.ONE)))
        .toList();
  }

  private static Rational within(Box.Interval side, Rational value) {
    Rational below = value.compareTo(side.upper()) > 0 ? side.upper() : value;
    return below.compareTo(side.lower()) < 0 ? side.lower() : below;
  }
}
