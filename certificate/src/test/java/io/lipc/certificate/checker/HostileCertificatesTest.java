package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.Weights;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Certificates made to slip through or to wear the checker out: each gets a verdict, soon. */
final class HostileCertificatesTest {

  private final NetworkUnderTest net = new NetworkUnderTest();

  private static void assertRejected(Subject subject, Reason reason) {
    assertThat(CertificateChecker.check(subject))
        .isInstanceOfSatisfying(Rejected.class, r -> assertThat(r.reason()).isEqualTo(reason));
  }

  private void assertRejected(Reason reason) {
    assertRejected(net.subject(), reason);
  }

  @Test
  void oddMaxminByItsGain() {
    net.gain(net.activation(net.input(3), "maxmin"), 1);
    assertRejected(Reason.WRONG_SHAPE);
  }

  @Test
  void maxminWithConstants() {
    int x = net.input(2);
    assertThatIllegalArgumentException().isThrownBy(() -> net.activation(x, "maxmin", 7));
  }

  @Test
  void softmaxWithAMultiplierForEachElement() {
    // The inequality is false for single elements: where one logit grows, other outputs fall.
    int y = net.activation(net.input(2), "softmax", 1);
    net.slope(y, 9, 1);
    assertRejected(Reason.MALFORMED);
    net.multipliers.clear();
    net.slope(y, 1, 1);
    assertRejected(Reason.MALFORMED);
  }

  @Test
  void sortedGroupsWithAMultiplierForEachElement() {
    net.slope(net.activation(net.input(3), "group_sort", 3), 1, 1, 1);
    assertRejected(Reason.MALFORMED);
  }

  @Test
  void groupsThatDoNotFillTheVector() {
    net.gain(net.activation(net.input(4), "group_sort", 3), 1);
    assertRejected(Reason.WRONG_SHAPE);
    net.units.set(1, Unit.activation(0, "group_sort", List.of(5.0), 4));
    assertRejected(Reason.WRONG_SHAPE);
    net.units.set(1, Unit.activation(0, "group_sort", List.of(0x1p30), 4));
    assertRejected(Reason.WRONG_SHAPE);
  }

  @Test
  void groupsLargerThanTheVector() {
    net.gain(net.activation(net.input(4), "group_sort", 2), 1);
    for (double size : new double[] {5, 8, 0x1p30, Integer.MAX_VALUE}) {
      net.units.set(1, Unit.activation(0, "group_sort", List.of(size), 4));
      assertRejected(Reason.WRONG_SHAPE);
    }
  }

  @Test
  void softmaxOfTheLeastTemperature() {
    net.gain(net.activation(net.input(4), "softmax", 1), 1);
    net.units.set(1, Unit.activation(0, "softmax", List.of(0x1p-1024), 4));
    assertThat(CertificateChecker.check(net.subject())).isInstanceOf(Rejected.class);
  }

  @Test
  void layerNormOfGroupsThatDoNotFit() {
    net.gain(net.activation(net.input(4), "layer_norm", 1, 2), 1);
    for (double size : new double[] {3, 5, 8, 0x1p30, Integer.MAX_VALUE}) {
      net.units.set(1, Unit.activation(0, "layer_norm", List.of(1.0, size), 4));
      assertRejected(Reason.WRONG_SHAPE);
    }
  }

  @Test
  void layerNormWithAMultiplierForEachElement() {
    int y = net.activation(net.input(2), "layer_norm", 1, 0);
    net.slope(y, 9, 1);
    assertRejected(Reason.MALFORMED);
    net.multipliers.clear();
    net.slope(y, 1, 1);
    assertRejected(Reason.MALFORMED);
  }

  @Test
  void groupsOfLongRows() {
    net.rows(net.input(4), 4);
    net.slope(net.activation(0, "group_sort", 4), 0.5);
    assertRejected(Reason.MALFORMED);
    net.units.set(1, Unit.activation(0, "softmax", List.of(1.0), 4));
    assertRejected(Reason.MALFORMED);
    net.units.set(1, Unit.activation(0, "householder", List.of(1.0, 0.0), 4));
    assertRejected(Reason.MALFORMED);
  }

  @Test
  void tensorsOfAnotherFormatThanTheCertificate() {
    net.dense(net.input(1), new double[][] {{0.1}});
    net.type = ElementType.F32;
    assertRejected(Reason.FOREIGN_DIGEST);
  }

  @Test
  void constantsThatTheFormatDoesNotHold() {
    net.type = ElementType.F32;
    net.scale(net.input(1), 0.1);
    assertRejected(Reason.NOT_A_NUMBER);
    net.units.set(1, Unit.scale(0, (float) 0.1, 1));
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
    net.units.set(1, Unit.activation(0, "leaky_relu", List.of(0.1), 1));
    net.slope(1, 0.5);
    assertRejected(Reason.NOT_A_NUMBER);
  }

  @Test
  void calleeWhoseDigestIsNotThatOfItsText() {
    net.scale(net.input(1), 0.5);
    Subject honest = net.subject();
    Digest claimed = Digest.of();
    Subject lying = new Subject(honest.certificate(), claimed, honest.weights(), Map.of());
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.gain(caller.callAsNamed(caller.input(1), "test.Network", lying), 1);
    assertRejected(caller.subject(), Reason.CALLEE_NOT_ACCEPTED);
  }

