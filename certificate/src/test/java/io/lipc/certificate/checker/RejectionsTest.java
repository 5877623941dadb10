package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.Congruences;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.search.ProofMatrix;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One sound certificate, tampered with: each kind of fault is refused for its own reason. */
final class RejectionsTest {

  private static final int HIDDEN = 2;

  private final NetworkUnderTest net = new NetworkUnderTest();

  /** Its best bound is 6 (the row with 3 and 2); 6.5 leaves room for all three procedures. */
  @BeforeEach
  void soundCertificate() {
    int x = net.input(2);
    int z = net.dense(x, new double[][] {{3, 0}, {0, 1}}, new double[] {1, -1});
    net.dense(net.slopes(z, "relu", 4.5), new double[][] {{2, 0}, {0, 1}});
    net.bound = 6.5;
    net.declared = 7;
  }

  private void assertRejected(Reason reason) {
    assertRejected(net, reason);
  }

  private static void assertRejected(NetworkUnderTest network, Reason reason) {
    assertThat(CertificateChecker.check(network.subject()))
        .isInstanceOfSatisfying(Rejected.class, r -> assertThat(r.reason()).isEqualTo(reason));
  }

  private void assertAccepted() {
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
  }

  private void multipliers(Double... values) {
    net.multipliers.set(0, new Proof.Multiplier(HIDDEN, Proof.Constraint.SLOPE, List.of(values)));
  }

  @Test
  void theCertificateIsSound() {
    assertAccepted();
    net.witness = Congruences.of(ProofMatrix.main(net.subject(), () -> {}));
    assertAccepted();
    net.witness = new PositivityWitness.VerifiedCholesky();
    assertAccepted();
  }

  @Test
  void otherMultipliersThatStillProveAreAccepted() {
    multipliers(4.25, 4.75);
    assertAccepted();
  }

  @Test
  void multipliersThatDoNotProve() {
    multipliers(0.5);
    assertRejected(Reason.NOT_POSITIVE_DEFINITE);
  }

  @Test
  void boundBelowTheTrueOne() {
    for (double bound : new double[] {5.999, 1, 1e-200, 0}) {
      net.bound = bound;
      assertRejected(Reason.NOT_POSITIVE_DEFINITE);
    }
  }

  @Test
  void boundBelowTheTrueOneByAnyProcedure() {
    net.witness = Congruences.of(ProofMatrix.main(net.subject(), () -> {}));
    net.bound = 5.999;
    assertRejected(Reason.NOT_POSITIVE_DEFINITE);
    net.witness = new PositivityWitness.VerifiedCholesky();
    assertRejected(Reason.NOT_POSITIVE_DEFINITE);
  }

  /** A unit known by its gain stands still only where all that it reads does, not its first row. */
  @Test
  void gainsOfUnitsThatReadSomeThatStandStill() {
    for (boolean first : new boolean[] {true, false}) {
      NetworkUnderTest some = new NetworkUnderTest();
      int x = some.input(1);
      int still = some.scale(x, 0);
      int both = first ? some.concat(still, x) : some.concat(x, still);
      some.gain(some.dense(both, new double[][] {{3, 4}}), 1, 5);
      some.bound = 5;
      assertThat(CertificateChecker.check(some.subject())).isEqualTo(new Accepted());
      for (double bound : new double[] {2.5, 0}) {
        some.bound = bound;
        assertRejected(some, Reason.NOT_POSITIVE_DEFINITE);
      }
    }
  }

  @Test
  void boundThatIsNoNumber() {
    net.bound = Double.NaN;
    assertRejected(Reason.NOT_A_NUMBER);
    net.bound = Double.POSITIVE_INFINITY;
    assertRejected(Reason.NOT_A_NUMBER);
  }

  @Test
  void declaredBoundThatIsNoNumber() {
    net.declared = Double.NaN;
    assertRejected(Reason.NOT_A_NUMBER);
  }

  @Test
  void negativeBound() {
    net.bound = -6.5;
    assertRejected(Reason.MALFORMED);
  }

  @Test
  void boundAboveTheDeclaredOne() {
    net.declared = 6.25;
    assertRejected(Reason.MALFORMED);
  }

  @Test
  void multiplierThatIsNoNumber() {
    multipliers(4.5, Double.NaN);
    assertRejected(Reason.NOT_A_NUMBER);
  }

  @Test
  void negativeMultiplier() {
    multipliers(4.5, -4.5);
    assertRejected(Reason.NEGATIVE_MULTIPLIER);
  }

  @Test
  void wrongNumberOfMultipliers() {
    multipliers(4.5, 4.5, 4.5);
    assertRejected(Reason.MALFORMED);
    multipliers();
    assertRejected(Reason.MALFORMED);
  }

