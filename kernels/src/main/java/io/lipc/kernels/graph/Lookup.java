package io.lipc.kernels.graph;

import java.util.Map;

/** Reads maps that have to hold the key: anything else is a fault of this package's caller. */
public final class Lookup {

  private Lookup() {}

  /**
   * The value of {@code key}.
   *
   * @throws IllegalStateException if there is none
   */
  public static <K, V> V in(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("`" + key + "` is not among " + map.keySet());
    }
    return value;
  }
}
