package io.lipc.examples.shirts;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes files as those of the data set, with few images. */
final class DataFolder {

  private final Path folder;

  DataFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Images whose pixel i has the value {@code (image + i) % 256}; the class is the number of it.
   */
  void writePart(String word, int images) throws IOException {
    byte[] pixels = new byte[images * 784];
    byte[] labels = new byte[images];
    for (int image = 0; image < images; image++) {
      labels[image] = (byte) (image % 10);
      for (int i = 0; i < 784; i++) {
        pixels[image * 784 + i] = (byte) (image + i);
      }
    }
    write(word + "-images-idx3-ubyte.gz", 0x0803, new int[] {images, 28, 28}, pixels);
    write(word + "-labels-idx1-ubyte.gz", 0x0801, new int[] {images}, labels);
  }

  /** A file of the format idx, whatever its numbers say. */
  void write(String name, int kind, int[] extents, byte[] elements) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataOutputStream data = new DataOutputStream(new GZIPOutputStream(file))) {
      data.writeInt(kind);
      for (int extent : extents) {
        data.writeInt(extent);
      }
      data.write(elements);
    }
    Files.write(folder.resolve(name), file.toByteArray());
  }
}
