package io.lipc.runtime.tornado;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/**
 * TornadoVM, if this JVM has it. The only class that asks for its devices.
 *
 * <p>Only OpenCL counts: the flags that keep its arithmetic IEEE 754's are known and tested, those
 * of the other backends are not.
 */
final class TornadoRuntime {

  /** Set by the launcher's argfile; without it TornadoVM's classes fail to initialise, for good. */
  private static final String IMPLEMENTATION = "tornado.load.runtime.implementation";

  private static final String LAUNCH =
      "start java with the argfile of a TornadoVM SDK: java @$TORNADOVM_HOME/tornado-argfile"
          + " -Dtornado.recover.bailout=false -cp ... (see docs/tornado.md)";

  private static final String DRIVERS =
      "install the OpenCL driver of the device; clinfo -l must list it (see docs/tornado.md)";

  private static final double GIB = 0x1p30;

  private TornadoRuntime() {}

  static Availability availability() {
    return Found.AVAILABILITY;
  }

  /** Asked once: a second attempt of classes that failed to initialise does not say why. */
  private static final class Found {
    static final Availability AVAILABILITY = find();
  }

  private static Availability find() {
    if (System.getProperty(IMPLEMENTATION) == null) {
      return new Availability.Unavailable(
          "TornadoVM is not part of this JVM (the system property "
              + IMPLEMENTATION
              + " is absent)",
          LAUNCH);
    }
    try {
      return devices();
    } catch (RuntimeException | LinkageError e) {
      return new Availability.Unavailable("TornadoVM did not start: " + rootMessage(e), help(e));
    }
  }

  /** The device behind an accelerator of {@link #availability()}. */
  static TornadoDevice device(Device.Accelerator accelerator) {
    return openClDevices().get(accelerator.index());
  }

  private static Availability devices() {
    List<TornadoDevice> found = openClDevices();
    if (found.isEmpty()) {
      return new Availability.Unavailable("TornadoVM has no OpenCL device", DRIVERS);
    }
    List<Device.Accelerator> devices = new ArrayList<>();
    for (TornadoDevice device : found) {
      devices.add(
          new Device.Accelerator(
              devices.size(),
              device.getPhysicalDevice().getDeviceName().strip(),
              device.getPlatformName().strip(),
              String.valueOf(device.getDeviceType())));
    }
    return new Availability.Available(devices);
  }

  private static List<TornadoDevice> openClDevices() {
    List<TornadoDevice> devices = new ArrayList<>();
    for (TornadoBackend backend : TornadoExecutionPlan.getTornadoDeviceMap().getAllBackends()) {
      if (backend.getBackendType() == TornadoVMBackendType.OPENCL) {
        devices.addAll(backend.getAllDevices());
      }
    }
    return devices;
  }

  private static String help(Throwable failure) {
    return rootMessage(failure).contains("No OpenCL platforms") ? DRIVERS : LAUNCH;
  }

  /**
   * Whether a device or TornadoVM's limit for it has no room for an array. TornadoVM says only
   * where it failed when a driver refuses something.
   */
  static boolean isOutOfMemory(Throwable failure) {
    return Arrays.stream(root(failure).getStackTrace())
        .limit(2)
        .anyMatch(frame -> frame.getClassName().endsWith("BufferProvider"));
  }

  /**
   * Whether TornadoVM found no kernel behind a lambda because its interface is not serialisable.
   */
  static boolean isOtherApi(Throwable failure) {
    return rootMessage(failure).contains("SerializedLambda");
  }

  /** Whether a device has doubles: OpenCL's {@code cl_khr_fp64}. */
  static boolean hasDoubles(Device.Accelerator accelerator) {
    return device(accelerator).getDeviceContext().isFP64Supported();
  }

  /** The memory of a device, as a clause. */
  static String memory(Device.Accelerator accelerator) {
    TornadoTargetDevice device = device(accelerator).getPhysicalDevice();
    return String.format(
        Locale.ROOT,
        "it has %.1f GiB, at most %.1f GiB for one array, and TornadoVM takes 4 GiB of it unless"
            + " told otherwise",
        device.getDeviceGlobalMemorySize() / GIB,
        device.getDeviceMaxAllocationSize() / GIB);
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return root;
  }

  /**
   * The message of the first cause, in one line: without stack traces and the colours of a
   * terminal.
   */
  static String rootMessage(Throwable failure) {
    Throwable root = root(failure);
    String message =
        String.valueOf(root.getMessage())
            .replaceAll("\u001b\\[[0-9;]*m", "")
            .replaceFirst("(?s)Stacktrace: .*", "")
            .replaceAll("\\s+", " ")
            .strip();
    return root.getClass().getSimpleName() + ": " + message;
  }
}
