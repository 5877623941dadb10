package io.lipc.kernels;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.Schedule;
import io.lipc.runtime.tornado.TornadoGraph;
import io.lipc.runtime.tornado.TornadoNetwork;
import io.lipc.runtime.tornado.TornadoProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Writes the log of a device: what it is, that it computed, and how long that took. Of many
 * executions the fastest counts, since other work may share the machine.
 */
public final class DeviceLog {

  private static final int RUNS = 51;

  private final StringBuilder text = new StringBuilder();
  private final Device.Accelerator device;

  private DeviceLog(Device.Accelerator device) {
    this.device = device;
  }

  /** Takes the file to write, and the device as {@link Device#parse} wants it. */
  public static void main(String[] arguments) throws IOException {
    DeviceLog log =
        new DeviceLog(
            arguments.length > 1 ? (Device.Accelerator) Device.parse(arguments[1]) : Devices.at(0));
    log.head();
    log.schedules();
    log.images();
    log.networks();
    Path file = Path.of(arguments[0]);
    Path temporary = Files.writeString(Path.of(file + ".tmp"), log.text);
    Files.move(
        temporary,
        file,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    System.exit(0);
  }

  private void line(String format, Object... arguments) {
    String line = String.format(Locale.ROOT, format, arguments);
    System.out.println(line);
    text.append(line).append('\n');
  }

  private void head() {
    line("device      %s", device);
    line(
        "TornadoVM   %s",
        TaskGraph.class.getModule().getDescriptor().rawVersion().orElse("of unknown version"));
    line("Java        %s", Runtime.version());
    line(
        "machine     %s %s, %d processors",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
    line("times       ms, the fastest of %d executions", RUNS);
    line("kernels     on the device, as its own clock has it; more than 0 proves that it computed");
    line("call        apply(), with the copies to the device and back");
    line("JVM         the generated Java, on all cores, by vectors where the JVM has them");
    line("");
  }

  private void schedules() {
    schedules(64, 784, 256);
    schedules(256, 512, 512);
  }

  /** The same dense layer by the plain loop, by the portable schedule, and by the device's own. */
  private void schedules(int batch, int inputs, int outputs) {
    DeviceNetwork dense = network("Dense" + inputs + "x" + outputs, inputs, outputs);
    Times plain = times(new Plain(dense.program(), inputs, outputs), batch);
    Times portable = times(new Scheduled(dense.program(), Schedule.PORTABLE), batch);
    Times own = times(dense.program(), batch);
    line("%d-%d relu, batch %d", inputs, outputs, batch);
    line("  plain     kernels %8.3f   call %8.3f", plain.kernels(), plain.call());
    line("  portable  kernels %8.3f   call %8.3f", portable.kernels(), portable.call());
    line("  %-9s kernels %8.3f   call %8.3f", device.schedule(), own.kernels(), own.call());
    line("  JVM                          call %8.3f", jvm(dense.jvm(), batch));
    line(
        "  plain / portable %.1f   portable / %s %.1f   (kernels)",
        plain.kernels() / portable.kernels(),
        device.schedule(),
        portable.kernels() / own.kernels());
    line("");
  }

  /** Convolutions by the portable schedule, and by the device's own; one line for each. */
  private void images() {
    DeviceNetwork shirts = residual();
    for (int batch : new int[] {1, 64, 256}) {
      Times portable = times(new Scheduled(shirts.program(), Schedule.PORTABLE), batch);
      Times own = times(shirts.program(), batch);
      line("residual network of images 1 x 28 x 28, batch %d", batch);
      line("  portable  kernels %8.3f   call %8.3f", portable.kernels(), portable.call());
      line("  %-9s kernels %8.3f   call %8.3f", device.schedule(), own.kernels(), own.call());
      line("  JVM                          call %8.3f", jvm(shirts.jvm(), batch));
      line(
          "  portable / %s %.1f   (kernels)",
          device.schedule(), portable.kernels() / own.kernels());
      line("");
    }
  }

  /** The layers of {@code examples/shirts}, ShirtsResidual, which itself is one of doubles. */
  private static DeviceNetwork residual() {
    NetworkBuilder net = new NetworkBuilder("demo.device.Residual28", ElementType.F32);
    Window half = Window.plain(List.of(2, 2), List.of(2, 2));
    int s1 = net.convolve("s1", net.image("x", new Grid(1, 28, 28)), 16, half, 1, true);
    int p1 = net.activate("p1", block(net, "b1", s1), GroupedKind.MAXMIN);
    int s2 = net.convolve("s2", p1, 32, half, 1, true);
    int b3 = block(net, "b3", block(net, "b2", s2));
    int p3 = net.activate("p3", b3, GroupedKind.MAXMIN);
    int h4 = net.dense("h4", net.reshape("f", p3, 32 * 49), 64, true);
    net.dense("y", net.activate("p4", h4, GroupedKind.MAXMIN), 10, true);
    return compiled(net);
  }

  private static int block(NetworkBuilder net, String name, int operand) {
    Window same = Window.square(new Axis(3, 1, 1, 1, 1));
    int channels = net.image(operand).channels();
    int inner = net.convolve(name + "h", operand, channels, same, 1, true);
    int relu = net.activate(name + "r", inner, PointwiseKind.RELU);
    int outer = net.convolve(name + "o", relu, channels, same, 1, true);
    return net.add(name, List.of(net.scale(name + "k", operand, 0.9), outer));
  }

  private static DeviceNetwork compiled(NetworkBuilder net) {
    CheckedNetwork network = net.build(1, "");
    return DeviceNetworks.compile(
        network, Subjects.random(network.network(), new SplittableRandom(1), Map.of()));
  }

  private void networks() {
    network("64-32-32-10", 64, network("Digits64", 64, 32, 32, 10));
    network("64-32-32-10", 600, network("Digits64", 64, 32, 32, 10));
    network("784-512-512-10", 256, network("Mnist784", 784, 512, 512, 10));
    network("5-50x6-5", 4096, network("Acas5", 5, 50, 50, 50, 50, 50, 50, 5));
  }

  private void network(String name, int batch, DeviceNetwork network) {
    Times times = times(network.program(), batch);
    line(
        "%-16s batch %4d   kernels %8.3f   call %8.3f   JVM %8.3f",
        name, batch, times.kernels(), times.call(), jvm(network.jvm(), batch));
  }

  /** Relu between the layers; the log is of the device's check, too: it compares with the JVM. */
  private static DeviceNetwork network(String name, int... widths) {
    NetworkBuilder net = new NetworkBuilder("demo.device." + name, ElementType.F32);
    int layer = net.input("x", widths[0]);
    for (int i = 1; i < widths.length; i++) {
      layer = net.dense("h" + i + "#0", layer, widths[i], true);
      boolean isHidden = i < widths.length - 1 || widths.length == 2;
      layer = isHidden ? net.activate("h" + i, layer, PointwiseKind.RELU) : layer;
    }
    return compiled(net);
  }

  private record Times(double kernels, double call) {}

  private Times times(TornadoProgram program, int batch) {
    float[] x = DeviceAgreement.inputs(batch * program.inputSize(), 1);
    float[] y = new float[batch * program.outputSize()];
    long kernels = Long.MAX_VALUE;
    long call = Long.MAX_VALUE;
    try (TornadoNetwork network = TornadoNetwork.on(device, program)) {
      network.warmUp(batch);
      for (int run = 0; run < RUNS; run++) {
        long start = System.nanoTime();
        network.apply(x, y, batch);
        call = Math.min(call, System.nanoTime() - start);
        kernels = Math.min(kernels, network.lastKernelTime());
      }
    }
    return new Times(kernels / 1e6, call / 1e6);
  }

  private double jvm(FloatNetwork network, int batch) {
    float[][] x = new float[batch][];
    for (int row = 0; row < batch; row++) {
      x[row] = DeviceAgreement.inputs(network.inputSize(), row);
    }
    float[][] y = new float[batch][network.outputSize()];
    long call = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      network.apply(x, y);
      call = Math.min(call, System.nanoTime() - start);
    }
    return call / 1e6;
  }

  /** The same layer with one output per work item, as one would write it first. */
  public record Plain(TornadoProgram program, int inputs, int outputs) implements TornadoProgram {

    @Override
    public int inputSize() {
      return inputs;
    }

    @Override
    public int outputSize() {
      return outputs;
    }

    @Override
    public FloatNetwork network() {
      return program.network();
    }

    @Override
    public TornadoGraph graph(int batch) {
      CertifiedParameters parameters = CertifiedParameters.of(program.network());
      FloatArray x = new FloatArray(batch * inputs);
      FloatArray weight = new FloatArray(inputs * outputs);
      float[][] columns = parameters.floatColumns("h1.weight");
      for (int k = 0; k < inputs; k++) {
        for (int j = 0; j < outputs; j++) {
          weight.set(j * inputs + k, columns[k][j]);
        }
      }
      FloatArray bias = FloatArray.fromArray(parameters.floatVector("h1.bias"));
      FloatArray y = new FloatArray(batch * outputs);
      TaskGraph tasks =
          new TaskGraph("plain")
              .transferToDevice(DataTransferMode.FIRST_EXECUTION, weight, bias)
              .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
              .task("y", Plain::dense, x, weight, bias, y, batch, inputs, outputs)
              .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
      return new TornadoGraph(tasks, x, y, batch);
    }

    static void dense(
        FloatArray x,
        FloatArray weight,
        FloatArray bias,
        FloatArray y,
        int batch,
        int inputs,
        int outputs) {
      for (@Parallel int row = 0; row < batch; row++) {
        for (@Parallel int j = 0; j < outputs; j++) {
          float t = bias.get(j);
          for (int k = 0; k < inputs; k++) {
            t += x.get(row * inputs + k) * weight.get(j * inputs + k);
          }
          y.set(row * outputs + j, t < 0f ? 0f : t);
        }
      }
    }
  }
}
