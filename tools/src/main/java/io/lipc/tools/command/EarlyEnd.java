package io.lipc.tools.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a search early on Ctrl-C, or when a signal asks for it: the command prints what it has found
 * by then, and the process ends with its exit code. It is for commands whose search ends soon after
 * its deadline.
 */
public final class EarlyEnd implements AutoCloseable {

  /** A command that does not answer by then is ended without an answer. */
  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch answered = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "lipc-early-end");
  private volatile boolean asked;
  private volatile int code = ExitCode.NOT_PROVED;

  private EarlyEnd() {}

  /** Listens until it is closed. */
  public static EarlyEnd listening() {
    EarlyEnd end = new EarlyEnd();
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  /** Whether the search has to end. */
  public boolean isAsked() {
    return asked;
  }

  /** The exit code of the command, whose answer is printed and flushed. */
  public void answered(int exitCode) {
    code = exitCode;
  }

  /** The JVM would end with a code of its own. */
  private void end() {
    asked = true;
    try {
      if (answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The JVM is ending already, and waits for the answer.
      answered.countDown();
    }
  }
}
