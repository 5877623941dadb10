package io.lipc.certifier;

import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constrained;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.search.TorusMatrices;
import io.lipc.certifier.lmi.FrequencyElimination;
import io.lipc.certifier.problem.Coordinates;
import io.lipc.certifier.problem.ImagePart;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import io.lipc.certifier.problem.ShortNumber;
import io.lipc.formats.Weights;
import io.lipc.model.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Proofs from multipliers that are known beforehand: one factorisation, no search. */
public final class GivenMultipliers {

  /** Rounding multipliers to so many bits costs less than 3e-9 of the bound's square. */
  private static final int BITS = 30;

  private GivenMultipliers() {}

  /**
   * Tries to prove exactly {@code bound}.
   *
   * @param weights the tensors that the network names; they are rounded to its precision
   * @param callees the certified networks that it calls, by qualified name
   * @param multipliers for each activation that is not a linear map, in the order of the layers,
   *     one multiplier per neuron (per group where groups are mapped) of {@code 2 (dw - a dz)(b dz
   *     - dw) >= 0}, where {@code rho} is the square of the bound
   * @param bound l2 to l2, positive and finite
   * @return a certificate that the checker accepted; empty if it did not
   * @throws IllegalArgumentException if a tensor or a callee is missing or has the wrong shape, or
   *     if there are more or fewer multipliers
   */
  public static Optional<Subject> prove(
      Network network,
      Weights weights,
      Map<String, Subject> callees,
      List<double[]> multipliers,
      double bound) {
    Options options =
        new Options(Method.AUTO, OptionalDouble.of(bound), List.of(), 1, Options.Effort.PROOF);
    Problem problem = Certifier.problem(network, weights, callees, options);
    List<Proof.Multiplier> slopes = slopes(problem, multipliers);
    Prover prover = new Prover(problem, Method.GIVEN_MULTIPLIERS.word());
    return byFrequency(problem, prover, slopes, bound)
        .or(
            () ->
                prover.prove(
                    new Prover.Draft(bound, List.of(), List.of(), slopes),
                    Coordinates.of(problem)));
  }

  /**
   * The proof on a torus, where the multipliers of a channel are those of its first pixel. The
   * multipliers of crops, and of groups, which have a single one there, are chosen.
   */
  private static Optional<Subject> byFrequency(
      Problem problem, Prover prover, List<Proof.Multiplier> slopes, double bound) {
    return ImagePart.of(problem.units()).stream()
        .flatMap(part -> byFrequency(problem, part, prover, slopes, bound).stream())
        .findFirst();
  }

  private static Optional<Subject> byFrequency(
      Problem problem, ImagePart part, Prover prover, List<Proof.Multiplier> slopes, double bound) {
    Optional<Torus> torus = part.least(problem);
    return torus
        .flatMap(least -> part.on(least, problem))
        .flatMap(
            network ->
                FrequencyElimination.completed(
                    network, bound * bound, ofChannels(network, slopes), problem.deadline()))
        .flatMap(
            result -> {
              List<Proof.Multiplier> all = new ArrayList<>(result.multipliers());
              slopes.stream().filter(slope -> slope.unit() >= part.end()).forEach(all::add);
              return prover.check(
                  new Prover.Draft(bound, List.of(), List.of(), all),
                  new AllFrequencies(torus.get(), part.head(problem.units())));
            });
  }

  private static Map<Constrained, List<Double>> ofChannels(
      TorusMatrices network, List<Proof.Multiplier> slopes) {
    Map<Constrained, List<Double>> given = new HashMap<>();
    for (TorusMatrices.Bounded signal : network.bounded()) {
      slopes.stream()
          .filter(slope -> slope.place().equals(signal.place()))
          .forEach(
              slope -> {
                int pixels = slope.values().size() / signal.multipliers();
                given.put(
                    slope.place(),
                    IntStream.range(0, signal.multipliers())
                        .mapToObj(channel -> slope.values().get(channel * pixels))
                        .toList());
              });
    }
    return given;
  }

  private static List<Proof.Multiplier> slopes(Problem problem, List<double[]> multipliers) {
    List<Proof.Multiplier> slopes = new ArrayList<>();
    for (int i = 0; i < problem.units().size(); i++) {
      if (problem.units().get(i) instanceof Unit.Activation && problem.hasMultipliers(i)) {
        if (slopes.size() == multipliers.size()) {
          throw new IllegalArgumentException("no multipliers for unit " + i);
        }
        List<Double> values =
            Arrays.stream(multipliers.get(slopes.size()))
                .mapToObj(value -> ShortNumber.of(value, BITS))
                .toList();
        slopes.add(new Proof.Multiplier(i, Proof.Constraint.SLOPE, values));
      }
    }
    if (slopes.size() != multipliers.size()) {
      throw new IllegalArgumentException(
          multipliers.size() + " vectors of multipliers for " + slopes.size() + " activations");
    }
    return slopes;
  }
}
