package io.lipc.certifier.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.certifier.Oracle;
import io.lipc.certifier.TestNetwork;
import io.lipc.model.activation.ActivationKind;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LipSdpNeuronTest extends BoundContract {

  @Override
  Method method() {
    return Method.LIPSDP_NEURON;
  }

  static Stream<Oracle> oracles() throws IOException {
    Assumptions.assumeTrue(
        Oracle.folder().isPresent(), "no data/oracles below the property lipc.shared");
    return Oracle.all().stream();
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void proofsOfTheReferenceNetworksAreAsGoodAsTheReference(Oracle oracle) {
    double reference = oracle.reference("lipsdp_neuron");

    assertThat(oracle.network().bound(Method.LIPSDP_NEURON))
        .isBetween(reference * (1 - 1e-8), reference * (1 + 1e-7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh", "sigmoid", "silu", "abs", "maxmin"})
  void randomChainIsBetterThanItsElimination(String word) {
    ActivationKind kind = ActivationKind.named(word).orElseThrow();
    for (int seed = 0; seed < 3; seed++) {
      Random random = new Random(seed);
      TestNetwork network = TestNetwork.of(4);
      int at = network.activate(network.dense(0, TestNetwork.random(random, 10, 4)), kind);
      at = network.activate(network.dense(at, TestNetwork.random(random, 8, 10)), kind);
      network.dense(at, TestNetwork.random(random, 3, 8));

      assertThat(network.bound(Method.LIPSDP_NEURON))
          .isLessThanOrEqualTo(network.bound(Method.LAYERWISE_LMI));
    }
  }

  @Test
  void inputsThatOnlyOneRowReadsDoNotMakeTheSearchLarge() {
    TestNetwork network = TestNetwork.of(700);
    int hidden = network.relu(network.dense(0, ones(1, 700)));
    network.sum(hidden, network.scale(network.dense(0, ones(1, 700)), -1));

    double norm = Math.sqrt(700);
    assertThat(network.bound(Method.LIPSDP_NEURON)).isBetween(norm, norm * (1 + 1e-8));
  }

  @Test
  void tooManyNeuronsAreSaid() {
    TestNetwork network = TestNetwork.of(1);
    network.relu(network.dense(0, ones(6145, 1)));

    Certification.Inconclusive none =
        (Certification.Inconclusive) network.best(Method.LIPSDP_NEURON);
    assertThat(none.evidence().methods().getFirst().failure().orElseThrow())
        .isEqualTo("too large: 6145 coordinates, at most 6144");
  }

  @Test
  void orthogonalChainHasOneExactly() {
    TestNetwork network = TestNetwork.of(2);
    double[][] swap = {{0, 1}, {1, 0}};
    network.dense(network.relu(network.dense(0, swap)), swap);

    assertThat(network.certify(Method.LIPSDP_NEURON, 1))
        .isInstanceOf(Certification.Certified.class);
  }
}
