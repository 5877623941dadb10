package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.compiler.emission.Backend;
import io.lipc.compiler.emission.Backends;
import io.lipc.model.diagnostic.Diagnostic;
import io.lipc.model.diagnostic.DiagnosticId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which classes are generated. TornadoVM's API is on no class path here, so none for it is. */
final class BackendsTest {

  private static final Predicate<String> ALL = _ -> true;
  private static final Predicate<String> NONE = _ -> false;

  @TempDir private Path work;

  private static Backends of(String option, Predicate<String> isVisible) {
    return Backends.of(Map.of(Backends.OPTION, option), isVisible);
  }

  @Test
  void without_the_option_what_is_visible_decides() {
    assertThat(Backends.of(Map.of(), ALL).chosen()).containsExactly(Backend.JVM, Backend.TORNADO);
    assertThat(Backends.of(Map.of(), NONE).chosen()).containsExactly(Backend.JVM);
    Backends half = Backends.of(Map.of(), name -> name.startsWith("uk.ac.manchester"));
    assertThat(half.chosen()).containsExactly(Backend.JVM);
    assertThat(half.faults()).isEmpty();
  }

  @Test
  void the_option_decides_whatever_is_visible() {
    assertThat(of("jvm", ALL).chosen()).containsExactly(Backend.JVM);
    assertThat(of("tornado", ALL).chosen()).containsExactly(Backend.JVM, Backend.TORNADO);
    assertThat(of(" jvm , tornado ", ALL)).isEqualTo(of("tornado", ALL));
  }

  @Test
  void an_unknown_backend_is_answered_by_the_known_ones() {
    Backends backends = of("jvm,cuda", ALL);
    assertThat(backends.chosen()).containsExactly(Backend.JVM);
    assertThat(backends.faults())
        .extracting(Diagnostic::message)
        .containsExactly(
            "[unknown-name] there is no backend `cuda`\n  note: names in scope: `jvm`, `tornado`");
    assertThat(of("jvm,tornando", ALL).faults().getFirst().message())
        .endsWith("help: did you mean `tornado`?");
    assertThat(of("", ALL).faults()).hasSize(1);
  }

  @Test
  void what_is_missing_is_what_the_help_is_about() {
    Diagnostic api =
        of("tornado", name -> !name.startsWith("uk.ac.manchester")).faults().getFirst();
    assertThat(api.id()).isEqualTo(DiagnosticId.BACKEND_NOT_AVAILABLE);
    assertThat(api.message()).contains("add the dependency io.github.beehive-lab:tornado-api");
    Diagnostic runtime = of("tornado", name -> !name.startsWith("io.lipc")).faults().getFirst();
    assertThat(runtime.message()).contains("add the dependency io.lipc:lipc-runtime-tornado,");
    Diagnostic functions =
        of("tornado", name -> !name.startsWith("io.lipc.device.")).faults().getFirst();
    assertThat(functions.message()).contains("help: add `requires io.lipc.device;`");
    Diagnostic older = of("tornado", name -> !name.startsWith("java.")).faults().getFirst();
    assertThat(older.message()).contains("help: compile for Java 22 or newer");
    assertThat(of("tornado", NONE).faults().getFirst().message()).contains("none of them");
  }

  @Test
  void an_older_release_hides_a_type_that_devices_need() throws IOException {
    Javac.Result result =
        new Javac(work)
            .option("--release=17")
            .option("-Alipc.backends=tornado")
            .compile(List.of(Path.of("src/test/resources/good/Doubled.java")));
    assertThat(result.success()).isFalse();
    assertThat(result.output())
        .contains("[backend-not-available] backend `tornado` is asked for")
        .contains("`java.lang.foreign.MemorySegment`");
  }

  @Test
  void a_fault_of_the_option_is_said_once_and_ends_the_build() throws IOException {
    Path good = Path.of("src/test/resources/good");
    Javac.Result result =
        new Javac(work)
            .option("-Alipc.backends=gpu")
            .compile(List.of(good.resolve("Doubled.java"), good.resolve("LdltChain.java")));
    assertThat(result.success()).isFalse();
    assertThat(result.output())
        .isEqualTo(
            "error: [unknown-name] there is no backend `gpu`\n"
                + "    note: names in scope: `jvm`, `tornado`\n"
                + "1 error\n");
  }

  @Test
  void the_jvm_alone_can_be_asked_for() throws IOException {
    Path good = Path.of("src/test/resources/good");
    Javac.Result result =
        new Javac(work)
            .option("-Alipc.backends=jvm")
            .compile(List.of(good.resolve("Doubled.java")));
    assertThat(result.output()).isEmpty();
    assertThat(result.success()).isTrue();
    assertThat(Set.of(result.generated().resolve("good").toFile().list()))
        .containsExactly("DoubledNetwork.java");
  }
}
