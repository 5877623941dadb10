package io.lipc.certifier.lmi;

import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constrained;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.search.TorusMatrices;
import io.lipc.certificate.search.TorusMatrices.Bounded;
import io.lipc.certificate.search.TorusMatrices.Rows;
import io.lipc.linalg.Cholesky;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import io.lipc.linalg.Eigenvalues;
import io.lipc.linalg.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@link GreedyElimination} on a torus: one multiplier for each unit, by the same formula with
 * {@code y = max_w |Z(w) D(w)^-1 Z(w)*|} over all frequencies w. A unit that is known by its gain g
 * has {@code lambda = 1 / (g^2 y)}, hardly less.
 *
 * <p>Complex matrices are real ones of twice the size, in which each entry z is {@code [Re z, -Im
 * z; Im z, Re z]}. Only the part of D that later units read is kept: the Schur complement of the
 * rest.
 */
public final class FrequencyElimination {

  /**
   * The result of the elimination, for rho = 1.
   *
   * @param multipliers of the units on the torus
   * @param output {@code Y D^-1 Y*} of the last signal, its largest norm; or for a head {@code
   *     sum_w V(w) D(w)^-1 V(w)* / n}, real
   */
  public record Result(List<Proof.Multiplier> multipliers, double[][] output) {}

  /**
   * The shares by which multipliers may be below those that make D singular, for gains, and for
   * slopes whose ends are opposite. The bound loses about as much for each, and a proof finds more
   * room.
   */
  public static final List<Double> ROOMS = List.of(0x1p-20, 0x1p-11, 0x1p-6);

  /** The least room beside given multipliers, which leave little room themselves. */
  private static final double LEAST_ROOM = 0x1p-23;

  /** Estimates of norms are taken where a Ritz value changes by so little. */
  private static final double NEAR = 1e-4;

  /** Norms are computed to the last digits where the estimate is this share of the largest. */
  private static final double CLOSE = 0.998;

  private final TorusMatrices network;

  /** Which part of the formula's multipliers is taken. */
  private final double part;

  private final double room;

  /** Multipliers that are not chosen. */
  private final Map<Constrained, List<Double>> given;

  private final List<List<Rows>> signals;
  private final double[][][] matrices;
  private final Deadline deadline;
  private int first;

  private FrequencyElimination(
      TorusMatrices network,
      double part,
      double room,
      double rho,
      Map<Constrained, List<Double>> given,
      Deadline deadline) {
    this.deadline = deadline;
    this.network = network;
    this.part = part;
    this.room = room;
    this.given = given;
    requireRoom(network);
    this.signals = waves().parallel().mapToObj(w -> network.at(w)).toList();
    this.matrices = new double[signals.size()][][];
    Arrays.setAll(matrices, w -> times(rho, Dense.identity(2 * network.inputs())));
  }

  private static double[][] times(double factor, double[][] matrix) {
    for (double[] row : matrix) {
      Arrays.setAll(row, j -> factor * row[j]);
    }
    return matrix;
  }

  /** The signals of all frequencies are kept, and a matrix of each. */
  private static void requireRoom(TorusMatrices network) {
    long side = 2L * (network.coordinates() + network.headRows());
    Memory.require(network.waves() * side, 2 * side);
  }

  /** Each is looked at by itself, in whatever thread. */
  private IntStream waves() {
    return IntStream.range(0, network.waves()).peek(_ -> deadline.check());
  }

  /**
   * Runs the elimination.
   *
   * @param room one of {@link #ROOMS}
   * @return empty if a pivot is not positive in doubles
   */
  public static Optional<Result> run(TorusMatrices network, double room, Deadline deadline) {
    return new FrequencyElimination(network, 1, room, 1, Map.of(), deadline).run();
  }

  /**
   * Runs the elimination with multipliers that are given, one for all rows or one for each channel;
   * those that are missing are chosen.
   *
   * @param rho for which they are meant
   * @return with the given ones; empty if a pivot is not positive in doubles
   */
  public static Optional<Result> completed(
      TorusMatrices network, double rho, Map<Constrained, List<Double>> given, Deadline deadline) {
    return new FrequencyElimination(network, 1, LEAST_ROOM, rho, given, deadline).run();
  }

  /** Whether there are multipliers that would make D singular. */
  public static boolean needsRoom(TorusMatrices network) {
    return network.bounded().stream().anyMatch(FrequencyElimination::isSingular);
  }

  private static boolean isSingular(Bounded bounded) {
    boolean gain = bounded.place().constraint() == Constraint.GAIN;
    return gain || bounded.lower() + bounded.upper() == 0;
  }

