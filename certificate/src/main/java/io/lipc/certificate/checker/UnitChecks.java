package io.lipc.certificate.checker;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.inequality.Assembly;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Digest;
import io.lipc.formats.Quoted;
import io.lipc.formats.Tensor;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Units that fit together, and the tensors that they read: no proof is needed for them. */
final class UnitChecks {

  private static final long MAX_ELEMENTS = 1 << 24;

  /** Each tensor is hashed once, however many networks and calls it is part of. */
  private final IdentityHashMap<Tensor, Digest> digests = new IdentityHashMap<>();

  private final Work work;

  UnitChecks(Work work) {
    this.work = work;
  }

  /**
   * Requires units in order, each of the sizes of what it reads, and the tensors that they name.
   *
   * @throws Rejection at the first fault
   */
  void check(Subject subject) {
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

  /**
   * Refuses parts of a certificate on which the output does not depend.
   *
   * @throws Rejection at the first one
   */
  static void requireUse(Subject subject) {
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
}
