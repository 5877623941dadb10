package io.lipc.certifier.lmi;

import io.lipc.certificate.Proof;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certifier.lmi.MatrixInequality.Constraint;
import io.lipc.certifier.problem.Groups;
import io.lipc.certifier.problem.KnownSlopes;
import io.lipc.certifier.problem.LinearOperator;
import io.lipc.certifier.problem.Problem;
import io.lipc.linalg.Dense;
import io.lipc.linalg.SparseRows;
import io.lipc.model.activation.SlopeBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The matrix inequality that the checker assembles from a network, in doubles: the same pass over
 * the units, which writes every row as a linear form of coordinates. A row of several elements is
 * one coordinate, because constraints with one multiplier make the matrix {@code S_s (x) I}.
 *
 * <p>From linf it begins with {@code sum_k mu_k x_k^2}, whose mu add up to rho. With {@code mu_0 =
 * rho - mu_1 - mu_2 - ...} that is {@code rho x_0^2} and a multiplier mu_k of {@code x_0^2 - x_k^2}
 * for each other element: an inequality of the same form, with a single input.
 *
 * <p>Units and rows that do not matter have no coordinate: units without a path to the output that
 * does not lead through a factor of zero, and rows that are the same in all executions.
 */
public final class RowInequality {

  /** The rows that share a multiplier of slopes. */
  public enum Sharing {
    /** None: each row has its own, or each group of rows. */
    PER_ROW,
    /** All rows of a unit. */
    PER_UNIT
  }

  /**
   * The constraints of one unit.
   *
   * @param places the number of the constraint of each multiplier; negative where there is none
   */
  private record Slot(int unit, Proof.Constraint kind, int[] places) {}

  private final Problem problem;
  private final Map<Integer, Double> gains;
  private final IntUnaryOperator rows;
  private final Sharing sharing;
  private final boolean[] needed;
  private final List<double[][]> signals = new ArrayList<>();
  private final List<Constraint> constraints = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final int most;
  private final boolean fromMaximum;
  private int coordinates;

  private RowInequality(
      Problem problem, Map<Integer, Double> gains, IntUnaryOperator rows, Sharing sharing) {
    this.problem = problem;
    this.gains = gains;
    this.rows = rows;
    this.sharing = sharing;
    this.needed = needed(problem.units(), gains);
    this.most = coordinates(problem, gains, rows);
    this.fromMaximum = problem.inequality().fromLargest();
    for (int i = 0; i < problem.units().size(); i++) {
      problem.deadline().check();
      signals.add(signal(i, problem.units().get(i)));
    }
  }

  /**
   * Assembles the inequality.
   *
   * @param gains the units of which only a gain is used, with it; all others are linear, or
   *     activations whose slopes are used, with a multiplier for each row or unit
   * @param rows the number of rows of each unit; one per element where a dense unit, a selection or
   *     an activation of groups without a gain reads it
   */
  public static RowInequality of(
      Problem problem, Map<Integer, Double> gains, IntUnaryOperator rows, Sharing sharing) {
    return new RowInequality(problem, gains, rows, sharing);
  }

  /** The largest number of coordinates. */
  public static int coordinates(
      Problem problem, Map<Integer, Double> gains, IntUnaryOperator rows) {
    int sum = 0;
    for (int i = 0; i < problem.units().size(); i++) {
      Unit unit = problem.units().get(i);
      boolean starts = unit instanceof Unit.Input || gains.containsKey(i);
      starts |= unit instanceof Unit.Activation && !problem.slopes(i).isLinear();
      sum = Math.addExact(sum, starts ? rows.applyAsInt(i) : 0);
    }
    return sum;
  }

  private static boolean[] needed(List<Unit> units, Map<Integer, Double> gains) {
    boolean[] needed = new boolean[units.size()];
    needed[units.size() - 1] = true;
    for (int i = units.size() - 1; i >= 0; i--) {
      boolean cut =
          gains.getOrDefault(i, 1.0) == 0
              || (units.get(i) instanceof Unit.Linear(_, Scaling(double factor), _) && factor == 0);
      if (needed[i] && !cut) {
        units.get(i).operands().forEach(operand -> needed[operand] = true);
      }
    }
    return needed;
  }

  /** Whether the output is the same for all inputs. */
  public boolean isConstant() {
    return isConstant(signals.getLast());
  }

  /** The least rho if all multipliers of the input are 1. */
  public int inputs() {
    return fromMaximum ? signals.getFirst().length : 1;
  }

  /** Over the coordinates that matter. */
  public MatrixInequality inequality() {
    return new MatrixInequality(
        coordinates,
        fromMaximum ? 1 : signals.getFirst().length,
        SparseRows.of(signals.getLast()),
        constraints);
  }

