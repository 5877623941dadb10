package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.Digest;
import io.lipc.formats.Norm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each rule by the whole verdict, so that no other rule can be taken for it. The unit at fault is
 * the last one: nothing that reads it can be refused in its place.
 */
final class CheckerRulesTest {

  private final NetworkUnderTest net = new NetworkUnderTest();

  private Verdict verdict() {
    return CertificateChecker.check(net.subject());
  }

  private void assertRejected(Reason reason, String detail) {
    assertThat(verdict()).isEqualTo(new Rejected(reason, detail));
  }

  private void assertAccepted(double bound) {
    net.bound = bound;
    assertThat(verdict()).isEqualTo(new Accepted());
  }

  private void assertNotProved(double bound) {
    net.bound = bound;
    assertRejected(Reason.NOT_POSITIVE_DEFINITE, "bound " + bound);
  }

  private void last(Unit unit) {
    net.units.subList(1, net.units.size()).clear();
    net.add(unit);
  }

  private void assertUnfit(Unit unit, String reads) {
    last(unit);
    assertRejected(Reason.WRONG_SHAPE, "unit 1 reads " + reads);
  }

  @Test
  void sizesOfTheLastUnit() {
    net.input(2);
    assertUnfit(Unit.activation(0, "relu", List.of(), 3), "[2]");
    assertUnfit(Unit.scale(0, 1, 3), "[2]");
    assertUnfit(Unit.affine(0, List.of(1.0), List.of(0.0), 1), "[2]");
    assertUnfit(Unit.sum(List.of(0, 0), 3), "[2, 2]");
    assertUnfit(Unit.sum(List.of(0), 2), "[2]");
    assertUnfit(Unit.concat(List.of(0, 0), 3), "[2, 2]");
    assertUnfit(Unit.concat(List.of(0), 2), "[2]");
    assertUnfit(Unit.select(0, List.of()), "[2]");
    assertUnfit(Unit.select(0, List.of(2)), "[2]");
    assertUnfit(Unit.select(0, List.of(-1)), "[2]");
  }

  @Test
  void anInputOfNoElements() {
    net.input(0);
    assertRejected(Reason.WRONG_SHAPE, "unit 0 reads []");
  }

  @Test
  void unitsOutOfOrder() {
    net.input(2);
    last(new Unit.Input(2, Optional.empty()));
    assertRejected(Reason.MALFORMED, "unit 1 is out of order");
    last(Unit.scale(1, 1, 2));
    assertRejected(Reason.MALFORMED, "unit 1 is out of order");
    last(Unit.scale(-1, 1, 2));
    assertRejected(Reason.MALFORMED, "unit 1 is out of order");
    net.units.clear();
    net.add(Unit.scale(0, 1, 2));
    assertRejected(Reason.MALFORMED, "unit 0 is out of order");
  }

  /** It is the same network; but the caller names another text. */
  @Test
  void callsOfAnotherCertificate() {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.input(2);
    int y = net.call(net.input(2), "test.Callee", callee.subject());
    net.gain(y, 1);
    net.bound = 1;
    assertAccepted(1);
    net.units.set(y, new Unit.Call(0, "test.Callee", Digest.of(), 2, 2));
    assertRejected(Reason.CALLEE_NOT_ACCEPTED, "test.Callee is not at hand");
  }

  @Test
  void callsOfTheSizesOfTheirCallee() {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.input(2);
    net.input(3);
    net.call(0, "test.Callee", callee.subject());
    assertRejected(Reason.WRONG_SHAPE, "unit 1 reads [3]");
  }

  @Test
  void tensorsOfTheShapesThatTheirUnitNeeds() {
    int z = net.dense(net.input(2), new double[][] {{1, 0}, {0, 1}}, new double[] {1, 2});
    net.tensor("b" + z, List.of(3), new double[] {1, 2, 3});
    assertRejected(Reason.WRONG_SHAPE, "b1 is [3], not [2]");
    net.tensor("b" + z, List.of(2), new double[] {1, 2});
    net.tensor("w" + z, List.of(4), new double[] {1, 0, 0, 1});
    assertRejected(Reason.WRONG_SHAPE, "w1 is [4], not [2, 2]");
  }

  @Test
  void recordsOfTheShapesThatTheirTensorsHave() {
    net.dense(net.input(2), new double[][] {{1, 0}, {0, 1}});
    TensorRecord record = net.records.getFirst();
    net.records.set(0, new TensorRecord(record.name(), List.of(4), record.digest()));
    assertRejected(Reason.WRONG_SHAPE, "w1 is [2, 2]");
  }

