package io.lipc.certificate.checker;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.LocalUnits;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.ScaledUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.certificate.enclosure.OutputRanges;
import io.lipc.certificate.frequency.TorusGain;
import io.lipc.certificate.frequency.TorusInequality;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.inequality.Assembly;
import io.lipc.certificate.inequality.WithoutOutput;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.local.LocalBounds;
import io.lipc.certificate.local.Rows;
import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Dyadic;
import io.lipc.certificate.positivity.Positivity;
import io.lipc.certificate.positivity.QuadraticForm;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.theory.ElementwiseProduct;
import io.lipc.certificate.theory.LdltTheorem;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Digest;
import io.lipc.formats.Quoted;
import io.lipc.formats.Tensor;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Decides whether a certificate proves its bound, from the certificate and the weights alone. */
public final class CertificateChecker {

  private static final long MAX_ELEMENTS = 1 << 24;
  private static final int MAX_DEPTH = 1 << 7;

  /** Networks may share callees: those that need no second check. */
  private final Set<Subject> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Each tensor is hashed once, however many networks and calls it is part of. */
  private final IdentityHashMap<Tensor, Digest> digests = new IdentityHashMap<>();

  private final Work work;

  private CertificateChecker(Runnable look) {
    this.work = new Work(look);
  }

  /** The verdict on the subject's bound; the networks that it calls are checked with it. */
  public static Verdict check(Subject subject) {
    return check(subject, () -> {});
  }

  /**
   * The same for a caller that may end the check earlier: there is no verdict then.
   *
   * @param look is run every few milliseconds; what it throws is thrown
   */
  public static Verdict check(Subject subject, Runnable look) {
    return new CertificateChecker(look).check(subject, 0);
  }

  private Verdict check(Subject subject, int depth) {
    try {
      unless(depth < MAX_DEPTH, Reason.TOO_LARGE, depth + " calls of calls");
      // In the order of names: what is left for one must not depend on a hash.
      var callees = new TreeMap<>(subject.callees());
      callees.forEach((network, callee) -> checkCallee(network, callee, depth + 1));
      checkClaim(subject.certificate());
      switch (subject.certificate().grounds()) {
        case Grounds.LdltConstruction _ -> {
          checkUnits(subject);
          // A theorem about all weights sees the whole subject: what is derived may lack weights.
          Optional<String> violation = LdltTheorem.violation(subject);
          unless(violation.isEmpty(), Reason.NOT_OF_THE_CONSTRUCTION, violation.orElse(""));
        }
        case Grounds.Proved _ -> checkProofs(inOrder(subject));
        case Grounds.Enclosure _ -> checkRange(inOrder(subject));
      }
      return new Verdict.Accepted();
    } catch (Rejection rejection) {
      return rejection.verdict();
    } catch (ArithmeticException | OutOfMemoryError | StackOverflowError beyond) {
      String why = Objects.requireNonNullElse(beyond.getMessage(), "for the memory that Java has");
      return new Verdict.Rejected(Reason.TOO_LARGE, why);
    }
  }

  /** Only a subject seen before may be passed over, not one of the same digest: weights differ. */
  private void checkCallee(String network, Subject callee, int depth) {
    String name = callee.certificate().network();
    unless(name.equals(network), Reason.CALLEE_NOT_ACCEPTED, name + " stands for " + network);
    boolean bounds = callee.certificate().claim().global().isPresent();
    unless(bounds, Reason.CALLEE_NOT_ACCEPTED, "no bound of " + network + " for all inputs");
    if (seen.add(callee)) {
      Verdict verdict = check(callee, depth);
      boolean accepted = verdict instanceof Verdict.Accepted;
      unless(accepted, Reason.CALLEE_NOT_ACCEPTED, network + " is " + verdict);
      boolean own = CertificateText.digest(callee.certificate()).equals(callee.digest());
      unless(own, Reason.CALLEE_NOT_ACCEPTED, network + " has another digest");
    }
  }

