package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The module {@code unroller} writes all unrolled code, and says each loop once. */
final class NothingUnrolledByHandTest {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));

  /** The number of a name, such as {@code c12}, or of a sum in an index, such as {@code k + 12}. */
  private static final Pattern NUMBER = Pattern.compile("(?<=[A-Za-z])\\d+|(?<=\\+ )\\d+");

  @Test
  void noThreeLinesOfHandWrittenCodeDifferByNumbersAlone() throws IOException {
    assertThat(unrolled(ROOT.resolve("runtime/src/main/java"))).isEmpty();
  }

  /** So the test would notice one. */
  @Test
  void generatedCodeHasManyOfThem() throws IOException {
    assertThat(unrolled(ROOT.resolve("runtime/target/generated-sources/unrolled")))
        .anySatisfy(line -> assertThat(line).startsWith("LargeTiles.java: "))
        .anySatisfy(line -> assertThat(line).startsWith("ScalarLoops.java: "));
  }

  /** Each line that stands, but for its numbers, three times in a row. */
  private static List<String> unrolled(Path sources) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        List<String> lines = Files.readAllLines(file).stream().map(String::strip).toList();
        for (int i = 2; i < lines.size(); i++) {
          String shape = shape(lines.get(i));
          if (!shape.equals(lines.get(i))
              && shape.equals(shape(lines.get(i - 1)))
              && shape.equals(shape(lines.get(i - 2)))) {
            found.add(file.getFileName() + ": " + lines.get(i));
          }
        }
      }
    }
    return found;
  }

  private static String shape(String line) {
    return NUMBER.matcher(line).replaceAll("#");
  }
}
