package io.lipc.runtime.tornado;

import java.util.Locale;

/** The device that a network is to run on. */
public sealed interface Device {

  /**
   * The first accelerator on which the network really runs, or else this JVM; the fallback is
   * logged as a warning that says why.
   */
  record Auto() implements Device {
    @Override
    public String toString() {
      return "auto";
    }
  }

  /** Plain Java: no device is asked for. */
  record Jvm() implements Device {
    @Override
    public String toString() {
      return "jvm";
    }
  }

  /**
   * A device that TornadoVM drives by OpenCL.
   *
   * @param index its place in {@link Devices#list()}
   * @param name as its driver reports it
   * @param platform the OpenCL platform, which is the driver's name
   * @param type what it is, for example {@code GPU}
   */
  record Accelerator(int index, String name, String platform, String type) implements Device {

    /** Which kernels networks run there. */
    public Schedule schedule() {
      return Schedule.of(this);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%d: %s (%s, %s)", index, name, platform, type);
    }
  }

  /** An accelerator if there is one that works, or else this JVM. */
  static Device auto() {
    return new Auto();
  }

  /** This JVM, without looking for accelerators. */
  static Device jvm() {
    return new Jvm();
  }

  /**
   * A device as a user writes it: {@code auto}, {@code jvm}, an index of {@link Devices#list()}, or
   * a part of a name; in capitals or not, and with or without spaces around it.
   *
   * @throws DeviceException if an accelerator is asked for and there is no such one, or several, or
   *     nothing is asked for
   */
  static Device parse(String choice) {
    String text = choice.strip();
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "auto" -> auto();
      case "jvm" -> jvm();
      default -> text.matches("[+-]?[0-9]+") ? at(text) : Devices.named(text);
    };
  }

  private static Device at(String index) {
    try {
      return Devices.at(Integer.parseInt(index));
    } catch (NumberFormatException _) {
      throw Devices.noIndex(index);
    }
  }
}
