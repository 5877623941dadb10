package io.lipc.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes samples at random; equal seeds give equal mutants. What it changes are bytes; {@link
 * Tokens}, {@link Headers} and {@link Messages} change what a format is made of.
 */
final class Mutator {

  /** A mutant never grows beyond this: it is to be odd, not long. */
  static final int MAX_LENGTH = 1 << 17;

  private static final long[] INTEGERS = {
    0,
    1,
    -1,
    2,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    1 << 24,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    0x100000000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x7ff0000000000000L,
    0x7ff8000000000000L,
    0x7fc000007f800000L
  };

  private final SplittableRandom random;

  Mutator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True once in {@code times}. */
  boolean once(int times) {
    return random.nextInt(times) == 0;
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** How many edits to make: mostly one, and hardly ever many. */
  int edits() {
    int edits = 1;
    while (edits < 8 && once(3)) {
      edits++;
    }
    return edits;
  }

  long integer() {
    long some = INTEGERS[random.nextInt(INTEGERS.length)];
    return once(4) ? some + random.nextInt(-2, 3) : some;
  }

  /** A few edits of single bytes, of numbers of four or eight bytes, and of stretches. */
  byte[] bytes(byte[] sample, byte[] other) {
    byte[] mutant = sample;
    for (int edits = edits(); edits > 0; edits--) {
      mutant = edit(mutant, other);
    }
    return mutant;
  }

  private byte[] edit(byte[] bytes, byte[] other) {
    if (bytes.length == 0) {
      return other;
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(8)) {
      case 0 -> replaced(bytes, at, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
      case 1 -> replaced(bytes, at, new byte[] {(byte) random.nextInt(256)});
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> replaced(bytes, at, number());
      case 4 -> joined(bytes, at, new byte[0], Math.min(bytes.length, at + length()));
      case 5 -> joined(bytes, at, stretch(other), at);
      case 6 -> replaced(bytes, at, stretch(other));
      default -> joined(bytes, at, stretch(bytes), at);
    };
  }

  private byte[] number() {
    boolean isShort = random.nextBoolean();
    byte[] number = new byte[isShort ? Integer.BYTES : Long.BYTES];
    long value = integer();
    for (int i = 0; i < number.length; i++) {
      number[i] = (byte) (value >>> 8 * i);
    }
    return number;
  }

  private int length() {
    return 1 + random.nextInt(once(4) ? 200 : 8);
  }

  private byte[] stretch(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    int from = random.nextInt(bytes.length);
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length()));
  }

  private static byte[] replaced(byte[] bytes, int at, byte[] with) {
    byte[] mutant = bytes.clone();
    System.arraycopy(with, 0, mutant, at, Math.min(with.length, bytes.length - at));
    return mutant;
  }

  /** The bytes before {@code to}, then {@code middle}, then those from {@code from} on. */
  static byte[] joined(byte[] bytes, int to, byte[] middle, int from) {
    int length = to + middle.length + bytes.length - from;
    if (length > MAX_LENGTH) {
      return bytes;
    }
    byte[] joined = Arrays.copyOf(bytes, length);
    System.arraycopy(middle, 0, joined, to, middle.length);
    System.arraycopy(bytes, from, joined, to + middle.length, bytes.length - from);
    return joined;
  }
}
