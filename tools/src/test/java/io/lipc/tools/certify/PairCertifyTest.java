package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.CommandRun;
import io.lipc.tools.LinearOfThree;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bounds of pairs on the command line: what is said of them, written, and read again. */
final class PairCertifyTest extends CommandRun {

  private static final String BRIEF =
      "3, mean 3.415, largest 5.001 (outputs 0 and 1); sqrt(2) L is 7.072\n";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    LinearOfThree.write(folder, LinearOfThree.PAIRS);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private int certify(String... more) {
    List<String> arguments = new ArrayList<>(List.of("certify", path("net.lip")));
    arguments.addAll(List.of("--certificate", path("c.json")));
    arguments.addAll(Arrays.asList(more));
    return run(arguments.toArray(String[]::new));
  }

  private int verify() {
    return run("verify", path("c.json"), path("net.lip"));
  }

  @Test
  void check_says_them() {
    assertThat(run("check", path("net.lip"))).isZero();
    assertThat(out.lines()).hasSize(2).last().isEqualTo("Net: pairs of outputs: " + BRIEF.strip());
  }

  @Test
  void certify_says_them_and_leaves_their_certificate() {
    assertThat(certify()).as(out + err).isZero();
    assertThat(out)
        .contains("\npairs:    " + BRIEF)
        .contains("\ncertificate: " + path("c.json") + "\n")
        .contains("\ncertificate: " + path("c.pairs.json") + ", of the pairs of its outputs\n");
    assertThat(verify()).isZero();
    assertThat(out)
        .startsWith("accepted: Net is 5-Lipschitz from l2 to l2 (exactly 0x1.4p2)")
        .contains("; differences of its outputs, 3 pairs, are at most 5.001-Lipschitz\n");
    assertThat(run("verify", path("c.json"), "--weights", path("net.safetensors"))).isZero();
    assertThat(out).contains("3 pairs, are at most 5.001-Lipschitz");
  }

  /**
   * A property that the declaration asks for is not passed over; a certificate alone asks for none.
   */
  @Test
  void pairs_that_are_asked_for_and_missing_are_said() throws Exception {
    certify();
    Files.delete(folder.resolve("c.pairs.json"));
    assertThat(verify()).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .isEqualTo(
            "not as asked: Net is 5-Lipschitz from l2 to l2 (exactly 0x1.4p2); the model asks for a"
                + " certificate of the pairs of its outputs: there is no "
                + path("c.pairs.json")
                + "; `lipc certify` writes it\n");
    assertThat(run("verify", path("c.json"), "--weights", path("net.safetensors"))).isZero();
    LinearOfThree.write(folder, "");
    assertThat(verify()).isZero();
  }

  /** Outputs in the other norm have another factor. */
  @Test
  void between_linf_the_bound_is_doubled() {
    assertThat(certify("--from", "linf", "--to", "linf")).as(out + err).isZero();
    assertThat(out).contains("; 2 L is 8\n");
  }

  @Test
  void programs_get_all_pairs() {
    assertThat(certify("--json")).isZero();
    assertThat(out)
        .containsPattern(
            "\"pairs\": \\[\\{\"outputs\": \\[0, 1], \"upper\": 5\\.0000[0-9]+}, "
                + "\\{\"outputs\": \\[0, 2], \"upper\": 4\\.2426[0-9]+}, "
                + "\\{\"outputs\": \\[1, 2], \"upper\": 1\\.0000[0-9]+}], "
                + "\"pairsCertificate\": \".*c\\.pairs\\.json\"");
    assertThat(run("certify", path("net.lip"), "--outputs", "0,1", "--json")).isZero();
    assertThat(out).contains("\"pairs\": null, \"pairsCertificate\": null");
  }

  private static final String RELU =
      """
      network Net(x: real[2] in [-4, 4]) -> real[3] {
          certify lipschitz <= 5.5;
          %s
          weights "net.safetensors";
          h = x |> relu;
          y = h |> dense(3, bias = false);
          return y;
      }
      """;

