package io.lipc.certificate.frequency;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.ActivationFunction.OfElements;
import io.lipc.certificate.activation.ActivationFunction.OfGroups;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A small network of images with multipliers, of every unit that a torus knows, with skips, strides
 * and groups; sometimes with a head. What is between two windows may be scaled, normalised, joined
 * or added, and pools have a multiplier for each channel. The tori are computed here once more, by
 * hand.
 */
final class RandomImages {

  private final Random random;
  private final NetworkUnderTest net = new NetworkUnderTest();

  /** What each unit on the torus gives. */
  private final List<Grid> grids = new ArrayList<>();

  private final List<Boolean> clean = new ArrayList<>();
  private final Set<Integer> cropped = new HashSet<>();

  private RandomImages(Random random) {
    this.random = random;
  }

  static RandomImages of(Random random) {
    RandomImages images = new RandomImages(random);
    images.build();
    return images;
  }

  NetworkUnderTest network() {
    return net;
  }

  @Override
  public String toString() {
    return net.units + " " + net.multipliers + " " + net.witness;
  }

  private void build() {
    Grid grid = new Grid(random.nextInt(1, 3), random.nextInt(3, 6), random.nextInt(3, 6));
    put(new Unit.Input(grid.extents(), Optional.empty()), grid, true);
    int last = 0;
    int layers = random.nextInt(1, 5);
    for (int i = 0; i < layers; i++) {
      last = layer(last);
    }
    Optional<Integer> head = random.nextInt(3) == 0 ? Optional.of(head(last)) : Optional.empty();
    List<Integer> least = leastOf(head.orElse(net.units.size()));
    List<Integer> cells = least.stream().map(n -> n + random.nextInt(4) / 3).toList();
    List<Double> twist = List.of(random.nextInt(2) / 2.0, random.nextInt(2) / 2.0);
    net.witness = new AllFrequencies(new Torus(cells, twist), head);
  }

  private int put(Unit unit, Grid grid, boolean isClean) {
    grids.add(grid);
    clean.add(isClean);
    return net.add(unit);
  }

  private double multiplier() {
    return Math.exp(random.nextDouble(-4, 1));
  }

  private double[] multipliers(int channels) {
    return random.doubles(random.nextBoolean() ? 1 : channels).map(_ -> multiplier()).toArray();
  }

