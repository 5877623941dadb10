package io.lipc.compiler.reading;

import io.lipc.model.diagnostic.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The result of a phase: a value, or findings that end the run.
 *
 * @param <T> what the phase gives
 */
public sealed interface Phase<T> {

  /** The phase gave its value. */
  record Done<T>(T value) implements Phase<T> {}

  /** The phase found faults. */
  record Failed<T>(List<Finding> findings) implements Phase<T> {
    public Failed {
      findings = List.copyOf(findings);
    }
  }

  static <T> Phase<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Phase<T> failed(Finding finding) {
    return new Failed<>(List.of(finding));
  }

  static <T> Phase<T> failed(List<Finding> findings) {
    return new Failed<>(findings);
  }

  /** A value that is there, or the findings that explain its absence. */
  static <T> Phase<T> of(Optional<T> value, List<Finding> findings) {
    return value.<Phase<T>>map(Done::new).orElseGet(() -> new Failed<>(findings));
  }

  /** The value, if there is one. */
  default Optional<T> result() {
    return switch (this) {
      case Done<T> done -> Optional.of(done.value());
      case Failed<T> _ -> Optional.empty();
    };
  }

  /** The next phase, if this one gave a value. */
  default <R> Phase<R> then(Function<T, Phase<R>> next) {
    return switch (this) {
      case Done<T> done -> next.apply(done.value());
      case Failed<T> failed -> new Failed<>(failed.findings());
    };
  }
}
