package io.lipc.certificate.theory;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Unit;
import io.lipc.certificate.positivity.Work;
import io.lipc.formats.Norm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each rule, and the rounding of each operation against exact decimals. */
final class ElementwiseProductTest {

  private final Random random = new Random(17);
  private NetworkUnderTest net = new NetworkUnderTest();

  @BeforeEach
  void begin() {
    restart(Norm.LINF);
  }

  private void restart(Norm output) {
    net = new NetworkUnderTest();
    net.norms = new Norms(Norm.LINF, output);
    net.witness = new PositivityWitness.ElementwiseProduct();
  }

  private OptionalDouble bound() {
    return ElementwiseProduct.bound(net.subject(), new Work(() -> {}));
  }

  /** A unit whose elements have these factors: each reads an input of its own. */
  private int factors(double... factors) {
    double[][] weight = new double[factors.length][factors.length];
    IntStream.range(0, factors.length).forEach(i -> weight[i][i] = factors[i]);
    return net.dense(net.input(factors.length), weight);
  }

  /** The factors of the last unit, one element after the other. */
  private void assertFactors(double... expected) {
    assertThat(net.units.getLast().size()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      net.add(Unit.select(net.units.size() - 1, List.of(i)));
      assertThat(bound()).as("element %d", i).hasValue(expected[i]);
      net.units.removeLast();
    }
    assertThat(bound()).hasValue(DoubleStream.of(expected).max().orElseThrow());
  }

  /** The least double that is not below. */
  private static double up(BigDecimal value) {
    double nearest = value.doubleValue();
    return new BigDecimal(nearest).compareTo(value) < 0 ? Math.nextUp(nearest) : nearest;
  }

  private static double upRoot(double square) {
    BigDecimal exact = new BigDecimal(square);
    double root = exact.sqrt(MathContext.DECIMAL128).doubleValue();
    for (double r = Math.nextDown(root); ; r = Math.nextUp(r)) {
      if (new BigDecimal(r).pow(2).compareTo(exact) >= 0) {
        return r;
      }
    }
  }

  private double next() {
    double value = Math.scalb(1 + random.nextDouble(), random.nextInt(-30, 30));
    return random.nextInt(4) == 0 ? (float) value : value;
  }

  @Test
  void productsAreRoundedUp() {
    int inexact = 0;
    for (int round = 0; round < 1000; round++) {
      double a = next();
      double b = next();
      restart(Norm.LINF);
      net.scale(factors(a), -b);
      BigDecimal exact = new BigDecimal(a).multiply(new BigDecimal(b));
      assertThat(bound()).hasValue(up(exact));
      inexact += exact.compareTo(new BigDecimal(a * b)) > 0 ? 1 : 0;
    }
    assertThat(inexact).isGreaterThan(100);
  }

  @Test
  void sumsAreRoundedUp() {
    int inexact = 0;
    for (int round = 0; round < 1000; round++) {
      double[] terms = {next(), next(), next()};
      double partial = up(new BigDecimal(terms[0]).add(new BigDecimal(terms[1])));
      BigDecimal exact = new BigDecimal(partial).add(new BigDecimal(terms[2]));
      restart(Norm.LINF);
      net.dense(net.input(3), new double[][] {{terms[0], -terms[1], terms[2]}});
      assertThat(bound()).hasValue(up(exact));
      inexact += exact.compareTo(new BigDecimal(partial + terms[2])) > 0 ? 1 : 0;
    }
    assertThat(inexact).isGreaterThan(100);
  }

  @Test
  void rootsAreRoundedUp() {
    int inexact = 0;
    for (int round = 0; round < 1000; round++) {
      double a = next();
      restart(Norm.L2);
      net.dense(net.input(1), new double[][] {{a}, {1}});
      double square = up(new BigDecimal(a).pow(2));
      double sum = up(new BigDecimal(square).add(BigDecimal.ONE));
      assertThat(bound()).hasValue(upRoot(sum));
      inexact += upRoot(sum) > Math.sqrt(sum) ? 1 : 0;
    }
    assertThat(inexact).isGreaterThan(100);
    restart(Norm.L2);
    net.dense(net.input(1), new double[][] {{1}, {1}});
    // Nearest to the square root of 2 is a number above it; of 3, one below.
    assertThat(bound()).hasValue(Math.sqrt(2));
    restart(Norm.L2);
    net.dense(net.input(1), new double[][] {{1}, {1}, {1}});
    assertThat(bound()).hasValue(Math.nextUp(Math.sqrt(3)));
  }

  @Test
  void whatIsExactStaysSo() {
    net.norms = new Norms(Norm.LINF, Norm.L2);
    net.scale(factors(3, 4), 0x1p-100);
    assertThat(bound()).hasValue(5 * 0x1p-100);
    restart(Norm.LINF);
    net.scale(factors(0x1p-450), 0x1p-450);
    assertThat(bound()).hasValue(0x1p-900);
    restart(Norm.L2);
    factors(0x1p-450);
    assertThat(bound()).hasValue(0x1p-450);
    restart(Norm.L2);
    factors(0, 0);
    assertThat(bound()).hasValue(0);
  }

