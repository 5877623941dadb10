package io.lipc.runtime.tornado;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The accelerators of this machine that TornadoVM can drive. */
public final class Devices {

  private Devices() {}

  /** Whether there are any, and if not, why and what to do about it. */
  public static Availability availability() {
    return TornadoRuntime.availability();
  }

  /** All of them, best first as TornadoVM sees it; empty where there is none. */
  public static List<Device.Accelerator> list() {
    return switch (availability()) {
      case Availability.Available available -> available.devices();
      case Availability.Unavailable _ -> List.of();
    };
  }

  /**
   * The one with an index.
   *
   * @throws DeviceException if there is none, with those that there are
   */
  public static Device.Accelerator at(int index) {
    String wanted = "device " + index;
    List<Device.Accelerator> devices = required(wanted);
    if (index < 0 || index >= devices.size()) {
      throw notFound(wanted, "there is no such index", devices);
    }
    return devices.get(index);
  }

  /**
   * The one whose name or platform contains a text, in capitals or not.
   *
   * @throws DeviceException if there is none, or more than one
   */
  public static Device.Accelerator named(String part) {
    String wanted = "device \"" + part + "\"";
    List<Device.Accelerator> devices = required(wanted);
    List<Device.Accelerator> matching =
        devices.stream().filter(device -> matches(device, part)).toList();
    if (matching.size() != 1) {
      String fault = matching.isEmpty() ? "no name contains that" : "several names contain that";
      throw notFound(wanted, fault, devices);
    }
    return matching.getFirst();
  }

  private static boolean matches(Device.Accelerator device, String part) {
    String names = device.name() + "\n" + device.platform();
    return names.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static List<Device.Accelerator> required(String wanted) {
    return switch (availability()) {
      case Availability.Available available -> available.devices();
      case Availability.Unavailable none ->
          throw new DeviceException("cannot run on " + wanted + ": " + none.reason(), none.help());
    };
  }

  private static DeviceException notFound(
      String wanted, String fault, List<Device.Accelerator> devices) {
    String found =
        devices.stream().map(Device.Accelerator::toString).collect(Collectors.joining(", "));
    return new DeviceException(
        "cannot run on " + wanted + ": " + fault, "choose one of these, or auto: " + found);
  }
}
