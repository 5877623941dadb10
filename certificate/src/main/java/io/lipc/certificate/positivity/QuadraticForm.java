package io.lipc.certificate.positivity;

import io.lipc.formats.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/** The form {@code sum over j <= i of c_ij xi_i xi_j} of a vector xi, by its coefficients. */
public final class QuadraticForm<E extends Scalar<E>> {

  private static final long MAX_ENTRIES = 1 << 24;

  /** One term of a linear form: {@code factor xi_index}. */
  public record Term<E extends Scalar<E>>(int index, E factor) {}

  /** Row i ends on the diagonal; the entries before its first one are zero. */
  private final List<List<E>> lower = new ArrayList<>();

  private final AtomicLong entries = new AtomicLong();
  private final DoubleFunction<E> number;
  private final Work work;

  /**
   * The zero form of vectors of the given size, over the numbers that {@code number} makes of
   * doubles.
   */
  public QuadraticForm(int size, DoubleFunction<E> number, Work work) {
    this.number = number;
    this.work = work;
    for (int i = 0; i < size; i++) {
      lower.add(new ArrayList<>(List.of(number.apply(0))));
    }
  }

  /** The non-zero terms of {@code sum over k of factors_k xi_(from+k)}. */
  public static <E extends Scalar<E>> List<Term<E>> linear(int from, List<E> factors) {
    var all =
        IntStream.range(0, factors.size()).mapToObj(k -> new Term<>(from + k, factors.get(k)));
    return all.filter(term -> !term.factor().isZero()).toList();
  }

  /** The column of the first entry of row i. */
  private int first(int i) {
    return i + 1 - lower.get(i).size();
  }

  private E get(int i, int j) {
    return j < first(i) ? number.apply(0) : lower.get(i).get(j - first(i));
  }

  private void add(int p, int q, E term) {
    int i = Math.max(p, q);
    int j = Math.min(p, q);
    int missing = Math.max(0, first(i) - j);
    if (entries.addAndGet(missing) > MAX_ENTRIES) {
      throw new ArithmeticException("more than " + MAX_ENTRIES + " entries");
    }
    lower.get(i).addAll(0, Collections.nCopies(missing, number.apply(0)));
    long before = get(i, j).words();
    lower.get(i).set(j - first(i), get(i, j).plus(term));
    // Short numbers may be far apart: then their exact sum takes more memory than both.
    work.spend(get(i, j).words() + 32 * Math.max(0, get(i, j).words() - before));
  }

  /** The number of machine words that a linear form takes, for counting work. */
  public static <E extends Scalar<E>> long words(List<Term<E>> terms) {
    return terms.stream().mapToLong(term -> term.factor().words()).sum();
  }

  /** Adds the form {@code factor p(xi) q(xi)} to this one. */
  public void add(E factor, List<Term<E>> p, List<Term<E>> q) {
    // Half of a square is enough: the other half doubles it.
    work.spend(factor.isZero() ? 0 : words(p) * words(q));
    for (Term<E> left : factor.isZero() ? List.<Term<E>>of() : p) {
      E scaled = factor.times(left.factor());
      for (Term<E> right : q) {
        add(left.index(), right.index(), scaled.times(right.factor()));
      }
    }
  }

  /**
   * The matrix of {@code rho |x|^2 + q(x, w)}, or one that is positive semidefinite if and only if
   * that is; q is this form, and x are the first {@code count} coordinates.
   *
   * <p>If rho > 0 and q has no product of two x, write {@code q = sum_k x_k l_k(w) + t(w)}: the
   * least value over x is {@code t - sum_k l_k^2 / (4 rho)}, and the form is 4 rho times that.
   */
  public Optional<List<List<E>>> matrix(int count, E rho) {
    boolean free = lower.stream().limit(count).flatMap(List::stream).allMatch(Scalar::isZero);
    if (rho.isZero() || !free) {
      IntStream.range(0, count).forEach(k -> add(k, k, rho));
      return equilibrated();
    }
    E factor = rho.times(number.apply(4));
    QuadraticForm<E> rest = new QuadraticForm<>(lower.size() - count, number, work);
    for (int i = count; i < lower.size(); i++) {
      for (int j = Math.max(count, first(i)); j <= i; j++) {
        rest.add(i - count, j - count, get(i, j).times(factor));
      }
    }
    rest.subtractSquare(count, (i, k) -> get(count + i, k));
    return rest.equilibrated();
  }

