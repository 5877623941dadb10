package io.lipc.certificate.frequency;

import static io.lipc.certificate.verdict.Rejection.unless;

import io.lipc.certificate.Proof.Constrained;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.activation.SlopeTable.Slopes;
import io.lipc.certificate.frequency.TorusNetwork.Bounded;
import io.lipc.certificate.frequency.TorusSignal.Step;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.linear.Windowed;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads units as signals of a torus, one after the other, or refuses them. Why each signal is what
 * it is stands at {@link TorusNetwork}.
 */
final class TorusUnits {

  /** Ends of slopes, and gains, that are not 0 are at least this. */
  private static final double LEAST_END = 0x1p-400;

  /**
   * The signals of units on a torus.
   *
   * @param ofUnit which signal each unit gives
   * @param coordinates of all signals that start anew
   */
  record Read(
      List<TorusSignal> signals, List<Bounded> bounded, List<Integer> ofUnit, int coordinates) {}

  private final List<Unit> units;
  private final Weights weights;
  private final Torus torus;
  private final int[] down;
  private final int[] right;

  private final List<TorusSignal> signals = new ArrayList<>();
  private final List<Bounded> bounded = new ArrayList<>();
  private final int[] ofUnit;
  private int coordinates;

  private TorusUnits(List<Unit> units, Weights weights, Torus torus) {
    this.units = units;
    this.weights = weights;
    this.torus = torus;
    this.ofUnit = new int[units.size()];
    this.down = pixels(true);
    this.right = pixels(false);
  }

