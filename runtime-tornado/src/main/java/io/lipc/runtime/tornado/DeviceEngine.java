package io.lipc.runtime.tornado;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plans of one network on one device, by number of rows; the least recently used one goes. They
 * are touched in turns of the device alone.
 */
final class DeviceEngine<B extends Batch> implements Engine<B> {

  /**
   * One for each rounded size and one more. Each plan holds the weights on the device once more:
   * TornadoVM shares arrays between the task graphs of one execution plan, and all of those have to
   * be there, with their arrays for all rows, before the first is executed.
   */
  static final int CAPACITY = 8;

  private final Device.Accelerator device;
  private final DeviceProgram program;
  private final BatchSizes sizes;
  private final Turns turns;
  private final Map<Integer, Plan> plans = new LinkedHashMap<>(CAPACITY, 0.75f, true);
  private boolean closed;

  DeviceEngine(Device.Accelerator device, DeviceProgram program, BatchSizes sizes) {
    this.device = device;
    this.program = program;
    this.sizes = sizes;
    this.turns = Turns.on(device);
  }

  @Override
  public void warmUp(int rows) {
    turns.take(
        () -> {
          checkOpen();
          plan(rows);
          return 0;
        });
  }

  @Override
  public long apply(B batch) {
    return turns.take(
        () -> {
          checkOpen();
          return execute(batch);
        });
  }

  private long execute(B batch) {
    List<BatchSizes.Piece> pieces = sizes.pieces(batch.rows(), List.copyOf(plans.keySet()));
    long kernelTime = 0;
    int row = 0;
    for (BatchSizes.Piece piece : pieces) {
      kernelTime += plan(piece.size()).execute(batch, row, piece.rows());
      row += piece.rows();
    }
    return kernelTime;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the network on device " + device + " has been closed");
    }
  }

  private Plan plan(int rows) {
    Plan known = plans.get(rows);
    if (known != null) {
      return known;
    }
    if (plans.size() == CAPACITY) {
      Iterator<Plan> eldestFirst = plans.values().iterator();
      Plan eldest = eldestFirst.next();
      eldestFirst.remove();
      eldest.close();
    }
    Plan compiled = Turns.compiling(() -> Plan.compile(device, program, rows));
    plans.put(rows, compiled);
    return compiled;
  }

  @Override
  public void close() {
    turns.take(
        () -> {
          closed = true;
          List<Plan> all = List.copyOf(plans.values());
          plans.clear();
          closeAll(all);
          return 0;
        });
  }

  /** All of them, whatever one of them throws. */
  private static void closeAll(List<Plan> plans) {
    List<IllegalStateException> failures = new ArrayList<>();
    for (Plan plan : plans) {
      try {
        plan.close();
      } catch (IllegalStateException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IllegalStateException first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }
}