  @Test
  void twoUnitsMayShareATensor() {
    int z = net.dense(net.input(1), new double[][] {{0.5}});
    net.add(Unit.dense(z, 1, 1, "w1", Optional.empty()));
    assertAccepted(0.25);
    assertNotProved(Math.nextDown(0.25));
  }

  @Test
  void asManyElementsAsAreTaken() {
    net.input(1 << 24);
    assertRejected(Reason.TOO_LARGE, "unit 0: too many rows");
    net.units.clear();
    net.input((1 << 24) + 1);
    assertRejected(Reason.TOO_LARGE, "16777217 elements");
  }

  @Test
  void asManyRowsAsAreTaken() {
    net.rows(
        net.input((1 << 18) + 1), Collections.nCopies((1 << 18) + 1, 1).toArray(Integer[]::new));
    assertRejected(Reason.TOO_LARGE, "unit 0: too many rows");
  }

  /** A row of 2^12 terms, 2^13 times: exactly as many terms as are taken, and then one row more. */
  @Test
  void asManyTermsAsAreTaken() {
    int z = net.dense(net.input(1 << 12), new double[][] {ones(1 << 12)});
    net.add(Unit.select(z, Collections.nCopies((1 << 13) - 2, 0)));
    assertThat(verdict()).isNotEqualTo(new Rejected(Reason.TOO_LARGE, "unit 2: 33554432 terms"));
    net.units.removeLast();
    net.add(Unit.select(z, Collections.nCopies((1 << 13) - 1, 0)));
    assertRejected(Reason.TOO_LARGE, "unit 2: 33558528 terms");
  }

  private static double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void rowsHaveElementsAndAreGivenOnce() {
    net.input(2);
    net.rows(0, 1, 0, 1);
    assertRejected(Reason.MALFORMED, "rows of unit 0");
    net.segmentations.clear();
    net.rows(0, 3, -1);
    assertRejected(Reason.MALFORMED, "rows of unit 0");
    net.segmentations.clear();
    net.rows(0, 1, 1);
    net.rows(0, 1, 1);
    assertRejected(Reason.MALFORMED, "rows of unit 0");
    net.segmentations.removeLast();
    assertAccepted(1);
  }

  @Test
  void gainsAreNotNegativeAndGivenOnce() {
    int z = net.dense(net.input(1), new double[][] {{1}});
    net.gain(z, 1, -1);
    assertRejected(Reason.MALFORMED, "gain of unit 1");
    net.gains.clear();
    Proof.Gain gain = new Proof.Gain(z, 1, new PositivityWitness.ExactElimination());
    net.gains.addAll(List.of(gain, gain));
    assertRejected(Reason.MALFORMED, "gain of unit 1");
    net.gains.removeLast();
    assertAccepted(1);
  }

  @Test
  void gainsByEveryProcedure() {
    int z = net.dense(net.input(2), new double[][] {{1, 2}, {0, 1}});
    net.gain(z, 1);
    for (PositivityWitness witness :
        List.of(
            new PositivityWitness.ExactElimination(), new PositivityWitness.VerifiedCholesky())) {
      net.gains.clear();
      net.gains.add(new Proof.Gain(z, 2.5, witness));
      assertAccepted(2.5);
      net.gains.set(0, new Proof.Gain(z, 2.4, witness));
      net.bound = 2.5;
      assertRejected(Reason.GAIN_NOT_PROVED, "gain 2.4 of unit 1");
    }
  }

  @Test
  void multipliersWhereTheUnitHasThem() {
    net.activation(net.input(2), "relu");
    assertRejected(Reason.MALFORMED, "unit 1: no multiplier");
    net.slope(1, 1, 1, 1);
    assertRejected(Reason.MALFORMED, "unit 1: 3 multipliers");
  }

  @Test
  void multipliersOfActivationsThatTurnOutLinear() {
    net.add(Unit.activation(net.input(1), "leaky_relu", List.of(1.0), 1));
    net.slope(1, 1);
    assertRejected(Reason.MALFORMED, "unit 1: nothing reads its multipliers, SLOPE");
    net.multipliers.clear();
    assertAccepted(1);
    assertNotProved(Math.nextDown(1.0));
  }

  @Test
  void multipliersOfTheInput() {
    net.norms = new Norms(Norm.LINF, Norm.L2);
    net.scale(net.input(2), 1);
    net.bound = 2;
    assertRejected(Reason.MALFORMED, "unit 0: no multiplier");
    net.range(2, Math.nextUp(2.0));
    assertRejected(Reason.NOT_POSITIVE_DEFINITE, "unit 0: the input's sum");
    net.multipliers.clear();
    net.range(2, 2);
    assertAccepted(2);
  }