  /** The claim is of a form that can be true, and about units that have that meaning. */
  private static void checkClaim(Certificate certificate) {
    switch (certificate.claim()) {
      case Claim.Lipschitz bound -> checkBound(bound);
      case Claim.Scaled(Claim.Lipschitz bound, _) -> checkBound(bound);
      case Claim.Local(Claim.Lipschitz bound, _) -> checkBound(bound);
      case Claim.Pairs pairs -> {
        PairUnits.network(certificate.units());
        double delta = pairs.delta().orElse(0.5);
        unless(delta > 0 && delta < 1, Reason.MALFORMED, "delta " + delta);
      }
      case Claim.Monotone _ -> {}
      case Claim.Range(double lower, double upper) -> {
        boolean finite = Double.isFinite(lower) && Double.isFinite(upper);
        unless(finite, Reason.NOT_A_NUMBER, "range [" + lower + ", " + upper + "]");
        unless(lower <= upper, Reason.MALFORMED, "range [" + lower + ", " + upper + "]");
      }
    }
    boolean fits =
        switch (certificate.grounds()) {
          case Grounds.Enclosure _ -> certificate.claim() instanceof Claim.Range;
          // The theorem is about the network's own differences.
          case Grounds.LdltConstruction _ -> certificate.claim().global().isPresent();
          case Grounds.Proved _ ->
              certificate.claim() instanceof Claim.OfUnits
                  || (certificate.claim() instanceof Claim.Monotone
                      && Rows.isInvoked(certificate.proof()));
        };
    unless(fits, Reason.MALFORMED, certificate.claim().kind().word() + " on other grounds");
  }

  private static void checkBound(Claim.Lipschitz claim) {
    double bound = claim.bound();
    boolean finite = Double.isFinite(bound) && Double.isFinite(claim.declared());
    unless(finite, Reason.NOT_A_NUMBER, "bound " + bound);
    unless(bound >= 0 && bound <= claim.declared(), Reason.MALFORMED, "bound " + bound);
  }

  private static void requireEvaluable(Subject subject) {
    unless(subject.isEvaluable(), Reason.MISSING_TENSOR, "weights of a called network");
  }

  /** Every output is shown to stay in the range that is claimed. */
  private void checkRange(Subject subject) {
    Certificate certificate = subject.certificate();
    unless(certificate.input().box().isPresent(), Reason.MALFORMED, "no box of inputs");
    requireEvaluable(subject);
    List<Range> outputs = OutputRanges.of(subject, work::spend);
    Claim.Range claimed = (Claim.Range) certificate.claim();
    for (int i = 0; i < outputs.size(); i++) {
      Range known = outputs.get(i);
      boolean within = claimed.lower() <= known.lower() && known.upper() <= claimed.upper();
      String detail = "output " + i + " in [" + known.lower() + ", " + known.upper() + "]";
      unless(within, Reason.RANGE_NOT_PROVED, detail);
    }
  }

  private void checkProofs(Subject subject) {
    Proof proof = subject.certificate().proof();
    switch (proof.witness()) {
      case PositivityWitness.ElementwiseProduct _ -> {
        checkBare(proof);
        boolean read = deltaOf(subject).isEmpty();
        unless(read, Reason.MALFORMED, "nothing reads delta");
        OptionalDouble bound = ElementwiseProduct.bound(subject, work);
        double claimed = subject.certificate().inequality().bound();
        boolean proved = bound.isPresent() && bound.getAsDouble() <= claimed;
        unless(proved, Reason.NOT_POSITIVE_DEFINITE, "bound " + bound);
      }
      case PositivityWitness.Rows(BoxTree boxes) -> {
        checkBare(proof);
        Rows.check(subject, boxes, work::spend);
      }
      case PositivityWitness.Congruence _,
          PositivityWitness.ExactElimination _,
          PositivityWitness.VerifiedCholesky _,
          PositivityWitness.AllFrequencies _ ->
          checkMatrices(subject);
    }
  }

  private static void checkBare(Proof proof) {
    Proof bare = new Proof(List.of(), List.of(), List.of(), proof.witness());
    unless(proof.equals(bare), Reason.MALFORMED, "nothing reads the records");
  }

  private static OptionalDouble deltaOf(Subject subject) {
    return ((Claim.OfUnits) subject.certificate().claim()).delta();
  }

