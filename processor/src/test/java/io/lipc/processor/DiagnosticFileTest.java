package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.model.diagnostic.DiagnosticId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that {@code -Alipc.diagnostics} leaves for programs. */
final class DiagnosticFileTest {

  @TempDir private Path work;

  private Path root = Path.of("");

  @BeforeEach
  void write_sources() throws IOException {
    root = work.resolve("project");
    Path java = Files.createDirectories(root.resolve("src/main/java"));
    Files.writeString(
        java.resolve("Wrong.java"),
        """
        import io.lipc.annotations.*;

        @CertifiedNetwork
        @Lipschitz(-1.0)
        interface Wrong {
          @Input(2) float[] x();
        \t@Scale(0) @Output float[] y(float[] x);
        }
        """);
    Files.writeString(
        java.resolve("Off.java"),
        """
        import io.lipc.annotations.*;

        @CertifiedNetwork
        @Lipschitz(1.0)
        interface Off {
          @Input(2) float[] x();
        \t@Scale(0) @Output float[] y(float[] x);
        }

        @CertifiedNetwork("text.lip")
        interface Text {}
        """);
    Path resources = Files.createDirectories(root.resolve("src/main/resources"));
    Files.writeString(
        resources.resolve("text.lip"),
        "network Text(x: real[2]) -> real[2] {\n    certify lipschitz <= 1;\n"
            + "    return x |> rleu;\n}\n");
    Files.createDirectories(work.resolve("classes"));
    Files.copy(resources.resolve("text.lip"), work.resolve("classes/text.lip"));
  }

  private Javac javac(String... options) {
    Javac javac = new Javac(work).option("-Alipc.root=" + root);
    for (String option : options) {
      javac = javac.option(option);
    }
    return javac;
  }

  private JsonObject compile(String file, String... options) throws IOException, FormatException {
    Path java = root.resolve("src/main/java");
    javac(options)
        .option("-Alipc.diagnostics=" + file)
        .compile(List.of(java.resolve("Off.java"), java.resolve("Wrong.java")));
    return (JsonObject) Json.read(Files.readString(root.resolve(file)));
  }

  private static List<JsonObject> objects(JsonObject parent, String member) {
    JsonArray array = (JsonArray) Objects.requireNonNull(parent.members().get(member));
    return array.elements().stream().map(JsonObject.class::cast).toList();
  }

  private static JsonObject object(JsonObject parent, String member) {
    return (JsonObject) Objects.requireNonNull(parent.members().get(member));
  }

  private static String text(JsonObject parent, String member) {
    JsonValue value = Objects.requireNonNull(parent.members().get(member));
    return value instanceof JsonNumber number ? number.text() : ((JsonString) value).value();
  }

  private static String place(JsonObject one) {
    return text(one, "file") + ":" + text(one, "line") + ":" + text(one, "column");
  }

  @Test
  void json_has_every_diagnostic_with_its_place() throws IOException, FormatException {
    List<JsonObject> all = objects(compile("target/lipc.json"), "diagnostics");
    assertThat(all)
        .extracting(one -> text(one, "id") + " " + text(one, "severity") + " " + place(one))
        .containsExactlyInAnyOrder(
            "bound-invalid error src/main/java/Wrong.java:4:12",
            "dead-layer warning src/main/java/Off.java:7:2",
            "syntax error src/main/resources/text.lip:3:17");
    JsonObject invalid =
        all.stream().filter(one -> text(one, "id").equals("bound-invalid")).findFirst().get();
    assertThat(text(invalid, "network")).isEqualTo("Wrong");
    assertThat(text(invalid, "message")).startsWith("declared Lipschitz bound -1.0");
    assertThat(invalid.members().get("found"))
        .isEqualTo(new JsonArray(List.of(new JsonString("-1.0"))));
    assertThat(((JsonArray) invalid.members().get("helps")).elements()).hasSize(1);
  }

