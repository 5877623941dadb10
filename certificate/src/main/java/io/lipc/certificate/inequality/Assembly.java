package io.lipc.certificate.inequality;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.certificate.activation.SlopeTable.Slopes;
import io.lipc.certificate.inequality.LinearForms.Row;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Weighted;
import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Dyadic;
import io.lipc.certificate.positivity.QuadraticForm;
import io.lipc.certificate.positivity.Scalar;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * One topological pass that writes every signal as linear forms of the coordinates xi (differences
 * of two executions) and collects {@code S = rho |x|^2 - |y|^2 - sum_i lambda_i Q_i(xi)}.
 *
 * <p>Coordinates are the rows of the input, then those of each unit that starts rows of its own. A
 * row of several elements stands for a vector: only rows of one length are ever added, so S is
 * block diagonal with blocks {@code S_s (x) I}, and S_s >= 0 suffices. The bound follows because no
 * Q_i is negative on the differences of two executions, whatever the multipliers.
 */
public final class Assembly<E extends Scalar<E>> {

  private static final long MAX_TERMS = 1 << 25;

  /** A term {@code factor p(xi) q(xi)} of S. */
  private record Product<E extends Scalar<E>>(E factor, Row<E> p, Row<E> q) {}

  /** A pair (p, w) of a group of a unit. */
  record Slope<E extends Scalar<E>>(int unit, int group, Slopes slopes, Row<E> p, Row<E> w) {}

  private final Subject subject;
  private final IntFunction<KnownGroups> known;
  private final OptionalInt element;
  private final LinearForms<E> forms;
  private final ProofRecords records;
  private final List<List<Row<E>>> signals = new ArrayList<>();
  private final List<Product<E>> products = new ArrayList<>();
  private final List<Slope<E>> slopes = new ArrayList<>();
  private final Work work;

  private Assembly(
      Subject subject,
      IntFunction<KnownGroups> known,
      int proof,
      ProofRecords records,
      DoubleFunction<E> exactly,
      Work work) {
    this.subject = subject;
    this.known = known;
    this.work = work;
    boolean single = subject.certificate().inequality().ofEachOutput();
    this.element = single ? OptionalInt.of(proof) : OptionalInt.empty();
    this.forms = new LinearForms<>(exactly, work);
    this.records = records;
  }

  /**
   * The equilibrated matrix of proof number {@code proof}: about the whole output, or about its
   * element of that number where it is measured in linf. None if its diagonal shows that S is not
   * positive.
   *
   * @param known what is known of the elements of each activation, by the number of its unit, for
   *     the inputs that the bound is about
   */
  public static <E extends Scalar<E>> Optional<List<List<E>>> matrix(
      Subject subject,
      IntFunction<KnownGroups> known,
      int proof,
      DoubleFunction<E> number,
      Work work) {
    ProofRecords records = new ProofRecords(subject.certificate().proofs().get(proof));
    Assembly<E> assembly = new Assembly<>(subject, known, proof, records, number, work);
    assembly.readUnits(0);
    return assembly.matrix();
  }

  /**
   * The same for the units from number {@code head} on alone, between which and those before there
   * is nothing but the values Y u of that one: of {@code u'Y u - |y|^2 - sum_i lambda_i Q_i}.
   *
   * @param proof its number
   * @param y the rows of Y, symmetric
   * @param records those of the units before are taken out
   * @throws Rejection if a unit behind the head reads one before it
   */
  public static Optional<List<List<Ball>>> behind(
      Subject subject, int proof, int head, List<List<Ball>> y, ProofRecords records, Work work) {
    Assembly<Ball> assembly =
        new Assembly<>(subject, subject.certificate()::known, proof, records, Ball::of, work);
    assembly.readHead(head, y);
    assembly.readUnits(head + 1);
    return assembly.matrix();
  }

