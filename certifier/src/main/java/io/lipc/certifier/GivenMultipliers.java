package io.lipc.certifier;

import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certifier.problem.Coordinates;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import io.lipc.certifier.problem.ShortNumber;
import io.lipc.certifier.problem.Slopes;
import io.lipc.formats.Weights;
import io.lipc.model.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

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
    List<Proof.Multiplier> slopes = slopes(problem.units(), multipliers);
    return new Prover(problem, Method.GIVEN_MULTIPLIERS.word())
        .prove(new Prover.Draft(bound, List.of(), List.of(), slopes), Coordinates.of(problem));
  }

  private static List<Proof.Multiplier> slopes(List<Unit> units, List<double[]> multipliers) {
    List<Proof.Multiplier> slopes = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      if (units.get(i) instanceof Unit.Activation activation && !Slopes.isLinear(activation)) {
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
