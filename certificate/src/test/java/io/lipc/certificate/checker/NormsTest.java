package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.CertificateText;
import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Subject;
import io.lipc.certificate.UnitEvaluator;
import io.lipc.certificate.positivity.Work;
import io.lipc.certificate.theory.ElementwiseProduct;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bounds from and to linf: proved where they are known by hand, refused below. */
final class NormsTest {

  private static final Norms TO_L2 = new Norms(Norm.LINF, Norm.L2);
  private static final Norms TO_LINF = new Norms(Norm.LINF, Norm.LINF);

  private final NetworkUnderTest net = new NetworkUnderTest();

  private Verdict at(double bound) {
    net.bound = bound;
    return CertificateChecker.check(net.subject());
  }

  private void assertExactly(double bound) {
    assertThat(at(bound)).isEqualTo(new Accepted());
    assertRefused(Math.nextDown(bound), Reason.NOT_POSITIVE_DEFINITE);
  }

  private void assertRefused(double bound, Reason reason) {
    assertThat(at(bound))
        .isInstanceOfSatisfying(Rejected.class, r -> assertThat(r.reason()).isEqualTo(reason));
  }

  @Test
  void sumOfTwoElementsFromLinf() {
    // y = x_1 + x_2: 2 from linf. mu_1 x_1^2 + mu_2 x_2^2 - (x_1 + x_2)^2 >= 0 at mu = (2, 2).
    net.norms = TO_L2;
    net.dense(net.input(2), new double[][] {{1, 1}});
    net.range(2, 2);
    assertExactly(2);
  }

  @Test
  void unequalElementsFromLinf() {
    // y = 3 x_1 - x_2: 4, at mu = (12, 4).
    net.norms = TO_L2;
    net.dense(net.input(2), new double[][] {{3, -1}});
    net.range(12, 4);
    assertExactly(4);
  }

  @Test
  void multipliersWhoseSumIsTooLarge() {
    net.norms = TO_L2;
    net.dense(net.input(2), new double[][] {{3, -1}});
    net.range(12, Math.nextUp(4.0));
    assertRefused(4, Reason.NOT_POSITIVE_DEFINITE);
  }

  @Test
  void multipliersTooSmallForTheMatrix() {
    net.norms = TO_L2;
    net.dense(net.input(2), new double[][] {{3, -1}});
    net.range(12, Math.nextDown(4.0));
    assertRefused(4, Reason.NOT_POSITIVE_DEFINITE);
  }

