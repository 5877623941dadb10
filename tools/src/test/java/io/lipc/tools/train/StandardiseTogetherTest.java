package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.CertifiedFile;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonBoolean;
import io.lipc.formats.JsonValue.JsonNull;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.Safetensors;
import io.lipc.tools.CommandRun;
import io.lipc.tools.JsonPage;
import io.lipc.tools.command.ExitCode;
import io.lipc.training.run.Classification;
import io.lipc.training.run.Evaluation;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.Split;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.table.CsvData;
import io.lipc.training.table.Dataset;
import io.lipc.training.table.LabelColumn;
import io.lipc.training.table.Table;
import io.lipc.training.table.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc train --standardise} with targets, with a search, and with bounds of pairs. */
final class StandardiseTogetherTest extends CommandRun {

  private static final String TEXT =
      """
      network Net(z: real[2]) -> real[%d] {
          certify lipschitz <= %s;
          parameters ldlt;
          weights "net.safetensors";
          h = z |> dense(8) |> relu;
          y = h |> dense(%1$d);
          return y;
      }

      network Raw(x: real[2] in [0, 9000]) -> real[%1$d] {
          certify lipschitz <= 50000;
          weights "net.safetensors";
          s = x |> batch_norm(epsilon = 0);
          return s |> Net;
      }
      """;

  private static final String HEAT = "--target-column=heat";
  private static final String KIND = "--label-column=kind";

  @TempDir private Path folder;

