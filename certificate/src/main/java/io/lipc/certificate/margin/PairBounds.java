package io.lipc.certificate.margin;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Norm;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Digest;
import io.lipc.formats.NetworkName;
import io.lipc.formats.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * For each two outputs i and j of a network f, a certified Lipschitz bound of {@code f_i - f_j}, in
 * the norm of the network's inputs.
 *
 * <p>What proves them is a certificate like any other, of the network g that is f followed by five
 * units: the first outputs of all pairs, the second ones, these times -1, the sum, and a factor
 * {@code s_p > 0} for each pair. It claims that g is 1-Lipschitz to linf, which is one claim for
 * each pair: {@code s_p |f_i(x) - f_j(x) - f_i(x') + f_j(x')| <= |x - x'|}, for all x and x'. So
 * {@code f_i - f_j} is {@code 1 / s_p}-Lipschitz; the quotient is rounded up.
 *
 * <p>{@code |e_i - e_j|_2 = sqrt(2)} and {@code |e_i - e_j|_1 = 2}: where f is bounded by L to l2,
 * no pair has more than {@code sqrt(2) L}, and to linf none more than {@code 2 L}. The smaller
 * bound of the two is taken.
 */
public final class PairBounds {

  /** So many outputs have 2016 pairs, each with a proof of its own. */
  public static final int MAX_OUTPUTS = 64;

  private static final double SQRT2_UP = Math.nextUp(Math.sqrt(2));

  private final Subject subject;
  private final int outputs;
  private final double[] bounds;

  private PairBounds(Subject subject, int outputs, double[] bounds) {
    this.subject = subject;
    this.outputs = outputs;
    this.bounds = bounds;
  }

  /** The name under which a certificate of the pairs of {@code network} stands. */
  public static String nameOf(String network) {
    return NetworkName.ofPairs(network);
  }

  /** The number of pairs of so many outputs. */
  public static int count(int outputs) {
    return outputs * (outputs - 1) / 2;
  }

  /**
   * The units that a certificate of pairs is about.
   *
   * @param network the units of the network
   * @param scales a factor for each pair (0, 1), (0, 2), ..., (1, 2), ... of its outputs
   * @throws Rejection if the network has less than two outputs, or more than {@link #MAX_OUTPUTS},
   *     or if there is not one factor for each pair
   */
  public static List<Unit> units(List<Unit> network, List<Double> scales) {
    int last = network.size() - 1;
    int outputs = network.get(last).size();
    boolean paired = outputs >= 2 && outputs <= MAX_OUTPUTS && scales.size() == count(outputs);
    Rejection.unless(paired, Reason.WRONG_SHAPE, scales.size() + " pairs of " + outputs);
    List<Integer> first = new ArrayList<>();
    List<Integer> second = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      for (int j = i + 1; j < outputs; j++) {
        first.add(i);
        second.add(j);
      }
    }
    int pairs = scales.size();
    List<Unit> units = new ArrayList<>(network);
    units.add(Unit.select(last, first));
    units.add(Unit.select(last, second));
    units.add(Unit.scale(last + 2, -1, pairs));
    units.add(Unit.sum(List.of(last + 1, last + 3), pairs));
    units.add(Unit.affine(last + 4, scales, scales.stream().map(_ -> 0.0).toList(), pairs));
    return List.copyOf(units);
  }

  /**
   * What the checker accepts of the pairs of a network.
   *
   * @param network accepted, with everything that it is about
   * @param pairs a certificate, of which nothing is known
   * @throws Rejection if it is not about the pairs of that network, or if the checker rejects it
   */
  public static PairBounds checked(Subject network, Certificate pairs) {
    PairBounds bounds = claimed(network, pairs);
    if (bounds.check() instanceof Verdict.Rejected rejected) {
      throw new Rejection(rejected.reason(), rejected.detail());
    }
    return bounds;
  }

  /**
   * What a certificate claims of the pairs of a network; whether it is true is for {@link #check}
   * to say.
   *
   * @param network with everything that it is about
   * @param pairs a certificate
   * @throws Rejection if it is not about the pairs of that network
   */
  public static PairBounds claimed(Subject network, Certificate pairs) {
    Certificate about = network.certificate();
    same(nameOf(about.network()), pairs.network(), "the network");
    same(about.type(), pairs.type(), "the type");
    Norms norms = new Norms(about.claim().norms().input(), Norm.LINF);
    same(new Claim.Lipschitz(norms, 1), pairs.claim(), "the claim");
    same(1.0, pairs.declared(), "the declared bound");
    List<Double> scales = scales(pairs.units().getLast());
    same(units(about.units(), scales), pairs.units(), "the units");
    List<TensorRecord> tensors = about.tensors();
    same(tensors, pairs.tensors(), "the tensors");
    double most = ofAnyPair(about.claim());
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

  private static List<Double> scales(Unit last) {
    if (last instanceof Unit.Linear(_, Diagonal(List<Double> scale, _), _)) {
      boolean positive = scale.stream().allMatch(factor -> factor > 0 && Double.isFinite(factor));
      Rejection.unless(positive, Reason.MALFORMED, "a factor of a pair is not positive");
      return scale;
    }
    throw new Rejection(Reason.MALFORMED, "the last unit has no factors of pairs");
  }

  /**
   * A bound of the difference of any two outputs that follows from a network's own claim: {@code
   * sqrt(2) L}, or {@code 2 L} where L is a bound to linf; rounded up.
   */
  public static double ofAnyPair(Claim claim) {
    return claim.ofEachOutput() ? 2 * claim.bound() : Math.nextUp(SQRT2_UP * claim.bound());
  }

  /** Runs the checker on the certificate of the pairs, as {@link CertificateChecker#check} does. */
  public Verdict check() {
    return CertificateChecker.check(subject);
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
