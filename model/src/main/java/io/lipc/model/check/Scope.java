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
    /** A network that was found. */
    record Found(Signature signature) implements Lookup {}

    /** A network with faults of its own, which are reported at its place. */
    record Faulty() implements Lookup {}

    /** A network whose certificate cannot be read; the reason is a clause for a message. */
    record Unreadable(String reason) implements Lookup {}

    /** No such network. */
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
