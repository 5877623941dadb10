package io.lipc.certificate.inequality;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constrained;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The records of a proof, each taken out by what reads it: what is left at the end is refused. */
public final class ProofRecords {

  private final Map<Integer, List<Integer>> cuts = new HashMap<>();
  private final Map<Integer, Double> gains = new HashMap<>();
  private final Map<Constrained, List<Double>> lambdas = new HashMap<>();

  /** The records of a proof, none of which has been read. */
  public ProofRecords(Proof proof) {
    proof.gains().forEach(gain -> gains.put(gain.unit(), gain.gain()));
    proof.segmentations().forEach(cut -> cuts.put(cut.unit(), cut.lengths()));
    proof.multipliers().forEach(multiplier -> lambdas.put(multiplier.place(), multiplier.values()));
  }

  /** The gain that a dense unit or a convolution is given. */
  OptionalDouble gain(int at) {
    return Stream.ofNullable(gains.remove(at)).mapToDouble(Double::doubleValue).findFirst();
  }

  /** The lengths of the rows into which a unit is cut. */
  Optional<List<Integer>> lengths(int at) {
    return Optional.ofNullable(cuts.remove(at));
  }

  /**
   * The multipliers of a unit, one for each of {@code count} constraints.
   *
   * @throws Rejection if there are others than one, or one for each
   */
  public Optional<List<Double>> multipliers(int at, Constraint constraint, int count) {
    var values = Optional.ofNullable(lambdas.remove(new Constrained(at, constraint)));
    int found = values.map(List::size).orElse(count);
    unless(at, found == 1 || found == count, Reason.MALFORMED, found + " multipliers");
    return values.map(v -> found == 1 ? Collections.nCopies(count, v.getFirst()) : v);
  }

  /**
   * Refuses records that were not read; call it when all units are written.
   *
   * @throws Rejection if something is left that nothing has read
   */
  public void requireNoneLeft() {
    gains.keySet().forEach(at -> unread(at, "gain"));
    cuts.keySet().forEach(at -> unread(at, "row lengths"));
    lambdas.keySet().forEach(place -> unread(place.unit(), "multipliers, " + place.constraint()));
  }

  private static void unread(int at, String record) {
    unless(at, false, Reason.MALFORMED, "nothing reads its " + record);
  }
}
