import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * Checks or applies google-java-format below the working directory, by the JDK of the toolchain:
 * the usual plugins run it in Maven's own JVM, which may be too old to parse our sources. Arguments
 * are {@code check} or {@code apply}, and a file that keeps the digests of texts that are
 * formatted, by the version of the formatter that it is named after: they are not looked at again.
 */
final class Format {

  private static final Set<String> UNFORMATTED =
      Set.of("target", "bad", "expected", "archetype-resources");

  private final boolean apply;
  private final Set<String> known;
  private final Set<String> formatted = new ConcurrentSkipListSet<>();

  private Format(boolean apply, Set<String> known) {
    this.apply = apply;
    this.known = known;
  }

  public static void main(String[] arguments) throws Exception {
    boolean apply = arguments[0].equals("apply");
    Path kept = Path.of(arguments[1]);
    Set<String> known = Files.exists(kept) ? Set.copyOf(Files.readAllLines(kept)) : Set.of();
    Format format = new Format(apply, known);
    // Nothing else is built meanwhile: on all cores.
    List<Path> different = sources().parallelStream().filter(format::isDifferent).toList();
    Files.write(kept, format.formatted);
    if (!apply && !different.isEmpty()) {
      System.err.println("not formatted (run: mvn -N validate -Dformat=apply):");
      different.forEach(System.err::println);
      System.exit(1);
    }
  }

  private boolean isDifferent(Path source) {
    try {
      String text = Files.readString(source);
      String digest = digest(text);
      String better = known.contains(digest) ? text : format(text);
      if (better.equals(text)) {
        formatted.add(digest);
        return false;
      }
      if (apply) {
        Files.writeString(source, better);
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(source.toString(), e);
    } catch (FormatterException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
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
