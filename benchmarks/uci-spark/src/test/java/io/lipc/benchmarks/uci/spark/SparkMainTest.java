package io.lipc.benchmarks.uci.spark;

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

/** Spark's rows beside those of the same command without it, on the Java that runs Maven. */
final class SparkMainTest {

  private static final int ROWS = 40;
  private static final List<String> TIMES = List.of("training_s", "proof_s");

  @TempDir private Path folder;

  @Test
  void rows_are_those_of_threads_and_are_not_made_again() throws Exception {
    write();
    Path sparks = folder.resolve("spark.csv");
    Path threads = folder.resolve("threads.csv");
    run("io.lipc.benchmarks.uci.spark.SparkMain", sparks);
    run("io.lipc.benchmarks.uci.Main", threads);
    assertThat(withoutTimes(sparks))
        .hasSize(4)
        .containsExactlyInAnyOrderElementsOf(withoutTimes(threads));
    String before = Files.readString(sparks);
    assertThat(run("io.lipc.benchmarks.uci.spark.SparkMain", sparks)).doesNotContain("1 of");
    assertThat(Files.readString(sparks)).isEqualTo(before);
  }

  private void write() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<String> rows = new ArrayList<>();
    List<String> marks = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int label = row % 2;
      double x = 1.5 * (2 * label - 1) + 0.5 * random.nextGaussian();
      rows.add(x + "," + random.nextGaussian() + "," + label);
      marks.add(row < ROWS / 4 ? "1" : "0");
    }
    Files.write(folder.resolve("blobs.csv"), rows);
    Files.write(folder.resolve("blobs.test-folds.csv"), marks);
  }

  private String run(String program, Path rows) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("lipc.java.of.maven"), "bin", "java").toString());
    command.add(
        "@" + Path.of(System.getProperty("lipc.root"), "benchmarks/uci-spark/java-options"));
    command.addAll(
        List.of("-Xmx1g", "-cp", System.getProperty("java.class.path"), program, rows.toString()));
    command.addAll(List.of("--data", folder.toString(), "--folds=1", "--depths=2"));
    command.addAll(List.of("--settings=paper", "--constructions=plain,sll,ldlt-l,ldlt-r"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s", printed).isZero();
    return printed;
  }

  private static List<List<String>> withoutTimes(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> columns = List.of(lines.getFirst().split(",", -1));
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> fields = List.of(line.split(",", -1));
      List<String> kept = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        if (!TIMES.contains(columns.get(i))) {
          kept.add(fields.get(i));
        }
      }
      rows.add(kept);
    }
    return rows;
  }
}
