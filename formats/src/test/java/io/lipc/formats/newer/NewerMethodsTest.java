package io.lipc.formats.newer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Held against the methods whose place they take; tests are not written for Java 17. */
final class NewerMethodsTest {

  private static final int[] EDGES = {
    Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -7, -1, 0, 1, 7, 1 << 30, Integer.MAX_VALUE
  };

  private final SplittableRandom random = new SplittableRandom(17);

  /** Of all sizes, and edges often. */
  private int number() {
    return random.nextInt(4) == 0
        ? EDGES[random.nextInt(EDGES.length)]
        : random.nextInt() >> random.nextInt(32);
  }

  private long longNumber() {
    return random.nextInt(4) == 0
        ? List.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE).get(random.nextInt(5))
        : random.nextLong() >> random.nextInt(64);
  }

  @Test
  void quotientsAreRoundedUp() {
    for (int trial = 0; trial < 100_000; trial++) {
      int x = number();
      int y = number();
      if (y == 0) {
        assertThatThrownBy(() -> NewerMethods.ceilDiv(x, y))
            .isInstanceOf(ArithmeticException.class);
      } else {
        assertThat(NewerMethods.ceilDiv(x, y)).isEqualTo(Math.ceilDiv(x, y));
      }
    }
  }

  @Test
  void longQuotientsAreRoundedUp() {
    for (int trial = 0; trial < 100_000; trial++) {
      long x = longNumber();
      long y = longNumber();
      if (y == 0) {
        assertThatThrownBy(() -> NewerMethods.ceilDiv(x, y))
            .isInstanceOf(ArithmeticException.class);
      } else {
        assertThat(NewerMethods.ceilDiv(x, y)).isEqualTo(Math.ceilDiv(x, y));
      }
    }
  }

  @Test
  void doublesAreClamped() {
    double[] values = {
      Double.NEGATIVE_INFINITY, -1.5, -0.0, 0.0, 1, 2.5, Double.POSITIVE_INFINITY, Double.NaN
    };
    for (double value : values) {
      for (double min : values) {
        for (double max : values) {
          if (Double.isNaN(min) || Double.isNaN(max) || Double.compare(min, max) > 0) {
            assertThatThrownBy(() -> Math.clamp(value, min, max))
                .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> NewerMethods.clamp(value, min, max))
                .isInstanceOf(IllegalArgumentException.class);
          } else {
            assertThat(Double.doubleToRawLongBits(NewerMethods.clamp(value, min, max)))
                .as("%s in [%s, %s]", value, min, max)
                .isEqualTo(Double.doubleToRawLongBits(Math.clamp(value, min, max)));
          }
        }
      }
    }
  }

  @Test
  void numbersAreClamped() {
    for (int trial = 0; trial < 100_000; trial++) {
      long value = (long) number() << random.nextInt(32);
      int min = number();
      int max = number();
      if (min > max) {
        assertThatThrownBy(() -> NewerMethods.clamp(value, min, max))
            .isInstanceOf(IllegalArgumentException.class);
      } else {
        assertThat(NewerMethods.clamp(value, min, max)).isEqualTo(Math.clamp(value, min, max));
      }
    }
  }

  @Test
  void endsOfLists() {
    List<String> list = List.of("a", "b", "c");
    assertThat(NewerMethods.getFirst(list)).isEqualTo(list.getFirst());
    assertThat(NewerMethods.getLast(list)).isEqualTo(list.getLast());
    assertThatThrownBy(() -> NewerMethods.getFirst(List.of()))
        .isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> NewerMethods.getLast(List.of()))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void listsGrowInFrontAndShrinkAtTheEnd() {
    List<String> list = new ArrayList<>(List.of("b", "c"));
    NewerMethods.addFirst(list, "a");
    assertThat(list).containsExactly("a", "b", "c");
    assertThat(NewerMethods.reversed(list)).isEqualTo(list.reversed());
    assertThat(NewerMethods.removeLast(list)).isEqualTo("c");
    assertThat(list).containsExactly("a", "b");
    assertThatThrownBy(() -> NewerMethods.removeLast(new ArrayList<>()))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void charactersAreRepeated() {
    for (int codePoint : new int[] {' ', 0x1f600}) {
      for (int count : new int[] {0, 1, 5}) {
        assertThat(NewerMethods.repeat(new StringBuilder("x"), codePoint, count).toString())
            .isEqualTo(new StringBuilder("x").repeat(codePoint, count).toString());
      }
    }
    assertThatThrownBy(() -> NewerMethods.repeat(new StringBuilder(), ' ', -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void allNumbersOfTwoBytes() {
    for (int bits = Short.MIN_VALUE; bits <= Short.MAX_VALUE; bits++) {
      assertThat(Float.floatToIntBits(NewerMethods.float16ToFloat((short) bits)))
          .isEqualTo(Float.floatToIntBits(Float.float16ToFloat((short) bits)));
    }
  }

  @Test
  void threadsKeepTheirNumber() {
    Thread thread = Thread.currentThread();
    assertThat(NewerMethods.threadId(thread)).isEqualTo(thread.threadId());
  }
}
