package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.audit.Witness;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.GainWitness;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Units that read images, in certificates that are true and forged; the audit says the same. */
class ImageForgeriesTest {

  private static final PositivityWitness PRODUCT = new PositivityWitness.ElementwiseProduct();

  private static String audited(Subject subject) {
    boolean bare = subject.weights().tensors().isEmpty();
    return Witness.audit(
            List.of(CertificateText.write(subject.certificate())),
            List.of(bare ? new byte[0] : Safetensors.write(subject.weights())),
            4_000_000_000L)
        .getLast();
  }

  private static void assertAccepted(NetworkUnderTest net) {
    assertThat(CertificateChecker.check(net.subject())).isInstanceOf(Accepted.class);
    assertThat(audited(net.subject())).startsWith("ACCEPTED");
  }

  private static void assertRejected(NetworkUnderTest net, Reason reason) {
    assertThat(CertificateChecker.check(net.subject()))
        .as(net.units.toString())
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    assertThat(audited(net.subject())).startsWith("REJECTED");
  }

  /** At the bound, and a little below it. */
  private static void assertLeast(NetworkUnderTest net, double bound) {
    net.bound = bound;
    assertAccepted(net);
    net.bound = bound * (1 - 0x1p-40);
    assertRejected(net, Reason.NOT_POSITIVE_DEFINITE);
  }

  private static void largest(NetworkUnderTest net) {
    net.norms = new Norms(Norm.LINF, Norm.LINF);
    net.witness = PRODUCT;
  }

  private static Convolution map(Optional<String> bias) {
    Window window = new Window(new Axis(2, 1, 1, 0, 1), Axis.of(1, 1));
    return new Convolution(new Grid(2, 2, 1), 2, window, 2, "k", bias);
  }

