package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Range;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Precision;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.OnDevice;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a device makes of the functions of kernels: within the error that the rounding bound counts
 * for one value, at floats of all sizes and densely where functions bend.
 */
@OnDevice
class DeviceFunctionsOnDeviceTest {

  private static final int WIDTH = 256;
  private static final int ROWS = 1024;

  /** The first half has any bits, the second numbers between -20 and 20. */
  private static float[] arguments() {
    SplittableRandom random = new SplittableRandom(61);
    float[] x = new float[WIDTH * ROWS];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          i < x.length / 2
              ? Float.intBitsToFloat(random.nextInt())
              : (float) random.nextDouble(-20, 20);
    }
    return x;
  }

  @ParameterizedTest
  @EnumSource
  void values_are_within_the_counted_error(PointwiseKind kind) {
    NetworkBuilder net = new NetworkBuilder("demo.device.Function" + kind, Precision.F32);
    List<Double> constants = Collections.nCopies(kind.parameterNames().size(), 0.3125);
    net.activate("y", net.input("x", WIDTH), kind, constants.toArray(Double[]::new));
    CheckedNetwork checked = net.build(1, "");
    DeviceNetwork network =
        DeviceNetworks.compile(
            checked, Subjects.random(checked.network(), new SplittableRandom(1), Map.of()));
    float[] x = arguments();
    float[] y = new float[x.length];
    try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), network.program())) {
      device.apply(x, y, ROWS);
      assertThat(device.lastKernelTime()).isPositive();
    }
    Elementwise function = Elementwise.of(kind.word(), constants);
    double worst =
        IntStream.range(0, x.length)
            .mapToDouble(i -> share(function, x[i], y[i]))
            .max()
            .orElseThrow();
    System.out.printf("%s on a device: %.3f of the error that is counted%n", kind.word(), worst);
    assertThat(worst).isLessThanOrEqualTo(1);
  }

  /** In parts of what is counted; infinite where NaN or an infinity is lost, or made. */
  private static double share(Elementwise function, float t, float computed) {
    double exact = function.value(t);
    if (!Float.isFinite(t) || Math.abs(exact) > Float.MAX_VALUE) {
      return Float.compare(computed + 0f, (float) exact + 0f) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double counted = function.floatError(new Range(t, t));
    double off = Math.abs(computed - exact);
    return off == 0 ? 0 : off <= counted ? off / counted : Double.POSITIVE_INFINITY;
  }
}
