package io.lipc.certifier;

import io.lipc.certificate.Subject;
import io.lipc.certifier.bound.BoundMethod;
import io.lipc.certifier.bound.BoundMethod.Search;
import io.lipc.certifier.bound.NotApplicable;
import io.lipc.model.UpperBound;
import java.time.Duration;
import java.util.Optional;

/**
 * A step that was taken.
 *
 * @param seconds of search and proof
 * @param proof how long the proof took, and the check of all that was tried for it
 */
record Attempt(Step step, BoundMethod bound, Search search, double seconds, Duration proof) {

  /** A step that has no result, for a reason: a lower-case clause. */
  static Attempt none(Step step, String reason, double seconds) {
    NotApplicable none = new NotApplicable(reason);
    return new Attempt(step, none, none.best(), seconds, Duration.ZERO);
  }

  /** The result of its search, where it proved one. */
  Optional<Subject> found() {
    return switch (search) {
      case Search.Found found -> Optional.of(found.subject());
      case Search.Failed _ -> Optional.empty();
    };
  }

  /** Whether it proved a bound that is not above this one. */
  boolean proves(double most) {
    return found()
        .filter(subject -> subject.certificate().inequality().bound() <= most)
        .isPresent();
  }

  /** The attempt as users read it. */
  MethodReport report() {
    return new MethodReport(
        step.method(),
        step.on().calls(),
        found().map(subject -> new UpperBound(subject.certificate().inequality().bound())),
        seconds,
        bound.limit(),
        switch (search) {
          case Search.Found _ -> Optional.empty();
          case Search.Failed(String reason) -> Optional.of(reason);
        });
  }
}
