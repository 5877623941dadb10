package io.lipc.kernels;

import io.lipc.formats.ElementType;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Seeded directed acyclic graphs with every kind of layer, of 1 to 70 elements each. */
public final class RandomNetworks {

  /** Elementwise, without constants. */
  static final List<ActivationKind> PLAIN =
      Stream.<ActivationKind>concat(
              Stream.of(PointwiseKind.values()), Stream.of(LinearKind.IDENTITY))
          .filter(kind -> kind.parameterNames().isEmpty())
          .toList();

  private RandomNetworks() {}

  public static CheckedNetwork next(
      String name, ElementType precision, SplittableRandom random, List<CheckedNetwork> callees) {
    NetworkBuilder net = new NetworkBuilder(name, precision);
    net.input("x", size(random));
    int layers = random.nextInt(3, 25);
    for (int i = 0; i < layers; i++) {
      addLayer(net, "l" + i, random, callees);
    }
    List<Integer> all =
        IntStream.range(1, net.count()).boxed().collect(Collectors.toCollection(ArrayList::new));
    net.dense("out", net.concat("joined", all), random.nextInt(1, 12), random.nextBoolean());
    return net.build(1, "");
  }

  private static void addLayer(
      NetworkBuilder net, String name, SplittableRandom random, List<CheckedNetwork> callees) {
    int operand = random.nextInt(net.count());
    switch (random.nextInt(21)) {
      case 0, 1 -> net.dense(name, operand, size(random), random.nextBoolean());
      case 2 -> net.activate(name, operand, PointwiseKind.RELU);
      case 3 -> net.activate(name, operand, PointwiseKind.LEAKY_RELU, random.nextDouble(-1, 2));
      case 4 -> net.activate(name, operand, PointwiseKind.TANH);
      case 5 -> net.activate(name, operand, PointwiseKind.ABS);
      case 6 ->
          net.activate(name, net.concat(name + "p", List.of(operand, operand)), GroupedKind.MAXMIN);
      case 7 -> {
        List<Integer> peers = peers(net, operand);
        int terms = random.nextInt(2, 20);
        List<Integer> sum = random.ints(terms, 0, peers.size()).mapToObj(peers::get).toList();
        net.scale(name, net.add(name + "s", sum), random.nextDouble(-0.2, 0.2));
      }
      case 8 -> net.affine(name, operand, reals(net, operand, random), reals(net, operand, random));
      case 9, 10, 11 -> net.activate(name, operand, PLAIN.get(random.nextInt(PLAIN.size())));
      case 12 -> net.activate(name, operand, PointwiseKind.ELU, random.nextDouble(0, 2));
      case 13 -> net.activate(name, operand, PointwiseKind.CELU, random.nextDouble(0.1, 2));
      case 15 -> net.select(name, operand, chosen(net.size(operand), random));
      case 16 -> {
        int from = random.nextInt(net.size(operand));
        net.slice(name, operand, from, random.nextInt(1, net.size(operand) - from + 1));
      }
      case 17 -> {
        int copies = random.nextInt(2, 5);
        int joined = net.concat(name + "p", Collections.nCopies(copies, operand));
        double group = random.nextBoolean() ? copies : net.size(joined);
        net.activate(name, joined, GroupedKind.GROUP_SORT, group);
      }
      case 18 -> {
        int joined = net.concat(name + "p", List.of(operand, operand));
        double v0 = random.nextDouble(-1, 1);
        net.activate(name, joined, GroupedKind.HOUSEHOLDER, v0, random.nextDouble(-1, 1));
      }
      case 19 -> net.activate(name, operand, GroupedKind.SOFTMAX, random.nextDouble(0.25, 2));
      case 20 -> net.activate(name, operand, LinearKind.CENTER);
      default -> {
        if (callees.isEmpty()) {
          net.activate(name, operand, LinearKind.IDENTITY);
        } else {
          CheckedNetwork callee = callees.get(random.nextInt(callees.size()));
          int inputs = callee.network().input().shape().size();
          int fitted = net.dense(name + "f", operand, inputs, true);
          net.call(name, fitted, callee.network());
        }
      }
    }
  }

  /** Some elements, often scattered, some of them perhaps twice. */
  private static List<Integer> chosen(int size, SplittableRandom random) {
    return random.ints(random.nextInt(1, size + 1), 0, size).boxed().toList();
  }

  private static List<Integer> peers(NetworkBuilder net, int layer) {
    return IntStream.range(0, net.count())
        .filter(other -> net.size(other) == net.size(layer))
        .boxed()
        .toList();
  }

  private static List<Double> reals(NetworkBuilder net, int layer, SplittableRandom random) {
    return random.doubles(net.size(layer), -1, 1).boxed().toList();
  }

  private static int size(SplittableRandom random) {
    return random.nextInt(1, 71);
  }
}
