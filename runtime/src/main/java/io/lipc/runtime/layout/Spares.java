package io.lipc.runtime.layout;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Arrays to work in, which are dear to make: whoever needs some for a while takes them and gives
 * them back. They are not thread-locals, because workers of the common pool forget theirs whenever
 * they have nothing to do, and a virtual thread would make them for a single call.
 *
 * <p>A thread looks first where it gave back, so it mostly finds what its core has in the cache.
 *
 * @param <T> what is spare
 */
public final class Spares<T> {

  /**
   * The most spare objects: more callers than processors may be under way; objects that are given
   * back beyond that are garbage.
   */
  private static final int PLACES = 4 * Runtime.getRuntime().availableProcessors();

  private final Supplier<T> maker;
  private final AtomicReferenceArray<T> places = new AtomicReferenceArray<>(PLACES);

  /** An empty store of spares; {@code maker} makes those that are missing. */
  public Spares(Supplier<T> maker) {
    this.maker = maker;
  }

  /** A spare that nobody else has, in whatever state. */
  public T take() {
    int first = first();
    for (int i = 0; i < PLACES; i++) {
      int place = (first + i) % PLACES;
      // To look costs less than to exchange, which takes the line from other cores.
      T found = places.getPlain(place) == null ? null : places.getAndSet(place, null);
      if (found != null) {
        return found;
      }
    }
    return maker.get();
  }

  /** Leaves {@code taken} to others; a caller that fails before that need not. */
  public void giveBack(T taken) {
    int first = first();
    for (int i = 0; i < PLACES; i++) {
      if (places.compareAndSet((first + i) % PLACES, null, taken)) {
        return;
      }
    }
  }

  /** Drops all spare objects. */
  public void clear() {
    for (int i = 0; i < PLACES; i++) {
      places.set(i, null);
    }
  }

  private static int first() {
    return (int) (Thread.currentThread().threadId() % PLACES);
  }
}
