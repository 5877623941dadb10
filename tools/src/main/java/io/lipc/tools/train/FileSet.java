package io.lipc.tools.train;

import io.lipc.formats.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files that belong together. All of them are on the disk before the first one is put in its place,
 * so a full disk leaves none of them; a run that is killed after that goes on from the checkpoint,
 * which is deleted last, and puts the same bytes into all of them.
 */
final class FileSet {

  private FileSet() {}

  /** The place of a file until all of them are there. */
  static Path staged(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".new");
  }

  /**
   * Writes all of them.
   *
   * @throws IOException if something cannot be written; then all are as they were, unless a file
   *     that is complete cannot be put in its place
   */
  static void write(Map<Path, byte[]> files) throws IOException {
    Map<Path, Path> staged = new LinkedHashMap<>();
    try {
      for (Map.Entry<Path, byte[]> file : files.entrySet()) {
        Path target = file.getKey();
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        Path whole = staged(target);
        staged.put(target, whole);
        AtomicFile.write(whole, file.getValue());
      }
      for (Map.Entry<Path, Path> file : staged.entrySet()) {
        Files.move(
            file.getValue(),
            file.getKey(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      for (Path whole : staged.values()) {
        Files.deleteIfExists(whole);
      }
    }
  }
}
