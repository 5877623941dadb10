package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchmarks/UciTable.java}, run as docs/benchmarks.md says, on small sets. */
final class UciTableTest {

  private static final int ROWS = 40;

  @TempDir private Path folder;

  @Test
  void each_contender_has_a_line_with_a_proved_bound_and_each_failure_one_of_its_own()
      throws Exception {
    writeSet("blobs", 1);
    writeSet("huge", 4e307);
    List<String> lines = run("--epochs=40", "blobs", "huge");
    assertThat(lines.getFirst()).isEqualTo("1");
    assertThat(lines.get(3)).startsWith("| blobs | LDLT-L, 2 x 32 |").contains("| 1.0 |");
    assertThat(lines.get(4)).startsWith("| blobs | LDLT-R, 2 x 32 |").contains("| 1.0 |");
    assertThat(lines.get(5)).startsWith("| blobs | SLL, 2 x ").contains("| 1.0 |");
    assertThat(lines.get(6)).startsWith("| blobs | plain, 2 x 32 |");
    for (String line : lines.subList(3, 7)) {
      double accuracy = Double.parseDouble(line.split("\\|", -1)[4].split("±", -1)[0]);
      assertThat(accuracy).as(line).isGreaterThan(80);
    }
    assertThat(lines.subList(7, lines.size()))
        .allMatch(line -> line.startsWith("| huge | "))
        .anyMatch(line -> line.contains(" | fold 1 FAILED: ") && line.contains("loss is"));
  }

  /** Two classes three apart, standard deviation a half; a single fold, all times {@code scale}. */
  private void writeSet(String name, double scale) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<String> rows = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int label = row % 2;
      double x = scale * (1.5 * (2 * label - 1) + 0.5 * random.nextGaussian());
      double y = scale * 0.5 * random.nextGaussian();
      rows.add(x + "," + y + "," + label);
      marks.add(row < ROWS / 4 ? "1" : "0");
    }
    Files.write(folder.resolve(name + ".csv"), rows);
    Files.write(folder.resolve(name + ".test-folds.csv"), marks);
  }

  /** The exit code, then what was printed. */
  private List<String> run(String... arguments) throws Exception {
    Path root = Path.of(System.getProperty("lipc.root"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(root.resolve("benchmarks/UciTable.java").toString());
    command.add(folder.toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    lines.add(String.valueOf(process.waitFor()));
    lines.addAll(printed.lines().toList());
    return lines;
  }
}
