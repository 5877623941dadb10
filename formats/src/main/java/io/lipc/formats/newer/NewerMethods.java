package io.lipc.formats.newer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Methods of Java 18 to 21, for Java 17: the build writes calls of those as calls of these (ADR
 * 31). Each does what the method of its name is documented to do, for the arguments that are passed
 * here: no other code calls them.
 */
public final class NewerMethods {

  private NewerMethods() {}

  /** {@code List.getFirst()}. */
  public static <E> E getFirst(List<E> list) {
    if (list.isEmpty()) {
      throw new NoSuchElementException();
    }
    return list.get(0);
  }

  /** {@code List.getLast()}. */
  public static <E> E getLast(List<E> list) {
    if (list.isEmpty()) {
      throw new NoSuchElementException();
    }
    return list.get(list.size() - 1);
  }

  /** {@code List.addFirst(Object)}. */
  public static <E> void addFirst(List<E> list, E element) {
    list.add(0, element);
  }

  /** {@code List.removeLast()}. */
  public static <E> E removeLast(List<E> list) {
    if (list.isEmpty()) {
      throw new NoSuchElementException();
    }
    return list.remove(list.size() - 1);
  }

  /** {@code List.reversed()}, but a copy: the list does not change while it is read. */
  public static <E> List<E> reversed(List<E> list) {
    List<E> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }

  /** {@code StringBuilder.repeat(int, int)}. */
  public static StringBuilder repeat(StringBuilder text, int codePoint, int count) {
    return text.append(Character.toString(codePoint).repeat(count));
  }

  /** {@code Math.ceilDiv(int, int)}. */
  public static int ceilDiv(int x, int y) {
    int quotient = x / y;
    boolean positive = (x ^ y) >= 0;
    return positive && quotient * y != x ? quotient + 1 : quotient;
  }

  /** {@code Math.ceilDiv(long, long)}. */
  public static long ceilDiv(long x, long y) {
    long quotient = x / y;
    boolean positive = (x ^ y) >= 0;
    return positive && quotient * y != x ? quotient + 1 : quotient;
  }

  /** {@code Math.clamp(double, double, double)}. */
  public static double clamp(double value, double min, double max) {
    // A minimum that is none is above every other number.
    if (Double.isNaN(max) || Double.compare(min, max) > 0) {
      throw new IllegalArgumentException(min + " > " + max);
    }
    return Math.min(max, Math.max(value, min));
  }

  /** {@code Math.clamp(long, int, int)}. */
  public static int clamp(long value, int min, int max) {
    if (min > max) {
      throw new IllegalArgumentException(min + " > " + max);
    }
    return (int) Math.min(max, Math.max(value, min));
  }

  /** {@code Float.float16ToFloat(short)}, but for the payload of a NaN. */
  public static float float16ToFloat(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float size =
        exponent == 0x1f
            ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
            : exponent == 0
                ? fraction * 0x1p-24f
                : Math.scalb((float) (0x400 + fraction), exponent - 25);
    return bits < 0 ? -size : size;
  }

  /** {@code Thread.threadId()}. */
  @SuppressWarnings("deprecation") // Not in Java 17, and there it is no other number.
  public static long threadId(Thread thread) {
    return thread.getId();
  }
}
