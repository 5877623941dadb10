package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Congruences;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.search.ProofMatrix;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks small enough that their bounds are known by hand: proved at them, refused below. */
final class ProofsByHandTest {

  private static final double[][] ONE = {{1}};

  private final NetworkUnderTest net = new NetworkUnderTest();

  private Verdict at(double bound) {
    net.bound = bound;
    return CertificateChecker.check(net.subject());
  }

  /** Accepted at the bound by exact elimination, refused at the next smaller double. */
  private void assertExactly(double bound) {
    assertThat(at(bound)).isEqualTo(new Accepted());
    assertRefused(Math.nextDown(bound));
  }

  private void assertRefused(double bound) {
    assertThat(at(bound))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.NOT_POSITIVE_DEFINITE));
  }

  @Test
  void reluChainBySlopes() {
    // y = 2 relu(3 x): with lambda = 4 S is singular at 6.
    int x = net.input(1);
    net.dense(net.slopes(net.dense(x, new double[][] {{3}}), "relu", 4), new double[][] {{2}});
    assertExactly(6);
  }

  @Test
  void reluChainBySlopesPerRow() {
    int z = net.dense(net.input(2), new double[][] {{3, 0}, {0, 1}});
    net.dense(net.slopes(z, "relu", 4, 36), new double[][] {{2, 0}, {0, 6}});
    assertExactly(6);
  }

  @Test
  void chainOfGainsProvesExactlyTheProduct() {
    // NormProduct: lambda_k = L^2 / (product of the gains up to k)^2; S is singular.
    net.rows(net.input(2), 2);
    net.rows(net.dense(0, new double[][] {{3, 0}, {0, 1}}), 2);
    net.rows(net.activation(1, "relu"), 2);
    net.rows(net.dense(2, new double[][] {{0, 2}}), 1);
    net.gain(1, 4, 3);
    net.gain(2, 4);
    net.gain(3, 1, 2);
    assertExactly(6);
  }

  @Test
  void segmentedRowsMakeOneBlock() {
    net.rows(net.input(1000), 1000);
    net.slopes(0, "tanh", 0.25);
    net.scale(1, 0.5);
    assertExactly(0.5);
    net.bound = 1;
    assertThat(ProofMatrix.main(net.subject(), () -> {})).hasDimensions(1, 1);
  }

  @Test
  void residualSlopeOfOneSignal() {
    // x - relu(x) has slopes in [0, 1]: 1, where sums of gains give 2.
    int x = net.input(1);
    net.sum(x, net.scale(net.slopes(x, "relu", 1), -1));
    assertExactly(1);
  }

  @Test
  void reusedSignalIsUsedExactly() {
    int x = net.input(1);
    net.sum(x, net.scale(x, -1), net.slopes(x, "tanh", 1));
    assertExactly(1);
  }

  @Test
  void maxminBySlopes() {
    // |max|^2 + |min|^2 = |u|^2 + |v|^2: one multiplier of 1/4 on |u - v| proves 1.
    net.slopes(net.input(4), "maxmin", 0.25);
    assertExactly(1);
  }

  @Test
  void maxminBySlopesPerPair() {
    net.slopes(net.input(4), "maxmin", 0.25, 0.25);
    assertExactly(1);
  }

  @Test
  void maxminByGain() {
    net.gain(net.activation(net.input(4), "maxmin"), 1);
    assertExactly(1);
  }

  @Test
  void groupSortBySlopes() {
    net.slope(net.activation(net.input(6), "group_sort", 3), 0.5);
    assertExactly(1);
    net.multipliers.clear();
    net.slope(1, 0.5, 0.5);
    assertExactly(1);
  }

  @Test
  void groupSortOfPairsIsMaxmin() {
    net.slope(net.activation(net.input(4), "group_sort", 2), 0.25, 0.25);
    assertExactly(1);
  }

  @Test
  void groupSortByGain() {
    net.gain(net.activation(net.input(6), "group_sort", 6), 1);
    assertExactly(1);
  }

  @Test
  void sortingKeepsTheSum() {
    // The sum of the sorted elements less that of the elements: 0, where the gain alone gives more.
    int x = net.input(3);
    int sorted = net.activation(x, "group_sort", 3);
    double[][] ones = {{1, 1, 1}};
    net.sum(net.dense(sorted, ones), net.scale(net.dense(x, ones), -1));
    net.slope(sorted, 1);
    assertThat(at(0)).isEqualTo(new Accepted());
    net.multipliers.clear();
    net.gain(sorted, 6);
    assertRefused(1);
  }

  @Test
  void sortingEqualElementsGivesThemBack() {
    // (x, x, x) is sorted whatever x is: no multiplier matters.
    int x = net.input(1);
    net.slope(net.activation(net.concat(x, x, x), "group_sort", 3), 0);
    net.dense(2, new double[][] {{1, 1, 1}});
    assertExactly(3);
  }

  @Test
  void householderOfAUnitVector() {
    // (|z_0|, z_1).
    net.slope(net.activation(net.input(4), "householder", 1, 0), 2);
    assertExactly(1);
    net.multipliers.clear();
    net.gain(1, 1);
    assertExactly(1);
  }

  @Test
  void householderOfALongVector() {
    // For v = (2, 0) the slope of the first element is 1 or 1 - 2 * 4.
    net.slope(net.activation(net.input(2), "householder", 2, 0), 14);
    assertExactly(7);
    net.multipliers.clear();
    net.gain(1, 1);
    assertExactly(7);
  }

  @Test
  void householderOfTheZeroVectorIsTheIdentity() {
    net.slope(net.activation(net.input(2), "householder", 0, 0), 5);
    assertExactly(1);
  }

  @Test
  void softmaxBySlopes() {
    net.slope(net.activation(net.input(2), "softmax", 1), 1);
    assertExactly(0.5);
    net.units.set(1, Unit.activation(0, "softmax", List.of(0.25), 2));
    net.multipliers.clear();
    net.slope(1, 1);
    assertExactly(2);
  }

  @Test
  void softmaxOfLongRowsByGain() {
    net.rows(net.input(1000), 1000);
    net.rows(net.activation(0, "softmax", 1), 1000);
    net.gain(1, 1);
    assertExactly(0.5);
  }

  @Test
  void softmaxIgnoresWhatAllItsOperandsShare() {
    int z = net.dense(net.input(1), new double[][] {{3}, {3}, {3}});
    net.slope(net.activation(z, "softmax", 1), 1);
    assertThat(at(0)).isEqualTo(new Accepted());
  }

  @Test
  void theGainOfSoftmaxIsRoundedUp() {
    // 1 / (2 * 3) is no double: the nearest one is below it.
    net.gain(net.activation(net.input(2), "softmax", 3), 1);
    assertExactly(Math.nextUp(0.5 / 3));
  }

  @Test
  void layerNormBySlopes() {
    net.slope(net.activation(net.input(6), "layer_norm", 0.25, 3), 1, 1);
    assertExactly(2);
    net.units.set(1, Unit.activation(0, "layer_norm", List.of(0.25, 0.0), 6));
    net.multipliers.clear();
    net.slope(1, 1);
    assertExactly(2);
  }

  @Test
  void layerNormOfLongRowsByGain() {
    net.rows(net.input(1000), 1000);
    net.rows(net.activation(0, "layer_norm", 4, 10), 1000);
    net.gain(1, 1);
    assertExactly(0.5);
  }

  @Test
  void layerNormIgnoresWhatAllItsOperandsShare() {
    int z = net.dense(net.input(1), new double[][] {{3}, {3}, {3}});
    net.slope(net.activation(z, "layer_norm", 1e-5, 0), 1);
    assertThat(at(0)).isEqualTo(new Accepted());
  }

  /** The results of a group add up to 0, whatever they are. */
  @Test
  void layerNormFixesTheSum() {
    int y = net.activation(net.input(3), "layer_norm", 0.25, 0);
    net.slope(y, 1);
    net.dense(y, new double[][] {{1, 1, 1}});
    assertThat(at(0x1p-20)).isEqualTo(new Accepted());
  }

  @Test
  void theGainOfLayerNormIsRoundedUp() {
    // 1 / sqrt(3) is no double: of the two around it this is the one above.
    double root = 1 / Math.sqrt(3);
    BigDecimal square = new BigDecimal(root).pow(2).multiply(new BigDecimal(3));
    double above = square.compareTo(BigDecimal.ONE) < 0 ? Math.nextUp(root) : root;
    net.gain(net.activation(net.input(2), "layer_norm", 3, 0), 1);
    assertExactly(above);
  }

  @Test
  void leakySteeperThanOne() {
    net.slope(net.activation(net.input(1), "leaky_relu", -3), 0.75);
    assertExactly(3);
  }

  @Test
  void leakyOfSlopeOneIsTheIdentity() {
    net.activation(net.input(3), "leaky_relu", 1);
    assertExactly(1);
  }

  @Test
  void absHasSlopesOfBothSigns() {
    // a + b = 0: no cross terms, and the product a b must not be dropped.
    net.slopes(net.input(2), "abs", 0.5);
    assertExactly(1);
  }

  @Test
  void absByGain() {
    net.gain(net.activation(net.input(2), "abs"), 1);
    assertExactly(1);
  }

  @Test
  void concatIsTheRootOfTheSumOfSquares() {
    int x = net.input(1);
    net.concat(net.scale(x, 3), net.slopes(net.scale(x, 4), "abs", 0.5));
    assertExactly(5);
  }

  @Test
  void affineByItsScales() {
    int x = net.input(2);
    net.add(Unit.affine(x, List.of(2.0, -3.0), List.of(1.0, 1.0), 2));
    assertExactly(3);
  }

  @Test
  void affineByItsGain() {
    net.rows(net.input(2), 2);
    net.rows(net.add(Unit.affine(0, List.of(2.0, -3.0), List.of(1.0, 1.0), 2)), 2);
    net.gain(1, 1);
    assertExactly(3);
  }

  @Test
  void affineOfOneScaleKeepsLongRows() {
    net.rows(net.input(2), 2);
    net.add(Unit.affine(0, List.of(2.0, 2.0), List.of(1.0, 7.0), 2));
    assertExactly(2);
  }

  @Test
  void selectPicksRows() {
    int x = net.input(3);
    net.add(
        Unit.select(
            net.add(Unit.affine(x, List.of(9.0, 1.0, 2.0), List.of(0.0, 0.0, 0.0), 3)),
            List.of(2, 1)));
    assertExactly(2);
  }

  @Test
  void selectMayRepeatWhatItReadsExactly() {
    net.add(Unit.select(net.input(1), List.of(0, 0, 0, 0)));
    assertExactly(2);
  }

  @Test
  void selectByGain() {
    net.rows(net.input(3), 3);
    net.rows(net.add(Unit.select(0, List.of(2, 0))), 2);
    net.gain(1, 1);
    assertExactly(1);
  }

  @Test
  void selectByGainMustNotRepeat() {
    net.rows(net.input(3), 3);
    net.rows(net.add(Unit.select(0, List.of(2, 2))), 2);
    net.gain(1, 1);
    assertThat(at(1))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.GAIN_NOT_PROVED));
  }

  @Test
  void callByTheCalleesBound() {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.dense(callee.input(2), new double[][] {{2, 0}});
    callee.bound = 2;
    Subject called = callee.subject();
    net.rows(net.input(2), 2);
    int call = net.call(0, "test.Callee", called);
    net.gain(call, 0.25);
    net.scale(call, 0.5);
    assertExactly(1);
  }

  @Test
  void twoCallsAreTwoUnits() {
    // f(x1) - f(x2) is not 0: x is read by two independent copies.
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.scale(callee.input(1), 1);
    Subject called = callee.subject();
    int x = net.input(1);
    int first = net.call(x, "test.Callee", called);
    int second = net.call(net.scale(x, 1), "test.Callee", called);
    net.gain(first, 2);
    net.gain(second, 2);
    net.sum(first, net.scale(second, -1));
    assertExactly(2);
  }

  @Test
  void constantOutputsNeedNoMatrix() {
    int x = net.input(2);
    net.scale(net.slopes(x, "relu", 1), 0);
    assertThat(at(0)).isEqualTo(new Accepted());
    assertThat(at(7)).isEqualTo(new Accepted());
  }

  @Test
  void zeroWeightsMakeTheirNeuronsConstant() {
    int x = net.input(1);
    int h = net.slopes(net.dense(x, new double[][] {{1}, {0}}), "relu", 1);
    net.dense(h, new double[][] {{1, 1e9}});
    assertExactly(1);
    net.bound = 2;
    assertThat(ProofMatrix.main(net.subject(), () -> {})).hasDimensions(1, 1);
  }

  @Test
  void zeroGainMakesAUnitConstant() {
    net.gain(net.dense(net.input(1), new double[][] {{0}}), 5, 0);
    assertThat(at(0)).isEqualTo(new Accepted());
  }

  @Test
  void linearMapsCancelExactly() {
    int x = net.input(1);
    net.sum(x, net.scale(x, -1));
    assertThat(at(0)).isEqualTo(new Accepted());
  }

  @Test
  void unitsThatTheOutputDoesNotReadAreRefused() {
    int x = net.input(1);
    net.slopes(x, "abs", 100);
    net.scale(x, 3);
    net.bound = 3;
    assertThat(CertificateChecker.check(net.subject()))
        .isEqualTo(new Verdict.Rejected(Verdict.Reason.MALFORMED, "nothing reads unit 1"));
  }

  @Test
  void structuralProofsUseNoWeights() {
    net.kind = Certificate.Kind.STRUCTURAL;
    net.scale(net.slopes(net.input(1), "relu", 0.25), 0.5);
    assertExactly(0.5);
  }

  @Test
  void everyProcedureProvesAboveTheBound() {
    int z = net.dense(net.input(1), ONE);
    net.dense(net.slopes(z, "tanh", 1), ONE);
    net.bound = 1.01;
    net.witness = Congruences.of(ProofMatrix.main(net.subject(), () -> {}));
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
    net.witness = new PositivityWitness.VerifiedCholesky();
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
  }
}
