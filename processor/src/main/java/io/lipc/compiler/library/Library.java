package io.lipc.compiler.library;

import java.util.Optional;

/** The networks of other modules, by the certificates that their jars carry. */
public interface Library {

  /** Looks up a network by its qualified name. */
  Result find(String network);

  /** The answer of a look-up. */
  sealed interface Result {
    /** A network that was read whole; the user of its certificate checks it again. */
    record Found(Callee callee) implements Result {}

    /** A network that cannot be read; the reason is a clause for a message. */
    record Unreadable(String reason) implements Result {}

    /** No such network. */
    record Unknown() implements Result {}
  }

  /** A library without networks. */
  static Library empty() {
    return _ -> new Result.Unknown();
  }

  /** The callee that a result holds. */
  static Optional<Callee> callee(Result result) {
    return switch (result) {
      case Result.Found found -> Optional.of(found.callee());
      case Result.Unreadable _, Result.Unknown _ -> Optional.empty();
    };
  }
}
