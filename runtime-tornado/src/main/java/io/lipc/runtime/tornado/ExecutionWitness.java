package io.lipc.runtime.tornado;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.common.Event;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoExecutionStatus;

/**
 * A witness of what a device did for the executions of one plan, by the events that OpenCL's driver
 * keeps of each command. For turns of that device alone.
 *
 * <p>TornadoVM numbers the events of a plan in the order of its commands, in a ring, and a marker
 * is a command. So the events between two markers are the commands of the execution between them,
 * all of them, and no others: a plan has one queue, on this thread. Where TornadoVM runs tasks on
 * the JVM there are none, or they stop at the task that the device refused: it copies results from
 * the device as the last command of an execution, and does not come to that. So results are the
 * device's if the last command copied them from there, kernels came before, and all of these are
 * complete. Its profiler says less: the time of the kernels that did run.
 *
 * <p>This rests on the names that TornadoVM gives to events. With others there are no kernels, and
 * every execution is refused; none is believed.
 */
final class ExecutionWitness {

  /** How TornadoVM's names of commands begin ({@code EventDescriptor}). */
  private static final String KERNEL = "kernel";

  private static final String RESULT = "readFromDevice";

  private final TornadoDevice device;
  private final long plan;

  /** The event of the last marker; nothing, while an execution has begun and not ended. */
  private int marker;

  private boolean isMarked;

  /** The length of the ring, as soon as it is known. */
  private int ring = Integer.MAX_VALUE;

  ExecutionWitness(TornadoDevice device, long plan) {
    this.device = device;
    this.plan = plan;
  }

  /** A finding about what the device did. */
  sealed interface Finding {

    /**
     * It gave the results.
     *
     * @param kernelTime what its kernels took, in nanoseconds by its own clock, more than 0; of
     *     more commands than TornadoVM's ring holds, those of the last ones
     */
    record Computed(long kernelTime) implements Finding {}

    /** It did not give them, or not by kernels that took time and ended well. */
    record Absent() implements Finding {}

    /** OpenCL before 1.2 has no markers. */
    record Unknown() implements Finding {}
  }

  /** To be called before an execution. */
  void begin() {
    if (!isMarked) {
      marker = device.enqueueMarker(plan);
    }
    isMarked = false;
  }

  /** To be called after an execution that did not throw. */
  Finding end() {
    int first = marker;
    marker = device.enqueueMarker(plan);
    isMarked = true;
    return marker < 0 || first < 0 ? new Finding.Unknown() : finding(commands(first, marker));
  }

  private static Finding finding(List<Event> commands) {
    if (commands.isEmpty() || !commands.getLast().getName().startsWith(RESULT)) {
      return new Finding.Absent();
    }
    long time = 0;
    for (Event command : commands) {
      if (command.getName().startsWith(KERNEL)) {
        if (command.getStatus() != TornadoExecutionStatus.COMPLETE) {
          return new Finding.Absent();
        }
        time += command.getElapsedTime();
      }
    }
    return time > 0 ? new Finding.Computed(time) : new Finding.Absent();
  }

  /** Those between two markers; of the ring from its start again, if the second one is no later. */
  private List<Event> commands(int first, int second) {
    List<Event> commands = new ArrayList<>();
    if (first < second) {
      add(commands, first + 1, second);
    } else {
      add(commands, first + 1, ring);
      add(commands, 0, second);
    }
    return commands;
  }

  /** TornadoVM does not say how long the ring is, but where it ends. */
  private void add(List<Event> commands, int from, int to) {
    for (int event = from; event < to; event++) {
      try {
        commands.add(device.resolveEvent(plan, event));
      } catch (IndexOutOfBoundsException _) {
        ring = event;
        return;
      }
    }
  }
}
