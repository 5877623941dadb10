package io.lipc.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Changes safetensors: the text of the header with its length set right, the length alone, or the
 * elements; and sometimes any bytes.
 */
final class Headers {

  private static final Tokens JSON =
      new Tokens(
          Tokens.DECIMALS,
          List.of(
              "{",
              "}",
              "[",
              "]",
              ",",
              ":",
              "\"",
              "\\u0000",
              "\\ud800",
              "null",
              "true",
              "\"F64\"",
              "\"F32\"",
              "\"BF16\"",
              "\"I64\"",
              "\"shape\": [0]",
              "[0, 4294967296]",
              "[0, 0]",
              "[2147483647, 0]",
              "[2147483647, 2147483647, 2147483647]",
              "\"__metadata__\": {}",
              "\"__metadata__\": {\"a\": \"b\"},",
              "\"lipc.certificate\"",
              "\u001b[31m",
              "\u00e9",
              "\n",
              "\\n",
              "\\u202e"));

  private Headers() {}

  static byte[] mutate(byte[] sample, byte[] other, Mutator mutator) {
    if (!isFile(sample) || mutator.once(4)) {
      return mutator.bytes(sample, other);
    }
    int begin = Long.BYTES + (int) little(sample).getLong(0);
    byte[] header = Arrays.copyOfRange(sample, Long.BYTES, begin);
    byte[] data = Arrays.copyOfRange(sample, begin, sample.length);
    if (mutator.once(4)) {
      data = mutator.bytes(data, other);
    } else {
      header = changed(header, mutator);
    }
    long stated = mutator.once(16) ? mutator.integer() : header.length;
    return joined(stated, header, data);
  }

  /** Whether the bytes begin with the length of a header that they hold. */
  static boolean isFile(byte[] sample) {
    int length = sample.length < Long.BYTES ? 0 : (int) little(sample).getLong(0);
    return length > 0 && length <= sample.length - Long.BYTES;
  }

  /** The file with another header, whose length is set right. */
  static byte[] changed(byte[] sample, UnaryOperator<String> change) {
    int begin = Long.BYTES + (int) little(sample).getLong(0);
    String header = new String(sample, Long.BYTES, begin - Long.BYTES, StandardCharsets.UTF_8);
    byte[] changed = change.apply(header).getBytes(StandardCharsets.UTF_8);
    return joined(changed.length, changed, Arrays.copyOfRange(sample, begin, sample.length));
  }

  private static byte[] changed(byte[] header, Mutator mutator) {
    String text = new String(header, StandardCharsets.UTF_8);
    return JSON.mutate(text, text, mutator).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(long stated, byte[] header, byte[] data) {
    byte[] file = new byte[Long.BYTES + header.length + data.length];
    little(file).putLong(stated).put(header).put(data);
    return file;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
