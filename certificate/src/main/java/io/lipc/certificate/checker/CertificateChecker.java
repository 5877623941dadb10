package io.lipc.certificate.checker;

import static io.lipc.certificate.checker.Rejection.unless;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.Verdict.Reason;
import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Dyadic;
import io.lipc.certificate.positivity.Positivity;
import io.lipc.certificate.positivity.QuadraticForm;
import io.lipc.formats.Tensor;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides whether a certificate proves its bound, from the certificate and the weights alone. */
public final class CertificateChecker {

  private static final long MAX_ELEMENTS = 1 << 24;

  private CertificateChecker() {}

  /** The verdict on the subject's bound; the networks that it calls are checked with it. */
  public static Verdict check(Subject subject) {
    return check(subject, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /** Networks often call the same ones: {@code accepted} keeps those that were checked before. */
  private static Verdict check(Subject subject, Set<Subject> accepted) {
    try {
      checkStructure(subject);
      subject.callees().forEach((network, callee) -> checkCallee(network, callee, accepted));
      Certificate certificate = subject.certificate();
      certificate.proof().gains().forEach(gain -> checkGain(subject, gain));
      Decision decision =
          Positivity.decide(
              certificate.proof().witness(),
              () -> Assembly.matrix(subject, Dyadic::of),
              () -> Assembly.matrix(subject, Ball::of));
      accept(decision, Reason.NOT_POSITIVE_DEFINITE, "bound " + certificate.bound());
      return new Verdict.Accepted(certificate.bound());
    } catch (Rejection rejection) {
      return rejection.verdict();
    }
  }

  private static void checkCallee(String network, Subject callee, Set<Subject> accepted) {
    if (!accepted.contains(callee)) {
      Verdict verdict = check(callee, accepted);
      boolean proved = verdict instanceof Verdict.Accepted;
      unless(proved, Reason.CALLEE_NOT_ACCEPTED, network + " is " + verdict);
      accepted.add(callee);
    }
  }

  private static void checkGain(Subject subject, Proof.Gain gain) {
    Unit.Dense dense = (Unit.Dense) subject.certificate().units().get(gain.unit());
    Tensor weight = subject.weights().tensor(dense.weight()).orElseThrow();
    Decision decision =
        Positivity.decide(
            gain.witness(),
            () -> QuadraticForm.norm(weight, gain.gain(), Dyadic::of),
            () -> QuadraticForm.norm(weight, gain.gain(), Ball::of));
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
   * Checks what needs no matrix: numbers, sizes, tensors, and which networks are called.
   *
   * @throws Rejection at the first fault
   */
  static void checkStructure(Subject subject) {
    Certificate certificate = subject.certificate();
    double bound = certificate.bound();
    boolean finite = Double.isFinite(bound) && Double.isFinite(certificate.declared());
    unless(finite, Reason.NOT_A_NUMBER, "bound " + bound);
    unless(bound >= 0 && bound <= certificate.declared(), Reason.MALFORMED, "bound " + bound);
    unless(!certificate.units().isEmpty(), Reason.MALFORMED, "no units");
    certificate.tensors().forEach(record -> checkTensor(subject, record));
    long elements = 0;
    for (int i = 0; i < certificate.units().size(); i++) {
      elements += checkUnit(subject, i, certificate.units().get(i));
      unless(elements <= MAX_ELEMENTS, Reason.TOO_LARGE, elements + " elements");
    }
    checkProof(certificate.proof(), certificate.units());
  }

  private static void checkTensor(Subject subject, TensorRecord record) {
    Optional<Tensor> tensor = subject.weights().tensor(record.name());
    unless(tensor.isPresent(), Reason.MISSING_TENSOR, record.name());
    boolean fits = tensor.get().shape().equals(record.shape());
    unless(fits, Reason.WRONG_SHAPE, record.name() + " is " + tensor.get().shape());
    boolean same = tensor.get().digest().equals(record.digest());
    unless(same, Reason.FOREIGN_DIGEST, record.name());
  }

  /** Checks a unit, and gives its size. */
  private static int checkUnit(Subject subject, int at, Unit unit) {
    boolean ordered = unit.operands().stream().allMatch(operand -> operand >= 0 && operand < at);
    boolean input = unit instanceof Unit.Input;
    unless(ordered && input == (at == 0), Reason.MALFORMED, "unit " + at + " is out of order");
    List<Integer> sizes =
        unit.operands().stream().map(i -> subject.certificate().units().get(i).size()).toList();
    boolean fits =
        switch (unit) {
          case Unit.Dense dense -> {
            checkRecord(subject, dense.weight(), List.of(dense.size(), dense.inputs()));
            dense.bias().ifPresent(bias -> checkRecord(subject, bias, List.of(dense.size())));
            yield sizes.contains(dense.inputs());
          }
          case Unit.Call call -> {
            Certificate callee = callee(subject, call);
            boolean same =
                callee.inputSize() == call.inputs() && callee.outputSize() == call.size();
            yield same && sizes.contains(call.inputs());
          }
          case Unit.Affine affine -> {
            boolean finite = affine.shift().stream().allMatch(Double::isFinite);
            unless(finite, Reason.NOT_A_NUMBER, "unit " + at + " shifts by " + affine.shift());
            yield sizes.contains(affine.scale().size()) && sizes.contains(affine.shift().size());
          }
          case Unit.Select select ->
              select.indices().stream().allMatch(index -> index >= 0 && index < sizes.getFirst());
          case Unit.Sum _, Unit.Concat _ -> sizes.size() > 1;
          case Unit.Activation activation ->
              sizes.contains(unit.size())
                  && (!activation.name().equals("maxmin") || unit.size() % 2 == 0);
          case Unit.Scale _ -> sizes.contains(unit.size());
          case Unit.Input _ -> true;
        };
    unless(fits && unit.size() > 0, Reason.WRONG_SHAPE, "unit " + at + " reads " + sizes);
    return unit.size();
  }

  private static void checkRecord(Subject subject, String name, List<Integer> shape) {
    Certificate certificate = subject.certificate();
    unless(certificate.kind() == Certificate.Kind.NUMERIC, Reason.MALFORMED, "weights are used");
    var records = certificate.tensors().stream().filter(record -> record.name().equals(name));
    List<Integer> found =
        records
            .map(TensorRecord::shape)
            .findFirst()
            .orElseThrow(() -> new Rejection(Reason.MISSING_TENSOR, name));
    unless(found.equals(shape), Reason.WRONG_SHAPE, name + " is " + found + ", not " + shape);
  }

  static Certificate callee(Subject subject, Unit.Call call) {
    Subject callee = subject.callees().get(call.network());
    if (callee == null || !callee.digest().equals(call.certificate())) {
      throw new Rejection(Reason.CALLEE_NOT_ACCEPTED, call.network() + " is not at hand");
    }
    Certificate.Kind kind = subject.certificate().kind();
    boolean same = kind == Certificate.Kind.NUMERIC || callee.certificate().kind() == kind;
    same &= callee.certificate().type() == subject.certificate().type();
    unless(same, Reason.CALLEE_NOT_ACCEPTED, call.network() + " is of another kind or format");
    return callee.certificate();
  }

  private static void checkProof(Proof proof, List<Unit> units) {
    Set<Object> seen = new HashSet<>();
    for (Proof.Gain gain : proof.gains()) {
      unless(Double.isFinite(gain.gain()), Reason.NOT_A_NUMBER, "gain of unit " + gain.unit());
      boolean dense =
          gain.unit() >= 0
              && gain.unit() < units.size()
              && units.get(gain.unit()) instanceof Unit.Dense;
      boolean sound = dense && gain.gain() >= 0 && seen.add(List.of("gain", gain.unit()));
      unless(sound, Reason.MALFORMED, "gain of unit " + gain.unit());
    }
    for (Proof.Segmentation cut : proof.segmentations()) {
      boolean positive = cut.lengths().stream().allMatch(length -> length > 0);
      boolean sound = positive && seen.add(List.of("rows", cut.unit()));
      unless(sound, Reason.MALFORMED, "rows of unit " + cut.unit());
    }
    for (Proof.Multiplier multiplier : proof.multipliers()) {
      String where = "multiplier of unit " + multiplier.unit();
      unless(multiplier.values().stream().allMatch(Double::isFinite), Reason.NOT_A_NUMBER, where);
      boolean positive = multiplier.values().stream().allMatch(value -> value >= 0);
      unless(positive, Reason.NEGATIVE_MULTIPLIER, where);
      boolean once = seen.add(List.of(multiplier.constraint(), multiplier.unit()));
      unless(once, Reason.MALFORMED, where + " is given twice");
    }
  }
}
