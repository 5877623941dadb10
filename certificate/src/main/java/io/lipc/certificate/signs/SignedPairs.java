package io.lipc.certificate.signs;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.inequality.ProofRecords;
import io.lipc.certificate.inequality.WithoutOutput;
import io.lipc.certificate.inequality.WithoutOutput.SlopeForms;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The second proofs of pairs as they are read at one input, where the signs of units' inputs are
 * known.
 *
 * <p><b>Theorem.</b> Let y be the coordinates of such a proof (differences of two executions, at x
 * and at x'), {@code Q = S + |out|^2} its form without the output, {@code X(y)} what the input
 * contributes to Q, and for each slope constraint {@code du = w - a p}, {@code dv = w - b p}:
 *
 * <pre>y'Qy = X(y) + 2 sum lambda du dv.</pre>
 *
 * <p>Where a function is {@code a t} below 0 and {@code b t} above, {@code a < b}, its value less
 * {@code a t} and less {@code b t} are {@code u = (b - a) max(t, 0)} and {@code v = (b - a) max(-t,
 * 0)}: not negative, and {@code u v = 0}, at x (u0, v0) and at x'. So {@code du dv = -(u0 v + v0
 * u)}. Let m be the difference of the two outputs at x, and m' at x'; {@code m' = m + out}. For all
 * {@code sigma >= 0}, {@code A <= lambda v0} and {@code B <= lambda u0} (both 0 for other
 * constraints, of which {@code lambda du dv <= 0} is known for each group):
 *
 * <pre>
 * sigma m' >= sigma (m + out) + (y'Qy - X(y)) / 2 + sum (lambda v0 u + lambda u0 v)
 *             - sum ((lambda v0 - A) u + (lambda u0 - B) v)
 *          =  sigma m + sum (A u0 + B v0) - X(y) / 2 + c'y + y'Qy / 2,
 * </pre>
 *
 * <p>with {@code c = sigma out + sum (A du + B dv)} as a form. The least value of the last two
 * terms over all y is {@code -c'Q^-1 c / 2}, so {@code sigma m' >= F - X(y) / 2} with
 *
 * <pre>F = sigma m + sum (A u0 + B v0) - c'Q^-1 c / 2.</pre>
 *
 * <p>X(y) is at most {@code |x - x'|^2} in the norm of the claim, which is 1 to linf: so m' stays
 * positive while {@code |x - x'|^2 < 2 F}. {@code A = B = 0} and the best sigma give the radius of
 * a bound that the multipliers prove, which may be above the one that is claimed. With {@code Q >=
 * delta I} and any z, {@code c'Q^-1 c <= 2 c'z - z'Qz + |c - Qz|^2 / delta}: nothing has to be
 * inverted exactly.
 */
public final class SignedPairs {

  /** Entries of all forms: networks of more are not looked at. */
  private static final int MAX_ENTRIES = 1 << 22;

  private final Subject evaluated;
  private final WithoutOutput forms;

  /** The number of a unit of the forms less that of the same unit of what is evaluated. */
  private final int shift;

  final Rows p;
  final Rows w;
  final Rows outputs;
  final double delta;
  private final List<double[]> multipliers;
  private final List<double[]> squares;
  private final List<Double> scales;

  private SignedPairs(
      Subject evaluated,
      int shift,
      WithoutOutput forms,
      double delta,
      List<double[]> multipliers,
      List<double[]> squares,
      List<Double> scales) {
    this.evaluated = evaluated;
    this.shift = shift;
    this.forms = forms;
    this.p = new Rows(forms.slopes().stream().map(SlopeForms::p).toList());
    this.w = new Rows(forms.slopes().stream().map(SlopeForms::w).toList());
    this.outputs = new Rows(forms.outputs());
    this.delta = delta;
    this.multipliers = multipliers;
    this.squares = squares;
    this.scales = scales;
  }

  /**
   * The proofs of a certificate of pairs.
   *
   * @param pairs accepted by the checker, with all that it is about
   * @return empty if it has no delta, proofs by other constraints than slopes of single elements,
   *     or no function whose signs say something
   */
  public static Optional<SignedPairs> of(Subject pairs) {
    return of(pairs, MAX_ENTRIES);
  }

  /** The same for forms of so many entries at most. */
  static Optional<SignedPairs> of(Subject pairs, int maxEntries) {
    if (!(pairs.certificate().claim() instanceof Claim.Pairs claim) || claim.delta().isEmpty()) {
      return Optional.empty();
    }
    try {
      Subject read = CertificateChecker.read(pairs);
      Subject plain =
          claim.measured().map(_ -> CertificateChecker.read(withoutScale(pairs))).orElse(read);
      Work work = new Work(() -> {});
      pairs.weights().tensors().values().forEach(work::allow);
      int bounding = read.certificate().bounding();
      List<Proof> proofs = read.certificate().proofs();
      WithoutOutput forms = WithoutOutput.of(read, bounding, work);
      List<double[]> multipliers = new ArrayList<>();
      List<double[]> squares = new ArrayList<>();
      for (Proof proof : proofs.subList(bounding, proofs.size())) {
        ProofRecords records = new ProofRecords(proof);
        squares.add(squares(records, claim, forms.inputs()));
        multipliers.add(multipliers(records, forms.slopes()));
        records.requireNoneLeft();
      }
      List<Double> scales = PairUnits.scales(pairs.certificate().units().getLast());
      int shift = read.certificate().units().size() - plain.certificate().units().size();
      SignedPairs found =
          new SignedPairs(
              plain, shift, forms, claim.delta().getAsDouble(), multipliers, squares, scales);
      long entries = (long) found.p.entries() + found.w.entries() + found.outputs.entries();
      boolean bends = IntStream.range(0, found.constraints()).anyMatch(found::isKinked);
      return bends && entries <= maxEntries ? Optional.of(found) : Optional.empty();
    } catch (Rejection | ArithmeticException notOfSlopesAlone) {
      return Optional.empty();
    }
  }

  private static Subject withoutScale(Subject pairs) {
    Certificate scaled = pairs.certificate();
    Claim.Pairs claim = (Claim.Pairs) scaled.claim();
    Certificate plain =
        new Certificate(
            scaled.network(),
            scaled.type(),
            new Claim.Pairs(claim.input(), Optional.empty(), claim.delta()),
            scaled.method(),
            scaled.units(),
            scaled.grounds());
    return new Subject(plain, pairs.digest(), pairs.weights(), pairs.callees());
  }

  /**
   * The factors of the squares of the input's elements in Q: 1, or from linf those of the proof.
   */
  private static double[] squares(ProofRecords records, Claim.Pairs claim, int inputs) {
    if (claim.inequality().fromLargest()) {
      return array(records.multipliers(0, Constraint.RANGE, inputs), "no ranges");
    }
    double[] ones = new double[inputs];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The multiplier of each constraint; what is left in the records is refused later. */
  private static double[] multipliers(ProofRecords records, List<SlopeForms> slopes) {
    double[] all = new double[slopes.size()];
    for (int from = 0, end; from < all.length; from = end) {
      int unit = slopes.get(from).unit();
      end = from;
      while (end < all.length && slopes.get(end).unit() == unit) {
        end++;
      }
      int groups = slopes.get(end - 1).group() + 1;
      double[] ofUnit = array(records.multipliers(unit, Constraint.SLOPE, groups), "no slopes");
      for (int k = from; k < end; k++) {
        all[k] = ofUnit[slopes.get(k).group()];
      }
    }
    return all;
  }

  private static double[] array(Optional<List<Double>> values, String otherwise) {
    return values.orElseThrow(() -> new Rejection(Reason.MALFORMED, otherwise)).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /**
   * Whether a function is {@code a t} below 0 and {@code b t} above, for the slopes {@code a < b}
   * of its constraint; t is the element itself, or what the constraint of a group reads.
   */
  private static boolean isKinked(ActivationFunction function) {
    return switch (function) {
      case OfElements elements ->
          switch (elements.kind()) {
            case RELU, ABS -> true;
            // Above 1 it is concave, and both numbers of the theorem are not positive.
            case LEAKY_RELU -> elements.constants().getFirst() < 1;
            case RELU6, TANH, SIGMOID, HARD_TANH, HARD_SIGMOID, HARD_SWISH, ELU, CELU, SELU ->
                false;
            case SOFTPLUS, SOFTSIGN, SILU, GELU, GELU_TANH, MISH, SIN -> false;
          };
      case OfGroups groups ->
          switch (groups.kind()) {
            // The constraint of two is |z_1 - z_2|, and that of a reflection a relu.
            case MAXMIN, HOUSEHOLDER -> true;
            case GROUP_SORT -> groups.constants().getFirst() == 2;
            case SOFTMAX, LAYER_NORM, L2_NORMALIZE -> false;
          };
    };
  }

  /** The unit of a constraint, as it is evaluated. */
  Unit.Activation unit(int constraint) {
    int at = forms.slopes().get(constraint).unit() - shift;
    return (Unit.Activation) evaluated.certificate().units().get(at);
  }

  boolean isKinked(int constraint) {
    return isKinked(unit(constraint).function());
  }

  SlopeForms slope(int constraint) {
    return forms.slopes().get(constraint);
  }

  Subject evaluated() {
    return evaluated;
  }

  double scale(int pair) {
    return scales.get(pair);
  }

  double[] lambda(int pair) {
    return multipliers.get(pair);
  }

  double[] mu(int pair) {
    return squares.get(pair);
  }

  /** The number of slope constraints. */
  public int constraints() {
    return forms.slopes().size();
  }

  /** The number of coordinates, of which those of the input come first. */
  public int coordinates() {
    return forms.coordinates();
  }

  /** The number of coordinates of the input. */
  public int inputs() {
    return forms.inputs();
  }

  /** The number of pairs. */
  public int pairs() {
    return multipliers.size();
  }

  /** The same numbers of one pair in plain doubles, for a search, which proves nothing. */
  public SearchedPair searched(int pair) {
    int count = constraints();
    double[][] du = new double[count][];
    double[][] dv = new double[count][];
    boolean[] kinked = new boolean[count];
    for (int k = 0; k < count; k++) {
      double[] read = p.nearest(k, coordinates());
      du[k] = w.nearest(k, coordinates());
      dv[k] = du[k].clone();
      for (int i = 0; i < read.length; i++) {
        du[k][i] -= slope(k).slopes().lower() * read[i];
        dv[k][i] -= slope(k).slopes().upper() * read[i];
      }
      kinked[k] = isKinked(k);
    }
    double[] out = outputs.nearest(pair, coordinates());
    return new SearchedPair(du, dv, kinked, out, lambda(pair).clone(), mu(pair).clone());
  }

  /**
   * A pair's numbers in doubles.
   *
   * @param du the forms {@code w - a p}
   * @param dv the forms {@code w - b p}
   * @param kinked the constraints whose signs are used
   * @param out the form of the difference of the outputs
   * @param lambda the multiplier of each constraint
   * @param mu the factors of the squares of the input's elements
   */
  public record SearchedPair(
      double[][] du, double[][] dv, boolean[] kinked, double[] out, double[] lambda, double[] mu) {}

  /**
   * The values at one input.
   *
   * @param x one finite number for each element of the network's input, not of its scale
   */
  public SignedPoint at(double[] x) {
    return new SignedPoint(this, x);
  }
}
