package io.lipc.certificate.margin;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.InputScale;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Digest;
import io.lipc.formats.Norm;
import io.lipc.formats.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * For each two outputs i and j of a network f, a certified Lipschitz bound of {@code f_i - f_j}, in
 * the norm of the network's inputs, or in the scale of its scaled bound.
 *
 * <p>What proves them is a certificate of {@link Claim.Pairs}, whose units define a network g that
 * gives {@code s_p (f_i - f_j)} for each pair, with a factor {@code s_p > 0} ({@link PairUnits}).
 * It proves that g is 1-Lipschitz to linf, which is one claim for each pair: {@code s_p |f_i(x) -
 * f_j(x) - f_i(x') + f_j(x')| <= |x - x'|}, for all x and x'. So {@code f_i - f_j} is {@code 1 /
 * s_p}-Lipschitz; the quotient is rounded up. Where the claim has a scale, {@code |x - x'|} is that
 * scale's distance, here and below.
 *
 * <p>{@code |e_i - e_j|_2 = sqrt(2)} and {@code |e_i - e_j|_1 = 2}: where f is bounded by L to l2,
 * no pair has more than {@code sqrt(2) L}, and to linf none more than {@code 2 L}. The smaller
 * bound of the two is taken.
 */
public final class PairBounds {

  private static final double SQRT2_UP = Math.nextUp(Math.sqrt(2));

  private final Subject subject;
  private final Norm input;
  private final int outputs;
  private final double[] bounds;

  private PairBounds(Subject subject, Norm input, int outputs, double[] bounds) {
    this.subject = subject;
    this.input = input;
    this.outputs = outputs;
    this.bounds = bounds;
  }

  /**
   * The bounds of a network's pairs for plain differences of inputs, if they are among its claims.
   *
   * @param network with everything that it is about
   * @param further its certificates of other claims, each accepted
   */
  public static Optional<PairBounds> among(Subject network, List<Subject> further) {
    return among(network, further, Optional.empty()).findFirst();
  }

  /**
   * The bounds of a network's pairs in the distance of a scaled bound, if they are among its
   * claims; none is above what follows from that bound.
   *
   * @param network with everything that it is about
   * @param further its certificates of other claims, each accepted
   * @param scaled one of these claims
   */
  public static Optional<PairBounds> among(
      Subject network, List<Subject> further, Claim.Scaled scaled) {
    return among(network, further, scaled.measured())
        .filter(pairs -> pairs.input == scaled.bound().norms().input())
        .map(pairs -> pairs.atMost(ofAnyPair(scaled.bound())))
        .findFirst();
  }

  /**
   * The bounds of a network's pairs, in whatever distance they are: {@link #measured()} says it.
   *
   * @param network with everything that it is about
   * @param further its certificates of other claims, each accepted
   */
  public static Optional<PairBounds> inAnyScale(Subject network, List<Subject> further) {
    return further.stream()
        .map(other -> other.certificate().claim())
        .filter(Claim.Scaled.class::isInstance)
        .findFirst()
        .flatMap(scaled -> among(network, further, (Claim.Scaled) scaled))
        .or(() -> among(network, further));
  }

  private static Stream<PairBounds> among(
      Subject network, List<Subject> further, Optional<InputScale> measured) {
    return further.stream()
        .map(Subject::certificate)
        .filter(
            certificate ->
                certificate.claim() instanceof Claim.Pairs pairs
                    && pairs.measured().equals(measured))
        .map(pairs -> claimed(network, pairs));
  }

  private PairBounds atMost(double most) {
    return new PairBounds(
        subject,
        input,
        outputs,
        Arrays.stream(bounds).map(bound -> Math.min(bound, most)).toArray());
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
    Claim.Pairs claim =
        pairs.claim() instanceof Claim.Pairs found ? found : plain(own, OptionalDouble.empty());
    boolean plain = claim.measured().isEmpty();
    same(plain ? plain(own, claim.delta()) : claim, pairs.claim(), "the claim");
    List<Double> scales = PairUnits.scales(pairs.units().getLast());
    same(PairUnits.of(about.units(), scales), pairs.units(), "the units");
    List<TensorRecord> tensors = about.tensors();
    same(tensors, pairs.tensors(), "the tensors");
    // The network's bound is about plain differences.
    double most = plain ? ofAnyPair(own) : Double.POSITIVE_INFINITY;
    double[] bounds =
        scales.stream().mapToDouble(scale -> Math.min(Math.nextUp(1 / scale), most)).toArray();
    boolean finite = Arrays.stream(bounds).allMatch(Double::isFinite);
    Rejection.unless(finite, Reason.NOT_A_NUMBER, "a pair whose bound is infinite");
    Digest digest = CertificateText.digest(pairs);
    Subject subject = new Subject(pairs, digest, network.weights(), network.callees());
    return new PairBounds(subject, claim.input(), about.outputSize(), bounds);
  }

  private static Claim.Pairs plain(Claim.Lipschitz own, OptionalDouble delta) {
    return new Claim.Pairs(own.norms().input(), Optional.empty(), delta);
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

  /** How differences of inputs are measured, where it is not by their norm alone. */
  public Optional<InputScale> measured() {
    return claim().measured();
  }

  /** The number that radii by signs rest on beside these bounds; see {@link Claim.Pairs}. */
  public OptionalDouble delta() {
    return claim().delta();
  }

  private Claim.Pairs claim() {
    return (Claim.Pairs) subject.certificate().claim();
  }

  /**
   * The bound of the difference of two outputs, in the norm of the network's inputs or the distance
   * that {@link #measured()} says: {@code |f_i(x) - f_j(x) - f_i(x') + f_j(x')| <= of(i, j) |x -
   * x'|}, in real arithmetic. It is that of the two in the other order as well.
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
    return bounds[PairUnits.number(low, high, outputs)];
  }
}
