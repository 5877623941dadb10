package io.lipc.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A file of weights that tries to be read in two ways, or in none, from the list {@code
 * hostile-weights.txt}, which says what its columns are. All that reads weights is given them.
 *
 * @param verdict what all readers have to say
 * @param what what is odd about it
 * @param content its bytes
 */
public record HostileWeights(Verdict verdict, String what, byte[] content) {

  /** The answer that a file has to get, beside {@link #CERTIFICATE}. */
  public enum Verdict {
    /** It is read, and the certificate is true of it. */
    READ,
    /** It is read, and the certificate is about other tensors. */
    OTHER,
    /** It is read as numbers that lipc rounds, and others do not. */
    UNLIKE,
    /** It is read by nobody. */
    REFUSED
  }

  /** The norm of the matrix [9/2, 0; 0, 9/2], the tensor w, is 9/2. */
  public static final String CERTIFICATE =
      """
      {
        "format": "lipc-certificate-1",
        "network": "test.Network",
        "kind": "numeric",
        "type": "f64",
        "declared": "0x1.2p2",
        "bound": "0x1.2p2",
        "method": "by hand",
        "units": [
          {"operation": "input", "size": 2},
          {"operation": "dense", "operand": 0, "inputs": 2, "size": 2, "weight": "w"}
        ],
        "tensors": [
          {"name": "w", "shape": [2, 2], "digest": "sha256:4ab722ae1b117c4ff25bcf3a9f4e69dc2ec0d28635bda956d86100b63200eefb"}
        ],
        "gains": [],
        "segmentations": [],
        "multipliers": [],
        "procedure": "exact elimination"
      }
      """;

  private static final String ENTRY =
      "\"w\": {\"dtype\": \"F64\", \"shape\": [2, 2], \"data_offsets\": [0, 32]}";

  /** The bytes of the numbers that letters of the list stand for. */
  private static final Map<Character, byte[]> DATA =
      Map.ofEntries(
          Map.entry('w', doubles(4.5, 0, 0, 4.5)),
          Map.entry('o', doubles(3354, 0, 0, 3354)),
          Map.entry('1', doubles(1)),
          Map.entry('n', doubles(Double.NaN)),
          Map.entry('i', doubles(Double.POSITIVE_INFINITY)),
          Map.entry('f', new byte[] {0, 0, (byte) 0x80, 0x3f}),
          Map.entry('N', new byte[] {0, 0, (byte) 0xc0, 0x7f}),
          Map.entry('h', new byte[] {0, 0x7c}),
          Map.entry('b', new byte[] {(byte) 0xc0, 0x7f}),
          Map.entry('k', new byte[] {(byte) 0x80, 0x3f}),
          Map.entry('x', new byte[] {'x'}));

  /** All files of the list. */
  public static List<HostileWeights> all() {
    try (InputStream list = HostileWeights.class.getResourceAsStream("/hostile-weights.txt")) {
      String text = new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.split(" \\| ", -1))
          .map(HostileWeights::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HostileWeights of(String[] columns) {
    byte[] header = header(columns[3].replace("@", ENTRY));
    long length = columns[2].equals("=") ? header.length : Long.parseLong(columns[2]);
    byte[] data = new byte[0];
    for (char letter : columns[4].toCharArray()) {
      data = joined(data, Objects.requireNonNull(DATA.get(letter)));
    }
    return new HostileWeights(
        Verdict.valueOf(columns[0].toUpperCase(Locale.ROOT)),
        columns[1],
        file(length, header, data));
  }

  /**
   * A safetensors file, as far as it is one.
   *
   * @param length what it says of its header
   */
  public static byte[] file(long length, byte[] header, byte[] data) {
    ByteBuffer first = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return joined(first.putLong(length).array(), joined(header, data));
  }

  /** Characters in UTF-8, and {@code %ooo} as the byte that it is. */
  private static byte[] header(String text) {
    byte[] all = new byte[0];
    for (int at = 0; at < text.length(); ) {
      int end = Math.max(at + 1, text.indexOf('%', at) < 0 ? text.length() : text.indexOf('%', at));
      boolean octal = text.charAt(at) == '%';
      end = octal ? at + 4 : end;
      String part = text.substring(at, end);
      byte[] one = {octal ? (byte) Integer.parseInt(part.substring(1), 8) : 0};
      all = joined(all, octal ? one : part.getBytes(StandardCharsets.UTF_8));
      at = end;
    }
    return all;
  }

  private static byte[] doubles(double... values) {
    ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asDoubleBuffer().put(values);
    return data.array();
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  @Override
  public String toString() {
    return what;
  }
}
