package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Unit;
import io.lipc.certificate.search.ProofMatrix;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.FormatException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the theorem about LDL^T weights covers, and everything near it that it does not. */
class ConstructionTest {

  private final NetworkUnderTest net = new NetworkUnderTest();

  @BeforeEach
  void inputOfThree() {
    net.construction = true;
    net.input(3);
  }

  private int dense(int operand, int size) {
    String name = "layer" + net.units.size();
    return net.add(
        Unit.dense(
            operand,
            net.units.get(operand).size(),
            size,
            name + ".weight",
            Optional.of(name + ".bias")));
  }

  private int hidden(int operand, int size, String activation, double... parameters) {
    return net.activation(dense(operand, size), activation, parameters);
  }

  private Verdict verdict() {
    return CertificateChecker.check(net.subject());
  }

  private void assertRejected(Reason reason) {
    assertThat(verdict())
        .isInstanceOfSatisfying(
            Verdict.Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  private void assertOutside() {
    assertRejected(Reason.NOT_OF_THE_CONSTRUCTION);
  }

  @Test
  void linearMap() {
    dense(0, 5);
    net.bound = 0.25;
    assertThat(verdict()).isEqualTo(new Accepted());
  }

  @Test
  void chainWithAnySlopes() {
    dense(hidden(hidden(hidden(0, 7, "relu"), 2, "abs"), 4, "leaky_relu", -3), 3);
    assertThat(verdict()).isEqualTo(new Accepted());
  }

  @Test
  void residualInBothOrders() {
    int skip = dense(0, 2);
    net.sum(skip, dense(hidden(hidden(0, 4, "tanh"), 5, "leaky_relu", 0.5), 2));
    assertThat(verdict()).isEqualTo(new Accepted());
    net.units.subList(1, net.units.size()).clear();
    int last = dense(hidden(0, 4, "relu"), 2);
    net.sum(last, dense(0, 2));
    assertThat(verdict()).isEqualTo(new Accepted());
  }

  @Test
  void textIsReadBack() throws FormatException {
    dense(hidden(0, 7, "relu"), 2);
    Certificate certificate = net.subject().certificate();
    String text = CertificateText.write(certificate);
    assertThat(text).contains("\"ldlt construction\"");
    assertThat(CertificateText.read(text)).isEqualTo(certificate);
  }

  @Test
  void identitySkip() {
    net.sum(0, dense(hidden(0, 4, "relu"), 3));
    assertOutside();
  }

  @Test
  void residualWithoutHiddenLayer() {
    net.sum(dense(0, 2), dense(0, 2));
    assertOutside();
  }

  @Test
  void residualWhoseSkipHasHiddenLayers() {
    net.sum(dense(hidden(0, 4, "relu"), 2), dense(hidden(0, 4, "relu"), 2));
    assertOutside();
  }

  @Test
  void residualOfThreeTerms() {
    net.sum(dense(0, 2), dense(hidden(0, 4, "relu"), 2), dense(hidden(0, 4, "relu"), 2));
    assertOutside();
  }

  @Test
  void residualWithSlopesOutsideOfZeroToOne() {
    for (String activation : List.of("abs", "leaky_relu")) {
      net.units.subList(1, net.units.size()).clear();
      double[] parameters = activation.equals("abs") ? new double[0] : new double[] {1.5};
      net.sum(dense(0, 2), dense(hidden(0, 4, activation, parameters), 2));
      assertOutside();
    }
  }

  @Test
  void activationsWithoutAnIntervalOfSlopes() {
    for (String activation : List.of("identity", "maxmin", "softmax")) {
      net.units.subList(1, net.units.size()).clear();
      double[] constants = activation.equals("softmax") ? new double[] {1} : new double[0];
      dense(hidden(0, 4, activation, constants), 2);
      assertOutside();
    }
    net.units.subList(1, net.units.size()).clear();
    dense(hidden(0, 4, "leaky_relu", 1), 2);
    assertOutside();
  }

  @Test
  void otherOperationsInTheChain() {
    dense(net.scale(hidden(0, 4, "relu"), 0.5), 2);
    assertOutside();
    net.units.subList(1, net.units.size()).clear();
    hidden(0, 4, "relu");
    assertOutside();
    net.units.subList(1, net.units.size()).clear();
    dense(dense(0, 4), 2);
    assertOutside();
    net.units.subList(1, net.units.size()).clear();
    dense(net.activation(0, "relu"), 2);
    assertOutside();
    net.units.subList(1, net.units.size()).clear();
    assertOutside();
  }

  @Test
  void unitsThatTheOutputDoesNotRead() {
    int last = hidden(0, 4, "relu");
    dense(0, 9);
    dense(last, 2);
    assertOutside();
  }

  @Test
  void layersThatShareATensor() {
    int first = net.add(Unit.dense(0, 3, 3, "w", Optional.empty()));
    net.add(Unit.dense(net.activation(first, "relu"), 3, 3, "w", Optional.empty()));
    assertOutside();
    net.units.subList(1, net.units.size()).clear();
    net.add(Unit.dense(0, 3, 3, "w", Optional.of("w")));
    assertOutside();
  }

  @Test
  void boundBelowTheOneThatWeightsAreMadeFor() {
    dense(hidden(0, 4, "relu"), 2);
    net.declared = Math.nextUp(1.0);
    assertOutside();
    net.declared = 1;
    assertThat(verdict()).isEqualTo(new Accepted());
  }

  @Test
  void boundOfZero() {
    dense(0, 4);
    net.bound = 0;
    assertOutside();
  }

  @Test
  void givenWeights() {
    net.dense(0, new double[][] {{1, 0, 0}});
    assertOutside();
  }

  @Test
  void storedWeightsThatTheCertificateDoesNotName() {
    dense(hidden(0, 4, "relu"), 2);
    assertThat(verdict()).isEqualTo(new Accepted());
    net.tensor("layer1.weight", List.of(4, 3), new double[12]);
    net.records.clear();
    assertOutside();
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.gain(caller.call(caller.input(3), "test.Network", net.subject()), 1);
    assertThat(CertificateChecker.check(caller.subject()))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.CALLEE_NOT_ACCEPTED));
  }

