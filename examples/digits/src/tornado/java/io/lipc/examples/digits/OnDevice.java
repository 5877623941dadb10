package io.lipc.examples.digits;

import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.DeviceException;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.util.List;
import java.util.Locale;

/** All held-out images as one batch, on a device that TornadoVM drives. */
public final class OnDevice {

  private OnDevice() {}

  /** Takes one argument: {@code auto}, {@code jvm}, a device's index or a part of its name. */
  public static void main(String[] arguments) {
    System.out.println("devices: " + Devices.list());
    try (TornadoNetwork network =
        TornadoNetwork.on(Device.parse(arguments[0]), DigitsTornado.of(DigitsNetwork.load()))) {
      classify(network, Images.heldOut());
    } catch (DeviceException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void classify(TornadoNetwork network, List<Images.Image> images) {
    int pixels = network.inputSize();
    int digits = network.outputSize();
    int batch = images.size();
    float[] inputs = new float[batch * pixels];
    for (int i = 0; i < batch; i++) {
      System.arraycopy(images.get(i).pixels(), 0, inputs, i * pixels, pixels);
    }
    float[] logits = new float[batch * digits];
    network.warmUp(batch);
    long start = System.nanoTime();
    network.apply(inputs, logits, batch);
    long end = System.nanoTime();
    int correct = 0;
    for (int i = 0; i < batch; i++) {
      correct += argMax(logits, i * digits, digits) == images.get(i).digit() ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "on %s: %d images in %.3f ms, of which kernels on the device %.3f ms%n",
        network.device(),
        batch,
        (end - start) / 1e6,
        network.lastKernelTime() / 1e6);
    System.out.printf(
        Locale.ROOT,
        "accuracy %.1f %%; certified Lipschitz bound %s, checked again now: %s%n",
        100.0 * correct / batch,
        network.network().lipschitzBound(),
        network.network().verify());
  }

  private static int argMax(float[] rows, int from, int size) {
    int best = 0;
    for (int i = 1; i < size; i++) {
      best = rows[from + i] > rows[from + best] ? i : best;
    }
    return best;
  }
}
