package io.lipc.certificate.local;

import static io.lipc.certificate.enclosure.Outward.down;

import io.lipc.certificate.BoxTree.Element;
import io.lipc.certificate.BoxTree.Term;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.certificate.function.Range;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lower bounds of linear forms of units' values over a box of inputs, passed backward through the
 * units before it (Zhang et al., Efficient Neural Network Robustness Certification with General
 * Activation Functions, NeurIPS 2018), with every rounding paid for.
 *
 * <p>The pass keeps coefficients A_j of the values h_j of units, and a number c, such that the form
 * is never below {@code sum_j A_j h_j + c}, in real arithmetic. It goes on from the last unit j
 * that has coefficients:
 *
 * <ul>
 *   <li>A_j is a sum of products. In its place the computed doubles are taken, and c pays for the
 *       difference ({@link Factors#paid}).
 *   <li>A linear unit, {@code h_j = M x + b}: {@code A_j h_j = (A_j M) x + A_j b}. The products are
 *       added to the coefficients of what it reads, {@code A_j b} to c, each step rounded down.
 *   <li>An elementwise activation stays above one {@link Line} and below another. An element with a
 *       positive coefficient is replaced by the line below it, one with a negative coefficient by
 *       the line above: neither makes the sum larger.
 *   <li>Any other unit, the input among them: the least value of {@code A_j h_j} over the ranges of
 *       its elements is added to c.
 * </ul>
 *
 * <p>No number is compared on the way, so a NaN stays: it means that nothing is known, as minus
 * infinity does.
 */
final class BackwardBounds {

  /**
   * The work of an entry of a row that is kept, and of a coefficient of a pass: they take memory.
   */
  private static final long KEPT = 16;

  private static final long PASSED = 8;

  private final Subject subject;
  private final List<List<Range>> ranges;
  private final LongConsumer spend;

  /** Rows of linear units and lines of activations, by the number of the unit. */
  private final List<List<LinearMap.Row>> rows = new ArrayList<>();

  private final List<List<Line>> below = new ArrayList<>();
  private final List<List<Line>> above = new ArrayList<>();

  /**
   * Bounds in a network.
   *
   * @param ranges what is known of the elements of each unit up to the one that is asked about; the
   *     list grows while units are read
   */
  BackwardBounds(Subject subject, List<List<Range>> ranges, LongConsumer spend) {
    this.subject = subject;
    this.ranges = ranges;
    this.spend = spend;
  }

  /**
   * Reads the next unit: what it reads is known as narrowly as it will be.
   *
   * @param slopes of the elements of an elementwise activation; none of other units
   */
  void read(Unit unit, List<Range> slopes) {
    List<LinearMap.Row> own = List.of();
    List<Line> under = List.of();
    List<Line> over = List.of();
    if (unit instanceof Unit.Linear linear) {
      List<Integer> sizes = linear.operands().stream().map(i -> ranges.get(i).size()).toList();
      IntFunction<LinearMap.Row> row = linear.map().rows(sizes, subject.weights());
      own = IntStream.range(0, unit.size()).mapToObj(i -> kept(row.apply(i))).toList();
    }
    if (unit instanceof Unit.Activation activation
        && activation.function() instanceof OfElements function) {
      List<Range> z = ranges.get(activation.operand());
      IntStream all = IntStream.range(0, z.size());
      under = all.mapToObj(e -> Line.below(function, z.get(e), slopes.get(e))).toList();
      IntStream again = IntStream.range(0, z.size());
      over = again.mapToObj(e -> Line.above(function, z.get(e), slopes.get(e))).toList();
    }
    rows.add(own);
    below.add(under);
    above.add(over);
  }

  /** The same bounds with lines of these slopes below {@link #straight} elements. */
  BackwardBounds with(List<Term> slopes) {
    if (slopes.isEmpty()) {
      return this;
    }
    BackwardBounds other = new BackwardBounds(subject, ranges, spend);
    other.rows.addAll(rows);
    other.above.addAll(above);
    below.forEach(lines -> other.below.add(new ArrayList<>(lines)));
    slopes.forEach(other::take);
    return other;
  }

  private void take(Term slope) {
    spend.accept(KEPT);
    Element element = slope.element();
    PiecewiseLinear pieces = straight(subject, element);
    Unit.Activation unit = (Unit.Activation) subject.certificate().units().get(element.unit());
    Range z = ranges.get(unit.operand()).get(element.number());
    below.get(element.unit()).set(element.number(), Line.below(pieces, z, slope.factor()));
  }

  /**
   * The function of an element.
   *
   * @throws Rejection if it does not consist of straight pieces
   */
  static PiecewiseLinear straight(Subject subject, Element element) {
    List<Unit> units = subject.certificate().units();
    if (element.unit() < units.size()
        && units.get(element.unit()) instanceof Unit.Activation unit
        && element.number() < unit.size()
        && unit.function() instanceof OfElements function
        && Elementwise.of(function) instanceof PiecewiseLinear pieces) {
      return pieces;
    }
    throw new Rejection(Reason.MALFORMED, "a line below element " + element);
  }

  private LinearMap.Row kept(LinearMap.Row row) {
    spend.accept(KEPT * row.places().length);
    return row;
  }

  /** The range of a linear form of a unit's values; of these, {@code form} has the coefficients. */
  Range of(int unit, LinearMap.Row form) {
    return new Range(least(unit, form, 1), -least(unit, form, -1));
  }

  private double least(int unit, LinearMap.Row form, double sign) {
    spend.accept(unit);
    @Nullable Factors[] all = new Factors[unit + 1];
    Factors asked = factorsOf(unit, all);
    for (int k = 0; k < form.places().length; k++) {
      asked.add(form.places()[k], sign, form.factors()[k]);
    }
    return replaced(all, 0);
  }

  /** A number that a sum of values of units is not below; sign times each of its factors counts. */
  double least(List<Term> sum, double sign) {
    return replaced(factorsOf(sum, sign), 0);
  }

  /** A linear function of the input that a sum of values of units is not below. */
  Affine below(List<Term> sum, double sign) {
    @Nullable Factors[] all = factorsOf(sum, sign);
    double offset = replaced(all, 1);
    Factors input = factorsOf(0, all);
    double[] slopes = new double[ranges.getFirst().size()];
    Arrays.setAll(slopes, input::get);
    return new Affine(slopes, offset);
  }

  /** {@code slopes x + offset}; what its coefficients lose by rounding is not paid for. */
  record Affine(double[] slopes, double offset) {}

  private @Nullable Factors[] factorsOf(List<Term> sum, double sign) {
    int last = sum.getLast().element().unit();
    spend.accept(last);
    @Nullable Factors[] all = new Factors[last + 1];
    for (Term term : sum) {
      Element element = term.element();
      factorsOf(element.unit(), all).add(element.number(), sign, term.factor());
    }
    return all;
  }

  /** Replaces the values of all units from this one on; gives what is left, rounded down. */
  private double replaced(@Nullable Factors[] all, int first) {
    double bound = 0;
    for (int j = all.length - 1; j >= first; j--) {
      Factors factors = all[j];
      if (factors != null) {
        bound = factors.paid(bound, ranges.get(j));
        bound = down(bound + through(j, factors, all));
        all[j] = null;
      }
    }
    return bound;
  }

  /** Replaces the values of a unit by those that it reads; gives what is left, rounded down. */
  private double through(int j, Factors factors, @Nullable Factors[] all) {
    return switch (subject.certificate().units().get(j)) {
      case Unit.Linear linear -> linear(j, linear, factors, all);
      case Unit.Activation activation when activation.function() instanceof OfElements ->
          lines(j, factors, factorsOf(activation.operand(), all));
      case Unit.Input _, Unit.Activation _, Unit.GainOnly _ -> ends(j, factors);
    };
  }

  private Factors factorsOf(int unit, @Nullable Factors[] all) {
    Factors known = all[unit];
    if (known == null) {
      spend.accept(PASSED * ranges.get(unit).size());
      known = new Factors(ranges.get(unit).size());
      all[unit] = known;
    }
    return known;
  }

  private double linear(int j, Unit.Linear unit, Factors factors, @Nullable Factors[] all) {
    IntToDoubleFunction shift = unit.map().shift(subject.weights());
    spend.accept(
        IntStream.range(0, unit.size())
            .filter(e -> factors.get(e) != 0)
            .mapToLong(e -> rows.get(j).get(e).places().length)
            .sum());
    double sum = 0;
    for (int e = 0; e < unit.size(); e++) {
      double a = factors.get(e);
      if (a != 0) {
        sum = down(sum + down(a * shift.applyAsDouble(e)));
        add(unit.operands(), a, rows.get(j).get(e), all);
      }
    }
    return sum;
  }

  /** A row counts the elements of its operands one after the other. */
  private void add(List<Integer> operands, double a, LinearMap.Row row, @Nullable Factors[] all) {
    Factors read = factorsOf(operands.getFirst(), all);
    if (operands.size() == 1) {
      read.add(a, row);
      return;
    }
    int number = 0;
    int from = 0;
    for (int k = 0; k < row.places().length; k++) {
      while (row.places()[k] - from >= ranges.get(operands.get(number)).size()) {
        from += ranges.get(operands.get(number)).size();
        number++;
        read = factorsOf(operands.get(number), all);
      }
      read.add(row.places()[k] - from, a, row.factors()[k]);
    }
  }

  private double lines(int j, Factors factors, Factors read) {
    double sum = 0;
    for (int e = 0; e < ranges.get(j).size(); e++) {
      double a = factors.get(e);
      if (a != 0) {
        Line line = (a > 0 ? below : above).get(j).get(e);
        read.add(e, a, line.slope());
        sum = down(sum + down(a * line.offset()));
      }
    }
    return sum;
  }

  private double ends(int j, Factors factors) {
    double sum = 0;
    for (int e = 0; e < ranges.get(j).size(); e++) {
      double a = factors.get(e);
      if (a != 0) {
        Range value = ranges.get(j).get(e);
        sum = down(sum + down(a * (a > 0 ? value.lower() : value.upper())));
      }
    }
    return sum;
  }
}