  private void readHead(int head, List<List<E>> y) {
    IntStream.range(0, head).forEach(_ -> signals.add(List.of()));
    List<Row<E>> u =
        IntStream.range(0, y.size()).mapToObj(_ -> forms.fresh(head, 1, false)).toList();
    List<Row<E>> z = y.stream().map(forms::row).toList();
    for (int i = 0; i < z.size(); i++) {
      addProduct(forms.number(1), u.get(i), z.get(i));
    }
    signals.add(z);
  }

  private Optional<List<List<E>>> matrix() {
    records.requireNoneLeft();
    List<Row<E>> y =
        element.isPresent() ? List.of(output().get(element.getAsInt())) : signals.getLast();
    if (y.stream().allMatch(Row::isConstant)) {
      return Optional.of(List.of());
    }
    y.forEach(row -> addProduct(forms.number(-1), row, row));
    if (subject.certificate().inequality().fromLargest() || input().isEmpty()) {
      return form().matrix(0, forms.number(0));
    }
    E bound = forms.number(subject.certificate().inequality().bound());
    return form().matrix(input().size(), bound.times(bound));
  }

  /** The terms of S by now; {@code rho |x|^2} is not among them. */
  QuadraticForm<E> form() {
    QuadraticForm<E> form = forms.zero();
    products.forEach(
        product -> form.add(product.factor(), product.p().terms(), product.q().terms()));
    return form;
  }

  /** The signals of a proof, all of whose records are read, before its output is claimed. */
  static Assembly<Ball> read(Subject subject, int proof, Work work) {
    ProofRecords records = new ProofRecords(subject.certificate().proofs().get(proof));
    Assembly<Ball> assembly =
        new Assembly<>(subject, subject.certificate()::known, proof, records, Ball::of, work);
    assembly.readUnits(0);
    records.requireNoneLeft();
    return assembly;
  }

  List<Row<E>> input() {
    return signals.getFirst();
  }

  int coordinates() {
    return forms.coordinates();
  }

  List<Slope<E>> slopes() {
    return slopes;
  }

  /** The elements of the output. */
  List<Row<E>> output() {
    return elements(signals.size() - 1, signals.getLast());
  }

  /** Writes every signal as rows, and collects the terms of S. */
  private void readUnits(int from) {
    List<Unit> units = subject.certificate().units();
    long terms = 0;
    for (int i = from; i < units.size(); i++) {
      List<Row<E>> rows = rows(i, units.get(i));
      // Each proof lists them anew, also where it only passes them on.
      work.spend(8L * rows.size());
      terms += rows.stream().mapToLong(row -> row.terms().size()).sum();
      unless(i, terms <= MAX_TERMS, Reason.TOO_LARGE, terms + " terms");
      long size = rows.stream().mapToLong(Row::length).sum();
      unless(i, size == units.get(i).size(), Reason.WRONG_SHAPE, size + " elements");
      signals.add(rows);
    }
  }

  private List<Row<E>> rows(int at, Unit unit) {
    List<List<Row<E>>> operands = unit.operands().stream().map(signals::get).toList();
    boolean behind = operands.stream().noneMatch(List::isEmpty);
    unless(at, behind, Reason.MALFORMED, "what is before a head is read");
    List<Row<E>> z = operands.isEmpty() ? List.of() : operands.getFirst();
    Optional<List<Double>> multiplier = records.multipliers(at, Constraint.GAIN, 1);
    if (multiplier.isPresent()) {
      return lipschitz(at, unit, multiplier.get().getFirst(), z);
    }
    return switch (unit) {
      case Unit.Input input -> input(input);
      case Unit.Linear linear -> linear(at, linear, operands);
      case Unit.Activation activation -> activation(at, activation, z);
      case Unit.GainOnly _ ->
          throw new Rejection(Reason.MALFORMED, "unit " + at + ": no multiplier");
    };
  }

