package io.lipc.queries;

import java.util.Locale;
import java.util.Optional;

/** The element types that are read, and with them what a query asks about. */
public enum NumberType {
  /** The network as a function of real numbers: all of VNN-LIB 1.0, and the type {@code real}. */
  REAL,
  /** The network as it is computed in IEEE 754 binary32. */
  FLOAT32,
  /** The network as it is computed in IEEE 754 binary64. */
  FLOAT64;

  /** The word of the standard, such as {@code float32}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of a word; {@code real} in any case, as tests of the standard write {@code Real}. */
  static Optional<NumberType> of(String word) {
    return switch (word) {
      case "float32" -> Optional.of(FLOAT32);
      case "float64" -> Optional.of(FLOAT64);
      default -> word.equalsIgnoreCase("real") ? Optional.of(REAL) : Optional.empty();
    };
  }
}
