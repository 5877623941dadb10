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
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.certificate.enclosure.LeastLengths;
import io.lipc.certificate.frequency.TorusGain;
import io.lipc.certificate.frequency.TorusInequality;
import io.lipc.certificate.inequality.Assembly;
import io.lipc.certificate.inequality.WithoutOutput;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.local.LocalBounds;
import io.lipc.certificate.local.OutputParts;
import io.lipc.certificate.local.Rows;
import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Dyadic;
import io.lipc.certificate.positivity.Positivity;
import io.lipc.certificate.positivity.QuadraticForm;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.query.QueryUnits;
import io.lipc.certificate.theory.ElementwiseProduct;
import io.lipc.certificate.theory.LdltTheorem;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Tensor;
import io.lipc.queries.Query;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Decides whether a certificate proves its bound, from the certificate and the weights alone. */
public final class CertificateChecker {

  private static final int MAX_DEPTH = 1 << 7;

  /** Networks may share callees: those that need no second check. */
  private final Set<Subject> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Work work;
  private final UnitChecks units;

  private CertificateChecker(Runnable look) {
    this.work = new Work(look);
    this.units = new UnitChecks(work);
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
          units.check(subject);
          // A theorem about all weights sees the whole subject: what is derived may lack weights.
          Optional<String> violation = LdltTheorem.violation(subject);
          unless(violation.isEmpty(), Reason.NOT_OF_THE_CONSTRUCTION, violation.orElse(""));
        }
        case Grounds.Proved _ -> checkProofs(inOrder(subject));
        case Grounds.Enclosure(_, Optional<BoxTree> boxes) ->
            EnclosureChecks.check(inOrder(subject), boxes, work);
      }
      return new Verdict.Accepted();
    } catch (Rejection rejection) {
      return rejection.verdict();
    } catch (ArithmeticException | OutOfMemoryError | StackOverflowError beyond) {
      return new Verdict.Rejected(Reason.TOO_LARGE, why(beyond));
    }
  }

  /** A failure in another thread may come as a copy without words; then its cause has them. */
  private static String why(Throwable beyond) {
    return Stream.iterate(beyond, Objects::nonNull, Throwable::getCause)
        .flatMap(cause -> Stream.ofNullable(cause.getMessage()))
        .findFirst()
        .orElse("for the memory that Java has");
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
      case Claim.Monotone _, Claim.Unsatisfiable _ -> {}
      case Claim.Slopes(List<Double> slopes, _, _) ->
          slopes.forEach(slope -> checkBound(slope, slope));
      case Claim.Range(double lower, double upper) -> {
        boolean finite = Double.isFinite(lower) && Double.isFinite(upper);
        unless(finite, Reason.NOT_A_NUMBER, "range [" + lower + ", " + upper + "]");
        unless(lower <= upper, Reason.MALFORMED, "range [" + lower + ", " + upper + "]");
      }
    }
    boolean fits =
        switch (certificate.grounds()) {
          case Grounds.Enclosure _ ->
              certificate.claim() instanceof Claim.Range
                  || certificate.claim() instanceof Claim.Unsatisfiable;
          // The theorem is about the network's own differences.
          case Grounds.LdltConstruction _ -> certificate.claim().global().isPresent();
          case Grounds.Proved _ ->
              certificate.claim() instanceof Claim.OfUnits
                  || (certificate.claim() instanceof Claim.OfDerivatives
                      && Rows.isInvoked(certificate.proof()));
        };
    unless(fits, Reason.MALFORMED, certificate.claim().kind().word() + " on other grounds");
  }

  private static void checkBound(Claim.Lipschitz claim) {
    checkBound(claim.bound(), claim.declared());
  }

  private static void checkBound(double bound, double declared) {
    boolean finite = Double.isFinite(bound) && Double.isFinite(declared);
    unless(finite, Reason.NOT_A_NUMBER, "bound " + bound);
    unless(bound >= 0 && bound <= declared, Reason.MALFORMED, "bound " + bound);
  }

  private static void requireEvaluable(Subject subject) {
    unless(subject.isEvaluable(), Reason.MISSING_TENSOR, "weights of a called network");
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
      case PositivityWitness.Congruence _ -> checkMatrices(subject);
      case PositivityWitness.ExactElimination _ -> checkMatrices(subject);
      case PositivityWitness.VerifiedCholesky _ -> checkMatrices(subject);
      case PositivityWitness.AllFrequencies _ -> checkMatrices(subject);
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
    boolean local = certificate.claim() instanceof Claim.Local;
    IntFunction<KnownGroups> known = LocalBounds.known(subject, work::spend);
    for (int i = 0; i < certificate.bounding(); i++) {
      Proof proof = certificate.proofs().get(i);
      int number = i;
      // A rounding may decide which elements are linear on the box: so how many rows there are.
      boolean counted = local && proof.witness() instanceof PositivityWitness.Congruence;
      unless(!counted, Reason.MALFORMED, "a congruence on a box");
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

  /** The second proofs, on which radii by signs rest, have multipliers alone. */
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
    units.check(subject);
    UnitChecks.requireUse(subject);
    ScaledUnits.requireNamed(subject);
    LeastLengths.require(subject, work::spend);
    // Of the network as it is declared: a callee's first layer is none of its own.
    Subject read = ofClaim(subject);
    boolean inlined = subject.certificate().calls() == Grounds.Calls.INLINED;
    boolean called = !subject.callees().isEmpty();
    unless(called || !inlined, Reason.MALFORMED, "nothing is called");
    boolean rows = subject.certificate().proofs().stream().anyMatch(Rows::isInvoked);
    boolean parts = OutputParts.isInvoked(subject.certificate());
    if (inlined || (called && (rows || parts))) {
      Subject entered = Inlining.of(subject, inlined || parts);
      units.check(entered);
      read = ofClaim(entered);
    }
    checkProofsOfClaim(subject);
    subject.certificate().proofs().forEach(CertificateChecker::checkProof);
    return read;
  }

  /** The number of the proofs, and the weights that bounds on a box rest on. */
  private static void checkProofsOfClaim(Subject subject) {
    switch (subject.certificate().claim()) {
      case Claim.Range _ -> {
        unless(
            subject.certificate().input().box().isPresent(), Reason.MALFORMED, "no box of inputs");
        requireEvaluable(subject);
      }
      case Claim.Unsatisfiable _ -> requireEvaluable(subject);
      // Slopes by the bounds of callees are those of any weights that have these.
      case Claim.Lipschitz _, Claim.Scaled _, Claim.Pairs _, Claim.OfDerivatives _ ->
          checkCount(subject.certificate());
      case Claim.Local _ -> {
        checkCount(subject.certificate());
        requireEvaluable(subject);
      }
    }
  }

  /**
   * One for each output where it is claimed of each, unless one proof is about them all; and as
   * many again for radii by signs.
   */
  private static void checkCount(Certificate certificate) {
    boolean whole =
        ElementwiseProduct.isInvoked(certificate.proof()) || Rows.isInvoked(certificate.proof());
    boolean each = !whole && certificate.inequality().ofEachOutput();
    boolean twice = certificate.claim() instanceof Claim.Pairs p && p.delta().isPresent();
    int proofs = each ? certificate.outputSize() * (twice ? 2 : 1) : 1;
    boolean counted = certificate.proofs().size() == proofs;
    unless(counted, Reason.MALFORMED, "not " + proofs + " proofs");
  }

  /** The function whose bound is claimed: on the box or behind the scale, if the claim has one. */
  private static Subject ofClaim(Subject subject) {
    return switch (subject.certificate().claim()) {
      case Claim.Local(_, Unit.Box box) -> LocalUnits.of(subject, box);
      case Claim.OfDerivatives claim -> LocalUnits.of(subject, claim.box());
      case Claim.OfUnits claim ->
          claim.measured().map(scale -> ScaledUnits.of(subject, scale)).orElse(subject);
      case Claim.Unsatisfiable(Query query) -> QueryUnits.of(subject, query);
      case Claim.Range _ -> subject;
    };
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
