package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Certificates with what they are about, and what is changed of one. */
class SubjectTest {

  private static NetworkUnderTest network() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(3);
    net.dense(0, new double[][] {{1, 0, 0}, {0, 1, 0}});
    return net;
  }

  private static Subject with(Subject subject, Weights weights, Map<String, Subject> callees) {
    return new Subject(subject.certificate(), subject.digest(), weights, callees);
  }

  @Test
  void aNetworkIsEvaluableWhereAllWeightsAreKnown() {
    Subject known = network().subject();
    Subject unknown = with(known, new Weights(Map.of()), Map.of());
    assertThat(known.isEvaluable()).isTrue();
    assertThat(unknown.isEvaluable()).isFalse();
    assertThat(with(known, known.weights(), Map.of("a", known)).isEvaluable()).isTrue();
    assertThat(with(known, known.weights(), Map.of("a", unknown)).isEvaluable()).isFalse();
    assertThat(with(known, known.weights(), Map.of("a", known, "b", unknown)).isEvaluable())
        .isFalse();
    assertThat(with(known, new Weights(Map.of()), Map.of("a", known)).isEvaluable()).isFalse();
  }

  /** Each of forty calls the next one by two names: 2^40 ways lead to the last. */
  @Test
  void sharedCalleesAreLookedAtOnce() {
    Subject known = network().subject();
    Subject subject = known;
    for (int k = 0; k < 40; k++) {
      subject = with(known, known.weights(), Map.of("a", subject, "b", subject));
    }
    assertThat(subject.isEvaluable()).isTrue();
  }

  @Test
  void calleesAreThoseOfItsBeginning() {
    Subject known = network().subject();
    Map<String, Subject> callees = new TreeMap<>(Map.of("a", known));
    Subject subject = with(known, known.weights(), callees);
    callees.clear();
    assertThat(subject.callees()).containsOnlyKeys("a");
  }

  @Test
  void whatIsChangedOfACertificate() {
    Certificate certificate = network().subject().certificate();
    assertThat(certificate.inputSize()).isEqualTo(3);
    assertThat(certificate.outputSize()).isEqualTo(2);
    assertThat(certificate.claiming(0.25).lipschitz().bound()).isEqualTo(0.25);
    assertThat(certificate.claiming(0.25).lipschitz().declared())
        .isEqualTo(certificate.lipschitz().declared());
    assertThat(certificate.claiming(certificate.lipschitz().bound())).isEqualTo(certificate);
    Certificate other = certificate.declaring("demo.Other", 7);
    assertThat(other.network()).isEqualTo("demo.Other");
    assertThat(other.lipschitz().declared()).isEqualTo(7);
    assertThat(other.lipschitz().bound()).isEqualTo(certificate.lipschitz().bound());
    Certificate longer = certificate.of(List.of(new Unit.Input(5, Optional.empty())));
    assertThat(longer.inputSize()).isEqualTo(5);
    Unit before = Unit.scale(1, 2, 9);
    assertThat(certificate.of(List.of(before, longer.units().getFirst())).inputSize()).isEqualTo(5);
    assertThat(longer.type()).isEqualTo(ElementType.F64);
  }

  /** Proofs go where they came from; where a theorem stands for them, there are none. */
  @Test
  void proofsOfAllGrounds() {
    Proof proof =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.VerifiedCholesky());
    Certificate given = network().subject().certificate();
    assertThat(given.with(List.of(proof, proof)).grounds())
        .isEqualTo(
            new Grounds.GivenWeights(
                given.tensors(), Grounds.Calls.BOUNDED, List.of(proof, proof)));
    Certificate composed =
        given.on(new Grounds.Composition(Grounds.Calls.INLINED, List.of(proof, proof)));
    assertThat(composed.with(List.of(proof)).grounds())
        .isEqualTo(new Grounds.Composition(Grounds.Calls.INLINED, List.of(proof)));
    assertThat(composed.with(List.of(proof)).proof()).isEqualTo(proof);
    assertThat(composed.calls()).isEqualTo(Grounds.Calls.INLINED);
    Certificate theorem = given.on(new Grounds.LdltConstruction());
    assertThat(theorem.with(List.of(proof))).isEqualTo(theorem);
    assertThat(theorem.proofs()).isEmpty();
    assertThat(theorem.calls()).isEqualTo(Grounds.Calls.BOUNDED);
  }

  @Test
  void proofsAreNotNone() {
    assertThatThrownBy(() -> new Grounds.GivenWeights(List.of(), Grounds.Calls.BOUNDED, List.of()))
        .hasMessage("no proof");
    assertThatThrownBy(() -> new Grounds.Composition(Grounds.Calls.BOUNDED, List.of()))
        .hasMessage("no proof");
  }

  @Test
  void aCongruenceKeepsItsRows() {
    List<List<Long>> rows = new ArrayList<>(List.of(new ArrayList<>(List.of(1L))));
    PositivityWitness.Congruence congruence = new PositivityWitness.Congruence(rows);
    rows.getFirst().set(0, 2L);
    assertThat(congruence.rows()).containsExactly(List.of(1L));
  }

  @Test
  void normsInWords() {
    assertThat(new Norms(Norm.L2, Norm.LINF)).hasToString("l2 -> linf");
    assertThat(new Norms(Norm.LINF, Norm.L2)).hasToString("linf -> l2");
  }
}
