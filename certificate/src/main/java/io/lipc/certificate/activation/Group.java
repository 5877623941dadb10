package io.lipc.certificate.activation;

import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.activation.Magnitudes.Largest;
import io.lipc.certificate.activation.Magnitudes.Own;
import io.lipc.certificate.activation.Magnitudes.Reflected;
import io.lipc.certificate.activation.SlopeTable.Slopes;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The proved properties of an activation, which maps groups z of neighbouring elements to groups y.
 * The groups of an elementwise activation are single elements.
 *
 * <p>For the differences of any two executions there are numbers f with {@code p = read z}, {@code
 * w = bounded (z, f)}, {@code y = given (z, f)} and
 *
 * <pre>sum_k 2 (w_k - a p_k)(b p_k - w_k) >= 0:</pre>
 *
 * <p>one inequality for each group, and so one multiplier. All coefficients are doubles, exactly.
 *
 * @param size the number of elements of z, and of y
 * @param fresh how many numbers f there are
 * @param pairs how many pairs (p_k, w_k) there are
 * @param slopes [a, b]
 * @param gain a number L with {@code |y - y'| <= L |z - z'|} in l2
 * @param magnitudes how far each element of y moves, given how far each of z does
 * @param moves from k to coefficients over z, as many as of f: if all of these are zero, so is f
 * @param read from k to the coefficients of p_k, over z
 * @param bounded from k to the coefficients of w_k, over z and then f
 * @param given from i to the coefficients of y_i, over z and then f
 */
