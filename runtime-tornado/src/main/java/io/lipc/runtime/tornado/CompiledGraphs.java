package io.lipc.runtime.tornado;

import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/**
 * Task graphs on one device, each compiled when it is first executed. For turns of that device
 * alone.
 */
final class CompiledGraphs implements AutoCloseable {

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

  private final Device.Accelerator device;
  private final String work;
  private final TornadoExecutionPlan plan;
  private final ExecutionWitness witness;

  private CompiledGraphs(Device.Accelerator device, String work, TornadoExecutionPlan plan) {
    this.device = device;
    this.work = work;
    this.plan = plan;
    this.witness = new ExecutionWitness(TornadoRuntime.device(device), plan.getId());
  }

  /**
   * Places graphs on a device.
   *
   * @param work what they compute, for messages, such as "16 rows"
   * @param grids the work groups of those tasks that TornadoVM does not group itself
   * @throws DeviceException if the device refuses them
   */
  static CompiledGraphs on(
      Device.Accelerator device, String work, List<TaskGraph> graphs, GridScheduler grids) {
    try {
      ImmutableTaskGraph[] frozen =
          graphs.stream().map(TaskGraph::snapshot).toArray(ImmutableTaskGraph[]::new);
      TornadoExecutionPlan plan = new TornadoExecutionPlan(frozen);
      plan.withDevice(TornadoRuntime.device(device));
      plan.withCompilerFlags(TornadoVMBackendType.OPENCL, IEEE_FLAGS);
      if (!grids.keySet().isEmpty()) {
        plan.withGridScheduler(grids);
      }
      return new CompiledGraphs(device, work, plan);
    } catch (RuntimeException | Error e) {
      throw failed(device, work, e);
    }
  }

  /**
   * Executes one of the graphs, with its transfers.
   *
   * @return the time that the kernels took on the device, in nanoseconds, more than 0
   * @throws DeviceException if TornadoVM fails, or the results are not the device's
   */
  long execute(int graph) {
    ExecutionWitness.Finding finding;
    try {
      witness.begin();
      renewed(graph).execute();
      finding = witness.end();
    } catch (RuntimeException | Error e) {
      throw failed(device, work, e);
    }
    return switch (finding) {
      case ExecutionWitness.Finding.Computed computed -> computed.kernelTime();
      case ExecutionWitness.Finding.Absent _ ->
          throw new DeviceException(
              "device "
                  + device
                  + " did no work on "
                  + work
                  + ", or not all of it: TornadoVM ran them on the JVM",
              "start java with -Dtornado.recover.bailout=false to see why, or run on auto or jvm");
      case ExecutionWitness.Finding.Unknown _ ->
          throw new DeviceException(
              "device " + device + " does not say whether it computed: it has no markers",
              "OpenCL 1.2 is needed; run on another device, auto or jvm");
    };
  }

  /** An execution plan keeps the result of each of its executions, so each has one of its own. */
  private TornadoExecutionPlan renewed(int graph) {
    return plan.withGraph(graph);
  }

  /** The exception for a failure of TornadoVM; an error of the JVM itself is thrown. */
  static RuntimeException failed(Device.Accelerator device, String work, Throwable e) {
    if (e instanceof VirtualMachineError error) {
      throw error;
    }
    return TornadoRuntime.isOutOfMemory(e)
        ? outOfMemory(device, work, e)
        : refused(device, work, e);
  }

  private static DeviceException refused(Device.Accelerator device, String work, Throwable e) {
    return new DeviceException(
        "cannot run on device " + device + ", " + work + ": " + TornadoRuntime.rootMessage(e),
        TornadoRuntime.isOtherApi(e) ? OTHER_API : HELP,
        e);
  }

  private static DeviceException outOfMemory(Device.Accelerator device, String work, Throwable e) {
    return new DeviceException(
        "device "
            + device
            + " has no memory left for "
            + work
            + ": "
            + TornadoRuntime.rootMessage(e),
        TornadoRuntime.memory(device)
            + "; pass fewer rows at a time, or close networks that are not needed any more, or set "
            + LIMIT
            + "=8GB, say, on java's command line, if the device has that much",
        e);
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
  void close(Throwable failure) {
    try {
      plan.close();
    } catch (TornadoExecutionPlanException | RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }
}