  /** The bounds are the same; lines and members for programs say that radii use more. */
  @Test
  void signs_are_said() throws Exception {
    Files.writeString(folder.resolve("net.lip"), RELU.formatted("certify pairs;"));
    assertThat(certify()).as(out + err).isZero();
    String brief = out.lines().filter(line -> line.startsWith("pairs:")).findFirst().orElseThrow();
    assertThat(certify("--json")).isZero();
    assertThat(out).contains("pairs.json\", \"radiiBySigns\": false, ");
    Files.writeString(folder.resolve("net.lip"), RELU.formatted("certify pairs with signs;"));
    assertThat(certify()).as(out + err).isZero();
    assertThat(out).contains("\n" + brief + "; radii use signs\n");
    assertThat(verify()).isZero();
    assertThat(out).endsWith("-Lipschitz, and radii use signs\n");
    assertThat(run("verify", path("c.json"), path("net.lip"), "--json")).isZero();
    assertThat(out).contains("\"radiiBySigns\": true");
    assertThat(certify("--json")).isZero();
    assertThat(out).contains("pairs.json\", \"radiiBySigns\": true, ");
    assertThat(run("check", path("net.lip"))).isZero();
    assertThat(out).endsWith("; radii use signs\n");
  }

  /** Where signs say nothing, what asks for them is what asks for pairs. */
  @Test
  void a_linear_map_has_no_signs() throws Exception {
    assertThat(certify()).as(out + err).isZero();
    String plain = Files.readString(folder.resolve("c.pairs.json"));
    LinearOfThree.write(folder, "certify pairs with signs;");
    assertThat(certify()).as(out + err).isZero();
    assertThat(out).contains("\npairs:    " + BRIEF);
    assertThat(Files.readString(folder.resolve("c.pairs.json"))).isEqualTo(plain);
  }

  /** An old certificate that nobody asks for would be read as a part of the new one. */
  @Test
  void certificates_of_pairs_that_are_not_asked_for_any_more_are_gone() throws Exception {
    certify();
    assertThat(folder.resolve("c.pairs.json")).isRegularFile();
    LinearOfThree.write(folder, "");
    assertThat(certify()).isZero();
    assertThat(folder.resolve("c.pairs.json")).doesNotExist();
    LinearOfThree.write(folder, LinearOfThree.PAIRS);
    certify();
    assertThat(certify("--outputs", "0")).isZero();
    assertThat(folder.resolve("c.pairs.json")).doesNotExist();
    assertThat(verify()).isZero();
    assertThat(out).contains("outputs [0] alone").doesNotContain("pairs");
  }

