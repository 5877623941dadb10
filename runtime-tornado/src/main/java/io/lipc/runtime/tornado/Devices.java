package io.lipc.runtime.tornado;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The accelerators of this machine that TornadoVM can drive. */
public final class Devices {

  private static final String CHOICE =
      "choose auto, jvm, an index such as 0, or a part of a device's name; Devices.list() has them";

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
    if (index < 0) {
      throw noIndex(Integer.toString(index));
    }
    String wanted = "device " + index;
    List<Device.Accelerator> devices = required(wanted);
    if (index >= devices.size()) {
      throw notFound(wanted, "there is no such index", devices);
    }
    return devices.get(index);
  }

  /** The exception for a number that can be no index on any machine. */
  static DeviceException noIndex(String wanted) {
    return new DeviceException(
        "cannot run on device " + wanted + ": there is no such index", CHOICE);
  }

  /**
   * The one whose name or platform contains a text, in capitals or not.
   *
   * @throws DeviceException if there is none, or more than one, or the text is blank
   */
  public static Device.Accelerator named(String part) {
    if (part.isBlank()) {
      // It is a part of every name.
      throw new DeviceException("no device is named by \"" + part + "\"", CHOICE);
    }
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
    String wanted = part.toLowerCase(Locale.ROOT);
    return Stream.of(device.name(), device.platform())
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(wanted));
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
