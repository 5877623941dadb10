package io.lipc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit is one file that an auditor can read, and that runs wherever there is a JDK. */
final class AuditSourceTest {

  private static final Path SOURCE = Path.of(System.getProperty("lipc.root"), "audit/Audit.java");

  /**
   * Comments and blank lines included: it is to be read in an evening. A third of it is about
   * images, and most of that about proofs by all frequencies, which need complex numbers with
   * errors, the torus, and the head. Some 500 lines are about bounds on boxes: values, slopes and
   * lines of each function over a range, with their proofs, the pass that bounds what activations
   * read, and derivatives on parts of boxes, at all ends of slopes too. 120 of them are the
   * functions that rise and fall, the normal distribution and the sine: with these every function
   * has a range. Vectors that are divided by their lengths took 30: their guard is a check of its
   * own, over the ranges. Places that are far apart took 11, sums that show a part to be empty 40,
   * outputs on parts 27. Queries took 503: 300 of them read VNN-LIB and write its canonical text,
   * so that a query which is given can be compared with that of the certificate; 110 put rows
   * behind the units and refute the formula on each leaf.
   */
  @Test
  void itIsShort() throws Exception {
    assertThat(Files.readAllLines(SOURCE))
        .hasSizeBetween(400, 3412)
        .allMatch(line -> line.length() <= 120);
  }

  /** Its contents, as they stand before the class, are its sections in their order. */
  @Test
  void itsContentsAreItsSections() throws Exception {
    List<String> lines = Files.readAllLines(SOURCE);
    List<String> contents =
        lines.subList(lines.indexOf(" * <pre>") + 1, lines.indexOf(" * </pre>")).stream()
            .map(line -> line.substring(3).split("( \\*)? {2,}", 2)[0])
            .toList();
    String dashes = "  // " + "-".repeat(64) + ' ';
    List<String> sections =
        lines.stream()
            .filter(line -> line.startsWith(dashes))
            .map(line -> line.substring(dashes.length()))
            .toList();
    assertThat(sections).hasSizeGreaterThan(10).isEqualTo(contents);
    assertThat(lines).filteredOn(line -> line.contains("----")).hasSameSizeAs(sections);
  }

  @Test
  void itSeesNothingButTheJdk() throws Exception {
    String code = Files.readString(SOURCE);
    assertThat(code).startsWith("import java.").doesNotContain("io.lipc");
    assertThat(code.lines().filter(line -> line.startsWith("import ")))
        .allMatch(line -> line.startsWith("import java."));
  }

  /**
   * A pattern finds what it looks for wherever it stands: files are read as trees (advisory 11).
   */
  @Test
  void itReadsNothingByRegularExpressions() throws Exception {
    assertThat(Files.readString(SOURCE))
        .doesNotContain("regex", "Pattern", "Matcher", "Scanner")
        .doesNotContain(".matches(", ".replaceAll(", ".replaceFirst(", "splitAsStream");
  }

  /** A file that is read, and is no text, is no mistake of the command line. */
  @Test
  void aFileThatIsNotUtf8IsRejected(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("c.json"), new byte[] {'{', (byte) 0xFF, '}'});
    Process audit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                SOURCE.toString(),
                file.toString(),
                "-")
            .redirectErrorStream(true)
            .start();
    assertThat(new String(audit.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
        .isEqualToIgnoringNewLines("REJECTED: no certificate: a text that is not UTF-8\n");
    assertThat(audit.waitFor()).isEqualTo(1);
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
