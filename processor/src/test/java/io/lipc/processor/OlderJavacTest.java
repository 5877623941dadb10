package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The javac beside the Java that Maven runs on, where that is older than the compiler of networks.
 */
final class OlderJavacTest {

  private static final Path JAVAC =
      Path.of(System.getProperty("lipc.java.of.maven"), "bin", "javac");

  @TempDir private Path work;

  private String run(List<String> command, int status) throws Exception {
    Path log = work.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(command::toString).isEqualTo(status);
    return Files.readString(log);
  }

  @Test
  void oneLineSaysWhichJavaIsNeeded() throws Exception {
    assumeThat(JAVAC).as("a javac beside the Java of Maven").isExecutable();
    String version = run(List.of(JAVAC.toString(), "-version"), 0);
    int feature = Integer.parseInt(version.strip().replaceFirst("javac (\\d+).*", "$1"));
    assumeThat(feature).as("the javac of Maven").isLessThan(25);
    Path source = Files.writeString(work.resolve("Net.java"), SOURCE);
    String classPath = System.getProperty("java.class.path");
    String processor = LipProcessor.class.getName();
    String printed =
        run(
            List.of(
                JAVAC.toString(),
                "-processor",
                processor,
                "-cp",
                classPath,
                "-d",
                work.toString(),
                source.toString()),
            1);
    assertThat(printed)
        .contains(
            "error: lipc needs JDK 25 to compile networks, and this is javac of Java ",
            "; compile by JDK 25 with --release 17, and the classes run on Java 17; in Maven set"
                + " JAVA_HOME to a JDK 25, or add maven-toolchains-plugin")
        .doesNotContain("UnsupportedClassVersionError", "\tat ");
  }

  private static final String SOURCE =
      """
      import io.lipc.annotations.*;
      import io.lipc.annotations.activation.*;

      @CertifiedNetwork @Lipschitz(1)
      interface Net {
        @Input(2) float[] x();
        @Relu @Output float[] y(float[] x);
      }
      """;
}
