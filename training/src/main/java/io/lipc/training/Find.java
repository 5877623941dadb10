package io.lipc.training;

import io.lipc.formats.Quoted;
import java.util.Map;

/** Reads maps that have to hold the key: anything else is a fault of this package. */
final class Find {

  private Find() {}

  static <K, V> V in(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException(
          Quoted.code(String.valueOf(key)) + " is not among " + map.keySet());
    }
    return value;
  }
}
