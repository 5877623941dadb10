import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.MethodReport;
import io.lipc.certifier.Options;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How long the certifier takes and how near it comes to the optimum: search, certificate and
 * checker together, beside cvxopt on the same matrix inequality where that ends. Run from the
 * project's root with a java of 25 or newer, once {@code ./lipc} has been built, whose libraries
 * are the class path:
 *
 * <pre>{@code java -cp "tools/target/lib/*" benchmarks/CertifierTable.java DATA [--once] [CASE...]}
 * </pre>
 *
 * DATA has {@code oracles/} and {@code nets/}, and beside it {@code tools/ref_lipsdp.py}, which
 * drives cvxopt under {@code /usr/bin/python3}. {@code --once} runs each case a single time.
 * Without CASE all of {@link CertifierCase} are run. A case that fails is a line of its own, and
 * the exit status 1.
 */
final class CertifierTable {

  private static final int RUNS = 41;
  private static final double ENOUGH_SECONDS = 10;

  private CertifierTable() {}

  /**
   * The result of our certifier for one network.
   *
   * @param limit the dual value of the search
   * @param first seconds of the first run in this JVM, compilation included
   * @param warm the median of later runs, or the first where there are none
   */
  record Ours(double bound, OptionalDouble limit, double first, double warm) {}

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    List<String> wanted = new ArrayList<>(Arrays.asList(arguments).subList(1, arguments.length));
    boolean once = wanted.remove("--once");
    System.out.println(
        "| case | bound | reference | off | gap | first s | warm s | cvxopt s | cvxopt / warm |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    boolean failed = false;
    for (CertifierCase one : CertifierCase.all(data)) {
      if (wanted.isEmpty() || wanted.contains(one.name())) {
        failed |= !print(data, one, once ? 1 : RUNS);
      }
    }
    System.exit(failed ? 1 : 0);
  }

  private static boolean print(Path data, CertifierCase one, int runs) throws Exception {
    try {
      Ours ours = ours(one, runs);
      double theirs = one.peer().isPresent() ? cvxopt(data, one.peer().get()) : Double.NaN;
      double reference = one.reference().orElse(Double.NaN);
      double gap = 1 - ours.limit().orElse(Double.NaN) / ours.bound();
      System.out.printf(
          Locale.ROOT,
          "| %s | %.9g | %s | %s | %s | %.3g | %.3g | %s | %s |%n",
          one.name(),
          ours.bound(),
          number(reference, "%.9g"),
          number(ours.bound() / reference - 1, "%.1e"),
          number(gap, "%.1e"),
          ours.first(),
          ours.warm(),
          number(theirs, "%.3g"),
          number(theirs / ours.warm(), "%.0f"));
      return true;
    } catch (IllegalStateException e) {
      System.out.printf("| %s | FAILED: %s |%n", one.name(), e.getMessage());
      return false;
    }
  }

  private static String number(double value, String format) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }

  private static Ours ours(CertifierCase one, int runs) throws Exception {
    CertifierNet net = one.net();
    List<Double> seconds = new ArrayList<>();
    MethodReport report = report(net, one.method());
    double first = report.seconds();
    // A case of seconds is measured once; short ones until the JVM has compiled what they need.
    double spent = first;
    while (spent < ENOUGH_SECONDS && seconds.size() < runs - 1) {
      report = report(net, one.method());
      seconds.add(report.seconds());
      spent += report.seconds();
    }
    List<Double> last =
        seconds.subList(seconds.size() / 2, seconds.size()).stream().sorted().toList();
    return new Ours(
        report.upper().orElseThrow().value(),
        report.limit(),
        first,
        last.isEmpty() ? first : last.get(last.size() / 2));
  }

  /** One run; its certificate is checked once more, outside the time. */
  private static MethodReport report(CertifierNet net, Method method) {
    Options options =
        new Options(method, OptionalDouble.empty(), net.outputs(), 1, Options.Effort.PROOF);
    Certification answer = Certifier.certify(net.network(), net.weights(), Map.of(), options);
    if (!(answer instanceof Certification.Certified certified)) {
      throw new IllegalStateException(
          String.valueOf(answer.evidence().methods().getFirst().failure().orElse("no proof")));
    }
    if (!(CertificateChecker.check(certified.subject()) instanceof Verdict.Accepted)) {
      throw new IllegalStateException("the checker does not accept the certificate");
    }
    return answer.evidence().methods().getFirst();
  }

  private static double cvxopt(Path data, Path net) throws Exception {
    Path script = data.resolveSibling("tools").resolve("ref_lipsdp.py");
    Process process =
        new ProcessBuilder("/usr/bin/python3", script.toString(), net.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the reference failed on " + net);
    }
    JsonValue.JsonObject row = (JsonValue.JsonObject) Json.read(line);
    return CertifierNet.number(row.members().get("cvxopt_seconds"));
  }
}
