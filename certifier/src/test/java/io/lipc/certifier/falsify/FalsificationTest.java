package io.lipc.certifier.falsify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Norms;
import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.certifier.RandomImages;
import io.lipc.certifier.RandomNetworks;
import io.lipc.certifier.TestNetwork;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tries to refute what is certified: no ratio of two inputs of a random network may exceed what any
 * method has proved. A ratio counts in exact or enclosed arithmetic only. A longer run, from other
 * seeds:
 *
 * <pre>
 * {@code mvn -pl certifier -am test -Dtest=FalsificationTest -Dsurefire.failIfNoSpecifiedTests=false
 *     -Dlipc.falsify.networks=20000 -Dlipc.falsify.pairs=100000 -Dlipc.falsify.seed=7}</pre>
 */
final class FalsificationTest {

  private static final int NETWORKS = Integer.getInteger("lipc.falsify.networks", 60);
  private static final int PAIRS = Integer.getInteger("lipc.falsify.pairs", 10_000);
  private static final long SEED = Long.getLong("lipc.falsify.seed", 1);

  private static final List<Method> METHODS =
      List.of(Method.NORM_PRODUCT, Method.LAYERWISE_LMI, Method.LIPSDP_LAYER, Method.LIPSDP_NEURON);

  /** What a network's proofs stood against: how many, and the largest ratio by the least bound. */
  private record Attacked(int proofs, double nearest) {}

  @Test
  void no_pair_of_inputs_refutes_a_certificate() {
    List<Attacked> all =
        IntStream.range(0, NETWORKS).parallel().mapToObj(FalsificationTest::attacked).toList();
    int proofs = all.stream().mapToInt(Attacked::proofs).sum();
    double nearest = all.stream().mapToDouble(Attacked::nearest).max().orElse(0);
    System.out.printf(
        "falsification: %d networks, %d proofs, %d pairs each and ascents; largest ratio / bound %.9f%n",
        NETWORKS, proofs, PAIRS, nearest);
    assertThat(proofs).isGreaterThanOrEqualTo(3 * NETWORKS);
  }

  private static TestNetwork network(int i, Random random) {
    return switch (i % 8) {
      case 7 -> caller(random);
      case 2, 5 -> RandomImages.graph(random);
      default -> RandomNetworks.graph(random);
    };
  }

  /** Otherwise the test above would prove nothing. */
  @Test
  void the_attack_finds_what_is_there_to_find() {
    for (int i = 0; i < 20; i++) {
      Random random = new Random(i);
      TestNetwork linear = TestNetwork.of(1 + i % 5);
      linear.dense(0, TestNetwork.random(random, 3, 1 + i % 5));
      linear.between(i % 4 < 2 ? Norm.L2 : Norm.LINF, Norm.LINF);
      double bound = linear.bound(Method.LIPSDP_NEURON);
      assertThat(reached(linear, random, 200)).isBetween(bound * 0.999, bound);
    }
    // Flat around zero: the steep part has to be met.
    TestNetwork distant = TestNetwork.of(2);
    int steep = distant.relu(distant.affine(0, List.of(1.0, 1.0), List.of(-3.0, -3.0)));
    distant.dense(steep, new double[][] {{3, 4}});
    assertThat(reached(distant, new Random(1), 200)).isBetween(4.995, 5.0);
  }

  private static Attacked attacked(int i) {
    Random random = new Random(SEED * 1_000_003 + i);
    TestNetwork network = network(i, random);
    boolean euclidean = i % 2 == 0;
    network.between(
        euclidean || i % 3 == 0 ? Norm.L2 : Norm.LINF,
        euclidean || i % 3 == 1 ? Norm.L2 : Norm.LINF);
    int proofs = 0;
    double least = Double.POSITIVE_INFINITY;
    for (Method method : METHODS) {
      Certification answer = certify(network, method);
      if (answer instanceof Certification.Certified certified) {
        proofs++;
        assertThat(CertificateChecker.check(certified.subject())).isEqualTo(new Verdict.Accepted());
        least = Math.min(least, certified.upper().value());
      }
    }
    double reached = reached(network, random, PAIRS);
    assertThat(reached)
        .as("network %d of seed %d: %s", i, SEED, network.network().layers())
        .isLessThanOrEqualTo(least);
    // A network may be constant, and then both are zero.
    return new Attacked(proofs, least > 0 ? reached / least : 0);
  }

  private static Certification certify(TestNetwork network, Method method) {
    return network.certify(
        new Options(method, OptionalDouble.empty(), List.of(), 1, Options.Effort.PROOF));
  }

  /** The largest ratio of the pairs that an attack ends with, never rounded up. */
  private static double reached(TestNetwork network, Random random, int pairs) {
    Program program = network.program();
    Norms norms = UnitLists.claimOf(network.network().lipschitz()).norms();
    return new PairAttack(program, norms, random)
        .steepest(pairs).stream()
            .mapToDouble(pair -> Ratio.below(program, norms, pair))
            .max()
            .orElse(0);
  }

  /** A network that calls a certified one twice. */
  private static TestNetwork caller(Random random) {
    TestNetwork inner = RandomNetworks.graph(random);
    int outputs = inner.size(inner.last());
    var subject = inner.subject("demo.Inner");
    int inputs = inner.size(0);
    TestNetwork outer = TestNetwork.of(3);
    int first = outer.call(outer.dense(0, TestNetwork.random(random, inputs, 3)), subject);
    int second =
        outer.call(outer.relu(outer.dense(0, TestNetwork.random(random, inputs, 3))), subject);
    outer.dense(outer.sum(first, second), TestNetwork.random(random, 2, outputs));
    return outer;
  }
}
