package io.lipc.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files so that readers see either the old or the whole new content, never a part. */
public final class AtomicFile {

  private AtomicFile() {}

  /**
   * Writes {@code text} in UTF-8 to a file, as {@link #write(Path, byte[])} does.
   *
   * @throws IOException if the folder does not exist, or something cannot be written; then {@code
   *     file} is as it was
   */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file beside {@code file} and then puts it in its place.
   *
   * @throws IOException if the folder does not exist, or something cannot be written; then {@code
   *     file} is as it was
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " names no file");
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no folder " + folder);
    }
    // Not createTempFile: its files are private to their owner, and so would be what they become.
    Path temporary = folder.resolve(temporaryName(file));
    try {
      writeThrough(temporary, content);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** A name that no other thread or process uses, as they may write the same file. */
  private static String temporaryName(Path file) {
    return ".%s.%d-%d.part"
        .formatted(
            file.getFileName(), ProcessHandle.current().pid(), Thread.currentThread().threadId());
  }

  /** Without the last step, a power cut may leave the new name with no content. */
  private static void writeThrough(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