  private List<Row<E>> linear(int at, Unit.Linear unit, List<List<Row<E>>> operands) {
    List<Row<E>> all = operands.stream().flatMap(List::stream).toList();
    work.spend(all.size());
    Optional<LinearMap> onRows = unit.map().onRows();
    List<Row<E>> x = onRows.isPresent() ? all : elements(at, all);
    LinearMap map = onRows.orElse(unit.map());
    List<Integer> sizes = operands.stream().map(List::size).toList();
    OptionalInt outputs = map.outputs(sizes);
    unless(at, outputs.isPresent(), Reason.WRONG_SHAPE, "different rows are added");
    work.spend((long) map.taps() * outputs.getAsInt());
    IntStream numbers = IntStream.range(0, outputs.getAsInt());
    IntFunction<LinearMap.Row> row = map.rows(sizes, subject.weights());
    if (map.copies()) {
      return numbers.mapToObj(i -> x.get(row.apply(i).places()[0])).toList();
    }
    return numbers.mapToObj(row).map(r -> forms.combine(at, x, r.places(), r.factors())).toList();
  }

  /**
   * From linf, S begins with {@code sum_k mu_k |x_k|^2} in place of {@code rho |x|^2}: that is at
   * most {@code bound^2 t^2}, t the linf norm of x, if {@code sum_k mu_k length_k <= bound^2}.
   */
  private List<Row<E>> input(Unit.Input input) {
    List<Row<E>> x = fresh(0, input.size(), false);
    if (subject.certificate().inequality().fromLargest()) {
      Optional<List<Double>> mu = records.multipliers(0, Constraint.RANGE, x.size());
      unless(0, mu.isPresent(), Reason.MALFORMED, "no multiplier");
      Dyadic bound = Dyadic.of(subject.certificate().inequality().bound());
      Dyadic left = bound.times(bound);
      for (int k = 0; k < x.size(); k++) {
        double value = mu.get().get(k);
        left = left.plus(Dyadic.of(-value).times(Dyadic.of(x.get(k).length())));
        addProduct(forms.number(value), x.get(k), x.get(k));
      }
      unless(0, left.mantissa().signum() >= 0, Reason.NOT_POSITIVE_DEFINITE, "the input's sum");
    }
    return x;
  }

  /**
   * With one multiplier for each group, which multiplies nothing where the group is linear; see
   * {@link Group}. A unit has multipliers unless its function is linear, whatever is known here: on
   * a box, a rounding may decide what is. A row of several elements stands for as many groups.
   */
  private List<Row<E>> activation(int at, Unit.Activation activation, List<Row<E>> z) {
    KnownGroups all = known.apply(at);
    int size = all.size();
    boolean whole = all.groups().size() * size == activation.size();
    unless(at, whole, Reason.WRONG_SHAPE, all.groups().size() + " groups");
    ChannelGroups groups = activation.groups(size);
    List<Row<E>> read = size == 1 ? z : groups.of(elements(at, z));
    boolean bounded = activation.known().groups().stream().anyMatch(group -> group.pairs() > 0);
    Optional<List<Double>> lambda =
        bounded ? records.multipliers(at, Constraint.SLOPE, read.size() / size) : Optional.empty();
    unless(at, lambda.isPresent() == bounded, Reason.MALFORMED, "no multiplier");
    List<Row<E>> y = new ArrayList<>();
    for (int from = 0, number = 0; from < read.size(); from += size) {
      List<Row<E>> rows = new ArrayList<>(read.subList(from, from + size));
      int length = rows.getFirst().length();
      Group group = all.of(number, length);
      number += length;
      List<Row<E>> p = forms.combineAll(at, rows, group.pairs(), group.read());
      List<Row<E>> moves = forms.combineAll(at, rows, group.fresh(), group.moves());
      boolean constant = moves.stream().allMatch(Row::isConstant);
      IntStream.range(0, group.fresh()).forEach(_ -> rows.add(forms.fresh(at, length, constant)));
      List<Row<E>> w = forms.combineAll(at, rows, group.pairs(), group.bounded());
      for (int k = 0; k < w.size(); k++) {
        slopes.add(new Slope<>(at, from / size, group.slopes(), p.get(k), w.get(k)));
        addSlope(lambda.get().get(from / size), group.slopes(), p.get(k), w.get(k));
      }
      y.addAll(forms.combineAll(at, rows, size, group.given()));
    }
    return groups.vector(y);
  }

