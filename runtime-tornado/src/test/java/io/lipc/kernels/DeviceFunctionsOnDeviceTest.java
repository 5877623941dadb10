package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Range;
import io.lipc.formats.ElementType;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.kernels.DeviceNetworks.DoubleDeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.OnDevice;
import io.lipc.runtime.tornado.TornadoDoubleNetwork;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a device makes of the functions of kernels: within the error that the rounding bound counts
 * for one value, at numbers of all sizes and densely where functions bend. One network has all
 * functions side by side, so that each is compiled once.
 */
@OnDevice
class DeviceFunctionsOnDeviceTest {

  private static final int WIDTH = 256;
  private static final int ROWS = 1024;

  /** Fewer, as the JVM computes each of them many times over to know how far rounding moves it. */
  private static final int ROWS_OF_DOUBLES = 256;

  private static final List<PointwiseKind> KINDS = List.of(PointwiseKind.values());

  private static CheckedNetwork network(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.device.Functions" + precision, precision);
    int x = net.input("x", WIDTH);
    List<Integer> all = new ArrayList<>();
    for (PointwiseKind kind : KINDS) {
      all.add(net.activate(kind.word(), x, kind, constants(kind).toArray(Double[]::new)));
    }
    net.concat("y", all);
    return net.build(1, "");
  }

  private static List<Double> constants(PointwiseKind kind) {
    return Collections.nCopies(kind.parameterNames().size(), 0.3125);
  }

  @Test
  void floats_are_within_the_counted_error() {
    CheckedNetwork checked = network(ElementType.F32);
    DeviceNetwork network =
        DeviceNetworks.compile(
            checked, Subjects.random(checked.network(), new SplittableRandom(1), Map.of()));
    // The first half has any bits, the second numbers between -20 and 20.
    SplittableRandom random = new SplittableRandom(61);
    float[] x = new float[WIDTH * ROWS];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          i < x.length / 2
              ? Float.intBitsToFloat(random.nextInt())
              : (float) random.nextDouble(-20, 20);
    }
    float[] y = new float[x.length * KINDS.size()];
    try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), network.program(), ROWS)) {
      device.apply(x, y, ROWS);
      assertThat(device.lastKernelTime()).isPositive();
    }
    for (PointwiseKind kind : KINDS) {
      Elementwise function = Elementwise.of(kind.word(), constants(kind));
      check(
          kind,
          x.length,
          i -> x[i],
          i -> y[i],
          (t, computed) -> share(function, (float) t, computed));
    }
  }

  @Test
  void doubles_are_within_the_counted_error() {
    CheckedNetwork checked = network(ElementType.F64);
    DoubleDeviceNetwork network =
        DeviceNetworks.compileDoubles(
            checked, Subjects.random(checked.network(), new SplittableRandom(1), Map.of()));
    SplittableRandom random = new SplittableRandom(62);
    double[] x = new double[WIDTH * ROWS_OF_DOUBLES];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          i < x.length / 2
              ? Double.longBitsToDouble(random.nextLong())
              : random.nextDouble(-20, 20);
    }
    double[] y = new double[x.length * KINDS.size()];
    try (TornadoDoubleNetwork device =
        TornadoDoubleNetwork.on(Devices.at(0), network.program(), ROWS_OF_DOUBLES)) {
      device.apply(x, y, ROWS_OF_DOUBLES);
      assertThat(device.lastKernelTime()).isPositive();
    }
    for (PointwiseKind kind : KINDS) {
      Elementwise function = Elementwise.of(kind.word(), constants(kind));
      check(
          kind,
          x.length,
          i -> x[i],
          i -> y[i],
          (t, computed) -> shareOfDoubles(function, t, computed));
    }
  }

  /** All values of one function, which lie side by side in each row. */
  private static void check(
      PointwiseKind kind,
      int count,
      IntToDoubleFunction x,
      IntToDoubleFunction y,
      DoubleBinaryOperator share) {
    int first = KINDS.indexOf(kind) * WIDTH;
    int stride = KINDS.size() * WIDTH;
    double worst =
        IntStream.range(0, count)
            .mapToDouble(
                i ->
                    share.applyAsDouble(
                        x.applyAsDouble(i),
                        y.applyAsDouble(i / WIDTH * stride + first + i % WIDTH)))
            .max()
            .orElseThrow();
    System.out.printf("%s on a device: %.3f of the error that is counted%n", kind.word(), worst);
    assertThat(worst).as(kind.word()).isLessThanOrEqualTo(1);
  }

  /** In parts of what is counted; infinite where NaN or an infinity is lost, or made. */
  private static double share(Elementwise function, float t, double computed) {
    double exact = function.value(t);
    if (!Float.isFinite(t) || Math.abs(exact) > Float.MAX_VALUE) {
      return Double.compare(computed + 0.0, (float) exact + 0.0) == 0
          ? 0
          : Double.POSITIVE_INFINITY;
    }
    return part(Math.abs(computed - exact), function.floatError(new Range(t, t)));
  }

  /**
   * The same in doubles, where nothing here is more exact than the JVM, whose value is as far off
   * as is counted for both: so the two are at most twice that apart.
   */
  private static double shareOfDoubles(Elementwise function, double t, double computed) {
    double jvm = function.value(t);
    if (!Double.isFinite(t) || !Double.isFinite(jvm)) {
      return Double.compare(computed + 0.0, jvm + 0.0) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    return part(Math.abs(computed - jvm), 2 * function.error(new Range(t, t)));
  }

  private static double part(double off, double counted) {
    return off == 0 ? 0 : off <= counted ? off / counted : Double.POSITIVE_INFINITY;
  }
}
