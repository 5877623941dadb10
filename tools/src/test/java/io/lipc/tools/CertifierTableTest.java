package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** {@code benchmarks/CertifierTable.java}, run as docs/benchmarks.md says, on its short cases. */
final class CertifierTableTest {

  @Test
  void published_bounds_of_the_digits_networks_are_met_to_eight_digits() throws Exception {
    Path data = Path.of(System.getProperty("lipc.shared"), "data");
    Assumptions.assumeTrue(
        Files.isDirectory(data.resolve("nets/glipsdp_digits")), "no folder shared/data/nets");
    List<String> cases =
        Stream.of("fnn2", "fnn3")
            .flatMap(kind -> IntStream.range(0, 5).mapToObj(s -> "digits_" + kind + "_seed" + s))
            .toList();
    List<String> lines = run(data, cases);
    assertThat(lines.getFirst()).isEqualTo("0");
    assertThat(lines.subList(3, lines.size())).hasSize(cases.size());
    for (String line : lines.subList(3, lines.size())) {
      String[] cells = line.split("\\|", -1);
      assertThat(Math.abs(Double.parseDouble(cells[4]))).as(line).isLessThan(5e-9);
      assertThat(Double.parseDouble(cells[5])).as(line).isBetween(0.0, 1e-7);
    }
  }

  /** The exit code, then what was printed. */
  private static List<String> run(Path data, List<String> cases) throws Exception {
    Path root = Path.of(System.getProperty("lipc.root"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(root.resolve("benchmarks/CertifierTable.java").toString());
    command.add(data.toString());
    command.add("--once");
    command.addAll(cases);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    lines.add(String.valueOf(process.waitFor()));
    lines.addAll(printed.lines().toList());
    return lines;
  }
}
