package io.lipc.compiler.foreign;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of some files of a zip archive: the first one, which stands at its start, and those of
 * the directory at its end. A broken archive has fewer; no file is unpacked.
 */
final class ZipNames {

  private static final int FIRST = 0x04034b50;
  private static final int LISTED = 0x02014b50;

  /** The directory of a larger archive is read in part. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int MOST_NAMES = 10_000;

  private ZipNames() {}

  static List<String> of(byte[] archive) {
    ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    List<String> names = new ArrayList<>();
    add(bytes, 0, FIRST, 26, 30, names);
    for (int at = Math.max(0, archive.length - MOST_BYTES); at < archive.length; at++) {
      if (archive[at] == 'P' && names.size() < MOST_NAMES) {
        add(bytes, at, LISTED, 28, 46, names);
      }
    }
    return names;
  }

  /** Two bytes at {@code length} count those of the name at {@code name}. */
  private static void add(
      ByteBuffer bytes, int at, int signature, int length, int name, List<String> names) {
    if (bytes.limit() - at < name || bytes.getInt(at) != signature) {
      return;
    }
    int size = Short.toUnsignedInt(bytes.getShort(at + length));
    if (bytes.limit() - at - name >= size) {
      names.add(StandardCharsets.UTF_8.decode(bytes.slice(at + name, size)).toString());
    }
  }
}
