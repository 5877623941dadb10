package io.lipc.kernels;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded convolutional networks: a path of images with skips, and a dense head. */
public final class RandomImages {

  private final NetworkBuilder net;
  private final SplittableRandom random;

  private RandomImages(NetworkBuilder net, SplittableRandom random) {
    this.net = net;
    this.random = random;
  }

  public static CheckedNetwork next(String name, ElementType precision, SplittableRandom random) {
    NetworkBuilder net = new NetworkBuilder(name, precision);
    return new RandomImages(net, random).build();
  }

  private CheckedNetwork build() {
    int channels = random.nextInt(1, 20);
    int last = net.image("x", new Grid(channels, random.nextInt(3, 12), random.nextInt(3, 12)));
    int layers = random.nextInt(2, 7);
    for (int i = 0; i < layers; i++) {
      last = layer("l" + i, last);
    }
    int head = random.nextInt(4);
    for (int i = 0; i < head; i++) {
      last = headLayer("h" + i, last);
    }
    net.dense("out", last, random.nextInt(1, 5), random.nextBoolean());
    return net.build(1, "");
  }

  private int headLayer(String name, int operand) {
    int dense = net.dense(name + "#0", operand, 2 * random.nextInt(1, 12), random.nextBoolean());
    return switch (random.nextInt(5)) {
      case 0 -> net.activate(name, dense, GroupedKind.MAXMIN);
      case 1 -> net.activate(name, dense, GroupedKind.GROUP_SORT, 2.0);
      case 2 -> net.add(name, List.of(dense, net.scale(name + "s", dense, -0.5)));
      case 3 -> net.concat(name, List.of(dense, operand));
      default -> net.activate(name, dense, PointwiseKind.RELU);
    };
  }

  private int layer(String name, int operand) {
    Grid image = net.image(operand);
    return switch (random.nextInt(10)) {
      case 0 -> net.batchNorm(name, operand);
      case 1, 2 -> pool(name, operand);
      case 3 -> {
        int both = net.concatChannels(name + "j", operand, net.scale(name + "s", operand, -0.5));
        yield random.nextBoolean()
            ? net.activate(name, both, GroupedKind.MAXMIN)
            : net.activate(name, both, GroupedKind.GROUP_SORT, 2.0 * image.channels());
      }
      case 4 -> {
        int both = net.concatChannels(name + "j", operand, net.scale(name + "s", operand, -0.5));
        yield net.activate(name, both, GroupedKind.HOUSEHOLDER, 0.6, -0.8);
      }
      case 5 -> {
        Window same = Window.square(new Axis(3, 1, 1, 1, 1));
        int inner = net.convolve(name + "c", operand, image.channels(), same, 1, true);
        yield net.add(name, List.of(operand, net.activate(name + "r", inner, PointwiseKind.RELU)));
      }
      default -> activated(name, convolution(name + "c", operand));
    };
  }

  private int activated(String name, int layer) {
    return switch (random.nextInt(4)) {
      case 0 -> layer;
      case 1 -> net.activate(name, layer, PointwiseKind.LEAKY_RELU, 0.25);
      default -> net.activate(name, layer, PointwiseKind.RELU);
    };
  }

  private int convolution(String name, int operand) {
    Grid image = net.image(operand);
    int groups = random.nextInt(3) == 0 ? image.channels() : 1;
    int channels = groups * random.nextInt(1, groups > 1 ? 3 : 24);
    Window window = new Window(axis(image.height()), axis(image.width()));
    return net.convolve(name, operand, channels, window, groups, random.nextBoolean());
  }

  private Axis axis(int extent) {
    while (true) {
      Axis axis =
          new Axis(
              random.nextInt(1, 6),
              random.nextInt(1, 4),
              random.nextInt(0, 3),
              random.nextInt(0, 3),
              random.nextInt(1, 3));
      if (axis.outputs(extent).isPresent()) {
        return axis;
      }
    }
  }

  private int pool(String name, int operand) {
    Grid image = net.image(operand);
    Window window = new Window(within(image.height()), within(image.width()));
    return random.nextBoolean()
        ? net.averagePool(name, operand, window)
        : net.maxPool(name, operand, window);
  }

  private Axis within(int extent) {
    return Axis.of(random.nextInt(1, Math.min(extent, 3) + 1), random.nextInt(1, 4));
  }
}