  /** Outputs 1 and 2 are one row: no proof is about one of them alone. */
  @Test
  void elementsOfTheOutputAreSingleRows() {
    net.norms = new Norms(Norm.L2, Norm.LINF);
    net.scale(net.input(3), 1);
    net.rows(0, 1, 2);
    net.nextElement();
    net.nextElement();
    assertRejected(Reason.MALFORMED, "unit 1: single elements of a row are read");
  }

  /** The output's second element moves a hundred times as far as the first. */
  private int steep() {
    net.norms = new Norms(Norm.L2, Norm.LINF);
    return net.dense(net.input(1), new double[][] {{1}, {100}});
  }

  @Test
  void eachProofIsAboutItsOwnElement() {
    for (PositivityWitness witness :
        List.of(
            new PositivityWitness.VerifiedCholesky(),
            new PositivityWitness.ExactElimination(),
            new PositivityWitness.Congruence(List.of(List.of(1L))))) {
      net.units.clear();
      net.finished.clear();
      net.witness = witness;
      steep();
      net.nextElement();
      assertNotProved(1.1);
      net.bound = 100.1;
      assertAccepted(100.1);
    }
  }

  @Test
  void gainsOfTheSecondProofAreProvedToo() {
    int y = steep();
    net.nextElement();
    net.gain(y, 1, 1);
    assertRejected(Reason.GAIN_NOT_PROVED, "gain 1.0 of unit 1");
    net.gains.clear();
    net.multipliers.clear();
    net.gain(y, 1, 101);
    net.bound = 101;
    assertAccepted(101);
  }

  /** Half of what it reads, as it says; for the weights that are given it may be anything. */
  private static Subject half(double weight) {
    NetworkUnderTest half = new NetworkUnderTest();
    half.dense(half.input(1), new double[][] {{0.5}});
    half.bound = 0.5;
    Subject subject = half.subject();
    NetworkUnderTest other = new NetworkUnderTest();
    other.tensor("w1", List.of(1, 1), new double[] {weight});
    return new Subject(
        subject.certificate(), subject.digest(), other.subject().weights(), Map.of());
  }

  /** A network that calls {@code callee}, which goes by the name that it has. */
  private static Subject calling(Subject callee) {
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.gain(caller.callAsNamed(caller.input(1), callee.certificate().network(), callee), 1);
    return caller.subject();
  }

  /** Of one text and one digest, and of other weights: each is looked at. */
  @Test
  void networksOfOneTextAndOtherWeights() {
    assertThat(CertificateChecker.check(half(0.5))).isEqualTo(new Accepted());
    assertThat(CertificateChecker.check(half(100))).isInstanceOf(Rejected.class);
    for (double second : new double[] {0.5, 100}) {
      net.units.clear();
      net.multipliers.clear();
      int x = net.input(1);
      int one = net.call(x, "test.One", calling(half(0.5)));
      int two = net.call(x, "test.Two", calling(half(second)));
      net.gain(one, 3);
      net.gain(two, 3);
      net.sum(one, two);
      net.bound = 3;
      if (second == 0.5) {
        assertAccepted(3);
      } else {
        Verdict digest = new Rejected(Reason.FOREIGN_DIGEST, "w1");
        Verdict inner = new Rejected(Reason.CALLEE_NOT_ACCEPTED, "test.Network is " + digest);
        assertRejected(Reason.CALLEE_NOT_ACCEPTED, "test.Two is " + inner);
      }
    }
  }

  /** What every value of free parameters does says nothing of one, inlined or not. */
  @Test
  void structuralNetworksCallStructuralOnes() {
    for (Grounds.Calls calls : Grounds.Calls.values()) {
      for (Certificate.Kind kind : Certificate.Kind.values()) {
        NetworkUnderTest callee = new NetworkUnderTest();
        callee.kind = kind;
        callee.scale(callee.input(1), 0.5);
        NetworkUnderTest caller = new NetworkUnderTest();
        caller.kind = Certificate.Kind.STRUCTURAL;
        caller.calls = calls;
        int call = caller.call(caller.input(1), "test.Callee", callee.subject());
        if (calls == Grounds.Calls.BOUNDED) {
          caller.gain(call, 1);
        }
        Verdict verdict = CertificateChecker.check(caller.subject());
        String detail = "test.Callee is of another kind or format";
        assertThat(verdict)
            .isEqualTo(
                kind == Certificate.Kind.STRUCTURAL
                    ? new Accepted()
                    : new Rejected(Reason.CALLEE_NOT_ACCEPTED, detail));
      }
    }
  }

