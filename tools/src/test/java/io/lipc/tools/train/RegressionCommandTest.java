package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonBoolean;
import io.lipc.formats.JsonValue.JsonNull;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.formats.Safetensors;
import io.lipc.runtime.ClassLabels;
import io.lipc.tools.CommandRun;
import io.lipc.tools.JsonPage;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** {@code lipc train --target-column} as a user runs it. */
final class RegressionCommandTest extends CommandRun {

  private static final String MODEL =
      """
      network Heat(x: real[2] in [-2, 2]) -> real[%d] {
          certify lipschitz <= 30;
          %s
          h = x |> dense(8) |> relu;
          y = h |> dense(%1$d)%s;
          return y;
      }
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(path("heat.lip"), MODEL.formatted(1, "parameters ldlt;", ""));
    Files.writeString(path("both.lip"), MODEL.formatted(2, "parameters ldlt;", ""));
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder table = new StringBuilder("width,depth,heat,colour,cold\n");
    for (int row = 0; row < 60; row++) {
      double width = random.nextDouble(-1, 1);
      double depth = random.nextDouble(-1, 1);
      double heat = 400 + 20 * width - 10 * Math.abs(depth);
      table.append(
          String.format(
              Locale.ROOT, "%.4f,%.4f,%.3f,%s,%.3f\n", width, depth, heat, "red", 800 - heat));
    }
    Files.writeString(path("all.csv"), table.toString());
    Files.writeString(path("heat.csv"), columns(table, 0, 1, 2));
    Files.writeString(path("both.csv"), columns(table, 0, 1, 2, 4));
    Files.writeString(path("words.csv"), columns(table, 0, 1, 3).replaceFirst("red", "blue"));
  }

  private static String columns(StringBuilder table, int... which) {
    StringBuilder text = new StringBuilder();
    for (String line : table.toString().split("\n")) {
      List<String> fields = new ArrayList<>();
      for (int column : which) {
        fields.add(line.split(",")[column]);
      }
      text.append(String.join(",", fields)).append('\n');
    }
    return text.toString();
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private int train(String model, String data, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.add(path(model).toString());
    arguments.add(path(data).toString());
    arguments.add("--out=" + path("out.safetensors"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private void assertRefused(String message, String model, String data, String... more) {
    assertThat(train(model, data, more)).as(out).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err.replace(folder + "/", "")).contains("lipc: " + message + "\n");
    assertThat(err).doesNotContain("\tat ");
    assertThat(path("out.safetensors")).doesNotExist();
  }

  @Test
  void aTubeIsCertifiedAroundPredictions() {
    assertThat(train("heat.lip", "heat.csv", "--target-column=heat", "--epochs=100"))
        .as(err)
        .isZero();
    assertThat(out.lines().map(line -> line.replaceAll("\\d+\\.\\d+(e-\\d+)?", "N")).toList())
        .startsWith(
            "Heat: l2 -> l2 Lipschitz bound 30 by given-multipliers (certificate checked)",
            "targets:  heat")
        .anyMatch(line -> line.matches("trained:  100 epochs on 48 rows, the best after \\d+"))
        .contains(
            "error:    12 test rows: RMSE N, R^2 N, mean N, largest N",
            "tube:     an input that moves by at most r (l2) in the table's units moves the"
                + " prediction by at most 30 r + N, the last for rounding",
            "certified at l2 distance N in the table's units: within +-N, so off by at most N on"
                + " average, N at worst")
        .endsWith("weights:  " + path("out.safetensors"));
    assertThat(out).contains("certified at l2 distance 0.1 in the table's units: within +-3.0");
    assertThat(run("verify", path("out.safetensors").toString(), path("heat.lip").toString()))
        .as(err)
        .isZero();
  }

  /** A number for people is not below the one that programs read: it is rounded up. */
  @Test
  void theLastLineIsTheObjectThatProgramsRead() throws Exception {
    int code =
        train(
            "both.lip",
            "both.csv",
            "--target-column=cold,heat",
            "--epochs=40",
            "--json",
            "--eps=0.5,0.25");
    assertThat(code).as(err).isZero();
    Map<String, JsonValue> members =
        ((JsonObject) Json.read(out.lines().toList().getLast())).members();
    assertThat(members.keySet())
        .containsExactlyElementsOf(JsonPage.members("lipc train MODEL DATA --target-column"));
    assertThat(members.get("targets"))
        .isEqualTo(new JsonArray(List.of(new JsonString("cold"), new JsonString("heat"))));
    assertThat(members.get("verified")).isEqualTo(new JsonBoolean(true));
    assertThat(number(members.get("bound"))).isEqualTo(30);
    assertThat(number(members.get("outside"))).isZero();
    Map<String, JsonValue> certified = ((JsonObject) members.get("certified")).members();
    assertThat(certified.keySet()).containsExactly("0.25", "0.5");
    Map<String, JsonValue> at = ((JsonObject) certified.get("0.25")).members();
    double halfWidth = number(at.get("halfWidth"));
    assertThat(halfWidth)
        .isGreaterThanOrEqualTo(7.5 + 2 * number(members.get("maxError")))
        .isLessThan(7.6);
    for (int target = 0; target < 2; target++) {
      Map<String, JsonValue> error = object(members.get("errors"), target);
      Map<String, JsonValue> bound = object(at.get("errors"), target);
      assertThat(number(bound.get("mean")))
          .isGreaterThan(number(error.get("mean")) + halfWidth - 1e-9)
          .isLessThan(number(error.get("mean")) + halfWidth + 1e-6);
      assertThat(number(bound.get("largest")))
          .isGreaterThan(number(error.get("largest")) + halfWidth - 1e-9);
      assertThat(number(error.get("rmse"))).isLessThanOrEqualTo(number(error.get("largest")));
      assertThat(number(error.get("r2"))).isBetween(-10.0, 1.0);
    }
    String line =
        out.lines()
            .filter(l -> l.startsWith("certified at l2 distance 0.25 in the table's units:"))
            .findFirst()
            .orElseThrow();
    double printed = Double.parseDouble(line.replaceFirst(".*\\+-([\\d.]+).*", "$1"));
    assertThat(printed).isBetween(halfWidth, halfWidth + 0.001);
    assertThat(line).contains("; cold off by at most ", "; heat off by at most ");
    assertThat(out)
        .contains(
            "moves each prediction by at most 30 r + ", "error:    cold on 12 test rows: RMSE ");
  }

  private static double number(JsonValue value) {
    return Double.parseDouble(((JsonNumber) value).text());
  }

  private static Map<String, JsonValue> object(JsonValue array, int index) {
    return ((JsonObject) ((JsonArray) array).elements().get(index)).members();
  }

  /** A column of words among the features has no part in this. */
  @Test
  void oneKindOfAnswerIsAskedFor() {
    String both =
        "--label-column names classes and --target-column numbers to be predicted: a network learns"
            + " one or the other";
    assertRefused(both, "heat.lip", "heat.csv", "--target-column=heat", "--label-column=3");
    assertRefused(
        "neither classes nor numbers are named: --label-column COLUMN names the column of classes, --target-column"
            + " COLUMN one of numbers to be predicted",
        "heat.lip",
        "heat.csv");
    String squares = "; numbers (--target-column) are trained by their mean squared error";
    assertRefused(
        "--temperature is about the loss of classes" + squares,
        "heat.lip",
        "heat.csv",
        "--target-column=heat",
        "--temperature=2");
    assertRefused(
        "--loss-tau and --offset are about the loss of classes" + squares,
        "heat.lip",
        "heat.csv",
        "--target-column=heat",
        "--offset=0.1",
        "--loss-tau=1");
  }

  @Test
  void columnsThatAreNoTargetsAreRefused() throws IOException {
    assertRefused(
        "heat.csv: there is no target column `haet`; did you mean `heat`?",
        "heat.lip",
        "heat.csv",
        "--target-column=haet");
    assertRefused(
        "words.csv: column 3 (`colour`) holds words, not numbers: `blue`, `red`; a target is a"
            + " number; for classes, give the column as --label-column",
        "heat.lip",
        "words.csv",
        "--target-column=colour");
    Files.writeString(path("gaps.csv"), "a,b,heat\n1,2,?\n2,3,4\n");
    assertRefused(
        "gaps.csv:2: column 3 (`heat`): the target is missing (`?`); fill it in, or leave such rows"
            + " out (--drop-missing)",
        "heat.lip",
        "gaps.csv",
        "--target-column=heat");
    Files.writeString(path("same.csv"), "a,b,heat\n1,2,3\n2,3,3\n4,5,3\n6,7,3\n");
    assertRefused(
        "the targets of all 2 samples are the same, so there is nothing to learn",
        "heat.lip",
        "same.csv",
        "--target-column=heat",
        "--test-every=4");
  }

  @Test
  void networksThatDoNotFitTheTargetsAreRefused() throws IOException {
    assertRefused(
        "network Heat has 1 output, but the data have 2 targets: heat, cold",
        "heat.lip",
        "both.csv",
        "--target-column=heat,cold");
    assertRefused(
        "network Heat has 2 outputs, but the data have 1 target: heat",
        "both.lip",
        "heat.csv",
        "--target-column=heat");
    Files.writeString(
        path("softmax.lip"),
        MODEL.formatted(2, "parameters orthogonal; weights \"out.safetensors\";", " |> softmax"));
    assertRefused(
        "Heat ends in softmax: its outputs are probabilities, which add up to 1, and no targets;"
            + " end it in a dense layer",
        "softmax.lip",
        "both.csv",
        "--target-column=heat,cold");
  }

  @Test
  void targetsBeyondTheReachOfTheBoundAreTold() throws IOException {
    Files.writeString(
        path("heat.lip"),
        Files.readString(path("heat.lip")).replace("lipschitz <= 30", "lipschitz <= 0.5"));
    assertThat(train("heat.lip", "heat.csv", "--target-column=heat", "--epochs=2")).isZero();
    assertThat(err)
        .containsPattern(
            "warning: the values of heat differ by up to \\d\\d\\.\\d+, but the predictions of a"
                + " network of bound 0\\.5 by at most 1\\.\\d+, because no two rows are farther"
                + " apart than 2\\.\\d+ \\(l2\\)\\. Declare a larger bound, such as \\d\\d, or"
                + " bring the target or the features to another unit\n");
  }

  @Test
  void rowsOutsideOfTheBoxAreTold() throws Exception {
    String narrow = Files.readString(path("heat.lip")).replace("[-2, 2]", "[-0.5, 0.5]");
    Files.writeString(path("narrow.lip"), narrow);
    assertThat(train("narrow.lip", "heat.csv", "--target-column=heat", "--epochs=2")).isZero();
    assertThat(out)
        .containsPattern(
            "outside:  \\d of 12 test rows are not in the declared box of Heat, and nothing is"
                + " certified of them\n");
    Files.writeString(path("far.lip"), narrow.replace("[-0.5, 0.5]", "[7, 8]"));
    assertThat(train("far.lip", "heat.csv", "--target-column=heat", "--epochs=2", "--json"))
        .isZero();
    assertThat(out)
        .contains(
            "certified in the table's units: nothing, since all test rows lie outside of the"
                + " declared box of Heat\n")
        .doesNotContain("tube:");
    Map<String, JsonValue> members =
        ((JsonObject) Json.read(out.lines().toList().getLast())).members();
    JsonObject at = (JsonObject) ((JsonObject) members.get("certified")).members().get("0.1");
    assertThat(object(at.members().get("errors"), 0).get("mean")).isEqualTo(new JsonNull());
  }

  @Test
  void rowsMayBeDroppedAndFilesHaveNoClasses() throws Exception {
    String table = Files.readString(path("heat.csv")).replaceFirst("\n", "\n1,2,?\n");
    Files.writeString(path("gaps.csv"), table);
    assertThat(train("heat.lip", "gaps.csv", "--target-column=3", "--drop-missing", "--epochs=2"))
        .isZero();
    assertThat(out).contains("dropped:  1 of 61 rows, in which a value is missing\n");
    assertThat(ClassLabels.in(Safetensors.metadata(Files.readAllBytes(path("out.safetensors")))))
        .isEmpty();
  }

  @Test
  void errorsAreDrawn() throws Exception {
    Path plot = path("plot.svg");
    assertThat(
            train("heat.lip", "heat.csv", "--target-column=heat", "--epochs=3", "--plot=" + plot))
        .as(err)
        .isZero();
    Document drawing =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(plot.toFile());
    assertThat(drawing.getDocumentElement().getTextContent())
        .contains("Training of Heat by epoch", "RMSE", "mean error", "error on held-out rows")
        .containsPattern("Epochs 1 to 3; the last one: loss [\\d.]+, RMSE [\\d.]+, mean error ");
    assertThat(drawing.getElementsByTagName("path").getLength()).isEqualTo(4);
  }
}
