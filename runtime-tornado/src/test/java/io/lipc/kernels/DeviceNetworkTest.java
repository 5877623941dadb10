package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.tornado.Availability;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.DeviceException;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.OnDevice;
import io.lipc.runtime.tornado.TornadoGraph;
import io.lipc.runtime.tornado.TornadoNetwork;
import io.lipc.runtime.tornado.TornadoProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What a network on a device promises beside its numbers. */
@OnDevice
class DeviceNetworkTest {

  /** A single kernel, since plans for many numbers of rows are asked of it. */
  private static final DeviceNetwork FIRST = network("First", 2);

  private static final DeviceNetwork SECOND = network("Second", 4, 2);

  private static DeviceNetwork network(String name, int... widths) {
    NetworkBuilder net = new NetworkBuilder("demo.device." + name, ElementType.F32);
    int h = net.input("x", 3);
    for (int width : widths) {
      h = net.activate("h" + h, net.dense("h" + h + "#0", h, width, true), PointwiseKind.ABS);
    }
    return compiled(net, widths.length);
  }

  private static DeviceNetwork compiled(NetworkBuilder net, long seed) {
    CheckedNetwork network = net.build(1, "");
    return DeviceNetworks.compile(
        network, Subjects.random(network.network(), new SplittableRandom(seed), Map.of()));
  }

  @Test
  void devices_are_found_by_index_and_by_a_part_of_their_name() {
    assertThat(Devices.availability()).isEqualTo(new Availability.Available(Devices.list()));
    Device.Accelerator first = Devices.list().getFirst();
    assertThat(Devices.at(0)).isEqualTo(first);
    assertThat(Device.parse("0")).isEqualTo(first);
    if (Devices.list().size() == 1) {
      assertThat(Devices.named(first.name().toUpperCase(java.util.Locale.ROOT))).isEqualTo(first);
      assertThat(Device.parse(first.platform())).isEqualTo(first);
    }
  }

  @Test
  void a_device_that_is_not_there_is_refused_with_those_that_are() {
    String first = Devices.at(0).toString();
    assertThatThrownBy(() -> Devices.at(99))
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith("cannot run on device 99: there is no such index; choose one of")
        .hasMessageContaining(first);
    assertThatThrownBy(() -> Device.parse("no such thing"))
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith("cannot run on device \"no such thing\": no name contains that;")
        .hasMessageContaining(first);
    assertThatThrownBy(
            () ->
                TornadoNetwork.on(
                    new Device.Accelerator(99, "gone", "nowhere", "GPU"), FIRST.program()))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("99: gone");
  }

  @Test
  void auto_takes_the_device_and_each_execution_takes_time_on_it() {
    try (TornadoNetwork device = TornadoNetwork.on(Device.auto(), FIRST.program())) {
      assertThat(device.device()).isEqualTo(Devices.at(0));
      assertThat(device.lastKernelTime()).isZero();
      device.warmUp(2);
      device.apply(new float[6], new float[4], 2);
      assertThat(device.lastKernelTime()).isPositive();
    }
  }