  @Test
  void calleesOfCalleesHaveTheDigestOfTheirText() {
    Subject half = half(0.5);
    Subject other =
        new Subject(half.certificate(), calling(half).digest(), half.weights(), half.callees());
    net.gain(net.call(net.input(1), "test.Caller", calling(other)), 1);
    Verdict inner = new Rejected(Reason.CALLEE_NOT_ACCEPTED, "test.Network has another digest");
    assertRejected(Reason.CALLEE_NOT_ACCEPTED, "test.Caller is " + inner);
  }

  /** Equal rows are so however their coefficients came about, for the audit too. */
  @Test
  void groupsOfEqualRows() {
    int x = net.input(1);
    int same = net.scale(net.scale(x, 0.5), 2);
    int z = net.concat(x, same, x);
    net.add(Unit.activation(z, "group_sort", List.of(3.0), 3));
    net.slope(4, 0);
    net.bound = 2;
    assertAccepted(2);
  }

  /** By their characters, not by how JSON writes them. */
  @Test
  void tensorsInTheOrderOfTheirNames() {
    List<String> names = List.of("\u0001", "!", "a\"", "a#", "b\\", "b]", "\uD83D\uDE00", "\uE000");
    int x = net.input(1);
    for (String name : names) {
      net.tensor(name, List.of(1, 1), new double[] {0.5});
      x = net.add(Unit.dense(x, 1, 1, name, Optional.empty()));
    }
    net.bound = 0x1p-8;
    assertAccepted(0x1p-8);
    Collections.reverse(net.records);
    assertRejected(Reason.MALFORMED, "tensors that are not those of the units, in order of names");
  }

  /**
   * Relu of bound 1 leaves nothing once the input is eliminated, and so do gains of the identity.
   */
  @Test
  void witnessesOfNothing() {
    net.witness = new PositivityWitness.Congruence(List.of());
    net.slopes(net.input(2), "relu", 1);
    assertAccepted(1);
    net.units.clear();
    net.multipliers.clear();
    int y = net.dense(net.input(2), new double[][] {{1, 0}, {0, 1}});
    net.gains.add(new Proof.Gain(y, 1, net.witness));
    net.gain(y, 1);
    assertAccepted(1);
    net.witness = new PositivityWitness.Congruence(List.of(List.of(1L)));
    assertRejected(Reason.MALFORMED, "bound 1.0: witness");
  }

  @Test
  void constantsThatOverflowOnTheWay() {
    net.add(Unit.activation(net.input(2), "householder", List.of(0x1p1023, 0x1p1023), 2));
    net.slope(1, 1);
    assertRejected(Reason.NOT_A_NUMBER, "a constant is Infinity");
  }

  @Test
  void constructionsSayWhatKeepsThem() {
    net.construction = true;
    net.input(2);
    assertRejected(Reason.NOT_OF_THE_CONSTRUCTION, "unit 0 is not of the construction");
  }

  /** At lambda = 3/4 the determinant is {@code rho - 9/4}, times 1/2: both ends of slopes count. */
  @Test
  void slopesWhoseEndsAreNeitherZeroNorOne() {
    net.slopes(net.input(1), "hard_swish", 0.75);
    assertAccepted(1.5);
    assertNotProved(Math.nextDown(1.5));
  }

  @Test
  void eachElementIsScaledByItself() {
    int z = net.dense(net.input(2), new double[][] {{1, 0}, {0, 3}});
    net.scale(z, 0.5);
    assertAccepted(1.5);
    assertNotProved(Math.nextDown(1.5));
  }

  @Test
  void affineFactorsAreThoseOfSingleElements() {
    net.rows(net.input(3), 1, 2);
    net.add(Unit.affine(0, List.of(1.0, 2.0, 3.0), List.of(0.0, 0.0, 0.0), 3));
    assertRejected(Reason.MALFORMED, "unit 1: single elements of a row are read");
    last(Unit.affine(0, List.of(2.0, 2.0, 2.0), List.of(0.0, 1.0, 0.0), 3));
    assertAccepted(2);
    assertNotProved(Math.nextDown(2.0));
  }

  /** Their rows count for nothing, even with a multiplier of zero. */
  @Test
  void unitsThatDoNotMove() {
    int z = net.dense(net.input(1), new double[][] {{0}});
    net.gain(z, 0, 0);
    assertAccepted(0);
    net.units.subList(1, net.units.size()).clear();
    net.gains.clear();
    net.multipliers.clear();
    net.records.clear();
    net.tensors.clear();
    net.gain(net.activation(net.scale(0, 0), "relu"), 0);
    assertAccepted(0);
  }

