package io.lipc.runtime.tornado;

import java.util.ArrayList;
import java.util.List;

/**
 * A network where it runs: what {@link TornadoNetwork} and {@link TornadoDoubleNetwork} have in
 * common. Thread-safe.
 *
 * @param <B> the batches that it takes
 */
final class Placement<B extends Batch> implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(TornadoNetwork.class.getName());

  private final DeviceProgram program;
  private final Device device;
  private final BatchSizes sizes;
  private final Engine<B> engine;
  private volatile boolean closed;
  private volatile long lastKernelTime;

  private Placement(DeviceProgram program, Device device, BatchSizes sizes, Engine<B> engine) {
    this.program = program;
    this.device = device;
    this.sizes = sizes;
    this.engine = engine;
  }

  /**
   * Places a network.
   *
   * @param jvm evaluates it without a device
   * @throws DeviceException if the device is an accelerator and the network does not run on it
   */
  static <B extends Batch> Placement<B> on(
      Device device, DeviceProgram program, BatchSizes sizes, Engine<B> jvm) {
    return switch (device) {
      case Device.Jvm _ -> new Placement<>(program, Device.jvm(), sizes, jvm);
      case Device.Accelerator accelerator -> onAccelerator(accelerator, program, sizes);
      case Device.Auto _ -> onAny(program, sizes, jvm);
    };
  }

  /**
   * For one number of rows alone.
   *
   * @throws IllegalArgumentException if there are none
   */
  static BatchSizes fixed(int rows) {
    checkRows(rows);
    return new BatchSizes.Fixed(rows);
  }

  private static <B extends Batch> Placement<B> onAccelerator(
      Device.Accelerator accelerator, DeviceProgram program, BatchSizes sizes) {
    Engine<B> engine = new DeviceEngine<>(accelerator, program, sizes);
    engine.warmUp(sizes.first());
    return new Placement<>(program, accelerator, sizes, engine);
  }

  private static <B extends Batch> Placement<B> onAny(
      DeviceProgram program, BatchSizes sizes, Engine<B> jvm) {
    List<String> reasons = new ArrayList<>();
    switch (Devices.availability()) {
      case Availability.Unavailable none -> reasons.add(none.toString());
      case Availability.Available available -> {
        for (Device.Accelerator accelerator : available.devices()) {
          try {
            return onAccelerator(accelerator, program, sizes);
          } catch (DeviceException e) {
            reasons.add(String.valueOf(e.getMessage()));
          }
        }
      }
    }
    LOG.log(System.Logger.Level.WARNING, "running on the JVM: " + String.join("; ", reasons));
    return new Placement<>(program, Device.jvm(), sizes, jvm);
  }

  Device device() {
    return device;
  }

  void warmUp(int rows) {
    checkOpen();
    checkRows(rows);
    sizes.checkExact(rows);
    engine.warmUp(rows);
  }

  void apply(B batch) {
    checkOpen();
    checkRows(batch.rows());
    checkLength("inputs", batch.inputLength(), batch.rows(), program.inputSize());
    checkLength("outputs", batch.outputLength(), batch.rows(), program.outputSize());
    lastKernelTime = engine.apply(batch);
  }

  long lastKernelTime() {
    return lastKernelTime;
  }

  @Override
  public void close() {
    closed = true;
    engine.close();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this network on device " + device + " has been closed");
    }
  }

  private static void checkRows(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("a batch of " + rows + " rows; at least 1 is needed");
    }
  }

  private static void checkLength(String array, int found, int rows, int size) {
    if (found != (long) rows * size) {
      throw new IllegalArgumentException(
          array
              + " has "
              + found
              + " elements, expected "
              + (long) rows * size
              + " ("
              + rows
              + " rows of "
              + size
              + ")");
    }
  }
}
