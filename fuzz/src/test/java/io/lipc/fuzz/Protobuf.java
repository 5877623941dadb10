package io.lipc.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Changes messages of Protocol Buffers field by field, at any depth: the lengths around a change
 * are set right, so that what is odd is what the message says.
 */
final class Protobuf {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private Protobuf() {}

  /** A field: its tag, and its value without a length. */
  private record Field(long tag, byte[] value) {
    int type() {
      return (int) tag & 7;
    }
  }

  static byte[] mutate(byte[] sample, byte[] other, Mutator mutator) {
    if (mutator.once(5)) {
      return mutator.bytes(sample, other);
    }
    byte[] mutant = sample;
    for (int edits = mutator.edits(); edits > 0; edits--) {
      byte[] edited = message(mutant, other, mutator);
      mutant = edited.length > Mutator.MAX_LENGTH ? mutant : edited;
    }
    return mutant;
  }

  private static byte[] message(byte[] message, byte[] other, Mutator mutator) {
    Optional<List<Field>> read = fields(message);
    if (read.isEmpty() || read.get().isEmpty()) {
      return mutator.bytes(message, other);
    }
    List<Field> fields = new ArrayList<>(read.get());
    int at = mutator.below(fields.size());
    Field field = fields.get(at);
    switch (mutator.below(12)) {
      case 0 -> fields.remove(at);
      case 1 -> fields.add(mutator.below(fields.size() + 1), field);
      case 2 -> Collections.swap(fields, at, mutator.below(fields.size()));
      case 3 -> fields.set(at, new Field(field.tag() ^ 8L << mutator.below(4), field.value()));
      case 4 -> fields.add(at, fields(other).map(mutator::one).orElse(field));
      case 5 -> fields.addAll(Collections.nCopies(1 + mutator.below(300), field));
      default -> fields.set(at, new Field(field.tag(), value(field, other, mutator)));
    }
    return bytes(fields);
  }

  private static byte[] value(Field field, byte[] other, Mutator mutator) {
    return switch (field.type()) {
      case VARINT -> varint(mutator.integer());
      case BYTES -> message(field.value(), other, mutator);
      default -> mutator.bytes(field.value(), field.value());
    };
  }

  private static byte[] bytes(List<Field> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Field field : fields) {
      out.writeBytes(varint(field.tag()));
      if (field.type() == BYTES) {
        out.writeBytes(varint(field.value().length));
      }
      out.writeBytes(field.value());
    }
    return out.toByteArray();
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
    return out.toByteArray();
  }

  /** The fields, if the bytes are a message to their end: of a text they hardly ever are. */
  private static Optional<List<Field>> fields(byte[] message) {
    List<Field> fields = new ArrayList<>();
    int at = 0;
    while (at < message.length) {
      int tagEnd = endOfVarint(message, at);
      long tag = number(message, at, tagEnd);
      int begin = tagEnd;
      long end =
          switch ((int) tag & 7) {
            case VARINT -> endOfVarint(message, tagEnd);
            case FIXED64 -> tagEnd + Long.BYTES;
            case FIXED32 -> tagEnd + Integer.BYTES;
            case BYTES -> {
              begin = endOfVarint(message, tagEnd);
              yield begin + number(message, tagEnd, begin);
            }
            default -> -1;
          };
      if (tag < 8 || end < begin || end > message.length) {
        return Optional.empty();
      }
      fields.add(new Field(tag, Arrays.copyOfRange(message, begin, (int) end)));
      at = (int) end;
    }
    return Optional.of(fields);
  }

  private static int endOfVarint(byte[] message, int from) {
    int end = from;
    while (end < message.length && message[end] < 0) {
      end++;
    }
    return end + 1;
  }

  private static long number(byte[] message, int from, int to) {
    long number = 0;
    for (int i = Math.min(to, message.length) - 1; i >= from; i--) {
      number = number << 7 | message[i] & 0x7f;
    }
    return number;
  }
}
