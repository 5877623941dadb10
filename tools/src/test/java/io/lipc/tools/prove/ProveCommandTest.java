package io.lipc.tools.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.tools.JsonPage;
import io.lipc.tools.Lipc;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code lipc prove}: the answers of queries, and the files that go with them. */
final class ProveCommandTest extends Proving {

  private static final Pattern VALUE = Pattern.compile("\\(([XY]\\S+) (-?[0-9.]+)\\)");

  /** Not above 2.25, so that no input satisfies it; that is seen on two parts. */
  private static final String ABOVE = "(assert (> Y[0] 2.5))\n";

  @BeforeEach
  void writeQueries() throws IOException {
    writeBent();
    write("unsat.vnnlib", HEAD + ABOVE);
    write("sat.vnnlib", HEAD + "(assert (> Y[0] 2.0))\n(assert (<= (+ X[0] X[1]) 0.5))\n");
  }

  @Test
  void unsat_comes_with_a_certificate_that_is_accepted() throws IOException {
    assertThat(prove("net.lip", "unsat.vnnlib", "--certificate", "c.json")).isZero();
    assertThat(out)
        .startsWith("network:     Net\nquery:       " + path("unsat.vnnlib") + "\n")
        .contains("\nanswer:      unsat: no input satisfies it, certificate checked\n")
        .contains("\nparts:       2\ncertificate: " + path("c.json") + "\n")
        .containsPattern("\ntime: +\\d+\\.\\d{3} s\n$");
    assertThat(text("c.json")).contains("\"network\": \"Net/query\"");
    assertThat(run("verify", path("c.json"), path("net.lip"), path("unsat.vnnlib"))).isZero();
    assertThat(out)
        .isEqualTo(
            "accepted: Net: no input satisfies the query of 5 comparisons, in real arithmetic\n");
    assertThat(run("verify", path("c.json"), path("net.lip"))).isZero();
  }

  /** A network of two outputs, {@code 2 x}, with x in [0, 1] and [5, 6]. */
  private void writeTwo() throws IOException {
    write(
        "two.lip",
        """
        network Two(x: real[2] in [-10, 10]) -> real[2] {
          certify lipschitz <= 10;
          y = x |> scale(2);
          return y;
        }
        """);
    String head =
        """
        (declare-const X_0 Real)
        (declare-const X_1 Real)
        (declare-const Y_0 Real)
        (declare-const Y_1 Real)
        (assert (and (>= X_0 0) (<= X_0 1) (>= X_1 5) (<= X_1 6)))
        """;
    write("second.vnnlib", head + "(assert (<= Y_1 5))\n");
    write("first.vnnlib", head + "(assert (<= Y_0 5))\n");
  }

