import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks or applies google-java-format below the working directory, by the JDK of the toolchain:
 * the usual plugins run it in Maven's own JVM, which may be too old to parse our sources.
 */
final class Format {

  private static final Set<String> UNFORMATTED =
      Set.of("target", "bad", "expected", "archetype-resources");

  private Format() {}

  public static void main(String[] arguments) throws Exception {
    boolean apply = List.of(arguments).contains("apply");
    // Nothing else is built meanwhile: on all cores.
    List<Path> different =
        sources().parallelStream().filter(source -> isDifferent(source, apply)).toList();
    if (!apply && !different.isEmpty()) {
      System.err.println("not formatted (run: mvn -N validate -Dformat=apply):");
      different.forEach(System.err::println);
      System.exit(1);
    }
  }

  private static boolean isDifferent(Path source, boolean apply) {
    try {
      String text = Files.readString(source);
      String formatted = format(text);
      boolean different = !formatted.equals(text);
      if (different && apply) {
        Files.writeString(source, formatted);
      }
      return different;
    } catch (IOException e) {
      throw new UncheckedIOException(source.toString(), e);
    } catch (FormatterException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  private static String format(String text) throws FormatterException {
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    String ordered = ImportOrderer.reorderImports(text, JavaFormatterOptions.Style.GOOGLE);
    return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(""))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !skipped(file))
          .sorted()
          .toList();
    }
  }

  /**
   * Build output, samples whose exact text is what a test is about, templates, which are no Java
   * yet, and the audit, whose methods of one expression stand on one line, because its lines are
   * counted.
   */
  private static boolean skipped(Path file) {
    if (file.endsWith("audit/Audit.java")) {
      return true;
    }
    for (Path part : file) {
      String name = part.toString();
      if (UNFORMATTED.contains(name)) {
        return true;
      }
    }
    return false;
  }
}
