package io.lipc.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.CommandRun;
import io.lipc.tools.CompiledGate;
import io.lipc.tools.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc report} of what javac has compiled: classes, certificates and weights. */
final class ModuleReportTest extends CommandRun {

  @TempDir private Path folder;
  private CompiledGate module;
  private Path classes = Path.of("");

  @BeforeEach
  void compile() throws Exception {
    module = new CompiledGate(folder);
    classes = module.classes();
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
    module.writeWeights(0.5);
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
    List<String> moved =
        List.of(
            "META-INF/lipc/demo.Gate.json",
            "META-INF/lipc/demo.Gate-origin.json",
            "demo/gate.safetensors");
    Path jar = module.jar("gate.jar", moved::contains);
    for (String name : moved) {
      Files.delete(classes.resolve(name));
    }
    assertThat(report(ExitCode.NOT_PROVED).texts("pre"))
        .anyMatch(text -> text.contains("there is no META-INF/lipc/demo.Gate.json in the module"));
    ParsedPage page = report(ExitCode.PROVED, "--class-path", jar.toString());
    assertThat(page.texts("h2")).containsExactly("demo.Free", "demo.Halved");
  }

  @Test
  void a_jar_has_the_report_of_its_classes() throws Exception {
    Path jar = module.jar("module.jar", _ -> true);
    ParsedPage ofClasses = report(ExitCode.PROVED, "--title", "it");
    classes = jar;
    ParsedPage ofJar = report(ExitCode.PROVED, "--title", "it");
    for (String tag : List.of("h2", "td", "code", "text", "p")) {
      assertThat(ofJar.texts(tag)).isEqualTo(ofClasses.texts(tag)).isNotEmpty();
    }
  }
}
