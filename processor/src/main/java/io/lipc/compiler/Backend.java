package io.lipc.compiler;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What classes are generated for. */
public enum Backend {
  /** {@code XxxNetwork}, which needs nothing but the JVM; always generated. */
  JVM,
  /** {@code XxxTornado}, task graphs for TornadoVM. */
  TORNADO;

  /** What the option {@code -Alipc.backends} calls it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All words, in order. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Backend::word).toList();
  }

  /** The backend that the option calls {@code word}. */
  public static Optional<Backend> named(String word) {
    return Arrays.stream(values()).filter(backend -> backend.word().equals(word)).findFirst();
  }
}
