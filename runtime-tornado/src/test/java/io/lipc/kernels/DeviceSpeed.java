package io.lipc.kernels;

import io.lipc.kernels.SpeedNetworks.SpeedNetwork;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.DeviceException;
import io.lipc.runtime.tornado.DeviceTargets;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;

/**
 * Networks on a device beside PyTorch on the same one: what {@code benchmarks/device/run.sh}
 * starts. Of many executions the fastest counts, on both sides.
 */
public final class DeviceSpeed {

  /**
   * What the command line says: {@code log=FILE device=CHOICE batches=1,64 runs=51 lanes=128
   * peer=FILE}.
   *
   * @param device as {@link Device#parse} wants it
   * @param lanes how many fused multiply-adds a compute unit does in a cycle; 0 if nobody knows
   * @param peer rows of the other engine; none if the file is absent
   */
  private record Options(
      Path log, String device, List<Integer> batches, int runs, int lanes, Path peer) {

    static Options of(String[] arguments) {
      Map<String, String> given = new HashMap<>();
      for (String argument : arguments) {
        String[] pair = argument.split("=", 2);
        boolean isKnown =
            List.of("log", "device", "batches", "runs", "lanes", "peer").contains(pair[0]);
        if (pair.length != 2 || !isKnown || given.put(pair[0], pair[1]) != null) {
          throw new IllegalArgumentException(
              "\""
                  + argument
                  + "\" is none of log=, device=, batches=, runs=, lanes=, peer=,"
                  + " each once");
        }
      }
      if (!given.containsKey("log")) {
        throw new IllegalArgumentException("log=FILE is missing");
      }
      return new Options(
          Path.of(given.get("log")),
          given.getOrDefault("device", "0"),
          Stream.of(given.getOrDefault("batches", "1,64,1024,8192").split(",", -1))
              .map(Integer::valueOf)
              .toList(),
          Integer.parseInt(given.getOrDefault("runs", "51")),
          Integer.parseInt(given.getOrDefault("lanes", "0")),
          Path.of(given.getOrDefault("peer", "absent")));
    }
  }

  /** Milliseconds, of the kernels alone and of a call from an array to an array. */
  private record Times(double kernels, double call) {}

  private final StringBuilder text = new StringBuilder();
  private final Options options;
  private final Device.Accelerator device;

  private DeviceSpeed(Options options, Device.Accelerator device) {
    this.options = options;
    this.device = device;
  }

  /** Writes the log; a batch that the device refuses stands there with the reason. */
  public static void main(String[] arguments) throws IOException {
    Options options = Options.of(arguments);
    if (!(Device.parse(options.device()) instanceof Device.Accelerator device)) {
      throw new IllegalArgumentException("device=" + options.device() + " is no accelerator");
    }
    DeviceSpeed speed = new DeviceSpeed(options, device);
    speed.head();
    Map<String, Times> peer = speed.peer();
    for (SpeedNetwork network : SpeedNetworks.all()) {
      for (int batch : options.batches()) {
        speed.row(network, batch, peer);
      }
    }
    Path temporary = Files.writeString(Path.of(options.log() + ".tmp"), speed.text);
    Files.move(
        temporary,
        options.log(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    System.exit(0);
  }

  /** Into the log, and at once on the screen: a batch may take minutes. */
  private void line(String format, Object... arguments) {
    String line = String.format(Locale.ROOT, format, arguments).stripTrailing() + "\n";
    text.append(line);
    System.out.print(line);
  }

  private void head() {
    line("device      %s", device);
    line("units       %s", units());
    line(
        "TornadoVM   %s",
        TaskGraph.class.getModule().getDescriptor().rawVersion().orElse("of unknown version"));
    line("Java        %s", Runtime.version());
    line(
        "machine     %s %s, %d processors",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
    line("schedule    %s", device.schedule());
    line("times       ms, the fastest of %d executions", options.runs());
    line("kernels     on the device, as its own clock has it");
    line("call        from an array of the JVM, or of NumPy, to another one, with both copies");
    line("(number)    lipc's time by that of the peer: below 1 lipc is faster");
    line(
        "of peak     products of the network by the time of its kernels, of what the units can do");
    line("");
  }

  private String units() {
    TornadoTargetDevice of = DeviceTargets.of(device);
    String peak =
        options.lanes() == 0
            ? "lanes unknown, so is the peak"
            : String.format(
                Locale.ROOT, "%d lanes each: %.1f TFLOP/s", options.lanes(), peak() / 1e12);
    return String.format(
        Locale.ROOT,
        "%d at %d MHz, %s",
        of.getDeviceMaxComputeUnits(),
        of.getDeviceMaxClockFrequency(),
        peak);
  }

  /** A fused multiply-add of each lane and cycle: operations a second, as drivers state clocks. */
  private double peak() {
    TornadoTargetDevice of = DeviceTargets.of(device);
    return 2.0
        * of.getDeviceMaxComputeUnits()
        * options.lanes()
        * of.getDeviceMaxClockFrequency()
        * 1e6;
  }

  /** Its rows are {@code network,batch,kernels,call}; what stands behind # goes into the log. */
  private Map<String, Times> peer() throws IOException {
    Map<String, Times> times = new HashMap<>();
    if (!Files.exists(options.peer())) {
      line("peer        none: %s is absent", options.peer());
      line("");
      return times;
    }
    for (String row : Files.readAllLines(options.peer())) {
      if (row.startsWith("#")) {
        line("peer        %s", row.substring(1).strip());
        continue;
      }
      String[] cells = row.split(",", -1);
      times.put(
          cells[0] + "," + cells[1],
          new Times(Double.parseDouble(cells[2]), Double.parseDouble(cells[3])));
    }
    line("");
    return times;
  }

  private void row(SpeedNetwork of, int batch, Map<String, Times> peer) {
    String start =
        String.format(
            Locale.ROOT, "%-15s batch %5d   launches %2d", of.name(), batch, of.launches());
    Times own;
    try {
      own = times(of, batch);
    } catch (DeviceException e) {
      line("%s   not run: %s", start, e.getMessage());
      return;
    }
    double rate = 2.0 * of.products() * batch / (own.kernels() / 1e3);
    String share =
        options.lanes() == 0
            ? ""
            : String.format(Locale.ROOT, " %5.1f %% of peak", 100 * rate / peak());
    Times other = peer.get(of.name() + "," + batch);
    String beside =
        other == null
            ? ""
            : String.format(
                Locale.ROOT,
                "   peer kernels %9.3f (%.2f) call %9.3f (%.2f)",
                other.kernels(),
                own.kernels() / other.kernels(),
                other.call(),
                own.call() / other.call());
    line(
        "%s   kernels %9.3f call %9.3f   %9.1f GFLOP/s%s%s",
        start, own.kernels(), own.call(), rate / 1e9, share, beside);
  }

  /** By a plan for exactly this batch, which has been compared with the JVM. */
  private Times times(SpeedNetwork of, int batch) {
    float[] x = DeviceAgreement.inputs(batch * of.network().program().inputSize(), 1);
    float[] y = new float[batch * of.network().program().outputSize()];
    long kernels = Long.MAX_VALUE;
    long call = Long.MAX_VALUE;
    try (TornadoNetwork network = TornadoNetwork.on(device, of.network().program(), batch)) {
      for (int run = 0; run < options.runs(); run++) {
        long start = System.nanoTime();
        network.apply(x, y, batch);
        call = Math.min(call, System.nanoTime() - start);
        kernels = Math.min(kernels, network.lastKernelTime());
      }
    }
    return new Times(kernels / 1e6, call / 1e6);
  }
}
