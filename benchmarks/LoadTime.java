import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Matrix;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.runtime.CertifiedParameters;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.NetworkLoader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long a network of 100 MB of weights takes to load, and which part of it takes how long. Run
 * from the project's root with a java of 25 or newer, once {@code ./lipc} has been built, whose
 * libraries are the class path:
 *
 * <pre>{@code java -cp "tools/target/lib/*" benchmarks/LoadTime.java [--box] [RUNS] [FLAG...]}
 * </pre>
 *
 * It declares 2048-(2048x6) with relu, writes weights, has javac and lipc compile and certify it,
 * and loads it in RUNS new virtual machines (7 by default) that are given the FLAGs, first once,
 * then again and again. {@code --box} declares a box of inputs: then loading bounds rounding errors
 * too. All figures are the least of the runs, as other work may share the machine, in milliseconds;
 * of the file the operating system has a copy in memory.
 */
final class LoadTime {

  private static final int WIDTH = 2048;
  private static final int DENSE = 6;
  private static final int REPEATS = 30;
  private static final String RUN = "--run";
  private static final String WEIGHTS = "big.safetensors";

  private LoadTime() {}

  /** Something to be timed; what it gives is not looked at. */
  private interface Phase {
    Object run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> rest = new ArrayList<>(Arrays.asList(arguments));
    if (rest.remove(RUN)) {
      measure(Path.of(rest.getFirst()), rest.getLast());
      return;
    }
    boolean box = rest.remove("--box");
    int runs =
        rest.isEmpty() || rest.getFirst().startsWith("-")
            ? 7
            : Integer.parseInt(rest.removeFirst());
    Path classes = Files.createTempDirectory("load-time");
    try {
      compare(classes, box, runs, rest);
    } finally {
      delete(classes);
    }
  }

  private static void compare(Path classes, boolean box, int runs, List<String> flags)
      throws Exception {
    Path weights = Files.write(classes.resolve(WEIGHTS), Safetensors.write(weights()));
    Files.writeString(classes.resolve("Big.java"), declaration(box));
    compile(classes);
    System.out.printf(
        Locale.ROOT,
        "%d MB, %d processors%n",
        Files.size(weights) / 1_000_000,
        Runtime.getRuntime().availableProcessors());
    System.out.println("| | first in its JVM | CPU time | repeated | CPU time |");
    System.out.println("|---|---|---|---|---|");
    for (String what : List.of("floor", "load", "phases")) {
      print(what, runs, classes, flags);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Weights weights() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<Tensor> tensors = new ArrayList<>();
    for (int layer = 1; layer <= DENSE; layer++) {
      tensors.add(tensor(random, "h" + layer + ".weight", List.of(WIDTH, WIDTH)));
      tensors.add(tensor(random, "h" + layer + ".bias", List.of(WIDTH)));
    }
    return Weights.of(tensors);
  }

  private static Tensor tensor(SplittableRandom random, String name, List<Integer> shape)
      throws Exception {
    double[] values = new double[shape.stream().reduce(1, (a, b) -> a * b)];
    Arrays.setAll(values, _ -> (float) (random.nextGaussian() / Math.sqrt(WIDTH)));
    return Tensor.of(name, ElementType.F32, shape, values);
  }

  private static String declaration(boolean box) {
    StringBuilder layers = new StringBuilder();
    for (int layer = 1; layer <= DENSE; layer++) {
      layers.append(
          "@Dense(%d) @%s float[] h%d(float[] %s);\n"
              .formatted(
                  WIDTH,
                  layer < DENSE ? "Relu" : "Output",
                  layer,
                  layer == 1 ? "x" : "h" + (layer - 1)));
    }
    return """
    import io.lipc.annotations.*;
    import io.lipc.annotations.activation.*;
    @CertifiedNetwork
    @Lipschitz(value = 1e300, from = Norm.LINF, to = Norm.LINF)
    @WeightsFile("big.safetensors")
    interface Big {
      @Input(value = %d%s) float[] x();
    %s}
    """
        .formatted(WIDTH, box ? ", min = -1, max = 1" : "", layers);
  }

  /** The network, and this class, which new virtual machines run without the compiler. */
  private static void compile(Path classes) throws Exception {
    String jars = jars();
    execute(
        List.of(
            java("javac"),
            "-J-Xmx8g",
            "-proc:full",
            "-Alipc.certify.budget=1s",
            "-processorpath",
            jars,
            "-cp",
            jars,
            "-d",
            classes.toString(),
            classes.resolve("Big.java").toString(),
            "benchmarks/LoadTime.java"));
  }

  private static void print(String what, int runs, Path classes, List<String> flags)
      throws Exception {
    Map<String, double[]> least = new LinkedHashMap<>();
    for (int run = 0; run < runs; run++) {
      List<String> command = new ArrayList<>(List.of(java("java")));
      command.addAll(flags);
      command.addAll(List.of("-cp", jars() + File.pathSeparator + classes));
      command.addAll(List.of("LoadTime", RUN, classes.toString(), what));
      for (String line : execute(command).lines().toList()) {
        String[] parts = line.split("\t");
        double[] values = Stream.of(parts).skip(1).mapToDouble(Double::parseDouble).toArray();
        least.merge(parts[0], values, LoadTime::least);
      }
    }
    least.forEach(
        (name, ms) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %.0f |%n",
                name,
                ms[0],
                ms[1],
                ms[2],
                ms[3]));
  }