  /** The result with half of the formula's multipliers, which leave room on all sides. */
  static Optional<Result> halved(TorusMatrices network, Deadline deadline) {
    return new FrequencyElimination(network, 0.5, 0, 1, Map.of(), deadline).run();
  }

  private Optional<Result> run() {
    List<Proof.Multiplier> multipliers = new ArrayList<>();
    List<Bounded> all = network.bounded();
    for (int i = 0; i < all.size(); i++) {
      if (!drop(leastRead(i))) {
        return Optional.empty();
      }
      int number = i;
      Bounded bounded = all.get(i);
      List<double[][]> z = rows(bounded.read());
      Optional<List<Double>> lambda =
          Optional.ofNullable(given.get(bounded.place())).or(() -> chosen(number, bounded, z));
      if (lambda.isEmpty()) {
        return Optional.empty();
      }
      multipliers.add(
          new Proof.Multiplier(bounded.place().unit(), bounded.place().constraint(), lambda.get()));
      waves().parallel().forEach(w -> append(w, bounded, lambda.get(), z.get(w)));
    }
    if (!drop(leastRead(all.size()))) {
      return Optional.empty();
    }
    return Optional.of(new Result(multipliers, network.headRows() > 0 ? behind() : last()));
  }

  /** One multiplier for all rows, by the formula; empty where y is not a positive number. */
  private Optional<List<Double>> chosen(int number, Bounded bounded, List<double[][]> z) {
    boolean gain = bounded.place().constraint() == Constraint.GAIN;
    boolean sharp = isSingular(bounded) || !given.isEmpty();
    double y = largest(z, sharp ? 0 : NEAR);
    boolean again = leastRead(number + 1) < end(signals.getFirst().get(bounded.read()));
    double lambda = part * multiplier(bounded, y) * (gain && again ? 0.5 : 1);
    return Optional.of(List.of(lambda)).filter(_ -> y > 0 && y < Double.POSITIVE_INFINITY);
  }

  /** The first coordinate that is read by bounded signal number i, or by what comes after it. */
  private int leastRead(int i) {
    List<Rows> any = signals.getFirst();
    int least = any.getLast().from();
    for (Bounded later : network.bounded().subList(i, network.bounded().size())) {
      least = Math.min(least, any.get(later.read()).from());
    }
    return least;
  }

  private static int end(Rows rows) {
    return rows.from() + rows.real()[0].length;
  }

  private double multiplier(Bounded bounded, double y) {
    double a = bounded.lower();
    double b = bounded.upper();
    if (bounded.place().constraint() == Constraint.GAIN) {
      return (1 - room) / (b * b * y);
    }
    double most = Math.max(Math.abs(a), Math.abs(b));
    return (isSingular(bounded) ? 1 - room : 1) / ((b - a) * most * y);
  }

  /** The rows of a signal at each frequency, over the coordinates that are kept. */
  private List<double[][]> rows(int signal) {
    return signals.stream().map(all -> real(all.get(signal))).toList();
  }

  private double[][] real(Rows rows) {
    double[][] real = new double[2 * rows.real().length][matrices[0].length];
    for (int i = 0; i < rows.real().length; i++) {
      for (int j = 0; j < rows.real()[i].length; j++) {
        double x = rows.real()[i][j];
        double y = rows.imaginary()[i][j];
        int column = 2 * (rows.from() - first + j);
        real[2 * i][column] = x;
        real[2 * i][column + 1] = -y;
        real[2 * i + 1][column] = y;
        real[2 * i + 1][column + 1] = x;
      }
    }
    return real;
  }

  /** The largest norm of {@code Z D^-1 Z'}, or nearly so; NaN where D is not positive. */
  private double largest(List<double[][]> z, double tolerance) {
    return waves().parallel().mapToDouble(w -> norm(w, z.get(w), tolerance)).max().orElse(0);
  }

  private double norm(int w, double[][] z, double tolerance) {
    Optional<Cholesky> factor = Cholesky.of(matrices[w], deadline);
    if (factor.isEmpty()) {
      return Double.NaN;
    }
    double[][] half = factor.get().solveTransposed(Dense.transpose(z), deadline);
    double[][] gram = Dense.smallerGram(half, deadline);
    return tolerance == 0 ? Eigenvalues.largest(gram, deadline) : estimate(gram, tolerance);
  }

  private double estimate(double[][] gram, double tolerance) {
    return -Eigenvalues.least(
        v -> {
          double[] image = new double[v.length];
          Arrays.setAll(image, i -> -Dense.dot(gram[i], v));
          return image;
        },
        gram.length,
        tolerance,
        deadline);
  }