  /** A file of somebody else stays, and is not passed over either. */
  @Test
  void what_is_no_certificate_of_pairs_is_neither_deleted_nor_passed_over() throws Exception {
    LinearOfThree.write(folder, "");
    Files.writeString(folder.resolve("c.pairs.json"), "[[0, 1]]");
    assertThat(certify()).isZero();
    assertThat(folder.resolve("c.pairs.json")).hasContent("[[0, 1]]");
    assertThat(verify()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .startsWith(
            "lipc: %s, where the certificate of the pairs of outputs of %s belongs, is none: "
                .formatted(path("c.pairs.json"), path("c.json")));
  }

  @Test
  void pairs_of_other_weights_are_refused() throws Exception {
    certify();
    byte[] old = Files.readAllBytes(folder.resolve("c.pairs.json"));
    LinearOfThree.writeWeights(folder, 0, 1, 0, 2, 0, 1);
    certify();
    assertThat(verify()).isZero();
    Files.write(folder.resolve("c.pairs.json"), old);
    assertThat(verify()).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith(
            "rejected: the certificate of the pairs of its outputs, "
                + path("c.pairs.json")
                + ": malformed: the tensors of pairs: ");
  }

  /** Callees keep theirs beside them; a model alone finds all. */
  @Test
  void pairs_of_called_networks_lie_beside_them() throws IOException {
    Files.writeString(
        folder.resolve("net.lip"),
        Files.readString(folder.resolve("net.lip"))
            + """
              network Half(x: real[2]) -> real[3] {
                  certify lipschitz <= 3;
                  certify pairs;
                  return x |> Net |> scale(0.5);
              }
              """);
    String target = path("Half.certificate.json");
    assertThat(run("certify", path("net.lip"), "--certificate", target)).as(out + err).isZero();
    assertThat(folder.resolve("Half.pairs.json")).isRegularFile();
    assertThat(folder.resolve("Net.pairs.json")).isRegularFile();
    assertThat(run("verify", path("net.lip"))).as(out).isZero();
    assertThat(out.lines())
        .filteredOn(line -> line.contains("differences of its outputs, 3 pairs"))
        .hasSize(2);
    assertThat(out).contains("2 networks, 2 accepted");
  }

  /** A file that was named as one certificate was the other, or was deleted for it. */
  @Test
  void no_certificate_is_written_over_that_of_a_callee() throws IOException {
    String net = Files.readString(folder.resolve("net.lip"));
    String top =
        """
        network Top(x: real[2]) -> real[3] {
            certify lipschitz <= 5.5;
            certify pairs;
            return x |> Net;
        }
        """;
    Files.writeString(folder.resolve("net.lip"), net + top);
    assertClash("Net.certificate.json", "the certificate of Top", "the certificate of Net");
    Files.writeString(folder.resolve("net.lip"), net.replace(LinearOfThree.PAIRS, "") + top);
    assertClash(
        "Net.json", "that of the pairs of outputs of Top", "that of the pairs of outputs of Net");
    Files.writeString(folder.resolve("net.lip"), (net + top).replace(LinearOfThree.PAIRS, ""));
    assertThat(run("certify", path("net.lip"), "--certificate", path("Net.json"))).isZero();
    assertThat(run("verify", path("Net.json"), path("net.lip"))).as(out + err).isZero();
    assertThat(out).startsWith("accepted: Top is 5-Lipschitz");
  }

  private void assertClash(String target, String one, String other) throws IOException {
    assertThat(run("certify", path("net.lip"), "--certificate", path(target)))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains(" would be %s as well as %s, which is called: ".formatted(one, other))
        .endsWith("give the first another name\n");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".json"))).isEmpty();
    }
  }

  @Test
  void a_folder_in_the_place_of_pairs_is_found_before_anything_is_written() throws IOException {
    Files.createDirectory(folder.resolve("c.pairs.json"));
    assertThat(certify()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .isEqualTo(
            "lipc: %s is a folder, where that of the pairs of outputs of Net belongs\n"
                .formatted(path("c.pairs.json")));
    assertThat(folder.resolve("c.json")).doesNotExist();
  }

  @Test
  void a_link_that_leads_nowhere_is_not_passed_over() throws IOException {
    certify();
    Files.delete(folder.resolve("c.pairs.json"));
    assertThat(verify()).isEqualTo(ExitCode.NOT_PROVED);
    Files.createSymbolicLink(folder.resolve("c.pairs.json"), folder.resolve("lost"));
    assertThat(verify()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).isEqualTo("lipc: there is no file " + path("c.pairs.json") + "\n");
  }

  /** Without a stack trace, and not as if something were not proved. */
  @Test
  void a_file_that_no_array_has_room_for_is_a_fault_of_the_input() throws IOException {
    certify();
    try (RandomAccessFile file = new RandomAccessFile(path("c.pairs.json"), "rw")) {
      file.setLength(3L << 30);
    }
    assertThat(verify()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .startsWith("lipc: " + path("c.pairs.json") + " cannot be read: it has 3221225472 bytes, ")
        .hasLineCount(1);
  }
}
