package io.lipc.kernels;

import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.tornado.DeviceException;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.TornadoGraph;
import io.lipc.runtime.tornado.TornadoNetwork;
import io.lipc.runtime.tornado.TornadoProgram;
import java.util.Map;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What {@link SilentFallbackDeviceTest} starts where TornadoVM may run on the JVM what a device
 * refuses. The numbers are right there: nothing but the device's own events tells.
 */
final class SilentFallback {

  private static final int SIZE = 6;

  private SilentFallback() {}

  public static void main(String[] arguments) {
    NetworkBuilder net = new NetworkBuilder("demo.device.Relu", ElementType.F32);
    net.activate("y", net.input("x", SIZE), PointwiseKind.RELU);
    CheckedNetwork checked = net.build(1, "");
    DeviceNetwork network =
        DeviceNetworks.compile(
            checked, Subjects.random(checked.network(), new SplittableRandom(1), Map.of()));
    run("none", network.program());
    run("all", new Refused(network.program(), false));
    run("the last", new Refused(network.program(), true));
  }

  private static void run(String refused, TornadoProgram program) {
    try (TornadoNetwork network = TornadoNetwork.on(Devices.at(0), program)) {
      System.out.println(refused + " refused: on " + network.device());
    } catch (DeviceException e) {
      System.out.println(refused + " refused: " + e.getMessage());
    }
  }

  /**
   * A relu in two tasks.
   *
   * @param half whether the device takes the first of them
   */
  public record Refused(TornadoProgram program, boolean half) implements TornadoProgram {

    @Override
    public int inputSize() {
      return SIZE;
    }

    @Override
    public int outputSize() {
      return SIZE;
    }

    @Override
    public FloatNetwork network() {
      return program.network();
    }

    @Override
    public TornadoGraph graph(int batch) {
      FloatArray x = new FloatArray(batch * SIZE);
      FloatArray h = new FloatArray(batch * SIZE);
      FloatArray y = new FloatArray(batch * SIZE);
      TaskGraph tasks = new TaskGraph((half ? "half" : "refused") + batch);
      tasks.transferToDevice(DataTransferMode.EVERY_EXECUTION, x);
      if (half) {
        tasks.task("h", Refused::copy, x, h, batch * SIZE);
      } else {
        tasks.task("h", Refused::main, x, h, batch * SIZE);
      }
      tasks.task("y", Refused::main, h, y, batch * SIZE);
      tasks.transferToHost(DataTransferMode.EVERY_EXECUTION, y);
      return new TornadoGraph(tasks, x, y, batch);
    }

    static void copy(FloatArray x, FloatArray y, int count) {
      for (@Parallel int i = 0; i < count; i++) {
        y.set(i, x.get(i));
      }
    }

    /** A relu, by a name that OpenCL C has no kernel of: the driver does not compile it. */
    static void main(FloatArray x, FloatArray y, int count) {
      for (@Parallel int i = 0; i < count; i++) {
        float t = x.get(i);
        y.set(i, t < 0f ? 0f : t);
      }
    }
  }
}
