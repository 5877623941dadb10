package io.lipc.certifier;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Subject;
import io.lipc.certificate.search.BoxCuts;
import io.lipc.certifier.falsify.LowerBounds;
import io.lipc.linalg.Deadline;
import io.lipc.model.LowerBound;
import io.lipc.model.Property;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The least bound on a box, from both sides, after as much work as is asked for. Work that ends
 * early leaves what it has found.
 */
public final class LocalBracket {

  /** The search for two inputs takes this share of the time, and a matrix inequality the next. */
  private static final double FOR_PAIR = 0.35;

  private static final double FOR_MATRIX = 0.3;

  /** The rest is for the checker: it looks at each part once, the search at about three. */
  private static final double FOR_PARTS = 0.65;

  /** A proved bound as near to a reached ratio as this is as good as the least. */
  private static final double AS_GOOD = 1 + 1e-4;

  private LocalBracket() {}

  /**
   * How much is done.
   *
   * @param most the most parts that the box is cut into; from one on
   * @param start parts that are known from a certificate
   * @param deadline when to stop
   * @param progress is told about parts
   */
  public record Work(int most, BoxTree start, Deadline deadline, Progress progress) {}

  /** Is told how far a search is. */
  @FunctionalInterface
  public interface Progress {

    /**
     * Called after each cut.
     *
     * @param number of the parts of the box
     * @param worst the bound that they show together
     * @param lower the ratio that two inputs reach
     */
    void parts(int number, double worst, LowerBound lower);
  }

  /**
   * The bracket.
   *
   * @param proved the least bound that was found, accepted by the checker; empty where none is
   * @param reached what two inputs of the box reach
   */
  public record Found(Optional<Subject> proved, LowerBounds.Found reached) {

    /** The proved bound. */
    public OptionalDouble upper() {
      return proved.stream()
          .mapToDouble(subject -> subject.certificate().inequality().bound())
          .findFirst();
    }

    /** How many parts of the box the proof is about, one by one. */
    public int parts() {
      return proved.isPresent() ? tree().leaves() : 0;
    }

    private BoxTree tree() {
      return proved
          .map(subject -> subject.certificate().proofs().getFirst().witness())
          .filter(PositivityWitness.Rows.class::isInstance)
          .map(witness -> ((PositivityWitness.Rows) witness).boxes())
          .orElse(new BoxTree.Leaf());
    }
  }

  /**
   * Searches from both sides.
   *
   * @param wanted with numbers for its region; a bound that is good enough, and norms
   * @param network accepted, with all weights, its own and those of what it calls
   */
  public static Found search(Property.Local wanted, Subject network, Work work) {
    Deadline whole = work.deadline();
    LowerBounds.Found reached =
        LocalSearch.reached(wanted, network, whole.part(FOR_PAIR))
            .orElse(new LowerBounds.Found(new LowerBound(0), Optional.empty()));
    double enough = Math.max(wanted.bound().bound(), 0);
    double goal = Math.max(enough, reached.bound().value() * AS_GOOD);
    Optional<Subject> best =
        LocalSearch.rows(wanted, network, BoxCuts.Work.upTo(1, goal, RowSearch.until(whole)));
    if (isAbove(best, goal)) {
      Deadline end = whole.part(FOR_MATRIX);
      Options options = LocalSearch.options(OptionalDouble.empty(), end.left(), end);
      best =
          LocalSearch.least(
              best, LocalSearch.matrix(wanted, network, options, SearchListener.NONE));
    }
    if (isAbove(best, goal) && work.most() > 1) {
      BoxCuts.Progress told =
          (number, worst) -> work.progress().parts(number, worst, reached.bound());
      BoxCuts.Work cuts =
          new BoxCuts.Work(
              work.most(), goal, work.start(), RowSearch.until(whole.part(FOR_PARTS)), told);
      best = LocalSearch.least(best, LocalSearch.rows(wanted, network, cuts));
    }
    return new Found(best, reached);
  }

  /**
   * Numbers L_ji, by output and input, with {@code |f_j(x) - f_j(x')| <= sum_i L_ji |x_i - x'_i|}
   * for all x and x' of the box: by the checker's derivatives on the parts of the proof.
   *
   * @return empty where derivatives are not known, or there is no time for them
   */
  public static Optional<List<List<Double>>> slopes(
      Property.Local wanted, Subject network, Found found, Deadline deadline) {
    return LocalSearch.slopes(wanted, network, found.tree(), deadline);
  }

  private static boolean isAbove(Optional<Subject> best, double goal) {
    return best.filter(found -> found.certificate().inequality().bound() <= goal).isEmpty();
  }
}
