package io.lipc.certificate.frequency;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.frequency.TorusNetwork.Bounded;
import io.lipc.certificate.inequality.Assembly;
import io.lipc.certificate.inequality.ProofRecords;
import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Positivity;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides whether multipliers, one for each channel, prove the bound L of a network of images, on a
 * torus: {@code S = L^2 |x|^2 - |y|^2 - sum_i lambda_i Q_i >= 0} (docs/soundness.md).
 *
 * <p><b>The torus is enough.</b> Take signals of the grid, and those of the torus that follow them
 * ({@link TorusNetwork}). S of the torus sums over all of its pixels, S of the grid over those of
 * each grid. On these both are the same. On the others a new signal w is zero, and what S of the
 * torus has there is {@code -|y|^2} and {@code -lambda_i Q_i(z, 0)}, {@code Q(z, 0) = -2 a b |z|^2}
 * for slopes [a, b] with {@code a <= 0 <= b}, {@code gain^2 |z|^2} for a gain: nothing of it is
 * positive. So S of the grid is at least S of the torus. All forms of the torus are sums over
 * pixels of products of signals with one factor for all pixels of a channel, and waves of different
 * frequencies are orthogonal: S of the torus is the sum of {@code xi(w)* S(w) xi(w)} over all
 * frequencies w, xi(w) the coordinates at w. It is positive if all S(w) are; S(-w) is the conjugate
 * of S(w), and has its eigenvalues.
 *
 * <p><b>A head.</b> A linear unit may read the torus that the units behind it do not see. Its value
 * is {@code z = sum_w V(w) xi(w) / sqrt(n)}, n the number of frequencies, V(w) that of {@link
 * TorusHead}, as the coordinates of waves of length 1 are meant. Let S(w) be without {@code -|y|^2}
 * and the multipliers of the units behind. Take any Y(w) for which
 *
 * <pre>[S(w), V(w)*; V(w), Y(w)] > 0,   Y = sum_w Y(w) / n.</pre>
 *
 * <p>For -w the conjugates serve, so Y is real. For each u the sum over w of these forms at {@code
 * (xi(w), -u / sqrt(n))} gives {@code sum_w xi(w)* S(w) xi(w) >= 2 u'z - u'Y u}, and Y > 0: with
 * {@code u = Y^-1 z}, S of the torus without head is at least {@code z' Y^-1 z}. So the bound holds
 * if {@code z' Y^-1 z - |y|^2 - sum_i lambda_i Q_i >= 0} over the units behind, for all z, that is
 * for all {@code z = Y u}: {@code u'Y u - |y|^2 - sum_i lambda_i Q_i >= 0}, in which u is the input
 * and the head gives Y u ({@link Assembly#behind}).
 *
 * <p>Y(w) is {@code V S^-1 V*}, computed in doubles and enlarged: whatever comes out is a choice.
 */
public final class TorusInequality {

  /** Products of multipliers with slopes do not underflow. */
  private static final double LEAST = 0x1p-500;

  private final Subject subject;
  private final Work work;
  private final TorusNetwork network;
  private final Ball square;
  private final List<double[]> multipliers = new ArrayList<>();
  private final Optional<TorusHead> head;
  private final int terms;

  private TorusInequality(
      Subject subject, Proof proof, AllFrequencies witness, ProofRecords records, Work work) {
    this.subject = subject;
    this.work = work;
    Certificate certificate = subject.certificate();
    List<Unit> units = certificate.units();
    Set<Integer> cropped =
        proof.multipliers().stream()
            .filter(multiplier -> multiplier.constraint() == Constraint.CROP)
            .map(Proof.Multiplier::unit)
            .collect(Collectors.toSet());
    int end = witness.head().orElse(units.size());
    boolean small = end == units.size() || units.get(end).size() <= TorusGain.MAX_COORDINATES;
    unless(small, Reason.TOO_LARGE, "a head of many rows");
    this.network = TorusNetwork.of(units, end, subject.weights(), witness.torus(), cropped);
    this.head =
        end == units.size()
            ? Optional.empty()
            : Optional.of(network.head((Unit.Linear) units.get(end), work));
    Ball bound = Ball.of(certificate.inequality().bound());
    this.square = bound.times(bound);
    network.bounded().forEach(bounded -> multipliers.add(multipliers(records, bounded)));
    this.terms = network.bounded().stream().mapToInt(b -> network.rows(b.read())).sum() + rows(end);
  }

  /**
   * The number of rows that are subtracted last, with a few more on the diagonal and for cross
   * terms.
   */
  private int rows(int end) {
    return network.rows(network.signalOf(end - 1)) + 8;
  }

  /** One for each row of what is bounded. */
  private double[] multipliers(ProofRecords records, Bounded bounded) {
    int unit = bounded.place().unit();
    int count = bounded.channels() / bounded.shares();
    Optional<List<Double>> values = records.multipliers(unit, bounded.place().constraint(), count);
    unless(values.isPresent(), Reason.MALFORMED, "unit " + unit + ": no multiplier");
    boolean normal = values.get().stream().allMatch(value -> value >= LEAST);
    unless(normal, Reason.NOT_POSITIVE_DEFINITE, "a multiplier that is zero, of unit " + unit);
    int rows = network.rowsFrom(bounded);
    return IntStream.range(0, rows)
        .mapToDouble(row -> values.get().get(count == 1 ? 0 : row / (rows / bounded.channels())))
        .toArray();
  }

  /**
   * Decides about one proof. Behind a head the output may be one of its elements, as proofs to linf
   * have it: nothing above depends on which y is behind.
   *
   * @param subject its weights and callees are checked
   * @param number of the proof, by all frequencies
   * @throws io.lipc.certificate.verdict.Rejection if it is not one about this network
   * @throws ArithmeticException if that would take more work than is left
   */
  public static Decision decide(Subject subject, int number, AllFrequencies witness, Work work) {
    Certificate certificate = subject.certificate();
    Proof proof = certificate.proofs().get(number);
    boolean headed = witness.head().isPresent() || !certificate.inequality().ofEachOutput();
    boolean fits = headed && !certificate.inequality().fromLargest();
    unless(fits, Reason.MALFORMED, "a torus is from l2, and to linf behind a head alone");
    unless(proof.gains().isEmpty(), Reason.MALFORMED, "a torus has no use for gains");
    witness.head().ifPresent(head -> requireHead(certificate.units(), head));
    ProofRecords records = new ProofRecords(proof);
    TorusInequality inequality = new TorusInequality(subject, proof, witness, records, work);
    return inequality.head.isPresent()
        ? inequality.decideWithHead(witness.head().orElseThrow(), number, records)
        : inequality.decide(records);
  }

  private static void requireHead(List<Unit> units, int head) {
    boolean linear = head > 0 && head < units.size() && units.get(head) instanceof Unit.Linear;
    unless(linear, Reason.MALFORMED, "unit " + head + " is no linear unit behind others");
  }

  private Decision decide(ProofRecords records) {
    records.requireNoneLeft();
    int waves = network.half() * network.across();
    boolean positive =
        IntStream.range(0, waves)
            .parallel()
            .allMatch(
                wave -> form(wave / network.across(), wave % network.across()).isPositive(work));
    return positive ? Decision.POSITIVE : Decision.NOT_PROVED;
  }

  private Hermitian form(int j, int k) {
    List<Waves> signals = signals(j, k);
    Hermitian form = form(signals);
    Waves y = signals.getLast();
    subtractSquares(form, y.from(), y.matrix());
    return form;
  }

  private List<Waves> signals(int j, int k) {
    work.spend(network.work());
    return network.at(j, k, work);
  }

  private void subtractSquares(Hermitian form, int from, ComplexMatrix rows) {
    work.spend((long) rows.rows() * rows.columns() * rows.columns());
    form.subtractSquares(from, rows, work);
  }

  /** S(w) without {@code -|y|^2}. */
  private Hermitian form(List<Waves> signals) {
    Hermitian form = new Hermitian(network.coordinates(), terms);
    for (int i = 0; i < network.inputs(); i++) {
      form.add(i, square);
    }
    for (int i = 0; i < multipliers.size(); i++) {
      Bounded bounded = network.bounded().get(i);
      add(form, bounded, signals.get(bounded.read()), multipliers.get(i));
    }
    return form;
  }

  /**
   * {@code -lambda Q}: for slopes {@code -2 lambda (a + b) z'w + 2 lambda a b |z|^2 + 2 lambda
   * |w|^2}, for a gain {@code lambda |w|^2 - lambda gain^2 |z|^2}.
   */
  private void add(Hermitian form, Bounded bounded, Waves z, double[] lambda) {
    boolean gain = bounded.place().constraint() == Constraint.GAIN;
    double a = bounded.slopes().lower();
    double b = bounded.slopes().upper();
    for (int row = 0; row < lambda.length; row++) {
      int at = bounded.from() + row;
      form.add(at, Ball.of(gain ? lambda[row] : 2 * lambda[row]));
      if (!gain) {
        form.addRow(at, z.from(), -lambda[row] * (a + b), z.matrix(), row);
      }
    }
    if (gain || a < 0) {
      double factor = gain ? b * b : -2 * a * b;
      int rows = z.matrix().rows();
      double[] roots =
          IntStream.range(0, rows)
              .mapToDouble(row -> root(lambda[row * lambda.length / rows] * factor))
              .toArray();
      subtractSquares(form, z.from(), z.matrix().scaled(roots));
    }
  }

  /**
   * Above the root of a product of three numbers, of which this is the rounded one: two of them are
   * at least 2^-400, so only the last product may underflow, and is below 2^-1022 then.
   */
  private static double root(double product) {
    return Math.sqrt(product) * (1 + 0x1p-49) + LEAST;
  }

  private Decision decideWithHead(int at, int number, ProofRecords records) {
    TorusHead rows = head.orElseThrow();
    List<Optional<HeadMatrix>> parts =
        IntStream.range(0, network.half()).parallel().mapToObj(j -> head(rows, j)).toList();
    if (parts.stream().anyMatch(Optional::isEmpty)) {
      return Decision.NOT_PROVED;
    }
    HeadMatrix sum = new HeadMatrix(rows.size());
    parts.forEach(part -> sum.add(part.get(), 1));
    List<List<Ball>> y = sum.dividedBy(network.frequencies());
    return Assembly.behind(subject, number, at, y, records, work)
        .map(matrix -> Positivity.factorises(matrix, work))
        .orElse(Decision.NOT_PROVED);
  }

  /** The sum of Y(w) over the frequencies of one j, and their opposites. */
  private Optional<HeadMatrix> head(TorusHead rows, int j) {
    HeadMatrix sum = new HeadMatrix(rows.size());
    for (int k = 0; k < network.across(); k++) {
      List<Waves> signals = signals(j, k);
      work.spend(rows.work());
      var part = HeadMatrix.above(form(signals), rows.at(signals, j, k, work), work);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      sum.add(part.get(), network.weight(j));
    }
    return Optional.of(sum);
  }
}
