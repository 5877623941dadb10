package io.lipc.certifier;

import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random graphs of all layers but calls. */
public final class RandomNetworks {

  /** Elementwise, without constants. */
  private static final List<ActivationKind> PLAIN =
      Stream.<ActivationKind>concat(
              Stream.of(PointwiseKind.values()), Stream.of(LinearKind.IDENTITY))
          .filter(kind -> kind.parameterNames().isEmpty())
          .toList();

  private RandomNetworks() {}

  public static TestNetwork graph(Random random) {
    TestNetwork network = TestNetwork.of(1 + random.nextInt(5));
    List<Integer> open = new ArrayList<>(List.of(0));
    int layers = 3 + random.nextInt(8);
    for (int i = 0; i < layers; i++) {
      open.add(layer(network, open.get(random.nextInt(open.size())), open, random));
    }
    // Everything is on a path to the output.
    int all = network.concat(open.toArray(Integer[]::new));
    network.dense(all, TestNetwork.random(random, 3, network.size(all)));
    return network;
  }

  private static int layer(TestNetwork network, int operand, List<Integer> open, Random random) {
    int size = network.size(operand);
    return switch (random.nextInt(11)) {
      case 0 -> network.relu(operand);
      case 1 -> network.activate(operand, PointwiseKind.LEAKY_RELU, random.nextDouble(-0.5, 1.5));
      case 2 -> network.activate(operand, PLAIN.get(random.nextInt(PLAIN.size())));
      case 3 ->
          network.activate(
              operand,
              random.nextBoolean() ? PointwiseKind.ELU : PointwiseKind.CELU,
              random.nextDouble(0.1, 2));
      case 4 -> network.activate(network.concat(operand, operand), GroupedKind.MAXMIN);
      case 5 -> network.scale(operand, random.nextGaussian());
      case 6 ->
          network.affine(
              operand,
              random.doubles(size, -1, 1).boxed().toList(),
              random.doubles(size, -1, 1).boxed().toList());
      case 7 -> {
        List<Integer> like =
            open.stream().filter(other -> network.size(other) == size).collect(Collectors.toList());
        int other = like.get(random.nextInt(like.size()));
        yield network.sum(operand, other);
      }
      case 8 -> {
        int three = network.concat(operand, operand, operand);
        yield network.activate(
            three, GroupedKind.GROUP_SORT, random.nextBoolean() ? 3.0 : 3.0 * size);
      }
      case 9 -> {
        int pair = network.concat(operand, network.scale(operand, random.nextGaussian()));
        yield switch (random.nextInt(4)) {
          case 0, 1 -> network.activate(pair, GroupedKind.SOFTMAX, 0.25 + random.nextDouble());
          case 2 ->
              network.activate(
                  pair, GroupedKind.HOUSEHOLDER, random.nextGaussian(), random.nextGaussian());
          default ->
              network.activate(
                  pair,
                  GroupedKind.LAYER_NORM,
                  0.25 + random.nextDouble(),
                  random.nextBoolean() ? 0.0 : 2.0);
        };
      }
      default -> {
        int outputs = 1 + random.nextInt(7);
        yield network.relu(
            network.dense(
                operand,
                TestNetwork.random(random, outputs, size),
                IntStream.range(0, outputs).mapToDouble(_ -> random.nextGaussian()).toArray()));
      }
    };
  }
}
