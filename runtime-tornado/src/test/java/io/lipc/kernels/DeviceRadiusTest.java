package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.certificate.inequality.WithoutOutput;
import io.lipc.certificate.margin.PairBounds;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.kernels.DeviceNetworks.DeviceNetwork;
import io.lipc.kernels.DeviceNetworks.DoubleDeviceNetwork;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.DoubleNetwork;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.LipschitzNetwork;
import io.lipc.runtime.tornado.Device;
import io.lipc.runtime.tornado.DeviceRadii;
import io.lipc.runtime.tornado.Devices;
import io.lipc.runtime.tornado.OnDevice;
import io.lipc.runtime.tornado.TornadoDoubleNetwork;
import io.lipc.runtime.tornado.TornadoNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Radii for logits of a device: near those of the JVM, for an input of the box. */
class DeviceRadiusTest {

  private static final DeviceNetwork CLASSES = network("Classes", 3, true);
  private static final DeviceNetwork SIGN = network("Sign", 1, true);
  private static final DeviceNetwork FREE = network("Free", 3, false);

  private final SplittableRandom random = new SplittableRandom(5);

  private static final DoubleDeviceNetwork IN_DOUBLES = inDoubles();

  private static DeviceNetwork network(String name, int outputs, boolean boxed) {
    CheckedNetwork network = declared(name, ElementType.F32, outputs, boxed);
    return DeviceNetworks.compile(network, weights(network));
  }

  private static DoubleDeviceNetwork inDoubles() {
    CheckedNetwork network = declared("Doubles", ElementType.F64, 3, true);
    return DeviceNetworks.compileDoubles(network, weights(network));
  }

  private static Subject weights(CheckedNetwork network) {
    return Subjects.random(network.network(), new SplittableRandom(3), Map.of());
  }

  private static CheckedNetwork declared(
      String name, ElementType precision, int outputs, boolean boxed) {
    NetworkBuilder net = new NetworkBuilder("demo.device.Radius" + name, precision);
    int x = boxed ? net.input("x", 5, 0, 0.5) : net.input("x", 5);
    net.dense(
        "y", net.activate("h", net.dense("h#0", x, 9, true), PointwiseKind.TANH), outputs, true);
    return net.build(2, "");
  }

