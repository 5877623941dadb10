package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.kernels.DeviceNetworks.DoubleDeviceNetwork;
import io.lipc.runtime.tornado.TornadoDoubleNetwork;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.util.Arrays;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Compares a network on a device with the JVM and the interpreter, row by row. */
final class DeviceAgreement {

  private DeviceAgreement() {}

  /**
   * One batch of seeded inputs from [-1, 1]: the JVM gives the interpreter's bits, unless it
   * approximates; the device is within the rounding bound of both, and far within what a wrong
   * kernel would be off by.
   */
  static void check(TornadoNetwork device, DeviceNetwork network, int batch) {
    int inputs = device.inputSize();
    int outputs = device.outputSize();
    float[] x = inputs(inputs * batch, batch);
    float[] y = new float[outputs * batch];
    Arrays.fill(y, Float.NaN);
    device.apply(x, y, batch);
    assertThat(device.lastKernelTime()).as("time of kernels on the device").isPositive();
    double bound = bound(network.subject(), inputs);
    double jvmTolerance = Approximations.tolerance(network.subject(), 1);
    for (int row = 0; row < batch; row++) {
      float[] input = Arrays.copyOfRange(x, row * inputs, (row + 1) * inputs);
      float[] jvm = new float[outputs];
      network.jvm().apply(input, jvm);
      double[] interpreted = network.interpreter().apply(doubles(input));
      assertThat(doubles(jvm)).containsExactly(interpreted, within(jvmTolerance));
      double largest = Arrays.stream(interpreted).map(Math::abs).max().orElse(0);
      double tolerance = Math.min(2 * bound, 1e-3 * (1 + largest));
      for (int i = 0; i < outputs; i++) {
        double error = Math.abs(y[row * outputs + i] - interpreted[i]);
        assertThat(error)
            .as("batch %d, row %d, output %d", batch, row, i)
            .isBetween(0.0, tolerance);
      }
    }
  }

  static float[] inputs(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[length];
    IntStream.range(0, length).forEach(i -> x[i] = (float) random.nextDouble(-1, 1));
    return x;
  }

  /** The same in doubles: the device is 2^29 times as close. */
  static void check(TornadoDoubleNetwork device, DoubleDeviceNetwork network, int batch) {
    int inputs = device.inputSize();
    int outputs = device.outputSize();
    double[] x = new SplittableRandom(batch).doubles((long) inputs * batch, -1, 1).toArray();
    double[] y = new double[outputs * batch];
    Arrays.fill(y, Double.NaN);
    device.apply(x, y, batch);
    assertThat(device.lastKernelTime()).as("time of kernels on the device").isPositive();
    double bound = bound(network.subject(), inputs);
    for (int row = 0; row < batch; row++) {
      double[] input = Arrays.copyOfRange(x, row * inputs, (row + 1) * inputs);
      double[] jvm = new double[outputs];
      network.jvm().apply(input, jvm);
      double[] interpreted = network.interpreter().apply(input);
      assertThat(jvm).containsExactly(interpreted);
      double largest = Arrays.stream(interpreted).map(Math::abs).max().orElse(0);
      double tolerance = Math.min(2 * bound, 1e-3 * 0x1p-29 * (1 + largest));
      for (int i = 0; i < outputs; i++) {
        double error = Math.abs(y[row * outputs + i] - interpreted[i]);
        assertThat(error)
            .as("batch %d, row %d, output %d", batch, row, i)
            .isBetween(0.0, tolerance);
      }
    }
  }

  private static double bound(Subject subject, int inputs) {
    Unit.Box box =
        new Unit.Box(Collections.nCopies(inputs, -1.0), Collections.nCopies(inputs, 1.0));
    return RoundingBound.maxError(subject, box).orElseThrow();
  }

  private static double[] doubles(float[] numbers) {
    return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray();
  }
}
