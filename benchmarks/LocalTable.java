import io.lipc.certificate.BoxTree;
import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.LocalBracket;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.formats.Norm;
import io.lipc.linalg.Deadline;
import io.lipc.model.Decimals;
import io.lipc.model.Property;
import io.lipc.model.Region;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Bounds on the reference boxes, as {@code lipc local} proves them: search, proof and check. Run
 * from the project's root with a java of 25 or newer, once {@code ./lipc} has been built, whose
 * libraries are the class path:
 *
 * <pre>{@code java -cp "tools/target/lib/*" benchmarks/LocalTable.java DATA SECONDS PARTS [BOX...]}
 * </pre>
 *
 * DATA has {@code local/refs.json}, {@code oracles/} and {@code nets/}. Each box has SECONDS in
 * each norm, and is cut into at most PARTS. Without BOX all are measured. <em>over</em> is the
 * proved bound over the constant, or over the lower end of what is known of it. The exit status is
 * 1 if a bound is below that end, or two inputs reach more than the upper one: one of both is
 * false.
 */
final class LocalTable {

  /** To which the file knows constants. */
  private static final double KNOWN = 1e-4;

  private LocalTable() {}

  /**
   * A bound to reach.
   *
   * @param over at most, where that is said
   * @param words the same with its time, from the design
   */
  private record Target(OptionalDouble over, String words) {}

  private static Target target(String id, Norm norm) {
    if (id.startsWith("rand_2_") || id.startsWith("own[") || id.startsWith("own leaky")) {
      return new Target(OptionalDouble.of(1 + 1e-6), "exact to 1e-6, 0.1 s");
    }
    if (id.startsWith("iris")) {
      return new Target(OptionalDouble.of(1 + KNOWN), "exact, 0.1 s");
    }
    if (id.startsWith("own16") && id.endsWith("0.0625")) {
      return new Target(
          OptionalDouble.of(1 + KNOWN), norm == Norm.LINF ? "exact, 0.5 s" : "exact, 1 s");
    }
    if (id.startsWith("rand_10_")) {
      return new Target(OptionalDouble.of(2), "2, 10 s");
    }
    if (id.startsWith("ACAS") && id.endsWith("0.02")) {
      return new Target(OptionalDouble.of(2), "1.05, 5 s; hard 2, 30 s");
    }
    return new Target(OptionalDouble.empty(), "");
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    Duration time = Duration.ofSeconds(Integer.parseInt(arguments[1]));
    int parts = Integer.parseInt(arguments[2]);
    List<String> wanted = List.of(arguments).subList(3, arguments.length);
    System.out.println(
        "| box | norms | known | reached | proved | by | over | parts | CPU s | target | met |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    boolean fails = false;
    for (LocalCase one : LocalCase.all(data)) {
      if (wanted.isEmpty() || wanted.contains(one.id())) {
        Subject network = proved(one.net());
        for (Norm norm : List.of(Norm.LINF, Norm.L2)) {
          fails |= !print(one, network, norm, time, parts);
        }
      }
    }
    System.exit(fails ? 1 : 0);
  }

  /** With any bound for all inputs, as a local one stands beside it. */
  private static Subject proved(LocalCase.Net net) {
    Options any =
        new Options(
            Method.AUTO, OptionalDouble.of(Double.MAX_VALUE), List.of(), 1, Options.Effort.PROOF);
    return ((Certification.Certified)
            Certifier.certify(net.network(), net.weights(), Map.of(), any))
        .subject();
  }

  private static boolean print(
      LocalCase one, Subject network, Norm norm, Duration time, int parts) {
    Property.Local asked =
        new Property.Local(
            new Property.Lipschitz(Double.MIN_VALUE, norm, norm), new Region.Sides(one.sides()));
    double start = seconds();
    LocalBracket.Found found =
        LocalBracket.search(
            asked,
            network,
            new LocalBracket.Work(parts, new BoxTree.Leaf(), Deadline.in(time), (_, _, _) -> {}));
    double took = seconds() - start;
    double upper = found.upper().orElse(Double.POSITIVE_INFINITY);
    double reached = found.reached().bound().value();
    double over = upper / one.lower(norm);
    Target target = target(one.id(), norm);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %.4g | %,d | %.1f | %s | %s |%n",
        one.id(),
        norm.word(),
        known(one, norm),
        Decimals.down(reached),
        Decimals.up(upper),
        found.proved().map(own -> own.certificate().method()).orElse(""),
        over,
        found.parts(),
        took,
        target.words(),
        target.over().isEmpty() ? "" : over <= target.over().getAsDouble() ? "yes" : "no");
    return over >= 1 - KNOWN && reached <= one.upper(norm) * (1 + KNOWN);
  }

  private static String known(LocalCase one, Norm norm) {
    double lower = one.lower(norm);
    double upper = one.upper(norm);
    return upper <= lower * (1 + 2 * KNOWN)
        ? "%.5g".formatted(lower)
        : "%.4g to %.4g".formatted(lower, upper);
  }

  /** The processor time of all threads. */
  private static double seconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