  /** Below 2^-900 nothing is known to be exact; and underflow is no zero. */
  @Test
  void smallNumbersAreRoundedUpAlways() {
    net.scale(factors(0x1p-451), 0x1p-450);
    assertThat(bound()).hasValue(Math.nextUp(0x1p-901));
    restart(Norm.LINF);
    net.scale(factors(Double.MIN_VALUE), 0.25);
    assertThat(bound()).hasValue(Double.MIN_VALUE);
    restart(Norm.LINF);
    net.scale(factors(Double.MIN_VALUE), 0);
    assertThat(bound()).hasValue(0);
    restart(Norm.LINF);
    net.scale(factors(0), 5);
    assertThat(bound()).hasValue(0);
    restart(Norm.L2);
    factors(0x1p-600);
    assertThat(bound().orElseThrow()).isBetween(0x1p-600, 0x1p-536);
    // The square becomes 3 2^-1074, and the nearest root of 3 is below it.
    restart(Norm.L2);
    factors(Math.sqrt(2) * 0x1p-537);
    assertThat(bound()).hasValue(Math.nextUp(Math.sqrt(3 * Double.MIN_VALUE)));
    restart(Norm.L2);
    factors(0x1p-460);
    assertThat(bound().orElseThrow()).isGreaterThan(0x1p-460).isLessThan(0x1p-460 * (1 + 0x1p-50));
  }

  /** What a row copies stays as it is, however small. */
  @Test
  void smallNumbersThatAreCopied() {
    int x = factors(0x1p-950);
    assertThat(bound()).hasValue(Math.nextUp(0x1p-950));
    net.activation(net.concat(x, x), "identity");
    assertFactors(Math.nextUp(0x1p-950), Math.nextUp(0x1p-950));
  }

  @Test
  void sumsOfOperandsAndConcatenations() {
    int x = factors(3, 5);
    int y = net.scale(x, -2);
    net.sum(x, y, x);
    assertFactors(12, 20);
    net.concat(x, y);
    assertFactors(3, 5, 6, 10);
  }

  @Test
  void affineMapsAndSelections() {
    factors(3, 5);
    net.add(Unit.affine(1, List.of(-2.0, 0.5), List.of(100.0, 100.0), 2));
    assertFactors(6, 2.5);
    net.add(Unit.select(2, List.of(1, 1, 0)));
    assertFactors(2.5, 2.5, 6);
  }

  @Test
  void eachWeightCountsByItsMagnitude() {
    factors(3, 5);
    net.dense(1, new double[][] {{-1, 2}, {0, -0.5}, {1, 0}});
    assertFactors(13, 2.5, 3);
  }

  @Test
  void elementwiseActivationsByTheLargerSlope() {
    int x = factors(3, 5);
    net.activation(x, "leaky_relu", -3);
    assertFactors(9, 15);
    net.activation(x, "sigmoid");
    assertFactors(0.75, 1.25);
    net.activation(x, "leaky_relu", 2);
    assertFactors(6, 10);
  }

  @Test
  void sortedElementsByTheLargestOfTheirGroup() {
    int x = factors(1, 2, 7, 4, 5, 3);
    net.activation(x, "maxmin");
    assertFactors(2, 2, 7, 7, 5, 5);
    net.activation(x, "group_sort", 3);
    assertFactors(7, 7, 7, 5, 5, 5);
    net.activation(x, "softmax", 0.25);
    assertFactors(14, 14, 14, 14, 14, 14);
    int four = factors(1, 2, 7, 4);
    net.activation(four, "layer_norm", 0.25, 0);
    // (1 + sqrt 4) / 2, of a root that is rounded up, times 2.
    double factor = Math.nextUp(Math.nextUp(1 + Math.nextUp(2.0)) / 2 * 2);
    double most = 7 * factor; // Rounded up already.
    assertFactors(most, most, most, most);
  }

  @Test
  void reflectionsAndCentring() {
    int x = factors(3, 5, 1, 0);
    net.activation(x, "householder", 0.5, -0.25);
    // 3 + 2 0.5 (0.5 3 + 0.25 5), 5 + 2 0.25 (...); then with 0.5 for (...).
    assertFactors(5.75, 6.375, 1.5, 0.25);
    int half = net.add(Unit.select(x, List.of(0, 1)));
    net.activation(half, "center");
    assertFactors(4, 4);
  }

  @Test
  void callsByTheNormThatTheirBoundIsOf() {
    for (Norm norm : Norm.values()) {
      restart(Norm.LINF);
      NetworkUnderTest callee = new NetworkUnderTest();
      callee.norms = new Norms(norm, Norm.LINF);
      callee.bound = 10;
      callee.dense(callee.input(2), new double[][] {{1, 1}});
      net.call(factors(3, 4), "test.Callee", callee.subject());
      assertFactors(norm == Norm.LINF ? 40 : 50);
    }
  }

  @Test
  void fromL2NothingIsKnown() {
    net.norms = Norms.EUCLIDEAN;
    factors(1);
    assertThat(bound()).isEmpty();
    net.norms = new Norms(Norm.L2, Norm.LINF);
    assertThat(bound()).isEmpty();
  }

  @Test
  void whatIsNotFiniteProvesNothing() {
    net.scale(factors(1e200), 1e200);
    assertThat(bound()).isEmpty();
    restart(Norm.LINF);
    net.dense(net.input(2), new double[][] {{Double.MAX_VALUE, Double.MAX_VALUE}});
    assertThat(bound()).isEmpty();
  }

  @Test
  void onlyItsOwnProofsInvokeIt() {
    factors(1);
    assertThat(ElementwiseProduct.isInvoked(net.subject().certificate().proof())).isTrue();
    for (PositivityWitness witness :
        Arrays.asList(
            new PositivityWitness.ExactElimination(),
            new PositivityWitness.VerifiedCholesky(),
            new PositivityWitness.Congruence(List.of()))) {
      net.witness = witness;
      assertThat(ElementwiseProduct.isInvoked(net.subject().certificate().proof())).isFalse();
    }
  }

  /** Of an image: the groups are channels of a pixel, and each element keeps its place. */
  @Test
  void groupsOfChannels() {
    int x = factors(1, 2, 3, 5);
    net.add(new Unit.Activation(x, "maxmin", List.of(), 4, 2));
    assertFactors(3, 5, 3, 5);
  }
}
