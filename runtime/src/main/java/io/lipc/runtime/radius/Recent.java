package io.lipc.runtime.radius;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Keeps the values that were asked for last, by number. Threads that ask for the same number wait
 * for one of them to make the value; others do not wait.
 */
final class Recent<V> {

  /** A value, once it is made. */
  private final class Slot {
    private Optional<V> value = Optional.empty();

    synchronized V get(int number) {
      if (value.isEmpty()) {
        value = Optional.of(make.apply(number));
      }
      return value.get();
    }
  }

  private final IntFunction<V> make;
  private final Map<Integer, Slot> slots;

  /**
   * Keeps nothing yet.
   *
   * @param most values that are kept; positive
   * @param make gives the value of a number, the same each time
   */
  Recent(long most, IntFunction<V> make) {
    this.make = make;
    this.slots =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Integer, Slot> eldest) {
            return size() > most;
          }
        };
  }

  V get(int number) {
    Slot slot;
    synchronized (slots) {
      slot = slots.computeIfAbsent(number, _ -> new Slot());
    }
    return slot.get(number);
  }
}
