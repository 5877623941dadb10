package io.lipc.benchmarks;

import java.util.List;
import java.util.Locale;

/** The settings of lipc's kernels whose first call is timed. */
enum Variant {
  SCALAR,
  VECTOR,
  AUTO;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The module is there for all but the first, as it is for users. */
  List<String> jvmArguments() {
    String property = "-Dlipc.kernels=" + label();
    return this == SCALAR
        ? List.of(property)
        : List.of("--add-modules=jdk.incubator.vector", property);
  }
}
