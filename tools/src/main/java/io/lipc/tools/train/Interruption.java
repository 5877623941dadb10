package io.lipc.tools.train;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Prints what to do next when a user ends a run by Ctrl-C, or a signal asks for it. */
final class Interruption implements AutoCloseable {

  private final Thread message;

  private Interruption(Thread message) {
    this.message = message;
  }

  /**
   * Listens until it is closed.
   *
   * @param checkpoint the file that training goes on from
   * @param epochs between two checkpoints
   */
  static Interruption toldOn(PrintWriter err, Path checkpoint, int epochs) {
    return toldOn(err, () -> text(checkpoint, epochs));
  }

  /**
   * Listens until it is closed.
   *
   * @param text what to say then
   */
  static Interruption toldOn(PrintWriter err, Supplier<String> text) {
    Runnable telling =
        () -> {
          // On its own line, below the progress.
          err.println();
          err.println("lipc: " + text.get());
          err.flush();
        };
    Interruption interruption = new Interruption(new Thread(telling, "lipc-interruption"));
    Runtime.getRuntime().addShutdownHook(interruption.message);
    return interruption;
  }

  private static String text(Path checkpoint, int epochs) {
    return Files.exists(checkpoint)
        ? "interrupted; the same command goes on from %s, which is at most %s old"
            .formatted(checkpoint, epochs == 1 ? "an epoch" : epochs + " epochs")
        : "interrupted before anything was saved; the same command starts anew";
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(message);
    } catch (IllegalStateException _) {
      // The JVM is ending already, and the message is being told.
      return;
    }
  }
}
