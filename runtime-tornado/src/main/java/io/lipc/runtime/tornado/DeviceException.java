package io.lipc.runtime.tornado;

/**
 * An accelerator was asked for, and the network does not run on it. The message says why and what
 * to do.
 */
public final class DeviceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DeviceException(String fault, String help) {
    super(fault + "; " + help);
  }

  DeviceException(String fault, String help, Throwable cause) {
    super(fault + "; " + help, cause);
  }

  /** An exception of another thread, thrown again at the place where this is called. */
  DeviceException(DeviceException thrown) {
    super(thrown.getMessage(), thrown);
  }
}