  /**
   * The multipliers of a proof, for those of the inequality; zero where nothing matters.
   *
   * @param bound what is to be proved
   */
  public List<Proof.Multiplier> multipliers(double[] lambda, double bound) {
    return slots.stream()
        .map(
            slot -> {
              double[] values =
                  Arrays.stream(slot.places).mapToDouble(k -> k >= 0 ? lambda[k] : 0).toArray();
              if (slot.kind == Proof.Constraint.RANGE) {
                values[0] = rest(bound, values);
              }
              return new Proof.Multiplier(
                  slot.unit, slot.kind, Arrays.stream(values).boxed().toList());
            })
        .toList();
  }

  /** The square of the bound minus the values of the other elements, rounded down. */
  private static double rest(double bound, double[] values) {
    double rest = Math.nextDown(bound * bound);
    for (int k = 1; k < values.length; k++) {
      rest = Math.nextDown(rest - values[k]);
    }
    return Math.max(0, rest);
  }

  /**
   * The inverse of {@link #multipliers}, where they are positive.
   *
   * @param given for each unit with a constraint: one value, or one for each of its rows; a
   *     multiplier of the gain of a unit whose slopes are used stands for one of these. The
   *     elements of an input that is measured in linf get 1, rho then has to be {@link #inputs}
   */
  public double[] lambda(List<Proof.Multiplier> given) {
    double[] lambda = new double[constraints.size()];
    Map<Integer, Proof.Multiplier> byUnit = new HashMap<>();
    given.forEach(multiplier -> byUnit.put(multiplier.unit(), multiplier));
    for (Slot slot : slots) {
      if (slot.kind == Proof.Constraint.RANGE) {
        Arrays.stream(slot.places).filter(k -> k >= 0).forEach(k -> lambda[k] = 1);
        continue;
      }
      if (Arrays.stream(slot.places).allMatch(k -> k < 0)) {
        continue;
      }
      Proof.Multiplier multiplier = Objects.requireNonNull(byUnit.get(slot.unit));
      boolean same = multiplier.constraint() == slot.kind;
      int count = multiplier.values().size();
      for (int k = 0; k < slot.places.length; k++) {
        if (slot.places[k] >= 0) {
          double share = same ? 1 : shareOfGain(slot, k);
          lambda[slot.places[k]] = share * multiplier.values().get(count == 1 ? 0 : k);
        }
      }
    }
    return lambda;
  }

  /**
   * With M = max(|a|, |b|), {@code M^2 z^2 - w^2 >= 2 M / (b - a) (w - a z)(b z - w)}: the
   * difference is a square. So in place of a multiplier for the gain M, {@code M / (b - a)} times
   * it for twice that product makes S no less; and so for the gain of the unit, which is no less.
   */
  private double shareOfGain(Slot slot, int row) {
    SlopeBounds slopes = problem.slopes(slot.unit).ofRows(slot.places.length).get(row);
    return slopes.gain() / (slopes.beta() - slopes.alpha());
  }

  private double[][] signal(int at, Unit unit) {
    List<double[][]> read = unit.operands().stream().map(signals::get).toList();
    double[][] z = read.isEmpty() ? new double[0][] : read.getFirst();
    if (gains.containsKey(at)) {
      return gain(at, z, gains.get(at));
    }
    return switch (unit) {
      case Unit.Input _ -> fromMaximum ? range(at) : fresh(rows.applyAsInt(at));
      case Unit.Linear(_, LinearMap map, _) -> {
        List<Integer> sizes = read.stream().map(rowsOfOne -> rowsOfOne.length).toList();
        LinearMap onRows = map.onRows().orElse(map);
        yield LinearOperator.of(onRows, sizes, problem.weights())
            .times(
                read.stream().flatMap(Arrays::stream).toArray(double[][]::new), problem.deadline());
      }
      case Unit.Activation activation -> activation(at, activation, z);
      case Unit.GainOnly _ ->
          throw new IllegalArgumentException("a unit that is known by its gain, without one");
    };
  }

  private double[][] activation(int at, Unit.Activation activation, double[][] z) {
    KnownSlopes known = problem.slopes(at);
    return Groups.of(activation)
        .map(groups -> grouped(at, groups, known.each(), z))
        .orElseGet(() -> slope(at, known.ofRows(z.length), z, 1));
  }

  private double[][] grouped(int at, Groups groups, List<SlopeBounds> slopes, double[][] z) {
    int width = z.length;
    double[][] p = Dense.product(groups.readAll(width), z, problem.deadline());
    double[][] u = slope(at, slopes, p, groups.fresh());
    double[][] w = Dense.product(groups.throughAll(width), z, problem.deadline());
    double[][] added = Dense.product(groups.outAll(width), u, problem.deadline());
    for (int i = 0; i < w.length; i++) {
      Dense.addScaled(w[i], added[i], 1);
    }
    return w;
  }

