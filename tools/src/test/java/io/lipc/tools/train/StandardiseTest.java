package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue.JsonBoolean;
import io.lipc.formats.JsonValue.JsonNull;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.runtime.ClassLabels;
import io.lipc.tools.CommandRun;
import io.lipc.tools.JsonPage;
import io.lipc.tools.command.ExitCode;
import io.lipc.training.run.Classification;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc train --standardise} as a user runs it, on a table of text labels in mixed units. */
final class StandardiseTest extends CommandRun {

  private static final String INNER =
      """
      network Net(z: real[3]) -> real[2] {
          certify lipschitz <= 1;
          parameters ldlt;
          weights "net.safetensors";
          h = z |> dense(8) |> relu;
          y = h |> dense(2);
          return y;
      }
      """;

  private static final String RAW =
      """
      network %s(x: real[3] in [-1, 9000]) -> real[2] {
          certify lipschitz <= %s;
          weights "%s";
          s = x |> batch_norm(epsilon = 0);
          return s |> Net;
      }
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("table.csv"), table(200));
    model(INNER + RAW.formatted("Raw", 2000, "net.safetensors"));
  }

  /** A share of alcohol, which says the class, a year, and a weight in milligrams. */
  private static String table(int rows) {
    Random random = new Random(11);
    StringBuilder text = new StringBuilder("alcohol,year,mass,kind\n");
    for (int i = 0; i < rows; i++) {
      double centre = i % 2 == 0 ? 0.012 : 0.014;
      text.append(
          String.format(
              Locale.ROOT,
              "%.5f,%d,%.1f,%s%n",
              centre + 0.0005 * random.nextGaussian(),
              1950 + random.nextInt(70),
              5000 + 1000 * random.nextGaussian(),
              i % 2 == 0 ? "dry" : "sweet"));
    }
    return text.toString();
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private void model(String text) throws IOException {
    Files.writeString(path("net.lip"), text);
  }

  private int train(String... more) {
    return trainBy("kind", more);
  }

  private int trainBy(String labelColumn, String... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "train",
                    path("net.lip").toString(),
                    path("table.csv").toString(),
                    "--label-column=" + labelColumn,
                    "--epochs=20",
                    "--out=" + path("net.safetensors")),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private Table<Dataset> table() throws Exception {
    return CsvData.read(path("table.csv"), LabelColumn.of("kind"), TableFormat.RFC_4180);
  }

  private JsonObject json(String... more) throws Exception {
    assertThat(train(Stream.concat(Stream.of("--json"), Stream.of(more)).toArray(String[]::new)))
        .as(err)
        .isZero();
    return (JsonObject) Json.read(out.lines().toList().getLast());
  }

  private static double number(JsonObject object, String member) {
    return Double.parseDouble(((JsonNumber) object.members().get(member)).text());
  }

  private Weights weights() throws Exception {
    return Safetensors.read(path("net.safetensors"));
  }

  private double[] tensor(String name) throws Exception {
    return weights().tensor(name).map(Tensor::values).orElseThrow();
  }

  private void assertRefused(String message, String... more) {
    assertThat(train(more)).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains(message).doesNotContain("\tat ");
    assertThat(path("net.safetensors")).doesNotExist();
  }

  /** As {@code lipc check} shows them: the network that is trained calls the one at fault. */
  @Test
  void faults_of_a_called_network_of_the_text_are_shown() throws IOException {
    model(INNER.replace("dense(2)", "dense(3)") + RAW.formatted("Raw", 2000, "net.safetensors"));
    for (String option : List.of("--standardise", "--network=Raw")) {
      int code =
          run(
              "train",
              folder.resolve("net.lip").toString(),
              folder.resolve("table.csv").toString(),
              "--label-column=kind",
              "--out=" + folder.resolve("net.safetensors"),
              option);
      assertThat(code).isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(err).contains("net.lip has faults:\nnet.lip:1:28: error: [shape-mismatch]");
    }
  }

  @Test
  void mixed_units_are_learnt_as_well_as_deviations() throws Exception {
    JsonObject plain = json("--network=Net");
    assertThat(plain.members().get("raw")).isEqualTo(new JsonNull());
    assertThat(number(plain, "accuracy")).isLessThan(0.7);
    assertThat(err).contains("--standardise");
    JsonObject standardised = json("--standardise");
    assertThat(standardised.members().keySet())
        .containsExactlyElementsOf(
            JsonPage.members("lipc train").stream().limit(standardised.members().size()).toList());
    assertThat(err).doesNotContain("warning");
    assertThat(number(standardised, "accuracy")).isGreaterThan(0.9);
    JsonObject raw = (JsonObject) standardised.members().get("raw");
    assertThat(number(raw, "accuracy")).isGreaterThan(0.9);
    assertThat(raw.members().get("verified")).isEqualTo(new JsonBoolean(true));
    // A deviation of 0.0011 or so is one: the bound is as much larger.
    assertThat(number(raw, "bound")).isBetween(500.0, 1500.0);
  }

  @Test
  void both_bounds_and_all_distances_are_told_with_their_units() throws Exception {
    assertThat(train("--standardise", "--eps=0.25")).as(err).isZero();
    assertThat(out)
        .contains(
            "Net: l2 -> l2 Lipschitz bound 1 by given-multipliers, inputs in standard deviations (cert")
        .containsPattern(
            "Raw: l2 -> l2 Lipschitz bound \\d+\\.?\\d* by [a-z-]+, inputs in the table's units"
                + " \\(certificate checked\\)")
        .containsPattern(
            "columns:  3 columns by 128 rows, deviations from 0\\.00\\d+ \\(column 1"
                + " \\(`alcohol`\\)\\) to \\d+ \\(column 3 \\(`mass`\\)\\)")
        .containsPattern(
            "\n  deviation of column 1 \\(`alcohol`\\): 0\\.00\\d+"
                + "\n  deviation of column 2 .*: \\d.*"
                + "\n  deviation of column 3 \\(`mass`\\): \\d+\n")
        .contains("certified at l2 distance 0.25 in standard deviations: ")
        .contains("certified at l2 distance 0.25 in the table's units: ")
        .contains("of 40 test rows");
    assertThat(train("--network=Net", "--scale=0.5", "--eps=0.25")).as(err).isZero();
    assertThat(out)
        .contains("certified at l2 distance 0.25 in scaled units: ")
        .doesNotContain("columns:");
  }

  @Test
  void one_file_has_weights_statistics_certificate_and_names() throws Exception {
    assertThat(train("--standardise")).as(err).isZero();
    assertThat(weights().tensors().keySet())
        .contains("h.weight", "s.weight", "s.bias", "s.running_mean", "s.running_var");
    assertThat(tensor("s.running_mean")[1]).isBetween(1970.0, 2000.0);
    assertThat(ClassLabels.in(Safetensors.metadata(Files.readAllBytes(path("net.safetensors")))))
        .contains(new ClassLabels(List.of("dry", "sweet")));
    assertThat(run("check", path("net.lip").toString())).as(err).isZero();
    assertThat(run("certify", path("net.lip").toString())).as(err).isZero();
    assertThat(run("verify", path("net.safetensors").toString(), path("net.lip").toString()))
        .as(err)
        .isZero();
  }

  /** Neither rows of the test nor those that decide when to stop. */
  @Test
  void statistics_are_those_of_the_rows_that_gradients_come_from() throws Exception {
    assertThat(train("--standardise", "--test-every=5")).as(err).isZero();
    List<double[]> before = List.of(tensor("s.running_mean"), tensor("s.running_var"));
    List<String> lines = Files.readAllLines(path("table.csv"));
    Table<Dataset> table = table();
    int[] training = IntStream.range(0, 200).filter(row -> row % 5 != 0).toArray();
    Split<Dataset> parts = Split.stratified(table.data().subset(training), 0.2, 1);
    double mean = 0;
    for (int row = 0; row < parts.training().size(); row++) {
      mean += parts.training().feature(row, 1) / parts.training().size();
    }
    assertThat(tensor("s.running_mean")[1]).isEqualTo((float) mean);
    for (int row = 0; row < 200; row += 5) {
      lines.set(row + 1, "5,5,5," + (row % 2 == 0 ? "dry" : "sweet"));
    }
    Files.write(path("table.csv"), lines);
    assertThat(train("--standardise", "--test-every=5")).as(err).isZero();
    assertThat(tensor("s.running_mean")).containsExactly(before.get(0));
    assertThat(tensor("s.running_var")).containsExactly(before.get(1));
  }

  @Test
  void an_interrupted_run_ends_in_the_same_bytes() throws Exception {
    assertThat(train("--standardise")).as(err).isZero();
    byte[] whole = Files.readAllBytes(path("net.safetensors"));
    Path checkpoint = path("net.safetensors.checkpoint");
    TrainingOptions options = TrainingOptions.builder().epochs(20).checkpoint(checkpoint).build();
    Table<Dataset> table = table();
    Trainee trainee = TrainableText.standardised(path("net.lip"), Optional.empty());
    Split<Dataset> test = Split.stratified(table.data(), 0.2, 1);
    Split<Dataset> parts = Split.stratified(test.training(), 0.2, 1);
    Standardising reading =
        Standardising.of(trainee, parts.training(), table, path("net.safetensors"));
    assertThatThrownBy(
            () ->
                trainee
                    .network()
                    .train(Classification.TASK, reading.of(parts), options, new PowerCut(15)))
        .hasMessage(PowerCut.MESSAGE);
    assertThat(checkpoint).exists();
    byte[] half = Files.readAllBytes(checkpoint);
    assertThat(train("--standardise")).as(err).isZero();
    assertThat(path("net.safetensors")).hasBinaryContent(whole);
    // The same command without the option is another run: it reads other numbers.
    Files.write(checkpoint, half);
    assertThat(train("--network=Net")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(err).contains("belongs to another run", "data");
  }

  @Test
  void the_text_that_is_shown_where_there_is_no_raw_network_is_all_that_is_missing()
      throws Exception {
    model(INNER);
    assertRefused(
        "--standardise needs a network that reads the table's units and calls Net. With the ranges"
            + " of this table it is, to be added to the text, which --write does:\n\n"
            + "network RawNet(\n"
            + "    alcohol: real[1] in [",
        "--standardise");
    String shown = err.substring(err.indexOf("network RawNet("));
    assertThat(shown)
        .contains(
            """
            ) -> real[2] {
            """,
            "    weights \"net.safetensors\";\n\n"
                + "    z = concat(alcohol, year, mass) |> batch_norm(");
    model(INNER + "\n" + shown.strip() + "\n");
    assertThat(run("fmt", "--check", path("net.lip").toString())).as(err).isZero();
    assertThat(train("--standardise")).as(err).isZero();
    assertThat(err).doesNotContain("warning");
    assertThat(run("check", path("net.lip").toString())).as(err).isZero();
    assertThat(out).contains("RawNet: l2 -> l2 Lipschitz bound ");
  }

  @Test
  void without_a_header_inputs_are_numbered() throws Exception {
    model(INNER.replace("    weights \"net.safetensors\";\n", ""));
    String rows = Files.readString(path("table.csv")).replaceFirst("alcohol.*\n", "");
    Files.writeString(path("table.csv"), rows);
    assertThat(trainBy("4", "--standardise")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .contains("x3: real[1] in [")
        .contains("concat(x1, x2, x3)", "weights \"net.safetensors\";");
  }

  /** The bound is known before training, and what is proved afterwards says it again. */
  @Test
  void a_declared_bound_that_is_too_small_costs_no_training() throws Exception {
    model(INNER + RAW.formatted("Raw", 2, "net.safetensors"));
    assertThat(train("--standardise")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(err)
        .contains(
            "warning: Raw declares the bound 2.0 in the table's units, and no more than ",
            "column 1 (`alcohol`) has the smallest deviation, 0.00");
    String line =
        err.lines().filter(text -> text.startsWith("lipc: Raw declares")).findFirst().orElseThrow();
    assertThat(line).contains("the weights are written; declare `certify lipschitz <= ");
    String bound = line.replaceFirst(".*<= ([0-9.]+);`.*", "$1");
    assertThat(run("check", path("net.lip").toString())).isEqualTo(ExitCode.NOT_PROVED);
    model(INNER + RAW.formatted("Raw", bound, "net.safetensors"));
    assertThat(run("check", path("net.lip").toString())).as(err).isZero();
  }

  /** A network that would not compile is not one that training ends well with. */
  @Test
  void all_that_the_second_network_asks_for_counts() throws Exception {
    model(INNER + RAW.formatted("Raw", "2000; certify range in [-1, 1]", "net.safetensors"));
    assertThat(train("--standardise")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(err)
        .contains(
            "lipc: Raw asks for a range of its outputs, which is not proved: the weights are"
                + " written; `lipc check` says why");
    assertThat(run("check", path("net.lip").toString())).isEqualTo(ExitCode.NOT_PROVED);
    model(INNER + RAW.formatted("Raw", "2000; certify range in [-1e9, 1e9]", "net.safetensors"));
    assertThat(train("--standardise")).as(err).isZero();
    assertThat(run("check", path("net.lip").toString())).as(out + err).isZero();
  }

  @Test
  void networks_that_do_not_fit_the_option() throws Exception {
    assertRefused(
        "Raw reads what `batch_norm` standardises, and its means and deviations are fitted to the"
            + " training rows: add --standardise, or train Net alone, with --network Net");
    assertRefused("leave --scale out", "--standardise", "--scale=2");
    model(
        INNER
            + RAW.formatted("Raw", 2000, "net.safetensors")
            + RAW.formatted("Other", 2000, "net.safetensors"));
    assertRefused(
        "Other, Raw are of the form `x |> batch_norm |> Inner` for Net; say with --network which",
        "--standardise",
        "--network=Net");
    model(INNER + RAW.formatted("Raw", 2000, "other.safetensors"));
    assertRefused(
        "Raw names the weights `other.safetensors`, and Net `net.safetensors`: training writes one",
        "--standardise");
    model(
        INNER
            + RAW.formatted("Raw", 2000, "net.safetensors")
                .replace("s = ", "h = ")
                .replace("return s", "return h"));
    assertRefused("Raw and Net both have a tensor `h.bias`", "--standardise");
    model(
        INNER
            + RAW.formatted("Raw", 2000, "net.safetensors")
                .replace("return s |> Net", "return s |> Net |> scale(0.5)"));
    assertRefused(
        "Raw is not of the form `x |> batch_norm |> Inner`, where Inner is a network of this text"
            + " that declares `parameters`",
        "--standardise");
    model(
        INNER
            + RAW.formatted("Raw", 2000, "net.safetensors")
                .replace("2000;", "2000 from linf to linf;"));
    assertRefused("Raw", "--standardise");
  }

  @Test
  void tables_that_do_not_fit() throws Exception {
    String table = Files.readString(path("table.csv"));
    Files.writeString(path("table.csv"), table.replaceAll("(?m)^[^,\n]+,", ""));
    assertRefused("network Raw has 3 inputs, but the data have 2 features", "--standardise");
    model(INNER);
    assertRefused("network Net has 3 inputs, but the data have 2 features", "--standardise");
    Files.writeString(path("table.csv"), table.replaceAll("(?m)^0.01", "170000000.01"));
    assertRefused("column 1 (`alcohol`) has values as large as ", "--standardise");
    assertThat(err).contains("or declare `precision f64;`");
  }

  @Test
  void a_constant_column_is_told_and_not_read() throws Exception {
    String table = Files.readString(path("table.csv")).replaceAll(",[0-9]{4},", ",2000,");
    Files.writeString(path("table.csv"), table);
    assertThat(train("--standardise")).as(err).isZero();
    assertThat(out)
        .contains("constant: column 2 (`year`) has one value in these rows, and the scale 0\n");
    assertThat(tensor("s.weight")).containsExactly(1, 0, 1);
    assertThat(run("check", path("net.lip").toString())).as(err).isZero();
  }

  @Test
  void other_constructions_free_weights_and_double_precision_are_standardised_too()
      throws Exception {
    for (String inner :
        List.of(
            INNER.replace("parameters ldlt;", "parameters orthogonal;"),
            INNER.replace("parameters ldlt;", "parameters sandwich;"),
            INNER.replace("    weights \"net.safetensors\";\n", ""),
            INNER.replace("parameters ldlt;", "parameters ldlt; precision f64;"))) {
      String precision = inner.contains("f64") ? " precision f64;" : "";
      model(
          inner + RAW.formatted("Raw", "2000;" + precision, "net.safetensors").replace(";;", ";"));
      assertThat(train("--standardise")).as(err + inner).isZero();
      assertThat(out).contains("inputs in the table's units (certificate checked)");
      assertThat(run("check", path("net.lip").toString())).as(out + err + inner).isZero();
      assertThat(out).doesNotContain("warning");
    }
  }

  @Test
  void weights_without_statistics_come_with_the_command_that_fits_them() throws Exception {
    assertThat(train("--network=Net")).as(err).isZero();
    assertThat(run("check", path("net.lip").toString())).isEqualTo(ExitCode.NOT_PROVED);
    String said = out + err;
    assertThat(said)
        .contains(
            "error: [weights-invalid] `net.safetensors` has no means and deviations for layer `s`",
            "required: tensors `s.weight`, `s.bias`, `s.running_mean`, `s.running_var` of shape"
                + " [3]",
            "help: fit them while the network is trained: lipc train FILE.lip DATA.csv"
                + " --label-column N --standardise --network Raw --out ");
  }

  /** The trained network is evaluated on what the other one hands on to it. */
  @Test
  void a_report_reads_the_table_for_both_networks() throws Exception {
    assertThat(train("--standardise")).as(err).isZero();
    assertThat(
            run(
                "report",
                path("net.lip").toString(),
                "--data=" + path("table.csv"),
                "--label-column=kind",
                "--out=" + path("report.html")))
        .as(err)
        .isZero();
    String page = Files.readString(path("report.html")).replaceAll("<[^>]+>", "");
    assertThat(page)
        .containsPattern(
            "Of 200 samples in all rows of table.csv, standardised by Raw,\\s+1[89]\\d are")
        .containsPattern("Of 200 samples in all rows of table.csv,\\s+1[89]\\d are");
  }

  /** Two classes have one pair, whose bound is at most sqrt(2) in deviations. */
  @Test
  void pairs_in_deviations_certify_the_shares_of_the_trained_network() throws Exception {
    String inner = INNER.replace("<= 1;", "<= 1;\n    certify pairs;");
    String inputs = "x: real[1] in [-1, 1], y: real[1] in [1900, 2100], m: real[1] in [0, 12000]";
    String raw = RAW.formatted("Raw", 2000, "net.safetensors");
    model(
        inner
            + raw.replace("x: real[3] in [-1, 9000]", inputs)
                .replace("2000;", "2000;\n    certify lipschitz <= 1 per s;\n    certify pairs;")
                .replace("s = x |>", "s = concat(x, y, m) |>"));
    assertThat(train("--standardise", "--eps=0.25")).as(err).isZero();
    assertThat(out.lines().filter(line -> line.startsWith("certified at l2 distance 0.25")))
        .hasSize(2)
        .allMatch(line -> line.contains("in standard deviations"));
    String first = out.lines().filter(line -> line.startsWith("certified at")).findFirst().get();
    assertThat(out.lines().filter(line -> line.endsWith(first.replaceAll(".*: ", ": "))))
        .hasSize(2);
    assertThat(run("certify", path("net.lip").toString())).as(err).isZero();
    assertThat(out)
        .contains("pairs:    1 in l2 distance in standard deviations (`s.running_var`), ");
  }
}
