package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc train --standardise --write}: the network that reads the table goes to the text. */
final class StandardiseWriteTest extends CommandRun {

  private static final String NET =
      """
      package demo;

      network Net(z: real[2]) -> real[2] {
          certify lipschitz <= 1;
          parameters ldlt;
          weights "net.safetensors";

          h = z |> dense(4) |> relu;
          y = h |> dense(2);
          return y;
      }
      """;

  @TempDir private Path folder;

  /** A share, which alone says the kind and the heat, and a mass in milligrams. */
  @BeforeEach
  void writeFiles() throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder("share,mass,kind,heat\n");
    for (int i = 0; i < 100; i++) {
      double share = (i % 2 == 0 ? 0.012 : 0.014) + 0.0005 * random.nextGaussian();
      double mass = 5000 + 1000 * random.nextGaussian();
      text.append(
          String.format(
              Locale.ROOT,
              "%.5f,%.1f,%s,%.3f%n",
              share,
              mass,
              i % 2 == 0 ? "dry" : "sweet",
              3 + 200 * share));
    }
    Files.writeString(path("table.csv"), text);
    model(NET);
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private void model(String text) throws IOException {
    Files.writeString(path("net.lip"), text);
  }

  private String model() throws IOException {
    return Files.readString(path("net.lip"));
  }

