package io.lipc.training.autodiff;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Independent work, on the calling thread and, where that pays, those of the common pool. */
public final class Parallel {

  /** Multiplications that take about as long as it takes to wake a thread. */
  private static final long MANY = 1 << 17;

  private static final ThreadLocal<Boolean> ALONE = ThreadLocal.withInitial(() -> false);

  private Parallel() {}

  /** A mode of its thread until it is closed: maps stay on that thread, or may again use others. */
  public static final class Mode implements AutoCloseable {
    private final boolean before = ALONE.get();

    private Mode(boolean alone) {
      ALONE.set(alone);
    }

    @Override
    public void close() {
      ALONE.set(before);
    }
  }

  /** Whether what this thread maps is shared with others from now on, where that pays. */
  public static Mode shared(boolean shared) {
    return new Mode(!shared);
  }

  /**
   * The values of a function, in the order of the elements.
   *
   * @param multiplications of one evaluation, roughly
   * @throws RuntimeException what one of the evaluations threw; if several did, any of them
   */
  public static <T, R> List<R> map(
      List<T> elements, ToLongFunction<T> multiplications, Function<T, R> function) {
    if (ALONE.get()) {
      return elements.stream().map(function).toList();
    }
    long large =
        elements.stream().filter(element -> multiplications.applyAsLong(element) >= MANY).count();
    Stream<T> stream = large > 1 ? elements.parallelStream() : elements.stream();
    return stream.map(function).toList();
  }

  /**
   * Does something with each element, as {@link #map}.
   *
   * @param multiplications for one of them, roughly
   */
  public static <T> void forEach(List<T> elements, long multiplications, Consumer<T> action) {
    boolean pays = elements.size() > 1 && multiplications >= MANY && !ALONE.get();
    (pays ? elements.parallelStream() : elements.stream()).forEach(action);
  }
}
