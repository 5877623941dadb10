package io.lipc.certifier;

import io.lipc.certificate.function.Elementwise;
import java.util.List;

/**
 * The operations that evaluate a network.
 *
 * @param <T> the numbers
 */
interface Arithmetic<T> {

  T of(double value);

  T add(T a, T b);

  T times(T a, double factor);

  T max(T a, T b);

  T apply(Elementwise function, T a);

  /** Of the whole vector, T the temperature. */
  List<T> softmax(List<T> logits, double temperature);

  default T min(T a, T b) {
    return times(max(times(a, -1), times(b, -1)), -1);
  }
}
