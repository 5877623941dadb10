package io.lipc.certificate.positivity;

import io.lipc.formats.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The form {@code sum over j <= i of c_ij xi_i xi_j} of a vector xi, by its coefficients. */
public final class QuadraticForm<E extends Scalar<E>> {

  /** One term of a linear form: {@code factor xi_index}. */
  public record Term<E extends Scalar<E>>(int index, E factor) {}

  private final List<List<E>> lower = new ArrayList<>();
  private final DoubleFunction<E> number;

  /** Zero, of vectors of the given size, over the numbers that {@code number} makes of doubles. */
  public QuadraticForm(int size, DoubleFunction<E> number) {
    this.number = number;
    for (int i = 0; i < size; i++) {
      lower.add(new ArrayList<>(Collections.nCopies(i + 1, number.apply(0))));
    }
  }

  /** The non-zero terms of {@code sum over i < size of factor(i) xi_i}. */
  public static <E extends Scalar<E>> List<Term<E>> linear(int size, IntFunction<E> factor) {
    var terms = IntStream.range(0, size).mapToObj(i -> new Term<>(i, factor.apply(i)));
    return terms.filter(term -> !term.factor().isZero()).toList();
  }

  private E get(int i, int j) {
    return lower.get(Math.max(i, j)).get(Math.min(i, j));
  }

  private void add(int i, int j, E term) {
    lower.get(Math.max(i, j)).set(Math.min(i, j), get(i, j).plus(term));
  }

  /** Adds {@code factor p(xi) q(xi)}. */
  public void add(E factor, List<Term<E>> p, List<Term<E>> q) {
    // Half of a square is enough: the other half doubles it.
    boolean square = p.equals(q);
    E mixed = square ? factor.plus(factor) : factor;
    for (int k = 0; k < p.size() && !factor.isZero(); k++) {
      Term<E> left = p.get(k);
      E scaled = mixed.times(left.factor());
      for (Term<E> right : square ? p.subList(0, k) : q) {
        add(left.index(), right.index(), scaled.times(right.factor()));
      }
      if (square) {
        add(left.index(), left.index(), factor.times(left.factor()).times(left.factor()));
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
    QuadraticForm<E> rest = new QuadraticForm<>(lower.size() - count, number);
    for (int i = 0; i < rest.lower.size(); i++) {
      for (int j = 0; j <= i; j++) {
        rest.add(i, j, get(count + i, count + j).times(factor));
      }
    }
    rest.subtractSquare(lower.stream().skip(count).map(row -> row.subList(0, count)).toList());
    return rest.equilibrated();
  }

  /** The matrix of {@code gain^2 |v|^2 - |W v|^2}, or of W' if that is smaller. */
  public static <E extends Scalar<E>> Optional<List<List<E>>> norm(
      Tensor weight, double gain, DoubleFunction<E> number) {
    double[][] w = weight.rows();
    boolean wide = w.length < w[0].length;
    int size = Math.min(w.length, w[0].length);
    int other = Math.max(w.length, w[0].length);
    QuadraticForm<E> form = new QuadraticForm<>(size, number);
    IntFunction<List<E>> row =
        i ->
            IntStream.range(0, other)
                .mapToObj(j -> number.apply(wide ? w[i][j] : w[j][i]))
                .toList();
    form.subtractSquare(IntStream.range(0, size).mapToObj(row).toList());
    IntStream.range(0, size).forEach(i -> form.add(i, i, form.square(gain)));
    return form.equilibrated();
  }

  /** Subtracts {@code |sum_i xi_i rows_i|^2}. */
  private void subtractSquare(List<List<E>> rows) {
    boolean[] zero = new boolean[rows.size()];
    for (int i = 0; i < zero.length; i++) {
      zero[i] = rows.get(i).stream().allMatch(Scalar::isZero);
    }
    // Each i changes row i alone, so the rows may be done in parallel.
    IntStream.range(0, zero.length)
        .filter(i -> !zero[i])
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j <= i; j++) {
                if (!zero[j]) {
                  E product = number.apply(0).dot(rows.get(i), rows.get(j));
                  add(i, j, product.times(number.apply(i == j ? -1 : -2)));
                }
              }
            });
  }

  private E square(double value) {
    return number.apply(value).times(number.apply(value));
  }

  /**
   * The matrix of twice this form, without its zero rows, each coordinate scaled by a power of two
   * so that the diagonal lies in [1/2, 2): a congruence, exact and deterministic.
   *
   * @return the lower triangle; nothing if a number on the diagonal is not positive
   */
  private Optional<List<List<E>>> equilibrated() {
    int[] kept = IntStream.range(0, lower.size()).filter(i -> !isZero(i)).toArray();
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
      List<E> row = new ArrayList<>();
      for (int j = 0; j <= i; j++) {
        E entry = get(kept[i], kept[j]).times(scales.get(i)).times(scales.get(j));
        row.add(i == j ? entry.plus(entry) : entry);
      }
      matrix.add(row);
    }
    return Optional.of(matrix);
  }

  private boolean isZero(int coordinate) {
    return IntStream.range(0, lower.size()).allMatch(i -> get(i, coordinate).isZero());
  }
}
