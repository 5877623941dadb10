package io.lipc.certifier;

import io.lipc.certificate.Grounds.Calls;
import io.lipc.certificate.Subject;
import io.lipc.certifier.falsify.Pair;
import io.lipc.model.LowerBound;
import io.lipc.model.UpperBound;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The answer of the certifier. Its kinds are never blurred. */
public sealed interface Certification {

  /** The evidence that was found on the way, whatever the answer. */
  Evidence evidence();

  /** The answer about a bound. */
  sealed interface OfBound extends Certification {}

  /**
   * The bound is proved: the checker accepted {@code subject}.
   *
   * @param upper the bound that the certificate proves, not above the one asked for
   */
  record Certified(Subject subject, UpperBound upper, Evidence evidence) implements OfBound {}

  /**
   * The bound is neither proved nor refuted.
   *
   * @param best the least bound that was proved, with its certificate
   */
  record Inconclusive(Optional<Subject> best, Evidence evidence) implements OfBound {}

  /**
   * The bound is false: {@code pair} exceeds it, in exact or enclosed arithmetic.
   *
   * @param best the least bound that was proved, with its certificate
   */
  record Violated(Pair pair, Optional<Subject> best, Evidence evidence) implements OfBound {}

  /**
   * No bound is asked for, and nothing is said of one: the checker accepted {@code subject}, which
   * claims something else.
   */
  record WithoutBound(Subject subject) implements Certification {
    @Override
    public Evidence evidence() {
      return Evidence.NONE;
    }
  }

  /**
   * The evidence that was found on the way.
   *
   * @param methods in the order in which they ran
   * @param lower the best lower bound
   * @param pair the inputs that reach it; empty only where it is 0
   * @param layers the weighted layers in order
   * @param blamed the matrix of the layer at whose pivot elimination stops, at the bound asked for
   */
  record Evidence(
      List<MethodReport> methods,
      LowerBound lower,
      Optional<Pair> pair,
      List<LayerReport> layers,
      Optional<String> blamed) {
    private static final Evidence NONE =
        new Evidence(List.of(), new LowerBound(0), Optional.empty(), List.of(), Optional.empty());

    public Evidence {
      methods = List.copyOf(methods);
      layers = List.copyOf(layers);
    }

    /** The evidence of a proof that took no search. */
    public static Evidence ofProof(Method method, UpperBound upper) {
      return new Evidence(
          List.of(
              new MethodReport(
                  method,
                  Calls.BOUNDED,
                  Optional.of(upper),
                  0,
                  OptionalDouble.empty(),
                  Optional.empty())),
          new LowerBound(0),
          Optional.empty(),
          List.of(),
          Optional.empty());
    }
  }
}