  /**
   * {@code Q = 2 (w - a z)'(b z - w) = 2 (a + b) z'w - 2 a b |z|^2 - 2 |w|^2}, for slopes in [a,
   * b].
   */
  private void addSlope(double multiplier, Slopes slopes, Row<E> z, Row<E> w) {
    E a = forms.number(slopes.lower());
    E b = forms.number(slopes.upper());
    E twice = forms.number(multiplier).times(forms.number(2));
    addProduct(twice.times(a).times(b), z, z);
    addProduct(twice.times(a.plus(b)).times(forms.number(-1)), z, w);
    addProduct(twice, w, w);
  }

  /**
   * A unit of which {@code |dw| <= gain |dz|} is known: {@code Q = gain^2 |z|^2 - |w|^2}. Where
   * |dw| is that of a call in linf, its m elements have the square {@code m gain^2} in l2.
   */
  private List<Row<E>> lipschitz(int at, Unit unit, double multiplier, List<Row<E>> z) {
    E gain = forms.number(gain(at, unit));
    E square = gain.times(gain).times(forms.number(elements(unit)));
    List<Row<E>> w = fresh(at, unit.size(), gain.isZero() || z.stream().allMatch(Row::isConstant));
    z.forEach(row -> addProduct(forms.number(-multiplier).times(square), row, row));
    w.forEach(row -> addProduct(forms.number(multiplier), row, row));
    return w;
  }

  /** The gain of a unit as a whole. */
  private double gain(int at, Unit unit) {
    OptionalDouble gain =
        switch (unit) {
          case Unit.Input _ -> OptionalDouble.empty();
          case Unit.Linear(_, Weighted _, _) -> records.gain(at);
          case Unit.Linear(_, LinearMap map, _) -> map.gain(subject.weights());
          case Unit.MaxPool pool -> OptionalDouble.of(pool.gain());
          // Measured in linf, what it reads is not longer than in l2.
          case Unit.Call call ->
              OptionalDouble.of(callee(subject, call).certificate().lipschitz().bound());
          case Unit.Activation _ -> OptionalDouble.of(known.apply(at).gain());
        };
    unless(at, gain.isPresent(), Reason.GAIN_NOT_PROVED, "no gain is known");
    return gain.getAsDouble();
  }

  /** How many elements of a unit its gain bounds one by one; 1 where it bounds the whole. */
  private int elements(Unit unit) {
    boolean single =
        unit instanceof Unit.Call call
            && callee(subject, call).certificate().lipschitz().ofEachOutput();
    return single ? unit.size() : 1;
  }

  /**
   * The network that a call reads, with its certificate.
   *
   * @throws Rejection if it is not at hand, or of another kind or format than the caller
   */
  public static Subject callee(Subject subject, Unit.Call call) {
    Subject callee = subject.callees().get(call.network());
    if (callee == null || !callee.digest().equals(call.certificate())) {
      throw new Rejection(Reason.CALLEE_NOT_ACCEPTED, call.network() + " is not at hand");
    }
    Certificate.Kind kind = subject.certificate().kind();
    boolean same = kind == Certificate.Kind.NUMERIC || callee.certificate().kind() == kind;
    same &= callee.certificate().type() == subject.certificate().type();
    unless(same, Reason.CALLEE_NOT_ACCEPTED, call.network() + " is of another kind or format");
    return callee;
  }

  private void addProduct(E factor, Row<E> p, Row<E> q) {
    products.add(new Product<>(factor, p, q));
  }

  /** The rows of a unit that starts its own. */
  private List<Row<E>> fresh(int at, int size, boolean constant) {
    List<Integer> lengths = records.lengths(at).orElse(Collections.nCopies(size, 1));
    return lengths.stream().map(length -> forms.fresh(at, length, constant)).toList();
  }

  /** The same rows, if each is a single element. */
  private List<Row<E>> elements(int at, List<Row<E>> rows) {
    boolean single = rows.stream().allMatch(row -> row.length() == 1);
    unless(at, single, Reason.MALFORMED, "single elements of a row are read");
    return rows;
  }
}
