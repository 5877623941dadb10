package io.lipc.certifier;

import io.lipc.certificate.Subject;
import java.util.Optional;
import java.util.OptionalDouble;

/** A way to prove an upper bound. */
sealed interface BoundMethod
    permits NormProduct,
        ElementwiseProduct,
        ScalarLmi,
        LayerwiseLmi,
        LipSdp,
        PerElement,
        NotApplicable {

  /** Its name. */
  Method method();

  /** Searches for the least bound that this method can prove. */
  Search best();

  /**
   * Tries to prove exactly {@code bound}, where the bound that {@link #best} aims at is not above
   * it. Best bounds carry a small margin; this has none, so it may prove equality.
   */
  Optional<Subject> at(double bound);

  /** Below this no multipliers lead, as far as a search can tell in doubles; empty if it cannot. */
  default OptionalDouble limit() {
    return OptionalDouble.empty();
  }

  /** The outcome of a search. */
  sealed interface Search {
    /** The checker accepted this. */
    record Found(Subject subject) implements Search {}

    /** Nothing was proved, for this reason: a lower-case clause. */
    record Failed(String reason) implements Search {}
  }
}
