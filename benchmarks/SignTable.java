import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.certifier.PairSearch;
import io.lipc.certifier.SearchListener;
import io.lipc.formats.FormatException;
import io.lipc.linalg.Deadline;
import io.lipc.model.Property;
import io.lipc.onnx.OnnxModel;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.runtime.radius.LocalOptions;
import io.lipc.runtime.radius.SignedRadius;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Compares radii by signs with those of pairs, for ONNX files with samples beside them: {@code
 * NAME.csv} has one input in each line. Radii are those of exact outputs. Run from the project's
 * root with a java of 25 or newer, once {@code ./lipc} has been built, whose libraries are the
 * class path:
 *
 * <pre>{@code java -cp "tools/target/lib/*" benchmarks/SignTable.java STEPS FILE.onnx...}</pre>
 *
 * <p>It writes {@code NAME.radii}, a line for each sample.
 */
final class SignTable {

  private static final Duration BUDGET = Duration.ofSeconds(60);

  private SignTable() {}

  public static void main(String[] arguments) throws Exception {
    LocalOptions options = new LocalOptions(Integer.parseInt(arguments[0]), Long.MAX_VALUE);
    System.out.println("| network | by pairs | s | by signs | delta | ms the first time | ms |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String file : List.of(arguments).subList(1, arguments.length)) {
      print(Path.of(file), options);
    }
  }

  private static Subject subject(Path file) throws IOException, FormatException, OnnxException {
    OnnxModel model = OnnxModel.read(file, "Net", 1);
    Options search =
        new Options(Method.AUTO, OptionalDouble.empty(), List.of(), 1, Options.Effort.PROOF);
    Certification done =
        Certifier.certify(model.checked().network(), model.weights(), Map.of(), search);
    return ((Certification.Certified) done).subject();
  }

  private static void print(Path file, LocalOptions options) throws Exception {
    Subject network = subject(file);
    String base = file.toString().replaceAll("\\.onnx$", "");
    List<double[]> inputs =
        Files.readAllLines(Path.of(base + ".csv")).stream()
            .map(line -> Arrays.stream(line.split(",")).mapToDouble(Float::parseFloat).toArray())
            .toList();
    PairBounds plain = pairs(network, new Property.Pairs());
    long began = System.nanoTime();
    PairBounds own = pairs(network, new Property.Pairs(Optional.empty(), true));
    double seconds = (System.nanoTime() - began) / 1e9;
    SignedRadius signed =
        SignedRadius.of(own.subject(), own.outputs())
            .orElseThrow(() -> new IllegalStateException(file + " has no radii by signs"));
    double[] byPairs = inputs.stream().mapToDouble(x -> least(radii(network, plain, x))).toArray();
    double first = 0;
    double again = 0;
    double[] bySigns = new double[0];
    for (int run = 0; run < 5; run++) {
      began = System.nanoTime();
      bySigns =
          inputs.stream().mapToDouble(x -> radius(network, own, signed, x, options)).toArray();
      again = (System.nanoTime() - began) / 1e6 / inputs.size();
      first = run == 0 ? again : first;
    }
    for (int i = 0; i < bySigns.length; i++) {
      if (bySigns[i] < byPairs[i]) {
        throw new IllegalStateException(
            "sample " + i + ": " + bySigns[i] + " by signs, " + byPairs[i] + " by pairs");
      }
    }
    Files.writeString(
        Path.of(base + ".radii"),
        String.join("\n", Arrays.stream(bySigns).mapToObj(String::valueOf).toList()) + "\n");
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.1f | %.3f | %.1e | %.1f | %.2f |%n",
        file.getFileName(),
        median(byPairs),
        seconds,
        median(bySigns),
        ((io.lipc.certificate.Claim.Pairs) own.subject().certificate().claim()).delta().orElse(0),
        first,
        again);
  }

  private static PairBounds pairs(Subject network, Property.Pairs asked) {
    return PairSearch.certify(
            network, asked, Optional.of(BUDGET), Deadline.NONE, SearchListener.NONE)
        .orElseThrow(() -> new IllegalStateException("no bound of some pair"));
  }

  private static double radius(
      Subject network, PairBounds pairs, SignedRadius signed, double[] x, LocalOptions options) {
    double[] radii = radii(network, pairs, x);
    int winner =
        IntStream.range(0, radii.length)
            .filter(j -> Double.isInfinite(radii[j]))
            .findFirst()
            .orElseThrow();
    return signed.of(x, winner, radii, 0, options);
  }

  /** How far each output is from winning, by the bound of its pair; infinite for the winner. */
  private static double[] radii(Subject network, PairBounds pairs, double[] x) {
    double[] y = UnitEvaluator.of(network).apply(x);
    int winner = 0;
    for (int j = 1; j < y.length; j++) {
      winner = y[j] > y[winner] ? j : winner;
    }
    int best = winner;
    return IntStream.range(0, y.length)
        .mapToDouble(
            j -> j == best ? Double.POSITIVE_INFINITY : (y[best] - y[j]) / pairs.of(best, j))
        .toArray();
  }

  private static double least(double[] radii) {
    return Arrays.stream(radii).min().orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
