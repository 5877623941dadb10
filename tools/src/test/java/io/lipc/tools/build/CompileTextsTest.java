package io.lipc.tools.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command of the goal {@code lipc:compile}, on the folders of a project. */
final class CompileTextsTest {

  private static final String POLICY =
      """
      package demo.control;

      /** Steers. */
      network Policy(x: real[2] in [-1, 1]) -> real[2] {
          certify lipschitz <= 3;
          weights "policy.safetensors";
          y = x |> dense(2) |> relu;
          return y;
      }
      """;
  private static final String GUARDED =
      """
      network Guarded(x: real[2]) -> real[2] {
          certify lipschitz <= 1.5;
          return x |> Policy |> scale(0.5);
      }
      """;
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir private Path project;

  private String said = "";

  @BeforeEach
  void writeProject() throws IOException, FormatException {
    write("src/main/lip/policy.lip", POLICY);
    write("src/main/lip/demo/control/guarded.lip", GUARDED);
    writeWeights("src/main/lip/demo/control/policy.safetensors", 2);
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(project.resolve(path).getParent());
    Files.writeString(project.resolve(path), text);
  }

  private void writeWeights(String path, double scale) throws IOException, FormatException {
    double[] w = {scale, 0.5 * scale, -0.25 * scale, scale};
    Tensor weight = Tensor.of("y.weight", ElementType.F32, List.of(2, 2), w);
    Tensor bias = Tensor.of("y.bias", ElementType.F32, List.of(2), new double[] {0.25, 0});
    Files.createDirectories(project.resolve(path).getParent());
    Files.write(project.resolve(path), Safetensors.write(Weights.of(List.of(weight, bias))));
  }

  private int compile(String... further) {
    return compile(project, further);
  }

