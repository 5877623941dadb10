package io.lipc.tools.local;

import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.Lead;
import io.lipc.certifier.LocalBracket;
import io.lipc.certifier.MonotoneSearch;
import io.lipc.certifier.MonotoneSearch.Reason;
import io.lipc.certifier.falsify.Pair;
import io.lipc.formats.Norm;
import io.lipc.model.LowerBound;
import io.lipc.model.Property;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The answer of {@code lipc local}. */
sealed interface LocalAnswer {

  /** Whether what was asked for is proved; a bound that nobody asked for is, once there is one. */
  boolean isProved();

  /** The network, with a bound for all inputs. */
  Subject network();

  /** The network that {@link #certificate} is about. */
  default Subject about() {
    return network();
  }

  /** The certificate that the checker has accepted, if there is one. */
  Optional<Subject> certificate();

  /**
   * A bound.
   *
   * @param asked the bound to prove; empty for the least
   * @param slopes how far each output moves with each input, if that is asked for; no outputs where
   *     it is not known
   */
  record Bound(
      Subject network,
      Property.Local question,
      OptionalDouble asked,
      LocalBracket.Found found,
      Optional<List<List<Double>>> slopes)
      implements LocalAnswer {

    @Override
    public boolean isProved() {
      OptionalDouble upper = found.upper();
      return upper.isPresent() && upper.getAsDouble() <= asked.orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether two inputs of the box exceed the bound that is asked for. */
    boolean isFalse() {
      return asked.isPresent() && found.reached().bound().value() > asked.getAsDouble();
    }

    @Override
    public Optional<Subject> certificate() {
      return found.proved();
    }

    LowerBound lower() {
      return found.reached().bound();
    }

    Optional<Pair> pair() {
      return found.reached().pair();
    }
  }

  /**
   * Whether one output leads for all inputs of the box.
   *
   * @param from the norm of inputs
   * @param led empty where no output surely leads at the middle
   */
  record OfClass(Subject network, Norm from, Optional<Led> led) implements LocalAnswer {

    @Override
    public boolean isProved() {
      return led.filter(this::isKept).isPresent();
    }

    private boolean isKept(Led led) {
      return led.found
          .proved()
          .filter(own -> led.lead.isProvedBy(own.certificate(), network.certificate().units()))
          .isPresent();
    }

    @Override
    public Subject about() {
      return led.map(Led::differences).orElse(network);
    }

    @Override
    public Optional<Subject> certificate() {
      return led.flatMap(one -> one.found.proved());
    }
  }

  /**
   * The output that leads at the middle.
   *
   * @param differences the network of the differences by which it leads
   * @param found their bound on the box
   */
  record Led(Lead lead, Subject differences, LocalBracket.Found found) {

    /** Not below the share of each lead that inputs of the box take. */
    OptionalDouble taken() {
      return found.upper().stream().map(lead::taken).findFirst();
    }
  }

  /**
   * Trends.
   *
   * @param reason why they are not proved, where they are not
   */
  record Trends(
      Subject network,
      Property.Monotone question,
      Optional<Subject> certificate,
      Optional<MonotoneSearch.Reason> reason)
      implements LocalAnswer {

    @Override
    public boolean isProved() {
      return certificate.isPresent();
    }

    Optional<Reason.False> counterexample() {
      return reason.filter(Reason.False.class::isInstance).map(Reason.False.class::cast);
    }
  }
}
