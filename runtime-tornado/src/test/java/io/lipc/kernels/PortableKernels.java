package io.lipc.kernels;

import io.lipc.certificate.Subject;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.kernels.DeviceNetworks.DoubleDeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Precision;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.Schedule;
import io.lipc.runtime.tornado.TornadoDoubleNetwork;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What {@link SynthesisDeviceTest} starts with TornadoVM's options to print kernels: networks that
 * have every kernel of the schedule that FPGAs get, each placed for two rows.
 */
final class PortableKernels {

  /** The property that says in which precision. */
  static final String PRECISION = "lipc.precision";

  private PortableKernels() {}

  public static void main(String[] arguments) {
    switch (Precision.valueOf(System.getProperty(PRECISION))) {
      case F32 -> inFloats();
      case F64 -> inDoubles();
    }
    System.exit(0);
  }

  private static void inFloats() {
    for (CheckedNetwork network :
        List.of(operations(Precision.F32), Examples.images(Precision.F32))) {
      DeviceNetwork compiled = DeviceNetworks.compile(network, subject(network));
      Scheduled portable = new Scheduled(compiled.program(), Schedule.PORTABLE);
      try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), portable, 2)) {
        System.out.println(network.network().name() + " on " + device.device());
      }
    }
  }

  /** The kernels of images are the same but for their types. */
  private static void inDoubles() {
    CheckedNetwork network = operations(Precision.F64);
    DoubleDeviceNetwork compiled = DeviceNetworks.compileDoubles(network, subject(network));
    ScheduledDoubles portable = new ScheduledDoubles(compiled.program(), Schedule.PORTABLE);
    try (TornadoDoubleNetwork device = TornadoDoubleNetwork.on(Devices.at(0), portable, 2)) {
      System.out.println(network.network().name() + " on " + device.device());
    }
  }

  private static Subject subject(CheckedNetwork network) {
    return Subjects.random(network.network(), new SplittableRandom(9), Map.of());
  }

  /** Dense layers wide and narrow, each activation alone and within them, all ways to join. */
  private static CheckedNetwork operations(Precision precision) {
    NetworkBuilder net = new NetworkBuilder("demo.device.Portable" + precision, precision);
    int x = net.input("x", 6);
    List<Integer> all = new ArrayList<>();
    RandomNetworks.PLAIN.forEach(
        kind -> {
          int alone = net.activate(kind.word() + "A", x, kind);
          int dense = net.dense(kind.word() + "B#0", alone, 10, true);
          all.add(net.activate(kind.word() + "B", dense, kind));
        });
    all.add(net.activate("elu", net.dense("elu#0", x, 10, true), PointwiseKind.ELU, 1.5));
    all.add(net.activate("celu", net.dense("celu#0", x, 10, true), PointwiseKind.CELU, 0.5));
    int wide = net.dense("wide", x, 200, true);
    all.add(net.dense("deep", wide, 10, true));
    int pairs = net.dense("pairs#0", x, 10, true);
    all.add(net.activate("pairs", pairs, GroupedKind.MAXMIN));
    int narrow = net.dense("narrow#0", x, 5, false);
    int leaky = net.activate("narrow", narrow, PointwiseKind.LEAKY_RELU, 0.1);
    int sum = net.scale("s", net.add("s#0", all), 0.25);
    int shifted =
        net.affine("t", sum, Collections.nCopies(10, -0.5), Collections.nCopies(10, 0.125));
    net.concat("y", List.of(x, sum, shifted, leaky));
    return net.build(1, "");
  }
}
