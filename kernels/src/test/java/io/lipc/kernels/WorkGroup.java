package io.lipc.kernels;

import com.sun.source.tree.Tree;
import io.lipc.formats.ElementType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The work items of one group, one after the other from barrier to barrier. It is stricter than a
 * device: all items have to come to the same barriers, and between two barriers no element of local
 * memory that one item writes may be read or written by another.
 */
final class WorkGroup {

  private final int group;
  private final Thread[] threads;
  private final Semaphore[] turns;
  private final @Nullable Tree[] barriers;
  private final Semaphore back = new Semaphore(0);
  private final Map<Tree, Local> memory = new HashMap<>();
  private volatile @Nullable Throwable fault;
  private int phase;

  /**
   * A group that has not started.
   *
   * @param group its number
   * @param size how many items it has
   * @param kernel what each does
   */
  WorkGroup(int group, int size, Consumer<Item> kernel) {
    this.group = group;
    this.threads = new Thread[size];
    this.turns = new Semaphore[size];
    this.barriers = new Tree[size];
    for (int i = 0; i < size; i++) {
      Item item = new Item(i);
      turns[i] = new Semaphore(0);
      threads[i] = Thread.ofVirtual().unstarted(() -> run(item, kernel));
    }
  }

  /**
   * Runs all items to their end. A thread like theirs says whose turn it is: it hands over faster
   * than one of the operating system.
   */
  void run() {
    FutureTask<@Nullable Void> all = new FutureTask<>(this::takeTurns, null);
    Thread.startVirtualThread(all);
    try {
      all.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AssertionError error ? error : new AssertionError(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void takeTurns() {
    for (Thread thread : threads) {
      thread.start();
    }
    do {
      phase++;
      for (Semaphore turn : turns) {
        turn.release();
        back.acquireUninterruptibly();
        if (fault != null) {
          throw failure(new AssertionError("an item of group " + group, fault));
        }
      }
    } while (isAtBarrier());
  }

  private void run(Item item, Consumer<Item> kernel) {
    try {
      turns[item.index].acquire();
      kernel.accept(item);
    } catch (Throwable e) {
      fault = e;
    } finally {
      barriers[item.index] = null;
      back.release();
    }
  }

  /** Whether all wait at the same barrier; otherwise all have ended. */
  private boolean isAtBarrier() {
    for (Tree barrier : barriers) {
      if (barrier != barriers[0]) {
        throw failure(new AssertionError("items of group " + group + " come to other barriers"));
      }
    }
    return barriers[0] != null;
  }

  private AssertionError failure(AssertionError error) {
    for (Thread thread : threads) {
      thread.interrupt();
    }
    return error;
  }

  /** One item, which a kernel knows as its context. */
  final class Item {
    private final int index;

    private Item(int index) {
      this.index = index;
    }

    int number(String field) {
      return switch (field) {
        case "localIdx" -> index;
        case "groupIdx" -> group;
        default -> throw new AssertionError("what the emitter does not write: " + field);
      };
    }

    /** The array that the same declaration gives to all items. */
    View allocate(Tree declaration, ElementType type, int size) {
      return new View(memory.computeIfAbsent(declaration, _ -> new Local(type, size)), index);
    }

    void barrier(Tree call) {
      barriers[index] = call;
      back.release();
      try {
        turns[index].acquire();
      } catch (InterruptedException e) {
        throw new IllegalStateException("another item failed", e);
      }
    }
  }

  /** Local memory, with who wrote and read each element since the last barrier. */
  private final class Local {
    private static final int NOBODY = -1;
    private static final int SEVERAL = -2;

    private final ElementType type;
    private final double[] values;
    private final boolean[] written;
    private final int[] writers;
    private final int[] readers;
    private final int[] phases;

    private Local(ElementType type, int size) {
      this.type = type;
      values = new double[size];
      written = new boolean[size];
      writers = new int[size];
      readers = new int[size];
      phases = new int[size];
    }

    private void enter(int place) {
      if (phases[place] != phase) {
        phases[place] = phase;
        writers[place] = NOBODY;
        readers[place] = NOBODY;
      }
    }

    private Object get(int place, int item) {
      enter(place);
      if (!written[place] || (writers[place] != NOBODY && writers[place] != item)) {
        throw new AssertionError(
            "item " + item + " reads element " + place + " without a barrier after its write");
      }
      readers[place] = readers[place] == NOBODY || readers[place] == item ? item : SEVERAL;
      return DeviceValues.number(type, values[place]);
    }

    private void set(int place, int item, Object value) {
      enter(place);
      boolean isRead = readers[place] != NOBODY && readers[place] != item;
      if (isRead || (writers[place] != NOBODY && writers[place] != item)) {
        throw new AssertionError(
            "item " + item + " writes element " + place + " without a barrier after another's use");
      }
      writers[place] = item;
      written[place] = true;
      values[place] = DeviceValues.value(type, value);
    }
  }

  /** Local memory as one item sees it. */
  record View(Local local, int item) {
    Object get(int place) {
      return local.get(place, item);
    }

    void set(int place, Object value) {
      local.set(place, item, value);
    }
  }
}
