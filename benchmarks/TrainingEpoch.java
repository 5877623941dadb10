import com.sun.management.OperatingSystemMXBean;
import io.lipc.dsl.LipParser;
import io.lipc.dsl.SourceText;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.model.check.Scope;
import io.lipc.training.TrainableNetwork;
import io.lipc.training.parameterization.FreeParameter;
import io.lipc.training.run.Classification;
import io.lipc.training.run.EpochReport;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.Split;
import io.lipc.training.run.Trainer;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How long an epoch of training takes beside PyTorch: LDLT-L, 64 inputs, four layers of 64 with
 * relu, 10 outputs, 1500 samples in batches of 32; lipc's trainer and {@code peers/ldlt_epoch.py}
 * by turns. Run from the project's root with a java of 25 or newer, once {@code ./lipc} has been
 * built, whose libraries are the class path:
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector -cp "tools/target/lib/*" benchmarks/TrainingEpoch.java [ROUNDS [BLAS]]
 * }</pre>
 *
 * as {@code lipc train} asks for that module; without it lipc's products are loops.
 *
 * <p>The peer needs Debian's python3-torch under {@code /usr/bin/python3}. BLAS is a directory with
 * another {@code libblas.so.3} and {@code liblapack.so.3}, such as those of OpenBLAS, and adds rows
 * with these. If the peer makes other weights of lipc's parameters, or the losses of the two do not
 * fall alike, the exit status is 1.
 */
final class TrainingEpoch {

  private static final List<Integer> WIDTHS = List.of(64, 64, 64, 64, 64, 10);
  private static final int SAMPLES = 1500;
  private static final int HELD_OUT = 100;

  /** Epochs before the clock counts: code is compiled, memory is touched. */
  private static final int WARM = 10;

  private static final int TIMED = 20;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.builder().epochs(WARM + TIMED).patience(WARM + TIMED).build();

  private TrainingEpoch() {}

  /**
   * One training from its start.
   *
   * @param seconds of the timed epochs
   * @param cpu seconds that all threads of the process spent in each of them
   * @param steps seconds of each of their steps, short enough to be seldom interrupted
   * @param first the mean loss over the first epoch
   * @param last that over the last
   */
  record Run(
      List<Double> seconds, List<Double> cpu, List<Double> steps, double first, double last) {}

  /** A line of the table. */
  interface Contender {
    Run run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    Optional<Path> blas = Optional.of(arguments).filter(a -> a.length > 1).map(a -> Path.of(a[1]));
    TrainableNetwork network = network();
    Split<Dataset> split = split(new SplittableRandom(1));
    Path folder = Files.createTempDirectory("epoch");
    boolean alike;
    try {
      writeTask(folder, network, split.training());
      Map<String, Contender> contenders = new LinkedHashMap<>();
      contenders.put("lipc, double", () -> lipc(network, split));
      contenders.putAll(peers(folder, "", Optional.empty()));
      blas.ifPresent(libraries -> contenders.putAll(peers(folder, ", BLAS given", blas)));
      alike = compare(contenders, rounds);
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
    System.exit(alike ? 0 : 1);
  }

