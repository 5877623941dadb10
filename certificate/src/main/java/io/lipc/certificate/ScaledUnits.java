package io.lipc.certificate;

import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Quoted;
import io.lipc.formats.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The units that the proof of a scaled bound is about: those of the function g that reads what the
 * scale gives, so that a bound of g is the scaled bound of a network f.
 *
 * <p><b>By the first layer</b>: nothing but z reads the input, so {@code f(x) = g(z(x))} with g the
 * units behind z, and {@code |f(x) - f(x')| = |g(z(x)) - g(z(x'))| <= L |z(x) - z(x')|} for all x
 * and x'.
 *
 * <p><b>In units</b>: {@code g(s) = f(D s)}, whose first unit multiplies by D, exactly. Each x is
 * {@code D s} with {@code s = D^-1 x}, so {@code |f(x) - f(x')| <= L |D^-1 (x - x')|}.
 *
 * <p>The last five units of pairs stand behind both, so that the same holds for each {@code s_p
 * (f_i - f_j)}.
 */
public final class ScaledUnits {

  private ScaledUnits() {}

  /**
   * The units of g, with the same claim, weights and callees.
   *
   * @throws Rejection if the network has no such first layer, or not one positive length for each
   *     element of the input
   */
  public static Subject of(Subject subject, InputScale scale) {
    List<Unit> units = subject.certificate().units();
    List<Unit> behind =
        switch (scale) {
          case InputScale.FirstLayer _ -> behindFirst(units);
          case InputScale.Units(List<Double> lengths, _) -> behindUnits(units, lengths);
        };
    return new Subject(
        subject.certificate().of(behind), subject.digest(), subject.weights(), subject.callees());
  }

  private static List<Unit> behindFirst(List<Unit> units) {
    boolean linear =
        units.size() > 1
            && units.get(1) instanceof Unit.Linear first
            && first.operands().equals(List.of(0));
    boolean alone = units.stream().skip(2).noneMatch(unit -> unit.operands().contains(0));
    Rejection.unless(linear && alone, Reason.MALFORMED, "no linear unit alone reads the input");
    int size = units.get(1).size();
    boolean same = size == units.getFirst().size();
    List<Unit> all = new ArrayList<>();
    all.add(new Unit.Input(same ? extents(units) : List.of(size), Optional.empty()));
    units.stream().skip(2).map(unit -> unit.reading(k -> k - 1)).forEach(all::add);
    return all;
  }

  /**
   * Compares units that have the name of a tensor with its numbers. The bound does not need the
   * tensor; but a reader takes the units for those of that name.
   *
   * @param subject with the tensor among its weights, as it is stored
   * @throws Rejection if there is no such tensor, or it has other numbers
   */
  public static void requireNamed(Subject subject) {
    if (subject.certificate().claim() instanceof Claim.OfUnits claim
        && claim.measured().orElse(null)
            instanceof InputScale.Units(List<Double> lengths, Optional<String> tensor)) {
      tensor.ifPresent(name -> requireNumbers(subject, name, lengths));
    }
  }

  private static void requireNumbers(Subject subject, String name, List<Double> lengths) {
    Optional<Tensor> tensor = subject.weights().tensor(name);
    String named = "the units " + Quoted.of(name);
    Rejection.unless(tensor.isPresent(), Reason.MISSING_TENSOR, named);
    boolean same = tensor.get().size() == lengths.size();
    for (int i = 0; same && i < lengths.size(); i++) {
      same = tensor.get().get(i) == lengths.get(i);
    }
    Rejection.unless(same, Reason.FOREIGN_DIGEST, named + ", which have other numbers");
  }

  private static List<Unit> behindUnits(List<Unit> units, List<Double> lengths) {
    int size = units.getFirst().size();
    boolean positive = lengths.stream().allMatch(d -> d > 0 && d <= Double.MAX_VALUE);
    Rejection.unless(
        positive && lengths.size() == size,
        Reason.MALFORMED,
        "no lengths of " + size + " elements");
    List<Unit> all = new ArrayList<>();
    all.add(new Unit.Input(extents(units), Optional.empty()));
    all.add(Unit.affine(0, lengths, Collections.nCopies(size, 0.0), size));
    units.stream().skip(1).map(unit -> unit.reading(k -> k + 1)).forEach(all::add);
    return all;
  }

  private static List<Integer> extents(List<Unit> units) {
    return ((Unit.Input) units.getFirst()).extents();
  }
}