  /** Outputs in another order are those of another network, where a query names them. */
  @Test
  void a_certificate_is_about_all_outputs_in_their_order() throws IOException {
    writeTwo();
    assertThat(prove("two.lip", "first.vnnlib")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(prove("two.lip", "second.vnnlib", "--certificate", "c.json")).isZero();
    String scale = "\"factor\": \"0x1.0p1\", \"size\": 2}";
    String forged =
        text("c.json")
            .replace("(<= Y_1 5)", "(<= Y_0 5)")
            .replace(
                scale,
                scale + ",\n    {\"operation\": \"select\", \"operand\": 1, \"indices\": [1, 0]}");
    write("forged.json", forged);
    assertThat(run("verify", path("forged.json"))).isZero();
    assertThat(run("verify", path("forged.json"), path("two.lip"), path("first.vnnlib")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: ");
  }

  /** Reading is part of the budget. */
  @Test
  void a_long_query_ends_in_time() throws IOException {
    write("long.vnnlib", HEAD + "(assert (> Y[0] 2.5))\n".repeat(200_000));
    assertThat(prove("net.lip", "long.vnnlib", "--budget", "1ms")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("was not read within the budget");
  }

  /** A model asks for what it declares, and a query is nothing of that. */
  @Test
  void a_query_is_no_answer_to_a_declaration() throws IOException {
    writeTwo();
    assertThat(prove("two.lip", "second.vnnlib", "--certificate", path("Two.certificate.json")))
        .isZero();
    assertThat(run("verify", path("two.lip"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("the model asks for a certificate of its bound");
  }

  @Test
  void a_certificate_proves_no_other_query() throws IOException {
    assertThat(prove("net.lip", "unsat.vnnlib", "--certificate", "c.json")).isZero();
    write("weaker.vnnlib", HEAD + "(assert (> Y[0] 2.6))\n");
    write("strict.vnnlib", HEAD + "(assert (>= Y[0] 2.5))\n");
    for (String other : List.of("sat", "weaker", "strict")) {
      assertThat(run("verify", path("c.json"), path("net.lip"), path(other + ".vnnlib")))
          .isEqualTo(ExitCode.NOT_PROVED);
      assertThat(out)
          .startsWith(
              "not as asked: Net: no input satisfies the query of 5 comparisons, in real arithmetic; ")
          .endsWith("; you asked for one that no input satisfies this query\n");
    }
    write("float.vnnlib", text("unsat.vnnlib").replace("real", "float32"));
    assertThat(run("verify", path("c.json"), path("net.lip"), path("float.vnnlib")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .endsWith("; you asked for one about computed numbers, and this is about real ones\n");
  }

  /** Blanks, comments and the sides of comparisons are no other query. */
  @Test
  void a_query_is_the_same_in_other_words() throws IOException {
    assertThat(prove("net.lip", "unsat.vnnlib", "--certificate", "c.json")).isZero();
    write("same.vnnlib", "; the same\n" + HEAD + "(assert\n  (and (> (- Y[0] 2.50) 0)))\n");
    assertThat(run("verify", path("c.json"), path("net.lip"), path("same.vnnlib"))).isZero();
  }

  @Test
  void a_certificate_is_about_no_other_network() throws IOException {
    assertThat(prove("net.lip", "unsat.vnnlib", "--certificate", "c.json")).isZero();
    write("other.lip", text("net.lip").replace("2.25", "2.5"));
    assertThat(run("verify", path("c.json"), path("other.lip"), path("unsat.vnnlib")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: the certificate is of another network: at ");
    write("c.json", text("c.json").replace("2.5)", "2)"));
    assertThat(run("verify", path("c.json"), path("net.lip"))).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("an input may satisfy it");
  }

  @Test
  void a_bound_is_no_answer_of_a_query() {
    assertThat(run("certify", path("net.lip"), "--out", path("bound.json"))).isZero();
    assertThat(run("verify", path("bound.json"), path("net.lip"), path("unsat.vnnlib")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .startsWith("not as asked: Net is ")
        .endsWith("; you asked for one that no input satisfies this query\n");
  }

  @Test
  void sat_comes_with_an_input_that_satisfies_the_query() throws IOException {
    assertThat(prove("net.lip", "sat.vnnlib", "--witness", "w.txt", "--certificate", "c.json"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("\nanswer:      sat: this input satisfies it\nX[0]: ")
        .contains("\nwitness:     " + path("w.txt") + "\n")
        .doesNotContain("certificate:");
    assertThat(folder.resolve("c.json")).doesNotExist();
    assertThat(text("w.txt")).matches("\\(\\([^()]*\\)(\n \\([^()]*\\)){3}\\)\n");
    Map<String, Double> values = values(text("w.txt"));
    assertThat(values.keySet()).containsExactlyInAnyOrder("X[0]", "X[1]", "Y[0]", "Y[1]");
    double x0 = values.getOrDefault("X[0]", Double.NaN);
    double x1 = values.getOrDefault("X[1]", Double.NaN);
    assertThat(List.of(x0, x1)).allMatch(x -> x >= -1 && x <= 1);
    assertThat(x0 + x1).isLessThanOrEqualTo(0.5);
    assertThat(bent(x0)).isGreaterThan(2.0);
    assertThat(values.get("Y[0]")).isBetween(bent(x0) - 1e-12, bent(x0) + 1e-12);
    assertThat(values.get("Y[1]")).isBetween(bent(x1) - 1e-12, bent(x1) + 1e-12);
  }

  private static Map<String, Double> values(String witness) {
    Map<String, Double> values = new HashMap<>();
    Matcher value = VALUE.matcher(witness);
    while (value.find()) {
      values.put(value.group(1), Double.valueOf(value.group(2)));
    }
    return values;
  }

  /** A tree that is not decided is gone on from. */
  @Test
  void a_later_run_decides_what_parts_have_left_open() throws IOException {
    assertThat(prove("net.lip", "unsat.vnnlib", "--parts", "1", "--tree", "t.txt"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out)
        .contains("\nanswer:      not decided: --parts allows no more parts\n")
        .contains("\nparts:       1, 1 of them open\n")
        .contains("\nworst:       [-1.0, 1.0] for each element\n");
    assertThat(text("t.txt")).isEqualTo("leaf\n");
    write("hard.vnnlib", HEAD + HARD);
    assertThat(prove("net.lip", "hard.vnnlib", "--parts", "4", "--tree", "h.txt"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(text("h.txt").lines()).hasSize(7);
    assertThat(prove("net.lip", "hard.vnnlib", "--tree", "h.txt", "--certificate", "c.json"))
        .as(out)
        .isZero();
    assertThat(run("verify", path("c.json"), path("net.lip"), path("hard.vnnlib"))).isZero();
    String known = text("h.txt").lines().findFirst().orElseThrow();
    assertThat(text("c.json")).contains("\"boxes\": [\n    \"" + known + "\"");
  }

  /** The outputs together are at most 0.5 above 2.25 times the inputs. */
  private static final String HARD =
      "(assert (> (+ Y[0] (* -2.25 X[0]) Y[1] (* -2.25 X[1])) 0.51))\n";

  @Test
  void no_time_is_no_answer() {
    assertThat(prove("net.lip", "unsat.vnnlib", "--budget", "0s")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("\nanswer:      not decided: no time was left to look at the box\n");
  }

  @Test
  void the_same_parts_give_the_same_files() throws IOException {
    write("hard.vnnlib", HEAD + HARD);
    for (String run : List.of("1", "2")) {
      assertThat(prove("net.lip", "hard.vnnlib", "--parts=6", "--tree", "t" + run + ".txt"))
          .isEqualTo(ExitCode.NOT_PROVED);
      assertThat(prove("net.lip", "hard.vnnlib", "--certificate", "c" + run + ".json")).isZero();
    }
    assertThat(text("t1.txt")).isEqualTo(text("t2.txt"));
    assertThat(text("c1.json")).isEqualTo(text("c2.json"));
  }

  @Test
  void files_of_another_search_are_errors() throws IOException {
    write("words.txt", "leaves\n");
    assertThat(prove("net.lip", "unsat.vnnlib", "--tree", "words.txt"))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .isEqualTo(
            "lipc: "
                + path("words.txt")
                + " is no file that --tree has written: no box is cut so\n");
    for (String cut : List.of("0 0x1.0p3", "9 0x0.0p0", "9 1 0x0.0p0", "1 7 0x0.0p0")) {
      write("other.txt", cut + "\nleaf\nleaf\n");
      assertThat(prove("net.lip", "unsat.vnnlib", "--tree", "other.txt"))
          .isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(err)
          .startsWith(
              "lipc: " + path("other.txt") + " has the parts of another query or network: ");
      assertThat(text("other.txt")).startsWith(cut);
    }
    write("other.txt", "vertices\n");
    assertThat(prove("net.lip", "unsat.vnnlib", "--tree", "other.txt"))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(prove("net.lip", "unsat.vnnlib", "--parts", "0")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("--parts 0: a box has from 1 to 1000000 parts");
  }

  @Test
  void json_has_the_members_of_its_page() throws Exception {
    assertThat(prove("net.lip", "unsat.vnnlib", "--json", "--certificate", "c.json")).isZero();
    assertThat(out).hasLineCount(1);
    Map<String, JsonValue> unsat = members();
    assertThat(unsat.keySet()).containsExactlyElementsOf(JsonPage.members("lipc prove"));
    assertThat(unsat)
        .containsEntry("version", new JsonNumber("1"))
        .containsEntry("model", new JsonString(path("net.lip")))
        .containsEntry("query", new JsonString(path("unsat.vnnlib")))
        .containsEntry("network", new JsonString("Net"))
        .containsEntry("semantics", new JsonString("real"))
        .containsEntry("answer", new JsonString("unsat"))
        .containsEntry("parts", new JsonNumber("2"))
        .containsEntry("open", new JsonNumber("0"))
        .containsEntry("worst", new JsonValue.JsonNull())
        .containsEntry("witness", new JsonValue.JsonNull())
        .containsEntry("proved", new JsonValue.JsonBoolean(true))
        .containsEntry("certificate", new JsonString(path("c.json")));
    assertThat(prove("net.lip", "sat.vnnlib", "--json", "--certificate", "d.json"))
        .isEqualTo(ExitCode.NOT_PROVED);
    Map<String, JsonValue> sat = members();
    assertThat(sat.keySet()).isEqualTo(unsat.keySet());
    assertThat(sat)
        .containsEntry("answer", new JsonString("sat"))
        .containsEntry("proved", new JsonValue.JsonBoolean(false))
        .containsEntry("certificate", new JsonValue.JsonNull());
    Map<String, JsonValue> witness = ((JsonObject) sat.get("witness")).members();
    List<JsonValue> input = ((JsonArray) witness.get("input")).elements();
    List<JsonValue> output = ((JsonArray) witness.get("output")).elements();
    assertThat(input).hasSize(2);
    assertThat(output).hasSize(2);
    for (int i = 0; i < 2; i++) {
      List<JsonValue> ends = ((JsonArray) output.get(i)).elements();
      double value = bent(number(input.get(i)));
      assertThat(value).isBetween(number(ends.get(0)) - 1e-15, number(ends.get(1)) + 1e-15);
    }
    assertThat(prove("net.lip", "unsat.vnnlib", "--json", "--parts", "1"))
        .isEqualTo(ExitCode.NOT_PROVED);
    Map<String, JsonValue> open = members();
    assertThat(open.keySet()).isEqualTo(unsat.keySet());
    JsonValue side = new JsonArray(List.of(new JsonNumber("-1"), new JsonNumber("1")));
    assertThat(open)
        .containsEntry("answer", new JsonString("unknown"))
        .containsEntry("open", new JsonNumber("1"))
        .containsEntry("worst", new JsonArray(List.of(side, side)));
  }

  private static double number(JsonValue value) {
    return Double.parseDouble(((JsonNumber) value).text());
  }

  @Test
  void json_of_verify_has_the_query() throws Exception {
    assertThat(prove("net.lip", "unsat.vnnlib", "--certificate", "c.json")).isZero();
    assertThat(run("verify", path("c.json"), path("net.lip"), path("unsat.vnnlib"), "--json"))
        .isZero();
    Map<String, JsonValue> members = members();
    assertThat(members)
        .containsEntry("verdict", new JsonString("accepted"))
        .containsEntry("bound", new JsonValue.JsonNull());
    assertThat(((JsonString) members.get("query")).value())
        .startsWith("(vnnlib-version <2.0>)\n")
        .contains("(assert (> Y[0] 2.5))");
    assertThat(JsonPage.members("lipc verify")).contains("query");
  }

  @Test
  void a_report_of_a_module_shows_its_query() throws IOException {
    write("hard.vnnlib", HEAD + HARD);
    assertThat(prove("net.lip", "hard.vnnlib", "--certificate", "c.json")).isZero();
    Path resources = Files.createDirectories(folder.resolve("module/META-INF/lipc"));
    Files.copy(folder.resolve("c.json"), resources.resolve("Net.json"));
    assertThat(run("verify", path("module"))).as(out).isZero();
    assertThat(out).startsWith("accepted: Net: no input satisfies the query of 5 comparisons");
    assertThat(run("report", path("module"), "--out", path("page.html"))).as(out + err).isZero();
    assertThat(text("page.html"))
        .contains("No input satisfies the query below, in real arithmetic")
        .contains("(assert (&gt; (+ (* -2.25 X[0]) (* -2.25 X[1]) Y[0] Y[1]) 0.51))")
        .containsPattern("The proof looks at \\d+ parts of the box one by one");
  }

  @Test
  void packed_queries_are_unpacked() throws IOException {
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("unsat.vnnlib.gz")))) {
      packed.write(Files.readAllBytes(folder.resolve("unsat.vnnlib")));
    }
    assertThat(prove("net.lip", "unsat.vnnlib.gz", "--certificate", "c.json")).isZero();
    assertThat(run("verify", path("c.json"), path("net.lip"), path("unsat.vnnlib.gz"))).isZero();
    Files.copy(folder.resolve("unsat.vnnlib"), folder.resolve("plain.vnnlib.gz"));
    assertThat(prove("net.lip", "plain.vnnlib.gz")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("plain.vnnlib.gz cannot be read: Not in GZIP format");
  }

  @Test
  void version_1_is_about_real_numbers() throws IOException {
    write(
        "flat.vnnlib",
        """
        (declare-const X_0 Real)
        (declare-const X_1 Real)
        (declare-const Y_0 Real)
        (declare-const Y_1 Real)
        (assert (<= X_0 0.5)) (assert (>= X_0 -0.5))
        (assert (<= X_1 0.5)) (assert (>= X_1 -0.5))
        (assert (or (and (>= Y_0 1.2)) (and (<= Y_1 -1.2))))
        """);
    assertThat(prove("net.lip", "flat.vnnlib")).as(out + err).isZero();
    write("flat.vnnlib", text("flat.vnnlib").replace("-1.2", "-1.1"));
    assertThat(prove("net.lip", "flat.vnnlib", "--witness", "w.txt"))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("answer:      sat").contains("\nX_1: ");
    assertThat(bent(values(text("w.txt")).getOrDefault("X_1", Double.NaN)))
        .isLessThanOrEqualTo(-1.1);
  }

  @Test
  void shapes_may_differ_where_elements_do_not() throws IOException {
    write(
        "shaped.vnnlib",
        """
        (vnnlib-version <2.0>)
        (declare-network f (declare-input X real [1,2]) (declare-output Y real [2,1]))
        (assert (and (<= X[0,0] 1.0) (>= X[0,0] -1.0) (<= X[0,1] 0.5) (>= X[0,1] -1.0)))
        (assert (> Y[1,0] 2.0))
        """);
    assertThat(prove("net.lip", "shaped.vnnlib")).as(out + err).isZero();
  }

  @Test
  void a_query_about_computed_numbers_is_one_about_real_ones_where_that_is_asked_for()
      throws IOException {
    write("float.vnnlib", text("unsat.vnnlib").replace("real", "float32"));
    assertThat(prove("net.lip", "float.vnnlib")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err)
        .startsWith("lipc: [query-type] " + path("float.vnnlib") + ": ")
        .contains("float32")
        .contains("--real");
    assertThat(prove("net.lip", "float.vnnlib", "--real", "--certificate", "c.json")).isZero();
    assertThat(text("c.json")).contains("(declare-input X real [2])");
    assertThat(run("verify", path("c.json"), path("net.lip"), path("unsat.vnnlib"))).isZero();
    assertThat(run("verify", path("c.json"), path("net.lip"), path("float.vnnlib")))
        .isEqualTo(ExitCode.NOT_PROVED);
  }

  @Test
  void onnx_models_are_asked_as_texts_are() throws IOException {
    assertThat(run("export", path("net.lip"), "--out", path("net.onnx"))).as(err).isZero();
    write("other.lip", text("net.lip").replace("2.25", "2.5"));
    assertThat(run("export", path("other.lip"), "--out", path("other.onnx"))).as(err).isZero();
    assertThat(prove("net.onnx", "unsat.vnnlib", "--certificate", "c.json")).as(out + err).isZero();
    assertThat(run("verify", path("c.json"), path("net.onnx"), path("unsat.vnnlib"))).isZero();
    assertThat(run("verify", path("c.json"), path("other.onnx"), path("unsat.vnnlib")))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: ");
    assertThat(prove("net.onnx", "sat.vnnlib")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("answer:      sat");
  }

  @Test
  void a_called_network_has_its_certificate_beside_that_of_the_query() throws IOException {
    write(
        "call.lip",
        """
        network Inner(x: real[2]) -> real[2] {
          certify lipschitz <= 3;
          return x |> scale(2) |> relu;
        }
        network Outer(x: real[2]) -> real[2] {
          certify lipschitz <= 3;
          return x |> Inner |> scale(0.5);
        }
        """);
    write("call.vnnlib", HEAD + "(assert (or (> Y[0] 1.1) (< Y[1] -0.1)))\n");
    String[] outer = {"--network", "Outer", "--certificate", "c.json"};
    assertThat(prove("call.lip", "call.vnnlib", outer)).as(out + err).isZero();
    assertThat(folder.resolve("Inner.certificate.json")).exists();
    assertThat(run("verify", path("c.json"), path("call.lip"), path("call.vnnlib")))
        .as(out + err)
        .isZero();
    write("more.lip", text("call.lip").replace("scale(2)", "scale(2.5)"));
    assertThat(run("verify", path("c.json"), path("more.lip"), path("call.vnnlib")))
        .isEqualTo(ExitCode.NOT_PROVED);
    write("call.vnnlib", HEAD + "(assert (> Y[0] 0.9))\n");
    assertThat(prove("call.lip", "call.vnnlib", "--network=Outer")).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).contains("answer:      sat");
    assertThat(prove("call.lip", "call.vnnlib", "--network=None")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(err).contains("call.lip declares no network None");
  }

  /** A signal ends the search, not the answer. */
  @Test
  void an_interrupted_search_says_what_is_open() throws Exception {
    write("net8.lip", text("net.lip").replace("real[2]", "real[8]"));
    StringBuilder query =
        new StringBuilder(
            """
            (vnnlib-version <2.0>)
            (declare-network f (declare-input X real [8]) (declare-output Y real [8]))
            """);
    StringBuilder sum = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      query.append("(assert (<= X[%d] 1)) (assert (>= X[%d] -1))\n".formatted(i, i));
      sum.append(" Y[%d] (* -2.25 X[%d])".formatted(i, i));
    }
    write("sum.vnnlib", query + "(assert (> (+" + sum + ") 2.001))\n");
    Path answer = folder.resolve("answer.txt");
    Path progress = folder.resolve("progress.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Lipc.class.getName(),
                "prove",
                path("net8.lip"),
                path("sum.vnnlib"),
                "--budget=10m",
                "--parts=1000000",
                "--tree",
                path("t.txt"),
                "--json")
            .redirectOutput(answer.toFile())
            .redirectError(progress.toFile())
            .start();
    try {
      for (int i = 0; i < 600 && !Files.readString(progress).contains(" parts, worst "); i++) {
        assertThat(process.isAlive()).as(Files.readString(answer)).isTrue();
        Thread.sleep(100);
      }
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    out = Files.readString(answer);
    assertThat(process.exitValue()).as(Files.readString(progress)).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(members()).containsEntry("answer", new JsonString("unknown"));
    assertThat(number(members().get("open"))).isGreaterThan(1);
    assertThat(text("t.txt").lines().count())
        .isEqualTo(2 * (long) number(members().get("parts")) - 1);
  }
}
