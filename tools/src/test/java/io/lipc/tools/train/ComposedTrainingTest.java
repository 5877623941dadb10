package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertifiedFile;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue.JsonBoolean;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.Safetensors;
import io.lipc.runtime.ClassLabels;
import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import io.lipc.training.run.Split;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.table.CsvData;
import io.lipc.training.table.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc train} of a network that only calls others. */
final class ComposedTrainingTest extends CommandRun {

  /** An LDLT-R block. */
  private static final String BLOCK =
      """
      network %1$s(x: real[%2$d]) -> real[%3$d] {
          certify lipschitz <= %4$s;
          parameters ldlt;
          weights "%5$s.safetensors";
          skip = x |> dense(%3$d);
          h = x |> dense(8) |> relu;
          g = h |> dense(8) |> relu;
          out = g |> dense(%3$d);
          return skip + out;
      }

      """;

  private static final String THREE =
      block("First", 2, 4, 1) + block("Second", 4, 4, 1.5) + block("Head", 4, 3, 2);

  private static final String NET =
      """
      network Net(x: real[2] in [-4, 4]) -> real[3] {
          certify lipschitz <= %s;
          return x |> %s;
      }

      """;

  private static final List<String> FILES =
      List.of("first.safetensors", "second.safetensors", "head.safetensors");

  @TempDir private Path folder;

  private static String block(String name, int inputs, int outputs, double bound) {
    return BLOCK.formatted(name, inputs, outputs, bound, name.toLowerCase(Locale.ROOT));
  }

