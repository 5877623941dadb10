package io.lipc.training.tornado;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.PiecewiseLinear;
import io.lipc.certificate.function.PiecewiseLinear.Piece;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import java.util.Optional;

/** Activations of linear pieces as the table that {@link PiecewiseKernels} read. */
final class PieceTable {

  private PieceTable() {}

  /** The table of an activation, if it is made of linear pieces. */
  static Optional<double[]> of(Activation.Pointwise activation) {
    if (activation.kind() == PointwiseKind.HARD_SIGMOID) {
      return Optional.of(new double[] {Math.nextUp(-3f), 3, 0, 0, 1 / 6.0, 0.5, 0, 1});
    }
    return Elementwise.of(activation.kind().word(), activation.parameters())
            instanceof PiecewiseLinear(List<Piece> pieces, _)
        ? Optional.of(table(pieces))
        : Optional.empty();
  }

  /** Two pieces are three, of which the last two are the same. */
  private static double[] table(List<Piece> pieces) {
    Piece first = pieces.getFirst();
    Piece second = pieces.get(1);
    Piece third = pieces.getLast();
    return new double[] {
      begin(first, second),
      begin(second, third),
      first.slope(),
      first.constant(),
      second.slope(),
      second.constant(),
      third.slope(),
      third.constant()
    };
  }

  /**
   * The least float that belongs to a piece. A kink behind a constant piece has the slope 0, as on
   * the JVM, so the next piece begins behind it; not at a subnormal number, which devices may take
   * for 0.
   */
  private static double begin(Piece before, Piece piece) {
    float from = (float) piece.from();
    return before.slope() == 0 ? Math.max(Math.nextUp(from), from + Float.MIN_NORMAL) : from;
  }
}
