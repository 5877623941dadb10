package io.lipc.onnx.graph;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The files of the folder that a model is in, of which a model may name some for the numbers of its
 * tensors ({@code external_data}).
 */
@FunctionalInterface
public interface SiblingFiles {

  /**
   * The content of a file, or its first {@code most + 1} bytes if it has more than {@code most}.
   *
   * @param location its path from the model's folder, with {@code /} between folders; never empty,
   *     absolute, or one that climbs
   * @throws IOException if there is no such file, it cannot be read, or a link leads out of the
   *     folder; the message says so as a clause about it
   */
  byte[] read(String location, int most) throws IOException;

  /** The files beside a model that has no folder: none. */
  static SiblingFiles none() {
    return (_, _) -> {
      throw new IOException("the model is read without its folder");
    };
  }

  /** The files of a folder, and of the folders in it. */
  static SiblingFiles of(Path folder) {
    return (location, most) -> read(folder, location, most);
  }

  private static byte[] read(Path folder, String location, int most) throws IOException {
    Path real;
    try {
      real = folder.resolve(location).toRealPath();
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file beside the model", e);
    } catch (InvalidPathException e) {
      throw new IOException("no file of this system can be called so", e);
    }
    if (!real.startsWith(folder.toRealPath())) {
      throw new IOException("it is a link that leaves the folder of the model");
    }
    if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is not a regular file");
    }
    try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(most + 1);
    }
  }
}