  private static double[] least(double[] a, double[] b) {
    double[] least = new double[a.length];
    Arrays.setAll(least, i -> Math.min(a[i], b[i]));
    return least;
  }

  /** In a new virtual machine: a line for each phase. */
  private static void measure(Path classes, String what) throws Exception {
    Path file = classes.resolve(WEIGHTS);
    Map<String, Phase> phases = new LinkedHashMap<>();
    switch (what) {
      case "floor" -> {
        phases.put("floor: Files.readAllBytes and SHA-256 of it, one thread", () -> floor(file));
      }
      case "load" -> phases.put("**load**", () -> load(file));
      default -> addPhases(phases, file);
    }
    Map<String, double[]> least = new LinkedHashMap<>();
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      for (var phase : phases.entrySet()) {
        double[] now = time(phase.getValue());
        double none = Double.POSITIVE_INFINITY;
        double[] first = {now[0], now[1], none, none};
        double[] later = {none, none, now[0], now[1]};
        least.merge(phase.getKey(), repeat == 0 ? first : later, LoadTime::least);
      }
    }
    least.forEach(
        (name, ms) ->
            System.out.println(
                Arrays.stream(ms)
                    .mapToObj(Double::toString)
                    .collect(Collectors.joining("\t", name + "\t", ""))));
  }

  private static byte[] floor(Path file) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
  }

  private static FloatNetwork load(Path file) throws Exception {
    try {
      return (FloatNetwork)
          Class.forName("BigNetwork").getMethod("load", Path.class).invoke(null, file);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The phases of {@code load}, one after the other, by public methods. */
  private static void addPhases(Map<String, Phase> phases, Path file) throws Exception {
    FloatNetwork[] network = new FloatNetwork[1];
    Weights[] weights = new Weights[1];
    phases.put("map, copy, check that all is finite", () -> weights[0] = Safetensors.read(file));
    phases.put(
        "compare digests",
        () -> weights[0].tensors().values().parallelStream().map(Tensor::digest).toList());
    phases.put("(load, to have a network)", () -> network[0] = load(file));
    phases.put("transpose", () -> pack(CertifiedParameters.of(network[0])));
    phases.put("bound rounding errors", () -> CertifiedParameters.of(network[0]).maxError());
    phases.put("compare code with certificate", () -> loader().checked(network[0]));
    phases.put(
        "of which three calls of the code",
        () -> {
          float[] y = new float[WIDTH];
          for (int i = 0; i < 3; i++) {
            network[0].apply(network[0].newWorkspace(), new float[WIDTH], y);
          }
          return y;
        });
  }

  private static NetworkLoader loader() {
    return new NetworkLoader(LoadTime.class, "Big", "META-INF/lipc/Big.json", Digest.of().hex());
  }

  private static List<Object> pack(CertifiedParameters parameters) {
    List<Object> packed = new ArrayList<>();
    for (Unit unit : parameters.subject().certificate().units()) {
      if (unit instanceof Unit.Linear(_, Matrix matrix, _)) {
        packed.add(parameters.floatColumns(matrix.weight()));
        matrix.bias().ifPresent(bias -> packed.add(parameters.floatVector(bias)));
      }
    }
    return packed;
  }

  /** Milliseconds on the clock, and of all threads of this process. */
  private static double[] time(Phase phase) throws Exception {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    phase.run();
    long end = System.nanoTime();
    return new double[] {(end - start) * 1e-6, (system.getProcessCpuTime() - cpu) * 1e-6};
  }

  private static String jars() throws IOException {
    try (Stream<Path> libraries = Files.list(Path.of("tools/target/lib"))) {
      return libraries.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static String java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  /** The output of a command, whose errors are shown. */
  private static String execute(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("failed: " + command);
    }
    return output;
  }
}