  /**
   * Rows of slopes. Those of one slope are linear, and have no constraint.
   *
   * @param slopes of each group of rows
   * @param group the number of neighbouring rows that have one multiplier
   */
  private double[][] slope(int at, List<SlopeBounds> slopes, double[][] z, int group) {
    int[] own = new int[z.length];
    double[][] w = Dense.zeros(z.length, most);
    for (int k = 0; k < z.length; k++) {
      problem.deadline().check();
      int from = k - k % group;
      boolean moves = !isConstant(Arrays.copyOfRange(z, from, from + group));
      SlopeBounds bounds = slopes.get(k / group);
      boolean fixed = KnownSlopes.isFixed(bounds);
      own[k] = !fixed && needed[at] && moves ? coordinates++ : -1;
      if (fixed) {
        Dense.addScaled(w[k], z[k], bounds.alpha());
      }
      if (own[k] >= 0) {
        w[k][own[k]] = 1;
      }
    }
    if (!problem.hasMultipliers(at)) {
      return w;
    }
    int[] places = new int[z.length / group];
    Arrays.fill(places, -1);
    for (int[] rowsOfOne : shares(own, group)) {
      problem.deadline().check();
      constraints.add(constraint(slopes, z, own, group, rowsOfOne));
      Arrays.stream(rowsOfOne).forEach(k -> places[k / group] = constraints.size() - 1);
    }
    slots.add(new Slot(at, Proof.Constraint.SLOPE, places));
    return w;
  }

  /**
   * The constraint of rows that share a multiplier. Where their slopes differ, with {@code c = (a +
   * b) / 2} and {@code r = (b - a) / 2} it is that of {@code r z} and {@code w - c z}, for slopes
   * of [-1, 1]: {@code (w - a z)(b z - w) = r^2 z^2 - (w - c z)^2}.
   */
  private Constraint constraint(
      List<SlopeBounds> slopes, double[][] z, int[] own, int group, int[] rowsOfOne) {
    SlopeBounds first = slopes.get(rowsOfOne[0] / group);
    double[][] read = Arrays.stream(rowsOfOne).mapToObj(k -> z[k]).toArray(double[][]::new);
    if (Arrays.stream(rowsOfOne).allMatch(k -> slopes.get(k / group).equals(first))) {
      int[] units = Arrays.stream(rowsOfOne).map(k -> own[k]).toArray();
      return Constraint.slope(
          first.alpha(), first.beta(), SparseRows.of(read), SparseRows.units(units));
    }
    double[][] around = Dense.zeros(read.length, most);
    for (int i = 0; i < read.length; i++) {
      SlopeBounds bounds = slopes.get(rowsOfOne[i] / group);
      around[i][own[rowsOfOne[i]]] = 1;
      Dense.addScaled(around[i], read[i], -(bounds.alpha() + bounds.beta()) / 2);
      read[i] = scaled(read[i], (bounds.beta() - bounds.alpha()) / 2);
    }
    return Constraint.slope(-1, 1, SparseRows.of(read), SparseRows.of(around));
  }

  /** The rows of each multiplier. */
  private List<int[]> shares(int[] own, int group) {
    int[] present = IntStream.range(0, own.length).filter(k -> own[k] >= 0).toArray();
    return switch (sharing) {
      case PER_ROW ->
          IntStream.range(0, present.length / group)
              .mapToObj(g -> Arrays.copyOfRange(present, g * group, (g + 1) * group))
              .toList();
      case PER_UNIT -> present.length == 0 ? List.of() : List.of(present);
    };
  }

  private double[][] gain(int at, double[][] z, double gain) {
    int count = rows.applyAsInt(at);
    if (!needed[at] || gain == 0 || isConstant(z)) {
      slots.add(new Slot(at, Proof.Constraint.GAIN, new int[] {-1}));
      return Dense.zeros(count, most);
    }
    slots.add(new Slot(at, Proof.Constraint.GAIN, new int[] {constraints.size()}));
    double[][] w = fresh(count);
    constraints.add(Constraint.gain(gain, SparseRows.of(z), SparseRows.of(w)));
    return w;
  }

  private double[][] range(int at) {
    double[][] x = fresh(rows.applyAsInt(at));
    int[] places = new int[x.length];
    places[0] = -1;
    for (int k = 1; k < x.length; k++) {
      places[k] = constraints.size();
      constraints.add(Constraint.gain(1, SparseRows.units(0), SparseRows.units(k)));
    }
    slots.add(new Slot(at, Proof.Constraint.RANGE, places));
    return x;
  }

  private double[][] fresh(int count) {
    double[][] w = Dense.zeros(count, most);
    for (double[] row : w) {
      row[coordinates++] = 1;
    }
    return w;
  }

  private static double[] scaled(double[] row, double factor) {
    return Arrays.stream(row).map(entry -> entry * factor).toArray();
  }

  private static boolean isConstant(double[][] rows) {
    return Arrays.stream(rows).allMatch(RowInequality::isZero);
  }

  private static boolean isZero(double[] row) {
    return Arrays.stream(row).allMatch(entry -> entry == 0);
  }
}