public record Group(
    int size,
    int fresh,
    int pairs,
    Slopes slopes,
    double gain,
    Magnitudes magnitudes,
    IntFunction<double[]> moves,
    IntFunction<double[]> read,
    IntFunction<double[]> bounded,
    IntFunction<double[]> given) {

  /**
   * The proved properties of an activation.
   *
   * @param width the number of elements of the whole vector, which is the group of softmax and
   *     l2_normalize, and may be that of layer_norm
   */
  public static Group of(ActivationFunction function, int width) {
    return switch (function) {
      case OfElements elements -> elementwise(SlopeTable.slopes(elements));
      case OfGroups groups -> {
        List<Double> constants = groups.constants();
        yield switch (groups.kind()) {
          case MAXMIN -> pair(-1, 1);
          case GROUP_SORT ->
              constants.getFirst() == 2 ? pair(-1, 1) : sort((int) (double) constants.getFirst());
          case HOUSEHOLDER -> reflection(constants);
          case SOFTMAX -> softmax(width, constants.getFirst());
          case LAYER_NORM -> layerNorm(width, constants);
          case L2_NORMALIZE -> unitLength(width, constants.getFirst());
        };
      }
    };
  }

  /** The group of an element: {@code p = z}, {@code y = w = f}; or {@code y = a z}, where a = b. */
  public static Group elementwise(Slopes slopes) {
    int fresh = slopes.lower() < slopes.upper() ? 1 : 0;
    double gain = Math.max(Math.abs(slopes.lower()), Math.abs(slopes.upper()));
    double[] given = fresh == 1 ? unit(2, 1) : new double[] {slopes.lower()};
    IntFunction<double[]> read = _ -> unit(1, 0);
    return new Group(
        1, fresh, fresh, slopes, gain, new Own(gain), read, read, _ -> given, _ -> given);
  }

  /**
   * {@code (u, v)} becomes {@code (max, min)}, neither of which moves by more than what moves most.
   * With {@code d = u - v} and {@code r = |d|}, of slopes in [-1, 1]: {@code max = (u + v + r) / 2}
   * and {@code min = (u + v - r) / 2}. Where d has one sign, {@code r = d} or {@code r = -d}: one
   * slope, and the two stay or change places.
   *
   * @param lower -1, or 1 where u is never below v
   * @param upper 1, or -1 where u is never above v
   */
  public static Group pair(double lower, double upper) {
    Slopes slopes = new Slopes(lower, upper);
    int fresh = lower < upper ? 1 : 0;
    IntFunction<double[]> read = _ -> new double[] {1, -1};
    IntFunction<double[]> given =
        fresh == 1
            ? i -> new double[] {0.5, 0.5, i == 0 ? 0.5 : -0.5}
            : i -> unit(2, lower == 1 ? i : 1 - i);
    return new Group(
        2, fresh, fresh, slopes, 1, new Largest(1), read, read, _ -> unit(3, 2), given);
  }

  /**
   * Sorts, the largest first. Among all orders of two vectors, the sorted ones have the largest
   * inner product (rearrangement inequality), and their norms stay; so {@code |y - y'| <= |z -
   * z'|}. For p = z, w = y and slopes of [-1, 1] the inequality says that: {@code 2 |p|^2 - 2 |w|^2
   * >= 0}. Sorting keeps the sum: so {@code y_i = z_i + f_i}, and the last {@code z_i - sum_j f_j}.
   * Where all elements move by the same number, y does too, and f is zero. A sorted element moves
   * by at most as much as the element of its group that moves most.
   */
  private static Group sort(int size) {
    IntFunction<double[]> given = i -> allButLast(size, 1, i);
    return shifted(size, new Slopes(-1, 1), new Largest(1), given);
  }

  /**
   * {@code y = z + 2 v relu(-v'z)} for any v; for |v| = 1 that is z, or its mirror image where
   * {@code v'z < 0} (Singla, Singla and Feizi, Improved deterministic l2 robustness, 2021). {@code
   * p = -v'z}, and {@code w = relu(p)} has slopes in [0, 1]. The two linear pieces are I and {@code
   * I - 2 v v'}, whose norms are 1 and at most {@code max(1, 2 v'v - 1)}. A segment between two
   * points crosses pieces one after the other, so the gain is the larger norm; and elements move at
   * most as far as z and {@code 2 v v'z} together.
   */
  private static Group reflection(List<Double> v) {
    int size = v.size();
    IntFunction<double[]> given =
        i -> {
          double[] row = unit(size + 1, i);
          row[size] = 2 * v.get(i);
          return row;
        };
    var squares = v.stream().map(BigDecimal::new).map(c -> c.multiply(c));
    BigDecimal square = squares.reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal norm = square.add(square).subtract(BigDecimal.ONE).max(BigDecimal.ONE);
    double nearest = Math.min(norm.doubleValue(), Double.MAX_VALUE);
    double gain = new BigDecimal(nearest).compareTo(norm) < 0 ? Math.nextUp(nearest) : nearest;
    IntFunction<double[]> read = _ -> v.stream().mapToDouble(c -> -c).toArray();
    Slopes slopes = new Slopes(0, 1);
    return new Group(
        size, 1, 1, slopes, gain, new Reflected(v), read, read, _ -> unit(size + 1, size), given);
  }

  /**
   * {@code y_i = e^(z_i/T) / sum_j e^(z_j/T)}: the gradient of the convex function {@code T log
   * sum_j e^(z_j/T)}. Its second derivative along a vector u is 1/T times the variance of u_i under
   * y, at most {@code (max u - min u)^2 / (4T) <= |u|^2 / (2T)} (Popoviciu). So with {@code ell =
   * 1/(2T)}, rounded up, {@code dy'(ell dz - dy) >= 0} (Baillon and Haddad, 1977): p = z, w = y and
   * slopes of [0, ell], for the vector as a whole. Single terms may be negative: where z_2 stays
   * and z_1 grows, y_2 falls. The sum of y is 1: f is dy without its last, which is {@code -sum_j
   * f_j}. Where all elements of z move by the same number, y stays.
   *
   * <p>Row i of the derivative has the absolute sum {@code 2 y_i (1 - y_i) / T}, at most ell: so no
   * element moves by more than ell times what moves most.
   */
  private static Group softmax(int size, double temperature) {
    double ell = quotient(0.5, temperature);
    IntFunction<double[]> given = i -> allButLast(size, 0, i);
    return shifted(size, new Slopes(0, ell), new Largest(ell), given);
  }

  /**
   * {@code y = d / sqrt(|d|^2 / n + epsilon)}, d the n elements of z less their mean. The least
   * double ell whose square is not below {@code 1 / epsilon} is its gain, and {@code dy'(ell dz -
   * dy) >= 0}: p = z, w = y and slopes of [0, ell], for the group as a whole.
   *
   * <p>Proof. Let d and e be two such vectors, of lengths s and t, and {@code h(s) = 1 / sqrt(s^2 /
   * n + epsilon)}, a = h(s), b = h(t), both in (0, ell]. As the elements of y add up to 0, {@code
   * dy'dz} is {@code dy'(d - e)}, and with dy = a d - b e
   *
   * <pre>dy'(ell (d - e) - dy) =
   *     a (ell - a) s^2 + b (ell - b) t^2 - (a (ell - b) + b (ell - a)) d'e.</pre>
   *
   * <p>The factor of d'e is not negative, and {@code d'e <= s t}; so this is not less than what it
   * is for d'e = s t, which is {@code (a s - b t)(ell (s - t) - (a s - b t))}. That is not negative
   * either: {@code s h(s)} has the derivative {@code epsilon h(s)^3}, in (0, ell].
   *
   * <p>The sum of y is 0: f is dy without its last, which is {@code -sum_j f_j}. Where all elements
   * of z move by the same number, y stays.
   *
   * <p>No element moves by more than {@code ell (1 + sqrt n) / 2} times what moves most. With
   * {@code v = d h / sqrt n}, whose length is below 1, the derivative is {@code h (P - v v')}, P
   * the projection that subtracts the mean. The absolute sum of its row i is {@code h (q'r - (v'q)
   * (v'r))} for {@code q = P e_i}, r = P g and a vector g of signs. That is at most {@code h (q'r +
   * |q| |r|) / 2}. Let m be the mean of g: {@code q'r = g_i - m}, and {@code |q| |r| = sqrt(n - 1)
   * sqrt(1 - m^2)}; by Cauchy-Schwarz they add up to at most {@code 1 + sqrt n}.
   */
  private static Group layerNorm(int width, List<Double> constants) {
    int size = constants.getLast() == 0 ? width : (int) (double) constants.getLast();
    BigDecimal epsilon = new BigDecimal(constants.getFirst());
    // Root and quotient are off by half a unit each, so this is below.
    double ell = 1 / Math.sqrt(constants.getFirst()) * (1 - 0x1p-50);
    while (new BigDecimal(ell).pow(2).multiply(epsilon).compareTo(BigDecimal.ONE) < 0) {
      ell = Math.nextUp(ell);
    }
    return shifted(size, new Slopes(0, ell), ofLength(size, ell), i -> allButLast(size, 0, i));
  }

  /**
   * {@code y = z / max(|z|, c)}: z times {@code ell = 1 / c} in the ball of radius c, and of length
   * 1 outside of it. So y is P(z) / c, P the projection on the ball, and {@code dP'dz >= |dP|^2} as
   * for each projection on a convex set: {@code dy'(ell dz - dy) >= 0}, for all z, with ell rounded
   * up. p = z, w = y and slopes of [0, ell], for the vector as a whole; its gain is ell.
   *
   * <p>No element moves by more than {@code ell (1 + sqrt n) / 2} times what moves most. With
   * {@code u = z / |z|}, the derivative is {@code (I - u u') / |z|} outside of the ball. The
   * absolute sum of its row i is {@code (g_i - u_i u'g) / |z|} for a vector g of signs with {@code
   * g_i = 1}, where {@code -u_i u'g <= (|g| - g_i) / 2} for every u of length 1, and |g| is sqrt n.
   * Inside, the sum is ell. A segment crosses the sphere twice at most.
   */
  private static Group unitLength(int size, double least) {
    double ell = quotient(1, least);
    IntFunction<double[]> read = k -> unit(size, k);
    IntFunction<double[]> given = i -> unit(2 * size, size + i);
    Slopes slopes = new Slopes(0, ell);
    return new Group(size, size, size, slopes, ell, ofLength(size, ell), read, read, given, given);
  }

  /** {@code ell (1 + sqrt n) / 2}, rounded up. */
  private static Magnitudes ofLength(int size, double ell) {
    double half = Math.nextUp(1 + Math.nextUp(Math.sqrt(size))) / 2;
    return new Largest(Math.nextUp(half * ell));
  }

  /**
   * A double that is not below {@code a / b}, and the nearest one or the next: the sign of what is
   * fused is exact.
   */
  private static double quotient(double a, double b) {
    double nearest = a / b;
    return Math.fma(nearest, b, -a) < 0 ? Math.nextUp(nearest) : nearest;
  }

  /**
   * p = z and w = y, of which all but one element are new unless z moves as a whole. The gain is
   * the upper slope.
   */
  private static Group shifted(
      int size, Slopes slopes, Magnitudes magnitudes, IntFunction<double[]> given) {
    IntFunction<double[]> moves =
        k -> {
          double[] difference = unit(size, k);
          difference[k + 1] = -1;
          return difference;
        };
    IntFunction<double[]> read = k -> unit(size, k);
    return new Group(
        size, size - 1, size, slopes, slopes.upper(), magnitudes, moves, read, given, given);
  }

  private static double[] unit(int length, int at) {
    double[] unit = new double[length];
    unit[at] = 1;
    return unit;
  }

  /** {@code share z_i + f_i}, and for the last i {@code share z_i - sum_j f_j}. */
  private static double[] allButLast(int size, double share, int i) {
    double[] row = new double[2 * size - 1];
    if (i < size - 1) {
      row[size + i] = 1;
    } else {
      Arrays.fill(row, size, row.length, -1);
    }
    row[i] = share;
    return row;
  }
}
