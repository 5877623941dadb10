package io.lipc.model.check;

import io.lipc.model.Signature;
import java.util.Set;

/** The networks that a declaration can call. */
public interface Scope {

  /** Looks up what the declaration calls {@code name}. */
  Lookup lookup(String name);

  /** The names that would have been found, for suggestions. */
  Set<String> names();

  /** The answer of a look-up. */
  sealed interface Lookup {
    /** There is such a network. */
    record Found(Signature signature) implements Lookup {}

    /** There is one, and its own faults are reported where it stands. */
    record Faulty() implements Lookup {}

    /** There is one, and its certificate cannot be read; the reason is a clause for a message. */
    record Unreadable(String reason) implements Lookup {}

    /** There is none. */
    record Unknown() implements Lookup {}
  }

  /** A scope without networks. */
  static Scope empty() {
    return new Scope() {
      @Override
      public Lookup lookup(String name) {
        return new Lookup.Unknown();
      }

      @Override
      public Set<String> names() {
        return Set.of();
      }
    };
  }
}
