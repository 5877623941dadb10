package io.lipc.certificate.search;

import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.inequality.WithoutOutput;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import java.util.OptionalDouble;

/** A delta that the checker accepts of proofs of pairs, for a search that wants to claim it. */
public final class LeastDelta {

  /** The one that is tried first. */
  public static final double LARGEST = 0x1p-4;

  private static final double SMALLEST = 0x1p-40;

  private LeastDelta() {}

  /**
   * A power of two with which the form of each second proof is positive.
   *
   * @param pairs a certificate of pairs with any delta, well formed
   * @param look is run every few milliseconds; what it throws is thrown
   * @return empty if there is none that is worth having, or it takes too much work
   */
  public static OptionalDouble of(Subject pairs, Runnable look) {
    try {
      Subject read = CertificateChecker.read(pairs);
      double delta = LARGEST;
      int end = read.certificate().proofs().size();
      for (int proof = read.certificate().bounding(); proof < end; proof++) {
        while (WithoutOutput.decide(read, proof, delta, work(read, look)) != Decision.POSITIVE) {
          delta /= 4;
          if (delta < SMALLEST) {
            return OptionalDouble.empty();
          }
        }
      }
      return OptionalDouble.of(delta);
    } catch (Rejection | ArithmeticException none) {
      return OptionalDouble.empty();
    }
  }

  private static Work work(Subject subject, Runnable look) {
    Work work = new Work(look);
    subject.weights().tensors().values().forEach(work::allow);
    return work;
  }
}