  /** {@code maxmin(u, u)}: the difference is zero, and so is its magnitude, whatever u does. */
  @Test
  void groupsThatMoveAsAWhole() {
    net.slopes(net.add(Unit.select(net.input(1), List.of(0, 0))), "maxmin", 0);
    assertAccepted(Math.nextUp(Math.sqrt(2)));
    assertNotProved(1.4);
  }

  @Test
  void callsOfCallsOfCalls() {
    net.input(1);
    Subject level = net.subject();
    for (int depth = 1; depth < 128; depth++) {
      level = caller(level);
    }
    assertThat(CertificateChecker.check(level)).isEqualTo(new Accepted());
    assertThat(CertificateChecker.check(caller(level)))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(Reason.CALLEE_NOT_ACCEPTED);
              assertThat(rejected.detail()).contains("128 calls of calls");
            });
    for (int depth = 0; depth < 2000; depth++) {
      level = caller(level);
    }
    assertThat(CertificateChecker.check(level)).isInstanceOf(Rejected.class);
  }

  private static Subject caller(Subject callee) {
    NetworkUnderTest caller = new NetworkUnderTest();
    caller.gain(caller.call(caller.input(1), "test.Callee", callee), 1);
    return caller.subject();
  }

  /** Each proof of an element lists all rows anew, also those that are passed on as they are. */
  @Test
  @Tag("long")
  void rowsThatArePassedOnCountInEachProof() {
    net.norms = new Norms(Norm.L2, Norm.LINF);
    int wide = net.input(1);
    for (int i = 0; i < 20; i++) {
      wide = net.concat(wide, wide);
    }
    // Nine for each of 2^21 rows, and 2^20 that the selection reads: 13 times that is below 2^28.
    net.add(Unit.select(wide, Collections.nCopies(13, 0)));
    for (int element = 1; element < 13; element++) {
      net.nextElement();
    }
    assertAccepted(1);
    net.units.set(21, Unit.select(wide, Collections.nCopies(14, 0)));
    net.nextElement();
    assertRejected(Reason.TOO_LARGE, "more work than its weights justify");
  }

  /** What units read counts as what they give: operands may be repeated. */
  @Test
  void elementsThatAreReadOverAndOver() {
    int x = net.input(4096);
    net.add(Unit.sum(Collections.nCopies(4097, x), 4096));
    assertRejected(Reason.TOO_LARGE, (4096L + 4097 * 4096 + 4096) + " elements");
  }

  /** Elements of one row are not told apart, whatever the first and the last factor are. */
  @Test
  void longRowsAreScaledByOneFactor() {
    net.input(3);
    net.rows(0, 3);
    last(Unit.affine(0, List.of(1.0, 3.0, 1.0), List.of(0.0, 0.0, 0.0), 3));
    assertRejected(Reason.MALFORMED, "unit 1: single elements of a row are read");
    last(Unit.affine(0, List.of(0.5, 0.5, 0.5), List.of(0.0, 1.0, 2.0), 3));
    assertAccepted(0.5);
  }

  /** One of many elements, over and over: what is looked through counts, not what is given. */
  @Test
  void selectionsOfFewOfMany() {
    net.norms = new Norms(Norm.LINF, Norm.LINF);
    net.witness = new PositivityWitness.ElementwiseProduct();
    int x = net.input(1 << 17);
    List<Integer> picked = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      picked.add(net.add(Unit.select(x, List.of(0))));
    }
    net.add(Unit.sum(picked, 1));
    assertAccepted(120);
    net.norms = new Norms(Norm.L2, Norm.LINF);
    net.witness = new PositivityWitness.ExactElimination();
    net.add(Unit.select(net.units.size() - 1, Collections.nCopies(20, 0)));
    for (int element = 1; element < 20; element++) {
      net.nextElement();
    }
    assertRejected(Reason.TOO_LARGE, "more work than its weights justify");
  }

  /** A million terms cost more than a text without weights may ask for. */
  @Test
  void whoBringsWeightsMayAskForMore() {
    double[][] ones = new double[1200][1000];
    for (double[] row : ones) {
      Arrays.fill(row, 1);
    }
    net.scale(net.dense(net.input(1000), ones), 0);
    net.bound = 0;
    assertAccepted(0);
  }

  /** Rows of {@code n^2} factors: from linf, the least size whose rows are too many. */
  @Test
  void centeringFromLinfCountsItsMatrix() {
    net.norms = new Norms(Norm.LINF, Norm.LINF);
    net.witness = new PositivityWitness.ElementwiseProduct();
    net.activation(net.input(16_385), "center");
    net.bound = 3;
    assertRejected(Reason.TOO_LARGE, "more work than its weights justify");
  }
}