  private int layer(int at) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> activation(convolution(at));
      case 3 -> skip(at);
      case 4 -> pool(at);
      case 5 -> normalised(at);
      case 6 -> joined(at);
      case 7 -> convolution(at);
      case 8 -> between(convolution(at));
      default -> activation(at);
    };
  }

  /** Two windows, and between them what is clean only if all that it reads is. */
  private int between(int at) {
    return convolution(random.nextBoolean() ? normalised(at) : joined(at));
  }

  /** A window may read a clean signal alone: others are cropped. */
  private void crop(int at) {
    if (!clean.get(at)) {
      clean.set(at, true);
      cropped.add(at);
      net.multiplier(at, Constraint.CROP, multipliers(grids.get(at).channels()));
    }
  }

  private int convolution(int at) {
    Grid in = grids.get(at);
    Window window = new Window(axis(), axis());
    int groups = in.channels() % 2 == 0 && random.nextInt(3) == 0 ? 2 : 1;
    int channels = groups * random.nextInt(1, 3);
    if (in.through(window, channels).isEmpty()) {
      return at;
    }
    crop(at);
    return convolution(at, window, channels, groups);
  }

  private int convolution(int at, Window window, int channels, int groups) {
    String name = "k" + net.units.size();
    Convolution map =
        new Convolution(grids.get(at), channels, window, groups, name, Optional.empty());
    int size = channels * map.read() * window.area();
    net.tensor(
        name,
        map.tensors().getFirst().shape(),
        random.doubles(size, -1, 1).map(v -> v / Math.sqrt(map.read() * window.area())).toArray());
    return put(Unit.convolution(at, map), map.output(), false);
  }

  private Axis axis() {
    int kernel = random.nextInt(1, 4);
    return new Axis(
        kernel,
        random.nextInt(4) == 0 ? 2 : 1,
        random.nextInt(0, kernel + 1),
        random.nextInt(0, kernel + 1),
        random.nextInt(5) == 0 ? 2 : 1);
  }

  /** Of slopes with 0 among them: then the grid has the same interval. */
  private int activation(int at) {
    Grid grid = grids.get(at);
    int channels = grid.channels();
    ActivationFunction function =
        channels > 1 && random.nextInt(8) == 0 ? ofChannels(channels) : withZeroSlope();
    boolean grouped = function instanceof OfGroups;
    int apart = grouped ? grid.pixels() : 1;
    int number = put(new Unit.Activation(at, function, grid.elements(), apart), grid, true);
    if (grouped) {
      net.gain(number, multiplier());
    } else {
      net.slope(number, multipliers(channels));
    }
    return number;
  }

  /** All kinds but those whose group is the whole image. */
  private ActivationFunction ofChannels(int channels) {
    OfGroups function = RandomActivations.ofGroups(channels, random);
    boolean whole =
        switch (function.kind()) {
          case MAXMIN, HOUSEHOLDER -> channels % 2 == 0;
          case GROUP_SORT -> true;
          case SOFTMAX, L2_NORMALIZE -> false;
          case LAYER_NORM -> function.constants().getLast() != 0;
        };
    return whole ? function : withZeroSlope();
  }

  private ActivationFunction withZeroSlope() {
    OfElements function = RandomActivations.oftenKinked(random);
    return Group.of(function, 1).slopes().lower() <= 0 ? function : withZeroSlope();
  }

  /** {@code x + f(x)} or {@code f(x) + x}, both of one grid. */
  private int skip(int at) {
    Grid grid = grids.get(at);
    crop(at);
    Axis same = new Axis(3, 1, 1, 1, 1);
    int inner = convolution(at, Window.square(same), grid.channels(), 1);
    inner = random.nextInt(3) == 0 ? inner : activation(inner);
    List<Integer> operands = random.nextBoolean() ? List.of(at, inner) : List.of(inner, at);
    return put(Unit.sum(operands, grid.elements()), grid, clean.get(at) && clean.get(inner));
  }

  private int pool(int at) {
    Grid in = grids.get(at);
    int side = random.nextInt(1, 3);
    Window window =
        new Window(Axis.of(side, side), Axis.of(random.nextInt(1, 3), random.nextInt(1, 3)));
    if (in.through(window, in.channels()).isEmpty()) {
      return at;
    }
    if (random.nextBoolean()) {
      int number = put(new Unit.MaxPool(at, in, window), in.pooled(window), true);
      net.multiplier(number, Constraint.GAIN, multipliers(in.channels()));
      return number;
    }
    crop(at);
    boolean covers =
        in.height() % side == 0 && covers(in.width(), window.horizontal(), in.pooled(window));
    AveragePool map = new AveragePool(in, window, 1.0 / window.area());
    return put(Unit.averagePool(at, map), map.output(), covers);
  }

  private static boolean covers(int width, Axis axis, Grid out) {
    return axis.kernel() <= axis.stride() && axis.stride() * out.width() >= width;
  }

  private int normalised(int at) {
    Grid grid = grids.get(at);
    String prefix = "n" + net.units.size();
    for (String role : BatchNorm.ROLES) {
      double from = role.equals("running_var") ? 0.5 : -1;
      net.tensor(
          prefix + "." + role,
          List.of(grid.channels()),
          random.doubles(grid.channels(), from, 1).toArray());
    }
    BatchNorm map = new BatchNorm(grid.channels(), grid.pixels(), prefix, 0.25);
    int scaled = put(Unit.scale(at, -0.75, grid.elements()), grid, clean.get(at));
    return put(Unit.batchNorm(scaled, map), grid, clean.get(at));
  }

  private int joined(int at) {
    Grid grid = grids.get(at);
    Grid both = new Grid(2 * grid.channels(), grid.height(), grid.width());
    if (grid.channels() > 2) {
      return at;
    }
    int beside = activation(at);
    List<Integer> operands = random.nextBoolean() ? List.of(at, beside) : List.of(beside, at);
    return put(Unit.concat(operands, both.elements()), both, clean.get(at) && clean.get(beside));
  }

  /** A dense layer of a few neurons, perhaps one more behind them. */
  private int head(int at) {
    int size = grids.get(at).elements();
    int head = dense(at, random.nextInt(1, 4), size);
    if (random.nextBoolean()) {
      int hidden = net.slopes(head, "relu", multiplier());
      dense(hidden, 2, net.units.get(hidden).size());
    }
    return head;
  }

  private int dense(int at, int rows, int columns) {
    double[][] weight = new double[rows][];
    for (int i = 0; i < rows; i++) {
      weight[i] = random.doubles(columns, -1, 1).map(v -> v / Math.sqrt(columns)).toArray();
    }
    return net.dense(at, weight);
  }

  /** The least numbers of cells on which all fits. */
  List<Integer> least() {
    return leastOf(((AllFrequencies) net.witness).head().orElse(net.units.size()));
  }

  private List<Integer> leastOf(int end) {
    return List.of(least(end, true), least(end, false));
  }

  private int least(int end, boolean vertical) {
    int[] pixels = new int[end];
    int cells = 1;
    for (int i = end - 1; i >= 0; i--) {
      pixels[i] = Math.max(1, pixels[i]);
      Optional<Axis> axis = window(i).map(w -> vertical ? w.vertical() : w.horizontal());
      for (int operand : net.units.get(i).operands()) {
        pixels[operand] = pixels[i] * axis.map(Axis::stride).orElse(1);
      }
      int m = vertical ? grids.get(i).height() : grids.get(i).width();
      cells = Math.max(cells, Math.ceilDiv(m, pixels[i]));
      boolean summed = net.units.get(i) instanceof Unit.Linear;
      if (axis.isPresent() && summed) {
        Grid in = grids.get(net.units.get(i).operands().getFirst());
        int n = vertical ? in.height() : in.width();
        int s = axis.get().stride();
        int span = (axis.get().kernel() - 1) * axis.get().dilation() + 1;
        int before = axis.get().before();
        int needed = Math.max(Math.max(n + before, s * (m - 1) + span - before), s * m);
        cells = Math.max(cells, Math.ceilDiv(needed, s * pixels[i]));
      }
    }
    return cells;
  }

  private Optional<Window> window(int unit) {
    return switch (net.units.get(unit)) {
      case Unit.Linear(_, Convolution map, _) -> Optional.of(map.window());
      case Unit.Linear(_, AveragePool map, _) -> Optional.of(map.window());
      case Unit.MaxPool pool -> Optional.of(pool.window());
      default -> Optional.empty();
    };
  }
}
