import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.MethodReport;
import io.lipc.certifier.Options;
import io.lipc.formats.FormatException;
import io.lipc.onnx.OnnxModel;
import io.lipc.onnx.protobuf.OnnxException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * How long {@code auto} takes with a budget, over chains of relu with Gaussian weights and the ONNX
 * files of DATA. Run from the project's root with a java of 25 or newer, once {@code ./lipc} has
 * been built, whose libraries are the class path:
 *
 * <pre>{@code java -cp "tools/target/lib/*" benchmarks/BudgetTable.java DATA [SECONDS [NAME...]]}
 * </pre>
 */
final class BudgetTable {

  private static final List<String> FILES =
      List.of(
          "nets/acasxu/ACASXU_run2a_1_1_batch_2000.onnx",
          "nets/marabou/mnist2x10.onnx",
          "nets/marabou/mnist5x20_leaky_relu.onnx",
          "nets/marabou/fc1.onnx",
          "nets/marabou/KJ_TinyTaxiNet.onnx",
          "convolution/lenet.onnx",
          "convolution/resnet.onnx",
          "convolution/strided.onnx");

  private static final int[][] CHAINS = {
    {5, 32}, {3, 64}, {10, 64}, {3, 128}, {5, 128}, {10, 128}, {3, 256}, {5, 256}, {10, 256},
    {1, 512}, {3, 512}, {5, 512}, {10, 512}
  };

  private BudgetTable() {}

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    List<String> wanted =
        List.of(arguments).subList(Math.min(2, arguments.length), arguments.length);
    System.out.println("| network | s | of budget | CPU s | bound | by | seconds of each method |");
    System.out.println("|---|---|---|---|---|---|---|");
    List<String> names = new ArrayList<>();
    for (int[] chain : CHAINS) {
      names.add(chain[0] + "x" + chain[1]);
    }
    names.addAll(FILES);
    for (String name : names) {
      if (wanted.isEmpty() || wanted.contains(name)) {
        print(name, net(data, name), Duration.ofSeconds(seconds));
      }
    }
  }

  private static CertifierNet net(Path data, String name)
      throws IOException, FormatException, OnnxException {
    if (name.endsWith(".onnx")) {
      OnnxModel model = OnnxModel.read(data.resolve(name), "Net", 1);
      return new CertifierNet(model.checked().network(), model.weights(), List.of());
    }
    String[] sizes = name.split("x", 2);
    return chain(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]));
  }

  /** As many inputs as neurons, and ten outputs. */
  private static CertifierNet chain(int layers, int width) throws FormatException {
    Random random = new Random(1);
    List<double[][]> matrices = new ArrayList<>();
    for (int k = 0; k < layers; k++) {
      matrices.add(gaussian(random, width, width, Math.sqrt(2.0 / width)));
    }
    matrices.add(gaussian(random, 10, width, Math.sqrt(1.0 / width)));
    return CertifierNet.relu(matrices);
  }

  private static double[][] gaussian(Random random, int rows, int columns, double deviation) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = deviation * random.nextGaussian();
      }
    }
    return matrix;
  }

  private static void print(String name, CertifierNet net, Duration budget) {
    Options options =
        new Options(
            Method.AUTO,
            OptionalDouble.empty(),
            net.outputs(),
            1,
            Options.Effort.PROOF,
            Optional.of(budget));
    long cpu = cpu();
    long start = System.nanoTime();
    Certification done = Certifier.certify(net.network(), net.weights(), Map.of(), options);
    double wall = (System.nanoTime() - start) / 1e9;
    List<MethodReport> methods = done.evidence().methods();
    String each =
        methods.stream()
            .map(m -> String.format(Locale.ROOT, "%s %.1f", m.method().word(), m.seconds()))
            .collect(Collectors.joining(", "));
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f | %s | %s |%n",
        name,
        wall,
        wall / (budget.toMillis() / 1e3),
        (cpu() - cpu) / 1e9,
        done instanceof Certification.Certified certified
            ? String.format(
                Locale.ROOT,
                "%.6g | %s",
                certified.upper().value(),
                certified.subject().certificate().method())
            : "- | -",
        each);
  }

  /** The processor time of the whole process, its compiler included. */
  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
