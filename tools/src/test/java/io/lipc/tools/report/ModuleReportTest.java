package io.lipc.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc report} of what javac has compiled: classes, certificates and weights. */
final class ModuleReportTest extends CommandRun {

  private static final String SOURCE =
      """
      package demo;
      import io.lipc.annotations.*;
      @CertifiedNetwork(dsl = \"""
          network Gate(x: real[2] in [-1, 1]) -> real[2] {
              certify lipschitz <= 2;
              weights "gate.safetensors";
              h = x |> dense(2) |> relu;
              y = h |> dense(2);
              return y;
          }\""")
      interface Gate {}
      @CertifiedNetwork @Lipschitz(1.0)
      interface Halved {
        @Input(value = 2, min = -1, max = 1) float[] x();
        @Call(Gate.class) float[] u(float[] x);
        @Scale(0.5) @Output float[] y(float[] u);
      }
      @CertifiedNetwork @Lipschitz(1.0) @Parameterized(Construction.LDLT)
      interface Free {
        @Input(2) float[] x();
        @Dense(3) @Relu float[] h(float[] x);
        @Dense(2) @Output float[] y(float[] h);
      }
      """;

  @TempDir private Path folder;
  private Path classes = Path.of("");

  @BeforeEach
  void compile() throws Exception {
    classes = Files.createDirectories(folder.resolve("classes"));
    Path source = folder.resolve("Gate.java");
    Files.writeString(source, SOURCE);
    Files.createDirectories(classes.resolve("demo"));
    writeWeights(0.75);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    String path = System.getProperty("java.class.path");
    List<String> options = List.of("-cp", path, "-processorpath", path, "-d", classes.toString());
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      boolean compiled =
          javac
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as("%s", messages).isTrue();
    }
  }

  private void writeWeights(double w) throws Exception {
    Tensor h =
        Tensor.of("h.weight", ElementType.F32, List.of(2, 2), new double[] {w, 0.5, 0.25, w});
    Tensor y = Tensor.of("y.weight", ElementType.F32, List.of(2, 2), new double[] {1, -1, 0, 1});
    Tensor b = Tensor.of("h.bias", ElementType.F32, List.of(2), new double[] {0.25, 0});
    Tensor c = Tensor.of("y.bias", ElementType.F32, List.of(2), new double[] {0, 0.5});
    Files.write(
        classes.resolve("demo/gate.safetensors"),
        Safetensors.write(Weights.of(List.of(h, b, y, c))));
  }

  private ParsedPage report(int code, String... more) throws Exception {
    Path page = folder.resolve("page.html");
    String[] arguments =
        Stream.concat(
                Stream.of("report", classes.toString(), "--out", page.toString()), Stream.of(more))
            .toArray(String[]::new);
    assertThat(run(arguments)).as(out + err).isEqualTo(code);
    return ParsedPage.of(Files.readString(page));
  }

  @Test
  void all_networks_of_a_module_have_their_certificates_checked() throws Exception {
    ParsedPage page = report(ExitCode.PROVED, "--title", "a <module>");
    assertThat(page.texts("h1")).containsExactly("Lipschitz bounds of a <module>");
    assertThat(page.texts("h2")).containsExactly("demo.Free", "demo.Gate", "demo.Halved");
    assertThat(page.texts("code"))
        .contains(
            "demo.GateNetwork.load().verify();  // in Java, with the module's jar",
            "demo.FreeNetwork.load(weights).verify();  // in Java, with the module's jar");
    assertThat(page.texts("td"))
        .contains("structural: about every value of the parameters", "none: the weights are free")
        .contains("call Gate", "dense 2 to 2", "relu");
    assertThat(page.texts("text")).contains("lower bound", "layerwise-lmi");
  }

  @Test
  void a_certificate_of_other_weights_is_rejected_and_none_of_its_numbers_is_a_bound()
      throws Exception {
    writeWeights(0.5);
    ParsedPage page = report(ExitCode.NOT_PROVED);
    assertThat(page.texts("pre"))
        .anyMatch(text -> text.startsWith("the checker rejects the certificate: foreign digest"));
    assertThat(page.texts("p"))
        .filteredOn(text -> text.startsWith("Nothing is claimed about this network"))
        .hasSize(2);
    assertThat(page.texts("p")).filteredOn(text -> text.startsWith("Claimed:")).hasSize(1);
  }

  @Test
  void a_certificate_that_cannot_be_read_is_said_to_be_so() throws Exception {
    Files.writeString(classes.resolve("META-INF/lipc/demo.Gate.json"), "{ <broken> ");
    ParsedPage page = report(ExitCode.NOT_PROVED);
    assertThat(page.texts("pre"))
        .anyMatch(text -> text.startsWith("the certificate of demo.Gate cannot be read: "));
  }

  @Test
  void callees_may_be_in_jars_of_the_class_path() throws Exception {
    Path jar = folder.resolve("gate.jar");
    List<String> moved =
        List.of(
            "META-INF/lipc/demo.Gate.json",
            "META-INF/lipc/demo.Gate.origin.json",
            "demo/gate.safetensors");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      for (String name : moved) {
        entries.putNextEntry(new JarEntry(name));
        entries.write(Files.readAllBytes(classes.resolve(name)));
        Files.delete(classes.resolve(name));
      }
    }
    assertThat(report(ExitCode.NOT_PROVED).texts("pre"))
        .anyMatch(text -> text.contains("there is no META-INF/lipc/demo.Gate.json in the module"));
    ParsedPage page = report(ExitCode.PROVED, "--class-path", jar.toString());
    assertThat(page.texts("h2")).containsExactly("demo.Free", "demo.Halved");
  }
}