  /** Both channels have a kernel of two: the second is the larger one. */
  private static NetworkUnderTest convolution() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(4);
    net.tensor("k", List.of(2, 1, 2, 1), new double[] {1, 1, -3, 4});
    net.tensor("b", List.of(2), new double[] {1, 2});
    net.add(Unit.convolution(0, map(Optional.of("b"))));
    return net;
  }

  @Test
  void convolutions() {
    NetworkUnderTest net = convolution();
    // The second channel gives (4 x_0, -3 x_0 + 4 x_1): trace 41, determinant 256.
    net.bound = Math.sqrt((41 + Math.sqrt(41 * 41 - 4 * 256)) / 2) * (1 + 1e-9);
    assertAccepted(net);
    net.bound *= 1 - 2e-9;
    assertRejected(net, Reason.NOT_POSITIVE_DEFINITE);
    largest(net);
    assertLeast(net, 7);
  }

  @Test
  void tensorsOfOtherShapes() {
    for (List<Integer> shape :
        List.of(List.of(2, 2, 1, 1), List.of(2, 1, 1, 2), List.of(1, 2, 2, 1), List.of(2, 2))) {
      NetworkUnderTest net = convolution();
      net.bound = 10;
      assertAccepted(net);
      net.tensor("k", shape, new double[] {1, 1, -3, 4});
      assertRejected(net, Reason.WRONG_SHAPE);
      largest(net);
      assertRejected(net, Reason.WRONG_SHAPE);
    }
    NetworkUnderTest more = convolution();
    more.bound = 10;
    more.tensor("b", List.of(3), new double[] {1, 2, 3});
    assertRejected(more, Reason.WRONG_SHAPE);
    more.tensor("b", List.of(1, 2), new double[] {1, 2});
    assertRejected(more, Reason.WRONG_SHAPE);
    NetworkUnderTest missing = convolution();
    missing.bound = 10;
    missing.records.removeIf(record -> record.name().equals("b"));
    assertRejected(missing, Reason.MISSING_TENSOR);
  }

  /** A matrix proves nothing of the gain of a convolution, and a torus nothing of a matrix's. */
  @Test
  void gainsByAWitnessOfTheOtherKind() {
    Torus torus = new Torus(List.of(3, 1), List.of(0.0, 0.0));
    for (GainWitness witness :
        List.of(
            new PositivityWitness.ExactElimination(),
            new PositivityWitness.VerifiedCholesky(),
            torus)) {
      NetworkUnderTest image = convolution();
      image.gains.add(new Proof.Gain(1, 100, witness));
      image.gain(1, 1.5);
      image.bound = 1000;
      boolean ofAnImage = witness instanceof Torus;
      if (ofAnImage) {
        assertAccepted(image);
      } else {
        assertRejected(image, Reason.MALFORMED);
      }
      NetworkUnderTest dense = new NetworkUnderTest();
      dense.input(2);
      dense.dense(0, new double[][] {{1, 2}, {3, 4}});
      dense.gains.add(new Proof.Gain(1, 100, witness));
      dense.gain(1, 1.5);
      dense.bound = 1000;
      if (ofAnImage) {
        assertRejected(dense, Reason.MALFORMED);
      } else {
        assertAccepted(dense);
      }
    }
  }

  /** The name of a tensor cannot continue the reason of a rejection. */
  @Test
  void namesOfTensorsAreQuoted() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(4);
    Window window = new Window(new Axis(2, 1, 1, 0, 1), Axis.of(1, 1));
    net.tensor("k is fine", List.of(2, 2, 1, 1), new double[] {1, 1, -3, 4});
    net.add(
        Unit.convolution(
            0, new Convolution(new Grid(2, 2, 1), 2, window, 2, "k is fine", Optional.empty())));
    net.bound = 10;
    assertThat(CertificateChecker.check(net.subject()))
        .isEqualTo(
            new Rejected(Reason.WRONG_SHAPE, "\"k is fine\" is [2, 2, 1, 1], not [2, 1, 2, 1]"));
  }

  /** A kernel of four extents, a bias of one: a last bit that is another. */
  @Test
  void tensorsWithOtherNumbers() {
    for (String name : List.of("k", "b")) {
      NetworkUnderTest net = convolution();
      net.bound = 10;
      assertAccepted(net);
      List<TensorRecord> records = List.copyOf(net.records);
      double[] values = net.tensors.get(name).values();
      values[0] = Math.nextUp(values[0]);
      net.tensor(name, net.tensors.get(name).shape(), values);
      net.records.clear();
      net.records.addAll(records);
      assertRejected(net, Reason.FOREIGN_DIGEST);
      largest(net);
      assertRejected(net, Reason.FOREIGN_DIGEST);
    }
  }

  @Test
  void imagesOfOtherSizes() {
    Window one = Window.square(Axis.of(1, 1));
    for (Unit unit :
        List.of(
            Unit.convolution(
                0, new Convolution(new Grid(1, 3, 1), 1, one, 1, "k", Optional.empty())),
            Unit.averagePool(0, new AveragePool(new Grid(1, 3, 1), one, 1)),
            Unit.batchNorm(0, new BatchNorm(1, 3, "n", 1)),
            new Unit.MaxPool(0, new Grid(1, 3, 1), one))) {
      for (int size : new int[] {3, 2, 4, 9}) {
        NetworkUnderTest net = new NetworkUnderTest();
        net.input(size);
        for (String name : unit.tensors()) {
          List<Integer> shape = name.equals("k") ? List.of(1, 1, 1, 1) : List.of(1);
          double value = name.equals("k") || name.equals("n.weight") ? 1 : 0;
          net.tensor(name, shape, new double[] {value});
        }
        net.add(unit);
        largest(net);
        if (size == 3) {
          assertAccepted(net);
        } else {
          assertRejected(net, Reason.WRONG_SHAPE);
        }
      }
    }
  }

  /** What a window does not see is zero, and a window that sees nothing gives a constant. */
  @Test
  void windowsThatSeeNothing() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(1);
    net.tensor("k", List.of(1, 1, 2, 1), new double[] {3, 5});
    Window window = new Window(new Axis(2, 2, 4, 2, 2), Axis.of(1, 1));
    net.add(
        Unit.convolution(
            0, new Convolution(new Grid(1, 1, 1), 1, window, 1, "k", Optional.empty())));
    assertThat(net.units.getLast().size()).isEqualTo(3);
    net.bound = Math.sqrt(34) * (1 + 0x1p-50);
    assertAccepted(net);
    net.bound *= 1 - 0x1p-40;
    assertRejected(net, Reason.NOT_POSITIVE_DEFINITE);
    largest(net);
    assertLeast(net, 5);
  }

  @Test
  void averages() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(4);
    Window window = new Window(Axis.of(2, 1), Axis.of(2, 2));
    net.add(Unit.averagePool(0, new AveragePool(new Grid(1, 2, 2), window, -0.25)));
    assertLeast(net, 0.5);
    net.gain(1, 1);
    net.bound = Math.sqrt(0.5);
    net.bound = Math.nextUp(net.bound);
    assertAccepted(net);
    net.bound = 0.7;
    assertRejected(net, Reason.NOT_POSITIVE_DEFINITE);
    net.multipliers.clear();
    largest(net);
    assertLeast(net, 1);
    net.type = ElementType.F32;
    net.bound = 1;
    assertAccepted(net);
    net.units.set(1, Unit.averagePool(0, new AveragePool(new Grid(1, 2, 2), window, 0.1)));
    assertRejected(net, Reason.NOT_A_NUMBER);
  }

  /** Three windows overlap: by a gain of the root of three, to linf by one. */
  @Test
  void largestOfWindows() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(5);
    Window window = new Window(Axis.of(1, 3), Axis.of(3, 1));
    net.add(new Unit.MaxPool(0, new Grid(1, 1, 5), window));
    assertRejected(net, Reason.MALFORMED);
    net.gain(1, 1);
    net.bound = Math.nextUp(Math.sqrt(3));
    assertAccepted(net);
    net.bound = 1.7;
    assertRejected(net, Reason.NOT_POSITIVE_DEFINITE);
    net.multipliers.clear();
    largest(net);
    assertLeast(net, 1);
  }

  /** Each element of a window counts, the last as well as the first. */
  @Test
  void largestOfWhatMovesMost() {
    for (int most = 0; most < 4; most++) {
      NetworkUnderTest net = new NetworkUnderTest();
      double[][] weight = {{1}, {1}, {1}, {1}};
      weight[most][0] = -5;
      net.dense(net.input(1), weight);
      net.add(new Unit.MaxPool(1, new Grid(1, 2, 2), Window.square(Axis.of(2, 1))));
      largest(net);
      assertLeast(net, 5);
    }
  }

  /** The scales are 2 and -3 for the channels, in this order. */
  private static NetworkUnderTest normalised(int channels, int pixels) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(channels * pixels);
    double[][] values = {{1, -1.5}, {5, 6}, {7, 8}, {0, 0}};
    for (int role = 0; role < 4; role++) {
      double[] given = Arrays.copyOf(values[role], channels);
      net.tensor("n." + BatchNorm.ROLES.get(role), List.of(channels), given);
    }
    net.add(Unit.batchNorm(0, new BatchNorm(channels, pixels, "n", 0.25)));
    return net;
  }

  @Test
  void normalisations() {
    NetworkUnderTest net = normalised(2, 3);
    assertLeast(net, 3);
    largest(net);
    assertLeast(net, 3);
    net.add(Unit.select(1, List.of(2)));
    assertLeast(net, 2);
    net.units.set(2, Unit.select(1, List.of(3)));
    assertLeast(net, 3);
    NetworkUnderTest whole = normalised(2, 2);
    whole.gain(1, 1);
    assertLeast(whole, 3);
    for (String role : BatchNorm.ROLES) {
      NetworkUnderTest other = normalised(2, 2);
      other.bound = 3;
      other.tensor("n." + role, List.of(3), new double[] {1, 1, 1});
      assertRejected(other, Reason.WRONG_SHAPE);
      other.records.removeIf(record -> record.name().equals("n." + role));
      assertRejected(other, Reason.MISSING_TENSOR);
    }
  }

  /** Numbers that are none, also where the output depends on another channel alone. */
  @Test
  void normalisationsWithoutNumbers() {
    double[][] wrong = {
      {0, 0, 0, -1, 0},
      {1, 0, 0, 0, -0.0},
      {0, 0, 0, 0, 0},
      {0x1p1000, 0, 0, 0x1p-100, 0},
      {1, 0x1p1023, -0x1p1023, 1, 0},
      {1, 0, 0x1p1023, 0x1p-10, 0}
    };
    for (double[] numbers : wrong) {
      for (int channel = 0; channel < 2; channel++) {
        NetworkUnderTest net = new NetworkUnderTest();
        net.input(2);
        for (int role = 0; role < 4; role++) {
          double[] values = {role % 3 == 0 ? 1 : 0, role % 3 == 0 ? 1 : 0};
          values[channel] = numbers[role];
          net.tensor("n." + BatchNorm.ROLES.get(role), List.of(2), values);
        }
        net.add(Unit.batchNorm(0, new BatchNorm(2, 1, "n", numbers[4])));
        net.add(Unit.select(1, List.of(1 - channel)));
        net.bound = 1;
        assertRejected(net, Reason.NOT_A_NUMBER);
        largest(net);
        assertRejected(net, Reason.NOT_A_NUMBER);
      }
    }
  }

  /** A product or quotient that a float does not hold. */
  @Test
  void normalisationsBeyondFloats() {
    for (double[] numbers : new double[][] {{0x1p127, 0, 0, 0x1p-10}, {1, 0, 0x1p127, 0x1p-10}}) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.type = ElementType.F32;
      net.input(1);
      for (int role = 0; role < 4; role++) {
        net.tensor("n." + BatchNorm.ROLES.get(role), List.of(1), new double[] {numbers[role]});
      }
      net.add(Unit.batchNorm(0, new BatchNorm(1, 1, "n", 0)));
      net.activation(1, "sigmoid");
      largest(net);
      net.bound = 0x1p200;
      assertRejected(net, Reason.NOT_A_NUMBER);
      net.type = ElementType.F64;
      for (int role = 0; role < 4; role++) {
        net.tensor("n." + BatchNorm.ROLES.get(role), List.of(1), new double[] {numbers[role]});
      }
      assertAccepted(net);
    }
  }

  @Test
  void groupsThatAreNotWhole() {
    for (int pixels : new int[] {1, 2, 3, 4, 6, 8, 12, 1 << 20, 1 << 29}) {
      for (String name :
          List.of("maxmin", "group_sort", "householder", "softmax", "layer_norm", "relu")) {
        NetworkUnderTest net = new NetworkUnderTest();
        net.input(12);
        List<Double> constants =
            switch (name) {
              case "group_sort" -> List.of(3.0);
              case "householder" -> List.of(0.6, 0.8);
              case "softmax" -> List.of(1.0);
              case "layer_norm" -> List.of(1.0, 3.0);
              default -> List.of();
            };
        net.add(new Unit.Activation(0, name, constants, 12, pixels));
        net.gain(1, 1);
        net.bound = 1.5;
        int group = name.equals("group_sort") || name.equals("layer_norm") ? 3 : 2;
        boolean grouped = !name.equals("softmax") && !name.equals("relu");
        if (pixels == 1 || (grouped && pixels < 12 && 12 % (group * pixels) == 0)) {
          assertAccepted(net);
        } else {
          assertRejected(net, Reason.WRONG_SHAPE);
        }
      }
    }
  }

  /** Groups read what stands apart: (0, 2) and (1, 3). */
  @Test
  void groupsReadTheirChannels() {
    for (int pixels : new int[] {1, 2}) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(2);
      net.dense(0, new double[][] {{1, 0}, {0, 2}, {0, 4}, {0, 3}});
      net.add(new Unit.Activation(1, "maxmin", List.of(), 4, pixels));
      net.add(Unit.select(2, List.of(0)));
      largest(net);
      assertLeast(net, pixels == 1 ? 2 : 4);
      net.units.set(3, Unit.select(2, List.of(3)));
      assertLeast(net, pixels == 1 ? 4 : 3);
    }
  }

  /** In the matrix, too: of four elements the first and third move, and are one group. */
  @Test
  void groupsGiveTheirChannels() {
    for (int read = 0; read < 4; read++) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.dense(net.input(1), new double[][] {{1}, {0}, {1}, {0}});
      net.add(new Unit.Activation(1, "maxmin", List.of(), 4, 2));
      net.slope(2, 1);
      net.add(Unit.select(2, List.of(read)));
      if (read % 2 == 0) {
        assertLeast(net, 1);
      } else {
        net.bound = 0;
        assertAccepted(net);
      }
    }
  }

  /** Each call has tensors of its own, by prefixes and names. */
  @Test
  void inlinedCalls() {
    NetworkUnderTest inner = normalised(2, 2);
    inner.tensor("k", List.of(2, 1, 2, 1), new double[] {1, 0, 1, 0});
    inner.tensor("b", List.of(2), new double[] {1, 2});
    Window window = new Window(new Axis(2, 1, 0, 1, 1), Axis.of(1, 1));
    inner.add(
        Unit.convolution(
            1, new Convolution(new Grid(2, 2, 1), 2, window, 2, "k", Optional.of("b"))));
    inner.add(new Unit.MaxPool(2, new Grid(2, 2, 1), Window.square(Axis.of(1, 1))));
    inner.gain(3, 1.5);
    inner.add(new Unit.Activation(3, "maxmin", List.of(), 4, 2));
    inner.gain(4, 1);
    inner.bound = 9;
    assertThat(CertificateChecker.check(inner.subject())).isInstanceOf(Accepted.class);
    NetworkUnderTest outer = new NetworkUnderTest();
    outer.calls = Grounds.Calls.INLINED;
    outer.call(outer.call(outer.input(4), "a.B", inner.subject()), "a.B", inner.subject());
    // The second channel is the larger one: of the first that is known by its groups alone.
    outer.add(Unit.select(2, List.of(0)));
    outer.norms = new Norms(Norm.LINF, Norm.LINF);
    outer.witness = PRODUCT;
    outer.bound = 9;
    assertThat(CertificateChecker.check(outer.subject())).isInstanceOf(Accepted.class);
    outer.bound = 8.99;
    assertThat(CertificateChecker.check(outer.subject())).isInstanceOf(Rejected.class);
  }

  /** A stride that no image needs, of ten digits. */
  @Test
  void longNumbers() {
    for (int stride : new int[] {999_999_999, 1_000_000_000, Integer.MAX_VALUE}) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(4);
      net.add(new Unit.MaxPool(0, new Grid(1, 2, 2), Window.square(Axis.of(2, stride))));
      net.gain(1, 1);
      assertAccepted(net);
    }
  }
}
