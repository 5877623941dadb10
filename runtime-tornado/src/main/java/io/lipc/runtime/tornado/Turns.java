package io.lipc.runtime.tornado;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The turns that callers take on one device, on a thread of its own: a device works on one batch at
 * a time, and TornadoVM opens a command queue for each plan and each thread that executes it, which
 * nothing closes but that same thread.
 */
final class Turns {

  private static final Map<Integer, Turns> OF_DEVICES = new ConcurrentHashMap<>();

  /** One for all devices: TornadoVM's compiler is not meant for several threads. */
  private static final ReentrantLock COMPILER = new ReentrantLock();

  private final ExecutorService thread;

  private Turns(int device) {
    thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("lipc device " + device).factory());
  }

  /** Those of a device, whatever networks are on it. */
  static Turns on(Device.Accelerator device) {
    return OF_DEVICES.computeIfAbsent(device.index(), Turns::new);
  }

  /**
   * Waits for the device, then for the work. It is not interrupted: the device would go on to write
   * into arrays of the caller.
   */
  long take(LongSupplier work) {
    return make(work::getAsLong);
  }

  /** As {@link #take}, for work that gives something else than a time. */
  <T> T make(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, thread).join();
    } catch (CompletionException e) {
      throw rethrown(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  /** Within a turn: what compiles, one device after the other. */
  static <T> T compiling(Supplier<T> work) {
    COMPILER.lock();
    try {
      return work.get();
    } finally {
      COMPILER.unlock();
    }
  }

  /** Errors of devices with the place of the caller, which the other thread does not know. */
  private static RuntimeException rethrown(Throwable failure) {
    return switch (failure) {
      case DeviceException e -> new DeviceException(e);
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(failure);
    };
  }
}
