package io.lipc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit is one file that an auditor can read, and that runs wherever there is a JDK. */
final class AuditSourceTest {

  private static final Path SOURCE = Path.of(System.getProperty("lipc.root"), "audit/Audit.java");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

  /**
   * Counted without blanks and comments, as those of the checker are, and without lone brackets.
   */
  @Test
  void itHasAtMostEightHundredLines() throws Exception {
    String code = COMMENT.matcher(Files.readString(SOURCE)).replaceAll("");
    assertThat(code.lines().filter(line -> !line.matches("[\\s{}();]*")).count())
        .isBetween(400L, 800L);
  }

  @Test
  void itIsAsWideAsAllSources() throws Exception {
    assertThat(Files.readAllLines(SOURCE)).allMatch(line -> line.length() <= 100);
  }

  @Test
  void itSeesNothingButTheJdk() throws Exception {
    String code = Files.readString(SOURCE);
    assertThat(code).startsWith("import java.").doesNotContain("io.lipc");
    assertThat(code.lines().filter(line -> line.startsWith("import ")))
        .allMatch(line -> line.startsWith("import java."));
  }

  @Test
  void itCompilesForJava17(@TempDir Path classes) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  List.of("--release", "17", "-Xlint:all,-options", "-Werror"),
                  null,
                  files.getJavaFileObjects(SOURCE))
              .call();
      assertThat(compiled).isTrue();
    }
  }
}