  private float[] inside() {
    float[] x = new float[5];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(0, 0.5);
    }
    return x;
  }

  private static float[] logits(FloatNetwork network, float[] x) {
    float[] y = new float[network.outputSize()];
    network.apply(x, y);
    return y;
  }

  private static double maxError(DeviceNetwork network) {
    return RoundingBound.maxError(network.subject()).orElseThrow();
  }

  /** The class, or the sign of a single logit. */
  private static int decision(float[] y) {
    int winner = 0;
    for (int i = 1; i < y.length; i++) {
      winner = y[i] > y[winner] ? i : winner;
    }
    return y.length == 1 ? (int) Math.signum(y[0]) : winner;
  }

  @Test
  void logits_within_twice_the_rounding_bound_have_the_radius_of_the_jvm_and_decide_the_same() {
    for (DeviceNetwork network : new DeviceNetwork[] {CLASSES, SIGN}) {
      double tolerance = 2 * maxError(network);
      for (int i = 0; i < 200; i++) {
        float[] x = inside();
        float[] y = logits(network.jvm(), x);
        float[] near = y.clone();
        for (int j = 0; j < y.length; j++) {
          near[j] += (float) (random.nextDouble(-0.95, 0.95) * tolerance);
        }
        double radius = network.jvm().certifiedRadius(x, y);
        assertThat(radius).isPositive();
        assertThat(DeviceRadii.of(network.jvm(), x, y)).isEqualTo(radius);
        assertThat(DeviceRadii.of(network.jvm(), x, near)).isEqualTo(radius);
        assertThat(decision(near)).isEqualTo(decision(y));
      }
    }
  }

  /** Nine relus of five inputs and two outputs, whose pair has what radii by signs rest on. */
  private static FloatNetwork bySigns() {
    NetworkBuilder net = new NetworkBuilder("demo.device.RadiusSigns", ElementType.F32);
    int read = net.dense("h#0", net.input("x", 5, -4, 4), 9, true);
    net.dense("y", net.activate("h", read, PointwiseKind.RELU), 2, true);
    CheckedNetwork network = net.build(1e3, "");
    Subject subject = weights(network);
    Certificate about = subject.certificate();
    Proof proof =
        WithoutOutput.proof(
            List.of(new Proof.Multiplier(2, Proof.Constraint.SLOPE, List.of(0x1p-5))));
    Certificate pairs =
        new Certificate(
            about.network(),
            about.type(),
            new Claim.Pairs(Norm.L2, Optional.empty(), OptionalDouble.of(0x1p-8)),
            "by hand",
            PairUnits.of(about.units(), List.of(0x1p-5)),
            new Grounds.GivenWeights(
                about.tensors(), Grounds.Calls.BOUNDED, List.of(proof, proof)));
    Subject claimed = PairBounds.claimed(subject, pairs).subject();
    assertThat(CertificateChecker.check(claimed)).isEqualTo(new Verdict.Accepted());
    LipschitzNetwork plain = Generated.instance(network, subject);
    return (FloatNetwork) Generated.claiming(plain, List.of(claimed));
  }

  /**
   * By signs a radius is positive where the exact margin is above 2E. Logits within 2E of the JVM's
   * may decide otherwise there, and what is proved is not about them.
   */
  @Test
  void near_logits_that_decide_otherwise_have_no_radius() {
    FloatNetwork network = bySigns();
    assertThat(network.hasRadiiBySigns()).isTrue();
    double maxError = RoundingBound.maxError(network.subject()).orElseThrow();
    int found = 0;
    for (int i = 0; i < 2000 && found < 10; i++) {
      float[] x = atMargin(network, 3 * maxError);
      float[] y = logits(network, x);
      int winner = decision(y);
      double margin = y[winner] - y[1 - winner];
      if (margin < 2.5 * maxError || margin > 3.5 * maxError) {
        continue;
      }
      found++;
      double radius = network.certifiedRadius(x, y);
      assertThat(radius).isPositive();
      assertThat(DeviceRadii.of(network, x, y)).isEqualTo(radius);
      float[] near = y.clone();
      near[winner] -= (float) (1.9 * maxError);
      near[1 - winner] += (float) (1.9 * maxError);
      assertThat(decision(near)).isEqualTo(1 - winner);
      assertThat(DeviceRadii.of(network, x, near)).isZero();
      near[winner] = near[1 - winner];
      assertThat(DeviceRadii.of(network, x, near)).isZero();
    }
    assertThat(found).isEqualTo(10);
  }

  /** On a random segment, about where the first output is larger by so much. */
  private float[] atMargin(FloatNetwork network, double margin) {
    double[] from = random.doubles(5, -4, 4).toArray();
    double[] to = random.doubles(5, -4, 4).toArray();
    float[] x = new float[5];
    for (double least = 0, most = 1, k = 0; k < 40; k++) {
      double middle = (least + most) / 2;
      for (int i = 0; i < 5; i++) {
        x[i] = (float) (from[i] + middle * (to[i] - from[i]));
      }
      float[] y = logits(network, x);
      least = y[0] - y[1] > margin ? least : middle;
      most = y[0] - y[1] > margin ? middle : most;
    }
    return x;
  }

  @Test
  void one_logit_that_is_farther_leaves_nothing() {
    double tolerance = 2 * maxError(CLASSES);
    float[] x = inside();
    float[] y = logits(CLASSES.jvm(), x);
    for (int j = 0; j < y.length; j++) {
      float[] far = y.clone();
      far[j] = (float) (y[j] + tolerance);
      while (Math.abs((double) far[j] - y[j]) <= tolerance) {
        far[j] = Math.nextUp(far[j]);
      }
      assertThat(DeviceRadii.of(CLASSES.jvm(), x, far)).isZero();
      for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -Float.MAX_VALUE}) {
        far[j] = odd;
        assertThat(DeviceRadii.of(CLASSES.jvm(), x, far)).isZero();
      }
    }
  }

  @Test
  void logits_in_doubles_are_held_against_the_rounding_bound_of_doubles() {
    DoubleNetwork jvm = IN_DOUBLES.jvm();
    double tolerance = 2 * RoundingBound.maxError(IN_DOUBLES.subject()).orElseThrow();
    assertThat(tolerance).isLessThan(1e-12);
    for (int i = 0; i < 200; i++) {
      double[] x = random.doubles(5, 0, 0.5).toArray();
      double[] y = new double[3];
      jvm.apply(x, y);
      double radius = jvm.certifiedRadius(x, y);
      assertThat(radius).isPositive();
      double[] near = y.clone();
      double[] far = y.clone();
      near[i % 3] += random.nextDouble(-0.95, 0.95) * tolerance;
      far[i % 3] += (random.nextBoolean() ? 1.05 : -1.05) * tolerance;
      assertThat(DeviceRadii.of(jvm, x, near)).isEqualTo(radius);
      assertThat(DeviceRadii.of(jvm, x, far)).isZero();
      far[i % 3] = Double.NaN;
      assertThat(DeviceRadii.of(jvm, x, far)).isZero();
      x[i % 5] = Math.nextUp(0.5);
      assertThat(DeviceRadii.of(jvm, x, y)).isZero();
    }
  }

  @Test
  void outside_of_the_box_and_without_one_there_is_no_radius() {
    float[] x = inside();
    x[2] = Math.nextUp(0.5f);
    assertThat(DeviceRadii.of(CLASSES.jvm(), x, logits(CLASSES.jvm(), x))).isZero();
    x[2] = Float.NaN;
    assertThat(DeviceRadii.of(CLASSES.jvm(), x, logits(CLASSES.jvm(), x))).isZero();
    float[] free = inside();
    assertThat(DeviceRadii.of(FREE.jvm(), free, logits(FREE.jvm(), free))).isZero();
  }

  @Test
  void arrays_of_another_length_are_refused() {
    assertThatThrownBy(() -> DeviceRadii.of(CLASSES.jvm(), new float[10], new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input has 10 elements, expected 5");
    assertThatThrownBy(() -> DeviceRadii.of(CLASSES.jvm(), new float[5], new float[6]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("logits has 6 elements, expected 3");
  }

  @Test
  void on_the_jvm_it_is_the_jvms_to_the_bit() {
    try (TornadoNetwork network = TornadoNetwork.on(Device.jvm(), CLASSES.program())) {
      float[] x = inside();
      float[] y = logits(CLASSES.jvm(), x);
      double radius = CLASSES.jvm().certifiedRadius(x, y);
      assertThat(radius).isPositive();
      assertThat(network.certifiedRadius(x, y)).isEqualTo(radius);
      y[1] = Math.nextUp(y[1]);
      assertThat(network.certifiedRadius(x, y)).isZero();
    }
  }

  /** What the device itself gives, in plans of one row and of many. */
  @Nested
  @OnDevice
  class OfADevice {

    @Test
    void its_own_logits_have_radii_within_which_it_decides_the_same() {
      for (DeviceNetwork network : new DeviceNetwork[] {CLASSES, SIGN}) {
        try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), network.program())) {
          check(device, network, 1);
          check(device, network, 64);
        }
      }
    }

    private void check(TornadoNetwork device, DeviceNetwork network, int batch) {
      int outputs = network.jvm().outputSize();
      float[] x = new float[batch * 5];
      float[] moved = new float[batch * 5];
      float[] y = new float[batch * outputs];
      float[] then = new float[batch * outputs];
      double[] radii = new double[batch];
      for (int row = 0; row < batch; row++) {
        System.arraycopy(inside(), 0, x, row * 5, 5);
      }
      device.apply(x, y, batch);
      for (int row = 0; row < batch; row++) {
        float[] input = row(x, row, 5);
        radii[row] = device.certifiedRadius(input, row(y, row, outputs));
        assertThat(radii[row]).isPositive();
        assertThat(radii[row])
            .isEqualTo(network.jvm().certifiedRadius(input, logits(network.jvm(), input)));
        System.arraycopy(moved(input, radii[row]), 0, moved, row * 5, 5);
      }
      device.apply(moved, then, batch);
      for (int row = 0; row < batch; row++) {
        assertThat(decision(row(then, row, outputs))).isEqualTo(decision(row(y, row, outputs)));
      }
    }

    @Test
    void its_own_logits_in_doubles_have_radii() {
      try (TornadoDoubleNetwork device =
          TornadoDoubleNetwork.on(Devices.at(0), IN_DOUBLES.program())) {
        double[] x = random.doubles(5, 0, 0.5).toArray();
        double[] y = new double[3];
        double[] expected = new double[3];
        device.apply(x, y);
        IN_DOUBLES.jvm().apply(x, expected);
        assertThat(device.certifiedRadius(x, y))
            .isPositive()
            .isEqualTo(IN_DOUBLES.jvm().certifiedRadius(x, expected));
        y[0] += 1e-9;
        assertThat(device.certifiedRadius(x, y)).isZero();
      }
    }

    @Test
    void logits_of_another_input_have_none() {
      try (TornadoNetwork device = TornadoNetwork.on(Devices.at(0), CLASSES.program())) {
        float[] y = new float[3];
        device.apply(inside(), y);
        assertThat(device.certifiedRadius(inside(), y)).isZero();
      }
    }

    /** In some direction, to the edge of the box or almost as far as the radius. */
    private float[] moved(float[] input, double radius) {
      double[] direction = random.doubles(5, -1, 1).toArray();
      double norm = Math.sqrt(Arrays.stream(direction).map(d -> d * d).sum());
      float[] moved = new float[5];
      for (int i = 0; i < 5; i++) {
        double to = input[i] + 0.999 * radius * direction[i] / norm;
        moved[i] = (float) Math.clamp(to, 0, 0.5);
      }
      return moved;
    }

    private static float[] row(float[] rows, int row, int size) {
      return Arrays.copyOfRange(rows, row * size, (row + 1) * size);
    }
  }
}
