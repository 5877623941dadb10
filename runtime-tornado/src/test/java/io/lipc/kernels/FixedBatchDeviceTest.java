package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.OnDevice;
import io.lipc.runtime.tornado.TornadoGraph;
import io.lipc.runtime.tornado.TornadoNetwork;
import io.lipc.runtime.tornado.TornadoProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A network that is placed for one number of rows compiles for that one, whatever is asked. */
@OnDevice
class FixedBatchDeviceTest {

  private static final DeviceNetwork NETWORK = network();

  private static DeviceNetwork network() {
    NetworkBuilder net = new NetworkBuilder("demo.device.Fixed", ElementType.F32);
    int h = net.dense("h#0", net.input("x", 3), 9, true);
    net.dense("y", net.activate("h", h, PointwiseKind.RELU), 2, true);
    CheckedNetwork network = net.build(1, "");
    return DeviceNetworks.compile(
        network, Subjects.random(network.network(), new SplittableRandom(7), Map.of()));
  }

  /** Notes for how many rows it is compiled. */
  private record Noting(TornadoProgram program, List<Integer> compiled) implements TornadoProgram {

    @Override
    public int inputSize() {
      return program.inputSize();
    }

    @Override
    public int outputSize() {
      return program.outputSize();
    }

    @Override
    public TornadoGraph graph(int batch) {
      compiled.add(batch);
      return program.graph(batch);
    }

    @Override
    public FloatNetwork network() {
      return program.network();
    }
  }

  @Test
  void it_compiles_once_and_takes_all_batches() {
    for (int rows : List.of(1, 5, 64)) {
      List<Integer> compiled = new ArrayList<>();
      Noting program = new Noting(NETWORK.program(), compiled);
      try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), program, rows)) {
        assertThat(compiled).containsExactly(rows);
        device.warmUp(rows);
        for (int batch : List.of(rows, 1, 3, 70)) {
          DeviceAgreement.check(device, NETWORK, batch);
        }
      }
      assertThat(compiled).containsExactly(rows);
    }
  }

  @Test
  void other_numbers_of_rows_are_not_compiled_on_any_device() {
    for (Device on : List.of(Devices.at(0), Device.jvm(), Device.auto())) {
      try (TornadoNetwork device = TornadoNetwork.on(on, NETWORK.program(), 8)) {
        assertThatThrownBy(() -> device.warmUp(16))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(
                "this network was placed for batches of 8 rows alone, and is not compiled for 16");
      }
    }
  }

  @Test
  void a_batch_without_rows_is_refused() {
    assertThatThrownBy(() -> TornadoNetwork.on(Device.jvm(), NETWORK.program(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a batch of 0 rows; at least 1 is needed");
  }
}