  /** All by turns, {@code rounds} times; says whether they learn alike. */
  private static boolean compare(Map<String, Contender> contenders, int rounds) throws Exception {
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
        runs.computeIfAbsent(contender.getKey(), _ -> new ArrayList<>())
            .add(contender.getValue().run());
      }
    }
    List<Run> ours = runs.values().iterator().next();
    System.out.println(
        "| trainer | epoch ms | times | median ms | times | CPU ms | times | step ms | times | loss |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    runs.forEach(
        (name, theirs) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %.3f, %.3f |%n",
                name,
                cells(Run::seconds, 0, theirs, ours),
                cells(Run::seconds, 0.5, theirs, ours),
                cells(Run::cpu, 0, theirs, ours),
                cells(Run::steps, 0.05, theirs, ours),
                theirs.getFirst().first(),
                theirs.getFirst().last()));
    return runs.values().stream().allMatch(theirs -> learnsAlike(ours, theirs));
  }

  private static String cells(
      Function<Run, List<Double>> times, double share, List<Run> theirs, List<Run> ours) {
    double seconds = quantile(times, share, theirs);
    return String.format(
        Locale.ROOT, "%.2f | %.1f", 1e3 * seconds, seconds / quantile(times, share, ours));
  }

  private static double quantile(Function<Run, List<Double>> times, double share, List<Run> runs) {
    List<Double> sorted = runs.stream().map(times).flatMap(List::stream).sorted().toList();
    return sorted.get((int) (share * sorted.size()));
  }

  /** Shuffles differ, so losses do too, but not by much. */
  private static boolean learnsAlike(List<Run> ours, List<Run> theirs) {
    double expected = ours.getFirst().last();
    return theirs.stream()
        .allMatch(
            run ->
                run.last() < run.first() / 2
                    && run.last() < 1.5 * expected
                    && run.last() > expected / 1.5);
  }

  private static TrainableNetwork network() {
    StringBuilder text = new StringBuilder();
    int last = WIDTHS.size() - 1;
    text.append(
        "network Epoch(x: real[%d]) -> real[%d] {%n"
            .formatted(WIDTHS.getFirst(), WIDTHS.getLast()));
    text.append("certify lipschitz <= 1.0;\nparameters ldlt;\n");
    for (int k = 1; k < last; k++) {
      String from = k == 1 ? "x" : "h" + (k - 1);
      text.append("h%d = %s |> dense(%d) |> relu;%n".formatted(k, from, WIDTHS.get(k)));
    }
    text.append("y = h%d |> dense(%d);%nreturn y;%n}%n".formatted(last - 1, WIDTHS.getLast()));
    var parsed =
        LipParser.parse(new SourceText("epoch.lip", text.toString())).networks().getFirst();
    DeclarationChecker.Outcome outcome =
        DeclarationChecker.check(parsed.declaration(), Scope.empty());
    return TrainableNetwork.of(
        outcome
            .network()
            .orElseThrow(() -> new IllegalStateException(outcome.findings() + " in\n" + text)));
  }

  /** Normal samples around a normal centre for each class, which overlap a little. */
  private static Split<Dataset> split(SplittableRandom random) throws DataException {
    int size = SAMPLES + HELD_OUT;
    double[][] centres = normal(random, WIDTHS.getLast(), 0.15);
    double[][] features = normal(random, size, 0.3);
    int[] labels = IntStream.range(0, size).map(j -> j % centres.length).toArray();
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < features[j].length; i++) {
        features[j][i] += centres[labels[j]][i];
      }
    }
    List<String> classes = IntStream.range(0, centres.length).mapToObj(c -> "class" + c).toList();
    Dataset all = Dataset.of(classes, features, labels);
    return new Split<>(
        all.subset(IntStream.range(0, SAMPLES).toArray()),
        all.subset(IntStream.range(SAMPLES, size).toArray()));
  }

  private static double[][] normal(SplittableRandom random, int rows, double deviation) {
    double[][] matrix = new double[rows][WIDTHS.getFirst()];
    for (double[] row : matrix) {
      Arrays.setAll(row, _ -> deviation * random.nextGaussian());
    }
    return matrix;
  }

  /** As any user trains. The evaluation of held-out samples, once per epoch, is in its time. */
  private static Run lipc(TrainableNetwork network, Split<Dataset> split) throws Exception {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    List<Double> seconds = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> steps = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    ProgressListener clock =
        new ProgressListener() {
          private long before = System.nanoTime();
          private long cpuBefore = system.getProcessCpuTime();
          private long stepBefore = before;

          @Override
          public void batchFinished(int epoch, int batch, double loss) {
            long now = System.nanoTime();
            if (epoch > WARM) {
              steps.add(1e-9 * (now - stepBefore));
            }
            stepBefore = now;
          }

          @Override
          public void epochFinished(EpochReport report) {
            losses.add(report.trainingLoss());
            long now = System.nanoTime();
            long cpuNow = system.getProcessCpuTime();
            seconds.add(1e-9 * (now - before));
            cpu.add(1e-9 * (cpuNow - cpuBefore));
            before = now;
            cpuBefore = cpuNow;
            stepBefore = now;
          }
        };
    Trainer.train(
        Classification.TASK,
        network.graph(),
        network.construction(),
        split,
        network.construction().bound(),
        OPTIONS,
        clock);
    return new Run(
        seconds.subList(WARM, seconds.size()),
        cpu.subList(WARM, cpu.size()),
        steps,
        losses.getFirst(),
        losses.getLast());
  }

  private static Map<String, Contender> peers(Path folder, String suffix, Optional<Path> blas) {
    Map<String, Contender> peers = new LinkedHashMap<>();
    for (String type : List.of("float64", "float32")) {
      for (int threads = 2; threads >= 1; threads--) {
        List<String> command =
            List.of(
                "/usr/bin/python3",
                "benchmarks/peers/ldlt_epoch.py",
                folder.toString(),
                "--dtype=" + type,
                "--threads=" + threads,
                "--warm=" + WARM,
                "--epochs=" + TIMED);
        peers.put(
            "PyTorch %s, threads: %d%s".formatted(type, threads, suffix),
            () -> peer(command, blas, type.equals("float64") ? 1e-9 : 1e-4));
      }
    }
    return peers;
  }

  private static Run peer(List<String> command, Optional<Path> blas, double tolerance)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    // Threads that wait by spinning would keep each other from running on a machine that others
    // use,
    // and matrices of this size are too small for two threads of OpenBLAS.
    builder.environment().putAll(Map.of("OMP_WAIT_POLICY", "passive", "OPENBLAS_NUM_THREADS", "1"));
    blas.ifPresent(libraries -> builder.environment().put("LD_LIBRARY_PATH", libraries.toString()));
    Process process = builder.start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException("status " + status + " of the peer: " + String.join(" ", command));
    }
    Map<String, JsonValue> members = ((JsonValue.JsonObject) Json.read(line)).members();
    double off = CertifierNet.number(members.get("off"));
    if (!(off <= tolerance)) {
      throw new IOException("the peer makes weights that are off by " + off);
    }
    return new Run(
        numbers(members.get("seconds")),
        numbers(members.get("cpu")),
        numbers(members.get("steps")),
        CertifierNet.number(members.get("first")),
        CertifierNet.number(members.get("last")));
  }

  private static List<Double> numbers(JsonValue array) {
    return ((JsonValue.JsonArray) array).elements().stream().map(CertifierNet::number).toList();
  }

  /**
   * Writes the files that the peer reads: the samples, parameters to start from, and the weights
   * made of them.
   */
  private static void writeTask(Path folder, TrainableNetwork network, Dataset data)
      throws IOException {
    double[] start = network.construction().initial(new SplittableRandom(2));
    write(folder.resolve("parameters"), DoubleStream.of(start));
    SortedMap<String, double[]> tensors = network.construction().materialize(start).tensors();
    DoubleStream weights =
        network.construction().freeParameters().stream()
            .map(FreeParameter::name)
            .filter(name -> name.endsWith(".v"))
            .map(name -> tensors.get(name.substring(0, name.length() - 2)))
            .flatMapToDouble(Arrays::stream);
    write(folder.resolve("weights"), weights);
    IntStream samples = IntStream.range(0, data.size());
    write(folder.resolve("labels"), samples.mapToDouble(data::label));
    write(
        folder.resolve("features"),
        IntStream.range(0, data.size())
            .boxed()
            .flatMapToDouble(j -> Arrays.stream(data.features(j))));
    Files.writeString(
        folder.resolve("task.json"),
        String.format(
            Locale.ROOT,
            "{\"widths\":%s,\"bound\":%s,\"batch\":%d,\"rate\":%s,\"temperature\":%s,\"offset\":%s}",
            WIDTHS,
            network.construction().bound(),
            OPTIONS.batchSize(),
            OPTIONS.learningRate(),
            OPTIONS.temperature(),
            OPTIONS.offset()));
  }

  private static void write(Path file, DoubleStream numbers) throws IOException {
    double[] all = numbers.toArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(Double.BYTES * all.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(all);
    Files.write(file, bytes.array());
  }
}
