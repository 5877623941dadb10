package io.lipc.certifier;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.local.Region;
import io.lipc.certificate.search.BoxCuts;
import io.lipc.certificate.search.RowClaims;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.falsify.Falls;
import io.lipc.certifier.falsify.Program;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.TooLarge;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Proofs by ranges of a network's derivatives on a box, or on the parts of it. */
final class RowSearch {

  /** The most parts of a box. */
  static final int MOST_PARTS = 4096;

  /**
   * The most parts of a box for the figures of a message: few enough that machines several times
   * slower than another have them in time too, and print the same.
   */
  static final int PARTS_FOR_MESSAGE = 512;

  /** The rest of the time is for what the parts show together, and for the checker or a message. */
  static final double FOR_PARTS = 0.65;

  /** The most products for the derivatives on one box: some seconds. */
  private static final long MOST_PRODUCTS = 1L << 31;

  private static final long SEED = 1;

  private RowSearch() {}

  /** The network with a claim that rests on its derivatives; nobody has checked it. */
  static Subject claimed(Subject network, Claim claim, BoxTree boxes) {
    return claimed(
        network,
        claim,
        boxes,
        network.callees().isEmpty() ? Grounds.Calls.BOUNDED : Grounds.Calls.INLINED);
  }

  private static Subject claimed(Subject network, Claim claim, BoxTree boxes, Grounds.Calls calls) {
    Certificate.Kind kind = UnitLists.kindOf(network.certificate().units(), network.callees());
    return RowClaims.of(network, claim, boxes, calls, kind);
  }

  /**
   * The claim by the bounds of the called networks that have weights, which need not be known; such
   * a proof is the same on each part of a box. Nobody has checked it.
   */
  static Subject byBounds(Subject network, Claim claim) {
    return claimed(network, claim, new BoxTree.Leaf(), Grounds.Calls.BOUNDED);
  }

  /**
   * The network on the box of a claim, as proofs read it; empty where it has units that have no
   * derivatives here, or too many.
   */
  static Optional<Subject> onBox(Subject network, Claim claim) {
    return read(claimed(network, claim, new BoxTree.Leaf()));
  }

  /** A claim as its proof reads it; empty where that cannot be. */
  static Optional<Subject> read(Subject claimed) {
    try {
      return Optional.of(CertificateChecker.read(claimed));
    } catch (IllegalArgumentException rejected) {
      return Optional.empty();
    }
  }

  /**
   * The parts of a box.
   *
   * @param onBox what {@link #onBox} gives
   * @param value of the network on a part
   */
  static Optional<BoxCuts.Parts> parts(Subject onBox, BoxCuts.Value value, BoxCuts.Work work) {
    try {
      return Attempts.orElse(
          () -> Optional.of(BoxCuts.of(Region.of(onBox), value, work)), Optional.empty());
    } catch (Rejection unknown) {
      return Optional.empty();
    }
  }

  /**
   * Two inputs that show a limit to be passed, or else the slope that is nearest to its limit;
   * empty where there was no time, or no function to evaluate.
   *
   * @param onBox what {@link #onBox} gives
   */
  static Optional<Falls.Found> falls(Subject onBox, List<Falls.Limit> limits, Deadline deadline) {
    return Attempts.orElse(
        () -> {
          Program program =
              Program.of(onBox.certificate().units(), onBox.weights(), onBox.callees(), deadline);
          return Optional.of(Falls.search(program, limits, SEED));
        },
        Optional.empty());
  }

  /** The limit of cuts: what a step needs beyond the deadline, or the memory, it does not get. */
  static BoxCuts.Limit until(Deadline deadline) {
    return new BoxCuts.Limit() {
      @Override
      public boolean isPassed() {
        return deadline.isPassed();
      }

      @Override
      public void check() {
        deadline.check();
      }

      @Override
      public <T> Optional<T> inTime(Supplier<T> step) {
        return Attempts.orElse(() -> Optional.of(step.get()), Optional.empty());
      }
    };
  }

  /** Ends a value that takes too long. */
  static LongConsumer spender(BoxCuts.Limit limit) {
    return spender(limit, 1);
  }

  /** The same for the values of so many boxes. */
  static LongConsumer spender(BoxCuts.Limit limit, int boxes) {
    AtomicLong left = new AtomicLong(boxes * MOST_PRODUCTS);
    return products -> {
      long now = left.addAndGet(-products);
      if (now < 0) {
        throw new TooLarge("derivatives of many elements");
      }
      if (now / BoxCuts.Limit.LOOK != (now + products) / BoxCuts.Limit.LOOK) {
        limit.check();
      }
    };
  }

  /** The claim, if the checker accepts it. */
  static Optional<Subject> accepted(Subject claimed) {
    return CertificateChecker.check(claimed) instanceof Verdict.Accepted
        ? Optional.of(claimed)
        : Optional.empty();
  }
}
