package io.lipc.certifier;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.Proof;
import io.lipc.certificate.ScaledUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.linalg.Deadline;
import io.lipc.model.LowerBound;
import io.lipc.model.Property;
import io.lipc.model.Property.Scale;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Searches for bounds whose differences of inputs are measured in a scale: a bound of the function
 * behind the scale is one, and its proof is that of the scaled bound ({@link ScaledUnits}).
 */
public final class ScaledSearch {

  private ScaledSearch() {}

  /** The scale of a certificate that is a declared one. */
  static InputScale scaleOf(Scale scale) {
    return switch (scale) {
      case Scale.OfLayer _ -> new InputScale.FirstLayer();
      case Scale.Units(List<Double> lengths) -> new InputScale.Units(lengths);
    };
  }

  /**
   * The least scaled bound that is found; it may be above the declared one.
   *
   * @param network accepted, with all weights, its own and those of what it calls
   */
  static Optional<Subject> certify(
      Property.Scaled property,
      Subject network,
      Optional<Duration> budget,
      Deadline deadline,
      SearchListener listener) {
    Options options = options(property, budget, deadline);
    return Certifier.least(behind(property, network, deadline), options, listener)
        .flatMap(found -> checked(property, network, found));
  }

  /** The ratio that two inputs reach, as the scale measures their distance. */
  public static LowerBound reached(Property.Scaled property, Subject network, Deadline deadline) {
    Options options = options(property, Optional.of(Duration.ZERO), deadline);
    return Certifier.lower(behind(property, network, deadline), options);
  }

  private static Options options(
      Property.Scaled property, Optional<Duration> budget, Deadline deadline) {
    return new Options(
        Method.AUTO,
        // With time to search, radii gain from a bound below the declared one.
        budget.isPresent() ? OptionalDouble.empty() : OptionalDouble.of(property.bound().bound()),
        List.of(),
        1,
        Options.Effort.PROOF,
        budget,
        deadline);
  }

  /** The function behind the scale; of its weights those that it reads. */
  private static Problem behind(Property.Scaled property, Subject network, Deadline deadline) {
    Certificate certificate = network.certificate();
    List<Unit> units = ScaledUnits.of(network, scaleOf(property.scale())).certificate().units();
    Set<String> read =
        units.stream().flatMap(unit -> unit.tensors().stream()).collect(Collectors.toSet());
    List<TensorRecord> tensors =
        certificate.tensors().stream().filter(tensor -> read.contains(tensor.name())).toList();
    return new Problem(
        certificate.network(),
        certificate.type(),
        UnitLists.claimOf(property.bound()),
        units,
        tensors,
        network.weights(),
        network.callees(),
        deadline);
  }

  private static Optional<Subject> checked(
      Property.Scaled property, Subject network, Subject found) {
    Claim.Lipschitz proved = found.certificate().inequality();
    double declared = Math.max(proved.bound(), property.bound().bound());
    Certificate about = network.certificate();
    Certificate scaled =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Scaled(
                new Claim.Lipschitz(proved.norms(), proved.bound(), declared),
                scaleOf(property.scale())),
            found.certificate().method(),
            about.units(),
            grounds(about, found.certificate().calls(), found.certificate().proofs()));
    try {
      return Optional.of(FurtherClaims.checked(network, scaled));
    } catch (Rejection rejected) {
      return Optional.empty();
    }
  }

  private static Grounds grounds(Certificate about, Grounds.Calls calls, List<Proof> proofs) {
    return switch (about.kind()) {
      case NUMERIC -> new Grounds.GivenWeights(about.tensors(), calls, proofs);
      case STRUCTURAL -> new Grounds.Composition(calls, proofs);
    };
  }
}
