package io.lipc.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files whole that others have named or left: what never ends, such as a link to {@code
 * /dev/zero} or a file that grows, is refused at a size, and takes no more memory than that.
 *
 * <p>A file that a user names may be a pipe, as in {@code <(unzip -p app.jar w.safetensors)}. One
 * that a program finds for itself, beside another file or in a folder, has to be a regular file:
 * opening a pipe waits for a writer, which may never come. Links to regular files are followed;
 * where a link may lead is for the caller to decide.
 */
public final class BoundedFile {

  /** The largest size that is read where the caller names no other: 1 GiB. */
  public static final int MAX_BYTES = 1 << 30;

  private BoundedFile() {}

  /**
   * The content of a file that a user has named, of at most {@link #MAX_BYTES}.
   *
   * @throws IOException if it cannot be read, or is larger
   */
  public static byte[] read(Path file) throws IOException {
    checkSize(Files.readAttributes(file, BasicFileAttributes.class).size(), MAX_BYTES);
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, MAX_BYTES);
    }
  }

  /**
   * The content of a regular file, of at most {@link #MAX_BYTES}.
   *
   * @throws IOException if it is none, cannot be read, or is larger
   */
  public static byte[] readRegular(Path file) throws IOException {
    return readRegular(file, MAX_BYTES);
  }

  /**
   * The content of a regular file, of at most {@code most} bytes.
   *
   * @throws IOException if it is none, cannot be read, or is larger; {@link
   *     java.nio.file.NoSuchFileException} if there is nothing, or a link to nothing
   */
  public static byte[] readRegular(Path file, int most) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    if (!found.isRegularFile()) {
      throw new IOException("it is not a regular file");
    }
    checkSize(found.size(), most);
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, most);
    }
  }

  /**
   * All that a stream gives; the caller closes it.
   *
   * @throws IOException if that is more than {@code most} bytes
   */
  public static byte[] read(InputStream stream, int most) throws IOException {
    byte[] content = stream.readNBytes(most);
    if (stream.read() >= 0) {
      throw new IOException("it has more than " + most + " bytes");
    }
    return content;
  }

  /** Before memory is taken for what will be refused. */
  private static void checkSize(long size, int most) throws IOException {
    if (size > most) {
      throw new IOException("it has " + size + " bytes, and at most " + most + " are read");
    }
  }
}
