package io.lipc.certificate;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.ActivationFunction.ElementKind;
import io.lipc.certificate.activation.ActivationFunction.GroupKind;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.checker.CertificateChecker;
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
import io.lipc.certificate.verdict.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A random unit of each kind that there is. Kinds are found by the sealed types, so a kind that
 * somebody adds has no unit here, and the tests that ask for each kind fail until it has.
 */
public final class EveryUnit {

  private final NetworkUnderTest net;
  private final Random random;

  /** Adds units to a network. */
  public EveryUnit(NetworkUnderTest net, Random random) {
    this.net = net;
    this.random = random;
  }

  /** All kinds of activations. */
  public static List<Enum<?>> activations() {
    List<Enum<?>> all = new ArrayList<>(List.of(ElementKind.values()));
    all.addAll(List.of(GroupKind.values()));
    return all;
  }

  /** The classes of all other units that read units: of linear ones, those of their maps. */
  public static List<Class<?>> others() {
    return records(Unit.class)
        .filter(type -> type != Unit.Input.class && type != Unit.Activation.class)
        .flatMap(type -> type == Unit.Linear.class ? records(LinearMap.class) : Stream.of(type))
        .distinct()
        .toList();
  }

  private static Stream<? extends Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(EveryUnit::records);
  }

  private int size(int unit) {
    return net.units.get(unit).size();
  }

  private double number() {
    return random.nextInt(8) == 0 ? 0 : random.nextGaussian();
  }

  private double[] numbers(int count) {
    return random.doubles(count, -1, 1).map(v -> number()).toArray();
  }

  private List<Double> list(int count) {
    return Arrays.stream(numbers(count)).boxed().toList();
  }

  /** A matrix with bias, of rows that move by about as much as what they read. */
  public int dense(int x, int size) {
    double[][] w = new double[size][];
    for (int i = 0; i < size; i++) {
      w[i] = Arrays.stream(numbers(size(x))).map(v -> v / Math.sqrt(size(x))).toArray();
    }
    return net.dense(x, w, numbers(size));
  }

  /** An activation of that kind of an even number of elements. */
  public int activation(int x, Enum<?> kind) {
    ActivationFunction function =
        switch (kind) {
          case ElementKind element -> RandomActivations.ofElements(element, random);
          case GroupKind group -> RandomActivations.ofGroups(group, 2, random);
          default -> throw new AssertionError("no activation of the kind " + kind);
        };
    int group = Group.of(function, size(x)).size();
    int pixels = group > 1 && random.nextBoolean() ? size(x) / group : 1;
    return net.add(new Unit.Activation(x, function, size(x), pixels));
  }

  /** A unit of that class that reads unit x, and may read others. */
  public int other(int x, Class<?> type) {
    int size = size(x);
    if (type == Matrix.class) {
      return dense(x, 1 + random.nextInt(4));
    }
    if (type == Centering.class) {
      return net.activation(x, "center");
    }
    if (type == Identity.class) {
      return net.activation(x, "identity");
    }
    if (type == Diagonal.class) {
      return net.add(Unit.affine(x, list(size), list(size), size));
    }
    if (type == Selection.class) {
      int[] picked = random.ints(1 + random.nextInt(2 * size), 0, size).toArray();
      return net.add(Unit.select(x, Arrays.stream(picked).boxed().toList()));
    }
    if (type == Concatenation.class) {
      return net.concat(
          random.nextBoolean() ? new int[] {x, random.nextInt(x + 1)} : new int[] {0, x, x});
    }
    if (type == Scaling.class) {
      return net.scale(x, number());
    }
    if (type == Sum.class) {
      return random.nextBoolean() ? net.sum(x, x) : net.sum(x, net.scale(x, number()), x);
    }
    if (type == AveragePool.class) {
      Grid image = RandomGrids.of(size, random);
      return net.add(Unit.averagePool(x, new AveragePool(image, window(image), number())));
    }
    if (type == Unit.MaxPool.class) {
      Grid image = RandomGrids.of(size, random);
      return net.add(new Unit.MaxPool(x, image, window(image)));
    }
    if (type == Convolution.class) {
      return convolution(x);
    }
    if (type == BatchNorm.class) {
      return normalised(x);
    }
    if (type == Unit.Call.class) {
      return called(x);
    }
    throw new AssertionError("no network ends with a unit of the kind " + type);
  }

  private Window window(Grid image) {
    return new Window(
        Axis.of(1 + random.nextInt(image.height()), 1 + random.nextInt(2)),
        Axis.of(1 + random.nextInt(image.width()), 1 + random.nextInt(2)));
  }

  private Axis axis() {
    return new Axis(
        1 + random.nextInt(3),
        1 + random.nextInt(3),
        random.nextInt(3),
        random.nextInt(3),
        1 + random.nextInt(2));
  }

  private int convolution(int x) {
    while (true) {
      Grid image = RandomGrids.of(size(x), random);
      Window window = new Window(axis(), axis());
      int groups = image.channels() % 2 == 0 ? 1 + random.nextInt(2) : 1;
      int channels = groups * (1 + random.nextInt(2));
      if (image.through(window, channels).filter(y -> y.elements() <= 8).isPresent()) {
        String name = "w" + net.units.size();
        Optional<String> bias = Optional.of("b" + net.units.size());
        Convolution map = new Convolution(image, channels, window, groups, name, bias);
        List<Integer> shape = map.tensors().getFirst().shape();
        net.tensor(name, shape, numbers(shape.stream().reduce(1, (a, b) -> a * b)));
        net.tensor(bias.get(), List.of(channels), numbers(channels));
        return net.add(Unit.convolution(x, map));
      }
    }
  }

  private int normalised(int x) {
    Grid image = RandomGrids.of(size(x), random);
    String prefix = "n" + net.units.size();
    for (String role : BatchNorm.ROLES) {
      double[] values = numbers(image.channels());
      Arrays.setAll(values, k -> role.equals("running_var") ? values[k] * values[k] : values[k]);
      net.tensor(prefix + "." + role, List.of(values.length), values);
    }
    double epsilon = Math.scalb(1.0, -random.nextInt(12));
    return net.add(
        Unit.batchNorm(x, new BatchNorm(image.channels(), image.pixels(), prefix, epsilon)));
  }

  /** A call of a network that has a bound, which no proof has to use. */
  private int called(int x) {
    NetworkUnderTest callee = new NetworkUnderTest();
    EveryUnit units = new EveryUnit(callee, random);
    int dense = units.dense(callee.input(size(x)), 2);
    List<Enum<?>> kinds = activations();
    int last = units.activation(dense, kinds.get(random.nextInt(kinds.size())));
    callee.slope(last, 16);
    callee.bound = 1e6;
    Subject subject = callee.subject();
    boolean accepted = CertificateChecker.check(subject) instanceof Verdict.Accepted;
    return accepted ? net.call(x, "test.Callee" + net.units.size(), subject) : called(x);
  }
}
