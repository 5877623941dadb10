package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that import networks: from other texts, from annotated interfaces, from jars. */
final class ImportsTest {

  private static final String POLICY =
      """
      package demo.control;

      network Policy(x: real[2]) -> real[2] {
          certify lipschitz <= 1;
          return x |> relu |> abs;
      }
      """;
  private static final String GUARDED =
      """
      package demo;

      import demo.control.Policy;

      network Guarded(x: real[2]) -> real[2] {
          certify lipschitz <= 0.5;
          return x |> Policy |> scale(0.5);
      }
      """;

  @TempDir private Path work;

  private Path app;
  private Path control;

  @Test
  void an_import_that_nothing_calls_is_a_warning_that_can_be_silent() throws IOException {
    String source =
        """
        import io.lipc.annotations.*;

        %s
        @CertifiedNetwork(dsl = \"""
            import demo.control.Policy;%s
            network Alone(x: real[2]) -> real[2] {
                certify lipschitz <= 1;
                return x |> relu;
            }
            \""")
        interface Alone {}
        """;
    Path file = work.resolve("Alone.java");
    Files.writeString(file, source.formatted("", ""));
    assertThat(new Javac(work).compile(List.of(file)).output())
        .contains(
            "warning: [unused-import] imported network `demo.control.Policy` is never called");
    for (List<String> silent :
        List.of(
            List.of("@SuppressWarnings(\"lipc:unused-import\")", ""),
            List.of("", " // lipc:allow unused-import"))) {
      Files.writeString(file, source.formatted(silent.toArray()));
      assertThat(new Javac(work).compile(List.of(file)).output()).isEmpty();
    }
  }

  @BeforeEach
  void writeSources() throws IOException {
    app = work.resolve("app");
    control = work.resolve("control");
    writeText(app, "demo", "Guarded", GUARDED);
    writeText(control, "demo/control", "Policy", POLICY);
  }

  private static void writeText(Path root, String folder, String name, String text)
      throws IOException {
    Path place = Files.createDirectories(root.resolve(folder));
    Files.writeString(place.resolve(name + ".lip"), text);
    Files.writeString(
        place.resolve(name + ".java"),
        "package %1$s;\n@io.lipc.annotations.CertifiedNetwork(\"%2$s.lip\") interface %2$s {}\n"
            .formatted(folder.replace('/', '.'), name));
  }

  private Javac.Result compileBoth() throws IOException {
    try (Stream<Path> files = Files.walk(control)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = app.resolve(control.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return new Javac(work.resolve("both")).compile(app);
  }

  @Test
  void a_network_of_another_text_is_imported() throws IOException {
    Javac.Result result = compileBoth();
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/demo.Guarded.json"))
        .contains("\"demo.control.Policy\"");
  }

  @Test
  void an_annotated_interface_is_imported_too() throws IOException {
    Files.delete(control.resolve("demo/control/Policy.lip"));
    Files.writeString(
        control.resolve("demo/control/Policy.java"),
        """
        package demo.control;

        import io.lipc.annotations.*;
        import io.lipc.annotations.activation.*;

        @CertifiedNetwork
        @Lipschitz(1.0)
        interface Policy {
          @Input(2)
          float[] x();

          @Relu
          @Output
          float[] y(float[] x);
        }
        """);
    assertThat(compileBoth().output()).isEmpty();
  }

  @Test
  void a_network_of_a_jar_is_imported() throws IOException {
    Javac.Result callee = new Javac(work.resolve("callee")).compile(control);
    assertThat(callee.output()).isEmpty();
    Path jar = callee.jar(work.resolve("control.jar"));
    Javac.Result result = new Javac(work.resolve("caller")).classPath(jar).compile(app);
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/demo.Guarded.json"))
        .contains("\"demo.control.Policy\"");
  }

  @Test
  void an_import_of_nothing_is_one_fault_at_its_place_with_a_suggestion() throws IOException {
    Files.writeString(
        app.resolve("demo/Guarded.lip"), GUARDED.replace("control.Policy", "contrl.Policy"));
    String output = compileBoth().output();
    assertThat(output)
        .contains(
            "[unknown-name] there is no network `demo.contrl.Policy`",
            "note: at Guarded.lip:3:8",
            "help: did you mean `demo.control.Policy`?",
            "1 error")
        .doesNotContain("errors");
  }

  @Test
  void an_import_of_a_faulty_network_is_no_further_fault() throws IOException {
    writeText(control, "demo/control", "Policy", POLICY.replace("relu", "rleu"));
    assertThat(compileBoth().output()).contains("did you mean `relu`?", "1 error");
  }

  @Test
  void networks_that_import_each_other_are_a_cycle() throws IOException {
    writeText(
        control,
        "demo/control",
        "Policy",
        POLICY.replace("control;", "control;\nimport demo.Guarded;").replace("relu", "Guarded"));
    assertThat(compileBoth().output())
        .contains("[cycle]", "demo.Guarded", "demo.control.Policy", "1 error");
  }

  @Test
  void texts_that_import_from_each_other_without_a_cycle_of_networks_are_fine() throws IOException {
    writeText(
        control,
        "demo/control",
        "Policy",
        POLICY.replace("control;", "control;\nimport demo.Guarded;")
            + POLICY
                .substring(POLICY.indexOf("network"))
                .replace("Policy", "Second")
                .replace("relu", "Guarded"));
    assertThat(compileBoth().output()).isEmpty();
  }

  @Test
  void the_order_of_files_does_not_matter() throws IOException {
    compileBoth();
    List<Path> sources =
        List.of(app.resolve("demo/control/Policy.java"), app.resolve("demo/Guarded.java"));
    Javac javac = new Javac(work.resolve("both"));
    assertThat(javac.compile(sources).output()).isEmpty();
    assertThat(javac.compile(sources.reversed()).output()).isEmpty();
  }
}