  private int train(String... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "train",
                    path("net.lip").toString(),
                    path("table.csv").toString(),
                    "--epochs=20",
                    "--eps=0.25"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private int trainKinds(String... more) {
    return train(
        Stream.concat(
                Stream.of(
                    "--label-column=kind",
                    "--drop-column=heat",
                    "--out=" + path("net.safetensors")),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private void assertUntouched(String text, String message) throws IOException {
    assertThat(err).contains(message).doesNotContain("\tat ");
    assertThat(model()).isEqualTo(text);
    assertThat(path("net.safetensors")).doesNotExist();
  }

  /** Each line of the output that has a time in it is left out. */
  private List<String> lines() {
    return out.lines().filter(line -> !line.startsWith("trained:")).toList();
  }

  @Test
  void the_text_gets_the_network_and_training_ends_as_if_it_had_had_it() throws Exception {
    assertThat(trainKinds("--standardise", "--write")).as(err).isZero();
    assertThat(model()).startsWith(NET + "\nnetwork RawNet(share: real[1] in [0.");
    int last = (int) model().lines().count();
    String added = "text:     %s got demo.RawNet, lines 13 to %d".formatted(path("net.lip"), last);
    assertThat(model().lines().toList().get(12)).startsWith("network RawNet(");
    assertThat(model().lines().toList().get(last - 1)).isEqualTo("}");
    assertThat(lines()).startsWith(added);
    assertThat(err).doesNotContain("warning");
    List<String> rest = lines().subList(1, lines().size());
    byte[] weights = Files.readAllBytes(path("net.safetensors"));
    assertThat(run("fmt", "--check", path("net.lip").toString())).as(out).isZero();
    assertThat(trainKinds("--standardise")).as(err).isZero();
    assertThat(lines()).isEqualTo(rest);
    assertThat(path("net.safetensors")).hasBinaryContent(weights);
  }

  /** Names with blanks and units are no words of the language: inputs get numbers. */
  @Test
  void inputs_with_numbers_say_which_columns_they_are() throws Exception {
    String table = Files.readString(path("table.csv"));
    Files.writeString(
        path("table.csv"), table.replaceFirst("share,mass", "share */ [1],M\u00e4sse [mg]"));
    assertThat(trainKinds("--standardise", "--write")).as(err).isZero();
    assertThat(model())
        .contains(
            """

            /**
             * Reads columns of a table:
             * x1 is column 1 (`share * / [1]`)
             * x2 is column 2 (`M\\u00e4sse [mg]`)
             */
            network RawNet(x1: real[1] in [0.""");
    assertThat(run("fmt", "--check", path("net.lip").toString())).as(out).isZero();
  }

  @Test
  void what_was_written_is_certified_and_its_shares_are_in_deviations() throws Exception {
    assertThat(trainKinds("--standardise", "--write")).as(err).isZero();
    assertThat(model()).contains("    certify lipschitz <= 1.0 per z;\n");
    assertThat(trainKinds("--standardise")).as(err).isZero();
    assertThat(out)
        .contains("demo.RawNet: l2 -> l2 Lipschitz bound ")
        .contains("certified at l2 distance 0.25 in standard deviations: ")
        .contains("certified at l2 distance 0.25 in standard deviations (`z.running_var`): ");
    String text = path("net.lip").toString();
    assertThat(run("certify", text, "--network=RawNet")).as(err).isZero();
    assertThat(run("verify", path("net.safetensors").toString(), text)).as(err).isZero();
  }

  @Test
  void line_ends_a_byte_order_mark_links_and_blank_lines_at_the_end_are_kept_or_made_one()
      throws Exception {
    String windows = "\uFEFF" + NET.replace("\n", "\r\n");
    Files.writeString(path("real.lip"), windows + "// the end\r\n\r\n\r\n");
    Files.delete(path("net.lip"));
    Files.createSymbolicLink(path("net.lip"), path("real.lip"));
    assertThat(trainKinds("--standardise", "--write")).as(err).isZero();
    assertThat(path("net.lip")).isSymbolicLink();
    assertThat(Files.readString(path("real.lip")))
        .startsWith(windows + "// the end\r\n\r\nnetwork RawNet(")
        .endsWith("}\r\n")
        .doesNotContainPattern("[^\r]\n");
    assertThat(out).contains("got demo.RawNet, lines 14 to ");
    model(NET.stripTrailing());
    assertThat(trainKinds("--standardise", "--write")).as(err).isZero();
    assertThat(model()).startsWith(NET + "\nnetwork RawNet(");
  }

  /** The same command goes on from a checkpoint, so it has to be accepted again. */
  @Test
  void a_text_that_has_the_network_stays_as_it_is_and_that_is_said() throws Exception {
    assertThat(trainKinds("--standardise", "--write", "--tune", "--offset=0.1")).as(err).isZero();
    String text = model();
    byte[] weights = Files.readAllBytes(path("net.safetensors"));
    assertThat(trainKinds("--standardise", "--write", "--tune", "--offset=0.1")).as(err).isZero();
    assertThat(out)
        .startsWith(
            "text:     %s has demo.RawNet already, --write adds nothing\n"
                .formatted(path("net.lip")));
    assertThat(model()).isEqualTo(text);
    assertThat(path("net.safetensors")).hasBinaryContent(weights);
  }

  @Test
  void what_cannot_be_written_or_trained_leaves_the_text_as_it_is() throws Exception {
    assertThat(trainKinds("--write")).isEqualTo(ExitCode.INPUT_ERROR);
    assertUntouched(NET, "leave --write out, or add --standardise");
    assertThat(trainKinds("--standardise", "--write", "--epochs=0"))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertUntouched(NET, "epochs");
    assertThat(trainKinds("--standardise", "--write", "--plot=" + path("none/plot.svg")))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertUntouched(NET, "there is no folder");
    // Neither a network of that name, nor a fault that another network has had before.
    String taken = NET + "\n" + NET.replace("package demo;\n\n", "").replace(" Net(", " RawNet(");
    model(taken);
    assertThat(trainKinds("--standardise", "--write", "--network=Net"))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertUntouched(
        taken, "stays as it is: with the network that --write adds, " + path("net.lip"));
    assertThat(err).contains("has faults:\nnet.lip:23:", "duplicate-name");
    String faulty = NET.replace("Net(", "Other(").replace("dense(2)", "dense(3)");
    String both = faulty + "\n" + NET.replace("package demo;\n\n", "");
    model(both);
    assertThat(trainKinds("--standardise", "--write")).isEqualTo(ExitCode.INPUT_ERROR);
    assertUntouched(both, "net.lip:3:");
    assertThat(err).contains("stays as it is", "shape-mismatch");
  }

  @Test
  void a_folder_of_networks_and_numbers_get_their_network_too() throws Exception {
    String whole =
        """
        package demo;

        network Part(z: real[2]) -> real[1] {
            certify lipschitz <= 1;
            parameters ldlt;
            weights "part.safetensors";

            h = z |> dense(4) |> relu;
            y = h |> dense(1);
            return y;
        }

        network Whole(z: real[2]) -> real[1] {
            certify lipschitz <= 2;

            y = z |> Part |> scale(2);
            return y;
        }
        """;
    model(whole);
    Files.createDirectory(path("out"));
    assertThat(
            train(
                "--target-column=heat",
                "--drop-column=kind",
                "--out=" + path("out"),
                "--standardise",
                "--write"))
        .as(err)
        .isZero();
    assertThat(model())
        .startsWith(whole + "\nnetwork RawWhole(")
        .contains("    weights \"rawwhole.safetensors\";\n");
    assertThat(path("out/rawwhole.safetensors")).exists();
    assertThat(out).contains("demo.RawWhole: l2 -> l2 Lipschitz bound ");
  }
}
