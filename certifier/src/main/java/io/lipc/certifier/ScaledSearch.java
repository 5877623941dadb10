package io.lipc.certifier;

import io.lipc.certificate.Claim;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.Subject;
import io.lipc.certificate.further.FurtherClaims;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Quoted;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import io.lipc.model.LowerBound;
import io.lipc.model.Property;
import io.lipc.model.Property.Scale;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Searches for bounds whose differences of inputs are measured in a scale: a bound of the function
 * behind the scale is one, and its proof is that of the scaled bound ({@link
 * io.lipc.certificate.ScaledUnits}).
 */
public final class ScaledSearch {

  private ScaledSearch() {}

  /**
   * The scale of a certificate that is a declared one.
   *
   * @param weights with the tensor that the scale is called after, if there is one
   * @throws IllegalArgumentException if there is no such tensor
   */
  static InputScale scaleOf(Scale scale, Weights weights) {
    return switch (scale) {
      case Scale.OfLayer _ -> new InputScale.FirstLayer();
      case Scale.Units(List<Double> lengths) -> new InputScale.Units(lengths);
      case Scale.OfTensor(String name) ->
          weights
              .tensor(name)
              .map(Tensor::values)
              .map(values -> Arrays.stream(values).boxed().toList())
              .map(lengths -> new InputScale.Units(lengths, Optional.of(name)))
              .orElseThrow(() -> new IllegalArgumentException("no tensor " + Quoted.code(name)));
    };
  }

  /** Whether a scale is the declared one; the checker compares a tensor with the weights. */
  static boolean isOf(Scale declared, InputScale found) {
    return switch (declared) {
      case Scale.OfLayer _ -> found instanceof InputScale.FirstLayer;
      case Scale.Units(List<Double> lengths) -> found.equals(new InputScale.Units(lengths));
      case Scale.OfTensor(String name) ->
          found instanceof InputScale.Units(_, Optional<String> tensor)
              && tensor.equals(Optional.of(name));
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
        .map(found -> FurtherClaims.about(network, found.certificate()));
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

  /** The function behind the scale, whose certificates are about the network. */
  private static Problem behind(Property.Scaled property, Subject network, Deadline deadline) {
    Claim.Scaled wanted =
        new Claim.Scaled(
            UnitLists.claimOf(property.bound()), scaleOf(property.scale(), network.weights()));
    return Problem.behindScale(
        Problem.about(network, wanted, network.certificate().units(), deadline));
  }
}
