package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.Lipc;
import io.lipc.tools.Trained;
import io.lipc.tools.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc train --tune} as a user runs it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TuneCommandTest {

  private Trained files;

  @BeforeAll
  void train(@TempDir Path folder) throws IOException {
    files = new Trained(folder);
  }

  @AfterEach
  void remove() throws IOException {
    for (String suffix : List.of("", ".checkpoint", ".trials.csv")) {
      Files.deleteIfExists(files.path("out.safetensors" + suffix));
    }
  }

  private List<String> command(String data, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.add(files.path("net.lip").toString());
    arguments.add(files.path(data).toString());
    arguments.addAll(List.of("--label-column=3", "--epochs=8", "--tune"));
    arguments.add("--out=" + files.path("out.safetensors"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private int tune(String data, String... more) {
    return files.run(command(data, more).toArray(String[]::new));
  }

  private Path trials() {
    return files.path("out.safetensors.trials.csv");
  }

  @Test
  void theCommandThatIsPrintedRepeatsWhatWasChosen() throws Exception {
    assertThat(tune("data.csv")).as(files.err).isZero();
    assertThat(files.out)
        .startsWith(
            "tuned:    24 pairs of temperature and offset on parts of 48 training rows; the score is"
                + " the mean of accuracy and certified accuracy at 0.1, 0.25, 0.5 on the rows held"
                + " out\n")
        .containsOnlyOnce("  chosen")
        .contains("without a search", "trials:   " + trials(), "(certificate checked)");
    assertThat(Files.readAllLines(trials())).hasSize(1 + 24 + 18);
    byte[] chosen = Files.readAllBytes(files.path("out.safetensors"));
    String repeat =
        files.out.lines().filter(line -> line.startsWith("repeat:")).findFirst().orElseThrow();
    assertThat(repeat).matches("repeat:   lipc train .* --temperature \\d+ --offset [\\d.]+");
    String row =
        files.out.lines().filter(line -> line.contains("  chosen")).findFirst().orElseThrow();
    assertThat(repeat.split(" "))
        .endsWith(
            "--temperature", row.strip().split(" +")[0], "--offset", row.strip().split(" +")[1]);
    Files.delete(files.path("out.safetensors"));
    assertThat(files.run(repeat.substring("repeat:   lipc ".length()).split(" "))).isZero();
    assertThat(files.path("out.safetensors")).hasBinaryContent(chosen);
  }

  /** All trials are the same for two tables that differ in their test rows alone. */
  @Test
  void testRowsHaveNoPartInTheSearch() throws Exception {
    assertThat(tune("data.csv", "--test-every=5", "--loss-tau=1.2")).as(files.err).isZero();
    String first = Files.readString(trials());
    List<String> rows = Files.readAllLines(files.path("data.csv"));
    for (int row = 0; row < rows.size(); row += 5) {
      rows.set(row, "-3.5,3.25," + (row % 2 == 0 ? "down" : "up"));
    }
    Files.write(files.path("other.csv"), rows);
    assertThat(tune("other.csv", "--test-every=5", "--loss-tau=1.2")).as(files.err).isZero();
    assertThat(Files.readString(trials())).isEqualTo(first);
    Files.delete(trials());
    assertThat(tune("other.csv", "--test-every=5", "--loss-tau=1.2")).as(files.err).isZero();
    assertThat(Files.readAllLines(trials()))
        .containsExactlyInAnyOrderElementsOf(first.lines().toList());
    assertThat(tune("other.csv", "--test-every=4", "--loss-tau=1.2"))
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err).contains("trials.csv belongs to another search: ");
  }

  @Test
  void anInterruptedSearchEndsInTheSameWeights() throws Exception {
    assertThat(tune("data.csv", "--temperature=4")).as(files.err).isZero();
    byte[] whole = Files.readAllBytes(files.path("out.safetensors"));
    List<String> rows = Files.readAllLines(trials());
    assertThat(rows).hasSize(1 + 4 + 12);
    Files.write(trials(), rows.subList(0, 7));
    assertThat(tune("data.csv", "--temperature=4")).as(files.err).isZero();
    assertThat(files.path("out.safetensors")).hasBinaryContent(whole);
    assertThat(Files.readAllLines(trials())).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void whoeverEndsASearchIsToldThatTheSameCommandGoesOn() throws Exception {
    Path log = files.path("log.txt");
    List<String> java =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Lipc.class.getName()));
    java.addAll(command("data.csv", "--temperature=4", "--patience=1000000"));
    java.set(java.indexOf("--epochs=8"), "--epochs=20000");
    Process process =
        new ProcessBuilder(java).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      for (int i = 0; i < 1200 && process.isAlive() && rows() < 2; i++) {
        Thread.sleep(50);
      }
      assertThat(rows()).as(Files.readString(log)).isGreaterThanOrEqualTo(2);
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(log))
        .containsPattern(
            "lipc: interrupted; the same command goes on with the trials so far, \\d+ trials in "
                + trials());
    assertThat(files.path("out.safetensors")).doesNotExist();
  }

  private int rows() throws IOException {
    return Files.exists(trials()) ? Files.readAllLines(trials()).size() : 0;
  }

  private void assertRefused(String message, String... more) {
    assertThat(tune("data.csv", more)).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(files.err).contains("lipc: " + message + "\n").doesNotContain("\tat ");
    assertThat(files.path("out.safetensors")).doesNotExist();
  }

  @Test
  void searchesOfNothingAreRefused() {
    assertRefused(
        "--tune has nothing to choose: --temperature and --offset are given; leave one of them out,"
            + " or both",
        "--temperature=4",
        "--offset=0.1");
    files.run(
        "train",
        files.path("net.lip").toString(),
        files.path("data.csv").toString(),
        "--target-column=1,2",
        "--tune",
        "--out=" + files.path("out.safetensors"));
    assertThat(files.err)
        .contains(
            "lipc: --tune is about the loss of classes; numbers (--target-column) are trained by"
                + " their mean squared error\n");
  }

  @Test
  void searchesInWhichAllTrialsFailAreRefused() {
    assertRefused(
        "training failed with each of the 6 pairs of temperature and offset; "
            + trials()
            + " has them",
        "--offset=1e6",
        "--loss-tau=0");
    assertThat(files.err)
        .containsPattern("lipc: warning: --temperature 32 --offset 1000000: .* is Infinity");
  }
}
