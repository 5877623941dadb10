package io.lipc.certificate.frequency;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.Proof.Constrained;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.activation.SlopeTable.Slopes;
import io.lipc.certificate.inequality.Assembly;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

  /** A signal: where it is, and how it is made of others. */
  private record Signal(Grid grid, int down, int right, boolean clean, Step step) {
    int rows() {
      return Math.multiplyExact(grid.channels(), Math.multiplyExact(down, right));
    }

    boolean isLike(Signal other) {
      return hasPixelsOf(other) && grid.channels() == other.grid.channels();
    }

    boolean hasPixelsOf(Signal other) {
      boolean same = grid.height() == other.grid.height() && grid.width() == other.grid.width();
      return same && down == other.down && right == other.right;
    }
  }

  private sealed interface Step {
    record Fresh(int from) implements Step {}

    record Convolved(int read, Symbol symbol) implements Step {}

    record Scaled(int read, double[] factors) implements Step {}

    record Summed(List<Integer> read) implements Step {}

    record Joined(List<Integer> read) implements Step {}
  }

  /** Ends of slopes, and gains, that are not 0 are at least this. */
  private static final double LEAST_END = 0x1p-400;

  private static final Window NO_WINDOW = Window.square(Axis.of(1, 1));

  private final List<Unit> units;
  private final Weights weights;
  private final Torus torus;

  /** The frequencies along each axis. */
  private final Circle first;

  private final Circle second;
  private final int[] down;
  private final int[] right;
  private final List<Signal> signals = new ArrayList<>();
  private final List<Bounded> bounded = new ArrayList<>();

  /** Which signal each unit gives. */
  private final int[] ofUnit;

  private int coordinates;

  /**
   * The network of the first units.
   *
   * @param units of which the first {@code end} are taken
   * @param cropped the units whose signal is made clean, by a constraint of its own
   * @throws Rejection if one of them has no meaning on a torus, or not on this one
   */
  public static TorusNetwork of(
      List<Unit> units, int end, Weights weights, Torus torus, Set<Integer> cropped) {
    TorusNetwork network = new TorusNetwork(units.subList(0, end), weights, torus);
    boolean small = torus.cells().stream().allMatch(n -> n > 0 && n <= TorusGain.MAX_CELLS);
    unless(small, Reason.TOO_LARGE, "a torus of " + torus.cells() + " cells");
    for (int i = 0; i < end; i++) {
      network.ofUnit[i] = network.add(network.signal(i, units.get(i)), i);
      if (cropped.contains(i)) {
        network.crop(i);
      }
    }
    return network;
  }

  private TorusNetwork(List<Unit> units, Weights weights, Torus torus) {
    this.units = units;
    this.weights = weights;
    this.torus = torus;
    this.first = circle(0, NO_WINDOW, 1);
    this.second = circle(1, NO_WINDOW, 1);
    unless(first.isOne() && second.isOne(), Reason.MALFORMED, "a torus of other cells or twists");
    this.ofUnit = new int[units.size()];
    this.down = pixels(true);
    this.right = pixels(false);
  }

  private int[] pixels(boolean vertical) {
    int[] pixels = new int[units.size()];
    for (int i = pixels.length - 1; i >= 0; i--) {
      pixels[i] = Math.max(1, pixels[i]);
      Optional<Window> window = window(units.get(i));
      int stride = window.map(w -> (vertical ? w.vertical() : w.horizontal()).stride()).orElse(1);
      int read = Math.multiplyExact(pixels[i], stride);
      for (int operand : units.get(i).operands()) {
        boolean agreed = pixels[operand] == 0 || pixels[operand] == read;
        unless(agreed, Reason.MALFORMED, "unit " + operand + " is read by different strides");
        pixels[operand] = read;
      }
    }
    return pixels;
  }

  private static Optional<Window> window(Unit unit) {
    return switch (unit) {
      case Unit.Linear(_, Convolution map, _) -> Optional.of(map.window());
      case Unit.Linear(_, AveragePool map, _) -> Optional.of(map.window());
      case Unit.MaxPool pool -> Optional.of(pool.window());
      default -> Optional.empty();
    };
  }

  private Signal signal(int at, Unit unit) {
    List<Integer> read = unit.operands().stream().map(operand -> ofUnit[operand]).toList();
    return switch (unit) {
      case Unit.Input input -> fresh(at, image(input));
      case Unit.Linear linear -> linear(at, linear, read);
      case Unit.Activation activation -> activation(at, activation, read.getFirst());
      case Unit.MaxPool pool -> {
        boolean same = signals.get(read.getFirst()).grid.equals(pool.input());
        unless(same, Reason.MALFORMED, "unit " + at + " reads another image");
        Slopes slopes = new Slopes(0, pool.gain());
        yield bounded(at, pool.output(), read.getFirst(), Constraint.GAIN, 1, slopes);
      }
      case Unit.Call _ -> throw noMeaning(at);
    };
  }

  private static Grid image(Unit.Input input) {
    List<Integer> extents = input.extents();
    unless(extents.size() == 3, Reason.MALFORMED, "an input of the extents " + extents);
    return new Grid(extents.get(0), extents.get(1), extents.get(2));
  }

  private static Rejection noMeaning(int at) {
    return new Rejection(Reason.MALFORMED, "unit " + at + " has no meaning on a torus");
  }

  private Signal fresh(int at, Grid grid) {
    Step step = new Step.Fresh(coordinates);
    Signal signal = new Signal(grid, down[at], right[at], true, step);
    coordinates = Math.addExact(coordinates, signal.rows());
    unless(coordinates <= TorusGain.MAX_COORDINATES, Reason.TOO_LARGE, coordinates + " waves");
    return signal;
  }

  /** A new signal, whose channels share multipliers as the bounds of its unit do. */
  private Signal bounded(int at, Grid grid, int read, Constraint kind, int shares, Slopes slopes) {
    Constrained place = new Constrained(at, kind);
    Slopes wider = new Slopes(-apart(-slopes.lower()), apart(slopes.upper()));
    bounded.add(new Bounded(place, read, coordinates, grid.channels(), shares, wider));
    return fresh(at, grid);
  }

  /** A wider interval is true as well; products of its ends do not underflow. */
  private static double apart(double end) {
    return end > 0 ? Math.max(end, LEAST_END) : 0;
  }

  /** An elementwise one by slopes, 0 among them: what is 0 outside has such a slope, too. */
  private Signal activation(int at, Unit.Activation activation, int read) {
    Grid grid = signals.get(read).grid;
    Group group =
        Assembly.whatIsKnown(activation)
            .orElseThrow(() -> new Rejection(Reason.UNKNOWN_OPERATION, activation.name()));
    // Of a single element softmax is a group, too: nothing of it is free.
    if (group.size() > 1 || group.fresh() == 0) {
      Slopes slopes = new Slopes(0, group.gain());
      return bounded(at, grid, read, Constraint.GAIN, grid.channels(), slopes);
    }
    return bounded(at, grid, read, Constraint.SLOPE, 1, group.slopes());
  }

  /** The identity has the slope 1 on the grid, and outside of it w = 0 is between 0 and z. */
  private void crop(int at) {
    int read = signals.size() - 1;
    Grid grid = signals.getLast().grid;
    ofUnit[at] = add(bounded(at, grid, read, Constraint.CROP, 1, new Slopes(0, 1)), at);
  }

  private int add(Signal signal, int at) {
    long height = (long) torus.cells().getFirst() * signal.down;
    long width = (long) torus.cells().getLast() * signal.right;
    boolean fits = height >= signal.grid.height() && width >= signal.grid.width();
    unless(fits, Reason.MALFORMED, "unit " + at + " does not fit on the torus");
    unless(signal.grid.elements() == units.get(at).size(), Reason.WRONG_SHAPE, "unit " + at);
    signals.add(signal);
    return signals.size() - 1;
  }

  private Signal linear(int at, Unit.Linear unit, List<Integer> read) {
    Signal first = signals.get(read.getFirst());
    List<Signal> all = read.stream().map(signals::get).toList();
    boolean clean = all.stream().allMatch(Signal::clean);
    return switch (unit.map()) {
      case Convolution map -> {
        double[] kernel = weights.tensor(map.weight()).orElseThrow().values();
        yield convolution(at, map, kernel, read.getFirst(), false);
      }
      case AveragePool map -> pool(at, map, read.getFirst());
      case BatchNorm map -> {
        boolean whole = map.pixels() % first.grid.pixels() == 0;
        unless(whole, Reason.MALFORMED, "unit " + at + " scales parts of channels");
        yield scaled(map, first, read.getFirst());
      }
      case Scaling _, Identity _ -> scaled(unit.map(), first, read.getFirst());
      case Sum _ -> {
        boolean same = all.stream().allMatch(first::isLike);
        unless(same, Reason.MALFORMED, "unit " + at + " adds different images");
        yield like(first, first.grid, clean, new Step.Summed(read));
      }
      case Concatenation _ -> {
        boolean same = all.stream().allMatch(first::hasPixelsOf);
        unless(same, Reason.MALFORMED, "unit " + at + " joins different images");
        int channels = all.stream().mapToInt(signal -> signal.grid.channels()).sum();
        Grid grid = new Grid(channels, first.grid.height(), first.grid.width());
        yield like(first, grid, clean, new Step.Joined(read));
      }
      default -> throw noMeaning(at);
    };
  }

  private Signal scaled(LinearMap map, Signal first, int read) {
    var row = map.rows(List.of(first.grid.elements()), weights);
    double[] factors = new double[first.rows()];
    int phases = first.down * first.right;
    int pixels = first.grid.pixels();
    Arrays.setAll(factors, i -> row.apply(i / phases * pixels).factors()[0]);
    return like(first, first.grid, first.clean, new Step.Scaled(read, factors));
  }

  private static Signal like(Signal other, Grid grid, boolean clean, Step step) {
    return new Signal(grid, other.down, other.right, clean, step);
  }

  private Signal pool(int at, AveragePool map, int read) {
    Grid in = map.input();
    Grid out = map.output();
    Window window = map.window();
    Convolution same =
        new Convolution(in, in.channels(), window, in.channels(), "", Optional.empty());
    double[] kernel = new double[Math.multiplyExact(in.channels(), window.area())];
    Arrays.fill(kernel, map.factor());
    int rows = window.vertical().stride();
    int columns = window.horizontal().stride();
    boolean covers = window.vertical().span() <= rows && window.horizontal().span() <= columns;
    covers &= (long) rows * out.height() >= in.height();
    covers &= (long) columns * out.width() >= in.width();
    return convolution(at, same, kernel, read, covers);
  }

  private Signal convolution(int at, Convolution map, double[] kernel, int read, boolean clean) {
    Signal operand = signals.get(read);
    boolean reads = operand.grid.equals(map.input());
    unless(reads, Reason.MALFORMED, "unit " + at + " reads another image");
    unless(operand.clean, Reason.MALFORMED, "unit " + at + " reads what is not zero outside");
    Circle vertical = circle(0, map.window(), down[at]);
    Circle horizontal = circle(1, map.window(), right[at]);
    boolean holds = vertical.holds(map.input().height(), map.output().height());
    holds &= horizontal.holds(map.input().width(), map.output().width());
    unless(holds, Reason.MALFORMED, "unit " + at + " does not fit on the torus");
    Symbol symbol = Symbol.ofAll(map, kernel, vertical, horizontal);
    return new Signal(map.output(), down[at], right[at], clean, new Step.Convolved(read, symbol));
  }

  private Circle circle(int axis, Window window, int pixels) {
    return new Circle(
        axis == 0 ? window.vertical() : window.horizontal(),
        torus.cells().get(axis),
        pixels,
        torus.twist().get(axis));
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
    return coordinates;
  }

  /** How many of them, the first ones, are the input's. */
  public int inputs() {
    return signals.getFirst().rows();
  }

  /** What is known of the signals that start anew, in their order. */
  public List<Bounded> bounded() {
    return List.copyOf(bounded);
  }

  /** The number of rows of a signal at each frequency: channels times phases. */
  public int rows(int signal) {
    return signals.get(signal).rows();
  }

  /** The number of coordinates that a bounded signal is. */
  public int rowsFrom(Bounded signal) {
    int next = bounded.indexOf(signal) + 1;
    int end = next < bounded.size() ? bounded.get(next).from() : coordinates;
    return end - signal.from();
  }

  /** Which of the signals a unit gives. */
  public int signalOf(int unit) {
    return ofUnit[unit];
  }

  Grid grid(int signal) {
    return signals.get(signal).grid;
  }

  /** The pixels of a cell of a signal, down and to the right. */
  List<Integer> cell(int signal) {
    return List.of(signals.get(signal).down, signals.get(signal).right);
  }

  /** About how many products all signals of one frequency take. */
  long work() {
    return signals.stream().mapToLong(this::work).sum();
  }

  private long work(Signal signal) {
    long dense = (long) signal.rows() * coordinates;
    return switch (signal.step) {
      case Step.Convolved(int read, Symbol symbol) ->
          symbol.work() * symbol.groups() + dense * products(read);
      case Step.Summed(List<Integer> read) -> 8 * dense * read.size();
      case Step.Fresh _, Step.Scaled _, Step.Joined _ -> 8 * dense;
    };
  }

  /** By a signal that is made of coordinates alone, nothing is multiplied. */
  private int products(int read) {
    return signals.get(read).step instanceof Step.Fresh ? 0 : signals.get(read).rows();
  }

  /** All signals at one frequency: what each is of the coordinates from some one on. */
  public List<Waves> at(int j, int k) {
    List<Waves> waves = new ArrayList<>();
    for (Signal signal : signals) {
      waves.add(
          switch (signal.step) {
            case Step.Fresh(int from) -> new Waves(from, ComplexMatrix.identity(signal.rows()));
            case Step.Convolved(int read, Symbol symbol) ->
                new Waves(
                    waves.get(read).from(), symbol.whole(j, k).times(waves.get(read).matrix()));
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
