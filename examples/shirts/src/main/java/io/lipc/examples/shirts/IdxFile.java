package io.lipc.examples.shirts;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An array of unsigned bytes in the format idx, compressed by gzip: two zeros, the type of the
 * elements, the number of extents; the extents, as big-endian numbers of four bytes; the elements,
 * the last extent fastest.
 *
 * @param file where it was read
 * @param extents each at least 1
 * @param bytes the elements, nothing else
 */
record IdxFile(Path file, List<Integer> extents, ByteBuffer bytes) {

  private static final int UNSIGNED_BYTES = 0x08;

  IdxFile {
    extents = List.copyOf(extents);
    bytes = bytes.asReadOnlyBuffer();
  }

  /**
   * Reads a file.
   *
   * @param rank how many extents it has to have
   * @throws NoSuchFileException if it does not exist
   * @throws IOException with a message for people, if it cannot be read or is something else
   */
  static IdxFile read(Path file, int rank) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(decompressed(file));
    int header = Integer.BYTES * (1 + rank);
    int kind = content.remaining() < header ? 0 : content.getInt();
    if (kind != (UNSIGNED_BYTES << 8 | rank)) {
      throw new IOException(
          "%s is not an idx file of unsigned bytes with %d extents".formatted(file, rank));
    }
    List<Integer> extents = new ArrayList<>();
    long size = 1;
    for (int i = 0; i < rank; i++) {
      int extent = content.getInt();
      extents.add(extent);
      // No product overflows before the comparison below has ended the loop.
      size = extent < 1 || size > content.limit() ? -1 : size * extent;
    }
    if (size != content.remaining()) {
      throw new IOException(
          "%s announces elements of extents %s, but holds %d bytes of them"
              .formatted(file, extents, content.remaining()));
    }
    return new IdxFile(file, extents, content.slice());
  }

  private static byte[] decompressed(Path file) throws IOException {
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(compressed(file)))) {
      return stream.readAllBytes();
    } catch (ZipException | EOFException e) {
      throw new IOException(file + " is not a whole file of gzip: " + e.getMessage(), e);
    }
  }

  private static byte[] compressed(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** An element as a number from 0 to 255. */
  int unsigned(int index) {
    return Byte.toUnsignedInt(bytes.get(index));
  }
}
