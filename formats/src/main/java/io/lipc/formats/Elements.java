package io.lipc.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.stream.IntStream;

/**
 * The numbers of a tensor in its own format: as many bytes as in a file, and no more.
 *
 * <p>{@link Floats} and {@link Doubles} are the same code for two primitive types, for which Java
 * has no generics: a change to one belongs in the other. No other object holds their arrays.
 */
sealed interface Elements {

  /** How many elements a thread copies and checks at a time: they stay in its cache meanwhile. */
  int PIECE = 1 << 16;

  /** The largest length of an array that every virtual machine gives. */
  int MAX_SIZE = Integer.MAX_VALUE - 8;

  /** The number of elements. */
  int size();

  /** Element {@code index}. */
  double get(int index);

  /** Copies elements {@code from, from + 1, ...}, until {@code into} is full. */
  void copy(int from, double[] into);

  /** The same, each rounded to the nearest float. */
  void copy(int from, float[] into);

  /** Appends {@code count} elements from {@code from} on, in little-endian order. */
  void write(int from, int count, ByteBuffer target);

  /** Elements that are numbers of the format. */
  static Elements of(ElementType type, double[] values) {
    return switch (type) {
      case F32 -> new Floats(narrow(values));
      case F64 -> new Doubles(values.clone());
    };
  }

  /**
   * Copied elements.
   *
   * @param notFinite the least index of a NaN or an infinity; as many as there are, if none
   */
  record Copy(Elements elements, int notFinite) {}

  /**
   * Copies elements from a file, which may change at any time: whatever is decided about them is
   * decided about the copy.
   *
   * @param bytes in which they stand in little-endian order, not aligned
   * @param begin where they begin
   * @param size how many they are
   * @throws IOException if they cannot be read
   */
  static Copy copyOf(StoredType type, FileBytes bytes, long begin, int size) throws IOException {
    try {
      return switch (type.readAs()) {
        case F32 -> {
          float[] values = new float[size];
          IntStream bad =
              pieces(size)
                  .map(
                      from ->
                          Floats.take(type, piece(type, bytes, begin, from, size), from, values));
          yield new Copy(new Floats(values), bad.min().orElse(size));
        }
        case F64 -> {
          double[] values = new double[size];
          IntStream bad =
              pieces(size)
                  .map(from -> Doubles.take(piece(type, bytes, begin, from, size), from, values));
          yield new Copy(new Doubles(values), bad.min().orElse(size));
        }
      };
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The bytes of a piece, in a buffer of their own: nothing is decided about those of the file. */
  private static ByteBuffer piece(
      StoredType type, FileBytes bytes, long begin, int from, int size) {
    int count = Math.min(PIECE, size - from);
    ByteBuffer piece = ByteBuffer.allocate(count * type.bytes());
    try {
      bytes.read(position(type, begin, from), piece);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return piece.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The position of element {@code from}, beyond 2^31 in large tensors. */
  static long position(StoredType type, long begin, int from) {
    return begin + (long) from * type.bytes();
  }

  /** The beginnings of pieces; on the common pool where there are several. */
  private static IntStream pieces(int size) {
    IntStream pieces = IntStream.range(0, Math.ceilDiv(size, PIECE)).map(piece -> piece * PIECE);
    return size > PIECE ? pieces.parallel() : pieces;
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  /** Elements of {@link ElementType#F32}. */
  final class Floats implements Elements {

    private final float[] values;

    private Floats(float[] values) {
      this.values = values;
    }

    /** Takes over a piece; gives the least index of a NaN or an infinity in it, or the size. */
    private static int take(StoredType type, ByteBuffer piece, int from, float[] values) {
      int to = from + piece.remaining() / type.bytes();
      if (type.bytes() == Float.BYTES) {
        piece.asFloatBuffer().get(values, from, to - from);
      } else {
        widen(type, piece.asShortBuffer(), from, values);
      }
      for (int i = from; i < to; i++) {
        // Written so that NaN counts.
        if (!(Math.abs(values[i]) <= Float.MAX_VALUE)) {
          return i;
        }
      }
      return values.length;
    }

    private static void widen(StoredType type, ShortBuffer halves, int from, float[] values) {
      for (int i = 0; halves.hasRemaining(); i++) {
        short bits = halves.get();
        values[from + i] =
            type == StoredType.F16
                ? Float.float16ToFloat(bits)
                : Float.intBitsToFloat(Short.toUnsignedInt(bits) << Short.SIZE);
      }
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public double get(int index) {
      return values[index];
    }

    @Override
    public void copy(int from, double[] into) {
      for (int i = 0; i < into.length; i++) {
        into[i] = values[from + i];
      }
    }

    @Override
    public void copy(int from, float[] into) {
      System.arraycopy(values, from, into, 0, into.length);
    }

    @Override
    public void write(int from, int count, ByteBuffer target) {
      target.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values, from, count);
      target.position(target.position() + count * Float.BYTES);
    }
  }

  /** Elements of {@link ElementType#F64}. */
  final class Doubles implements Elements {

    private final double[] values;

    private Doubles(double[] values) {
      this.values = values;
    }

    /** Takes over a piece; gives the least index of a NaN or an infinity in it, or the size. */
    private static int take(ByteBuffer piece, int from, double[] values) {
      int to = from + piece.remaining() / Double.BYTES;
      piece.asDoubleBuffer().get(values, from, to - from);
      for (int i = from; i < to; i++) {
        // Written so that NaN counts.
        if (!(Math.abs(values[i]) <= Double.MAX_VALUE)) {
          return i;
        }
      }
      return values.length;
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public double get(int index) {
      return values[index];
    }

    @Override
    public void copy(int from, double[] into) {
      System.arraycopy(values, from, into, 0, into.length);
    }

    @Override
    public void copy(int from, float[] into) {
      for (int i = 0; i < into.length; i++) {
        into[i] = (float) values[from + i];
      }
    }

    @Override
    public void write(int from, int count, ByteBuffer target) {
      target.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values, from, count);
      target.position(target.position() + count * Double.BYTES);
    }
  }
}
