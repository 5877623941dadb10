package io.lipc.kernels;

import com.palantir.javapoet.JavaFile;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.kernels.pass.Lowering;
import io.lipc.kernels.tornado.TornadoEmitter;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** The networks of {@link DeviceSpeed}; {@code benchmarks/peers/device_speed.py} has the same. */
final class SpeedNetworks {

  /**
   * One of them.
   *
   * @param launches the kernels of an execution, one behind the other
   * @param products the multiplications of weights for one row, a multiplication and an addition
   *     each
   */
  record SpeedNetwork(String name, DeviceNetwork network, int launches, long products) {}

  private final NetworkBuilder net;
  private long products;

  private SpeedNetworks(String name) {
    this.net = new NetworkBuilder("demo.device.Speed" + name, ElementType.F32);
  }

  static List<SpeedNetwork> all() {
    return List.of(
        dense("784-512-512-10", 784, 512, 512, 10),
        dense("3072-1024x4-10", 3072, 1024, 1024, 1024, 1024, 10),
        resnet());
  }

  private static SpeedNetwork dense(String name, int... widths) {
    SpeedNetworks of = new SpeedNetworks("Dense" + widths[0]);
    int layer = of.net.input("x", widths[0]);
    for (int i = 1; i < widths.length; i++) {
      of.products += (long) widths[i - 1] * widths[i];
      layer = of.net.dense("h" + i + "#0", layer, widths[i], true);
      layer = i < widths.length - 1 ? of.relu("h" + i, layer) : layer;
    }
    return of.named(name);
  }

  /** The residual network of docs/benchmarks.md: convolutions of 3 by 3, images of 32 by 32. */
  private static SpeedNetwork resnet() {
    SpeedNetworks of = new SpeedNetworks("Resnet");
    int a = of.relu("a", of.convolve("c1", of.net.image("x", new Grid(3, 32, 32)), 16, 3, 1));
    int b = of.relu("b", of.convolve("c2", a, 16, 3, 1));
    int d = of.relu("d", of.net.add("s1", List.of(of.convolve("c3", b, 16, 3, 1), a)));
    int e = of.relu("e", of.convolve("c4", d, 32, 3, 2));
    int f = of.convolve("c5", e, 32, 3, 1);
    int h = of.relu("h", of.net.add("s2", List.of(f, of.convolve("c6", d, 32, 1, 2))));
    int i = of.relu("i", of.convolve("c7", h, 32, 3, 1));
    int k = of.relu("k", of.net.add("s3", List.of(of.convolve("c8", i, 32, 3, 1), h)));
    int mean = of.net.averagePool("p", k, Window.plain(List.of(16, 16), List.of(1, 1)));
    of.products += 32 * 10;
    of.net.dense("y", of.net.reshape("flat", mean, 32), 10, true);
    return of.named("resnet 3x32x32");
  }

  private int relu(String name, int layer) {
    return net.activate(name, layer, PointwiseKind.RELU);
  }

  /** As wide as the image, or half of it. */
  private int convolve(String name, int layer, int channels, int kernel, int stride) {
    int padding = kernel / 2;
    Window window = Window.square(new Axis(kernel, stride, padding, padding, 1));
    int convolved = net.convolve(name, layer, channels, window, 1, true);
    products += (long) net.size(convolved) * net.image(layer).channels() * kernel * kernel;
    return convolved;
  }

  private SpeedNetwork named(String name) {
    CheckedNetwork network = net.build(1, "");
    DeviceNetwork compiled =
        DeviceNetworks.compile(
            network, Subjects.random(network.network(), new SplittableRandom(1), Map.of()));
    return new SpeedNetwork(name, compiled, launches(network), products);
  }

  /** All schedules have the same tasks. */
  private static int launches(CheckedNetwork network) {
    JavaFile file = TornadoEmitter.emit(network, Lowering.lower(network), Map.of());
    String text = file.toString();
    return count("\\.task\\(", text) / count("new TaskGraph\\(", text);
  }

  private static int count(String pattern, String text) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }
}
