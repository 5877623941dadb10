package io.lipc.certificate.frequency;

import io.lipc.certificate.linear.Axis;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One axis of a torus, with the window that moves along it. Each of its N cells has P pixels of the
 * output, and P s of what the window reads, s the stride by which it moves. Waves have the
 * frequencies {@code w = 2 pi (j + t) / N}, j from 0 to N - 1.
 */
final class Circle {

  private static final List<Double> TWISTS = List.of(0.0, 0.5);

  private final Axis axis;
  private final int cells;

  /** The pixels of the output that a cell has. */
  private final int pixels;

  /** Twice the twist t; below 0 if that is neither 0 nor 1/2. */
  private final int twice;

  Circle(Axis axis, int cells, int pixels, double twist) {
    this.axis = axis;
    this.cells = cells;
    this.pixels = pixels;
    // Equal as objects: there is no second text for 0.
    this.twice = TWISTS.indexOf(twist);
  }

  int cells() {
    return cells;
  }

  /** How many pixels of what the window reads a cell has. */
  int inner() {
    return Math.multiplyExact(axis.stride(), pixels);
  }

  /** How many pixels of the output a cell has. */
  int outer() {
    return pixels;
  }

  /**
   * Whether the window does the same on this circle as on a grid of n pixels with zeros around it,
   * of which it makes m.
   *
   * <p>Let {@code M = N P s}. A signal x on the pixels 0 to n - 1 becomes a signal X on all
   * integers: X(k) = x(k) for these, 0 for the other k below M, and {@code X(k + M) = e^(2 pi i t)
   * X(k)}. That needs {@code M >= n}. The window makes of it {@code Y(p) = sum_u K(u) X(s p + d u -
   * a)}, for which {@code Y(p + N P) = e^(2 pi i t) Y(p)}. If Y(p) is what the window makes of x
   * for the pixels p from 0 to m - 1, and these are different pixels of the circle, then the map of
   * the grid is the one of the circle between two maps of norm 1, x to X and Y to its pixels 0 to m
   * - 1: its norm is no larger. For these p the window reads {@code -a <= k <= s (m - 1) + span - 1
   * - a}.
   *
   * <ul>
   *   <li>Pixels k from -a to -1 are zero on the grid. On the circle they are those of k + M, which
   *       are zero if {@code k + M >= n}: {@code M >= n + a}. That also gives {@code M >= n}.
   *   <li>Pixels k from n on are zero on the grid. On the circle they are zero up to M - 1: {@code
   *       M >= s (m - 1) + span - a}. How many zeros are behind the grid counts in m alone.
   *   <li>Pixels 0 to m - 1 are different if {@code M >= s m}.
   * </ul>
   */
  boolean holds(int n, int m) {
    long stride = axis.stride();
    long whole = (long) cells * pixels * stride;
    boolean apart = whole >= (long) n + axis.before();
    apart &= whole >= stride * (m - 1L) + axis.span() - axis.before();
    apart &= whole >= stride * m;
    return isOne() && apart;
  }

  /** Whether there is such a circle at all. */
  boolean isOne() {
    return cells > 0 && pixels > 0 && twice >= 0;
  }

  /**
   * Whether no two windows have a pixel in common. Then the grid's output is made of parts, one for
   * each p, that read different pixels by one and the same map of the other axis, so the norm is at
   * most that of this map, which reads (channel, u). On the circle, different u have different
   * phases, as {@code |d u| < s}; so, for P = 1, the block of each frequency is that of this map
   * with columns times numbers of absolute value 1. Every circle proves the same, even one of a
   * single cell.
   */
  boolean isWithoutOverlap() {
    return axis.span() <= axis.stride();
  }

  /**
   * How many of its first frequencies are all of them, up to the sign: that of -w is j with {@code
   * -j - 2 t} in place of j, modulo N.
   */
  int half() {
    return (cells + 2 - twice) / 2;
  }

  /**
   * How many of all frequencies number j of the first half stands for: itself, and its opposite.
   */
  int weight(int j) {
    return Math.floorMod(-j - twice, cells) == j ? 1 : 2;
  }

  /** The phases that occur: numbers of a pixel within a cell of what the window reads. */
  List<Integer> phases() {
    return IntStream.range(0, pixels)
        .boxed()
        .flatMap(p -> IntStream.range(0, axis.kernel()).mapToObj(u -> phase(p, u)))
        .sorted()
        .distinct()
        .toList();
  }

  /** The phase that element u of the window reads for pixel p of cell 0. */
  int phase(int p, int u) {
    return Math.floorMod(axis.place(p, u), inner());
  }

  /**
   * The root of unity {@code e^(i w q)}: element u of the window reads a pixel of cell q for pixel
   * p of cell 0. {@link #root} says how far it may be off.
   */
  double[] wave(int j, int p, int u) {
    return wave(j, Math.floorDiv(axis.place(p, u), inner()));
  }

  /** The root of unity {@code e^(i w q)}. */
  double[] wave(int j, int q) {
    int r = Math.floorMod((2L * j + twice) * q, 2 * cells);
    return root(r > cells ? r - 2 * cells : r, cells);
  }

  /**
   * The root of unity {@code e^(i pi r / n)}, for {@code |r| <= n}, each part within 2^-49.
   *
   * <p>With u = 2^-53: {@code Math.PI} is off by less than 0.36 u of itself, the product and the
   * quotient by at most u each. So the angle, at most pi, is off by less than {@code 2.37 pi u},
   * which is below 7.5 u, and by as much the cosine and the sine at most. {@code StrictMath} gives
   * them within one unit in the last place of a number that is at most 1, which is 2 u. Together
   * that is below 16 u.
   */
  static double[] root(int r, int n) {
    double angle = Math.PI * r / n;
    return new double[] {StrictMath.cos(angle), StrictMath.sin(angle)};
  }
}
