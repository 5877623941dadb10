package io.lipc.training.batch;

/** Finds devices: a service, which a module provides that can train on some. */
public interface TrainingDeviceFinder {

  /**
   * A device as a user writes it.
   *
   * @param choice {@code auto}, an index, or a part of a name
   * @throws TrainingDeviceException if there is no such device, or it is not known which is meant
   */
  TrainingDevice find(String choice);
}
