package io.lipc.runtime.tornado;

import java.util.List;

/** Whether accelerators can be used in this JVM. It does not change while the JVM runs. */
public sealed interface Availability {

  /**
   * There are some.
   *
   * @param devices at least one, in the order of their indices
   */
  record Available(List<Device.Accelerator> devices) implements Availability {
    public Available {
      devices = List.copyOf(devices);
    }
  }

  /**
   * There is none.
   *
   * @param reason why not, as a clause
   * @param help what to do, as a clause
   */
  record Unavailable(String reason, String help) implements Availability {
    @Override
    public String toString() {
      return reason + "; " + help;
    }
  }
}
