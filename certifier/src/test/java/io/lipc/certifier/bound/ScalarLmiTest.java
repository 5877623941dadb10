package io.lipc.certifier.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.certifier.MethodReport;
import io.lipc.certifier.Options;
import io.lipc.certifier.TestNetwork;
import io.lipc.certifier.problem.Prover;
import io.lipc.linalg.Dense;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarLmiTest extends BoundContract {

  private static final Subject F = callee("demo.F", 0.5);
  private static final Subject G = callee("demo.G", 1.3);

  @Override
  Method method() {
    return Method.SCALAR_LMI;
  }

  /** A network with the given bound, of vectors of 3. */
  private static Subject callee(String name, double bound) {
    TestNetwork inner = TestNetwork.of(3);
    inner.relu(inner.scale(0, bound));
    return inner.subject(name);
  }

  private static void assertOptimum(double optimum, TestNetwork network) {
    assertThat(network.bound(Method.SCALAR_LMI))
        .isBetween(optimum * (1 - 1e-12), optimum * (1 + 1e-8));
  }

  @Test
  void reusedSignalCountsAsOne() {
    TestNetwork network = TestNetwork.of(3);
    int f = network.call(0, F);
    int g = network.call(network.sum(f, network.scale(0, -1)), G);
    network.sum(0, f, g);

    assertThat(network.bound(Method.NORM_PRODUCT)).isBetween(3.45, 3.45 + 1e-8);
    double worst = Math.sqrt((1 + 1.3 * 1.3) * 2 * (1 + 0.5 * 0.5));
    assertOptimum(worst, network);
    // Unit by unit, more is proved than of any two networks with these bounds.
    assertThat(network.bound(Method.AUTO)).isLessThan(worst);
    assertThat(network.certify(Method.AUTO, 2.5933)).isInstanceOf(Certification.Certified.class);
  }

  @Test
  void sumsAddAndChainsMultiply() {
    TestNetwork sum = TestNetwork.of(3);
    sum.sum(sum.call(0, F), sum.call(0, G));
    assertOptimum(1.8, sum);
    TestNetwork chain = TestNetwork.of(3);
    chain.call(chain.call(0, F), G);
    assertOptimum(0.65, chain);
    TestNetwork skip = TestNetwork.of(3);
    skip.sum(0, skip.call(0, F));
    assertOptimum(1.5, skip);
    TestNetwork all = TestNetwork.of(3);
    int f = all.call(0, F);
    all.sum(0, f, all.call(f, G));
    assertOptimum(2.15, all);
  }

  @Test
  void concatenationTakesTheRootOfTheSumOfSquares() {
    TestNetwork network = TestNetwork.of(3);
    network.concat(network.call(0, F), network.call(0, G));

    assertOptimum(Math.hypot(0.5, 1.3), network);
  }

  @Test
  void calleeReadsAConcatenation() {
    TestNetwork inner = TestNetwork.of(6);
    inner.dense(
        0, new double[][] {{1.3, 0, 0, 0, 0, 0}, {0, 1.3, 0, 0, 0, 0}, {0, 0, 1.3, 0, 0, 0}});
    TestNetwork network = TestNetwork.of(3);
    int f = network.call(0, F);
    network.sum(network.call(network.concat(0, f), inner.subject("demo.Wide")), f);

    assertOptimum(1.3 * Math.hypot(1, 0.5) + 0.5, network);
  }

  @Test
  void activationsOfDifferentRowsHaveMultipliersOfTheirOwn() {
    TestNetwork network = TestNetwork.of(3);
    int both = network.relu(network.concat(network.call(0, F), network.scale(0, 2)));
    network.concat(both, network.scale(0, 0.25));

    assertOptimum(Math.sqrt(0.25 + 4 + 0.0625), network);
    Subject subject = ((Certification.Certified) network.best(Method.SCALAR_LMI)).subject();
    assertThat(subject.certificate().proof().multipliers())
        .filteredOn(multiplier -> multiplier.constraint() == Proof.Constraint.SLOPE)
        .extracting(multiplier -> multiplier.values().size())
        .containsExactly(2);
  }

  @Test
  void identityMinusReluIsOneLipschitzExactly() {
    TestNetwork network = TestNetwork.of(3);
    network.sum(0, network.scale(network.relu(0), -1));

    assertOptimum(1, network);
    assertThat(network.certify(Method.SCALAR_LMI, 1)).isInstanceOf(Certification.Certified.class);
    assertThat(network.certify(Method.AUTO, 1)).isInstanceOf(Certification.Certified.class);
  }

  @Test
  void leakyReluAgainstTheIdentityLeavesTheSlopesDistance() {
    TestNetwork network = TestNetwork.of(2);
    int leaky = network.activate(0, PointwiseKind.LEAKY_RELU, -0.5);
    network.sum(network.scale(0, 0.25), network.scale(leaky, -1));

    assertOptimum(0.75, network);
  }

  @Test
  void maxMinIsAPermutation() {
    TestNetwork network = TestNetwork.of(4);
    network.sum(0, network.activate(0, GroupedKind.MAXMIN));

    assertOptimum(2, network);
  }

  @Test
  void unitsThatAFactorOfZeroCutsOffDoNotCount() {
    TestNetwork network = TestNetwork.of(3);
    int cut = network.scale(network.relu(network.call(0, G)), 0);
    network.sum(network.call(0, F), cut);

    assertOptimum(0.5, network);
  }

  @Test
  void constantCalleeAndAllThatReadsItAloneAreConstant() {
    TestNetwork inner = TestNetwork.of(3);
    inner.scale(0, 0);
    Subject constant = inner.subject("demo.Constant");
    TestNetwork network = TestNetwork.of(3);
    int still = network.call(network.relu(network.call(0, constant)), G);
    network.sum(0, still);

    assertThat(constant.certificate().lipschitz().bound()).isZero();
    assertOptimum(1, network);
  }

  @Test
  void outputsThatDoNotDependOnTheInputHaveZero() {
    TestNetwork scaled = TestNetwork.of(3);
    scaled.scale(scaled.call(0, F), 0);
    TestNetwork cancelled = TestNetwork.of(3);
    int f = cancelled.call(0, F);
    cancelled.sum(f, cancelled.scale(f, -1));

    assertThat(scaled.bound(Method.SCALAR_LMI)).isZero();
    assertThat(cancelled.bound(Method.SCALAR_LMI)).isZero();
    assertThat(cancelled.bound(Method.NORM_PRODUCT)).isGreaterThan(0.99);
  }

  @Test
  void aUnitOnAPathOfCancellingTermsCostsLittle() {
    TestNetwork network = TestNetwork.of(3);
    int f = network.call(0, G);
    network.sum(0, f, network.scale(f, -0x1.fffffp-1));

    assertOptimum(1 + 1.3 * 0x1p-21, network);
  }

  @Test
  void tooManyRowsAreSaid() {
    TestNetwork network = TestNetwork.of(3);
    int at = 0;
    for (int i = 0; i < 100; i++) {
      at = network.sum(at, network.scale(network.relu(network.call(at, F)), 0.01));
    }
    Certification.Inconclusive none = (Certification.Inconclusive) network.best(Method.SCALAR_LMI);

    assertThat(none.evidence().methods().getFirst().failure().orElseThrow())
        .isEqualTo("too large: 201 rows, at most 200");
    assertThat(network.best(Method.AUTO)).isInstanceOf(Certification.Certified.class);
  }

  @Test
  void thirtyBlocksOfReusedSignalsAreSolved() {
    TestNetwork network = TestNetwork.of(3);
    int at = 0;
    for (int i = 0; i < 30; i++) {
      int f = network.call(at, F);
      at = network.sum(at, network.scale(network.relu(f), -1), network.scale(f, 0.5));
    }

    double product = network.bound(Method.NORM_PRODUCT);
    assertThat(network.bound(Method.SCALAR_LMI)).isLessThan(product / 1000);
  }

  @Test
  void autoRunsItOnlyWhereANormProductCanBeBeaten() {
    TestNetwork chain = TestNetwork.of(3);
    chain.relu(chain.dense(0, Dense.identity(3)));
    TestNetwork reuse = TestNetwork.of(3);
    reuse.sum(0, reuse.relu(0));

    assertThat(methods(chain.best(Method.AUTO)))
        .containsExactly(
            Method.NORM_PRODUCT, Method.LAYERWISE_LMI, Method.LIPSDP_LAYER, Method.LIPSDP_NEURON);
    assertThat(methods(reuse.best(Method.AUTO)))
        .containsExactly(Method.NORM_PRODUCT, Method.SCALAR_LMI, Method.LAYERWISE_LMI);
    Options proof =
        new Options(Method.AUTO, OptionalDouble.of(1.5), List.of(), 1, Options.Effort.PROOF);
    assertThat(methods(reuse.certify(proof)))
        .containsExactly(Method.LAYERWISE_LMI, Method.NORM_PRODUCT, Method.SCALAR_LMI);
  }

  private static List<Method> methods(Certification certification) {
    return certification.evidence().methods().stream().map(MethodReport::method).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void randomCompositionLiesBetweenItsLowerBoundAndItsNormProduct(long seed) {
    TestNetwork network = composition(new Random(seed));

    Certification.Certified done = (Certification.Certified) network.best(Method.SCALAR_LMI);
    double product = network.bound(Method.NORM_PRODUCT);
    assertThat(done.upper().value())
        .isGreaterThanOrEqualTo(done.evidence().lower().value())
        .isLessThanOrEqualTo(product * (1 + 1e-8));
    assertThat(network.bound(Method.AUTO)).isLessThanOrEqualTo(product);
  }

  /** The same rows as the checker's: with these multipliers, no less than the least rho passes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theCheckerAgreesOnTheLeastRho(long seed) {
    TestNetwork network = composition(new Random(seed));
    Subject subject = ((Certification.Certified) network.best(Method.SCALAR_LMI)).subject();
    Proof proof = subject.certificate().proof();
    Prover prover = new Prover(network.problem(), Method.SCALAR_LMI.word());

    double bound = subject.certificate().lipschitz().bound();
    for (double factor : new double[] {1 + 1e-6, 1, 1 - 1e-6}) {
      Prover.Draft claim =
          new Prover.Draft(
              bound * factor, proof.gains(), proof.segmentations(), proof.multipliers());
      assertThat(prover.prove(claim, 30).isPresent()).isEqualTo(factor >= 1);
    }
  }

  /** A graph of calls, sums, concatenations and activations, of vectors of 3 and 6. */
  private static TestNetwork composition(Random random) {
    TestNetwork network = TestNetwork.of(3);
    List<Integer> open = new ArrayList<>(List.of(0));
    for (int i = 0; i < 8; i++) {
      int first = open.get(random.nextInt(open.size()));
      int second = open.get(random.nextInt(open.size()));
      open.add(
          switch (random.nextInt(6)) {
            case 0, 1 -> network.call(first, random.nextBoolean() ? F : G);
            case 2 -> network.relu(network.sum(first, network.scale(second, -1)));
            case 3 -> network.activate(first, PointwiseKind.LEAKY_RELU, random.nextDouble(-1, 1));
            case 4 -> network.dense(network.concat(first, second), random(random));
            default -> network.sum(first, network.scale(second, random.nextGaussian()));
          });
    }
    network.sum(open.toArray(Integer[]::new));
    return network;
  }

  private static double[][] random(Random random) {
    return TestNetwork.random(random, 3, 6);
  }
}
