package io.lipc.training.linalg;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * Work for the thread that waits for it and those of the common pool. Futures say what depends on
 * what, so results are the same on any number of threads.
 */
public final class Tasks {

  /** Multiplications that take about as long as it takes to wake a thread. */
  private static final long MANY = 1 << 17;

  private final Queue<Runnable> open = new ConcurrentLinkedQueue<>();

  /** No tasks yet. */
  public Tasks() {}

  /**
   * All threads for work that may be worth it, else the thread that has what the work needs.
   *
   * @param multiplications that the work takes, roughly
   */
  public Executor executor(long multiplications) {
    return multiplications < MANY ? Runnable::run : this::share;
  }

  private void share(Runnable task) {
    open.add(task);
    ForkJoinPool.commonPool().execute(this::runNext);
  }

  private boolean runNext() {
    Runnable next = open.poll();
    if (next != null) {
      next.run();
    }
    return next != null;
  }

  /**
   * Waits for a result, and meanwhile works on tasks that no other thread has begun.
   *
   * @throws RuntimeException what the future failed with, as it was thrown
   */
  public <T> T join(CompletableFuture<T> future) {
    while (!future.isDone() && runNext()) {
      // One task less.
    }
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
