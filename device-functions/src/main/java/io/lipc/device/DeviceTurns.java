package io.lipc.device;

/**
 * How far an angle in doubles is beyond whole turns, for {@link DeviceDoubleSine}: by whole numbers
 * that are never negative and never overflow, as in {@link DeviceSine}.
 *
 * <p>{@code size / (2 pi)} without its whole part (Payne and Hanek, 1983) takes 144 of the bits of
 * 1 / (2 pi), from a place on that the exponent of the size says. Each method below looks at one
 * bit of the exponent, scales the size, which is exact, and leaves out those words of 32 bits that
 * cannot matter, until there are four and a half.
 */
final class DeviceTurns {

  /** A turn, as {@link #of} has it. */
  static final long TURN = 1L << 62;

  private static final long WORD = 0xffffffffL;

  private DeviceTurns() {}

  /**
   * The turns that an angle of {@code size} is beyond whole ones, in parts of 2^-62, less than 1.5
   * of which are missing: see {@link #turns}.
   *
   * @param size from 1 to the largest double
   */
  static long of(double size) {
    long far = size < 0x1p512 ? 0 : WORD;
    return shortOf256(
        size < 0x1p512 ? size : size * 0x1p-512,
        pick(far, 0x00000000L, 0x08d7d4baL),
        pick(far, 0x0000028bL, 0xed1213a6L),
        pick(far, 0xe60db939L, 0x71c09ad1L),
        pick(far, 0x1054a7f0L, 0x7df904e6L),
        pick(far, 0x9d5f47d4L, 0x4758e60dL),
        pick(far, 0xd377036dL, 0x4ce7d272L),
        pick(far, 0x8a5664f1L, 0x117e2ef7L),
        pick(far, 0x0e4107f9L, 0xe4a0ec7fL),
        pick(far, 0x458eaf7aL, 0xe25fff78L),
        pick(far, 0xef1586dcL, 0x16603fbcL),
        pick(far, 0x91b8e909L, 0xbc462d68L),
        pick(far, 0x374b8019L, 0x29b47db4L),
        pick(far, 0x24bba827L, 0xd9fb3c9fL),
        pick(far, 0x464873f8L, 0x2c26dd3dL),
        pick(far, 0x77ac72c4L, 0x18fd9a79L),
        pick(far, 0xa69cfba2L, 0x7fa8b5d4L),
        pick(far, 0x08d7d4baL, 0x9eeb1fafL),
        pick(far, 0xed1213a6L, 0x97c5ecf4L),
        pick(far, 0x71c09ad1L, 0x1ce7de29L),
        pick(far, 0x7df904e6L, 0x4a4ba9afL));
  }

  /** The word that follows the mask: the first for none, the second for all bits. */
  private static long pick(long mask, long near, long far) {
    return near ^ (mask & (near ^ far));
  }

  private static long shortOf256(
      double size,
      long w0,
      long w1,
      long w2,
      long w3,
      long w4,
      long w5,
      long w6,
      long w7,
      long w8,
      long w9,
      long w10,
      long w11,
      long w12,
      long w13,
      long w14,
      long w15,
      long w16,
      long w17,
      long w18,
      long w19) {
    long far = size < 0x1p256 ? 0 : WORD;
    return shortOf128(
        size < 0x1p256 ? size : size * 0x1p-256,
        pick(far, w0, w8),
        pick(far, w1, w9),
        pick(far, w2, w10),
        pick(far, w3, w11),
        pick(far, w4, w12),
        pick(far, w5, w13),
        pick(far, w6, w14),
        pick(far, w7, w15),
        pick(far, w8, w16),
        pick(far, w9, w17),
        pick(far, w10, w18),
        pick(far, w11, w19));
  }

  private static long shortOf128(
      double size,
      long w0,
      long w1,
      long w2,
      long w3,
      long w4,
      long w5,
      long w6,
      long w7,
      long w8,
      long w9,
      long w10,
      long w11) {
    long far = size < 0x1p128 ? 0 : WORD;
    return shortOf64(
        size < 0x1p128 ? size : size * 0x1p-128,
        pick(far, w0, w4),
        pick(far, w1, w5),
        pick(far, w2, w6),
        pick(far, w3, w7),
        pick(far, w4, w8),
        pick(far, w5, w9),
        pick(far, w6, w10),
        pick(far, w7, w11));
  }

  private static long shortOf64(
      double size, long w0, long w1, long w2, long w3, long w4, long w5, long w6, long w7) {
    long far = size < 0x1p64 ? 0 : WORD;
    return shortOf32(
        size < 0x1p64 ? size : size * 0x1p-64,
        pick(far, w0, w2),
        pick(far, w1, w3),
        pick(far, w2, w4),
        pick(far, w3, w5),
        pick(far, w4, w6),
        pick(far, w5, w7));
  }

  private static long shortOf32(double size, long w0, long w1, long w2, long w3, long w4, long w5) {
    long far = size < 0x1p32 ? 0 : WORD;
    return shortOf16(
        size < 0x1p32 ? size : size * 0x1p-32,
        pick(far, w0, w1),
        pick(far, w1, w2),
        pick(far, w2, w3),
        pick(far, w3, w4),
        pick(far, w4, w5));
  }

  private static long shortOf16(double size, long w0, long w1, long w2, long w3, long w4) {
    long far = size < 0x1p16 ? 0 : WORD;
    return turns(
        size < 0x1p16 ? size : size * 0x1p-16,
        pick(far, w0, ((w0 << 16) & WORD) + (w1 >> 16)),
        pick(far, w1, ((w1 << 16) & WORD) + (w2 >> 16)),
        pick(far, w2, ((w2 << 16) & WORD) + (w3 >> 16)),
        pick(far, w3, ((w3 << 16) & WORD) + (w4 >> 16)),
        pick(far, w4 >> 16, w4 & 0xffffL));
  }

  /**
   * The product of {@code m = 2^52 d}, for {@code 1 <= d < 2^16}, with a number of 144 bits behind
   * the point, w0 to w3 and 16 bits of last, without its whole part, in parts of 2^-62. With {@code
   * m = 2^32 high + low}, each sum of two products with 16 of these bits is below 2^53, and what
   * the first two of high give is whole. Bits that are left out would add less than 2^36 2^-112 and
   * 2^32 2^-112, and what is shifted out is less than one part, as shifts of shifts leave out what
   * one would: less than 1.5 parts together.
   */
  private static long turns(double d, long w0, long w1, long w2, long w3, long last) {
    int whole = (int) d;
    double behind = (d - whole) * 0x1p26;
    int middle = (int) behind;
    long end = (int) ((behind - middle) * 0x1p26);
    long high = ((long) whole << 20) + (middle >> 6);
    long low = (((long) middle << 26) + end) & WORD;
    long p1 = high * (w1 >> 16) + low * (w0 >> 16);
    long p2 = high * (w1 & 0xffffL) + low * (w0 & 0xffffL);
    long p3 = high * (w2 >> 16) + low * (w1 >> 16);
    long p4 = high * (w2 & 0xffffL) + low * (w1 & 0xffffL);
    long p5 = high * (w3 >> 16) + low * (w2 >> 16);
    long p6 = high * (w3 & 0xffffL) + low * (w2 & 0xffffL);
    long p7 = high * last + low * (w3 >> 16);
    long first = (((p1 & 0xffffL) << 16) + p2) & WORD;
    long second = ((first << 16) + p3) & 0xffffffffffffL;
    long rest = p4 + ((p5 + ((p6 + (p7 >> 16)) >> 16)) >> 16);
    return ((second << 14) + (rest >> 2)) & (TURN - 1);
  }
}
