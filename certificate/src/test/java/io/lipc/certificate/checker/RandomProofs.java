package io.lipc.certificate.checker;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.RandomActivations;
import io.lipc.certificate.RandomGrids;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Random unit lists of a few elements with random proofs: many are sound, many are not. */
final class RandomProofs {

  private final Random random;
  private final NetworkUnderTest net = new NetworkUnderTest();
  private int left;

  private RandomProofs(Random random) {
    this.random = random;
  }

  static NetworkUnderTest next(Random random) {
    return new RandomProofs(random).network();
  }

  private NetworkUnderTest network() {
    cut(net.input(1 + random.nextInt(4)));
    for (left = 1 + random.nextInt(5); left > 0; left--) {
      add(operand());
    }
    gather();
    return net;
  }

  /** What nothing has read is put into the output: a certificate has to be without the rest. */
  private void gather() {
    List<Integer> read = net.units.stream().flatMap(unit -> unit.operands().stream()).toList();
    int[] unread =
        IntStream.range(0, net.units.size()).filter(unit -> !read.contains(unit)).toArray();
    if (unread.length > 1) {
      net.concat(unread);
    }
  }

  /** The newest unit more often than an older one: so most units reach the output. */
  private int operand() {
    int last = net.units.size() - 1;
    return random.nextInt(3) > 0 ? last : random.nextInt(last + 1);
  }

  private int size(int unit) {
    return net.units.get(unit).size();
  }

  /** A multiple of 1/4: zero is common. */
  private double number() {
    return (random.nextInt(13) - 6) / 4.0;
  }

  private double[] numbers(int count) {
    return IntStream.range(0, count).mapToDouble(_ -> number()).toArray();
  }

  private List<Double> list(int count) {
    return Arrays.stream(numbers(count)).boxed().toList();
  }

  /** Proofs need multipliers that fall towards the output. */
  private double multiplier() {
    return random.nextInt(30) == 0 ? 0 : Math.scalb(0.5 + random.nextDouble(), 4 * left - 3);
  }

  private double[] multipliers(int count) {
    return IntStream.range(0, count).mapToDouble(_ -> multiplier()).toArray();
  }

  private void add(int x) {
    int size = size(x);
    switch (random.nextInt(13)) {
      case 0, 1 -> dense(x);
      case 10, 11 -> image(x);
      case 12 -> normalised(x);
      case 2, 3, 4 -> activation(x);
      case 5 -> net.sum(x, sameSize(size));
      case 6 -> net.concat(x, operand());
      case 7 -> net.scale(x, number());
      case 8 -> {
        boolean same = random.nextBoolean();
        List<Double> scale = same ? Collections.nCopies(size, number()) : list(size);
        mayHaveGain(net.add(Unit.affine(x, scale, list(size), size)));
      }
      default -> {
        int[] picked = random.ints(1 + random.nextInt(size), 0, size).toArray();
        mayHaveGain(net.add(Unit.select(x, Arrays.stream(picked).boxed().toList())));
      }
    }
  }

  private Axis axis(boolean plain) {
    int kernel = 1 + random.nextInt(3);
    int stride = 1 + random.nextInt(3);
    return plain
        ? Axis.of(kernel, stride)
        : new Axis(kernel, stride, random.nextInt(3), random.nextInt(3), 1 + random.nextInt(2));
  }

  /** Reads the unit as an image, by a window that fits. */
  private void image(int x) {
    Grid input = RandomGrids.of(size(x), random);
    boolean plain = random.nextBoolean();
    Window window = new Window(axis(plain), axis(plain));
    int groups = input.channels() % 2 == 0 ? 1 + random.nextInt(2) : 1;
    int channels = groups * (1 + random.nextInt(2));
    boolean fits = input.through(window, channels).filter(y -> y.elements() <= 8).isPresent();
    if (!fits || (plain && input.through(window, input.channels()).isEmpty())) {
      left++;
    } else if (plain && random.nextInt(3) == 0) {
      mayHaveGain(net.add(Unit.averagePool(x, new AveragePool(input, window, number()))));
    } else if (plain && random.nextBoolean()) {
      int at = net.add(new Unit.MaxPool(x, input, window));
      net.gain(at, multiplier());
      cut(at);
    } else {
      String name = "w" + net.units.size();
      Convolution map = new Convolution(input, channels, window, groups, name, Optional.empty());
      List<Integer> shape = map.tensors().getFirst().shape();
      net.tensor(name, shape, numbers(shape.stream().reduce(1, (a, b) -> a * b)));
      int at = net.add(Unit.convolution(x, map));
      if (random.nextInt(3) == 0) {
        // More cells than the least there have to be, or fewer.
        List<Integer> cells = List.of(1 + random.nextInt(6), 1 + random.nextInt(6));
        List<Double> twist = List.of(random.nextInt(2) / 2.0, random.nextInt(2) / 2.0);
        net.gains.add(new Proof.Gain(at, 1 + random.nextInt(4), new Torus(cells, twist)));
        net.gain(at, multiplier());
        cut(at);
      }
    }
  }