  private void checkMatrices(Subject subject) {
    Certificate certificate = subject.certificate();
    IntFunction<KnownGroups> known = LocalBounds.known(subject, work::spend);
    for (int i = 0; i < certificate.bounding(); i++) {
      Proof proof = certificate.proofs().get(i);
      int number = i;
      Decision decision =
          proof.witness() instanceof PositivityWitness.AllFrequencies torus
              ? TorusInequality.decide(subject, number, torus, work)
              : Positivity.decide(
                  proof.witness(),
                  () -> Assembly.matrix(subject, known, number, Dyadic::of, work),
                  () -> Assembly.matrix(subject, known, number, Ball::of, work),
                  work);
      accept(decision, Reason.NOT_POSITIVE_DEFINITE, "bound " + certificate.inequality().bound());
      // The matrix has read all of them: so they are about dense units and convolutions.
      proof.gains().forEach(gain -> checkGain(subject, gain));
    }
    deltaOf(subject).ifPresent(delta -> checkForms(subject, delta));
  }

  /** What radii by signs rest on, behind the proofs of bounds: multipliers alone. */
  private void checkForms(Subject subject, double delta) {
    List<Proof> proofs = subject.certificate().proofs();
    for (int i = subject.certificate().bounding(); i < proofs.size(); i++) {
      Proof bare = WithoutOutput.proof(proofs.get(i).multipliers());
      unless(proofs.get(i).equals(bare), Reason.MALFORMED, "proof " + i + " for signs alone");
      Decision decision = WithoutOutput.decide(subject, i, delta, work);
      accept(decision, Reason.NOT_POSITIVE_DEFINITE, "delta " + delta);
    }
  }

  private void checkGain(Subject subject, Proof.Gain gain) {
    Unit.Linear unit = (Unit.Linear) subject.certificate().units().get(gain.unit());
    Tensor weight = subject.weights().tensor(unit.tensors().getFirst()).orElseThrow();
    Decision decision =
        switch (gain.witness()) {
          case PositivityWitness witness when unit.map() instanceof Matrix ->
              Positivity.decide(
                  witness,
                  () -> QuadraticForm.norm(weight, gain.gain(), Dyadic::of, work),
                  () -> QuadraticForm.norm(weight, gain.gain(), Ball::of, work),
                  work);
          case Torus torus when unit.map() instanceof Convolution map ->
              TorusGain.decide(map, weight, gain.gain(), torus, work);
          case PositivityWitness _, Torus _ -> Decision.FOREIGN_WITNESS;
        };
    accept(decision, Reason.GAIN_NOT_PROVED, "gain " + gain.gain() + " of unit " + gain.unit());
  }

  private static void accept(Decision decision, Reason otherwise, String detail) {
    switch (decision) {
      case POSITIVE -> {}
      case NOT_PROVED -> throw new Rejection(otherwise, detail);
      case TOO_LARGE -> throw new Rejection(Reason.TOO_LARGE, detail);
      case FOREIGN_WITNESS -> throw new Rejection(Reason.MALFORMED, detail + ": witness");
    }
  }

  /**
   * The subject as its proof reads it, once all that needs no matrix is checked: numbers, sizes,
   * tensors, and which networks are called.
   *
   * @throws IllegalArgumentException with the words of a {@link Reason}, at the first fault
   */
  public static Subject read(Subject subject) {
    return new CertificateChecker(() -> {}).inOrder(subject);
  }

  private Subject inOrder(Subject subject) {
    checkUnits(subject);
    checkUse(subject);
    ScaledUnits.requireNamed(subject);
    // Of the network as it is declared: a callee's first layer is none of its own.
    Subject read = ofClaim(subject);
    if (subject.certificate().calls() == Grounds.Calls.INLINED) {
      unless(!subject.callees().isEmpty(), Reason.MALFORMED, "nothing is called");
      Subject inlined = Inlining.of(subject);
      checkUnits(inlined);
      read = ofClaim(inlined);
    }
    if (!(subject.certificate().claim() instanceof Claim.Range)) {
      int proofs = proofs(subject.certificate());
      boolean counted = subject.certificate().proofs().size() == proofs;
      unless(counted, Reason.MALFORMED, "not " + proofs + " proofs");
    }
    if (subject.certificate().claim() instanceof Claim.Monotone) {
      requireEvaluable(subject);
    }
    if (subject.certificate().claim() instanceof Claim.Local) {
      requireEvaluable(subject);
      // A rounding may decide which elements are linear on the box, and so how many rows there are.
      boolean counted =
          subject.certificate().proofs().stream()
              .anyMatch(proof -> proof.witness() instanceof PositivityWitness.Congruence);
      unless(!counted, Reason.MALFORMED, "a congruence on a box");
    }
    subject.certificate().proofs().forEach(CertificateChecker::checkProof);
    return read;
  }

