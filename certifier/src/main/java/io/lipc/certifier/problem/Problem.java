package io.lipc.certifier.problem;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.LocalUnits;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.ScaledUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.certificate.checker.Inlining;
import io.lipc.certificate.local.LocalBounds;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Weights;
import io.lipc.linalg.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A network to be bounded.
 *
 * @param network the qualified name
 * @param type the format of weights and constants
 * @param claim the wanted one, which rests on a Lipschitz bound of the units; with the bound 0 if
 *     that is the least one
 * @param units in topological order
 * @param tensors that the units name
 * @param weights the tensors themselves, in the format {@code type}
 * @param callees the networks that are called
 * @param deadline when every search for a bound of it, and every proof, has to end
 * @param caller the problem that certificates are about, whose function this one is with all calls
 *     inlined, behind the scale of its claim, or on its box
 * @param known what is known of the elements of activations beside what holds wherever the inputs
 *     are, by the number of the unit
 */
public record Problem(
    String network,
    ElementType type,
    Claim.OfUnits claim,
    List<Unit> units,
    List<TensorRecord> tensors,
    Weights weights,
    Map<String, Subject> callees,
    Deadline deadline,
    Optional<Problem> caller,
    Map<Integer, KnownSlopes> known) {

  public Problem {
    known = Map.copyOf(known);
  }

  /**
   * A claim about units whose weights and callees are those of a network.
   *
   * @param units in the claim's own network, which reads what {@code network} reads
   */
  public static Problem about(
      Subject network, Claim.OfUnits claim, List<Unit> units, Deadline deadline) {
    Certificate certificate = network.certificate();
    return new Problem(
        certificate.network(),
        certificate.type(),
        claim,
        units,
        certificate.tensors(),
        network.weights(),
        network.callees(),
        deadline);
  }

  /** A problem whose calls, if any, are units. */
  public Problem(
      String network,
      ElementType type,
      Claim.OfUnits claim,
      List<Unit> units,
      List<TensorRecord> tensors,
      Weights weights,
      Map<String, Subject> callees,
      Deadline deadline) {
    this(
        network,
        type,
        claim,
        units,
        tensors,
        weights,
        callees,
        deadline,
        Optional.empty(),
        Map.of());
  }

  /** The same problem, to be done by another time. */
  public Problem by(Deadline other) {
    return new Problem(
        network,
        type,
        claim,
        units,
        tensors,
        weights,
        callees,
        other,
        caller.map(whole -> whole.by(other)),
        known);
  }

  /**
   * The same function with the units of the called networks in place of the calls; empty where
   * nothing is called, or a network of which not all weights are known, or where more is known of
   * units, which would have other numbers.
   */
  public Optional<Problem> inlined() {
    if (!known.isEmpty()
        || !hasCalls()
        || !callees.values().stream().allMatch(Subject::isEvaluable)) {
      return Optional.empty();
    }
    Proof none =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    Subject flat;
    try {
      Subject whole = new Prover(this, "none").unchecked(inequality().bound(), List.of(none));
      flat = behindScale(Inlining.of(whole));
    } catch (IllegalArgumentException tooLarge) {
      return Optional.empty();
    }
    Set<String> named =
        flat.certificate().tensors().stream().map(TensorRecord::name).collect(Collectors.toSet());
    if (!flat.certificate().units().stream().allMatch(u -> named.containsAll(u.tensors()))) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            network,
            type,
            claim,
            flat.certificate().units(),
            flat.certificate().tensors(),
            flat.weights(),
            Map.of(),
            deadline,
            Optional.of(caller.orElse(this)),
            Map.of()));
  }

  private static Subject behindScale(Subject whole) {
    return whole.certificate().claim() instanceof Claim.OfUnits claim
        ? claim.measured().map(scale -> ScaledUnits.of(whole, scale)).orElse(whole)
        : whole;
  }

  /**
   * The function behind the scale of a problem's claim, of which a bound proves that one; the
   * problem itself where its claim has no scale.
   */
  public static Problem behindScale(Problem scaled) {
    if (scaled.claim.measured().isEmpty()) {
      return scaled;
    }
    Proof none =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    Subject whole =
        new Prover(scaled, "none").unchecked(scaled.inequality().bound(), List.of(none));
    List<Unit> behind = behindScale(whole).certificate().units();
    Set<String> read =
        behind.stream().flatMap(unit -> unit.tensors().stream()).collect(Collectors.toSet());
    return new Problem(
        scaled.network,
        scaled.type,
        scaled.inequality(),
        behind,
        scaled.tensors.stream().filter(tensor -> read.contains(tensor.name())).toList(),
        scaled.weights,
        scaled.callees,
        scaled.deadline,
        Optional.of(scaled),
        Map.of());
  }

  /**
   * The function on the box of a claim, of which a bound proves that one, with what is known there.
   *
   * @param whole the function for all inputs, its calls inlined or not
   */
  public static Problem onBox(Problem whole, Claim.Local wanted) {
    Proof none =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    Certificate claimed =
        new Certificate(
            whole.network,
            whole.type,
            wanted,
            "none",
            whole.units,
            whole.grounds(Grounds.Calls.BOUNDED, List.of(none)));
    Subject on =
        LocalUnits.of(
            new Subject(claimed, Digest.of(), whole.weights, whole.callees), wanted.box());
    List<Unit> units = on.certificate().units();
    IntFunction<KnownGroups> groups = LocalBounds.known(on, _ -> whole.deadline.check());
    Map<Integer, KnownSlopes> known = new HashMap<>();
    for (int i = 0; i < units.size(); i++) {
      if (units.get(i) instanceof Unit.Activation) {
        known.put(i, KnownSlopes.of(groups.apply(i)));
      }
    }
    return new Problem(
        whole.network,
        whole.type,
        wanted.bound(),
        units,
        whole.tensors,
        whole.weights,
        whole.callees,
        whole.deadline,
        Optional.of(whole.caller.orElse(whole)),
        known);
  }

  /**
   * The slope bounds of the elements of an activation, for the inputs that the claim is about.
   *
   * @param unit its number
   */
  public KnownSlopes slopes(int unit) {
    KnownSlopes here = known.get(unit);
    return here != null ? here : KnownSlopes.of((Unit.Activation) units.get(unit));
  }

  /**
   * Whether proofs have multipliers of an activation's slopes: unless its function is linear. What
   * is linear on a box alone has them as well, and they multiply nothing.
   *
   * @param unit its number
   */
  public boolean hasMultipliers(int unit) {
    return !KnownSlopes.of((Unit.Activation) units.get(unit)).isLinear();
  }

  /**
   * Whether slopes on the box are rounded. Another checker may round them otherwise: so no proof
   * should need them to the last bit.
   */
  public boolean hasRoundedSlopes() {
    return known.values().stream()
        .flatMap(slopes -> slopes.each().stream())
        .anyMatch(bounds -> !isShort(bounds.alpha()) || !isShort(bounds.beta()));
  }

  private static boolean isShort(double slope) {
    return (float) slope == slope;
  }

  /** The claim to be proved of the units. */
  public Claim.Lipschitz inequality() {
    return claim.inequality();
  }

  /** The way in which proofs read the networks that are called. */
  public Grounds.Calls calls() {
    return caller.filter(Problem::hasCalls).isPresent() && !hasCalls()
        ? Grounds.Calls.INLINED
        : Grounds.Calls.BOUNDED;
  }

  private boolean hasCalls() {
    return units.stream().anyMatch(Unit.Call.class::isInstance);
  }

  /**
   * The grounds of this problem's certificates: a composition, if neither it nor its callees depend
   * on given weights.
   *
   * @param calls how the proofs read the networks that are called
   */
  Grounds grounds(Grounds.Calls calls, List<Proof> proofs) {
    return switch (UnitLists.kindOf(units, callees)) {
      case NUMERIC -> new Grounds.GivenWeights(tensors, calls, proofs);
      case STRUCTURAL -> new Grounds.Composition(calls, proofs);
    };
  }

  /**
   * One problem for each element of the output, which is then measured by its magnitude: whatever
   * bounds each of them bounds the output in linf.
   */
  public List<Problem> elements() {
    return IntStream.range(0, units.getLast().size()).mapToObj(this::element).toList();
  }

  /** The problem of {@link #elements} for one element. */
  public Problem element(int number) {
    List<Unit> selected = new ArrayList<>(units);
    selected.add(Unit.select(units.size() - 1, List.of(number)));
    Norms norms = new Norms(inequality().norms().input(), Norm.L2);
    Claim.Lipschitz single = new Claim.Lipschitz(norms, inequality().bound());
    return new Problem(
        network,
        type,
        claim instanceof Claim.Local(_, Unit.Box box)
            ? new Claim.Local(single, box)
            : claim.measured().<Claim.OfUnits>map(s -> new Claim.Scaled(single, s)).orElse(single),
        selected,
        tensors,
        weights,
        callees,
        deadline,
        caller.map(whole -> whole.element(number)),
        known);
  }

  /** The number of elements that the network reads. */
  public int inputSize() {
    return units.stream()
        .filter(Unit.Input.class::isInstance)
        .mapToInt(Unit::size)
        .findFirst()
        .orElseThrow();
  }

  /**
   * The largest factor by which a unit multiplies l2 distances. That of a call is the certified
   * bound of its network, times sqrt(m) if that is about the largest of m outputs.
   */
  public double gainOf(Unit.GainOnly unit) {
    return switch (unit) {
      case Unit.MaxPool pool -> pool.gain();
      case Unit.Call call -> {
        Claim.Lipschitz callee = callee(call).certificate().lipschitz();
        yield callee.ofEachOutput() ? callee.bound() * Math.sqrt(call.size()) : callee.bound();
      }
    };
  }

  /** The clause that says which call is not from l2 to l2, as calls from linf have to be. */
  public Optional<String> otherCallee() {
    return units.stream()
        .filter(Unit.Call.class::isInstance)
        .map(call -> callee((Unit.Call) call).certificate())
        .filter(callee -> !callee.lipschitz().norms().equals(Norms.EUCLIDEAN))
        .map(callee -> "`%s` is bounded %s".formatted(callee.network(), callee.lipschitz().norms()))
        .findFirst();
  }

  private Subject callee(Unit.Call call) {
    Subject callee = callees.get(call.network());
    if (callee == null) {
      throw new IllegalArgumentException("no certificate of `" + call.network() + "`");
    }
    return callee;
  }
}