  private void normalised(int x) {
    Grid image = RandomGrids.of(size(x), random);
    String prefix = "n" + net.units.size();
    for (String role : BatchNorm.ROLES) {
      double[] values = numbers(image.channels());
      boolean variance = role.equals("running_var");
      net.tensor(
          prefix + "." + role,
          List.of(values.length),
          variance ? Arrays.stream(values).map(v -> v * v).toArray() : values);
    }
    BatchNorm map = new BatchNorm(image.channels(), image.pixels(), prefix, 0.25);
    mayHaveGain(net.add(Unit.batchNorm(x, map)));
  }

  private int sameSize(int size) {
    int[] units = IntStream.range(0, net.units.size()).filter(i -> size(i) == size).toArray();
    return units[random.nextInt(units.length)];
  }

  private void dense(int x) {
    int size = 1 + random.nextInt(4);
    double[][] weight =
        IntStream.range(0, size).mapToObj(_ -> numbers(size(x))).toArray(double[][]::new);
    int at = net.dense(x, weight, numbers(size));
    if (random.nextInt(3) == 0) {
      // A gain of 2 or 3 is often true, and often not.
      net.gain(at, multiplier(), 2 + random.nextInt(2));
      cut(at);
    }
  }

  private void activation(int x) {
    int at =
        switch (random.nextInt(4)) {
          case 0 -> net.activation(x, random.nextBoolean() ? "center" : "identity");
          case 1 -> grouped(x);
          default -> RandomActivations.add(net, x, RandomActivations.oftenKinked(random), size(x));
        };
    if (net.units.get(at) instanceof Unit.Activation activation && !mayHaveGain(at)) {
      int count = Math.max(1, size(x) / Group.of(activation.function(), size(x)).size());
      boolean one = random.nextBoolean();
      net.multiplier(at, Constraint.SLOPE, one ? multipliers(1) : multipliers(count));
    }
  }

  /** Of groups, which are not always whole. */
  private int grouped(int x) {
    int size = size(x);
    ActivationFunction function =
        RandomActivations.ofGroups(size < 2 ? 2 : 2 + random.nextInt(size - 1), random);
    int width = Group.of(function, size).size();
    int pixels = size % width == 0 ? 1 + random.nextInt(size / width) : 1;
    int apart = size % (width * pixels) == 0 ? pixels : 1;
    return net.add(new Unit.Activation(x, function, size, apart));
  }

  private boolean mayHaveGain(int at) {
    boolean gain = random.nextInt(3) == 0;
    if (gain) {
      net.gain(at, multiplier());
      cut(at);
    }
    return gain;
  }

  /** Sometimes makes one row or two of a unit's elements. */
  private void cut(int at) {
    int size = size(at);
    int first = 1 + random.nextInt(size);
    switch (random.nextInt(6)) {
      case 0 -> net.rows(at, size);
      case 1 -> net.rows(at, first, size - first + (first == size ? 1 : 0));
      default -> {}
    }
  }

  /** Other values for one of the multipliers, if there is any. */
  static void mutate(NetworkUnderTest net, Random random) {
    if (!net.multipliers.isEmpty()) {
      int changed = random.nextInt(net.multipliers.size());
      Proof.Multiplier old = net.multipliers.get(changed);
      double factor = Math.pow(2, 1.5 * random.nextGaussian());
      List<Double> values = old.values().stream().map(v -> v * factor).toList();
      net.multipliers.set(changed, new Proof.Multiplier(old.unit(), old.constraint(), values));
    }
  }
}