  /** A share, which alone says what heat and kind are, and a mass in milligrams. */
  @BeforeEach
  void writeTables() throws IOException {
    Random random = new Random(3);
    StringBuilder numbers = new StringBuilder("share,mass,heat\n");
    StringBuilder classes = new StringBuilder("share,mass,kind\n");
    for (int i = 0; i < 100; i++) {
      double share = 0.012 + 0.002 * random.nextGaussian();
      double mass = 5000 + 1000 * random.nextGaussian();
      double heat = 300 + 20000 * (share - 0.012);
      String kind = share < 0.0115 ? "dry" : share < 0.0125 ? "medium" : "sweet";
      numbers.append(String.format(Locale.ROOT, "%.5f,%.1f,%.3f%n", share, mass, heat));
      classes.append(String.format(Locale.ROOT, "%.5f,%.1f,%s%n", share, mass, kind));
    }
    Files.writeString(path("numbers.csv"), numbers);
    Files.writeString(path("classes.csv"), classes);
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private void model(int outputs, String bound) throws IOException {
    Files.writeString(path("net.lip"), TEXT.formatted(outputs, bound));
  }

  private int train(String table, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", path("net.lip").toString()));
    arguments.add(path(table).toString());
    arguments.add("--out=" + path("net.safetensors"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private Map<String, JsonValue> json(String table, String... more) throws Exception {
    String[] all = Stream.concat(Stream.of(more), Stream.of("--json")).toArray(String[]::new);
    assertThat(train(table, all)).as(err).isZero();
    return ((JsonObject) Json.read(out.lines().toList().getLast())).members();
  }

  private static Map<String, JsonValue> object(JsonValue value) {
    return ((JsonObject) value).members();
  }

  private static double number(JsonValue value) {
    return Double.parseDouble(((JsonNumber) value).text());
  }

  private static double rmse(Map<String, JsonValue> members) {
    return number(object(((JsonArray) members.get("errors")).elements().getFirst()).get("rmse"));
  }

  private static double halfWidth(Map<String, JsonValue> members) {
    return number(object(object(members.get("certified")).get("0.1")).get("halfWidth"));
  }

  @Test
  void numbersArePredictedFromColumnsOfAnyUnits() throws Exception {
    model(1, "50");
    Map<String, JsonValue> plain = json("numbers.csv", HEAT, "--epochs=60", "--network=Net");
    assertThat(plain.get("raw")).isEqualTo(new JsonNull());
    assertThat(err).contains("train with --standardise");
    Map<String, JsonValue> inner = json("numbers.csv", HEAT, "--epochs=60", "--standardise");
    assertThat(err).doesNotContain("warning");
    assertThat(inner.keySet())
        .containsExactlyElementsOf(JsonPage.members("lipc train MODEL DATA --target-column"));
    assertThat(rmse(inner)).isLessThan(rmse(plain) / 4);
    Map<String, JsonValue> raw = object(inner.get("raw"));
    assertThat(raw.keySet())
        .containsExactly(
            "network",
            "units",
            "errors",
            "maxError",
            "certified",
            "outside",
            "bound",
            "scaledBound",
            "verified");
    assertThat(raw.get("verified")).isEqualTo(new JsonBoolean(true));
    // Both are one function of the table's rows, up to the rounding of the layer.
    assertThat(rmse(raw)).isCloseTo(rmse(inner), within(0.05));
    // A deviation of share is 0.002 or so.
    assertThat(number(raw.get("bound")) / number(inner.get("bound"))).isBetween(300.0, 700.0);
    assertThat(halfWidth(raw)).isGreaterThan(0.1 * number(raw.get("bound")));
    assertThat(out)
        .contains(
            "Net: l2 -> l2 Lipschitz bound 50 by given-multipliers, inputs in standard deviations (")
        .containsPattern("Raw: .* inputs in the table's units \\(certificate checked\\)")
        .contains("targets:  heat\n")
        .contains("columns:  2 columns by 64 rows, deviations from 0.00")
        .containsOnlyOnce("error:    20 test rows: RMSE ")
        .contains(
            "tube:     an input that moves by at most r (l2) in standard deviations moves the pred")
        .contains("tube:     an input that moves by at most r (l2) in the table's units moves the")
        .contains("certified at l2 distance 0.1 in standard deviations: within +-5.0")
        .contains("certified at l2 distance 0.1 in the table's units: within +-");
    assertThat(run("check", path("net.lip").toString())).as(out + err).isZero();
  }

  @Test
  void theTextThatIsMissingIsShownForTargetsToo() throws Exception {
    Files.writeString(
        path("net.lip"), TEXT.substring(0, TEXT.indexOf("network Raw")).formatted(1, "50"));
    assertThat(train("numbers.csv", HEAT, "--standardise")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains("reads the table's units and calls Net", "share: real[1] in [", ") -> real[1] {");
    model(1, "50");
    assertThat(train("numbers.csv", HEAT, "--standardise", "--scale=2"))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("leave --scale out");
  }

  /** The drawing of errors has no distances, that of shares has those of the trained network. */
  @Test
  void drawingsSayTheUnitsOfDistances() throws Exception {
    model(1, "50");
    String plot = "--plot=" + path("plot.svg");
    assertThat(train("numbers.csv", HEAT, "--standardise", "--epochs=2", plot)).as(err).isZero();
    assertThat(Files.readString(path("plot.svg"))).contains(">Training of Net by epoch<");
    model(3, "1");
    assertThat(train("classes.csv", KIND, "--standardise", "--epochs=2", plot)).as(err).isZero();
    assertThat(Files.readString(path("plot.svg")))
        .contains("by epoch, distances in standard deviations<");
  }

  /** Rows that a trial holds out have no part in its statistics, whichever split it is of. */
  @Test
  void eachTrialOfASearchHasTheStatisticsOfItsOwnRows() throws Exception {
    model(3, "1");
    String[] options = {KIND, "--standardise", "--tune", "--temperature=4", "--epochs=8"};
    assertThat(train("classes.csv", options)).as(err).isZero();
    assertThat(err).doesNotContain("warning");
    Path trials = path("net.safetensors.trials.csv");
    List<String> rows = Files.readAllLines(trials);
    assertThat(rows).hasSize(1 + 4 + 12);
    Table<Dataset> table =
        CsvData.read(path("classes.csv"), LabelColumn.of("kind"), TableFormat.RFC_4180);
    Split<Dataset> test = Split.stratified(table.data(), 0.2, 1);
    Trainee trainee = TrainableText.standardised(path("net.lip"), Optional.empty());
    for (int split = 0; split < Tuning.SPLITS; split++) {
      long seed = 1 + split;
      Split<Dataset> parts = Split.stratified(test.training(), 0.2, seed);
      Standardising reading =
          Standardising.of(trainee, parts.training(), table, path("net.safetensors"));
      TrainingOptions tried =
          TrainingOptions.builder().temperature(4).offset(0.5).epochs(4).seed(seed).build();
      Evaluation heldOut =
          trainee
              .network()
              .train(Classification.TASK, reading.of(parts), tried, ProgressListener.NONE)
              .heldOut();
      String shares =
          DoubleStream.concat(
                  DoubleStream.of(heldOut.accuracy()),
                  heldOut.certified().values().stream().mapToDouble(Double::doubleValue))
              .collect(
                  StringBuilder::new,
                  (text, x) -> text.append(',').append(x),
                  StringBuilder::append)
              .toString();
      assertThat(rows).anyMatch(rowOf("4.0,0.5,4," + split + shares));
    }
  }

  private static Predicate<String> rowOf(String fields) {
    return row -> row.substring(row.indexOf(',') + 1).equals(fields);
  }

  /** Trials of rows as they are, and of deviations, are of two searches. */
  @Test
  void theSearchOfDeviationsIsRepeatedByTheCommandThatItPrints() throws Exception {
    model(3, "1");
    String[] options = {KIND, "--standardise", "--tune", "--offset=0.1", "--epochs=8"};
    assertThat(train("classes.csv", options)).as(err).isZero();
    byte[] chosen = Files.readAllBytes(path("net.safetensors"));
    assertThat(out).contains("tuned:    6 pairs", "in standard deviations (certificate checked)");
    String repeat =
        out.lines().filter(line -> line.startsWith("repeat:")).findFirst().orElseThrow();
    assertThat(repeat).contains(" --standardise ").doesNotContain("--tune");
    Files.delete(path("net.safetensors"));
    assertThat(run(repeat.substring("repeat:   lipc ".length()).split(" "))).as(err).isZero();
    assertThat(path("net.safetensors")).hasBinaryContent(chosen);
    assertThat(train("classes.csv", KIND, "--network=Net", "--tune", "--offset=0.1", "--epochs=8"))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("trials.csv belongs to another search: ");
  }

  /** They are about deviations: in the table's units the bound of that network counts. */
  @Test
  void pairsOfTheTrainedNetworkAreInTheFile() throws Exception {
    model(3, "1;\n    certify pairs");
    assertThat(train("classes.csv", KIND, "--standardise", "--epochs=20")).as(err).isZero();
    assertThat(CertifiedFile.further(Files.readAllBytes(path("net.safetensors")))).isNotEmpty();
    assertThat(Safetensors.read(Files.readAllBytes(path("net.safetensors"))).tensors())
        .containsKeys("h.weight", "s.running_mean");
    assertThat(run("check", path("net.lip").toString())).as(out + err).isZero();
    assertThat(run("verify", path("net.safetensors").toString(), path("net.lip").toString()))
        .as(out + err)
        .isZero();
  }
}
