import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Matrices of numpy's {@code .npz} archives: little-endian floats. */
final class Npz {

  private static final Pattern HEADER =
      Pattern.compile(
          ".*'descr': '<f([48])'.*'fortran_order': (True|False).*'shape': \\((\\d+), (\\d+)\\).*");

  private Npz() {}

  static double[][] matrix(Path archive, String name) throws IOException {
    byte[] bytes;
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      ZipEntry entry = zip.getEntry(name + ".npy");
      if (entry == null) {
        throw new IOException("no array " + name + " in " + archive);
      }
      bytes = zip.getInputStream(entry).readAllBytes();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    // Six bytes of magic, two of the version; version 1 has the header's length in two bytes.
    int length = Short.toUnsignedInt(buffer.getShort(8));
    String header = new String(bytes, 10, length, StandardCharsets.ISO_8859_1).strip();
    Matcher found = HEADER.matcher(header);
    if (!found.matches()) {
      throw new IOException(name + " in " + archive + " is " + header);
    }
    boolean single = found.group(1).equals("4");
    boolean byColumns = found.group(2).equals("True");
    int rows = Integer.parseInt(found.group(3));
    int columns = Integer.parseInt(found.group(4));
    double[][] matrix = new double[rows][columns];
    buffer.position(10 + length);
    for (int k = 0; k < rows * columns; k++) {
      int i = byColumns ? k % rows : k / columns;
      int j = byColumns ? k / rows : k % columns;
      matrix[i][j] = single ? buffer.getFloat() : buffer.getDouble();
    }
    return matrix;
  }
}