  /** The function whose bound is claimed: on the box or behind the scale, if the claim has one. */
  private static Subject ofClaim(Subject subject) {
    return switch (subject.certificate().claim()) {
      case Claim.Local(_, Unit.Box box) -> LocalUnits.of(subject, box);
      case Claim.Monotone(_, Unit.Box box) -> LocalUnits.of(subject, box);
      case Claim.OfUnits claim ->
          claim.measured().map(scale -> ScaledUnits.of(subject, scale)).orElse(subject);
      case Claim.Range _ -> subject;
    };
  }

  /**
   * One for each output where it is claimed of each, unless one proof is about them all; and as
   * many again for radii by signs.
   */
  private static int proofs(Certificate certificate) {
    boolean whole = ElementwiseProduct.isInvoked(certificate.proof());
    whole |= Rows.isInvoked(certificate.proof());
    boolean single = whole || !certificate.inequality().ofEachOutput();
    boolean twice = certificate.claim() instanceof Claim.Pairs p && p.delta().isPresent();
    return single ? 1 : certificate.outputSize() * (twice ? 2 : 1);
  }

  /** Refuses parts of a certificate on which the output does not depend. */
  private static void checkUse(Subject subject) {
    Certificate certificate = subject.certificate();
    List<Unit> units = certificate.units();
    BitSet used = new BitSet();
    used.set(units.size() - 1);
    for (int i = units.size() - 1; i >= 0; i--) {
      unless(used.get(i), Reason.MALFORMED, "nothing reads unit " + i);
      units.get(i).operands().forEach(used::set);
    }
    var tensors = units.stream().flatMap(unit -> unit.tensors().stream()).sorted().distinct();
    boolean listed =
        tensors.toList().equals(certificate.tensors().stream().map(TensorRecord::name).toList());
    unless(listed, Reason.MALFORMED, "tensors that are not those of the units, in order of names");
    var calls = units.stream().filter(Unit.Call.class::isInstance).map(Unit.Call.class::cast);
    boolean called = calls.map(Unit.Call::network).toList().containsAll(subject.callees().keySet());
    unless(called, Reason.MALFORMED, "a network that nothing calls");
  }

  private void checkUnits(Subject subject) {
    Certificate certificate = subject.certificate();
    unless(!certificate.units().isEmpty(), Reason.MALFORMED, "no units");
    certificate.tensors().forEach(record -> checkTensor(subject, record));
    boolean free = certificate.hasFreeWeights();
    var names = Set.copyOf(certificate.tensors().stream().map(TensorRecord::name).toList());
    long elements = 0;
    for (int i = 0; i < certificate.units().size(); i++) {
      Unit unit = certificate.units().get(i);
      boolean known = free || names.containsAll(unit.tensors());
      unless(known, Reason.MISSING_TENSOR, "unit " + i);
      elements += checkUnit(subject, i, unit);
      unless(elements <= MAX_ELEMENTS, Reason.TOO_LARGE, elements + " elements");
    }
  }

  private void checkTensor(Subject subject, TensorRecord record) {
    String name = Quoted.of(record.name());
    Optional<Tensor> tensor = subject.weights().tensor(record.name());
    unless(tensor.isPresent(), Reason.MISSING_TENSOR, name);
    boolean fits = tensor.get().shape().equals(record.shape());
    unless(fits, Reason.WRONG_SHAPE, name + " is " + tensor.get().shape());
    boolean same = tensor.get().type() == subject.certificate().type();
    Digest digest = digests.computeIfAbsent(tensor.get(), this::counted);
    same &= digest.equals(record.digest());
    unless(same, Reason.FOREIGN_DIGEST, name);
  }

  private Digest counted(Tensor tensor) {
    work.allow(tensor);
    return tensor.digest();
  }