  /** Three classes, one in a ring around the others. */
  @BeforeEach
  void writeTable() throws IOException {
    Random random = new Random(5);
    StringBuilder rows = new StringBuilder("a,b,kind,height\n");
    for (int i = 0; i < 150; i++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double radius = i % 3 == 2 ? 3 : 0.5 * random.nextDouble();
      double a = radius * Math.cos(angle) + (i % 3 == 0 ? 1 : i % 3 == 1 ? -1 : 0);
      double b = radius * Math.sin(angle);
      String kind = List.of("right", "left", "ring").get(i % 3);
      rows.append(String.format(Locale.ROOT, "%.4f,%.4f,%s,%.4f%n", a, b, kind, 7 + a));
    }
    Files.writeString(path("table.csv"), rows);
    model(THREE + NET.formatted("3", "First |> Second |> Head"));
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private void model(String text) throws IOException {
    Files.writeString(path("net.lip"), "package demo;\n\n" + text);
  }

  private int train(String... more) {
    return trainTo(folder, more);
  }

  /** On features a and b. */
  private int trainTo(Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", path("net.lip").toString(), "--out=" + out));
    List<String> given = List.of(more);
    boolean isRegression = given.contains("--target-column=height");
    arguments.add(table(isRegression).toString());
    if (!isRegression) {
      arguments.add("--label-column=kind");
    }
    if (given.stream().noneMatch(option -> option.startsWith("--epochs"))) {
      arguments.add("--epochs=6");
    }
    arguments.addAll(given);
    return run(arguments.toArray(String[]::new));
  }

  /** Without the column that is not asked about. */
  private Path table(boolean isRegression) {
    try {
      List<String> rows = new ArrayList<>();
      for (String row : Files.readAllLines(path("table.csv"))) {
        String[] fields = row.split(",", -1);
        rows.add(fields[0] + "," + fields[1] + "," + fields[isRegression ? 3 : 2]);
      }
      return Files.write(path(isRegression ? "heights.csv" : "kinds.csv"), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Certificate certificate(String file) throws Exception {
    return CertifiedFile.certificate(Files.readAllBytes(path(file))).orElseThrow();
  }

  private Optional<ClassLabels> labels(String file) throws Exception {
    return ClassLabels.in(Safetensors.metadata(Files.readAllBytes(path(file))));
  }

  private Map<String, byte[]> written() throws IOException {
    Map<String, byte[]> written = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".safetensors")).toList()) {
        written.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return written;
  }

  private void assertRefused(String message, String... more) {
    assertThat(train(more)).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains(message).doesNotContain("\tat ");
  }

  @Test
  void blocks_are_trained_together_and_each_has_its_file_and_certificate() throws Exception {
    assertThat(train("--epochs=60", "--json")).as(err).isZero();
    JsonObject json = (JsonObject) Json.read(out.lines().toList().getLast());
    // A network with a bound of 3 that reads the plane: none of its parts can tell a ring alone.
    assertThat(number(json, "accuracy")).isGreaterThan(0.9);
    assertThat(number(json, "bound")).isLessThanOrEqualTo(3);
    assertThat(json.members().get("verified")).isEqualTo(new JsonBoolean(true));
    assertThat(out)
        .contains(
            "demo.First: l2 -> l2 Lipschitz bound 1 by given-multipliers (certificate checked)")
        .contains("demo.Second: l2 -> l2 Lipschitz bound 1.5 by given-multipliers (certificate che")
        .contains(
            "demo.Head: l2 -> l2 Lipschitz bound 2 by given-multipliers (certificate checked)")
        .containsPattern("demo.Net: l2 -> l2 Lipschitz bound [0-9.]+ by [a-z-]+ \\(certificate ch")
        .contains("weights:  first.safetensors, head.safetensors, second.safetensors in " + folder);
    assertThat(err).doesNotContain("warning");
    assertThat(written().keySet()).containsExactlyInAnyOrderElementsOf(FILES);
    assertThat(certificate("second.safetensors").network()).isEqualTo("demo.Second");
    assertThat(certificate("second.safetensors").lipschitz().bound()).isEqualTo(1.5);
    assertThat(labels("head.safetensors"))
        .contains(new ClassLabels(List.of("left", "right", "ring")));
    assertThat(labels("second.safetensors")).isEmpty();
    assertThat(path("Net.checkpoint")).doesNotExist();
    assertThat(run("certify", path("net.lip").toString())).as(out + err).isZero();
    assertThat(out).contains("network:  demo.Net, l2 -> l2", "answer:   proved");
    assertThat(run("check", path("net.lip").toString())).as(out + err).isZero();
    for (String file : FILES) {
      assertThat(run("verify", path(file).toString(), path("net.lip").toString())).as(err).isZero();
    }
  }

  private static double number(JsonObject object, String member) {
    return Double.parseDouble(((JsonNumber) object.members().get(member)).text());
  }

  @Test
  void the_bound_of_the_whole_is_proved_from_those_of_its_parts() throws Exception {
    model(THREE + NET.formatted("2.5", "First |> Second |> Head"));
    int code = train("--epochs=2");
    assertThat(err)
        .contains(
            "demo.Net declares the bound 2.5, and no less than 3 follows from the bounds of the"
                + " networks that it calls");
    assertThat(written().keySet()).containsExactlyInAnyOrderElementsOf(FILES);
    // Whatever is proved of the trained weights, the text compiles if and only if it suffices.
    assertThat(run("check", path("net.lip").toString()) == 0).isEqualTo(code == 0);
    model(THREE + NET.formatted("0.001", "First |> Second |> Head"));
    assertThat(train("--epochs=2")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(err)
        .containsPattern(
            "demo.Net declares the bound 0.001, and [0-9.]+ is proved: the weights are")
        .contains("declare `certify lipschitz <= ");
  }

  /** Three steps of a chain, of which the last two are one set of weights. */
  @Test
  void a_network_that_is_called_twice_has_one_set_of_weights() throws Exception {
    model(THREE + NET.formatted("4.5", "First |> Second |> Second |> Head"));
    assertThat(train()).as(err).isZero();
    assertThat(written().keySet()).containsExactlyInAnyOrderElementsOf(FILES);
    assertThat(out).containsOnlyOnce("demo.Second: ");
    assertThat(run("check", path("net.lip").toString())).as(out + err).isZero();
  }

  @Test
  void sums_and_scales_around_calls_are_trained_through() throws Exception {
    model(
        THREE
            + """
            network Middle(x: real[4]) -> real[4] {
                certify lipschitz <= 1.26;
                s = x |> Second |> scale(0.5);
                t = x |> scale(0.5);
                return s + t;
            }

            network Net(x: real[2] in [-4, 4]) -> real[3] {
                certify lipschitz <= 2.6;
                return x |> First |> Middle |> Head;
            }
            """);
    assertThat(train("--epochs=40")).as(err).isZero();
    assertThat(err).doesNotContain("warning");
    assertThat(out).containsPattern("accuracy: (9\\d|100)");
    assertThat(run("check", path("net.lip").toString())).as(out + err).isZero();
  }

  /** The sum of two networks is what neither of them gives. */
  @Test
  void names_of_outputs_that_no_trained_network_gives_are_in_no_file() throws Exception {
    model(
        block("A", 2, 3, 1)
            + block("B", 2, 3, 1)
            + """
            network Net(x: real[2] in [-4, 4]) -> real[3] {
                certify lipschitz <= 2;
                return (x |> A) + (x |> B);
            }
            """);
    assertThat(train()).as(err).isZero();
    assertThat(err)
        .contains(
            "the names of the classes are in no file: the outputs of demo.Net are not those of a"
                + " network that was trained");
    assertThat(labels("a.safetensors")).isEmpty();
    assertThat(labels("b.safetensors")).isEmpty();
  }

  @Test
  void given_weights_stay_as_they_are() throws Exception {
    assertThat(train()).as(err).isZero();
    Map<String, byte[]> before = written();
    model(
        (THREE + NET.formatted("3", "First |> Second |> Head"))
            .replaceFirst("parameters ldlt;\n", ""));
    assertThat(train("--seed=2")).as(err).isZero();
    assertThat(path("first.safetensors")).hasBinaryContent(before.get("first.safetensors"));
    assertThat(Files.readAllBytes(path("head.safetensors")))
        .isNotEqualTo(before.get("head.safetensors"));
    assertThat(out).doesNotContain("demo.First: ").contains("demo.Second: ");
    assertThat(run("check", path("net.lip").toString())).as(out + err).isZero();
    Files.delete(path("first.safetensors"));
    assertRefused("demo.First has given weights, which stay as they are; ");
    assertThat(err).contains("weights `first.safetensors` cannot be used: there is no such file");
    model(
        (THREE + NET.formatted("3", "First |> Second |> Head"))
            .replaceFirst("lipschitz <= 1.0", "lipschitz <= 0.01")
            .replaceFirst("parameters ldlt;\n", ""));
    Files.write(path("first.safetensors"), before.get("first.safetensors"));
    assertRefused(
        "demo.First is called, and declares the bound 0.01, which is not proved: declare");
  }

  @Test
  void given_weights_are_not_written_over() throws Exception {
    assertThat(train()).as(err).isZero();
    Map<String, byte[]> before = written();
    String text = (THREE + NET.formatted("3", "First |> Second |> Head"));
    model(text.replace("second.safetensors", "first.safetensors"));
    assertRefused(
        "demo.First and demo.Second both declare the weights `first.safetensors`, but each of them"
            + " is written");
    model(
        text.replace("second.safetensors", "first.safetensors")
            .replaceFirst("parameters ldlt;\n", ""));
    assertRefused("demo.First and demo.Second both declare the weights `first.safetensors`");
    assertThat(written()).containsExactlyInAnyOrderEntriesOf(before);
  }

  @Test
  void files_are_those_of_the_declarations_in_the_folder() throws Exception {
    String text = (THREE + NET.formatted("3", "First |> Second |> Head"));
    assertThat(trainTo(path("one.safetensors"))).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains(
            "demo.Net calls the networks that are trained, and each of these has a file of its own"
                + " (first.safetensors, head.safetensors, second.safetensors): --out names the"
                + " folder that they go to, and ");
    model(text.replace("    weights \"second.safetensors\";\n", ""));
    assertRefused(
        "demo.Second is trained together with others, and declares no file for its weights: add"
            + " `weights \"second.safetensors\";`");
    model(text.replace("second.safetensors", "../second.safetensors"));
    assertRefused("demo.Second declares the weights `../second.safetensors`: the name does not");
    model(text.replace("second.safetensors", "blocks/second.safetensors"));
    assertThat(train()).as(err).isZero();
    assertThat(path("blocks/second.safetensors")).exists();
    assertThat(run("check", path("net.lip").toString())).as(out + err).isZero();
  }

  /** As everywhere: the last one. */
  @Test
  void network_says_which_one_is_trained() throws Exception {
    model(
        THREE
            + NET.formatted("3", "First |> Second |> Head")
            + NET.formatted("2", "First |> Head").replace("Net", "Short"));
    assertThat(train()).as(err).isZero();
    assertThat(written().keySet()).containsOnly("first.safetensors", "head.safetensors");
    assertThat(out).contains("demo.Short: l2 -> l2 Lipschitz bound ").doesNotContain("demo.Net");
    assertThat(train("--network=Net")).as(err).isZero();
    assertThat(written().keySet()).containsExactlyInAnyOrderElementsOf(FILES);
    // A part alone is one network with one file.
    model(block("Head", 2, 3, 1) + NET.formatted("1", "Head"));
    assertThat(trainTo(path("alone.safetensors"), "--network=Head")).as(err).isZero();
    assertThat(path("alone.safetensors")).exists();
    assertThat(train("--network=Head")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("is a folder; --out names the file that the weights go to");
  }

  @Test
  void what_calls_nothing_trainable_has_nothing_to_train() throws Exception {
    model(
        """
        network Half(x: real[2]) -> real[2] {
            certify lipschitz <= 1;
            return x |> scale(0.5);
        }
        """);
    assertRefused(
        "demo.Half has nothing to train: neither it nor a network that it calls declares"
            + " `parameters ldlt;` or another construction");
  }

  @Test
  void a_killed_run_goes_on_and_ends_in_the_same_bytes() throws Exception {
    assertThat(train("--epochs=24")).as(err).isZero();
    Map<String, byte[]> whole = written();
    for (String file : whole.keySet()) {
      Files.delete(path(file));
    }
    Path checkpoint = path("Net.checkpoint");
    TrainingOptions options = TrainingOptions.builder().epochs(24).checkpoint(checkpoint).build();
    Split<Dataset> split = Split.stratified(CsvData.read(table(false), 3), 0.2, 1);
    assertThatThrownBy(
            () ->
                TrainableText.read(path("net.lip"), Optional.empty())
                    .train(split.training(), options, new PowerCut(15)))
        .hasMessage(PowerCut.MESSAGE);
    assertThat(checkpoint).exists();
    assertThat(train("--epochs=24")).as(err).isZero();
    assertThat(written()).containsExactlyInAnyOrderEntriesOf(whole);
    assertThat(checkpoint).doesNotExist();
  }

  /** No file is put in its place before all files are on the disk. */
  @Test
  void files_that_cannot_all_be_written_are_all_as_they_were() throws Exception {
    assertThat(train()).as(err).isZero();
    Map<String, byte[]> before = written();
    Files.createDirectory(path(".second.safetensors.new"));
    Files.writeString(path(".second.safetensors.new").resolve("in the way"), "");
    assertThat(train("--seed=2")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("cannot be written");
    assertThat(written()).containsExactlyInAnyOrderEntriesOf(before);
    assertThat(path("Net.checkpoint")).exists();
    Files.delete(path(".second.safetensors.new").resolve("in the way"));
    Files.delete(path(".second.safetensors.new"));
    assertThat(train("--seed=2")).as(err).isZero();
    assertThat(written().get("second.safetensors")).isNotEqualTo(before.get("second.safetensors"));
  }

  @Test
  void a_search_and_a_drawing_stand_in_the_folder() throws Exception {
    assertThat(train("--tune", "--offset=0.1", "--epochs=8", "--plot=" + path("plot.svg")))
        .as(err)
        .isZero();
    assertThat(out).contains("tuned:    ", "trials:   " + path("Net.trials.csv"));
    assertThat(Files.readString(path("plot.svg"))).contains(">Training of demo.Net by epoch");
    Map<String, byte[]> chosen = written();
    String repeat =
        out.lines().filter(line -> line.startsWith("repeat:")).findFirst().orElseThrow();
    assertThat(run(repeat.substring("repeat:   lipc ".length()).split(" "))).as(err).isZero();
    assertThat(written()).containsExactlyInAnyOrderEntriesOf(chosen);
  }

  @Test
  void numbers_are_predicted_from_their_mean_on() throws Exception {
    model(
        block("First", 2, 4, 1)
            + block("Head", 4, 1, 2)
            + NET.formatted("2", "First |> Head").replace("real[3]", "real[1]"));
    assertThat(train("--target-column=height", "--epochs=60")).as(err).isZero();
    assertThat(out)
        .contains("targets:  height")
        .containsPattern("R\\^2 (0\\.9|1)")
        .contains("tube:     an input that moves by at most r");
    assertThat(labels("head.safetensors")).isEmpty();
    assertThat(run("check", path("net.lip").toString())).as(out + err).isZero();
  }

  @Test
  void columns_of_any_units_are_standardised_for_all_of_them() throws Exception {
    String inner = THREE + NET.formatted("3", "First |> Second |> Head").replace(" in [-4, 4]", "");
    model(inner);
    assertRefused("weights \"rawnet.safetensors\";", "--standardise");
    assertThat(err).contains("network RawNet(", "|> Net");
    String raw =
        """
        network Raw(x: real[2] in [-5, 5]) -> real[3] {
            certify lipschitz <= 20;
            weights "raw.safetensors";
            s = x |> batch_norm(epsilon = 0);
            return s |> Net;
        }
        """;
    model(inner + raw);
    assertThat(train("--standardise", "--epochs=20")).as(err).isZero();
    assertThat(out)
        .containsPattern("demo.Net: .*, inputs in standard deviations \\(certificate checked\\)")
        .containsPattern("demo.Raw: .*, inputs in the table's units \\(certificate checked\\)");
    assertThat(written().keySet()).hasSize(4).contains("raw.safetensors");
    assertThat(labels("raw.safetensors")).isPresent();
    assertThat(run("check", path("net.lip").toString())).as(out + err).isZero();
    assertRefused("demo.Raw reads what `batch_norm` standardises", "--network=Raw");
    model(inner + raw.replace("|> Net", "|> Net |> scale(0.5)"));
    assertRefused("demo.Raw has a layer `batch_norm`, and nothing is trained through that; --");
    assertRefused("demo.Raw is not of the form `x |> batch_norm |> Inner`", "--standardise");
    model(inner + raw.replace("raw.safetensors", "head.safetensors"));
    assertRefused("demo.Head and demo.Raw both declare the weights", "--standardise");
  }

  @Test
  void networks_of_texts_beside_this_one_are_trained_as_well() throws Exception {
    Files.writeString(path("parts.lip"), "package parts;\n\n" + block("First", 2, 4, 1));
    model("import parts.First;\n\n" + block("Head", 4, 3, 1) + NET.formatted("1", "First |> Head"));
    assertThat(train()).as(err).isZero();
    assertThat(certificate("first.safetensors").network()).isEqualTo("parts.First");
    assertThat(run("check", path("net.lip").toString())).as(out + err).isZero();
  }

  /** The text and the output of docs/training.md, on a set of the UCI repository. */
  @Test
  void the_page_says_what_three_blocks_come_to() throws Exception {
    Path table = Path.of(System.getProperty("lipc.shared"), "data", "uci", "seeds.csv");
    assumeTrue(Files.exists(table), "the shared data set is not there");
    String page = Files.readString(Path.of(System.getProperty("lipc.root"), "docs/training.md"));
    String[] blocks =
        page.substring(page.indexOf("## Several networks at once")).split("```\\n?", -1);
    Files.writeString(path("seeds.lip"), blocks[1]);
    String command = "train %s %s --label-column 8 --out ".formatted(path("seeds.lip"), table);
    assertThat(blocks[3]).isEqualTo("lipc train seeds.lip seeds.csv --label-column 8 --out .\n");
    List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
    arguments.set(arguments.size() - 1, folder.toString());
    assertThat(run(arguments.toArray(String[]::new))).as(err).isZero();
    assertThat(out).isEqualTo(blocks[5].replace(" in .\n", " in " + folder + "\n"));
    assertThat(run("certify", path("seeds.lip").toString())).as(out + err).isZero();
    assertThat(out).contains("network:  demo.Seeds, l2 -> l2", "answer:   proved");
    assertThat(run("check", path("seeds.lip").toString())).as(out + err).isZero();
    assertThat(out)
        .contains("demo.Seeds: l2 -> l2 Lipschitz bound 1 by norm-product (declared 1.0; certifi");
  }

  /** Given weights lie beside the text, and trained ones in the folder of --out. */
  @Test
  void given_weights_stay_whatever_way_leads_to_them() throws Exception {
    assertThat(train()).as(err).isZero();
    Path kept = Files.createDirectory(path("kept"));
    Files.move(path("first.safetensors"), kept.resolve("first.safetensors"));
    byte[] before = Files.readAllBytes(kept.resolve("first.safetensors"));
    model(
        block("First", 2, 4, 1)
                .replace("    parameters ldlt;\n", "")
                .replace("\"first", "\"kept/first")
            + block("Second", 4, 4, 1.5).replace("\"second.", "\"first.")
            + block("Head", 4, 3, 2)
            + NET.formatted("3", "First |> Second |> Head"));
    Path link = Files.createSymbolicLink(path("link"), kept);
    for (Path out : List.of(kept, link, path("kept/../kept"))) {
      assertThat(trainTo(out)).isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(err)
          .contains(
              "first.safetensors would be the given weights of demo.First and the weights of"
                  + " demo.Second, and one would be written over the other: give them different"
                  + " files");
    }
    assertThat(kept.resolve("first.safetensors")).hasBinaryContent(before);
    assertThat(train()).as(err).isZero();
    Files.delete(kept.resolve("first.safetensors"));
    Files.write(path("second.safetensors"), before);
    Files.createSymbolicLink(kept.resolve("first.safetensors"), path("second.safetensors"));
    model(
        Files.readString(path("net.lip"))
            .replace("package demo;", "")
            .replace("\"first.", "\"second."));
    assertRefused("second.safetensors would be the given weights of demo.First");
    assertThat(path("second.safetensors")).hasBinaryContent(before);
  }

  @Test
  void names_that_differ_in_capitals_are_one_file_somewhere() throws Exception {
    model(
        Files.readString(path("net.lip"))
            .replace("package demo;", "")
            .replace("\"head.", "\"First."));
    assertRefused(
        "demo.First and demo.Head both declare the weights `First.safetensors` (or"
            + " `first.safetensors`, one file on systems where capitals do not count)");
    assertThat(written()).isEmpty();
  }

  /** All of these were found once the training was over, and had lost it. */
  @Test
  void nothing_is_written_over_anything_else_of_the_training() throws Exception {
    String text = Files.readString(path("net.lip")).replace("package demo;", "");
    Map<String, String> uses =
        Map.of(
            "Net.checkpoint", "the weights of demo.Head and the checkpoint",
            "Net.trials.csv", "the weights of demo.Head and the trials of --tune",
            "net.lip", "the text and the weights of demo.Head",
            "kinds.csv", "the table and the weights of demo.Head",
            ".first.safetensors.new", "those of demo.First at first and the weights of demo.Head");
    for (Map.Entry<String, String> use : uses.entrySet()) {
      model(text.replace("head.safetensors", use.getKey()));
      assertRefused(use.getKey() + " would be " + use.getValue());
    }
    model(text);
    assertRefused("the weights of demo.Head and the drawing", "--plot=" + path("head.safetensors"));
    assertThat(written()).isEmpty();
    assertThat(path("kinds.csv")).content().startsWith("a,b,kind\n");
  }
}
