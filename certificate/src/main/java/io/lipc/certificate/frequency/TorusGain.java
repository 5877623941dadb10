package io.lipc.certificate.frequency;

import io.lipc.certificate.PositivityWitness.VerifiedCholesky;
import io.lipc.certificate.Torus;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Positivity;
import io.lipc.certificate.positivity.Work;
import io.lipc.formats.Tensor;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Decides whether a convolution has a gain g, on a torus.
 *
 * <p>The convolution of the image, with zeros around it, has no larger norm than that of the torus
 * ({@link Circle#holds}, for both axes at once: a pixel is zero if it is so along one of them), and
 * that is the largest norm of K(w) over all frequencies w ({@link Symbol}). The norm of K(w) is at
 * most g exactly if {@code g^2 I - K(w) K(w)*} is positive semidefinite, or {@code g^2 I - K(w)*
 * K(w)}; these have no negative eigenvalue exactly if the real matrix does not that is made of them
 * ({@link Gram}). For -w it has the same eigenvalues as for w. The frequencies are pairs (j, k),
 * and of each pair and its opposite one has j in the first half.
 */
public final class TorusGain {

  private static final int MAX_CELLS = 256;
  private static final int MAX_COORDINATES = 1024;

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
    Circle down = new Circle(vertical, torus.cells().getFirst(), torus.twist().getFirst());
    Circle right = new Circle(horizontal, torus.cells().getLast(), torus.twist().getLast());
    Grid in = map.input();
    Grid out = map.output();
    if (!down.holds(in.height(), out.height()) || !right.holds(in.width(), out.width())) {
      return Decision.FOREIGN_WITNESS;
    }
    Symbol symbol = new Symbol(map, weight, down, right);
    boolean small = down.cells() <= MAX_CELLS && right.cells() <= MAX_CELLS;
    if (!small || symbol.rows() + symbol.columns() > MAX_COORDINATES) {
      return Decision.TOO_LARGE;
    }
    int groups = map.groups();
    long waves = (long) down.half() * right.cells();
    work.spend(waves * groups * symbol.work());
    Ball square = Ball.of(gain).times(Ball.of(gain));
    boolean positive =
        LongStream.range(0, waves * groups)
            .parallel()
            .mapToObj(number -> gram(symbol, (int) (number % groups), number / groups, right))
            .allMatch(gram -> isPositive(gram, square, work));
    return positive ? Decision.POSITIVE : Decision.NOT_PROVED;
  }

  /** That of a group and the frequency of this number, row by row. */
  private static Gram gram(Symbol symbol, int group, long wave, Circle right) {
    return symbol.gram(group, (int) (wave / right.cells()), (int) (wave % right.cells()));
  }

  private static boolean isPositive(Gram gram, Ball square, Work work) {
    Decision decision =
        Positivity.decide(
            new VerifiedCholesky(), Optional::empty, () -> gram.complement(square), work);
    return decision == Decision.POSITIVE;
  }
}
