package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNull;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.tools.CommandRun;
import io.lipc.tools.JsonPage;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The output of {@code lipc certify}: certificates where they are asked for, answers for programs.
 */
final class OutputsTest extends CommandRun {

  @TempDir private Path folder;

  /** Outputs are 1, 2 and 3 times an input each. */
  @BeforeEach
  void writeModel() throws IOException, FormatException {
    Files.writeString(
        folder.resolve("net.lip"),
        """
        network Net(x: real[3]) -> real[3] {
            certify lipschitz <= 4;
            weights "net.safetensors";
            y = x |> dense(3, bias = false);
            return y;
        }
        """);
    double[] weights = {1, 0, 0, 0, 2, 0, 0, 0, 3};
    Tensor weight = Tensor.of("y.weight", ElementType.F32, List.of(3, 3), weights);
    Files.write(folder.resolve("net.safetensors"), Safetensors.write(Weights.of(List.of(weight))));
  }

  private int certify(String... more) {
    return run(
        Stream.concat(Stream.of("certify", path("net.lip")), Stream.of(more))
            .toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Map<String, JsonValue> members(String text) throws FormatException {
    return ((JsonObject) Json.read(text)).members();
  }

  private static List<Map<String, JsonValue>> reports(String text) throws FormatException {
    return ((JsonArray) members(text).get("reports"))
        .elements().stream().map(report -> ((JsonObject) report).members()).toList();
  }

  private static double number(JsonValue value) {
    return Double.parseDouble(((JsonNumber) value).text());
  }

  @Test
  void no_certificate_is_written_unless_one_is_asked_for() throws IOException {
    Path here = Path.of("");
    List<Path> before = files(here);
    assertThat(certify()).isZero();
    assertThat(out).contains("certificate checked").doesNotContain("certificate: ");
    assertThat(files(here)).isEqualTo(before);
    assertThat(files(folder)).hasSize(2);
    assertThat(certify("--certificate", path("c.json"))).isZero();
    assertThat(out).contains("certificate: " + path("c.json") + "\n");
    assertThat(run("verify", path("c.json"), path("net.lip"))).isZero();
    assertThat(certify("--keep-best")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("--keep-best needs --certificate FILE: where the certificate goes");
  }

  private static List<Path> files(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.sorted().toList();
    }
  }

  @Test
  void each_output_has_a_bound_and_a_certificate_of_its_own() throws Exception {
    assertThat(certify("--outputs", "each", "--certificate", path("c.json"))).isZero();
    assertThat(out)
        .contains("network:  Net, l2 -> l2, outputs [0] alone\n")
        .contains("network:  Net, l2 -> l2, outputs [2] alone\n")
        .contains("certificate: " + path("c.2.json"));
    for (int output = 0; output < 3; output++) {
      String file = path("c." + output + ".json");
      String asked = Integer.toString(output);
      String atMost = (output + 1) + ".01";
      assertThat(run("verify", file, path("net.lip"), "--outputs", asked, "--at-most", atMost))
          .as(out)
          .isZero();
    }
    assertThat(certify("--outputs", "each", "--json")).isZero();
    assertThat(members(out).keySet()).containsExactly("version", "proved", "reports");
    assertThat(reports(out))
        .extracting(report -> number(report.get("upper")))
        .satisfiesExactly(
            upper -> assertThat(upper).isBetween(1.0, 1.01),
            upper -> assertThat(upper).isBetween(2.0, 2.01),
            upper -> assertThat(upper).isBetween(3.0, 3.01));
    assertThat(reports(out).get(1).get("outputs"))
        .isEqualTo(new JsonArray(List.of(JsonNumber.of(1))));
  }

  @Test
  void one_output_that_is_not_proved_is_enough_for_the_exit_code() throws Exception {
    assertThat(certify("--outputs", "each", "--bound", "2.5", "--json"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(members(out).get("proved")).isEqualTo(new JsonValue.JsonBoolean(false));
    assertThat(reports(out))
        .extracting(report -> ((JsonString) report.get("answer")).value())
        .containsExactly("proved", "proved", "false");
    Files.delete(Path.of("Net.counterexample.json"));
  }

  @Test
  void a_fault_of_the_text_is_said_once() throws IOException {
    Path text = folder.resolve("net.lip");
    Files.writeString(text, Files.readString(text).replace("dense(3, bias", "dense(2, bias"));
    assertThat(certify("--outputs", "each")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out.lines()).filteredOn(line -> line.contains("error: ")).hasSize(1);
  }

  @Test
  void outputs_are_numbers_or_each() {
    assertThat(certify("--outputs", "every")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("`every` is no output; write numbers from 0, such as 0,2, or `each`");
    assertThat(certify("--outputs", "0,2")).isZero();
    assertThat(out).contains("outputs [0, 2] alone").contains("bound:    in [3, 3]");
  }

  @Test
  void programs_read_what_was_declared_and_one_of_four_answers() throws Exception {
    assertThat(certify("--json")).isZero();
    Map<String, JsonValue> proved = members(out);
    assertThat(proved.keySet()).containsExactlyElementsOf(JsonPage.members("lipc certify"));
    assertThat(proved)
        .containsEntry("version", JsonNumber.of(1))
        .containsEntry("answer", new JsonString("proved"))
        .containsEntry("outputs", new JsonNull());
    assertThat(number(proved.get("declared"))).isEqualTo(4);
    assertThat(certify("--json", "--bound", "2.5")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(members(out)).containsEntry("answer", new JsonString("false"));
    assertThat(number(members(out).get("declared"))).isEqualTo(2.5);
    Files.delete(Path.of("Net.counterexample.json"));
    Path text = folder.resolve("net.lip");
    Files.writeString(text, Files.readString(text).replace("x |> dense", "x |> dnese"));
    assertThat(certify("--json")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(members(out))
        .containsEntry("answer", new JsonString("refused"))
        .containsEntry("upper", new JsonNull());
    assertThat(members(out).keySet()).isEqualTo(proved.keySet());
    assertThat(err).contains("[syntax]");
    assertThat(run("check", "--json", path("net.lip"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(members(out)).containsEntry("version", JsonNumber.of(1));
    JsonArray diagnostics = (JsonArray) members(out).get("diagnostics");
    assertThat(((JsonObject) diagnostics.elements().getFirst()).members().keySet())
        .isSubsetOf(JsonPage.members("lipc check"));
  }

  @Test
  void programs_read_what_verify_says() throws Exception {
    assertThat(certify("--certificate", path("c.json"))).isZero();
    assertThat(run("verify", "--json", path("c.json"), path("net.lip"))).isZero();
    assertThat(JsonPage.members("lipc verify")).containsAll(members(out).keySet());
  }
}
