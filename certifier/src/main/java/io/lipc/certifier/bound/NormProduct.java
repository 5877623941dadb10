package io.lipc.certifier.bound;

import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certifier.problem.Budget;
import io.lipc.certifier.problem.Goal;
import io.lipc.certifier.problem.Problem;
import io.lipc.certifier.problem.Prover;
import io.lipc.certifier.problem.Witnesses;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The product of norms over the graph: sums add, chains multiply, a concatenation takes the root of
 * the sum of squares. It is proved as the matrix inequality over units with a gain, whose rows are
 * whole signals, with the multipliers of {@link Prices}. A small convolution whose norm no torus
 * tells well is kept as the matrix that it is, over single elements.
 *
 * @param norms of all dense units and convolutions of {@code problem}
 */
public record NormProduct(Problem problem, List<LayerNorm> norms, Budget budget)
    implements BoundMethod {

  static final String WORD = "norm-product";

  /** Shares of rho that the multipliers of a unit may cost, one after the other. */
  private static final double[] MARGINS = {1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6};

  /** The least of these where slopes are rounded. */
  private static final double ROUNDED = 1e-11;

  /** The largest size at which equality is tried. */
  private static final int MAX_EXACT = 64;

  /** The method; over the units of a callee it proves no less than the callee's own bound. */
  public static final class Kind implements BoundMethod.Kind {

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public BoundMethod of(Problem problem, Goal goal, Optional<List<LayerNorm>> norms) {
      List<LayerNorm> own = norms.orElseGet(() -> LayerNorm.ofAll(problem, goal.budget()));
      return new NormProduct(problem, own, goal.budget());
    }

    @Override
    public boolean readsUnits() {
      return false;
    }

    @Override
    public LadderRung rung() {
      return LadderRung.PRODUCT;
    }

    @Override
    public boolean readsNorms() {
      return true;
    }
  }

  @Override
  public Optional<List<LayerNorm>> layerNorms() {
    return Optional.of(norms);
  }

  /** Where a proof with unrolled convolutions is too large, that on tori may not be. */
  @Override
  public Search best() {
    Search search = search();
    boolean smaller =
        norms.stream().anyMatch(norm -> norm.unrolled().isPresent() && norm.gain().isPresent());
    return smaller && search instanceof Search.Failed
        ? new NormProduct(problem, LayerNorm.onTori(norms), budget).search()
        : search;
  }

  private Search search() {
    var unproved = LayerNorm.firstUnproved(norms);
    if (unproved.isPresent()) {
      return new Search.Failed(
          budget.isSpent() ? budget.spent() : "no norm was proved for unit " + unproved.getAsInt());
    }
    UnitGains network = UnitGains.of(problem, norms);
    double product = network.fromInput()[problem.units().size() - 1];
    if (!Double.isFinite(product * product)) {
      return new Search.Failed("the product of norms overflows");
    }
    Rows rows = rows(network);
    Optional<Subject> exact = exactly(network, rows, product);
    if (exact.isPresent()) {
      return new Search.Found(exact.get());
    }
    if (rows.count() > Witnesses.MAX_CHOLESKY) {
      return new Search.Failed(
          "too large: " + rows.count() + " rows, at most " + Witnesses.MAX_CHOLESKY);
    }
    double least = problem.hasRoundedSlopes() ? ROUNDED : 0;
    for (double margin : Arrays.stream(MARGINS).filter(margin -> margin >= least).toArray()) {
      Prices prices = Prices.of(network, margin);
      double bound = Math.nextUp(Math.sqrt(Math.nextUp(prices.rho())));
      Optional<Subject> subject =
          Double.isFinite(bound)
              ? prover().prove(claim(bound, rows, prices), rows.count())
              : Optional.empty();
      if (subject.isPresent()) {
        return new Search.Found(subject.get());
      }
    }
    return new Search.Failed("the checker accepted none of the multipliers");
  }

  @Override
  public Optional<Subject> at(double bound) {
    if (LayerNorm.firstUnproved(norms).isPresent()) {
      return Optional.empty();
    }
    UnitGains network = UnitGains.of(problem, norms);
    return exactly(network, rows(network), bound);
  }

  /** Equality can only be had from numbers of few bits: products of others are rounded. */
  private Optional<Subject> exactly(UnitGains network, Rows rows, double bound) {
    boolean rounded = problem.hasRoundedSlopes() || !norms.stream().allMatch(LayerNorm::isShort);
    if (rows.count() > MAX_EXACT || rounded) {
      return Optional.empty();
    }
    return prover()
        .check(claim(bound, rows, Prices.of(network, 0)), new PositivityWitness.ExactElimination());
  }

  private Prover prover() {
    return new Prover(problem, WORD);
  }

  private Prover.Draft claim(double bound, Rows rows, Prices prices) {
    return new Prover.Draft(
        bound, LayerNorm.gains(norms), rows.segmentations(), prices.multipliers());
  }

  /** The segmentations of signals, and the number of rows that bring a coordinate. */
  private record Rows(List<Proof.Segmentation> segmentations, int count) {}

  private Rows rows(UnitGains network) {
    Set<Integer> starters = new HashSet<>();
    for (int i = 0; i < problem.units().size(); i++) {
      Unit unit = problem.units().get(i);
      if (unit instanceof Unit.Input || network.gains().get(i).isPresent()) {
        starters.add(i);
      }
    }
    RowCuts cuts = RowCuts.of(problem.units(), starters);
    return new Rows(cuts.segmentations(), starters.stream().mapToInt(cuts::rows).sum());
  }
}
