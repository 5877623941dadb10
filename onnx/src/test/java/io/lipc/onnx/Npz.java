package io.lipc.onnx;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The arrays of a file that NumPy wrote, by name, in row-major order. */
final class Npz {

  /** The bytes before the header: a magic number, a version and the header's length. */
  private static final int PREFIX = 10;

  private Npz() {}

  static Map<String, double[]> read(byte[] file) throws IOException {
    Map<String, double[]> arrays = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName().replace(".npy", ""), array(zip.readAllBytes()));
      }
    }
    return arrays;
  }

  private static double[] array(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = buffer.getShort(PREFIX - Short.BYTES);
    String header = new String(bytes, PREFIX, length, StandardCharsets.US_ASCII);
    boolean single = header.contains("'<f4'");
    if (!single && !header.contains("'<f8'") || !header.contains("'fortran_order': False")) {
      throw new IllegalArgumentException(header);
    }
    buffer.position(PREFIX + length);
    double[] values = new double[buffer.remaining() / (single ? Float.BYTES : Double.BYTES)];
    Arrays.setAll(values, _ -> single ? buffer.getFloat() : buffer.getDouble());
    return values;
  }
}
