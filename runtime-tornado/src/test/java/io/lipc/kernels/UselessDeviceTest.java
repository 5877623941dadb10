package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.tornado.DeviceException;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.OnDevice;
import io.lipc.runtime.tornado.TornadoGraph;
import io.lipc.runtime.tornado.TornadoNetwork;
import io.lipc.runtime.tornado.TornadoProgram;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A device that computes nothing is not believed, however large the rounding bound of the network
 * is: 1.4, 1.9 and 2.7e32 here. What else is not believed is tested without a device, in {@code
 * RowAgreementTest} of the module kernels.
 */
@OnDevice
class UselessDeviceTest {

  private static DeviceNetwork network(String name, ActivationKind kind, int... widths) {
    NetworkBuilder net = new NetworkBuilder("demo.device." + name, ElementType.F32);
    int layer = net.input("x", widths[0]);
    for (int i = 1; i < widths.length; i++) {
      layer = net.dense("h" + i + "#0", layer, widths[i], true);
      layer = i < widths.length - 1 ? net.activate("h" + i, layer, kind) : layer;
    }
    CheckedNetwork network = net.build(1, "");
    return DeviceNetworks.compile(
        network, Subjects.random(network.network(), new SplittableRandom(1), Map.of()));
  }

  /** The right sizes, the device's time, and zeros. */
  public record Zeros(TornadoProgram program) implements TornadoProgram {
    @Override
    public int inputSize() {
      return program.inputSize();
    }

    @Override
    public int outputSize() {
      return program.outputSize();
    }

    @Override
    public FloatNetwork network() {
      return program.network();
    }

    @Override
    public TornadoGraph graph(int batch) {
      FloatArray x = new FloatArray(batch * inputSize());
      FloatArray y = new FloatArray(batch * outputSize());
      TaskGraph tasks =
          new TaskGraph("zeros")
              .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
              .task("y", Zeros::zeros, x, y, batch * outputSize())
              .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
      return new TornadoGraph(tasks, x, y, batch);
    }

    static void zeros(FloatArray x, FloatArray y, int count) {
      for (@Parallel int i = 0; i < count; i++) {
        y.set(i, 0f * x.get(0));
      }
    }
  }

  private static void refusesZeros(DeviceNetwork network) {
    assertThatThrownBy(() -> TornadoNetwork.on(Devices.at(0), new Zeros(network.program())).close())
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("computes another function: output ");
  }

  private static void believes(DeviceNetwork network) {
    believes(network, 40);
  }

  private static void believes(DeviceNetwork network, int rows) {
    try (TornadoNetwork honest = TornadoNetwork.on(Devices.at(0), network.program(), rows)) {
      assertThat(honest.device()).isEqualTo(Devices.at(0));
    }
  }

  @Test
  void zeros_for_784_512_512_10() {
    DeviceNetwork network = network("Wide", PointwiseKind.RELU, 784, 512, 512, 10);
    refusesZeros(network);
    believes(network);
  }

  @Test
  void zeros_for_5_50x6_5() {
    DeviceNetwork network = network("Long", PointwiseKind.RELU, 5, 50, 50, 50, 50, 50, 50, 5);
    refusesZeros(network);
    believes(network);
  }

  @Test
  void zeros_for_84_layers_of_8() {
    DeviceNetwork network = network("Deep", PointwiseKind.ABS, repeated(8, 85));
    refusesZeros(network);
    // One plan of 84 kernels is enough: 40 rows are checked in the other networks.
    believes(network, 1);
  }

  /** Behind 24 layers of two relus nothing is left of the input, whatever it is. */
  @Test
  void where_outputs_do_not_depend_on_inputs_no_device_is_believed() {
    DeviceNetwork network = network("Constant", PointwiseKind.RELU, repeated(2, 25));
    refusesZeros(network);
    assertThatThrownBy(() -> TornadoNetwork.on(Devices.at(0), network.program()).close())
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith("device " + Devices.at(0) + " cannot be checked: over the inputs")
        .hasMessageEndingWith(
            "; declare the box of the inputs, if they lie elsewhere, or run on jvm");
  }

  private static int[] repeated(int width, int times) {
    int[] widths = new int[times];
    Arrays.fill(widths, width);
    return widths;
  }
}
