import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/** A text of {@link HostileTexts}, and the shapes of the tensors that its file of weights has. */
record HostileText(String name, String text, Map<String, int[]> tensors) {

  /** Writes the weights that the text names, if it names any. */
  void write(Path file) throws IOException {
    if (tensors.isEmpty()) {
      return;
    }
    StringBuilder header = new StringBuilder("{");
    long at = 0;
    for (var tensor : tensors.entrySet()) {
      long size = 1;
      StringBuilder shape = new StringBuilder();
      for (int extent : tensor.getValue()) {
        size *= extent;
        shape.append(shape.isEmpty() ? "" : ",").append(extent);
      }
      header.append(header.length() == 1 ? "" : ",");
      header.append(
          String.format(
              "\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}",
              tensor.getKey(), shape, at, at + 4 * size));
      at += 4 * size;
    }
    byte[] head = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(head.length).array());
      out.write(head);
      Random random = new Random(1);
      for (int[] shape : tensors.values()) {
        out.write(numbers(shape, random));
      }
    }
  }

  private static byte[] numbers(int[] shape, Random random) {
    int size = 1;
    for (int extent : shape) {
      size *= extent;
    }
    double scale = shape.length > 1 ? 1 / Math.sqrt((double) size / shape[0]) : 0.1;
    ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      bytes.putFloat((float) (scale * (2 * random.nextFloat() - 1)));
    }
    return bytes.array();
  }
}
