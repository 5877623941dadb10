package io.lipc.runtime.tornado;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The plans of one network on one device, by number of rows; the least recently used one goes. */
final class DeviceEngine implements Engine {

  /** Each plan holds the weights on the device once more. */
  static final int CAPACITY = 16;

  /**
   * One for all networks: a device works on one batch at a time, and TornadoVM's compiler is not
   * meant for several threads.
   */
  private static final ReentrantLock TURN = new ReentrantLock();

  private final Device.Accelerator device;
  private final TornadoProgram program;
  private final Map<Integer, Plan> plans = new LinkedHashMap<>(CAPACITY, 0.75f, true);
  private boolean closed;

  DeviceEngine(Device.Accelerator device, TornadoProgram program) {
    this.device = device;
    this.program = program;
  }

  @Override
  public void warmUp(int batch) {
    TURN.lock();
    try {
      plan(batch);
    } finally {
      TURN.unlock();
    }
  }

  @Override
  public long apply(float[] inputs, float[] outputs, int batch) {
    TURN.lock();
    try {
      return plan(batch).execute(inputs, outputs);
    } finally {
      TURN.unlock();
    }
  }

  private Plan plan(int batch) {
    if (closed) {
      throw new IllegalStateException("the network on device " + device + " has been closed");
    }
    Plan known = plans.get(batch);
    if (known != null) {
      return known;
    }
    Plan compiled = Plan.compile(device, program, batch);
    if (plans.size() == CAPACITY) {
      Iterator<Plan> eldestFirst = plans.values().iterator();
      eldestFirst.next().close();
      eldestFirst.remove();
    }
    plans.put(batch, compiled);
    return compiled;
  }

  @Override
  public void close() {
    TURN.lock();
    try {
      closed = true;
      plans.values().forEach(Plan::close);
      plans.clear();
    } finally {
      TURN.unlock();
    }
  }
}