  /** Checks a unit, and gives how many elements it reads and gives. */
  private static long checkUnit(Subject subject, int at, Unit unit) {
    boolean ordered = unit.operands().stream().allMatch(operand -> operand >= 0 && operand < at);
    boolean input = unit instanceof Unit.Input;
    unless(ordered && input == (at == 0), Reason.MALFORMED, "unit " + at + " is out of order");
    List<Integer> sizes =
        unit.operands().stream().map(i -> subject.certificate().units().get(i).size()).toList();
    boolean exact = unit.constants().stream().allMatch(subject.certificate().type()::holds);
    unless(exact, Reason.NOT_A_NUMBER, "unit " + at + " has a constant of another format");
    boolean fits = fits(subject, unit, sizes) && unit.size() > 0;
    unless(fits, Reason.WRONG_SHAPE, "unit " + at + " reads " + sizes);
    return sizes.stream().mapToLong(Integer::intValue).sum() + unit.size();
  }

  /** Whether a unit takes operands of these sizes, and gives as many elements as it says. */
  private static boolean fits(Subject subject, Unit unit, List<Integer> sizes) {
    return switch (unit) {
      case Unit.Input _ -> true;
      case Unit.Linear linear -> {
        if (!subject.certificate().hasFreeWeights()) {
          linear.map().tensors().forEach(tensor -> checkShape(subject, tensor));
          boolean finite = linear.map().isFinite(subject.weights());
          unless(finite, Reason.NOT_A_NUMBER, linear.map().word() + " of such tensors");
        }
        yield linear.map().outputs(sizes).equals(OptionalInt.of(unit.size()));
      }
      case Unit.Activation activation ->
          sizes.contains(unit.size()) && fits(activation, activation.known().size());
      case Unit.MaxPool pool -> sizes.contains(pool.input().elements());
      case Unit.Call call -> {
        Certificate callee = Assembly.callee(subject, call).certificate();
        List<Integer> ends = List.of(callee.inputSize(), callee.outputSize());
        yield ends.equals(List.of(call.inputs(), call.size())) && sizes.contains(call.inputs());
      }
    };
  }

  /** Whole groups; and where their elements are no neighbours, groups of several. */
  private static boolean fits(Unit.Activation activation, int group) {
    boolean whole = activation.size() % ((long) group * activation.pixels()) == 0;
    return whole && (activation.pixels() == 1 || group > 1);
  }

  private static void checkShape(Subject subject, LinearMap.TensorShape tensor) {
    List<Integer> found = subject.weights().tensor(tensor.name()).orElseThrow().shape();
    boolean fits = found.equals(tensor.shape());
    String name = Quoted.of(tensor.name());
    unless(fits, Reason.WRONG_SHAPE, name + " is " + found + ", not " + tensor.shape());
  }

  private static void checkProof(Proof proof) {
    Set<Integer> gains = new HashSet<>();
    for (Proof.Gain gain : proof.gains()) {
      unless(Double.isFinite(gain.gain()), Reason.NOT_A_NUMBER, "gain of unit " + gain.unit());
      boolean sound = gain.gain() >= 0 && gains.add(gain.unit());
      unless(sound, Reason.MALFORMED, "gain of unit " + gain.unit());
    }
    Set<Integer> cuts = new HashSet<>();
    for (Proof.Segmentation cut : proof.segmentations()) {
      boolean positive = cut.lengths().stream().allMatch(length -> length > 0);
      boolean sound = positive && cuts.add(cut.unit());
      unless(sound, Reason.MALFORMED, "rows of unit " + cut.unit());
    }
    Set<Proof.Constrained> multiplied = new HashSet<>();
    for (Proof.Multiplier multiplier : proof.multipliers()) {
      String where = "multiplier of unit " + multiplier.unit();
      unless(multiplier.values().stream().allMatch(Double::isFinite), Reason.NOT_A_NUMBER, where);
      unless(multiplier.values().stream().allMatch(v -> v >= 0), Reason.NEGATIVE_MULTIPLIER, where);
      boolean once = multiplied.add(multiplier.place());
      unless(once, Reason.MALFORMED, where + " is given twice");
    }
  }
}