  @Test
  void calleeOfAnotherName() {
    net.scale(net.input(1), 0.5);
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.gain(caller.callAsNamed(caller.input(1), "test.Callee", net.subject()), 1);
    assertRejected(caller.subject(), Reason.CALLEE_NOT_ACCEPTED);
  }

  @Test
  void oneNetworkUnderTwoNames() {
    net.scale(net.input(1), 0.5);
    NetworkUnderTest caller = new NetworkUnderTest();
    Subject callee = net.subject();
    int first = caller.callAsNamed(caller.input(1), "test.Network", callee);
    caller.gain(first, 1);
    caller.gain(caller.callAsNamed(first, "test.Other", callee), 1);
    assertRejected(caller.subject(), Reason.CALLEE_NOT_ACCEPTED);
  }

  @Test
  void calleeThatNothingCalls() {
    net.scale(net.input(1), 0.5);
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.input(1);
    caller.callees.put("test.Network", net.subject());
    assertRejected(caller.subject(), Reason.MALFORMED);
  }

  @Test
  void calleeWithoutUnits() {
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.input(1);
    Subject empty = net.subject();
    caller.add(new Unit.Call(0, "test.Callee", empty.digest(), 1, 1));
    caller.callees.put("test.Callee", empty);
    caller.gain(1, 1);
    assertRejected(caller.subject(), Reason.CALLEE_NOT_ACCEPTED);
  }

  @Test
  void calleeOfOneDigestButOtherWeights() {
    // The sound twin is checked first, by name; it must not vouch for the other.
    net.dense(net.input(1), new double[][] {{1}});
    Subject sound = net.subject();
    net.tensor("w1", List.of(1, 1), new double[] {9});
    Weights other = net.subject().weights();
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.gain(caller.call(caller.input(1), "test.B", sound), 1);
    caller.callees.put("test.A", sound);
    caller.callees.put("test.B", new Subject(sound.certificate(), sound.digest(), other, Map.of()));
    assertRejected(caller.subject(), Reason.CALLEE_NOT_ACCEPTED);
  }

  @Test
  @Timeout(20)
  void sharedCalleesAreCheckedOnce() {
    // Each network calls both of the level before: 2^60 paths, but 121 networks.
    net.input(1);
    Subject left = net.subject();
    Subject right = left;
    for (int depth = 0; depth < 60; depth++) {
      NetworkUnderTest caller = new NetworkUnderTest();
      int first = caller.call(caller.input(1), "test.First", left);
      caller.gain(first, 1);
      caller.gain(caller.call(first, "test.Second", right), 1);
      Subject next = caller.subject();
      left = next;
      right = next;
    }
    assertThat(CertificateChecker.check(left)).isEqualTo(new Accepted());
  }

  @Test
  @Timeout(20)
  void joinsOfMoreElementsThanTheySay() {
    int x = net.input(8000);
    int[] thousands = new int[100_000];
    Arrays.fill(thousands, x);
    net.add(Unit.concat(Arrays.stream(thousands).boxed().toList(), 1));
    assertRejected(Reason.WRONG_SHAPE);
  }

  @Test
  void sumsOfMoreElementsThanAreTaken() {
    int x = net.input(8000);
    net.add(Unit.sum(Collections.nCopies(100_000, x), 8000));
    assertRejected(Reason.TOO_LARGE);
  }

  @Test
  void numbersOfEndlessDigits() {
    int x = net.input(1);
    int y = x;
    for (int i = 0; i < 400; i++) {
      y = net.sum(x, net.scale(y, 0x1.8p-1000));
    }
    assertRejected(Reason.TOO_LARGE);
  }

  @Test
  @Tag("long")
  @Timeout(20)
  void manyUnitsWithManyProofEntries() {
    int x = net.input(1);
    int count = 10_000;
    for (int i = count; i > 0; i--) {
      x = net.activation(x, "relu");
      net.gain(x, 1 + 0.5 * i / count);
      net.rows(x, 1);
    }
    net.bound = 1.5;
    net.witness = new PositivityWitness.VerifiedCholesky();
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
  }

  @Test
  void rowsThatLineUpOnlyInTheirNumber() {
    // Sizes agree, cuts do not: elements of different places would be added.
    net.rows(net.input(3), 1, 2);
    net.rows(net.activation(0, "tanh"), 2, 1);
    net.gain(1, 1);
    net.sum(0, 1);
    net.bound = 100;
    assertRejected(Reason.WRONG_SHAPE);
  }

  @Test
  void gainThatIsProvedForAnotherUnit() {
    int small = net.dense(net.input(1), new double[][] {{1}});
    int large = net.dense(small, new double[][] {{9}});
    net.gain(small, 1, 1);
    net.gain(large, 1);
    assertRejected(Reason.GAIN_NOT_PROVED);
    net.gains.add(new Proof.Gain(large, 1, net.witness));
    assertRejected(Reason.GAIN_NOT_PROVED);
  }

  @Test
  void inputTakenForAConstant() {
    net.gain(net.input(1), 1);
    net.bound = 0;
    assertRejected(Reason.GAIN_NOT_PROVED);
  }

  @Test
  void structuralProofWithWeights() {
    net.kind = Certificate.Kind.STRUCTURAL;
    net.dense(net.input(1), new double[][] {{1}});
    assertRejected(Reason.MISSING_TENSOR);
  }
}
