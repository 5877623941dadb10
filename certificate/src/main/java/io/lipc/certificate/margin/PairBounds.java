package io.lipc.certificate.margin;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Digest;
import io.lipc.formats.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * For each two outputs i and j of a network f, a certified Lipschitz bound of {@code f_i - f_j}, in
 * the norm of the network's inputs.
 *
 * <p>What proves them is a certificate of {@link Claim.Pairs}, whose units define a network g that
 * gives {@code s_p (f_i - f_j)} for each pair, with a factor {@code s_p > 0} ({@link PairUnits}).
 * It proves that g is 1-Lipschitz to linf, which is one claim for each pair: {@code s_p |f_i(x) -
 * f_j(x) - f_i(x') + f_j(x')| <= |x - x'|}, for all x and x'. So {@code f_i - f_j} is {@code 1 /
 * s_p}-Lipschitz; the quotient is rounded up.
 *
 * <p>{@code |e_i - e_j|_2 = sqrt(2)} and {@code |e_i - e_j|_1 = 2}: where f is bounded by L to l2,
 * no pair has more than {@code sqrt(2) L}, and to linf none more than {@code 2 L}. The smaller
 * bound of the two is taken.
 */
public final class PairBounds {

  private static final double SQRT2_UP = Math.nextUp(Math.sqrt(2));

  private final Subject subject;
  private final int outputs;
  private final double[] bounds;

  private PairBounds(Subject subject, int outputs, double[] bounds) {
    this.subject = subject;
    this.outputs = outputs;
    this.bounds = bounds;
  }

  /**
   * The bounds of a network's pairs, if they are among its claims.
   *
   * @param network with everything that it is about
   * @param further its certificates of other claims, each accepted
   */
  public static Optional<PairBounds> among(Subject network, List<Subject> further) {
    return further.stream()
        .map(Subject::certificate)
        .filter(certificate -> certificate.claim() instanceof Claim.Pairs)
        .map(pairs -> claimed(network, pairs))
        .findFirst();
  }

  /**
   * The bounds that a certificate claims of the pairs of a network; whether they are true is for
   * the checker to say.
   *
   * @param network with everything that it is about
   * @param pairs a certificate
   * @throws Rejection if it is not about the pairs of that network
   */
  public static PairBounds claimed(Subject network, Certificate pairs) {
    Certificate about = network.certificate();
    same(about.network(), pairs.network(), "the network");
    same(about.type(), pairs.type(), "the type");
    boolean bounded = about.claim().global().isPresent();
    Rejection.unless(bounded, Reason.MALFORMED, "pairs of a network without a bound");
    Claim.Lipschitz own = about.lipschitz();
    same(new Claim.Pairs(own.norms().input()), pairs.claim(), "the claim");
    List<Double> scales = PairUnits.scales(pairs.units().getLast());
    same(PairUnits.of(about.units(), scales), pairs.units(), "the units");
    List<TensorRecord> tensors = about.tensors();
    same(tensors, pairs.tensors(), "the tensors");
    double most = ofAnyPair(own);
    double[] bounds =
        scales.stream().mapToDouble(scale -> Math.min(Math.nextUp(1 / scale), most)).toArray();
    boolean finite = Arrays.stream(bounds).allMatch(Double::isFinite);
    Rejection.unless(finite, Reason.NOT_A_NUMBER, "a pair whose bound is infinite");
    Digest digest = CertificateText.digest(pairs);
    Subject subject = new Subject(pairs, digest, network.weights(), network.callees());
    return new PairBounds(subject, about.outputSize(), bounds);
  }

  private static <T> void same(T expected, T found, String what) {
    Rejection.unless(
        expected.equals(found),
        Reason.MALFORMED,
        what + " of pairs: " + Quoted.of(String.valueOf(found)));
  }

  /**
   * A bound of the difference of any two outputs that follows from a network's own claim: {@code
   * sqrt(2) L}, or {@code 2 L} where L is a bound to linf; rounded up.
   */
  public static double ofAnyPair(Claim.Lipschitz claim) {
    return claim.ofEachOutput() ? 2 * claim.bound() : Math.nextUp(SQRT2_UP * claim.bound());
  }

  /** The certificate of the pairs with everything that it is about. */
  public Subject subject() {
    return subject;
  }

  /** The number of outputs of the network. */
  public int outputs() {
    return outputs;
  }

  /**
   * The bound of the difference of two outputs, in the norm of the network's inputs: {@code |f_i(x)
   * - f_j(x) - f_i(x') + f_j(x')| <= of(i, j) |x - x'|}, in real arithmetic. It is that of the two
   * in the other order as well.
   *
   * @param i the number of an output, from 0
   * @param j the number of another
   * @throws IndexOutOfBoundsException if there is no such output
   * @throws IllegalArgumentException if the two are one
   */
  public double of(int i, int j) {
    int low = Objects.checkIndex(Math.min(i, j), outputs);
    int high = Objects.checkIndex(Math.max(i, j), outputs);
    if (low == high) {
      throw new IllegalArgumentException("output " + i + " is no pair with itself");
    }
    return bounds[low * (2 * outputs - low - 1) / 2 + high - low - 1];
  }
}
