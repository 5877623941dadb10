package io.lipc.certificate.checker;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Certificate;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.inequality.Assembly;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The same function without calls: in place of each stand the units of the network that it calls,
 * reading what the call reads. Two calls of one network give two sets of units, each with tensors
 * of its own names. As every unit stays what it was, the values of all executions stay, too.
 */
public final class Inlining {

  private static final int MAX_UNITS = 1 << 14;

  /** The most operands and letters of names that are copied: each call has its own. */
  private static final long MAX_COPIED = 1 << 24;

  private final List<Unit> units = new ArrayList<>();
  private final List<TensorRecord> tensors = new ArrayList<>();
  private final Map<String, Tensor> weights = new TreeMap<>();
  private final Map<String, Subject> callees = new TreeMap<>();
  private final boolean all;
  private int scopes;
  private long copied;

  private Inlining(boolean all) {
    this.all = all;
  }

  /**
   * A subject without callees; its certificate makes the same claim about the units in place.
   *
   * @param subject its callees have accepted certificates and all their tensors
   * @throws IllegalArgumentException with the words of a {@link Reason}, if it has too many units,
   *     or a tensor or a callee is not at hand
   */
  public static Subject of(Subject subject) {
    return of(subject, true);
  }

  /**
   * The same, or one where calls of networks that have weights stay, as those of a composition do:
   * such a network is known by its bound.
   *
   * @param subject its callees have accepted certificates
   * @param all whether no calls stay; else tensors of callees need not be at hand
   * @throws IllegalArgumentException as {@link #of(Subject)}
   */
  static Subject of(Subject subject, boolean all) {
    Inlining inlining = new Inlining(all);
    int output = inlining.append(subject, -1);
    boolean last = output == inlining.units.size() - 1;
    Rejection.unless(last, Reason.MALFORMED, "units that the output does not depend on");
    Grounds grounds =
        switch (subject.certificate().grounds()) {
          case Grounds.Enclosure(_, Optional<BoxTree> boxes) ->
              new Grounds.Enclosure(inlining.tensors, boxes);
          case Grounds.GivenWeights(_, _, List<Proof> proofs) ->
              new Grounds.GivenWeights(inlining.tensors, Grounds.Calls.BOUNDED, proofs);
          case Grounds.Composition(_, List<Proof> proofs) ->
              new Grounds.Composition(Grounds.Calls.BOUNDED, proofs);
          case Grounds.LdltConstruction _ ->
              throw new IllegalArgumentException("a construction, which a theorem decides whole");
        };
    Certificate inlined = subject.certificate().of(inlining.units).on(grounds);
    return new Subject(inlined, subject.digest(), new Weights(inlining.weights), inlining.callees);
  }

  /** Appends what {@code subject} does with unit {@code input}, and says which unit gives it. */
  private int append(Subject subject, int input) {
    Rejection.unless(scopes < MAX_UNITS, Reason.TOO_LARGE, "too many calls");
    // A number and a slash: no name of one scope is also of another.
    String scope = scopes++ + "/";
    for (TensorRecord record : subject.certificate().tensors()) {
      var tensor = subject.weights().tensor(record.name());
      Rejection.unless(tensor.isPresent(), Reason.MISSING_TENSOR, record.name());
      count(scope.length() + record.name().length());
      tensors.add(new TensorRecord(scope + record.name(), record.shape(), record.digest()));
      weights.put(scope + record.name(), tensor.orElseThrow());
    }
    List<Integer> places = new ArrayList<>();
    for (Unit unit : subject.certificate().units()) {
      places.add(
          switch (unit) {
            case Unit.Input own -> input < 0 ? add(own) : input;
            case Unit.Call call -> {
              Subject callee = Assembly.callee(subject, call);
              if (all
                  || callee.certificate().units().stream().allMatch(u -> u.tensors().isEmpty())) {
                yield append(callee, places.get(call.operand()));
              }
              // Of two of one name, one is not that of its call: then it is not at hand.
              callees.putIfAbsent(call.network(), callee);
              yield add(call.reading(places::get));
            }
            case Unit.Linear(_, LinearMap map, int size) ->
                add(
                    new Unit.Linear(
                        unit.reading(places::get).operands(), map.renamed(scope::concat), size));
            case Unit.Activation _, Unit.MaxPool _ -> add(unit.reading(places::get));
          });
    }
    return places.getLast();
  }

  private int add(Unit unit) {
    Rejection.unless(units.size() < MAX_UNITS, Reason.TOO_LARGE, "too many units in calls");
    count(unit.operands().size());
    units.add(unit);
    return units.size() - 1;
  }

  private void count(long more) {
    copied += more;
    Rejection.unless(
        copied <= MAX_COPIED, Reason.TOO_LARGE, "too many names and operands in calls");
  }
}
