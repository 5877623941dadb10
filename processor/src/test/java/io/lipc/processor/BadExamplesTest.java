package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.lipc.model.diagnostic.DiagnosticId;
import io.lipc.model.diagnostic.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every id has an example whose whole text is as expected, and a page. */
final class BadExamplesTest {

  private static final Path EXAMPLES = Path.of("src/test/resources/bad");

  @TempDir private Path work;

  /** No input of a few lines causes these: see LyingSearchTest. */
  private static final Set<DiagnosticId> OF_SEARCHES =
      EnumSet.of(DiagnosticId.INTERNAL_FAULT, DiagnosticId.PAIRS_NOT_CERTIFIED);

  static List<String> idsOfJavac() {
    return Arrays.stream(DiagnosticId.values())
        .filter(id -> !OF_SEARCHES.contains(id))
        .map(DiagnosticId::word)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("idsOfJavac")
  void the_example_prints_exactly_the_expected_text(String id) throws IOException {
    Path folder = EXAMPLES.resolve(id);
    Javac.Result result = new Javac(work).compile(folder);
    boolean isNote = DiagnosticId.named(id).orElseThrow().severity() == Severity.NOTE;
    assertThat(result.success()).as("compiles, although -Werror is given").isEqualTo(isNote);
    String printed = withoutTimes(result.output().replace(folder + "/", ""));
    assertThat(printed).contains("[" + id + "]").doesNotContain("internal-fault");
    assertThat(printed).matches(text -> text.chars().allMatch(c -> c < 128), "is ASCII");
    Golden.compare(folder.resolve("expected"), printed);
  }

  /** How long a search took differs from run to run. */
  static String withoutTimes(String printed) {
    return printed.replaceAll("(?m)in [0-9.]+ m?s(?=$|;)", "in TIME");
  }

  @Test
  void every_id_has_an_example_and_a_page() {
    Path root = Path.of(System.getProperty("lipc.root"));
    for (DiagnosticId id : DiagnosticId.values()) {
      if (!Files.isRegularFile(EXAMPLES.resolve(id.word()).resolve("expected"))) {
        fail("no example bad/" + id.word() + "/expected");
      }
      if (!Files.isRegularFile(root.resolve("docs/errors/" + id.word() + ".md"))) {
        fail("no page docs/errors/" + id.word() + ".md");
      }
    }
  }

  @Test
  void every_example_and_every_page_has_an_id() throws IOException {
    List<String> ids = Arrays.stream(DiagnosticId.values()).map(DiagnosticId::word).toList();
    Path pages = Path.of(System.getProperty("lipc.root")).resolve("docs/errors");
    try (var examples = Files.list(EXAMPLES);
        var files = Files.list(pages)) {
      assertThat(examples.map(folder -> folder.getFileName().toString()))
          .allSatisfy(name -> assertThat(ids).contains(name));
      assertThat(
              files
                  .map(page -> page.getFileName().toString().replace(".md", ""))
                  .filter(page -> !page.equals("README")))
          .allSatisfy(name -> assertThat(ids).contains(name));
    }
  }
}
