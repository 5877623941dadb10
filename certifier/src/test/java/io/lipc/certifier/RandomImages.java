package io.lipc.certifier;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** Random convolutional networks: a path of images with skips, and a dense head. */
public final class RandomImages {

  private RandomImages() {}

  public static TestNetwork graph(Random random) {
    Grid image = new Grid(1 + random.nextInt(3), 3 + random.nextInt(4), 3 + random.nextInt(4));
    TestNetwork network = TestNetwork.of(image);
    int last = 0;
    int layers = 2 + random.nextInt(4);
    for (int i = 0; i < layers; i++) {
      last = layer(network, last, random);
    }
    network.dense(last, TestNetwork.random(random, 2, network.size(last)));
    return network;
  }

  private static int layer(TestNetwork network, int operand, Random random) {
    Grid image = network.image(operand);
    return switch (random.nextInt(9)) {
      case 0 -> {
        double[][] statistics = new double[4][];
        Arrays.setAll(statistics, _ -> random.doubles(image.channels(), 0.2, 2).toArray());
        yield network.batchNorm(operand, statistics);
      }
      case 1 -> pool(image, random).map(w -> network.averagePool(operand, w)).orElse(operand);
      case 2 -> pool(image, random).map(w -> network.maxPool(operand, w)).orElse(operand);
      case 3 -> {
        int both = network.concatChannels(operand, network.scale(operand, random.nextGaussian()));
        yield random.nextBoolean()
            ? network.activate(both, GroupedKind.MAXMIN)
            : network.activate(both, GroupedKind.GROUP_SORT, 2.0 * image.channels());
      }
      case 4 -> {
        int both = network.concatChannels(operand, network.scale(operand, random.nextGaussian()));
        yield network.activate(both, GroupedKind.HOUSEHOLDER, 0.6, -0.8);
      }
      case 5 -> {
        Window same = Window.square(new Axis(3, 1, 1, 1, 1));
        int inner = network.convolution(random, operand, image.channels(), same, 1);
        yield network.sum(operand, network.relu(inner));
      }
      default -> {
        int convolved = convolution(network, operand, random);
        yield random.nextInt(3) == 0
            ? network.activate(convolved, PointwiseKind.LEAKY_RELU, 0.25)
            : network.relu(convolved);
      }
    };
  }

  private static int convolution(TestNetwork network, int operand, Random random) {
    Grid image = network.image(operand);
    int groups = random.nextInt(3) == 0 ? image.channels() : 1;
    int channels = groups * (1 + random.nextInt(groups > 1 ? 2 : 4));
    Window window = new Window(axis(image.height(), random), axis(image.width(), random));
    return network.convolution(random, operand, channels, window, groups);
  }

  /** One that fits. */
  private static Axis axis(int extent, Random random) {
    while (true) {
      Axis axis =
          new Axis(
              1 + random.nextInt(4),
              1 + random.nextInt(3),
              random.nextInt(3),
              random.nextInt(3),
              1 + random.nextInt(2));
      if (axis.outputs(extent).isPresent()) {
        return axis;
      }
    }
  }

  private static Optional<Window> pool(Grid image, Random random) {
    Window window =
        new Window(
            Axis.of(1 + random.nextInt(3), 1 + random.nextInt(3)),
            Axis.of(1 + random.nextInt(3), 1 + random.nextInt(3)));
    return image.through(window, image.channels()).isPresent()
        ? Optional.of(window)
        : Optional.empty();
  }
}