  /** Adds the coordinates of a bounded signal, with its constraint. */
  private void append(int w, Bounded bounded, List<Double> lambda, double[][] z) {
    double[][] old = matrices[w];
    int n = old.length;
    int rows = 2 * bounded.rows();
    double[][] grown = new double[n + rows][];
    Arrays.setAll(grown, i -> i < n ? Arrays.copyOf(old[i], n + rows) : new double[n + rows]);
    double a = bounded.lower();
    double b = bounded.upper();
    boolean gain = bounded.place().constraint() == Constraint.GAIN;
    double square = gain ? -b * b : 2 * a * b;
    if (square != 0) {
      double[][] scaled = new double[z.length][];
      Arrays.setAll(scaled, i -> Arrays.copyOf(z[i], n));
      for (int i = 0; i < z.length; i++) {
        double root = Math.sqrt(lambda.get(i * lambda.size() / z.length));
        double[] row = scaled[i];
        Arrays.setAll(row, j -> root * row[j]);
      }
      double[][] gram = Dense.gram(scaled, deadline);
      for (int i = 0; i < n; i++) {
        Dense.addScaled(grown[i], Arrays.copyOf(gram[i], n + rows), square);
      }
    }
    for (int i = 0; i < rows; i++) {
      double own = lambda.get(i * lambda.size() / rows);
      grown[n + i][n + i] = gain ? own : 2 * own;
      for (int j = 0; j < n && !gain; j++) {
        grown[n + i][j] = -own * (a + b) * z[i][j];
        grown[j][n + i] = grown[n + i][j];
      }
    }
    matrices[w] = grown;
  }

  /** Eliminates the coordinates before this one. */
  private boolean drop(int least) {
    int dead = 2 * (least - first);
    first = least;
    return dead == 0
        || waves().parallel().mapToObj(w -> eliminate(w, dead)).allMatch(Boolean.TRUE::equals);
  }

  private boolean eliminate(int w, int dead) {
    double[][] whole = matrices[w];
    int n = whole.length;
    double[][] head = new double[dead][];
    double[][] beside = new double[dead][];
    for (int i = 0; i < dead; i++) {
      head[i] = Arrays.copyOf(whole[i], dead);
      beside[i] = Arrays.copyOfRange(whole[i], dead, n);
    }
    double[][] rest = new double[n - dead][];
    Arrays.setAll(rest, i -> Arrays.copyOfRange(whole[dead + i], dead, n));
    Optional<Cholesky> factor = Cholesky.of(head, deadline);
    factor.ifPresent(
        f -> {
          double[][] half = f.solveTransposed(beside, deadline);
          Dense.addTransposedProduct(rest, half, half, -1, deadline);
        });
    matrices[w] = rest;
    return factor.isPresent();
  }

  private double[][] last() {
    List<double[][]> y = rows(signals.getFirst().size() - 1);
    double[] estimates = waves().parallel().mapToDouble(w -> norm(w, y.get(w), NEAR)).toArray();
    double close = CLOSE * Arrays.stream(estimates).max().orElse(0);
    double largest =
        waves()
            .parallel()
            .filter(w -> !(estimates[w] < close))
            .mapToDouble(w -> norm(w, y.get(w), 0))
            .max()
            .orElse(0);
    return new double[][] {{largest}};
  }

  private double[][] behind() {
    List<double[][]> parts = waves().parallel().mapToObj(this::part).toList();
    double[][] sum = new double[network.headRows()][network.headRows()];
    for (int w = 0; w < parts.size(); w++) {
      for (int i = 0; i < sum.length; i++) {
        Dense.addScaled(sum[i], parts.get(w)[i], network.share(w));
      }
    }
    return sum;
  }

  /** The real part of {@code V D^-1 V*}; NaN where D is not positive. */
  private double[][] part(int w) {
    double[][] v = real(signals.get(w).getLast());
    double[][] part = new double[network.headRows()][network.headRows()];
    Optional<Cholesky> factor = Cholesky.of(matrices[w], deadline);
    for (double[] row : part) {
      Arrays.fill(row, factor.isPresent() ? 0 : Double.NaN);
    }
    factor.ifPresent(
        f -> {
          double[][] even = new double[part.length][];
          Arrays.setAll(even, i -> v[2 * i]);
          double[][] half = f.solveTransposed(Dense.transpose(even), deadline);
          Dense.addTransposedProduct(part, half, half, 1, deadline);
        });
    return part;
  }
}
