package io.lipc.kernels;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.Collections;
import java.util.List;

/** The networks of the language's own page, and one that calls another. */
public final class Examples {

  private Examples() {}

  /** A residual network with mixed activations and an input box. */
  public static CheckedNetwork policy(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.control.Policy", precision);
    int state = net.input("state", 12, -1, 1);
    int h1 = net.activate("h1", net.dense("h1#0", state, 64, true), PointwiseKind.RELU);
    int h2 = net.activate("h2", net.dense("h2#0", h1, 64, true), PointwiseKind.LEAKY_RELU, 0.1);
    int sum = net.add("s", List.of(h1, h2));
    net.dense("action", sum, 4, true);
    return net.build(2, "A feedback policy whose gain the closed loop relies on.");
  }

  /** Two convolutions, one of which leaves its image as it reads it, and a dense head. */
  public static CheckedNetwork shirts(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.Shirts", precision);
    int x = net.image("x", new Grid(1, 12, 12));
    Window strided = Window.square(new Axis(4, 2, 1, 1, 1));
    Window same = Window.square(new Axis(3, 1, 1, 1, 1));
    int c1 = net.convolve("c1", x, 8, strided, 1, true);
    int a1 = net.activate("a1", c1, PointwiseKind.RELU);
    int c2 = net.activate("c2", net.convolve("c2#0", a1, 8, same, 1, true), PointwiseKind.RELU);
    int pooled = net.maxPool("pooled", net.add("s", List.of(a1, c2)), Window.square(Axis.of(2, 2)));
    int h = net.activate("h", net.dense("h#0", pooled, 20, true), PointwiseKind.RELU);
    net.dense("y", h, 10, true);
    return net.build(34, "Which of ten things is in a picture.");
  }

  /** {@code state |> Policy |> scale(0.5)}. */
  public static CheckedNetwork guarded(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.control.Guarded", precision);
    int state = net.input("state", 12, -1, 1);
    int action = net.call("return#0", state, policy(precision).network());
    net.scale("return#1", action, 0.5);
    return net.build(1, "");
  }

  /** Every kind of kernel, in sizes that fill no tile and no group. */
  public static CheckedNetwork every(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder(named("demo.Every", precision), precision);
    int x = net.input("x", 5);
    int scaled =
        net.affine(
            "scaled", x, List.of(0.5, 1.0, 2.0, 1.0, 1.0), List.of(1.0, 0.0, 0.0, 0.0, -1.0));
    int wide = net.activate("wide", net.dense("wide#0", scaled, 13, false), PointwiseKind.TANH);
    int narrow = net.activate("narrow", net.dense("narrow#0", wide, 3, true), PointwiseKind.ABS);
    int leaky = net.activate("leaky", narrow, PointwiseKind.LEAKY_RELU, 0.1);
    int joined = net.concat("joined", List.of(x, leaky, wide, narrow));
    int sorted = net.activate("sorted", joined, GroupedKind.MAXMIN);
    int sum = net.add("sum", Collections.nCopies(9, sorted));
    int half = net.scale("half", sum, -0.5);
    net.dense("y", half, 1, false);
    return net.build(4, "");
  }

  /**
   * Every kind of kernel of images: windows that reach over the edge, skip pixels and are not
   * square, groups whose channels fill no tile and one that is less than a tile, all activations of
   * channels.
   */
  public static CheckedNetwork images(ElementType precision) {
    return images(named("demo.Images", precision), precision);
  }

  /** The same by another name, where classes of that one are written at the same time. */
  static CheckedNetwork images(String name, ElementType precision) {
    NetworkBuilder net = new NetworkBuilder(name, precision);
    int x = net.image("x", new Grid(2, 9, 7));
    Window wide = new Window(new Axis(3, 2, 1, 1, 1), new Axis(2, 1, 0, 3, 2));
    int h = net.activate("h", net.convolve("h#0", x, 20, wide, 2, true), PointwiseKind.RELU);
    int normal = net.batchNorm("n", h);
    int sorted = net.activate("s", normal, GroupedKind.GROUP_SORT, 5.0);
    int pairs = net.activate("p", sorted, GroupedKind.MAXMIN);
    int mirrored =
        net.activate("r", net.add("a", List.of(pairs, h)), GroupedKind.HOUSEHOLDER, 0.6, 0.8);
    Window two = Window.plain(List.of(2, 2), List.of(1, 2));
    int largest = net.maxPool("largest", mirrored, two);
    int mean = net.averagePool("mean", mirrored, two);
    int both = net.concatChannels("both", largest, mean);
    Window point = Window.square(Axis.of(1, 1));
    int full = net.convolve("full", both, 16, point, 1, false);
    int single =
        net.activate(
            "single", net.convolve("single#0", full, 4, point, 4, true), PointwiseKind.ABS);
    Grid last = net.image(single);
    int global =
        net.averagePool(
            "global", single, Window.plain(last.extents().subList(1, 3), List.of(1, 1)));
    net.dense("y", global, 3, true);
    return net.build(4, "");
  }

  /**
   * A chain of convolutions, one for each way in which kernels of devices take pixels and channels:
   * four side by side, two by two, one above the other, of four images; blocks that are full and
   * not, groups of few and of single channels, windows of one element; with strides, zeros,
   * distances, and with biases or without.
   */
  public static CheckedNetwork convolutions(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder(named("demo.Convolutions", precision), precision);
    Window same = Window.square(new Axis(3, 1, 1, 1, 1));
    Window point = Window.square(Axis.of(1, 1));
    int x = net.image("x", new Grid(3, 12, 8));
    int a = leaky(net, "a", net.convolve("a#0", x, 20, same, 1, true));
    Window far = Window.square(new Axis(3, 1, 2, 2, 2));
    int b = net.activate("b", net.convolve("b#0", a, 20, far, 2, false), PointwiseKind.ABS);
    int c = net.convolve("c", b, 12, Window.plain(List.of(2, 3), List.of(2, 1)), 1, true);
    int d = leaky(net, "d", net.convolve("d#0", c, 12, same, 12, false));
    int e = net.convolve("e", d, 4, Window.plain(List.of(3, 2), List.of(1, 2)), 1, true);
    int f = net.activate("f", net.convolve("f#0", e, 70, point, 1, false), PointwiseKind.ABS);
    int g = net.convolve("g", f, 9, Window.plain(List.of(2, 1), List.of(1, 1)), 1, true);
    int h = leaky(net, "h", net.convolve("h#0", g, 6, point, 3, true));
    net.convolve("y", h, 12, point, 6, false);
    return net.build(1, "");
  }

  /** Both may be loaded at once: on a device all classes are on one path. */
  private static String named(String name, ElementType precision) {
    return switch (precision) {
      case F32 -> name;
      case F64 -> name + "InDoubles";
    };
  }

  private static int leaky(NetworkBuilder net, String name, int operand) {
    return net.activate(name, operand, PointwiseKind.LEAKY_RELU, 0.5);
  }

  /** Every elementwise activation of the language, one after the other; all are at most 1.76. */
  public static CheckedNetwork activations(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.Activations", precision);
    int h = net.input("x", 4, -1, 1);
    for (ActivationKind kind : ActivationKind.values()) {
      if (kind instanceof PointwiseKind || kind == LinearKind.IDENTITY) {
        Double[] parameters = kind.parameterNames().isEmpty() ? new Double[0] : new Double[] {0.75};
        h = net.activate(kind.word(), h, kind, parameters);
      }
    }
    net.dense("y", h, 2, true);
    return net.build(64, "");
  }
}
