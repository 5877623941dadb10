package io.lipc.certificate.search;

import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.inequality.Assembly;
import io.lipc.certificate.local.LocalBounds;
import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.QuadraticForm;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Tensor;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The matrices that witnesses are about, for the search for a witness: assembled in doubles, with
 * the rows, order and scaling that the checker uses.
 */
public final class ProofMatrix {

  private ProofMatrix() {}

  /** The matrix of the first proof of a certificate; see {@link #main(Subject, int, Runnable)}. */
  public static double[][] main(Subject subject, Runnable look) {
    return main(subject, 0, look);
  }

  /**
   * The matrix of {@code S(bound^2, multipliers)} of a proof; its witnesses are not read.
   *
   * @param proof which of the certificate's proofs
   * @param look is run every few milliseconds; what it throws is thrown
   * @return symmetric, with a diagonal in [1/2, 2]; of size 0 where there is nothing to prove
   * @throws IllegalArgumentException with the words of a {@link Reason}, if the subject is not well
   *     formed, takes too much work, or the diagonal shows that the matrix is not positive
   */
  public static double[][] main(Subject subject, int proof, Runnable look) {
    Subject read = CertificateChecker.read(subject);
    return nearest(
        read.weights().tensors().values(),
        look,
        work -> Assembly.matrix(read, LocalBounds.known(read, work::spend), proof, Ball::of, work));
  }

  /**
   * The matrix of {@code gain^2 I - W W'}, or {@code W' W} where that is smaller; as {@link #main}.
   *
   * @param weight W, of two extents
   * @param gain finite and not negative
   */
  public static double[][] gain(Tensor weight, double gain, Runnable look) {
    Rejection.unless(Double.isFinite(gain), Reason.NOT_A_NUMBER, "gain " + gain);
    return nearest(List.of(weight), look, work -> QuadraticForm.norm(weight, gain, Ball::of, work));
  }

  private static double[][] nearest(
      Collection<Tensor> weights,
      Runnable look,
      Function<Work, Optional<List<List<Ball>>>> enclosed) {
    List<List<Ball>> lower =
        enclosed(weights, look, enclosed)
            .orElseThrow(() -> new Rejection(Reason.NOT_POSITIVE_DEFINITE, "the diagonal"));
    double[][] matrix = new double[lower.size()][lower.size()];
    for (int i = 0; i < matrix.length; i++) {
      int first = i + 1 - lower.get(i).size();
      for (int j = first; j <= i; j++) {
        matrix[i][j] = lower.get(i).get(j - first).middle();
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  /** With as much work as the checker allows. */
  private static Optional<List<List<Ball>>> enclosed(
      Collection<Tensor> weights,
      Runnable look,
      Function<Work, Optional<List<List<Ball>>>> enclosed) {
    Work work = new Work(look);
    weights.stream().distinct().forEach(work::allow);
    try {
      return enclosed.apply(work);
    } catch (ArithmeticException tooLarge) {
      throw new Rejection(Reason.TOO_LARGE, String.valueOf(tooLarge.getMessage()));
    }
  }
}
