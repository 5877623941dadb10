package io.lipc.training.tornado;

import io.lipc.kernels.graph.AdjointGraph;
import io.lipc.runtime.tornado.Availability;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.Devices;
import io.lipc.training.batch.BatchEngine;
import io.lipc.training.batch.TrainingDevice;
import io.lipc.training.batch.TrainingDeviceException;
import java.util.Optional;

/**
 * Training on the devices of TornadoVM:
 *
 * <pre>{@code
 * TrainingDevice device = TornadoTraining.on(Device.parse("0"));
 * TrainingOptions options = TrainingOptions.builder().device(device).build();
 * }</pre>
 *
 * <p>Layers and their adjoints are computed in float, with IEEE 754 arithmetic; losses, weights
 * from free parameters and the steps of Adam in double, on the JVM. Before anything is trained,
 * outputs and gradients of the device are compared with the JVM's.
 */
public final class TornadoTraining {

  private static final System.Logger LOG = System.getLogger(TornadoTraining.class.getName());

  private TornadoTraining() {}

  /**
   * Training on a device: with {@code auto} on the first one that can train the network, or else on
   * this JVM, with a warning in the log that says why.
   */
  public static TrainingDevice on(Device device) {
    return switch (device) {
      case Device.Jvm _ -> TrainingDevice.JVM;
      case Device.Accelerator accelerator -> new One(accelerator);
      case Device.Auto _ -> Any.ANY;
    };
  }

  /** An accelerator that was asked for. */
  private record One(Device.Accelerator device) implements TrainingDevice {

    @Override
    public BatchEngine engine(AdjointGraph graph, int capacity) {
      DeviceNetwork network = DeviceNetwork.on(device, graph, capacity);
      try {
        Optional<String> objection = EngineCheck.objection(graph, network);
        if (objection.isPresent()) {
          throw new TrainingDeviceException(
              "device %s %s; train on jvm, or on another device"
                  .formatted(device, objection.get()));
        }
        return network;
      } catch (RuntimeException | Error e) {
        network.close();
        throw e;
      }
    }

    @Override
    public String toString() {
      return device.toString();
    }
  }

  /** Whatever can train a network. */
  private enum Any implements TrainingDevice {
    ANY;

    @Override
    public BatchEngine engine(AdjointGraph graph, int capacity) {
      String reason =
          switch (Devices.availability()) {
            case Availability.Unavailable none -> none.toString();
            case Availability.Available _ -> "";
          };
      for (Device.Accelerator device : Devices.list()) {
        try {
          return new One(device).engine(graph, capacity);
        } catch (TrainingDeviceException e) {
          reason = String.valueOf(e.getMessage());
        }
      }
      LOG.log(System.Logger.Level.WARNING, "training runs on the JVM: " + reason);
      return JVM.engine(graph, capacity);
    }

    @Override
    public String toString() {
      return "auto";
    }
  }
}