  @Test
  void sarif_has_a_rule_for_every_result() throws IOException, FormatException {
    JsonObject log = compile("lipc.sarif");
    assertThat(text(log, "version")).isEqualTo("2.1.0");
    assertThat(text(log, "$schema")).endsWith("sarif-schema-2.1.0.json");
    JsonObject run = objects(log, "runs").getFirst();
    List<JsonObject> rules = objects(object(object(run, "tool"), "driver"), "rules");
    List<JsonObject> results = objects(run, "results");
    assertThat(results).hasSize(3);
    for (JsonObject result : results) {
      JsonObject rule = rules.get(Integer.parseInt(text(result, "ruleIndex")));
      assertThat(text(rule, "id")).isEqualTo(text(result, "ruleId"));
      assertThat(text(object(rule, "shortDescription"), "text")).endsWith(".");
      assertThat(text(object(rule, "help"), "markdown")).startsWith("# " + text(rule, "id"));
      assertThat(rule.members()).doesNotContainKey("helpUri");
      String level = DiagnosticId.named(text(result, "ruleId")).get().severity().word();
      assertThat(text(result, "level")).isEqualTo(level);
      JsonObject place = object(objects(result, "locations").getFirst(), "physicalLocation");
      assertThat(root.resolve(text(object(place, "artifactLocation"), "uri"))).isRegularFile();
      assertThat(Integer.parseInt(text(object(place, "region"), "startLine"))).isPositive();
    }
  }

  @Test
  void rules_of_sarif_name_their_pages_where_these_are_published()
      throws IOException, FormatException {
    for (String base : List.of("https://example.org/lipc/", "https://example.org/lipc")) {
      JsonObject run =
          objects(compile("lipc.sarif", "-Alipc.help.base=" + base), "runs").getFirst();
      assertThat(objects(object(object(run, "tool"), "driver"), "rules"))
          .hasSize(3)
          .allSatisfy(
              rule ->
                  assertThat(text(rule, "helpUri"))
                      .isEqualTo(
                          "https://example.org/lipc/docs/errors/" + text(rule, "id") + ".html"));
    }
  }

  /** SARIF allows absolute ones alone. */
  @Test
  void an_address_that_is_none_of_a_folder_is_warned_of() throws IOException {
    for (String base :
        List.of(
            "docs",
            "/docs",
            "https:",
            "https:docs",
            "https:/docs",
            "https://a/?q",
            "https://a/#f",
            "ht tp://a")) {
      assertThat(saidAbout("-Alipc.help.base=" + base, "-Alipc.diagnostics=lipc.sarif"))
          .contains(
              "-Alipc.help.base="
                  + base
                  + " is not the absolute address of a folder, such as https://example.org/lipc/");
    }
    assertThat(saidAbout("-Alipc.help.base=https://a/b", "-Alipc.diagnostics=lipc.sarif"))
        .doesNotContain("help.base");
    assertThat(saidAbout("-Alipc.help.base=file:///b", "-Alipc.diagnostics=lipc.json"))
        .contains("-Alipc.help.base is for -Alipc.diagnostics=FILE.sarif, whose rules name pages");
  }

  private String saidAbout(String... options) throws IOException {
    return javac(options).compile(List.of(root.resolve("src/main/java/Wrong.java"))).output();
  }

  @Test
  void a_file_is_written_where_nothing_is_wrong() throws IOException, FormatException {
    for (String file : List.of("Off.java", "Wrong.java")) {
      Path source = root.resolve("src/main/java").resolve(file);
      String mended = Files.readString(source).replace("(0)", "(0.5)").replace("-1.0", "1.0");
      Files.writeString(source, mended.replaceAll("(?s)@CertifiedNetwork\\(.*", ""));
    }
    assertThat(objects(compile("lipc.json"), "diagnostics")).isEmpty();
  }

  @Test
  void a_misspelt_option_is_suggested() throws IOException {
    String output =
        new Javac(work)
            .option("-Alipc.diagnostic=lipc.json")
            .compile(List.of(root.resolve("src/main/java/Wrong.java")))
            .output();
    assertThat(output)
        .contains("there is no option -Alipc.diagnostic; did you mean -Alipc.diagnostics?");
  }

  @Test
  void a_relative_name_needs_a_root() throws IOException {
    Path source = root.resolve("src/main/java/Wrong.java");
    String output =
        new Javac(work).option("-Alipc.diagnostics=lipc.json").compile(List.of(source)).output();
    assertThat(output)
        .contains("-Alipc.diagnostics=lipc.json is relative, and -Alipc.root is not given");
    assertThat(Path.of("lipc.json")).doesNotExist();
  }
}
