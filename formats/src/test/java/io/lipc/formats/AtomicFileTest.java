package io.lipc.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are replaced as a whole. */
final class AtomicFileTest {

  @TempDir private Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void replacesAFileAndLeavesNothingElse() throws Exception {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, "first");
    AtomicFile.write(file, "second");
    assertThat(file).hasContent("second");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void aFileThatCannotBeReplacedIsAsItWas() throws Exception {
    Path taken = Files.createDirectories(folder.resolve("taken/inner")).getParent();
    assertThatThrownBy(() -> AtomicFile.write(taken, "x")).isInstanceOf(IOException.class);
    assertThat(taken.resolve("inner")).isDirectory();
    assertThat(names()).containsExactly("taken");
  }

  @Test
  void aMissingFolderIsNamed() {
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("no/a.txt"), "x"))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no folder " + folder.resolve("no"));
  }

  @Test
  void othersMayReadWhatTheirMaskLetsThem() throws Exception {
    Assumptions.assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("posix"), "no POSIX permissions");
    Path plain = Files.writeString(folder.resolve("plain"), "x");
    AtomicFile.write(folder.resolve("atomic"), "x");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("atomic"))))
        .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(plain)));
  }

  @Test
  void threadsThatWriteOneFileDoNotMixTheirBytes() throws Exception {
    Path file = folder.resolve("shared");
    List<String> contents =
        IntStream.range(0, 8).mapToObj(i -> String.valueOf(i).repeat(20_000 + i)).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Void>> writes =
          IntStream.range(0, 64)
              .mapToObj(
                  i ->
                      (Callable<Void>)
                          () -> {
                            AtomicFile.write(file, contents.get(i % 8));
                            assertThat(contents).contains(Files.readString(file));
                            return null;
                          })
              .toList();
      for (Future<Void> write : threads.invokeAll(writes)) {
        write.get();
      }
    }
    assertThat(names()).containsExactly("shared");
  }
}