  /**
   * Reads all units.
   *
   * @param cropped those whose signal is made clean
   * @throws Rejection if one of them has no meaning on this torus
   */
  static Read read(List<Unit> units, Weights weights, Torus torus, Set<Integer> cropped) {
    TorusUnits all = new TorusUnits(units, weights, torus);
    for (int i = 0; i < units.size(); i++) {
      all.ofUnit[i] = all.add(all.signal(i, units.get(i)), i);
      if (cropped.contains(i)) {
        all.crop(i);
      }
    }
    List<Integer> ofUnit = Arrays.stream(all.ofUnit).boxed().toList();
    return new Read(List.copyOf(all.signals), List.copyOf(all.bounded), ofUnit, all.coordinates);
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
      case Unit.Linear linear -> window(linear.map());
      case Unit.MaxPool pool -> Optional.of(pool.window());
      case Unit.Input _, Unit.Activation _, Unit.Call _ -> Optional.empty();
    };
  }

  private static Optional<Window> window(LinearMap map) {
    return switch (map) {
      case Windowed windowed -> Optional.of(windowed.window());
      case BatchNorm _, Scaling _, Identity _, Sum _, Concatenation _ -> Optional.empty();
      case Matrix _, Diagonal _, Selection _, Centering _ -> Optional.empty();
    };
  }

  private TorusSignal signal(int at, Unit unit) {
    List<Integer> read = unit.operands().stream().map(operand -> ofUnit[operand]).toList();
    return switch (unit) {
      case Unit.Input input -> fresh(at, image(input));
      case Unit.Linear linear -> linear(at, linear, read);
      case Unit.Activation activation -> activation(at, activation, read.getFirst());
      case Unit.MaxPool pool -> {
        boolean same = signals.get(read.getFirst()).grid().equals(pool.input());
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

  private TorusSignal fresh(int at, Grid grid) {
    Step step = new Step.Fresh(coordinates);
    TorusSignal signal = new TorusSignal(grid, down[at], right[at], true, step);
    coordinates = Math.addExact(coordinates, signal.rows());
    unless(coordinates <= TorusGain.MAX_COORDINATES, Reason.TOO_LARGE, coordinates + " waves");
    return signal;
  }

  /** A new signal, whose channels share multipliers as the bounds of its unit do. */
  private TorusSignal bounded(
      int at, Grid grid, int read, Constraint kind, int shares, Slopes slopes) {
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
  private TorusSignal activation(int at, Unit.Activation activation, int read) {
    Grid grid = signals.get(read).grid();
    Group group = Group.of(activation.function(), activation.size());
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
    Grid grid = signals.getLast().grid();
    ofUnit[at] = add(bounded(at, grid, read, Constraint.CROP, 1, new Slopes(0, 1)), at);
  }

  private int add(TorusSignal signal, int at) {
    long height = (long) torus.cells().getFirst() * signal.down();
    long width = (long) torus.cells().getLast() * signal.right();
    boolean fits = height >= signal.grid().height() && width >= signal.grid().width();
    unless(fits, Reason.MALFORMED, "unit " + at + " does not fit on the torus");
    unless(signal.grid().elements() == units.get(at).size(), Reason.WRONG_SHAPE, "unit " + at);
    signals.add(signal);
    return signals.size() - 1;
  }

  private TorusSignal linear(int at, Unit.Linear unit, List<Integer> read) {
    TorusSignal first = signals.get(read.getFirst());
    List<TorusSignal> all = read.stream().map(signals::get).toList();
    boolean clean = all.stream().allMatch(TorusSignal::clean);
    return switch (unit.map()) {
      case Convolution map -> {
        double[] kernel = weights.tensor(map.weight()).orElseThrow().values();
        yield convolution(at, map, kernel, read.getFirst(), false);
      }
      case AveragePool map -> pool(at, map, read.getFirst());
      case BatchNorm map -> {
        boolean whole = map.pixels() % first.grid().pixels() == 0;
        unless(whole, Reason.MALFORMED, "unit " + at + " scales parts of channels");
        yield scaled(map, first, read.getFirst());
      }
      case Scaling _, Identity _ -> scaled(unit.map(), first, read.getFirst());
      case Sum _ -> {
        boolean same = all.stream().allMatch(first::isLike);
        unless(same, Reason.MALFORMED, "unit " + at + " adds different images");
        yield first.with(first.grid(), clean, new Step.Summed(read));
      }
      case Concatenation _ -> {
        boolean same = all.stream().allMatch(first::hasPixelsOf);
        unless(same, Reason.MALFORMED, "unit " + at + " joins different images");
        int channels = all.stream().mapToInt(signal -> signal.grid().channels()).sum();
        Grid grid = new Grid(channels, first.grid().height(), first.grid().width());
        yield first.with(grid, clean, new Step.Joined(read));
      }
      case Matrix _, Diagonal _, Selection _, Centering _ -> throw noMeaning(at);
    };
  }

  private TorusSignal scaled(LinearMap map, TorusSignal first, int read) {
    var row = map.rows(List.of(first.grid().elements()), weights);
    double[] factors = new double[first.rows()];
    int phases = first.down() * first.right();
    int pixels = first.grid().pixels();
    Arrays.setAll(factors, i -> row.apply(i / phases * pixels).factors()[0]);
    return first.with(first.grid(), first.clean(), new Step.Scaled(read, factors));
  }

  private TorusSignal pool(int at, AveragePool map, int read) {
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

  private TorusSignal convolution(
      int at, Convolution map, double[] kernel, int read, boolean clean) {
    TorusSignal operand = signals.get(read);
    boolean reads = operand.grid().equals(map.input());
    unless(reads, Reason.MALFORMED, "unit " + at + " reads another image");
    unless(operand.clean(), Reason.MALFORMED, "unit " + at + " reads what is not zero outside");
    Circle vertical = circle(0, map.window(), down[at]);
    Circle horizontal = circle(1, map.window(), right[at]);
    boolean holds = vertical.holds(map.input().height(), map.output().height());
    holds &= horizontal.holds(map.input().width(), map.output().width());
    unless(holds, Reason.MALFORMED, "unit " + at + " does not fit on the torus");
    Symbol symbol = Symbol.ofAll(map, kernel, vertical, horizontal);
    return new TorusSignal(
        map.output(), down[at], right[at], clean, new Step.Convolved(read, symbol));
  }

  private Circle circle(int axis, Window window, int pixels) {
    Axis along = axis == 0 ? window.vertical() : window.horizontal();
    return new Circle(along, torus.cells().get(axis), pixels, torus.twist().get(axis));
  }
}
