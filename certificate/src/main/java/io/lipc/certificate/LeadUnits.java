package io.lipc.certificate;

import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Selection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The units that a proof about the lead of one output is about: those of a network f, and those
 * that give {@code s_j (f_i - f_j)} for output i and each other output j, in their order, with
 * factors {@code s_j > 0}. It is a network of its own, with weights of the same names.
 *
 * @param network the units of f
 * @param output i
 * @param factors one for each other output
 */
public record LeadUnits(List<Unit> network, int output, List<Double> factors) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there is no such output, no other one, or not one positive
   *     and finite factor for each other
   */
  public LeadUnits {
    network = List.copyOf(network);
    factors = List.copyOf(factors);
    int outputs = network.getLast().size();
    if (output < 0 || output >= outputs || outputs < 2 || factors.size() != outputs - 1) {
      throw new IllegalArgumentException(
          factors.size() + " factors for output " + output + " of " + outputs);
    }
    if (!factors.stream().allMatch(factor -> factor > 0 && Double.isFinite(factor))) {
      throw new IllegalArgumentException("a factor of a lead is not positive and finite");
    }
  }

  /** All units, those of the network first. */
  public List<Unit> units() {
    List<Integer> own = Collections.nCopies(factors.size(), output);
    List<Integer> others =
        IntStream.rangeClosed(0, factors.size()).filter(j -> j != output).boxed().toList();
    return PairUnits.differences(network, own, others, factors);
  }

  /** Such units, read from a list; empty where the last ones are no others' differences. */
  public static Optional<LeadUnits> read(List<Unit> units) {
    int before = units.size() - PairUnits.ADDED;
    if (before < 1
        || !(units.getLast() instanceof Unit.Linear(_, Diagonal(List<Double> factors, _), _))
        || !(units.get(before) instanceof Unit.Linear(_, Selection own, _))
        || own.indices().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LeadUnits(units.subList(0, before), own.indices().getFirst(), factors))
          .filter(found -> found.units().equals(units));
    } catch (IllegalArgumentException otherwise) {
      return Optional.empty();
    }
  }
}
