package io.lipc.certifier.lmi;

import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.search.TorusMatrices;
import io.lipc.certificate.search.TorusMatrices.Bounded;
import io.lipc.certificate.search.TorusMatrices.Rows;
import io.lipc.certifier.lmi.InteriorPoint.Ending;
import io.lipc.certifier.lmi.InteriorPoint.Result;
import io.lipc.certifier.problem.Goal;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Memory;
import io.lipc.linalg.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The matrix inequalities of all frequencies of a torus, with one rho and one multiplier for each
 * channel, minimised over a few frequencies at a time: those at which the multipliers of the last
 * minimum need the largest rho are added, until none needs a larger one.
 *
 * <p>Complex matrices are real ones of twice the size, as in {@link FrequencyElimination}.
 */
public final class FrequencyInequalities {

  /** The number of frequencies that are taken at first, and added each time. */
  private static final int FIRST = 6;

  private static final int MORE = 4;

  private static final int MAX_ROUNDS = 12;

  /** A gap that is closed, relative to rho; and what other frequencies may need more of rho. */
  private static final double GAP = 1e-5;

  /**
   * Near the optimum S is singular: so shares of the start, which is feasible at all frequencies,
   * are added, the more of them the more is left.
   */
  private static final List<Double> SHARES = List.of(1e-5, 1e-4, 1e-3, 1e-2);

  /** The factor by which the start exceeds the rho that its multipliers need. */
  private static final double SLACK = 1.3;

  private final TorusMatrices network;
  private final List<Bounded> bounded;
  private final List<MatrixInequality> all;

  private final Deadline deadline;

  private FrequencyInequalities(TorusMatrices network, Deadline deadline) {
    this.deadline = deadline;
    this.network = network;
    this.bounded = network.bounded();
    requireRoom(network);
    this.all = IntStream.range(0, network.waves()).parallel().mapToObj(this::inequality).toList();
  }

  /**
   * Multipliers that should prove a bound.
   *
   * @param multipliers those of channels, for this rho
   * @param rho a little more than the least that they prove, in doubles
   */
  public record Found(List<Proof.Multiplier> multipliers, double rho) {}

  /**
   * Minimises rho.
   *
   * @return those with the least rho first; empty where the start is not feasible in doubles
   */
  public static List<Found> minimise(TorusMatrices network, Goal goal) {
    return FrequencyElimination.halved(network, goal.deadline()).stream()
        .flatMap(
            start ->
                new FrequencyInequalities(network, goal.deadline()).minimise(start, goal).stream())
        .toList();
  }

  private List<Found> minimise(FrequencyElimination.Result start, Goal goal) {
    double rho = SLACK * start.output()[0][0];
    double[] feasible = each(start.multipliers());
    Arrays.setAll(feasible, i -> feasible[i] * rho);
    double[] needed = needed(feasible);
    return largest(needed) < rho ? minimise(feasible, needed, rho, goal) : List.of();
  }

  /** From a start that is feasible at all frequencies, which needs so much at each. */
  private List<Found> minimise(double[] feasible, double[] first, double rho, Goal goal) {
    double[] needed = first;
    double least = largest(needed);
    List<Integer> taken = new ArrayList<>(worst(needed, List.of(), FIRST));
    double[] best = feasible;
    for (int round = 0; round < MAX_ROUNDS && !goal.budget().isSpent(); round++) {
      Result result =
          InteriorPoint.minimise(taken.stream().map(all::get).toList(), rho, feasible, GAP, goal);
      if (result.ending() == Ending.INFEASIBLE_START) {
        break;
      }
      double[] lambda = with(feasible, SHARES.getFirst() * result.rho() / rho, result.lambda());
      needed = needed(lambda);
      double reached = largest(needed);
      if (reached < least) {
        best = result.lambda();
        least = reached;
      }
      if (reached <= result.rho() * (1 + 10 * GAP) || goal.isReached(least)) {
        break;
      }
      taken.addAll(worst(needed, taken, MORE));
    }
    return candidates(best, feasible, least / rho);
  }

