package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Subject;
import io.lipc.certificate.enclosure.RoundingBound;
import io.lipc.formats.ElementType;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.CertifiedRadius;
import io.lipc.runtime.DoubleNetwork;
import io.lipc.runtime.FloatNetwork;
import io.lipc.runtime.Transposed;
import io.lipc.runtime.Workspace;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Radii of generated classes are about inputs of the box, and about the logits of these inputs. */
class GeneratedRadiusTest {

  private static final FloatNetwork FLOATS = (FloatNetwork) network(ElementType.F32);
  private static final DoubleNetwork DOUBLES = (DoubleNetwork) network(ElementType.F64);

  private final SplittableRandom random = new SplittableRandom(7);

  private static Object network(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.Boxed", precision);
    int h =
        net.activate("h", net.dense("h#0", net.input("x", 5, 0, 0.1), 9, true), PointwiseKind.RELU);
    net.dense("y", h, 3, true);
    return instance(net.build(2, ""));
  }

  private static Object instance(CheckedNetwork network) {
    Subject subject = Subjects.random(network.network(), new SplittableRandom(3), Map.of());
    return Generated.instance(network, subject);
  }

  private float[] inside() {
    float[] x = new float[5];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(0, 0.0999);
    }
    return x;
  }

  private static float[] logits(FloatNetwork network, float... x) {
    float[] y = new float[network.outputSize()];
    network.apply(x, y);
    return y;
  }

  private static double[] logits(DoubleNetwork network, double... x) {
    double[] y = new double[network.outputSize()];
    network.apply(x, y);
    return y;
  }

  @Test
  void insideOfTheBoxItIsTheRadiusOfTheLogits() {
    double maxError = RoundingBound.maxError(FLOATS.subject()).orElseThrow();
    Workspace workspace = FLOATS.newWorkspace();
    for (int i = 0; i < 100; i++) {
      float[] x = inside();
      float[] y = logits(FLOATS, x);
      double expected = CertifiedRadius.of(y, FLOATS.lipschitzBound(), maxError);
      assertThat(expected).isPositive();
      assertThat(FLOATS.certifiedRadius(x, y)).isEqualTo(expected);
      assertThat(FLOATS.certifiedRadius(workspace, x, y)).isEqualTo(expected);
    }
  }

  @Test
  void logitsOfABatchAreThoseOfTheirRows() {
    float[][] inputs = new float[600][];
    float[][] outputs = new float[inputs.length][3];
    float[][] block = Transposed.allocate(5);
    for (int r = 0; r < inputs.length; r++) {
      inputs[r] = inside();
      if (r < Transposed.ROWS) {
        Transposed.scatter(inputs[r], 5, block, r);
      }
    }
    FLOATS.apply(inputs, outputs);
    float[][] transposed = Transposed.allocate(3);
    FLOATS.applyTransposed(FLOATS.newWorkspace(), block, transposed, Transposed.ROWS);
    float[] y = new float[3];
    for (int r = 0; r < inputs.length; r++) {
      double radius = FLOATS.certifiedRadius(inputs[r], outputs[r]);
      assertThat(radius).isPositive();
      if (r < Transposed.ROWS) {
        Transposed.gather(transposed, r, y, 3);
        assertThat(FLOATS.certifiedRadius(inputs[r], y)).isEqualTo(radius);
      }
    }
  }

  @Test
  void outsideOfTheBoxThereIsNone() {
    for (int i = 0; i < 5; i++) {
      for (float out : new float[] {-Float.MIN_VALUE, 0.1f, 1e6f, -1e6f, 1 / 0f, Float.NaN}) {
        float[] x = inside();
        x[i] = out;
        assertThat(FLOATS.contains(x)).as("%s", out).isFalse();
        assertThat(FLOATS.certifiedRadius(x, logits(FLOATS, x))).as("%s", out).isZero();
      }
    }
  }

  /** 0.1f is above 0.1, and the number before it is below. */
  @Test
  void theEndsBelongToTheBox() {
    float[] x = {0, -0f, Math.nextDown(0.1f), 0, Float.MIN_VALUE};
    assertThat(FLOATS.contains(x)).isTrue();
    assertThat(FLOATS.certifiedRadius(x, logits(FLOATS, x))).isPositive();
    double[] exact = {0, -0.0, 0.1, 0, Double.MIN_VALUE};
    assertThat(DOUBLES.contains(exact)).isTrue();
    assertThat(DOUBLES.certifiedRadius(exact, logits(DOUBLES, exact))).isPositive();
  }

  @Test
  void otherLogitsHaveNone() {
    float[] x = inside();
    for (int j = 0; j < 3; j++) {
      for (int ulp : new int[] {-1, 1}) {
        float[] y = logits(FLOATS, x);
        y[j] = Float.intBitsToFloat(Float.floatToRawIntBits(y[j]) + ulp);
        assertThat(FLOATS.certifiedRadius(x, y)).isZero();
      }
    }
    assertThat(FLOATS.certifiedRadius(inside(), logits(FLOATS, x))).isZero();
  }

  @Test
  void zerosOfBothSignsAreDifferentLogits() {
    NetworkBuilder net = new NetworkBuilder("demo.Zero", ElementType.F32);
    int x = net.input("x", 2, -1, 1);
    net.activate("y", x, LinearKind.IDENTITY);
    FloatNetwork identity = (FloatNetwork) instance(net.build(1, ""));
    assertThat(identity.certifiedRadius(new float[] {1, 0}, new float[] {1, 0})).isPositive();
    assertThat(identity.certifiedRadius(new float[] {1, 0}, new float[] {1, -0f})).isZero();
    assertThat(identity.certifiedRadius(new float[] {1, -0f}, new float[] {1, 0})).isZero();
  }

  @Test
  void itIsTheSameInDoubles() {
    double[] x = random.doubles(5, 0, 0.1).toArray();
    double[] y = logits(DOUBLES, x);
    double maxError = RoundingBound.maxError(DOUBLES.subject()).orElseThrow();
    double expected = CertifiedRadius.of(y, DOUBLES.lipschitzBound(), maxError);
    assertThat(expected).isPositive();
    assertThat(DOUBLES.certifiedRadius(x, y)).isEqualTo(expected);
    double[] other = y.clone();
    other[1] = Math.nextUp(other[1]);
    assertThat(DOUBLES.certifiedRadius(x, other)).isZero();
    for (double out : new double[] {-Double.MIN_VALUE, Math.nextUp(0.1), 1e6, Double.NaN}) {
      x[3] = out;
      assertThat(DOUBLES.contains(x)).isFalse();
      assertThat(DOUBLES.certifiedRadius(x, logits(DOUBLES, x))).isZero();
    }
  }

  @Test
  void withoutABoxNothingIsInsideAndNothingCertified() {
    NetworkBuilder net = new NetworkBuilder("demo.Free", ElementType.F32);
    net.dense("y", net.input("x", 2), 2, true);
    FloatNetwork free = (FloatNetwork) instance(net.build(2, ""));
    float[] x = {0.25f, 0};
    assertThat(free.contains(x)).isFalse();
    assertThat(free.certifiedRadius(x, logits(free, x))).isZero();
    assertThat(free.certifiedRadius(free.newWorkspace(), x, logits(free, x))).isZero();
    assertThatThrownBy(() -> free.certifiedRadius(new float[3], x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input");
  }

  @Test
  void theMethodThatSeesNoInputIsDeprecated() throws Exception {
    float[] x = inside();
    float[] y = logits(FLOATS, x);
    var old = FLOATS.getClass().getMethod("certifiedRadius", float[].class);
    assertThat(old.isAnnotationPresent(Deprecated.class)).isTrue();
    assertThat(old.invoke(FLOATS, y)).isEqualTo(FLOATS.certifiedRadius(x, y));
  }

  @Test
  void wrongLengthsAndForeignWorkspacesAreNamed() {
    Workspace own = FLOATS.newWorkspace();
    Workspace foreign = DOUBLES.newWorkspace();
    assertRefused(() -> FLOATS.contains(new float[4]), "input has 4 elements, expected 5");
    assertRefused(() -> DOUBLES.contains(new double[6]), "input has 6 elements, expected 5");
    for (float far : new float[] {0, 9}) {
      float[] x = {0, 0, 0, 0, far};
      assertRefused(
          () -> FLOATS.certifiedRadius(x, new float[2]), "logits has 2 elements, expected 3");
      assertRefused(
          () -> FLOATS.certifiedRadius(own, new float[6], new float[3]),
          "input has 6 elements, expected 5");
      assertRefused(
          () -> FLOATS.certifiedRadius(foreign, x, new float[3]), "demo.BoxedNetwork; call");
    }
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
