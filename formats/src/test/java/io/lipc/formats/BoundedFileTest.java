package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that never end, or never begin, are refused. */
final class BoundedFileTest {

  @TempDir private Path folder;

  @Test
  void aFileIsReadWholeUpToTheSizeAndNotBeyond() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
    assertThat(BoundedFile.read(file)).containsExactly(1, 2, 3);
    assertThat(BoundedFile.readRegular(file)).containsExactly(1, 2, 3);
    assertThat(BoundedFile.readRegular(file, 3)).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> BoundedFile.readRegular(file, 2))
        .isInstanceOf(IOException.class)
        .hasMessage("it has 3 bytes, and at most 2 are read");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(BoundedFile.readRegular(link)).containsExactly(1, 2, 3);
  }

  @Test
  void aSizeThatTheFileDoesNotStateCountsTheSame() throws IOException {
    byte[] three = {1, 2, 3};
    assertThat(BoundedFile.read(new ByteArrayInputStream(three), 3)).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> BoundedFile.read(new ByteArrayInputStream(three), 2))
        .isInstanceOf(IOException.class)
        .hasMessage("it has more than 2 bytes");
  }

  @Test
  void aHugeFileTakesNoMemory() throws IOException {
    Path file = folder.resolve("sparse");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertThatThrownBy(() -> BoundedFile.read(file)).hasMessageContaining("it has 1099511627776");
    assertThatThrownBy(() -> BoundedFile.readRegular(file)).hasMessageContaining("1073741824 are");
  }

  @Test
  void whatIsNoFileIsNotOpened() throws Exception {
    assertThatThrownBy(() -> BoundedFile.readRegular(folder))
        .hasMessage("it is not a regular file");
    assertThatThrownBy(() -> BoundedFile.readRegular(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    assumeTrue(File.separatorChar == '/', "no devices and no mkfifo here");
    Path endless = Files.createSymbolicLink(folder.resolve("endless"), Path.of("/dev/zero"));
    assertThatThrownBy(() -> BoundedFile.readRegular(endless))
        .hasMessage("it is not a regular file");
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> BoundedFile.readRegular(pipe))
                .hasMessage("it is not a regular file"));
  }
}
