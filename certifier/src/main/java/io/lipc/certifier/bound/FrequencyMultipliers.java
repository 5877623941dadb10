package io.lipc.certifier.bound;

import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof;
import java.util.List;

/**
 * Multipliers for rho = 1 that should prove a bound at all frequencies of a torus.
 *
 * @param multipliers to be multiplied by rho
 * @param rho the square of the bound
 */
record FrequencyMultipliers(
    AllFrequencies witness, List<Proof.Multiplier> multipliers, double rho) {

  FrequencyMultipliers {
    multipliers = List.copyOf(multipliers);
  }
}
