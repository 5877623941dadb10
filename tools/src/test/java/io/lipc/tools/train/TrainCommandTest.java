package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonBoolean;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.formats.Safetensors;
import io.lipc.runtime.ClassLabels;
import io.lipc.tools.JsonPage;
import io.lipc.tools.Trained;
import io.lipc.tools.command.ExitCode;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.Split;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.table.CsvData;
import io.lipc.training.table.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** {@code lipc train} as a user runs it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrainCommandTest {

  private Trained files;

  @BeforeAll
  void train(@TempDir Path folder) throws IOException {
    files = new Trained(folder);
  }

  @AfterEach
  void remove() throws IOException {
    Files.deleteIfExists(files.path("out.safetensors"));
    Files.deleteIfExists(files.path("out.safetensors.checkpoint"));
  }

  private int train(String model, String data, String... more) {
    List<String> arguments =
        List.of(
            "train",
            files.path(model).toString(),
            files.path(data).toString(),
            "--label-column=3",
            "--out=" + files.path("out.safetensors"));
    Stream<String> epochs =
        Stream.of(more).anyMatch(option -> option.startsWith("--epochs"))
            ? Stream.of()
            : Stream.of("--epochs=4");
    return files.run(
        Stream.of(arguments.stream(), epochs, Stream.of(more))
            .flatMap(all -> all)
            .toArray(String[]::new));
  }

  private void assertInputError(String rows, String message) throws IOException {
    Files.writeString(files.path("bad.csv"), rows);
    assertThat(train("net.lip", "bad.csv")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err).contains("bad.csv" + message).doesNotContain("\tat ");
    assertThat(files.path("out.safetensors")).doesNotExist();
  }

  @Test
  void orthogonal_weights_are_trained_before_they_are_there() throws Exception {
    String clauses = "weights \"out.safetensors\"; parameters orthogonal;";
    files.model("orthogonal.lip", Trained.BODY.formatted(clauses));
    assertThat(train("orthogonal.lip", "data.csv")).as(files.err).isZero();
    assertThat(files.out).contains("Net: l2 -> l2 Lipschitz bound ", "(certificate checked)");
    assertThat(files.verify("out.safetensors", "orthogonal.lip")).as(files.err).isZero();
  }

  @Test
  void almost_orthogonal_weights_are_trained_before_they_are_there() throws Exception {
    String clauses = "weights \"out.safetensors\"; parameters aol;";
    files.model("aol.lip", Trained.BODY.formatted(clauses));
    assertThat(train("aol.lip", "data.csv")).as(files.err).isZero();
    assertThat(files.out).contains("by norm-product (certificate checked)");
    assertThat(files.verify("out.safetensors", "aol.lip")).as(files.err).isZero();
  }

  @Test
  void sandwich_layers_are_trained_before_their_weights_are_there() throws Exception {
    files.model(
        "sandwich.lip",
        """
        network Net(x: real[2] in [-4, 4]) -> real[2] {
            certify lipschitz <= 1;
            weights "out.safetensors";
            parameters sandwich;
            h = x |> dense(6) |> relu;
            k = h |> dense(4) |> tanh;
            y = k |> dense(2);
            return y;
        }
        """);
    assertThat(train("sandwich.lip", "data.csv")).as(files.err).isZero();
    assertThat(files.out).contains("Lipschitz bound 1 by given-multipliers (certificate checked)");
    assertThat(files.verify("out.safetensors", "sandwich.lip")).as(files.err).isZero();
  }

  @Test
  void residual_blocks_are_trained_with_a_bound() throws Exception {
    files.model(
        "sll.lip",
        """
        network Net(x: real[2] in [-4, 4]) -> real[2] {
            certify lipschitz <= 1;
            weights "out.safetensors";
            parameters sll;
            a = x |> dense(4);
            h = a |> dense(6) |> relu;
            o = h |> dense(4);
            b = (a |> scale(0.5)) + o;
            y = b |> maxmin |> dense(2);
            return y;
        }
        """);
    assertThat(train("sll.lip", "data.csv")).as(files.err).isZero();
    assertThat(files.out).contains("Lipschitz bound 1 by given-multipliers (certificate checked)");
    assertThat(files.verify("out.safetensors", "sll.lip")).as(files.err).isZero();
  }

  @Test
  void kernels_of_ldlt_are_trained_as_residual_blocks() throws Exception {
    String body =
        """
        network Net(x: real[2] in [-4, 4]) -> real[2] {
            certify lipschitz <= 1;
            weights "out.safetensors";
            parameters ldlt;
            a = x |> reshape([2, 1, 1]) |> conv2d(4, kernel = 1);
            h = a |> conv2d(6, kernel = 1) |> relu;
            o = h |> conv2d(4, kernel = 1);
            b = %s + o;
            y = b |> maxmin |> flatten |> dense(2);
            return y;
        }
        """;
    List<String> bytes = new ArrayList<>();
    for (String skip : List.of("a", "(a |> scale(0.5))")) {
      files.model("ldlt.lip", body.formatted(skip));
      assertThat(train("ldlt.lip", "data.csv")).as(files.err).isZero();
      assertThat(files.out).contains("Lipschitz bound 1 by given-multipliers");
      assertThat(files.verify("out.safetensors", "ldlt.lip")).as(files.err).isZero();
      bytes.add(Arrays.toString(Files.readAllBytes(files.path("out.safetensors"))));
    }
    assertThat(bytes.getFirst()).isNotEqualTo(bytes.getLast());
  }

  @Test
  void an_option_that_is_given_twice_is_refused() throws Exception {
    assertThat(train("net.lip", "data.csv", "--epochs=2", "--epochs=3"))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err).contains("--epochs");
    assertThat(train("net.lip", "data.csv", "--scale=2", "--scale=3"))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err).contains("--scale");
    assertThat(files.path("out.safetensors")).doesNotExist();
  }

  @Test
  void the_last_line_is_the_object_that_programs_read() throws Exception {
    assertThat(train("net.lip", "data.csv", "--json", "--eps=0.25,0.05")).as(files.err).isZero();
    JsonObject json = (JsonObject) Json.read(files.out.lines().toList().getLast());
    Map<String, JsonValue> members = json.members();
    assertThat(members.keySet()).containsExactlyElementsOf(JsonPage.members("lipc train"));
    assertThat(members.get("classes"))
        .isEqualTo(new JsonArray(List.of(new JsonString("down"), new JsonString("up"))));
    assertThat(number(members, "droppedRows")).isZero();
    assertThat(number(members, "epochs")).isEqualTo(4);
    double accuracy = number(members, "accuracy");
    assertThat(accuracy).isBetween(0.0, 1.0);
    Map<String, JsonValue> certified = ((JsonObject) members.get("certified")).members();
    assertThat(certified.keySet()).containsExactly("0.05", "0.25");
    assertThat(number(certified, "0.25")).isLessThanOrEqualTo(number(certified, "0.05"));
    assertThat(number(certified, "0.05")).isLessThanOrEqualTo(accuracy);
    assertThat(number(members, "bound")).isGreaterThan(0).isLessThanOrEqualTo(1);
    assertThat(members.get("verified")).isEqualTo(new JsonBoolean(true));
    assertThat(number(members, "seconds")).isPositive();
    assertThat(files.verify("out.safetensors", "net.lip")).as(files.out).isZero();
  }

  private static double number(Map<String, JsonValue> members, String name) {
    return Double.parseDouble(((JsonNumber) members.get(name)).text());
  }

  @Test
  void an_interrupted_run_ends_in_the_same_bytes() throws Exception {
    String[] more = {"--epochs=24", "--out=" + files.path("whole.safetensors")};
    String[] arguments = {
      "train",
      files.path("net.lip").toString(),
      files.path("data.csv").toString(),
      "--label-column=3",
      more[0],
      more[1]
    };
    assertThat(files.run(arguments)).as(files.err).isZero();
    Path out = files.path("resumed.safetensors");
    Path checkpoint = files.path("resumed.safetensors.checkpoint");
    TrainingOptions options = TrainingOptions.builder().epochs(24).checkpoint(checkpoint).build();
    Split<Dataset> split = Split.stratified(CsvData.read(files.path("data.csv"), 3), 0.2, 1);
    assertThatThrownBy(
            () ->
                TrainableText.read(files.path("net.lip"), Optional.empty())
                    .train(split.training(), options, new PowerCut(15)))
        .hasMessage(PowerCut.MESSAGE);
    assertThat(checkpoint).exists();
    arguments[5] = "--out=" + out;
    assertThat(files.run(arguments)).as(files.err).isZero();
    assertThat(out).hasSameBinaryContentAs(files.path("whole.safetensors"));
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void a_checkpoint_of_another_run_is_not_gone_on_from() throws Exception {
    Path checkpoint = files.path("out.safetensors.checkpoint");
    TrainingOptions other =
        TrainingOptions.builder().epochs(2).seed(9).checkpoint(checkpoint).build();
    Split<Dataset> split = Split.stratified(CsvData.read(files.path("data.csv"), 3), 0.2, 1);
    TrainableText.read(files.path("net.lip"), Optional.empty())
        .train(split.training(), other, ProgressListener.NONE);
    assertThat(train("net.lip", "data.csv")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(files.err).contains("belongs to another run", "delete it to start anew");
    assertThat(files.path("out.safetensors")).doesNotExist();
  }

  /** Classes that the features say nothing about, and steps as long as the way. */
  @Test
  void training_that_brings_nothing_says_so() throws Exception {
    Random random = new Random(3);
    StringBuilder noise = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      noise.append(random.nextGaussian()).append(',').append(random.nextGaussian());
      noise.append(i % 2 == 0 ? ",a\n" : ",b\n");
    }
    Files.writeString(files.path("noise.csv"), noise.toString());
    assertThat(train("net.lip", "noise.csv", "--rate=10", "--epochs=2")).as(files.err).isZero();
    assertThat(files.out).contains("none of them better than the random start");
  }

  @Test
  void data_that_cannot_be_trained_on() throws IOException {
    assertInputError("1,2,a\n3,b\n", ":2: 2 columns, but the first line has 3");
    assertInputError("1,2,a\n3,\"4,b\n", ": ");
    assertInputError("1,2,a\n3,NaN,b\n", ":2: column 2: feature `NaN` is not finite");
    assertInputError("1,2,a\n3,four,b\n", ":2: column 2: feature `four` is not a number");
    assertInputError("1,2,a\n3,4,a\n", ": all 2 samples have the label `a`");
    assertInputError("", ": no samples");
    assertInputError("1;2;a\n", ": a single column");
  }

  private int trainTable(String rows, String... more) throws IOException {
    Files.writeString(files.path("table.csv"), rows);
    return files.run(
        Stream.concat(
                Stream.of(
                    "train",
                    files.path("net.lip").toString(),
                    files.path("table.csv").toString(),
                    "--epochs=4",
                    "--out=" + files.path("out.safetensors")),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void names_of_classes_are_told_and_kept_in_the_file() throws Exception {
    assertThat(train("net.lip", "data.csv")).as(files.err).isZero();
    assertThat(files.out).contains("classes:  down, up\n").doesNotContain("dropped:");
    byte[] written = Files.readAllBytes(files.path("out.safetensors"));
    assertThat(ClassLabels.in(Safetensors.metadata(written)))
        .contains(new ClassLabels(List.of("down", "up")));
    assertThat(files.verify("out.safetensors", "net.lip")).as(files.err).isZero();
  }

  /** The same samples as the folder's table, as another program would have written them. */
  @Test
  void semicolons_decimal_commas_names_and_missing_values_change_nothing() throws Exception {
    String rows = Files.readString(files.path("data.csv")).replace(',', ';').replace('.', ',');
    String table = "x;y;direction\n" + rows.replaceFirst("\n", "\n?;1,5;up\n1;;down\n");
    assertThat(
            trainTable(
                table,
                "--label-column=direction",
                "--delimiter=;",
                "--decimal-comma",
                "--drop-missing"))
        .as(files.err)
        .isZero();
    assertThat(files.out).contains("dropped:  2 of 62 rows, in which a value is missing\n");
    assertThat(files.path("out.safetensors"))
        .hasSameBinaryContentAs(files.path("trained.safetensors"));
    String tabs = Files.readString(files.path("data.csv")).replace(',', '\t');
    for (String word : List.of("tab", "\\t", "\t", "space")) {
      assertThat(trainTable(tabs, "--label-column=3", "--delimiter=" + word)).as(word).isZero();
    }
  }

  @Test
  void tables_that_cannot_be_read_as_the_options_say() throws Exception {
    String table = "x,y,species\n1,?,a\n2,3,b\n";
    Map<List<String>, String> faults =
        Map.of(
            List.of("--label-column=speceis"),
            "there is no label column `speceis`; did you mean `species`?",
            List.of("--label-column=species"),
            ":2: column 2 (`y`): the feature is missing (`?`); fill it in, or leave such rows out"
                + " (--drop-missing)",
            List.of("--label-column=species", "--decimal-comma"),
            "a comma cannot separate columns and decimals at once",
            List.of("--label-column=species", "--delimiter=semicolon"),
            "`semicolon` is not one sign, such as , or ; or |, nor tab or space",
            List.of("--label-column=species", "--delimiter=x"),
            "`x` cannot separate columns");
    for (Map.Entry<List<String>, String> fault : faults.entrySet()) {
      assertThat(trainTable(table, fault.getKey().toArray(String[]::new)))
          .isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(files.err).contains(fault.getValue()).doesNotContain("\tat ");
      assertThat(files.path("out.safetensors")).doesNotExist();
    }
  }

  @Test
  void columns_of_other_units_are_told_with_their_ranges() throws Exception {
    String other = Files.readString(files.path("data.csv")).replaceAll("(?m)^([^,]+),", "$1e3,");
    assertThat(trainTable("length,width,class\n" + other, "--label-column=class")).isZero();
    assertThat(files.err)
        .containsPattern(
            "lipc: warning: column ranges differ by a factor of \\d+: column 1 \\(`length`\\) runs"
                + " from -\\d+ to \\d+, but column 2 \\(`width`\\) runs from -\\d\\.\\d+ to"
                + " \\d\\.\\d+\\. ");
    assertThat(train("net.lip", "data.csv")).isZero();
    assertThat(files.err).doesNotContain("warning");
    // A constant column has no range, and no unit that would matter.
    assertThat(trainTable("1,2,a\n1,7,b\n".repeat(20), "--label-column=3")).isZero();
    assertThat(files.err).doesNotContain("warning");
  }

  @Test
  void epochs_are_drawn() throws Exception {
    Path plot = files.path("plot.svg");
    assertThat(train("net.lip", "data.csv", "--plot=" + plot, "--eps=0.1,0.3"))
        .as(files.err)
        .isZero();
    Document drawing =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(plot.toFile());
    assertThat(drawing.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(drawing.getDocumentElement().getTextContent())
        .contains(
            "Training of Net by epoch, distances in the table's units",
            "Epochs 1 to 4; the last one: loss ",
            "The weights are those of epoch 4, the dotted line.",
            "training rows",
            "held-out rows",
            "certified at 0.1",
            "certified at 0.3");
    NodeList paths = drawing.getElementsByTagName("path");
    assertThat(paths.getLength()).isEqualTo(5);
    for (int i = 0; i < paths.getLength(); i++) {
      String steps = paths.item(i).getAttributes().getNamedItem("d").getNodeValue();
      assertThat(steps).matches("M[\\d. ]+(L[\\d. ]+){3}");
    }
  }

  @Test
  void a_place_where_nothing_can_be_drawn_is_found_before_training() throws Exception {
    assertThat(train("net.lip", "data.csv", "--plot=" + files.path("none/plot.svg")))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err).contains("the drawing cannot be written: there is no folder ");
    Path taken = Files.createDirectories(files.path("taken.svg"));
    assertThat(train("net.lip", "data.csv", "--plot=" + taken)).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err).contains(taken + " is a folder; --plot names the file of the drawing");
    assertThat(files.path("out.safetensors")).doesNotExist();
  }

  @Test
  void a_byte_order_mark_quotes_and_text_labels_change_nothing() throws Exception {
    String plain = Files.readString(files.path("data.csv"));
    String quoted =
        "\uFEFFx,y,class\r\n" + plain.replaceAll("(?m),(\\w+)$", ",\"$1\"").replace("\n", "\r\n");
    Files.writeString(files.path("quoted.csv"), quoted);
    assertThat(train("net.lip", "quoted.csv")).as(files.err).isZero();
    assertThat(files.path("out.safetensors"))
        .hasSameBinaryContentAs(files.path("trained.safetensors"));
  }

  @Test
  void data_of_other_sizes_than_the_network() throws IOException {
    Files.writeString(files.path("wide.csv"), "1,2,a,5\n2,3,b,6\n".repeat(5));
    assertThat(train("net.lip", "wide.csv")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err).contains("3 features", "2").doesNotContain("\tat ");
  }

  @Test
  void a_network_of_given_weights_has_nothing_to_train() throws IOException {
    files.model("given.lip", Trained.BODY.formatted("weights \"given.safetensors\";"));
    assertThat(train("given.lip", "data.csv")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err)
        .contains(
            "Net has nothing to train: neither it nor a network that it calls declares `parameters");
  }

  @Test
  void a_folder_in_the_place_of_the_weights_is_found_before_training() throws IOException {
    Path taken = Files.createDirectories(files.path("taken"));
    assertThat(files.train("taken")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err).contains(taken + " is a folder");
  }

  @Test
  void weights_that_are_not_there_yet_come_with_the_command_that_makes_them() throws IOException {
    files.model(
        "later.lip", Trained.BODY.formatted("parameters ldlt; weights \"later.safetensors\";"));
    assertThat(files.run("check", files.path("later.lip").toString()))
        .isEqualTo(ExitCode.NOT_PROVED);
    String command =
        (files.out + files.err)
            .lines()
            .filter(line -> line.contains("help: train the network: lipc "))
            .findFirst()
            .orElseThrow();
    String[] arguments =
        command
            .substring(command.indexOf("lipc ") + "lipc ".length())
            .replace("FILE.lip", files.path("later.lip").toString())
            .replace("DATA.csv", files.path("data.csv").toString())
            .replace(" N ", " 3 ")
            .split(" ");
    assertThat(files.run(arguments)).as(files.err).isZero();
    assertThat(files.run("check", files.path("later.lip").toString())).as(files.out).isZero();
    assertThat(files.verify("later.safetensors", "later.lip")).as(files.out).isZero();
  }

  /** Loaders of tests may see the module that finds devices; that of the platform sees none. */
  @Test
  void a_device_needs_the_module_that_trains_there() {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThat(train("net.lip", "data.csv", "--device=0")).isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(files.err)
          .contains("cannot train on device \"0\": lipc-training-tornado is not on the class path")
          .doesNotContain("\tat ");
      assertThat(train("net.lip", "data.csv", "--device=auto")).as(files.err).isZero();
    } finally {
      thread.setContextClassLoader(usual);
    }
    assertThat(train("net.lip", "data.csv", "--device=JVM")).as(files.err).isZero();
  }
}
