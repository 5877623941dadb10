package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.Digest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls replaced by what they call: the same function, within limits. */
final class InliningTest {

  private static final int MOST = 1 << 14;

  private final NetworkUnderTest net = new NetworkUnderTest();

  @BeforeEach
  void inlined() {
    net.calls = Grounds.Calls.INLINED;
    net.input(1);
  }

  /** {@code w x + b}, both under the same names in every network. */
  private static Subject layer(double weight, double bias) {
    NetworkUnderTest layer = new NetworkUnderTest();
    layer.dense(layer.input(1), new double[][] {{weight}}, new double[] {bias});
    layer.bound = Math.abs(weight);
    return layer.subject();
  }

  private static Subject nothing() {
    NetworkUnderTest nothing = new NetworkUnderTest();
    nothing.kind = Certificate.Kind.STRUCTURAL;
    nothing.input(1);
    return nothing.subject();
  }

  private void assertRefused(Reason reason, String detail) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Inlining.of(net.subject()))
        .withMessage(reason.words() + ": " + detail);
  }

  /** Operands of inlined units, and letters of the names of their tensors: up to 2^24. */
  @Test
  @Tag("long")
  void asManyOperandsAsAreCopied() {
    NetworkUnderTest wide = new NetworkUnderTest();
    int x = wide.input(1);
    int sum = wide.add(Unit.sum(Collections.nCopies((1 << 20) - 1, x), 1));
    wide.scale(sum, 0.5);
    int y = net.call(0, "test.Wide", wide.subject());
    Digest digest = net.callees.get("test.Wide").digest();
    for (int call = 1; call < 16; call++) {
      y = net.add(new Unit.Call(y, "test.Wide", digest, 1, 1));
    }
    assertThat(Inlining.of(net.subject()).certificate().units()).hasSize(33);
    net.scale(y, 1);
    assertRefused(Reason.TOO_LARGE, "too many names and operands in calls");
  }

  @Test
  void asManyLettersAsAreCopied() {
    // Before the name stands "0/", and the unit has an operand.
    int most = (1 << 24) - 3;
    for (int letters : new int[] {most, most + 1}) {
      net.units.clear();
      net.input(1);
      net.tensors.clear();
      net.records.clear();
      String name = "w".repeat(letters);
      net.tensor(name, List.of(1, 1), new double[] {0.5});
      net.add(Unit.dense(0, 1, 1, name, Optional.empty()));
      if (letters == most) {
        assertThat(Inlining.of(net.subject()).certificate().tensors()).hasSize(1);
      } else {
        assertRefused(Reason.TOO_LARGE, "too many names and operands in calls");
      }
    }
  }

  @Test
  void tensorsOfOneNameStayApart() {
    net.dense(0, new double[][] {{0.5}}, new double[] {3});
    net.call(1, "test.A", layer(2, 4));
    net.call(2, "test.B", layer(-8, 5));
    Subject flat = Inlining.of(net.subject());
    assertThat(flat.certificate().units())
        .containsExactly(
            new Unit.Input(1, Optional.empty()),
            Unit.dense(0, 1, 1, "0/w1", Optional.of("0/b1")),
            Unit.dense(1, 1, 1, "1/w1", Optional.of("1/b1")),
            Unit.dense(2, 1, 1, "2/w1", Optional.of("2/b1")));
    assertThat(flat.weights().tensors().keySet())
        .isEqualTo(Set.of("0/w1", "0/b1", "1/w1", "1/b1", "2/w1", "2/b1"));
    for (Map.Entry<String, Double> number :
        Map.of("0/w1", 0.5, "1/w1", 2.0, "2/w1", -8.0, "0/b1", 3.0, "1/b1", 4.0, "2/b1", 5.0)
            .entrySet()) {
      assertThat(flat.weights().tensor(number.getKey()).orElseThrow().get(0))
          .isEqualTo(number.getValue());
    }
    assertThat(flat.certificate().kind()).isEqualTo(Certificate.Kind.NUMERIC);
    assertThat(flat.certificate().calls()).isEqualTo(Grounds.Calls.BOUNDED);
    assertThat(flat.callees()).isEmpty();
    net.bound = 8;
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
  }

  @Test
  void whatHasNoWeightsStaysWithoutThem() {
    net.kind = Certificate.Kind.STRUCTURAL;
    net.call(0, "test.Nothing", nothing());
    Subject flat = Inlining.of(net.subject());
    assertThat(flat.certificate().kind()).isEqualTo(Certificate.Kind.STRUCTURAL);
    assertThat(flat.certificate().units()).hasSize(1);
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
  }

  @Test
  void tensorsAreThere() {
    net.dense(0, new double[][] {{0.5}});
    net.tensors.clear();
    assertRefused(Reason.MISSING_TENSOR, "w1");
  }

  @Test
  void theOutputIsTheLastUnit() {
    net.scale(0, 0.5);
    net.call(0, "test.Nothing", nothing());
    assertRefused(Reason.MALFORMED, "units that the output does not depend on");
  }

  @Test
  void asManyUnitsAsAreTaken() {
    NetworkUnderTest half = new NetworkUnderTest();
    int z = half.input(1);
    for (int unit = 0; unit < MOST / 2; unit++) {
      z = half.scale(z, 1);
    }
    int first = net.call(0, "test.Half", half.subject());
    net.add(new Unit.Call(first, "test.Half", net.callees.get("test.Half").digest(), 1, 1));
    assertRefused(Reason.TOO_LARGE, "too many units in calls");
    half.units.removeLast();
    net.units.subList(1, 3).clear();
    first = net.call(0, "test.Half", half.subject());
    net.add(new Unit.Call(first, "test.Half", net.callees.get("test.Half").digest(), 1, 1));
    net.scale(2, 1);
    assertThat(Inlining.of(net.subject()).certificate().units()).hasSize(MOST);
  }

  @Test
  void asManyCallsAsAreTaken() {
    net.call(0, "test.Nothing", nothing());
    List<Unit> call = List.copyOf(net.units.subList(1, 2));
    while (net.units.size() < MOST) {
      net.units.addAll(call);
    }
    assertThat(Inlining.of(net.subject()).certificate().units()).hasSize(1);
    net.units.addAll(call);
    assertRefused(Reason.TOO_LARGE, "too many calls");
  }
}
