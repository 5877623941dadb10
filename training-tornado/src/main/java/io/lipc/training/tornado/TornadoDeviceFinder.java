package io.lipc.training.tornado;

import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.DeviceException;
import io.lipc.training.batch.TrainingDevice;
import io.lipc.training.batch.TrainingDeviceException;
import io.lipc.training.batch.TrainingDeviceFinder;

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
