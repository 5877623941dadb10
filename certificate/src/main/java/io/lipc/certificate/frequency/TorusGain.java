package io.lipc.certificate.frequency;

import io.lipc.certificate.Torus;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Work;
import io.lipc.formats.Tensor;
import java.util.stream.LongStream;

/**
 * Decides whether a convolution has a gain g, on a torus.
 *
 * <p>The convolution of the image, with zeros around it, has no larger norm than that of the torus
 * ({@link Circle#holds}, for both axes at once: a pixel is zero if it is so along one of them), and
 * that is the largest norm of K(w) over all frequencies w ({@link Symbol}). The norm of K(w) is at
 * most g exactly if {@code g^2 I - K(w) K(w)*} is positive semidefinite, or {@code g^2 I - K(w)*
 * K(w)}. For -w it has the same eigenvalues as for w. The frequencies are pairs (j, k), and of each
 * pair and its opposite one has j in the first half.
 */
public final class TorusGain {

  static final int MAX_CELLS = 256;
  static final int MAX_COORDINATES = 1024;

  private TorusGain() {}

  /**
   * Decides whether {@code |K x| <= gain |x|} in l2 for all images x.
   *
   * @param map the convolution
   * @param weight its tensor K, in its shape
   * @param gain finite and not negative
   * @throws ArithmeticException if that would take more work than is left
   */
  public static Decision decide(
      Convolution map, Tensor weight, double gain, Torus torus, Work work) {
    Axis vertical = map.window().vertical();
    Axis horizontal = map.window().horizontal();
    Circle down = new Circle(vertical, torus.cells().getFirst(), 1, torus.twist().getFirst());
    Circle right = new Circle(horizontal, torus.cells().getLast(), 1, torus.twist().getLast());
    Grid in = map.input();
    Grid out = map.output();
    if (!proves(down, in.height(), out.height()) || !proves(right, in.width(), out.width())) {
      return Decision.FOREIGN_WITNESS;
    }
    Symbol symbol = Symbol.ofTaps(map, weight.values(), down, right);
    boolean small = down.cells() <= MAX_CELLS && right.cells() <= MAX_CELLS;
    if (!small || symbol.rows() + symbol.columns() > MAX_COORDINATES) {
      return Decision.TOO_LARGE;
    }
    int groups = map.groups();
    long waves = (long) down.half() * right.cells();
    long larger = Math.max(symbol.rows(), symbol.columns());
    long smaller = Math.min(symbol.rows(), symbol.columns());
    work.spend(waves * groups * (symbol.work() + smaller * smaller * (larger + 64)));
    Ball square = Ball.of(gain).times(Ball.of(gain));
    boolean positive =
        LongStream.range(0, waves * groups)
            .parallel()
            .mapToObj(number -> matrix(symbol, (int) (number % groups), number / groups, right))
            .allMatch(matrix -> isBounded(matrix, square, work));
    return positive ? Decision.POSITIVE : Decision.NOT_PROVED;
  }

  private static boolean proves(Circle circle, int n, int m) {
    return circle.isOne() && (circle.holds(n, m) || circle.isWithoutOverlap());
  }

  /** The matrix of a group at the frequency of this number, row by row. */
  private static ComplexMatrix matrix(Symbol symbol, int group, long wave, Circle right) {
    return symbol.matrix(group, (int) (wave / right.cells()), (int) (wave % right.cells()));
  }

  /** By the smaller of the two products. */
  private static boolean isBounded(ComplexMatrix matrix, Ball square, Work work) {
    ComplexMatrix tall = matrix.rows() < matrix.columns() ? matrix.adjoint() : matrix;
    Hermitian rest = new Hermitian(tall.columns(), tall.rows() + 1);
    for (int i = 0; i < rest.size(); i++) {
      rest.add(i, square);
    }
    rest.subtractSquares(0, tall, work);
    return rest.isPositive(work);
  }
}
