package io.lipc.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file {@code bad/<id>/<case>.lip} gives the whole text of {@code <case>.expected}; {@code
 * -DupdateGoldens=true} rewrites those and then fails, so that nobody forgets to read them.
 */
final class GoldenTest {

  private static final Path BAD =
      Path.of(System.getProperty("lipc.root"), "dsl-grammar/src/test/resources/bad");

  @TestFactory
  List<DynamicTest> everyBadTextIsRefusedAsExpected() throws IOException {
    return cases().stream()
        .map(file -> DynamicTest.dynamicTest(BAD.relativize(file).toString(), () -> check(file)))
        .toList();
  }

  @Test
  void everyFolderIsNamedAfterTheFirstFaultOfItsFiles() throws IOException {
    for (Path file : cases()) {
      String id = file.getParent().getFileName().toString();
      assertThat(rendered(file).lines().findFirst().orElse(""))
          .containsPattern("(error|warning): \\[" + id + "] ");
    }
  }

  private static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(BAD)) {
      return files.filter(file -> file.toString().endsWith(".lip")).sorted().toList();
    }
  }

  private static void check(Path file) throws IOException {
    String actual = rendered(file);
    Path expected = Path.of(file.toString().replaceFirst("lip$", "expected"));
    if (Boolean.getBoolean("updateGoldens")) {
      Files.writeString(expected, actual);
      fail("rewritten, read it: " + expected.getFileName());
    }
    assertThat(actual).isEqualTo(Files.readString(expected));
    assertThat(actual.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 127));
  }

  private static String rendered(Path file) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return switch (SourceText.decode(name, Files.readAllBytes(file))) {
      case SourceText.Refused refused -> name + ": error: " + refused.diagnostic().message() + "\n";
      case SourceText.Accepted accepted ->
          Checks.of(accepted.source()).findings().stream()
              .map(finding -> TextRenderer.render(accepted.source(), finding) + "\n")
              .collect(Collectors.joining());
    };
  }
}