  private List<Found> candidates(double[] best, double[] feasible, double scale) {
    List<Found> candidates = new ArrayList<>();
    for (double share : SHARES) {
      double[] lambda = with(feasible, share * scale, best);
      double rho = largest(needed(lambda)) * (1 + share);
      candidates.add(new Found(multipliers(lambda), rho));
    }
    return candidates;
  }

  private static double[] with(double[] feasible, double share, double[] lambda) {
    double[] sum = new double[lambda.length];
    Arrays.setAll(sum, i -> lambda[i] + share * feasible[i]);
    return sum;
  }

  /** The multipliers of units, once for each channel. */
  private double[] each(List<Proof.Multiplier> start) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < bounded.size(); i++) {
      double value = start.get(i).values().getFirst();
      IntStream.range(0, bounded.get(i).multipliers()).forEach(_ -> values.add(value));
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private List<Proof.Multiplier> multipliers(double[] lambda) {
    List<Proof.Multiplier> multipliers = new ArrayList<>();
    int at = 0;
    for (Bounded signal : bounded) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < signal.multipliers(); i++) {
        values.add(lambda[at++]);
      }
      multipliers.add(
          new Proof.Multiplier(signal.place().unit(), signal.place().constraint(), values));
    }
    return multipliers;
  }

  /** The least rho of these multipliers at each frequency; infinite where there is none. */
  private double[] needed(double[] lambda) {
    return all.stream()
        .parallel()
        .mapToDouble(
            inequality -> inequality.leastRho(lambda, deadline).orElse(Double.POSITIVE_INFINITY))
        .toArray();
  }

  private static double largest(double[] needed) {
    return Arrays.stream(needed).max().orElse(0);
  }

  private static List<Integer> worst(double[] needed, List<Integer> without, int count) {
    return IntStream.range(0, needed.length)
        .boxed()
        .filter(wave -> !without.contains(wave))
        .sorted(Comparator.comparingDouble(wave -> -needed[wave]))
        .limit(count)
        .toList();
  }

  /** The rows of all frequencies are kept. */
  private static void requireRoom(TorusMatrices network) {
    long side = 2L * (network.coordinates() + network.headRows());
    Memory.require(network.waves() * side, 2 * side);
  }

  private MatrixInequality inequality(int wave) {
    deadline.check();
    List<Rows> signals = network.at(wave);
    List<MatrixInequality.Constraint> constraints = new ArrayList<>();
    for (Bounded signal : bounded) {
      Rows z = signals.get(signal.read());
      for (int i = 0; i < signal.multipliers(); i++) {
        constraints.add(constraint(signal, z, i));
      }
    }
    Rows y = signals.getLast();
    return new MatrixInequality(
        2 * network.coordinates(), 2 * network.inputs(), rows(y, 0, y.real().length), constraints);
  }

  /**
   * The constraint of multiplier number i: its share of the rows of z, and of the coordinates of w.
   */
  private MatrixInequality.Constraint constraint(Bounded signal, Rows z, int i) {
    int all = z.real().length;
    int share = signal.rows() / signal.multipliers();
    int[] places =
        IntStream.range(2 * (signal.from() + i * share), 2 * (signal.from() + (i + 1) * share))
            .toArray();
    SparseRows read =
        rows(z, i * (all / signal.multipliers()), (i + 1) * (all / signal.multipliers()));
    SparseRows given = SparseRows.units(places);
    return signal.place().constraint() == Constraint.GAIN
        ? MatrixInequality.Constraint.gain(signal.upper(), read, given)
        : MatrixInequality.Constraint.slope(signal.lower(), signal.upper(), read, given);
  }

  private SparseRows rows(Rows rows, int from, int end) {
    double[][] real = new double[2 * (end - from)][2 * network.coordinates()];
    for (int i = from; i < end; i++) {
      for (int j = 0; j < rows.real()[i].length; j++) {
        int column = 2 * (rows.from() + j);
        int row = 2 * (i - from);
        real[row][column] = rows.real()[i][j];
        real[row][column + 1] = -rows.imaginary()[i][j];
        real[row + 1][column] = rows.imaginary()[i][j];
        real[row + 1][column + 1] = rows.real()[i][j];
      }
    }
    return SparseRows.of(real);
  }
}
