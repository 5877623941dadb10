package io.lipc.training.tornado;

import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.DeviceException;
import io.lipc.training.TrainingDevice;
import io.lipc.training.TrainingDeviceException;
import io.lipc.training.TrainingDeviceFinder;

/** The devices of TornadoVM, for what does not know this module: {@code lipc train} above all. */
public final class TornadoDeviceFinder implements TrainingDeviceFinder {

  /** Created by {@link java.util.ServiceLoader}. */
  public TornadoDeviceFinder() {}

  @Override
  public TrainingDevice find(String choice) {
    try {
      return TornadoTraining.on(Device.parse(choice));
    } catch (DeviceException e) {
      throw new TrainingDeviceException(e);
    }
  }
}
