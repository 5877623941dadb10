package io.lipc.certificate.query;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.LocalUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.queries.Box;
import io.lipc.queries.Formula;
import io.lipc.queries.Network;
import io.lipc.queries.NumberType;
import io.lipc.queries.Query;
import io.lipc.queries.QueryException;
import io.lipc.queries.Rational;
import io.lipc.queries.Tensor.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The units that the proof of a query is about: those of the network on the box of the query, and
 * behind them the linear forms that its comparisons are about, as the elements of two more units:
 * the input beside the output, and the forms of that.
 */
public final class QueryUnits {

  private static final int ADDED = 2;

  /** The most coefficients of all forms, zeros too: 128 MiB. */
  private static final long MOST = 1 << 24;

  private QueryUnits() {}

  /**
   * The network and the forms on the box of a query: the same claim, weights and callees.
   *
   * @param subject well formed
   * @throws Rejection if the query is not about such a network, or has no box
   */
  public static Subject of(Subject subject, Query query) {
    checkFits(query, subject.certificate());
    Subject on = LocalUnits.of(subject, box(query));
    List<Unit> units = on.certificate().units();
    Forms forms = new Forms(units.size() + ADDED - 1);
    forms.of(query.formula());
    return forms.all().isEmpty() ? on : with(on, forms.all());
  }

  /**
   * The formula of a query as a condition on these units.
   *
   * @param units what {@link #of} gives for the query
   */
  public static Condition condition(List<Unit> units, Query query) {
    return new Forms(units.size() - 1).of(query.formula());
  }

  private static void checkFits(Query query, Certificate certificate) {
    boolean one = query.networks().size() == 1;
    unless(one, Reason.MALFORMED, "a query about several networks");
    Network network = query.networks().getFirst();
    boolean plain =
        network.tensors(Role.INPUT).size() == 1
            && network.tensors(Role.HIDDEN).isEmpty()
            && network.tensors(Role.OUTPUT).size() == 1;
    unless(plain, Reason.MALFORMED, "a query about other values than one input and one output");
    boolean real = network.tensors().stream().allMatch(tensor -> tensor.type() == NumberType.REAL);
    unless(real, Reason.MALFORMED, "a query about computed numbers");
    int inputs = network.tensors(Role.INPUT).getFirst().size();
    int outputs = network.tensors(Role.OUTPUT).getFirst().size();
    boolean fits = inputs == certificate.inputSize() && outputs == certificate.outputSize();
    unless(fits, Reason.WRONG_SHAPE, "a query about %d to %d elements".formatted(inputs, outputs));
  }

  /**
   * The box of a query, with ends that are doubles. Where ends are in the wrong order, all between
   * them is in the box: {@link Condition#assumed} then shows that there is no input.
   *
   * @throws Rejection if an input has no bounds, or one beyond all doubles
   */
  public static Unit.Box box(Query query) {
    List<Box.Interval> sides = sides(query);
    List<Double> lower = sides.stream().map(side -> least(side).down()).toList();
    List<Double> upper = sides.stream().map(side -> greatest(side).up()).toList();
    boolean finite = Stream.of(lower, upper).flatMap(List::stream).allMatch(Double::isFinite);
    unless(finite, Reason.MALFORMED, "a box with an end beyond doubles");
    return new Unit.Box(lower, upper);
  }

  /**
   * The sides of the box of a query, exactly, by element of the input.
   *
   * @throws Rejection if an input has no bounds
   */
  public static List<Box.Interval> sides(Query query) {
    try {
      return List.copyOf(Box.of(query).sides().values());
    } catch (QueryException unbounded) {
      throw new Rejection(Reason.MALFORMED, Objects.requireNonNullElse(unbounded.getMessage(), ""));
    }
  }

  private static Rational least(Box.Interval side) {
    return side.isEmpty() ? side.upper() : side.lower();
  }

  private static Rational greatest(Box.Interval side) {
    return side.isEmpty() ? side.lower() : side.upper();
  }

  private static Subject with(Subject on, List<List<Formula.Term>> forms) {
    List<Unit> units = new ArrayList<>(on.certificate().units());
    int last = units.size() - 1;
    int inputs = units.getFirst().size();
    int all = inputs + units.getLast().size();
    String name = unused(on.weights());
    units.add(Unit.concat(List.of(0, last), all));
    units.add(Unit.dense(last + 1, all, forms.size(), name, Optional.empty()));
    Weights beside = Weights.of(List.of(matrix(name, forms, inputs, all)));
    return new Subject(on.certificate().of(units), on.digest(), on.weights(), on.callees())
        .beside(beside);
  }

  /** A name that no tensor has. */
  private static String unused(Weights weights) {
    return Stream.iterate("query", name -> name + "'")
        .filter(name -> weights.tensor(name).isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static Tensor matrix(String name, List<List<Formula.Term>> forms, int inputs, int all) {
    boolean small = (long) forms.size() * all <= MOST;
    unless(small, Reason.TOO_LARGE, forms.size() + " forms of " + all + " elements");
    double[] values = new double[forms.size() * all];
    for (int i = 0; i < forms.size(); i++) {
      for (Formula.Term term : forms.get(i)) {
        int place = term.element().index() + (term.element().tensor() == 0 ? 0 : inputs);
        values[i * all + place] = term.coefficient().doubleValue();
      }
    }
    try {
      return Tensor.of(name, ElementType.F64, List.of(forms.size(), all), values);
    } catch (FormatException impossible) {
      throw new IllegalStateException("an integer is not finite", impossible);
    }
  }
}
