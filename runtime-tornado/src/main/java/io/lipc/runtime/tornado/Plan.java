package io.lipc.runtime.tornado;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/** A network compiled for one device and one number of rows. For turns of that device alone. */
final class Plan implements AutoCloseable {

  /** TornadoVM's default is -cl-fast-relaxed-math, under which no rounding bound holds. */
  private static final String IEEE_FLAGS = "-w";

  /** TornadoVM says "Recover option disabled" for what has no message of its own. */
  private static final String HELP =
      "a network of many layers needs -Dtornado.tvm.maxbytecodesize=65536 on java's command line,"
          + " -Dtornado.debug=true shows more; or run on another device, auto or jvm";

  /**
   * Versions without JVMCI find kernels by serialising lambdas, which earlier APIs do not allow.
   */
  private static final String OTHER_API =
      "the class of the network was compiled against the API of an earlier TornadoVM; compile it"
          + " against that of the SDK that java was started with (see docs/tornado.md)";

  /** TornadoVM's limit for each device, whatever that has. */
  private static final String LIMIT = "-Dtornado.device.memory";

  private final int batch;
  private final Device.Accelerator device;
  private final int inputSize;
  private final int outputSize;
  private final TornadoGraph graph;
  private final TornadoExecutionPlan plan;

  private Plan(
      int batch,
      Device.Accelerator device,
      TornadoProgram program,
      TornadoGraph graph,
      TornadoExecutionPlan plan) {
    this.batch = batch;
    this.device = device;
    this.inputSize = program.inputSize();
    this.outputSize = program.outputSize();
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
      plan.close(e);
      throw e;
    }
  }

  private static Plan build(Device.Accelerator device, TornadoProgram program, int batch) {
    try {
      TornadoGraph graph = program.graph(batch, device.schedule());
      TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.taskGraph().snapshot());
      plan.withDevice(TornadoRuntime.device(device));
      plan.withCompilerFlags(TornadoVMBackendType.OPENCL, IEEE_FLAGS);
      plan.withProfiler(ProfilerMode.SILENT);
      if (!graph.grids().keySet().isEmpty()) {
        plan.withGridScheduler(graph.grids());
      }
      return new Plan(batch, device, program, graph, plan);
    } catch (RuntimeException | Error e) {
      throw failed(device, batch, e);
    }
  }

  /**
   * Runs some rows of a batch on the device. Behind them the plan has rows of whatever it was given
   * before: each output depends on its own row alone.
   *
   * @param inputs rows of the network's input size
   * @param outputs rows of its output size, of which the same ones are overwritten
   * @param from the first of these rows
   * @param rows how many, at most as many as the plan has
   * @return the time that the kernels took on the device, in nanoseconds, more than 0
   * @throws DeviceException if TornadoVM fails, or ran the tasks elsewhere
   */
  long execute(float[] inputs, float[] outputs, int from, int rows) {
    int read = inputSize * rows;
    int written = outputSize * rows;
    MemorySegment to = graph.input().getSegment();
    MemorySegment.copy(inputs, inputSize * from, to, ValueLayout.JAVA_FLOAT, 0, read);
    long kernelTime = execute();
    MemorySegment given = graph.output().getSegment();
    MemorySegment.copy(given, ValueLayout.JAVA_FLOAT, 0, outputs, outputSize * from, written);
    return kernelTime;
  }

  private long execute() {
    long kernelTime;
    try {
      kernelTime = renewed().execute().getProfilerResult().getDeviceKernelTime();
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

  /** An execution plan keeps the result of each of its executions, so each has one of its own. */
  private TornadoExecutionPlan renewed() {
    return plan.withGraph(0);
  }

  private static RuntimeException failed(Device.Accelerator device, int batch, Throwable failure) {
    if (failure instanceof VirtualMachineError error) {
      throw error;
    }
    return TornadoRuntime.isOutOfMemory(failure)
        ? outOfMemory(device, batch, failure)
        : refused(device, batch, failure);
  }

  private static DeviceException refused(Device.Accelerator device, int batch, Throwable failure) {
    return new DeviceException(
        "cannot run on device "
            + device
            + ", "
            + batch
            + " rows: "
            + TornadoRuntime.rootMessage(failure),
        TornadoRuntime.isOtherApi(failure) ? OTHER_API : HELP,
        failure);
  }

  private static DeviceException outOfMemory(
      Device.Accelerator device, int batch, Throwable failure) {
    return new DeviceException(
        "device "
            + device
            + " has no memory left for "
            + batch
            + " rows: "
            + TornadoRuntime.rootMessage(failure),
        TornadoRuntime.memory(device)
            + "; pass fewer rows at a time, or close networks that are not needed any more, or set "
            + LIMIT
            + "=8GB, say, on java's command line, if the device has that much",
        failure);
  }

  /** TornadoVM has errors of its own, after which the next plan is to be closed all the same. */
  @Override
  public void close() {
    try {
      plan.close();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (TornadoExecutionPlanException | RuntimeException | Error e) {
      throw new IllegalStateException("device " + device + " did not free its memory", e);
    }
  }

  /** After a failure, of which one to close may be another consequence. */
  private void close(Throwable failure) {
    try {
      plan.close();
    } catch (TornadoExecutionPlanException | RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }
}
