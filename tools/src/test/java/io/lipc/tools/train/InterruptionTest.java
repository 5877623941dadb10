package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.tools.Lipc;
import io.lipc.tools.Trained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training in a process of its own, which is asked to end. */
final class InterruptionTest {

  @Test
  void whoever_ends_training_is_told_that_the_same_command_goes_on(@TempDir Path folder)
      throws Exception {
    Trained files = new Trained(folder);
    Path checkpoint = folder.resolve("out.safetensors.checkpoint");
    Path log = folder.resolve("log.txt");
    Process process = start(files, log);
    try {
      for (int i = 0; i < 600 && process.isAlive() && Files.notExists(checkpoint); i++) {
        Thread.sleep(100);
      }
      assertThat(checkpoint).as(Files.readString(log)).exists();
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(log))
        .contains(
            "lipc: interrupted; the same command goes on from " + checkpoint,
            ", which is at most 7 epochs old");
    assertThat(folder.resolve("out.safetensors")).doesNotExist();
  }

  private static Process start(Trained files, Path log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Lipc.class.getName(),
            "train",
            files.path("net.lip").toString(),
            files.path("data.csv").toString(),
            "--label-column=3",
            "--epochs=1000000",
            "--patience=1000000",
            "--checkpoint-every=7",
            "--out=" + files.path("out.safetensors"))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
