package io.lipc.certificate.frequency;

import io.lipc.certificate.linear.Axis;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One axis of a torus, with the window that moves along it. Its N cells have s pixels each, by
 * which the window moves; so cell p gives pixel p of the output. Waves have the frequencies {@code
 * w = 2 pi (j + t) / N}, j from 0 to N - 1.
 */
final class Circle {

  private static final List<Double> TWISTS = List.of(0.0, 0.5);

  private final Axis axis;
  private final int cells;

  /** Twice the twist t; below 0 if that is neither 0 nor 1/2. */
  private final int twice;

  Circle(Axis axis, int cells, double twist) {
    this.axis = axis;
    this.cells = cells;
    // Equal as objects: there is no second text for 0.
    this.twice = TWISTS.indexOf(twist);
  }

  int cells() {
    return cells;
  }

  /**
   * Whether what is proved on this circle holds for a grid of n pixels with zeros around it, of
   * which the window makes m.
   *
   * <p><b>Circle.</b> Let M = N s. A signal x on the pixels 0 to n - 1 becomes a signal X on all
   * integers: X(k) = x(k) for these, 0 for the other k below M, and {@code X(k + M) = e^(2 pi i t)
   * X(k)}. That needs {@code M >= n}. The window makes of it {@code Y(p) = sum_u K(u) X(s p + d u -
   * a)}, for which {@code Y(p + N) = e^(2 pi i t) Y(p)}. If Y(p) is what the window makes of x for
   * the pixels p from 0 to m - 1, and these are different cells, then the convolution of the grid
   * is the one of the circle between two maps of norm 1, x to X and Y to its cells 0 to m - 1: its
   * norm is no larger. For these p the window reads {@code -a <= k <= s (m - 1) + span - 1 - a}.
   *
   * <ul>
   *   <li>Pixels k from -a to -1 are zero on the grid. On the circle they are those of k + M, which
   *       are zero if {@code k + M >= n}: {@code M >= n + a}. That also gives {@code M >= n}.
   *   <li>Pixels k from n on are zero on the grid. On the circle they are zero up to M - 1: {@code
   *       M >= s (m - 1) + span - a}. How many zeros are behind the grid counts in m alone.
   *   <li>Cells 0 to m - 1 are different if {@code M >= s m}.
   * </ul>
   *
   * <p><b>No overlap.</b> If {@code span <= s}, windows have no pixel in common. Then the grid's
   * output is made of parts, one for each p, that read different pixels by one and the same map of
   * the other axis, so the norm is at most that of this map, which reads (channel, u). On the
   * circle, different u have different phases, as {@code |d u| < s}; so the block of each frequency
   * is that of this map with columns times numbers of absolute value 1. Every circle proves the
   * same, even one of a single cell.
   */
  boolean holds(int n, int m) {
    long pixels = (long) cells * axis.stride();
    boolean apart = pixels >= (long) n + axis.before();
    apart &= pixels >= axis.stride() * (m - 1L) + axis.span() - axis.before();
    apart &= pixels >= (long) axis.stride() * m;
    return cells > 0 && twice >= 0 && (apart || axis.span() <= axis.stride());
  }

  /**
   * How many of its first frequencies are all of them, up to the sign: that of -w is j with {@code
   * -j - 2 t} in place of j, modulo N.
   */
  int half() {
    return (cells + 2 - twice) / 2;
  }

  /** The phases that elements of the window read: numbers of a pixel within a cell. */
  List<Integer> phases() {
    return IntStream.range(0, axis.kernel()).mapToObj(this::phase).sorted().distinct().toList();
  }

  /** Element u of the window at cell 0 reads this pixel of a cell. */
  int phase(int u) {
    return Math.floorMod(axis.place(0, u), axis.stride());
  }

  /** {@code e^(i w q)} for each element of the window: at cell 0 it reads a pixel of cell q. */
  List<Complex> waves(int j) {
    return IntStream.range(0, axis.kernel()).mapToObj(u -> wave(j, u)).toList();
  }

  private Complex wave(int j, int u) {
    long cell = Math.floorDiv(axis.place(0, u), axis.stride());
    int r = Math.floorMod((2L * j + twice) * cell, 2 * cells);
    return Complex.root(r > cells ? r - 2 * cells : r, cells);
  }
}