  @Test
  void oneMultiplierForAllElementsCountsForEach() {
    net.norms = TO_L2;
    net.dense(net.input(3), new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    net.range(1);
    assertRefused(1, Reason.NOT_POSITIVE_DEFINITE);
    assertThat(at(Math.nextUp(Math.sqrt(3)))).isInstanceOf(Accepted.class);
  }

  @Test
  void rowOfSeveralElementsCountsItsLength() {
    net.norms = TO_L2;
    net.rows(net.input(4), 4);
    net.scale(0, 0.5);
    net.range(0.25);
    assertExactly(1);
  }

  @Test
  void reluFromLinf() {
    // relu(x_1 + x_2) with lambda: mu = (2, 2), lambda = 1.
    net.norms = TO_L2;
    net.slopes(net.dense(net.input(2), new double[][] {{1, 1}}), "relu", 1);
    net.range(2, 2);
    assertExactly(2);
  }

  @Test
  void eachElementOfTheOutputHasItsProof() {
    net.norms = TO_LINF;
    net.dense(net.input(2), new double[][] {{3, -1}, {1, 1}});
    net.range(12, 4);
    net.nextElement();
    net.range(8, 8);
    assertExactly(4);
  }

  @Test
  void theSecondElementIsProvedToo() {
    net.norms = TO_LINF;
    net.dense(net.input(2), new double[][] {{1, 1}, {3, -2}});
    net.range(12, 4);
    net.nextElement();
    net.range(12, 4);
    assertRefused(4, Reason.NOT_POSITIVE_DEFINITE);
  }

  /** Each range counts as often as its row has elements, whatever the others are. */
  @Test
  void rangesOfRowsOfSeveralElements() {
    net.norms = TO_L2;
    net.scale(net.input(3), 1);
    net.rows(0, 1, 2);
    net.range(1, 1);
    net.bound = Math.sqrt(3.001);
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
    net.multipliers.clear();
    net.range(1, 1.0000001);
    assertThat(CertificateChecker.check(net.subject())).isEqualTo(new Accepted());
    assertRefused(1.4143, Reason.NOT_POSITIVE_DEFINITE);
    assertRefused(1.7320508, Reason.NOT_POSITIVE_DEFINITE);
  }

  @Test
  void proofsAreAsManyAsElements() {
    net.norms = TO_LINF;
    net.dense(net.input(2), new double[][] {{3, -1}, {1, 1}});
    net.range(12, 4);
    assertRefused(4, Reason.MALFORMED);
    net.norms = TO_L2;
    net.nextElement();
    net.range(12, 4);
    assertRefused(4, Reason.MALFORMED);
  }

  @Test
  void fromL2ToLinf() {
    net.norms = new Norms(Norm.L2, Norm.LINF);
    net.dense(net.input(2), new double[][] {{3, 4}, {0, 1}});
    net.nextElement();
    assertExactly(5);
  }

  @Test
  void noMultipliersOfTheInput() {
    net.norms = TO_L2;
    net.dense(net.input(2), new double[][] {{1, 1}});
    assertRefused(2, Reason.MALFORMED);
    net.range(2, 2, 2);
    assertRefused(2, Reason.MALFORMED);
  }

  @Test
  void negativeMultiplierOfTheInput() {
    net.norms = TO_L2;
    net.dense(net.input(2), new double[][] {{1, 0}});
    net.range(1, -1);
    assertRefused(1, Reason.NEGATIVE_MULTIPLIER);
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void elementwiseProduct(Norm output) {
    net.norms = new Norms(Norm.LINF, output);
    net.witness = new PositivityWitness.ElementwiseProduct();
    int h = net.activation(net.dense(net.input(2), new double[][] {{3, -1}, {0.5, 0}}), "abs");
    net.dense(net.activation(h, "maxmin"), new double[][] {{1, 0}, {0, -0.75}});
    // |3| + |-1| = 4, which either element of the pair may be: 4 and 3.
    assertExactly(output == Norm.LINF ? 4 : 5);
  }

  @Test
  void elementwiseProductIsAboutLinfInputs() {
    net.witness = new PositivityWitness.ElementwiseProduct();
    net.dense(net.input(2), new double[][] {{1, 1}});
    assertRefused(100, Reason.NOT_POSITIVE_DEFINITE);
  }

  @Test
  void elementwiseProductThatOverflows() {
    net.norms = TO_LINF;
    net.witness = new PositivityWitness.ElementwiseProduct();
    int h = net.dense(net.input(1), new double[][] {{1e200}});
    net.dense(net.activation(h, "relu"), new double[][] {{1e200}});
    assertRefused(1e299, Reason.NOT_POSITIVE_DEFINITE);
  }

  @Test
  void calleeOfAnotherNorm() {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.norms = TO_LINF;
    callee.witness = new PositivityWitness.ElementwiseProduct();
    callee.dense(callee.input(2), new double[][] {{1, 1}, {1, -1}});
    callee.bound = 2;
    Subject inner = callee.subject();
    net.gain(net.call(net.input(2), "test.Network", inner), 1);
    // Two outputs, each at most twice the largest input: sqrt(2) 2 in l2.
    assertRefused(2.8284, Reason.NOT_POSITIVE_DEFINITE);
    assertThat(at(2.8285)).isEqualTo(new Accepted());
    net.norms = TO_LINF;
    net.multipliers.clear();
    net.witness = new PositivityWitness.ElementwiseProduct();
    assertExactly(2);
  }

  /** What a callee does to l2 by its bound: nothing is added for inputs, sqrt(4) for outputs. */
  @ParameterizedTest
  @CsvSource({"LINF, L2, 6", "LINF, LINF, 12", "L2, LINF, 12", "L2, L2, 6"})
  void callsBetweenAllNorms(Norm input, Norm output, double bound) {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.norms = new Norms(input, output);
    callee.scale(callee.input(4), 1);
    callee.bound = 6;
    if (input == Norm.LINF) {
      callee.witness = new PositivityWitness.ElementwiseProduct();
    } else if (output == Norm.LINF) {
      IntStream.range(0, 3).forEach(_ -> callee.nextElement());
    }
    net.gain(net.call(net.input(4), "test.Network", callee.subject()), 1);
    assertExactly(bound);
  }

  @Test
  void calleeFromL2WithinAnElementwiseProduct() {
    NetworkUnderTest callee = new NetworkUnderTest();
    callee.slope(callee.activation(callee.input(4), "relu"), 1);
    net.norms = TO_LINF;
    net.witness = new PositivityWitness.ElementwiseProduct();
    net.call(net.input(4), "test.Network", callee.subject());
    assertExactly(2);
  }

  @Test
  void textOfNormsIsReadAsWritten() throws Exception {
    net.norms = TO_LINF;
    net.dense(net.input(2), new double[][] {{3, -1}, {1, 1}});
    net.range(12, 4);
    net.nextElement();
    net.range(8, 8);
    String text = CertificateText.write(net.subject().certificate());
    assertThat(CertificateText.read(text)).isEqualTo(net.subject().certificate());
    assertThat(text).contains("\"input norm\": \"linf\"", "\"proofs\": [");
    String none = text.substring(0, text.indexOf("\"proofs\"")) + "\"proofs\": []}";
    assertThatThrownBy(() -> CertificateText.read(none))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("proofs");
  }

  /** No pair of inputs exceeds the elementwise bound; exact arithmetic is never below it. */
  @Test
  void elementwiseProductIsNeverExceeded() {
    Random random = new Random(1);
    for (int k = 0; k < 200; k++) {
      NetworkUnderTest random4 = random(random);
      Subject subject = random4.subject();
      double bound = ElementwiseProduct.bound(subject, new Work(() -> {})).orElseThrow();
      UnitEvaluator function = UnitEvaluator.of(subject);
      for (int pair = 0; pair < 50; pair++) {
        double[] x = random.doubles(3, -1, 1).toArray();
        double[] dx = random.doubles(3, -0.1, 0.1).map(v -> Math.copySign(0.1, v)).toArray();
        double[] moved = IntStream.range(0, 3).mapToDouble(i -> x[i] + dx[i]).toArray();
        double ratio = difference(function.apply(x), function.apply(moved)) / 0.1;
        assertThat(ratio).isLessThanOrEqualTo(bound * (1 + 1e-9));
      }
    }
  }

  private static NetworkUnderTest random(Random random) {
    NetworkUnderTest random4 = new NetworkUnderTest();
    random4.norms = TO_LINF;
    random4.witness = new PositivityWitness.ElementwiseProduct();
    int x = random4.input(3);
    List<String> names = List.of("relu", "tanh", "abs", "maxmin", "center");
    int h =
        random4.activation(random4.dense(x, matrix(random, 4, 3)), names.get(random.nextInt(5)));
    int sum = random4.sum(h, random4.scale(h, random.nextGaussian()));
    random4.dense(random4.concat(sum, h), matrix(random, 2, 8));
    return random4;
  }

  private static double[][] matrix(Random random, int rows, int columns) {
    return IntStream.range(0, rows)
        .mapToObj(_ -> random.doubles(columns, -1, 1).toArray())
        .toArray(double[][]::new);
  }

  private static double difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> Math.abs(a[i] - b[i]));
    return Arrays.stream(difference).max().orElseThrow();
  }

  @Test
  void elementwiseProductIsTheSumOfMagnitudes() {
    net.norms = TO_LINF;
    double[][] weight = {{0.1, -0.2, 0.3}};
    net.dense(net.input(3), weight);
    assertThat(ElementwiseProduct.bound(net.subject(), new Work(() -> {})).orElseThrow())
        .isCloseTo(0.6, within(1e-15))
        .isGreaterThanOrEqualTo(0.1 + 0.2 + 0.3);
  }
}
