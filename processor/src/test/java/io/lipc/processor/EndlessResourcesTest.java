package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anything may stand where javac looks for the certificate of a called network. */
final class EndlessResourcesTest {

  private static final String CALLER =
      """
      package demo;
      import io.lipc.annotations.*;
      @CertifiedNetwork(dsl = \"""
          import other.Gate;
          network Caller(x: real[2]) -> real[2] {
              certify lipschitz <= 1;
              return x |> Gate;
          }\""")
      interface Caller {}
      """;

  @TempDir private Path work;

  private void assertNotFound(Javac javac) throws Exception {
    Path source = Files.writeString(work.resolve("Caller.java"), CALLER);
    Javac.Result result =
        assertTimeoutPreemptively(Duration.ofSeconds(90), () -> javac.compile(List.of(source)));
    assertThat(result.success()).isFalse();
    assertThat(result.output()).contains("Gate").doesNotContain("internal-fault");
  }

  @Test
  void aLinkToAnEndlessFileAndAPipeAreNoCertificates() throws Exception {
    assumeTrue(File.separatorChar == '/', "no devices and no mkfifo here");
    String certificate = "META-INF/lipc/other.Gate.json";
    Path endless = work.resolve("endless/classes").resolve(certificate);
    Files.createDirectories(endless.getParent());
    Files.createSymbolicLink(endless, Path.of("/dev/zero"));
    assertNotFound(new Javac(work.resolve("endless")));
    Path pipe = work.resolve("pipe/classes").resolve(certificate);
    Files.createDirectories(pipe.getParent());
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertNotFound(new Javac(work.resolve("pipe")));
    assertNotFound(new Javac(work.resolve("elsewhere")).classPath(work.resolve("endless/classes")));
  }
}
