package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Norms;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that are proved: in both front ends, across modules, and twice the same. */
final class GoodExamplesTest {

  private static final Path EXAMPLES = Path.of("src/test/resources/good");

  /** An example without weights, for tests of options. */
  private static final List<Path> ONE = List.of(EXAMPLES.resolve("Maximum.java"));

  /** All examples, compiled once for the tests that only read them. */
  @TempDir private static Path shared;

  private static Javac.Result all;

  @TempDir private Path work;

  @BeforeAll
  static void compileAll() throws IOException {
    all = compileAll(shared);
  }

  private static Javac.Result compileAll(Path folder) throws IOException {
    Javac.Result result = new Javac(folder).compile(EXAMPLES);
    assertThat(result.output()).isEmpty();
    assertThat(result.success()).isTrue();
    return result;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Residual",
        "Smooth",
        "Groups",
        "Lengths",
        "Several",
        "Tensors",
        "Images",
        "Trained",
        "Activations",
        "Orthogonal",
        "Sll",
        "Aol",
        "Sandwich",
        "LdltChain",
        "LdltBlock",
        "LdltComposed"
      })
  void both_front_ends_give_one_network(String name) throws IOException {
    String certificate = "META-INF/lipc/good.%s.json";
    String source = "good/%sNetwork.java";
    assertThat(sameNames(all.resource(certificate.formatted(name + "Text"))))
        .isEqualTo(sameNames(all.resource(certificate.formatted(name))));
    assertThat(sameNames(all.generatedSource(source.formatted(name + "Text"))))
        .isEqualTo(sameNames(all.generatedSource(source.formatted(name))));
  }

  /** As if both had one name: digests are of names, and line breaks depend on their lengths. */
  private static String sameNames(String text) {
    return text.replaceAll(
            "(Residual|Smooth|Groups|Lengths|Several|Tensors|Images|Activations|Orthogonal|Sll|Aol|Sandwich|Trained|LdltChain|LdltBlock|LdltComposed)Text",
            "$1")
        .replaceAll("[0-9a-f]{64}", "DIGEST")
        .replaceAll("\\s+", " ");
  }

  @Test
  void norms_are_part_of_the_certificate_and_of_the_class() throws Exception {
    var certificate = CertificateText.read(all.resource("META-INF/lipc/good.Maximum.json"));
    assertThat(certificate.lipschitz().norms()).isEqualTo(new Norms(Norm.LINF, Norm.LINF));
    assertThat(certificate.lipschitz().bound()).isEqualTo(1.5);
    assertThat(all.generatedSource("good/MaximumNetwork.java"))
        .contains("|f(x) - f(x')|_linf <= 1.5 |x - x'|_linf");
  }

  /** The run that fills the cache proves all networks once more, and finds none in it. */
  @Test
  void another_run_gives_the_same_bytes_and_so_does_one_with_its_cache() throws IOException {
    Path cache = work.resolve("cache");
    String option = "-Alipc.cache=" + cache;
    Javac.Result first = new Javac(work.resolve("filling")).option(option).compile(EXAMPLES);
    assertThat(Javac.contents(all.classes()))
        .isNotEmpty()
        .isEqualTo(Javac.contents(first.classes()));
    assertThat(Javac.contents(all.generated()))
        .isNotEmpty()
        .isEqualTo(Javac.contents(first.generated()));
    assertThat(cache).isNotEmptyDirectory();
    Javac.Result second = new Javac(work.resolve("using")).option(option).compile(EXAMPLES);
    assertThat(first.output() + second.output()).isEmpty();
    assertThat(Javac.contents(second.classes())).isEqualTo(Javac.contents(first.classes()));
  }

  @Test
  void a_relative_cache_needs_the_root() throws IOException {
    Javac.Result result =
        new Javac(work.resolve("relative")).option("-Alipc.cache=here").compile(ONE);
    assertThat(result.output()).contains("-Alipc.cache=here is relative, and -Alipc.root is not");
    assertThat(Path.of("here")).doesNotExist();
  }

  /** As with Gradle, which copies resources elsewhere than classes. */
  @Test
  void weights_that_are_still_where_they_were_written_ship() throws IOException {
    Path root = Files.createDirectories(work.resolve("root"));
    Path resources = Files.createDirectories(root.resolve("src/main/resources/good"));
    Files.write(
        resources.resolve("residual.safetensors"),
        Safetensors.write(Javac.tensors(EXAMPLES.resolve("residual.txt"))));
    List<Path> sources = List.of(EXAMPLES.resolve("Residual.java"));
    Javac javac = new Javac(work.resolve("gradle")).option("-sourcepath").option(root.toString());
    assertThat(javac.compile(sources).output()).contains("[weights-invalid]");
    Javac.Result result = javac.option("-Alipc.root=" + root).compile(sources);
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/good.Residual-origin.json"))
        .contains("\"weights\": \"good/residual.safetensors\"");
    assertThat(result.generatedSource("good/ResidualNetwork.java")).contains("load()");
  }

  @Test
  void a_budget_is_a_duration() throws IOException {
    Javac.Result soon =
        new Javac(work.resolve("soon")).option("-Alipc.certify.budget=soon").compile(ONE);
    assertThat(soon.output())
        .contains("-Alipc.certify.budget=soon is not a duration, such as 500ms");
    Javac.Result some =
        new Javac(work.resolve("some")).option("-Alipc.certify.budget=30s").compile(ONE);
    assertThat(some.output()).isEmpty();
  }

  @Test
  void each_network_is_told_in_one_line_unless_notes_are_not_wanted() throws IOException {
    Path source = EXAMPLES.resolve("Maximum.java");
    Path folder = Files.createDirectories(work.resolve("told-sources"));
    Files.copy(source, folder.resolve("Maximum.java"));
    Javac.Result told = compileWithNotes(folder, "all");
    assertThat(told.success()).isTrue();
    assertThat(told.output().lines().filter(line -> line.contains("good.Maximum")))
        .singleElement()
        .asString()
        .matches(
            "Note: network good\\.Maximum: Lipschitz bound 1\\.5 \\(linf -> linf\\), as declared,"
                + " proved by [a-z-]+ in [0-9.]+ m?s");
    assertThat(compileWithNotes(folder, "none").output()).isEmpty();
    Javac.Result some = compileWithNotes(folder, "some");
    assertThat(some.output()).contains("warning: -Alipc.notes=some is neither all nor none");
  }

  private Javac.Result compileWithNotes(Path folder, String word) throws IOException {
    return new Javac(work.resolve("notes-" + word)).option("-Alipc.notes=" + word).compile(folder);
  }

  @Test
  void a_network_of_another_module_is_called_by_its_certificate() throws Exception {
    Path caller = EXAMPLES.resolve("Caller.java");
    Javac callee = new Javac(work.resolve("callee"));
    Path folder = Files.createDirectories(work.resolve("callee-sources"));
    for (String file : List.of("Residual.java", "residual.txt")) {
      Files.copy(EXAMPLES.resolve(file), folder.resolve(file));
    }
    Javac.Result first = callee.compile(folder);
    assertThat(first.output()).isEmpty();
    Javac.Result second =
        new Javac(work.resolve("caller")).classPath(first.classes()).compile(List.of(caller));
    assertThat(second.output()).isEmpty();
    String certificate = "META-INF/lipc/good.Caller.json";
    assertThat(second.resource(certificate)).isEqualTo(all.resource(certificate));
    assertThat(CertificateText.read(second.resource(certificate)).lipschitz().bound())
        .isLessThanOrEqualTo(2);
  }

  @Test
  void a_jar_whose_certificate_was_altered_is_not_believed() throws IOException {
    Path sources = Files.createDirectories(work.resolve("altered"));
    for (String file : List.of("Residual.java", "residual.txt")) {
      Files.copy(EXAMPLES.resolve(file), sources.resolve(file));
    }
    Javac.Result callee = new Javac(work.resolve("callee")).compile(sources);
    Path certificate = callee.classes().resolve("META-INF/lipc/good.Residual.json");
    String text = Files.readString(certificate);
    String altered = text.replaceFirst("\"bound\": \"[^\"]*\"", "\"bound\": \"0x1.0p-4\"");
    assertThat(altered).isNotEqualTo(text);
    Files.writeString(certificate, altered);
    Javac.Result result =
        new Javac(work.resolve("caller"))
            .classPath(callee.classes())
            .compile(List.of(EXAMPLES.resolve("Caller.java")));
    assertThat(result.success()).isFalse();
    assertThat(result.output())
        .contains(
            "the certificate of network `good.Residual` is not accepted: not positive definite");
  }

  @Test
  void an_incremental_run_finds_what_an_earlier_run_compiled() throws IOException {
    Path sources = Files.createDirectories(work.resolve("sources"));
    for (String file : List.of("Residual.java", "residual.txt")) {
      Files.copy(EXAMPLES.resolve(file), sources.resolve(file));
    }
    Javac javac = new Javac(work.resolve("incremental"));
    assertThat(javac.compile(sources).success()).isTrue();
    Javac again = new Javac(work.resolve("incremental")).classPath(javac.classes());
    Javac.Result result = again.compile(List.of(EXAMPLES.resolve("Caller.java")));
    assertThat(result.output()).isEmpty();
    assertThat(result.success()).isTrue();
  }

  @Test
  void a_network_can_call_one_that_another_processor_generates() throws IOException {
    Path source = Files.createDirectories(work.resolve("late")).resolve("Late.java");
    Files.writeString(
        source,
        """
        package good;

        import io.lipc.annotations.*;

        @CertifiedNetwork
        @Lipschitz(1.0)
        interface Late {
          @Input(4)
          float[] x();

          @Call(Generated.class)
          @Output
          float[] y(float[] x);
        }
        """);
    Javac.Result result =
        new Javac(work.resolve("rounds")).with(new GeneratingProcessor()).compile(List.of(source));
    assertThat(result.output()).isEmpty();
    assertThat(result.resource("META-INF/lipc/good.Late.json")).contains("good.Generated");
  }
}
