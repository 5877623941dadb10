package io.lipc.certificate.inequality;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.positivity.QuadraticForm;
import io.lipc.certificate.positivity.QuadraticForm.Term;
import io.lipc.certificate.positivity.Scalar;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Linear forms of the coordinates xi: new ones, and sums of multiples of others. */
final class LinearForms<E extends Scalar<E>> {

  private static final int MAX_COORDINATES = 1 << 18;

  /** A vector of {@code length} elements as a combination of coordinates, in their order. */
  record Row<E extends Scalar<E>>(int length, List<Term<E>> terms) {
    boolean isConstant() {
      return terms.isEmpty();
    }
  }

  private final DoubleFunction<E> exactly;
  private final Work work;
  private int coordinates;

  LinearForms(DoubleFunction<E> exactly, Work work) {
    this.exactly = exactly;
    this.work = work;
  }

  /** A quadratic form of all coordinates there are by now: zero. */
  QuadraticForm<E> zero() {
    return new QuadraticForm<>(coordinates, exactly, work);
  }

  /** The number of coordinates there are by now. */
  int coordinates() {
    return coordinates;
  }

  /** A finite double, exactly. */
  E number(double value) {
    if (!Double.isFinite(value)) {
      throw new Rejection(Reason.NOT_A_NUMBER, "a constant is " + value);
    }
    return exactly.apply(value);
  }

  /** A new coordinate, or zero where the unit gives the same in all executions. */
  Row<E> fresh(int at, int length, boolean constant) {
    unless(at, coordinates < MAX_COORDINATES, Reason.TOO_LARGE, "too many rows");
    Term<E> term = new Term<>(coordinates, number(1));
    coordinates += constant ? 0 : 1;
    return new Row<>(length, constant ? List.of() : List.of(term));
  }

  /** A single element: these multiples of the first coordinates. */
  Row<E> row(List<E> factors) {
    work.spend(64L * factors.size());
    return new Row<>(1, QuadraticForm.linear(0, factors));
  }

  /** Combinations of all of the rows, by number. */
  List<Row<E>> combineAll(int at, List<Row<E>> rows, int count, IntFunction<double[]> factors) {
    int[] all = IntStream.range(0, rows.size()).toArray();
    return IntStream.range(0, count).mapToObj(factors).map(f -> combine(at, rows, all, f)).toList();
  }

  /** {@code sum_k factors_k rows_(places_k)}. */
  Row<E> combine(int at, List<Row<E>> rows, int[] places, double[] factors) {
    int[] used = IntStream.range(0, factors.length).filter(k -> factors[k] != 0).toArray();
    work.spend(factors.length);
    if (used.length == 1 && factors[used[0]] == 1) {
      return rows.get(places[used[0]]);
    }
    var read =
        Arrays.stream(used)
            .mapToObj(k -> rows.get(places[k]).terms())
            .filter(t -> !t.isEmpty())
            .toList();
    int from = read.stream().mapToInt(terms -> terms.getFirst().index()).min().orElse(0);
    int end = read.stream().mapToInt(terms -> terms.getLast().index() + 1).max().orElse(0);
    work.spend(8L * (end - from));
    List<E> sum = new ArrayList<>(Collections.nCopies(end - from, number(0)));
    int length = rows.get(places[0]).length();
    for (int k : used) {
      E factor = number(factors[k]);
      Row<E> row = rows.get(places[k]);
      unless(at, row.length() == length, Reason.WRONG_SHAPE, "different rows are added");
      for (Term<E> term : row.terms()) {
        int place = term.index() - from;
        sum.set(place, sum.get(place).plus(factor.times(term.factor())));
        work.spend(sum.get(place).words());
      }
    }
    List<Term<E>> terms = QuadraticForm.linear(from, sum);
    // A term that stays takes as much memory as many words: itself, not what it is the sum of.
    work.spend(64 * QuadraticForm.words(terms));
    return new Row<>(length, terms);
  }
}
