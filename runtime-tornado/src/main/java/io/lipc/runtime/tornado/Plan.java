package io.lipc.runtime.tornado;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/** A network compiled for one device and one number of rows. Not thread-safe. */
final class Plan implements AutoCloseable {

  /** TornadoVM's default is -cl-fast-relaxed-math, under which no rounding bound holds. */
  private static final String IEEE_FLAGS = "-w";

  /** TornadoVM says "Recover option disabled" for what has no message of its own. */
  private static final String HELP =
      "a network of many layers needs -Dtornado.tvm.maxbytecodesize=65536 on java's command line,"
          + " -Dtornado.debug=true shows more; or run on another device, auto or jvm";

  private final int batch;
  private final Device.Accelerator device;
  private final TornadoGraph graph;
  private final TornadoExecutionPlan plan;

  private Plan(
      int batch, Device.Accelerator device, TornadoGraph graph, TornadoExecutionPlan plan) {
    this.batch = batch;
    this.device = device;
    this.graph = graph;
    this.plan = plan;
  }

  /**
   * Compiles, and compares what the device gives with the JVM network, on one batch.
   *
   * @throws DeviceException if the device refuses the kernels or gives other numbers
   */
  static Plan compile(Device.Accelerator device, TornadoProgram program, int batch) {
    Plan plan = build(device, program, batch);
    try {
      PlanCheck.check(plan, program, device, batch);
      return plan;
    } catch (RuntimeException | Error e) {
      plan.close();
      throw e;
    }
  }

  private static Plan build(Device.Accelerator device, TornadoProgram program, int batch) {
    try {
      TornadoGraph graph = program.graph(batch);
      TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.taskGraph().snapshot());
      plan.withDevice(TornadoRuntime.device(device));
      plan.withCompilerFlags(TornadoVMBackendType.OPENCL, IEEE_FLAGS);
      plan.withProfiler(ProfilerMode.SILENT);
      return new Plan(batch, device, graph, plan);
    } catch (RuntimeException | Error e) {
      throw failed(device, batch, e);
    }
  }

  /**
   * Runs on the device.
   *
   * @param inputs rows of the network's input size
   * @param outputs rows of its output size, overwritten
   * @return the time that the kernels took on the device, in nanoseconds, more than 0
   * @throws DeviceException if TornadoVM fails, or ran the tasks elsewhere
   */
  long execute(float[] inputs, float[] outputs) {
    copy(inputs, graph.input().getSegment());
    long kernelTime = execute();
    MemorySegment.copy(
        graph.output().getSegment(), ValueLayout.JAVA_FLOAT, 0, outputs, 0, outputs.length);
    return kernelTime;
  }

  private static void copy(float[] from, MemorySegment to) {
    MemorySegment.copy(from, 0, to, ValueLayout.JAVA_FLOAT, 0, from.length);
  }

  private long execute() {
    long kernelTime;
    try {
      kernelTime = plan.execute().getProfilerResult().getDeviceKernelTime();
    } catch (RuntimeException | Error e) {
      throw failed(device, batch, e);
    }
    if (kernelTime <= 0) {
      throw new DeviceException(
          "device " + device + " did no work on " + batch + " rows: TornadoVM ran them on the JVM",
          "start java with -Dtornado.recover.bailout=false to see why, or run on auto or jvm");
    }
    return kernelTime;
  }

  private static RuntimeException failed(Device.Accelerator device, int batch, Throwable failure) {
    if (failure instanceof VirtualMachineError error) {
      throw error;
    }
    return new DeviceException(
        "cannot run on device "
            + device
            + ", "
            + batch
            + " rows: "
            + TornadoRuntime.rootMessage(failure),
        HELP,
        failure);
  }

  @Override
  public void close() {
    try {
      plan.close();
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException("device " + device + " did not free its memory", e);
    }
  }
}