  private int compile(Path root, String... further) {
    StringWriter out = new StringWriter();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--root=" + root,
                "--texts=" + root.resolve("src/main/lip"),
                "--resources=" + root.resolve("src/main/resources"),
                "--generated-sources=" + root.resolve("sources"),
                "--generated-resources=" + root.resolve("resources"),
                "--classes=" + root.resolve("classes"),
                "--state=" + root.resolve("state")));
    arguments.addAll(List.of(further));
    int code =
        CompileTexts.run(
            new CommandLine(new CompileTexts()).setOut(new PrintWriter(out, true)),
            arguments.toArray(String[]::new));
    said = out.toString();
    return code;
  }

  /** The files of a network have names that no other network's certificate can have. */
  @Test
  void networks_that_are_called_like_files_of_another() throws Exception {
    String text =
        "network %s(x: real[2]) -> real[2] { certify lipschitz <= 1; %sreturn x |> relu; }";
    write("src/main/lip/demo/x.lip", text.formatted("X", "certify pairs; "));
    write("src/main/lip/demo/X/pairs.lip", text.formatted("pairs", ""));
    write("src/main/lip/demo/X/origin.lip", text.formatted("origin", ""));
    assertThat(compile()).as(said).isZero();
    assertThat(outputs(project))
        .containsKeys(
            "resources/META-INF/lipc/demo.X.json",
            "resources/META-INF/lipc/demo.X-pairs.json",
            "resources/META-INF/lipc/demo.X-origin.json",
            "resources/META-INF/lipc/demo.X.pairs.json",
            "resources/META-INF/lipc/demo.X.pairs-origin.json",
            "resources/META-INF/lipc/demo.X.origin.json");
  }

  /** The content of all generated files, by path. */
  private Map<String, String> outputs(Path root) throws IOException {
    Map<String, String> outputs = new TreeMap<>();
    for (String folder : List.of("sources", "resources")) {
      if (!Files.isDirectory(root.resolve(folder))) {
        continue;
      }
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          outputs.put(
              root.relativize(file).toString(), BuildState.digest(Files.readAllBytes(file)));
        }
      }
    }
    return outputs;
  }

  private void setLongAgo() throws IOException {
    for (String path : outputs(project).keySet()) {
      Files.setLastModifiedTime(project.resolve(path), LONG_AGO);
    }
  }

  private boolean isRewritten(String path) throws IOException {
    return !Files.getLastModifiedTime(project.resolve(path)).equals(LONG_AGO);
  }

  @Test
  void every_network_becomes_a_class_a_certificate_and_its_weights() throws IOException {
    assertThat(compile()).as(said).isZero();
    assertThat(outputs(project))
        .containsOnlyKeys(
            "sources/demo/control/PolicyNetwork.java",
            "sources/demo/control/GuardedNetwork.java",
            "resources/META-INF/lipc/demo.control.Policy.json",
            "resources/META-INF/lipc/demo.control.Policy-origin.json",
            "resources/META-INF/lipc/demo.control.Guarded.json",
            "resources/META-INF/lipc/demo.control.Guarded-origin.json",
            "resources/demo/control/policy.safetensors");
    assertThat(project.resolve("sources/demo/control/PolicyNetwork.java"))
        .content()
        .contains("Steers.", "public static PolicyNetwork load()");
    assertThat(said)
        .contains("N network demo.control.Policy: Lipschitz bound ", " below the declared ")
        .contains("2 texts compiled: 2 certified");
  }

  @Test
  void weights_among_the_resources_are_not_copied() throws IOException {
    Files.createDirectories(project.resolve("src/main/resources/demo/control"));
    Files.move(
        project.resolve("src/main/lip/demo/control/policy.safetensors"),
        project.resolve("src/main/resources/demo/control/policy.safetensors"));
    assertThat(compile()).as(said).isZero();
    assertThat(outputs(project)).doesNotContainKey("resources/demo/control/policy.safetensors");
    assertThat(project.resolve("resources/META-INF/lipc/demo.control.Policy-origin.json"))
        .content()
        .contains("demo/control/policy.safetensors");
  }

  @Test
  void nothing_is_done_until_something_changes() throws Exception {
    compile();
    setLongAgo();
    assertThat(compile()).isZero();
    assertThat(said).contains("2 texts up to date");

    write("src/main/lip/policy.lip", POLICY.replace("Steers.", "Leads."));
    assertThat(compile()).isZero();
    assertThat(said).contains("compiled");
    assertThat(isRewritten("sources/demo/control/PolicyNetwork.java")).isTrue();
    assertThat(isRewritten("sources/demo/control/GuardedNetwork.java")).isFalse();

    writeWeights("src/main/lip/demo/control/policy.safetensors", 1);
    assertThat(compile()).isZero();
    assertThat(said).contains("compiled");
    assertThat(isRewritten("resources/META-INF/lipc/demo.control.Guarded.json")).isTrue();
    compile();
    assertThat(said).contains("up to date");
    compile("--budget=3s");
    assertThat(said).contains("compiled");
    compile("--budget=3s", "--compiler=other");
    assertThat(said).contains("compiled");
    compile("--budget=3s", "--compiler=other");
    assertThat(said).contains("up to date");
  }

  @Test
  void weights_that_appear_nearer_are_seen() throws Exception {
    Files.move(
        project.resolve("src/main/lip/demo/control/policy.safetensors"),
        project.resolve("src/main/lip/policy.safetensors"));
    assertThat(compile()).as(said).isZero();
    writeWeights("src/main/lip/demo/control/policy.safetensors", 1);
    assertThat(compile()).as(said).isZero();
    assertThat(said).contains("compiled");
    assertThat(outputs(project)).doesNotContainKey("resources/policy.safetensors");
  }

  @Test
  void an_output_that_was_touched_is_restored() throws IOException {
    compile();
    Map<String, String> before = outputs(project);
    write("sources/demo/control/PolicyNetwork.java", "class PolicyNetwork {}");
    Files.delete(project.resolve("resources/META-INF/lipc/demo.control.Guarded.json"));
    assertThat(compile()).isZero();
    assertThat(outputs(project)).isEqualTo(before);
  }

  @Test
  void what_a_deleted_network_left_is_removed_from_the_class_output_too() throws IOException {
    compile();
    for (String left :
        List.of(
            "demo/control/GuardedNetwork.class",
            "demo/control/GuardedNetwork$Buffers.class",
            "demo/control/GuardedNetworkUser.class",
            "META-INF/lipc/demo.control.Guarded.json")) {
      write("classes/" + left, "");
    }
    Files.delete(project.resolve("src/main/lip/demo/control/guarded.lip"));
    assertThat(compile()).as(said).isZero();
    assertThat(outputs(project).keySet()).noneMatch(path -> path.contains("Guarded"));
    assertThat(project.resolve("classes/demo/control")).isDirectoryContaining("glob:**User.class");
    assertThat(project.resolve("classes/demo/control/GuardedNetwork.class")).doesNotExist();
    assertThat(project.resolve("classes/demo/control/GuardedNetwork$Buffers.class")).doesNotExist();
    assertThat(project.resolve("classes/META-INF")).doesNotExist();

    Files.delete(project.resolve("src/main/lip/policy.lip"));
    assertThat(compile()).as(said).isZero();
    assertThat(outputs(project)).isEmpty();
  }

  @Test
  void faults_have_their_place_and_leave_what_was_written() throws IOException {
    compile();
    Map<String, String> before = outputs(project);
    write("src/main/lip/policy.lip", POLICY.replace("relu", "rleu"));
    assertThat(compile()).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(said.lines().filter(line -> line.startsWith("E ")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("E src/main/lip/policy.lip:7:26: error: [syntax] ");
    assertThat(outputs(project)).isEqualTo(before);
    assertThat(compile()).isEqualTo(ExitCode.NOT_PROVED);
    write("src/main/lip/policy.lip", POLICY.replace("<= 3", "<= 0.25"));
    assertThat(compile()).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(said).contains("policy.lip:5:").contains("[lipschitz-bound-violated]");
  }

  @Test
  void a_network_declared_in_two_texts_is_refused_in_the_later_one() throws IOException {
    write("src/main/lip/zwei.lip", POLICY);
    assertThat(compile()).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(said).contains("\nE src/main/lip/zwei.lip:4:9: error: [duplicate-name]");
  }

  @Test
  void networks_of_other_modules_are_called_by_their_certificates() throws IOException {
    compile();
    Path other = project.resolve("other");
    Files.createDirectories(other.resolve("src/main/lip"));
    Files.writeString(
        other.resolve("src/main/lip/caller.lip"),
        GUARDED.replace("|> Policy", "|> demo.control.Policy"));
    String resources = "--class-path=" + project.resolve("resources");
    assertThat(compile(other, resources)).as(said).isZero();
    assertThat(outputs(other)).containsKey("sources/GuardedNetwork.java");
    compile(other, resources);
    assertThat(said).contains("up to date");
    Files.delete(project.resolve("resources/META-INF/lipc/demo.control.Policy.json"));
    assertThat(compile(other, resources)).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(said).contains("[unknown-name]");
  }

  @Test
  void networks_are_imported_from_other_texts_and_from_jars() throws IOException {
    write(
        "src/main/lip/app/app.lip",
        "import demo.control.Policy;\n" + GUARDED.replace("Guarded", "Imported"));
    assertThat(compile()).as(said).isZero();
    assertThat(outputs(project)).containsKey("sources/app/ImportedNetwork.java");

    Path other = project.resolve("other");
    Files.createDirectories(other.resolve("src/main/lip"));
    Files.copy(project.resolve("src/main/lip/app/app.lip"), other.resolve("src/main/lip/app.lip"));
    String resources = "--class-path=" + project.resolve("resources");
    assertThat(compile(other, resources)).as(said).isZero();
    assertThat(compile(other)).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(said.lines().filter(line -> line.startsWith("E ")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("E src/main/lip/app.lip:1:8: error: [unknown-name] there is no network");
  }

  @Test
  void two_projects_of_the_same_texts_give_the_same_bytes() throws IOException {
    Path copy = project.resolve("copy");
    for (String path :
        List.of(
            "src/main/lip/policy.lip",
            "src/main/lip/demo/control/guarded.lip",
            "src/main/lip/demo/control/policy.safetensors")) {
      Files.createDirectories(copy.resolve(path).getParent());
      Files.copy(project.resolve(path), copy.resolve(path));
    }
    compile();
    compile(copy);
    assertThat(outputs(copy)).isNotEmpty().isEqualTo(outputs(project));
  }

  @Test
  void options_that_mean_nothing_are_refused() {
    assertThat(compile("--budget=soon")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(said).startsWith("E the budget `soon` is not a duration");
    assertThat(compile("--backends=gpu")).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(said).contains("[unknown-name]");
  }
}
