package io.lipc.certifier;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.local.Region;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.TooLarge;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Proofs by ranges of a network's derivatives on a box, or on the parts of it. */
final class RowSearch {

  private static final String ROWS = "rows";

  /** The most products for the derivatives on one box: some seconds. */
  private static final long MOST_PRODUCTS = 1L << 31;

  /** After so many of them the clock is looked at. */
  private static final long LOOK = 1 << 14;

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
    Certificate about = network.certificate();
    Proof proof = new Proof(List.of(), List.of(), List.of(), new PositivityWitness.Rows(boxes));
    Grounds grounds =
        switch (UnitLists.kindOf(about.units(), network.callees())) {
          case NUMERIC -> new Grounds.GivenWeights(about.tensors(), calls, List.of(proof));
          case STRUCTURAL -> new Grounds.Composition(calls, List.of(proof));
        };
    return FurtherClaims.about(
        network,
        new Certificate(about.network(), about.type(), claim, ROWS, about.units(), grounds));
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

  /** Ends a value that takes too long. */
  static LongConsumer spender(Deadline deadline) {
    AtomicLong left = new AtomicLong(MOST_PRODUCTS);
    return products -> {
      long now = left.addAndGet(-products);
      if (now < 0) {
        throw new TooLarge("derivatives of many elements");
      }
      if (now / LOOK != (now + products) / LOOK) {
        deadline.check();
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