  /** The matrix of {@code gain^2 |v|^2 - |W v|^2}, or of W' if that is smaller. */
  public static <E extends Scalar<E>> Optional<List<List<E>>> norm(
      Tensor weight, double gain, DoubleFunction<E> number, Work work) {
    double[][] w = weight.rows();
    boolean wide = w.length < w[0].length;
    int size = Math.min(w.length, w[0].length);
    QuadraticForm<E> form = new QuadraticForm<>(size, number, work);
    form.subtractSquare(
        w.length + w[0].length - size, (i, k) -> number.apply(wide ? w[i][k] : w[k][i]));
    E square = number.apply(gain).times(number.apply(gain));
    IntStream.range(0, size).forEach(i -> form.add(i, i, square));
    return form.equilibrated();
  }

  /** A row's entries from column {@code from} on; all others are zero. */
  private record Part<E extends Scalar<E>>(int index, int from, List<E> entries) {
    int end() {
      return from + entries.size();
    }
  }

  /** Subtracts {@code |sum_i xi_i row_i|^2}, for a row of so many columns for each coordinate. */
  private void subtractSquare(int columns, BiFunction<Integer, Integer, E> entry) {
    work.spend((long) lower.size() * columns);
    List<Part<E>> rows = new ArrayList<>();
    for (int i = 0; i < lower.size(); i++) {
      int index = i;
      List<E> row = IntStream.range(0, columns).mapToObj(k -> entry.apply(index, k)).toList();
      List<Term<E>> terms = linear(0, row);
      if (!terms.isEmpty()) {
        int from = terms.getFirst().index();
        rows.add(new Part<>(i, from, List.copyOf(row.subList(from, terms.getLast().index() + 1))));
      }
    }
    work.spend((long) rows.size() * rows.size());
    // Each p changes its own row alone, so the rows may be done in parallel.
    IntStream.range(0, rows.size())
        .parallel()
        .forEach(p -> rows.subList(0, p + 1).forEach(q -> subtractProduct(rows.get(p), q)));
  }

  private void subtractProduct(Part<E> p, Part<E> q) {
    int from = Math.max(p.from(), q.from());
    int end = Math.min(p.end(), q.end());
    if (from < end) {
      List<E> left = p.entries().subList(from - p.from(), end - p.from());
      List<E> right = q.entries().subList(from - q.from(), end - q.from());
      work.spend(left.stream().mapToLong(Scalar::words).sum());
      E product = number.apply(0).dot(left, right);
      add(p.index(), q.index(), product.times(number.apply(p.index() == q.index() ? -1 : -2)));
    }
  }

  /**
   * The matrix of twice this form, without its zero rows, each coordinate scaled by a power of two
   * so that the diagonal lies in [1/2, 2): a congruence, exact and deterministic.
   *
   * @return the lower triangle, each row from some column on before which it is zero; nothing if a
   *     number on the diagonal is not positive
   */
  private Optional<List<List<E>>> equilibrated() {
    int[] kept = kept();
    long stay = IntStream.of(kept).mapToLong(i -> lower.get(i).size()).sum();
    // An entry that stays is made anew, and takes memory besides.
    work.spend((long) kept.length * kept.length + 32 * number.apply(1).words() * stay);
    List<E> scales = new ArrayList<>();
    for (int i : kept) {
      double diagonal = 2 * get(i, i).middle();
      if (!(diagonal >= Double.MIN_NORMAL && diagonal <= Double.MAX_VALUE)) {
        return Optional.empty();
      }
      int exponent = -Math.floorDiv(Math.getExponent(diagonal) + 1, 2);
      scales.add(number.apply(Math.scalb(1.0, exponent)));
    }
    List<List<E>> matrix = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      work.look();
      List<E> row = new ArrayList<>();
      for (int j = 0; j <= i; j++) {
        if (kept[j] >= first(kept[i])) {
          E entry = get(kept[i], kept[j]).times(scales.get(i)).times(scales.get(j));
          row.add(i == j ? entry.plus(entry) : entry);
        }
      }
      matrix.add(row);
    }
    return Optional.of(matrix);
  }

  /** The coordinates whose row and column are not zero. */
  private int[] kept() {
    BitSet kept = new BitSet();
    for (int i = 0; i < lower.size(); i++) {
      for (int j = first(i); j <= i; j++) {
        if (!get(i, j).isZero()) {
          kept.set(i);
          kept.set(j);
        }
      }
    }
    return kept.stream().toArray();
  }
}
