package io.lipc.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What the events of a plan say, beside TornadoVM's own profiler. */
@OnDevice
class ExecutionWitnessDeviceTest {

  /** An execution has 8 commands and a marker, so the ring of 1,024 events ends three times. */
  private static final int EXECUTIONS = 400;

  private final FloatArray x = new FloatArray(64);
  private final FloatArray y = new FloatArray(64);
  private final FloatArray z = new FloatArray(64);
  private final TornadoDevice device = TornadoRuntime.device(Devices.at(0));

  static void plusOne(FloatArray x, FloatArray y) {
    for (@Parallel int i = 0; i < 64; i++) {
      y.set(i, x.get(i) + 1f);
    }
  }

  /** Three kernels, from {@code x} to {@code y}. */
  private TaskGraph tasks(String name) {
    return new TaskGraph(name)
        .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
        .task("y", ExecutionWitnessDeviceTest::plusOne, x, y)
        .task("z", ExecutionWitnessDeviceTest::plusOne, y, z)
        .task("again", ExecutionWitnessDeviceTest::plusOne, z, y);
  }

  @Test
  void the_time_of_kernels_is_the_profilers_to_the_nanosecond() throws Exception {
    TaskGraph tasks = tasks("profiled").transferToHost(DataTransferMode.EVERY_EXECUTION, y);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(tasks.snapshot())) {
      plan.withDevice(device);
      plan.withProfiler(ProfilerMode.SILENT);
      ExecutionWitness witness = new ExecutionWitness(device, plan.getId());
      for (int execution = 0; execution < EXECUTIONS; execution++) {
        x.init(execution);
        witness.begin();
        long profiled = plan.withGraph(0).execute().getProfilerResult().getDeviceKernelTime();
        assertThat(witness.end())
            .as("execution %d", execution)
            .isEqualTo(new ExecutionWitness.Finding.Computed(profiled));
        assertThat(y.get(63)).isEqualTo(execution + 3f);
      }
    }
  }

  /** What is left of an execution whose last task ran on the JVM. */
  @Test
  void kernels_without_results_are_no_evidence() throws Exception {
    TaskGraph tasks = tasks("unread").transferToHost(DataTransferMode.UNDER_DEMAND, y);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(tasks.snapshot())) {
      plan.withDevice(device);
      ExecutionWitness witness = new ExecutionWitness(device, plan.getId());
      witness.begin();
      plan.execute();
      device.sync(plan.getId());
      assertThat(witness.end()).isEqualTo(new ExecutionWitness.Finding.Absent());
    }
  }

  /** Results that are copied once more, as they are without an execution. */
  @Test
  void results_without_kernels_are_no_evidence() throws Exception {
    TaskGraph tasks = tasks("copied").transferToHost(DataTransferMode.UNDER_DEMAND, y);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(tasks.snapshot())) {
      plan.withDevice(device);
      ExecutionWitness witness = new ExecutionWitness(device, plan.getId());
      TornadoExecutionResult executed = plan.execute();
      witness.begin();
      executed.transferToHost(y);
      assertThat(witness.end()).isEqualTo(new ExecutionWitness.Finding.Absent());
      witness.begin();
      plan.execute().transferToHost(y);
      assertThat(witness.end()).isInstanceOf(ExecutionWitness.Finding.Computed.class);
    }
  }

  /** What is left of an execution that was elsewhere, and of one that threw. */
  @Test
  void what_another_execution_did_is_no_evidence() throws Exception {
    TaskGraph tasks = tasks("before").transferToHost(DataTransferMode.EVERY_EXECUTION, y);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(tasks.snapshot())) {
      plan.withDevice(device);
      ExecutionWitness witness = new ExecutionWitness(device, plan.getId());
      witness.begin();
      plan.execute();
      assertThat(witness.end()).isInstanceOf(ExecutionWitness.Finding.Computed.class);
      witness.begin();
      assertThat(witness.end()).isEqualTo(new ExecutionWitness.Finding.Absent());
      witness.begin();
      plan.execute();
      witness.begin();
      assertThat(witness.end()).isEqualTo(new ExecutionWitness.Finding.Absent());
    }
  }
}
