package io.lipc.certificate.frequency;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.Proof.Constrained;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.SlopeTable.Slopes;
import io.lipc.certificate.frequency.TorusSignal.Step;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The first units of a network, with images for signals, on one torus: at each frequency every
 * signal is a complex matrix over the coordinates, the waves of the input and of the units that
 * start signals of their own.
 *
 * <p><b>Signals.</b> Differences of two executions are meant. Each signal of the grid is followed
 * by one of the torus that is equal to it on the pixels of its grid. It is called <em>clean</em> if
 * it is zero on all others. The input and what a unit starts anew are clean: they are coordinates.
 * Sums, joined channels, and channels times numbers are what they are pixel by pixel, and clean if
 * what they read is. A convolution of a clean signal is right on its grid if its circles hold
 * ({@link Circle#holds}); outside it has what the torus makes of it, so it is not clean. It may not
 * read a signal that is not. An average pool is a convolution, one channel each. If it has no
 * overlap and its m windows cover all n pixels, {@code s m >= n}, it is clean: window p from m on
 * reads the pixels {@code s p} to {@code s p + s - 1}, which are at least n and below those of the
 * whole circle.
 *
 * <p><b>Pixels of a cell.</b> The last signals have one pixel in each cell, those before a window
 * that moves by s have s times as many, along each axis: where two readers disagree, the network is
 * on no torus. So a cell of a signal has channels times phases coordinates.
 */
public final class TorusNetwork {

  /**
   * A unit whose signal is new: {@code w} is bounded through {@code z}.
   *
   * @param place the unit, and by what it is bounded
   * @param read which signal z is, of those of {@link #at}
   * @param from the first coordinate of w
   * @param channels of w
   * @param shares how many channels share a multiplier: one, or all of them
   * @param slopes the interval of slopes; for a gain, that up to it
   */
  public record Bounded(
      Constrained place, int read, int from, int channels, int shares, Slopes slopes) {}

  /** The frequencies along each axis. */
  private final Circle first;

  private final Circle second;
  private final TorusUnits.Read units;
  private final Weights weights;

  /**
   * The network of the first units.
   *
   * @param units of which the first {@code end} are taken
   * @param cropped the units whose signal is made clean, by a constraint of its own
   * @throws Rejection if one of them has no meaning on a torus, or not on this one
   */
  public static TorusNetwork of(
      List<Unit> units, int end, Weights weights, Torus torus, Set<Integer> cropped) {
    boolean small = torus.cells().stream().allMatch(n -> n > 0 && n <= TorusGain.MAX_CELLS);
    unless(small, Reason.TOO_LARGE, "a torus of " + torus.cells() + " cells");
    return new TorusNetwork(units.subList(0, end), weights, torus, cropped);
  }

  private TorusNetwork(List<Unit> units, Weights weights, Torus torus, Set<Integer> cropped) {
    this.first = frequencies(torus, 0);
    this.second = frequencies(torus, 1);
    unless(first.isOne() && second.isOne(), Reason.MALFORMED, "a torus of other cells or twists");
    this.units = TorusUnits.read(units, weights, torus, cropped);
    this.weights = weights;
  }

  private static Circle frequencies(Torus torus, int axis) {
    return new Circle(Axis.of(1, 1), torus.cells().get(axis), 1, torus.twist().get(axis));
  }

  /** How many frequencies there are. */
  public int frequencies() {
    return first.cells() * second.cells();
  }

  /** How many of the first axis are all of them, up to the sign. */
  public int half() {
    return first.half();
  }

  /** How many there are along the second axis. */
  public int across() {
    return second.cells();
  }

  /** How many frequencies number j of the first axis stands for: itself, and its opposite. */
  public int weight(int j) {
    return first.weight(j);
  }

  /**
   * A linear unit that reads signals of the torus, but is not on it.
   *
   * @throws ArithmeticException if its rows read more than the work that is left allows
   */
  public TorusHead head(Unit.Linear unit, Work work) {
    return new TorusHead(this, unit, weights, first, second, work);
  }

  /** The number of coordinates at each frequency. */
  public int coordinates() {
    return units.coordinates();
  }

  /** How many of them, the first ones, are the input's. */
  public int inputs() {
    return units.signals().getFirst().rows();
  }

  /** The constraints of the signals that start anew, in their order. */
  public List<Bounded> bounded() {
    return units.bounded();
  }

  /** The number of rows of a signal at each frequency: channels times phases. */
  public int rows(int signal) {
    return units.signals().get(signal).rows();
  }

  /** The number of coordinates that a bounded signal is. */
  public int rowsFrom(Bounded signal) {
    int next = bounded().indexOf(signal) + 1;
    int end = next < bounded().size() ? bounded().get(next).from() : coordinates();
    return end - signal.from();
  }

  /** Which of the signals a unit gives. */
  public int signalOf(int unit) {
    return units.ofUnit().get(unit);
  }

  Grid grid(int signal) {
    return units.signals().get(signal).grid();
  }

  /** The pixels of a cell of a signal, down and to the right. */
  List<Integer> cell(int signal) {
    return List.of(units.signals().get(signal).down(), units.signals().get(signal).right());
  }

  /** About how many products all signals of one frequency take. */
  long work() {
    return units.signals().stream().mapToLong(this::work).sum();
  }

  private long work(TorusSignal signal) {
    long dense = (long) signal.rows() * coordinates();
    return switch (signal.step()) {
      case Step.Convolved(int read, Symbol symbol) ->
          symbol.work() * symbol.groups() + dense * products(read);
      case Step.Summed(List<Integer> read) -> 8 * dense * read.size();
      case Step.Fresh _, Step.Scaled _, Step.Joined _ -> 8 * dense;
    };
  }

  /** By a signal that is made of coordinates alone, nothing is multiplied. */
  private int products(int read) {
    return units.signals().get(read).step() instanceof Step.Fresh
        ? 0
        : units.signals().get(read).rows();
  }

  /** All signals at one frequency: what each is of the coordinates from some one on. */
  public List<Waves> at(int j, int k, Work work) {
    List<Waves> waves = new ArrayList<>();
    for (TorusSignal signal : units.signals()) {
      waves.add(
          switch (signal.step()) {
            case Step.Fresh(int from) -> new Waves(from, ComplexMatrix.identity(signal.rows()));
            case Step.Convolved(int read, Symbol symbol) ->
                new Waves(
                    waves.get(read).from(),
                    symbol.whole(j, k).times(waves.get(read).matrix(), work::look));
            case Step.Scaled(int read, double[] factors) ->
                new Waves(waves.get(read).from(), waves.get(read).matrix().scaled(factors));
            case Step.Summed(List<Integer> read) ->
                Waves.together(read.stream().map(waves::get).toList(), ComplexMatrix::sum);
            case Step.Joined(List<Integer> read) ->
                Waves.together(read.stream().map(waves::get).toList(), ComplexMatrix::stacked);
          });
    }
    return waves;
  }
}
