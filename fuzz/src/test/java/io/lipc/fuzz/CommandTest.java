package io.lipc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.Safetensors;
import io.lipc.fuzz.Format.Mutant;
import io.lipc.fuzz.Format.Outcome;
import io.lipc.tools.Lipc;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutants on the command line, as whoever is given a file would look at it: an exit code and a
 * message, never a stack trace; and no certificate of a bound that is too small.
 */
final class CommandTest {

  private static final String MODEL =
      """
      network Net(x: real[2]) -> real[2] {
          certify lipschitz <= 3;
          weights "net.safetensors";
          precision f64;
          h = x |> dense(2, bias = false) |> relu;
          return h |> Twice;
      }
      network Twice(x: real[2]) -> real[2] {
          certify lipschitz <= 2;
          precision f64;
          return x + x;
      }
      """;

  /** W is diag(1, 0.5): the bound of the network is 2, exactly. */
  private static final String WEIGHTS = "F64 h.weight [2, 2] 1 0 0 0.5";

  /** The bound in the lines of {@code lipc verify} about accepted certificates. */
  private static final Pattern EXACT_BOUND =
      Pattern.compile("accepted: Net is .*exactly (\\S+)\\)");

  /** Texts of files, in quotes, and the lines of a file that a message is about. */
  private static final Pattern FOREIGN =
      Pattern.compile("(?m)^ *[0-9]* *\\|.*$|\"(?:[^\"\\\\\n]|\\\\.)*\"|`[^`\n]*`");

  /** A file, how it is changed, and what a user does with it; %s stands for its mutant. */
  private record Case(String name, byte[] content, Format.Change change, List<String> command) {}

  @TempDir private Path folder;
  private final List<Case> cases = new ArrayList<>();

  private Path path(String name) {
    return folder.resolve(name);
  }

  private byte[] content(String name) throws IOException {
    return Files.readAllBytes(path(name));
  }

  @BeforeEach
  void write() throws IOException {
    Files.writeString(path("net.lip"), MODEL);
    Files.writeString(path("net.txt"), WEIGHTS);
    Files.write(path("net.safetensors"), Safetensors.write(Samples.tensors(path("net.txt"))));
    Files.writeString(path("net.nnet"), NnetTest.SMALL);
    String certificate = path("net.json").toString();
    assertThat(
            run(
                List.of(
                    "certify",
                    path("net.lip").toString(),
                    "--network",
                    "Net",
                    "--out",
                    certificate)))
        .startsWith("0");
    Path onnx = Samples.files(name -> name.endsWith("chain.onnx")).getFirst();
    String model = path("net.lip").toString();
    cases.add(
        new Case(
            "net.json",
            content("net.json"),
            CertificateTest::mutate,
            List.of("verify", "%s", model)));
    cases.add(new Case("net.lip", content("net.lip"), TextTest::mutate, List.of("check", "%s")));
    cases.add(
        new Case(
            "net.lip", content("net.lip"), TextTest::mutate, List.of("check", "--json", "%s")));
    cases.add(new Case("net.lip", content("net.lip"), TextTest::mutate, List.of("fmt", "%s")));
    cases.add(
        new Case(
            "net.safetensors",
            content("net.safetensors"),
            Headers::mutate,
            List.of("check", model)));
    cases.add(
        new Case("net.nnet", content("net.nnet"), NnetTest::mutate, List.of("certify", "%s")));
    cases.add(
        new Case("net.onnx", Files.readAllBytes(onnx), Protobuf::mutate, List.of("certify", "%s")));
    cases.add(
        new Case(
            "data.csv",
            CsvTest.TABLES.getFirst().getBytes(StandardCharsets.UTF_8),
            CsvTest::mutate,
            List.of(
                "report",
                model,
                "--data",
                "%s",
                "--label-column",
                "3",
                "--out",
                path("report.html").toString())));
  }

  @Test
  void mutants() throws Exception {
    Fuzz.run(
        new Format(
            "command",
            "bin",
            600,
            cases.stream().map(Case::content).toList(),
            // Each sample is changed in the way of its own format.
            (sample, other, mutator) -> change(sample).apply(sample, sample, mutator),
            this::read));
  }

  /** Whatever names a file has, nothing of them is said as if lipc said it. */
  @Test
  void names() throws Exception {
    Fuzz.run(
        new Format(
            "names",
            "bin",
            1000,
            cases.stream().map(Case::content).toList(),
            Lies::mutate,
            this::read));
  }

  private Format.Change change(byte[] sample) {
    return cases.stream().filter(one -> one.content() == sample).findFirst().orElseThrow().change();
  }

  private Outcome read(Mutant mutant) throws IOException {
    Case chosen = cases.get(mutant.sample());
    byte[] before = Files.exists(path(chosen.name())) ? content(chosen.name()) : new byte[0];
    Files.write(path(chosen.name()), mutant.content());
    String said;
    try {
      said =
          run(
              chosen.command().stream()
                  .map(word -> word.equals("%s") ? path(chosen.name()).toString() : word)
                  .toList());
    } finally {
      Files.write(path(chosen.name()), before);
    }
    assertThat(said)
        .as("%s", chosen.command())
        .doesNotContain("\tat ", "Exception", "internal-fault")
        .matches("(?s)[012].*");
    assertThat(said).as("visible").matches("[ -~\\n\\r]*");
    String own = FOREIGN.matcher(said).replaceAll("");
    assertThat(own).as("not quoted").doesNotContain(Lies.BOUND);
    Matcher bound = EXACT_BOUND.matcher(own);
    if (bound.find()) {
      assertThat(Double.parseDouble(bound.group(1))).as(said).isGreaterThanOrEqualTo(2);
    }
    return said.startsWith("0") ? Outcome.ACCEPTED : Outcome.REFUSED;
  }

  private static String run(List<String> command) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int code = Lipc.run(out, out, command.toArray(String[]::new));
    out.flush();
    return String.format(Locale.ROOT, "%d%n%s", code, text);
  }
}