  @Test
  void wrong_lengths_and_a_closed_network_are_refused() {
    TornadoNetwork device = TornadoNetwork.on(Devices.at(0), FIRST.program());
    assertThatThrownBy(() -> device.apply(new float[5], new float[4], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("inputs has 5 elements, expected 6 (2 rows of 3)");
    assertThatThrownBy(() -> device.apply(new float[6], new float[3], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("outputs has 3 elements, expected 4 (2 rows of 2)");
    assertThatThrownBy(() -> device.warmUp(0)).isInstanceOf(IllegalArgumentException.class);
    device.close();
    device.close();
    assertThatThrownBy(() -> device.apply(new float[3], new float[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  /** Notes for how many rows plans are asked. */
  private record Noting(TornadoProgram program, List<Integer> asked) implements Other {
    @Override
    public TornadoGraph graph(int batch) {
      asked.add(batch);
      return program.graph(batch);
    }
  }

  @Test
  void batches_of_all_sizes_share_few_plans() {
    List<Integer> asked = new ArrayList<>();
    try (TornadoNetwork device =
        TornadoNetwork.on(Devices.at(0), new Noting(FIRST.program(), asked))) {
      for (int batch = 1; batch <= 80; batch++) {
        DeviceAgreement.check(device, FIRST, batch);
      }
      assertThat(asked).containsExactly(1, 4, 16, 64);
    }
  }

  @Test
  void what_was_warmed_up_for_is_compiled_exactly() {
    List<Integer> asked = new ArrayList<>();
    try (TornadoNetwork device =
        TornadoNetwork.on(Devices.at(0), new Noting(FIRST.program(), asked))) {
      device.warmUp(23);
      device.warmUp(23);
      DeviceAgreement.check(device, FIRST, 23);
      DeviceAgreement.check(device, FIRST, 17);
      assertThat(asked).containsExactly(1, 23);
    }
  }

  @Test
  void more_sizes_than_plans_are_kept_stay_right() {
    List<Integer> asked = new ArrayList<>();
    try (TornadoNetwork device =
        TornadoNetwork.on(Devices.at(0), new Noting(FIRST.program(), asked))) {
      for (int batch : List.of(2, 3, 5, 6, 7, 9, 10, 11)) {
        device.warmUp(batch);
      }
      DeviceAgreement.check(device, FIRST, 1);
      DeviceAgreement.check(device, FIRST, 11);
      assertThat(asked).containsExactly(1, 2, 3, 5, 6, 7, 9, 10, 11, 1);
    }
  }

  /** Callers of one network, of another one, of other batches: each has its own rows back. */
  @Test
  void thirty_two_callers_at_once() throws Exception {
    try (TornadoNetwork first = TornadoNetwork.on(Devices.at(0), FIRST.program());
        TornadoNetwork second = TornadoNetwork.on(Devices.at(0), SECOND.program());
        ExecutorService callers = Executors.newFixedThreadPool(32)) {
      List<Future<?>> calls = new ArrayList<>();
      for (int caller = 0; caller < 32; caller++) {
        int seed = caller;
        TornadoNetwork network = caller % 2 == 0 ? first : second;
        FloatNetwork jvm = (caller % 2 == 0 ? FIRST : SECOND).jvm();
        calls.add(callers.submit(() -> callRepeatedly(network, jvm, 1 + seed % 3, seed)));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
  }

  private static void callRepeatedly(
      TornadoNetwork network, FloatNetwork jvm, int batch, int seed) {
    float[] y = new float[batch * network.outputSize()];
    float[] expected = new float[network.outputSize()];
    for (int call = 0; call < 20; call++) {
      float[] x = DeviceAgreement.inputs(batch * network.inputSize(), 100L * seed + call);
      network.apply(x, y, batch);
      for (int row = 0; row < batch; row++) {
        jvm.apply(Arrays.copyOfRange(x, row * 3, row * 3 + 3), expected);
        for (int i = 0; i < expected.length; i++) {
          assertThat(y[row * expected.length + i]).isCloseTo(expected[i], within(1e-5f));
        }
      }
    }
  }

  @Test
  void maxmin_of_not_a_number_is_not_a_number_twice() {
    NetworkBuilder net = new NetworkBuilder("demo.device.Pairs", ElementType.F32);
    net.activate("y", net.input("x", 6), GroupedKind.MAXMIN);
    DeviceNetwork pairs = compiled(net, 1);
    float[] x = {1, Float.NaN, Float.NaN, -1, -2, Float.POSITIVE_INFINITY};
    float[] y = new float[6];
    float[] jvm = new float[6];
    pairs.jvm().apply(x, jvm);
    try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), pairs.program())) {
      device.apply(x, y);
    }
    assertThat(y)
        .containsExactly(Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.POSITIVE_INFINITY, -2);
    assertThat(jvm).containsExactly(y);
  }

  /** Stands for a network, and has other tasks. */
  private interface Other extends TornadoProgram {
    TornadoProgram program();

    @Override
    default int inputSize() {
      return program().inputSize();
    }

    @Override
    default int outputSize() {
      return program().outputSize();
    }

    @Override
    default FloatNetwork network() {
      return program().network();
    }
  }

  /** The numbers of another network, as a driver with an error would give them. */
  public record Wrong(TornadoProgram program) implements Other {
    @Override
    public TornadoGraph graph(int batch) {
      FloatArray x = new FloatArray(batch * inputSize());
      FloatArray y = new FloatArray(batch * outputSize());
      TaskGraph tasks =
          new TaskGraph("wrong")
              .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
              .task("y", Wrong::ones, x, y, batch * outputSize())
              .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
      return new TornadoGraph(tasks, x, y, batch);
    }

    static void ones(FloatArray x, FloatArray y, int count) {
      for (@Parallel int i = 0; i < count; i++) {
        y.set(i, 1000f + x.get(0));
      }
    }
  }

  @Test
  void a_device_that_computes_something_else_is_refused() {
    assertThatThrownBy(() -> TornadoNetwork.on(Devices.at(0), new Wrong(FIRST.program())))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("computes another function: output 0 of row 0 is ");
  }

  @Test
  void auto_leaves_a_device_that_computes_something_else() {
    try (TornadoNetwork network = TornadoNetwork.on(Device.auto(), new Wrong(FIRST.program()))) {
      assertThat(network.device()).isEqualTo(Device.jvm());
      float[] expected = new float[2];
      float[] found = new float[2];
      FIRST.jvm().apply(new float[] {1, 2, 3}, expected);
      network.apply(new float[] {1, 2, 3}, found);
      assertThat(found).isEqualTo(expected);
      assertThat(network.lastKernelTime()).isZero();
    }
  }

  /** A kernel that TornadoVM cannot compile. */
  public record Refused(TornadoProgram program) implements Other {
    @Override
    public TornadoGraph graph(int batch) {
      FloatArray x = new FloatArray(batch * inputSize());
      FloatArray y = new FloatArray(batch * outputSize());
      TaskGraph tasks =
          new TaskGraph("refused")
              .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
              .task("y", Refused::rounded, x, y, batch * outputSize())
              .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
      return new TornadoGraph(tasks, x, y, batch);
    }

    static void rounded(FloatArray x, FloatArray y, int count) {
      for (@Parallel int i = 0; i < count; i++) {
        y.set(i, Math.fma(x.get(0), 2f, Math.round(x.get(1))));
      }
    }
  }

  @Test
  void a_kernel_that_does_not_compile_is_an_error_of_the_device() {
    assertThatThrownBy(() -> TornadoNetwork.on(Devices.at(0), new Refused(FIRST.program())))
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith("cannot run on device " + Devices.at(0) + ", 1 rows: ");
  }
}