  @Test
  void widthsThatDoNotFit() {
    net.add(Unit.dense(0, 4, 2, "w", Optional.empty()));
    assertRejected(Reason.WRONG_SHAPE);
  }

  @Test
  void callsInTheChain() {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.kind = Certificate.Kind.STRUCTURAL;
    callee.input(3);
    dense(net.call(0, "test.Callee", callee.subject()), 2);
    assertOutside();
  }

  @Test
  void aCalleeThatNothingCalls() {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.kind = Certificate.Kind.STRUCTURAL;
    callee.input(3);
    dense(hidden(0, 4, "relu"), 2);
    net.callees.put("test.Network", callee.subject());
    assertOutside();
  }

  @Test
  void noMatrixIsGiven() {
    dense(0, 4);
    assertThatThrownBy(() -> ProofMatrix.main(net.subject(), () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCallerUsesItsBoundAlone() {
    dense(hidden(0, 4, "relu"), 3);
    net.bound = 0.75;
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.kind = Certificate.Kind.STRUCTURAL;
    int x = caller.input(3);
    int y = caller.call(x, "test.Network", net.subject());
    caller.rows(x, 3);
    caller.rows(y, 3);
    caller.scale(y, 2);
    caller.gain(y, 4);
    caller.bound = 1.5;
    assertThat(CertificateChecker.check(caller.subject())).isEqualTo(new Accepted());
    caller.bound = Math.nextDown(1.5);
    assertThat(CertificateChecker.check(caller.subject())).isInstanceOf(Verdict.Rejected.class);
  }
}