  @Test
  void missingMultiplier() {
    net.multipliers.clear();
    assertRejected(Reason.MALFORMED);
  }

  @Test
  void multiplierGivenTwice() {
    net.slope(HIDDEN, 4.5);
    assertRejected(Reason.MALFORMED);
  }

  @Test
  void unknownActivation() throws FormatException {
    String text = CertificateText.write(net.subject().certificate());
    CertificateText.read(text);
    for (String other : List.of("square", "swap", "identity ", "RELU")) {
      assertThatThrownBy(() -> CertificateText.read(text.replace("\"relu\"", '"' + other + '"')))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("no activation `" + other + "`");
    }
  }

  @Test
  void knownActivationWithForeignConstants() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Unit.activation(1, "relu", List.of(1.0), 2))
        .withMessage("relu has no constants [1.0]");
  }

  @Test
  void constantsThatAreNoNumbers() {
    net.units.set(HIDDEN, Unit.scale(1, Double.POSITIVE_INFINITY, 2));
    assertRejected(Reason.NOT_A_NUMBER);
    net.units.set(HIDDEN, Unit.affine(1, List.of(1.0, Double.NaN), List.of(0.0, 0.0), 2));
    assertRejected(Reason.NOT_A_NUMBER);
    net.units.set(HIDDEN, Unit.affine(1, List.of(1.0, 1.0), List.of(0.0, Double.NaN), 2));
    assertRejected(Reason.NOT_A_NUMBER);
  }

  @Test
  void slopesComeFromTheNameAlone() {
    // Both multipliers prove relu, not abs: the interval of abs is wider.
    net.units.set(HIDDEN, Unit.activation(1, "abs", List.of(), 2));
    assertRejected(Reason.NOT_POSITIVE_DEFINITE);
  }

  @Test
  void changedWeights() {
    List<TensorRecord> records = List.copyOf(net.records);
    net.tensor("w1", List.of(2, 2), new double[] {3, 0, 0, Math.nextUp(1.0)});
    net.records.clear();
    net.records.addAll(records);
    assertRejected(Reason.FOREIGN_DIGEST);
  }

  @Test
  void weightsOfAnotherFormat() {
    net.tensors.replaceAll((_, tensor) -> rounded(tensor));
    assertRejected(Reason.FOREIGN_DIGEST);
  }

  private static Tensor rounded(Tensor tensor) {
    try {
      return tensor.rounded(ElementType.F32);
    } catch (FormatException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void missingWeights() {
    net.tensors.remove("w3");
    assertRejected(Reason.MISSING_TENSOR);
  }

  /** A name cannot go on with the sentence that it stands in. */
  @Test
  void missingWeightsWhoseNameIsASentence() {
    net.tensor("w3, which is fine", List.of(1), new double[] {1});
    net.tensors.remove("w3, which is fine");
    assertThat(CertificateChecker.check(net.subject()))
        .isEqualTo(new Rejected(Reason.MISSING_TENSOR, "\"w3, which is fine\""));
  }

  @Test
  void weightsWithoutARecord() {
    net.records.removeFirst();
    assertRejected(Reason.MISSING_TENSOR);
  }

  @Test
  void biasWithoutARecord() {
    net.records.removeIf(record -> record.name().equals("b1"));
    assertRejected(Reason.MISSING_TENSOR);
  }

  @Test
  void weightsOfAnotherShape() {
    net.tensor("w1", List.of(4), new double[] {3, 0, 0, 1});
    assertRejected(Reason.WRONG_SHAPE);
  }

  @Test
  void sizesThatDoNotFit() {
    for (Unit unit :
        List.of(
            Unit.activation(1, "relu", List.of(), 3),
            Unit.scale(1, 1, 1),
            Unit.sum(List.of(1, 1), 4),
            Unit.sum(List.of(1), 2),
            Unit.concat(List.of(1, 1), 2),
            Unit.affine(1, List.of(1.0), List.of(0.0), 1),
            Unit.select(1, List.of(0, 2)),
            Unit.select(1, List.of(0, -1)),
            Unit.select(1, List.of()),
            Unit.dense(1, 3, 2, "w1", Optional.empty()))) {
      net.units.set(HIDDEN, unit);
      assertRejected(Reason.WRONG_SHAPE);
    }
  }

  @Test
  void affineMapsHaveOneSize() {
    List<Double> one = List.of(1.0);
    List<Double> two = List.of(1.0, 1.0);
    assertThatIllegalArgumentException().isThrownBy(() -> Unit.affine(1, one, two, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Unit.affine(1, two, one, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Unit.affine(1, two, two, 3));
    // The same, made without the method above.
    NetworkUnderTest other = new NetworkUnderTest();
    other.add(new Unit.Linear(List.of(other.input(2)), new Diagonal(two, two), 3));
    assertRejected(other, Reason.WRONG_SHAPE);
    for (String linear : List.of("identity", "center")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Unit.Activation(0, linear, List.of(), 2, 1));
    }
  }

  @Test
  void oddMaxmin() {
    NetworkUnderTest odd = new NetworkUnderTest();
    odd.slopes(odd.input(3), "maxmin", 1);
    assertRejected(odd, Reason.WRONG_SHAPE);
  }

  @Test
  void operandsThatComeLater() {
    for (int operand : new int[] {2, 3, -1, Integer.MAX_VALUE}) {
      net.units.set(HIDDEN, Unit.activation(operand, "relu", List.of(), 2));
      assertRejected(Reason.MALFORMED);
    }
  }

  @Test
  void noInputOrTwo() {
    net.units.set(HIDDEN, new Unit.Input(2, Optional.empty()));
    assertRejected(Reason.MALFORMED);
    net.units.clear();
    assertRejected(Reason.MALFORMED);
  }

  @Test
  void witnessOfAnotherMatrix() {
    net.witness = new PositivityWitness.Congruence(List.of(List.of(1L)));
    assertRejected(Reason.MALFORMED);
    net.witness = new PositivityWitness.Congruence(List.of(List.of(1L), List.of(5L)));
    assertRejected(Reason.MALFORMED);
    net.witness = new PositivityWitness.Congruence(List.of(List.of(1L), List.of(0L, -1L)));
    assertRejected(Reason.MALFORMED);
  }

  @Test
  void witnessThatProvesNothing() {
    net.witness = new PositivityWitness.Congruence(List.of(List.of(1L), List.of(100L, 1L)));
    assertRejected(Reason.NOT_POSITIVE_DEFINITE);
  }

  @Test
  void gainBelowTheNorm() {
    NetworkUnderTest single = new NetworkUnderTest();
    single.gain(single.dense(single.input(1), new double[][] {{3}}), 1, Math.nextDown(3.0));
    single.bound = Math.nextDown(3.0);
    assertRejected(single, Reason.GAIN_NOT_PROVED);
  }

  @Test
  void gainThatIsNoNumber() {
    net.gain(1, 1, Double.NaN);
    assertRejected(Reason.NOT_A_NUMBER);
  }

  @Test
  void gainOfNoDenseUnit() {
    for (int unit : new int[] {-1, 0, HIDDEN, 4}) {
      net.gains.clear();
      net.gains.add(new Proof.Gain(unit, 3, new PositivityWitness.ExactElimination()));
      assertRejected(Reason.MALFORMED);
    }
  }

  @Test
  void gainMultiplierWithoutAGain() {
    net.gain(1, 1);
    assertRejected(Reason.GAIN_NOT_PROVED);
  }

  @Test
  void rowsOfAnotherLength() {
    net.rows(0, 3);
    assertRejected(Reason.WRONG_SHAPE);
    net.segmentations.clear();
    net.rows(0, 1, 0, 1);
    assertRejected(Reason.MALFORMED);
    net.segmentations.clear();
    net.rows(0, 2);
    assertRejected(Reason.MALFORMED);
  }

  @Test
  void rowsOfDifferentLengthsAreNotAdded() {
    NetworkUnderTest sum = new NetworkUnderTest();
    sum.rows(sum.input(2), 2);
    sum.rows(sum.activation(0, "maxmin"), 1, 1);
    sum.gain(1, 1);
    sum.sum(0, 1);
    sum.bound = 2;
    assertRejected(sum, Reason.WRONG_SHAPE);
  }

  @Test
  void elementsOfALongRowAreNotSelected() {
    // Row lengths 1, 3, 1: element 2 is inside the second row, though there is a third one.
    NetworkUnderTest select = new NetworkUnderTest();
    select.rows(select.input(5), 1, 3, 1);
    select.add(Unit.select(0, List.of(2)));
    assertRejected(select, Reason.MALFORMED);
  }

  @Test
  void weightsInAStructuralProof() {
    net.kind = Certificate.Kind.STRUCTURAL;
    assertRejected(Reason.MISSING_TENSOR);
  }

  @Test
  void tooLargeForTheProcedure() {
    NetworkUnderTest wide = new NetworkUnderTest();
    wide.slopes(wide.input(129), "abs", 1);
    wide.bound = 3;
    assertRejected(wide, Reason.TOO_LARGE);
  }

  @Test
  void sizesThatNothingCouldHold() {
    NetworkUnderTest huge = new NetworkUnderTest();
    huge.input(Integer.MAX_VALUE);
    assertRejected(huge, Reason.TOO_LARGE);
    NetworkUnderTest doubling = new NetworkUnderTest();
    int x = doubling.input(1);
    for (int i = 0; i < 40; i++) {
      int size = (int) Math.min(Integer.MAX_VALUE, 1L << (i + 1));
      x = doubling.add(Unit.concat(List.of(x, x), size));
    }
    assertRejected(doubling, Reason.TOO_LARGE);
  }

  @Test
  void moreRowsThanTheCheckerTakes() {
    NetworkUnderTest wide = new NetworkUnderTest();
    wide.input(300_000);
    assertRejected(wide, Reason.TOO_LARGE);
  }

  private static NetworkUnderTest caller(Subject callee) {
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.gain(caller.call(caller.input(2), "test.Callee", callee), 1);
    caller.bound = 6.5;
    return caller;
  }

  private static void assertCalleeRefused(NetworkUnderTest caller) {
    assertRejected(caller, Reason.CALLEE_NOT_ACCEPTED);
  }

  @Test
  void calleeIsAccepted() {
    assertThat(CertificateChecker.check(caller(net.subject()).subject())).isEqualTo(new Accepted());
  }

  @Test
  void calleeThatIsNotProved() {
    net.bound = 5;
    assertCalleeRefused(caller(net.subject()));
  }

  @Test
  void calleeOfAnotherDigest() {
    NetworkUnderTest caller = caller(net.subject());
    Subject callee = net.subject();
    caller.callees.put(
        "test.Callee",
        new Subject(callee.certificate(), Digest.of(), callee.weights(), callee.callees()));
    assertCalleeRefused(caller);
  }

  @Test
  void missingCallee() {
    NetworkUnderTest caller = caller(net.subject());
    caller.callees.clear();
    assertCalleeRefused(caller);
  }

  @Test
  void calleeOfAnotherFormat() {
    NetworkUnderTest caller = caller(net.subject());
    caller.type = ElementType.F32;
    assertCalleeRefused(caller);
  }

  @Test
  void numericCalleeOfAStructuralProof() {
    NetworkUnderTest caller = caller(net.subject());
    caller.kind = Certificate.Kind.STRUCTURAL;
    assertCalleeRefused(caller);
  }

  @Test
  void callWithoutAMultiplier() {
    NetworkUnderTest caller = caller(net.subject());
    caller.multipliers.clear();
    assertRejected(caller, Reason.MALFORMED);
  }

  @Test
  void callOfAnotherSize() {
    NetworkUnderTest caller = caller(net.subject());
    Unit.Call call = (Unit.Call) caller.units.get(1);
    caller.units.set(1, new Unit.Call(0, call.network(), call.certificate(), 2, 3));
    assertRejected(caller, Reason.WRONG_SHAPE);
  }

  @Test
  void theMatrixIsRefusedForTheSameReasons() {
    multipliers(-1.0);
    assertThatThrownBy(() -> ProofMatrix.main(net.subject(), () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(Reason.NEGATIVE_MULTIPLIER.words());
  }

  @Test
  void numbersBeyondTheDoublesAreNotProved() {
    for (PositivityWitness witness :
        List.of(
            new PositivityWitness.ExactElimination(), new PositivityWitness.VerifiedCholesky())) {
      net.witness = witness;
      multipliers(Double.MAX_VALUE);
      assertRejected(Reason.NOT_POSITIVE_DEFINITE);
      net.multipliers.set(
          0,
          new Proof.Multiplier(
              HIDDEN, Proof.Constraint.SLOPE, Collections.nCopies(2, Double.MIN_VALUE)));
      assertRejected(Reason.NOT_POSITIVE_DEFINITE);
    }
  }

  @Test
  void pairsOfAnOddSizeAreRefusedByGainToo() {
    NetworkUnderTest odd = new NetworkUnderTest();
    odd.rows(odd.input(3), 3);
    odd.rows(odd.activation(0, "maxmin"), 3);
    odd.gain(1, 1);
    assertRejected(odd, Reason.WRONG_SHAPE);
  }

  @Test
  void networksThatManyCallAreCheckedOnce() {
    NetworkUnderTest leaf = new NetworkUnderTest();
    leaf.scale(leaf.input(1), 1);
    Subject callee = leaf.subject();
    for (int level = 0; level < 40; level++) {
      NetworkUnderTest caller = new NetworkUnderTest();
      caller.input(1);
      for (String name : List.of("left", "right")) {
        caller.gain(caller.call(caller.units.size() - 1, name + level, callee), 1);
      }
      callee = caller.subject();
    }
    assertThat(CertificateChecker.check(callee)).isEqualTo(new Accepted());
  }
}
