import io.lipc.certificate.CertificateText;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.certifier.PairSearch;
import io.lipc.certifier.SearchListener;
import io.lipc.formats.FormatException;
import io.lipc.linalg.Deadline;
import io.lipc.onnx.OnnxModel;
import io.lipc.onnx.protobuf.OnnxException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares bounds of pairs with {@code sqrt(2) L}, and measures their cost, for ONNX files. Run
 * from the project's root with a java of 25 or newer, once {@code ./lipc} has been built, whose
 * libraries are the class path:
 *
 * <pre>{@code java -cp "tools/target/lib/*" benchmarks/PairTable.java SECONDS FILE.onnx...}</pre>
 */
final class PairTable {

  private PairTable() {}

  public static void main(String[] arguments) throws Exception {
    Duration budget = Duration.ofSeconds(Integer.parseInt(arguments[0]));
    System.out.println("| network | pairs | sqrt(2) L | shared | s | each | s | kB | check, s |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    for (String file : List.of(arguments).subList(1, arguments.length)) {
      print(Path.of(file), subject(Path.of(file)), budget);
    }
  }

  private static Subject subject(Path file) throws IOException, FormatException, OnnxException {
    OnnxModel model = OnnxModel.read(file, "Net", 1);
    Options options =
        new Options(Method.AUTO, OptionalDouble.empty(), List.of(), 1, Options.Effort.PROOF);
    Certification done =
        Certifier.certify(model.checked().network(), model.weights(), Map.of(), options);
    return ((Certification.Certified) done).subject();
  }

  private static void print(Path file, Subject subject, Duration budget) {
    double any = PairBounds.ofAnyPair(subject.certificate().lipschitz());
    Timed shared = timed(subject, Duration.ofMillis(1));
    Timed each = timed(subject, budget);
    long start = System.nanoTime();
    Verdict verdict = CertificateChecker.check(each.pairs().subject());
    double check = (System.nanoTime() - start) / 1e9;
    if (!(verdict instanceof Verdict.Accepted)) {
      throw new IllegalStateException(file + ": " + verdict);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.4g | %.3f | %.1f | %.3f | %.1f | %d | %.2f |%n",
        file.getFileName(),
        PairUnits.count(each.pairs().outputs()),
        any,
        mean(shared.pairs()) / any,
        shared.seconds(),
        mean(each.pairs()) / any,
        each.seconds(),
        CertificateText.write(each.pairs().subject().certificate()).length() / 1000,
        check);
  }

  private record Timed(PairBounds pairs, double seconds) {}

  private static Timed timed(Subject subject, Duration budget) {
    long start = System.nanoTime();
    PairBounds pairs =
        PairSearch.certify(subject, Optional.of(budget), Deadline.NONE, SearchListener.NONE)
            .orElseThrow(() -> new IllegalStateException("no bound of some pair"));
    return new Timed(pairs, (System.nanoTime() - start) / 1e9);
  }

  private static double mean(PairBounds pairs) {
    double sum = 0;
    for (int i = 0; i < pairs.outputs(); i++) {
      for (int j = i + 1; j < pairs.outputs(); j++) {
        sum += pairs.of(i, j);
      }
    }
    return sum / PairUnits.count(pairs.outputs());
  }
}
