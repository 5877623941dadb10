package io.lipc.kernels;

import io.lipc.certificate.Subject;
import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.kernels.DeviceNetworks.DoubleDeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.Schedule;
import io.lipc.runtime.tornado.TornadoDoubleNetwork;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What {@link SynthesisDeviceTest} starts with TornadoVM's options to print kernels: networks that
 * have every kernel of the schedule that FPGAs get. Each is placed once, and compared with the JVM
 * and the interpreter as well, so that no other test has to compile these kernels.
 */
final class PortableKernels {

  /** The property that says where TornadoVM prints; the texts go beside it, as {@code F32.cl}. */
  static final String PRINTED = "tornado.print.kernel.dir";

  private static final int ROWS = 7;

  private PortableKernels() {}

  public static void main(String[] arguments) throws IOException {
    // Whatever threads TornadoVM has: who waits for this process has to hear of a failure.
    Thread.currentThread()
        .setUncaughtExceptionHandler(
            (_, failure) -> {
              failure.printStackTrace();
              System.exit(1);
            });
    Path printed = Path.of(System.getProperty(PRINTED));
    for (ElementType precision : ElementType.values()) {
      switch (precision) {
        case F32 -> inFloats();
        case F64 -> inDoubles();
      }
      // TornadoVM appends each kernel to the file of that name, which it makes anew.
      Files.move(printed, printed.resolveSibling(precision + ".cl"));
    }
    System.exit(0);
  }

  private static void inFloats() {
    for (CheckedNetwork network : networks(ElementType.F32)) {
      DeviceNetwork compiled = DeviceNetworks.compile(network, subject(network));
      Scheduled portable = new Scheduled(compiled.program(), Schedule.PORTABLE);
      try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), portable, ROWS)) {
        DeviceAgreement.check(device, compiled, ROWS);
      }
    }
  }

  private static void inDoubles() {
    for (CheckedNetwork network : networks(ElementType.F64)) {
      DoubleDeviceNetwork compiled = DeviceNetworks.compileDoubles(network, subject(network));
      ScheduledDoubles portable = new ScheduledDoubles(compiled.program(), Schedule.PORTABLE);
      try (TornadoDoubleNetwork device = TornadoDoubleNetwork.on(Devices.at(0), portable, ROWS)) {
        DeviceAgreement.check(device, compiled, ROWS);
      }
    }
  }

  private static List<CheckedNetwork> networks(ElementType precision) {
    String images = "demo.device.PortableImages" + precision;
    return List.of(operations(precision), Examples.images(images, precision));
  }

  private static Subject subject(CheckedNetwork network) {
    return Subjects.random(network.network(), new SplittableRandom(9), Map.of());
  }

  /** Dense layers wide and narrow, each activation alone and within them, all ways to join. */
  private static CheckedNetwork operations(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.device.Portable" + precision, precision);
    int x = net.input("x", 6);
    List<Integer> all = new ArrayList<>();
    DeviceAgreementTest.activations()
        .forEach(
            (kind, parameters) -> {
              int alone = net.activate(kind.word() + "A", x, kind, parameters);
              int dense = net.dense(kind.word() + "B#0", alone, 10, true);
              all.add(net.activate(kind.word() + "B", dense, kind, parameters));
            });
    int wide = net.dense("wide", x, 200, true);
    all.add(net.dense("deep", wide, 10, true));
    int narrow = net.dense("narrow#0", x, 5, false);
    int leaky = net.activate("narrow", narrow, PointwiseKind.LEAKY_RELU, 0.1);
    int sum = net.scale("s", net.add("s#0", all), 0.3);
    List<Double> tenths = Collections.nCopies(10, 0.1);
    int shifted = net.affine("t", sum, tenths, tenths);
    int picked = net.select("p", shifted, List.of(9, 0, 9, 4));
    net.concat("y", List.of(x, sum, shifted, leaky, net.slice("l", picked, 1, 2), all.getFirst()));
    return net.build(1, "");
  }
}
