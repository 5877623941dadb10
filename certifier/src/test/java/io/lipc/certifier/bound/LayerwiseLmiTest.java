package io.lipc.certifier.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.certifier.TestNetwork;
import io.lipc.linalg.Dense;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.PointwiseKind;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerwiseLmiTest extends BoundContract {

  @Override
  Method method() {
    return Method.LAYERWISE_LMI;
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh", "sigmoid", "silu", "abs", "maxmin"})
  void chainIsNotWorseThanItsNormProduct(String word) {
    ActivationKind kind = ActivationKind.named(word).orElseThrow();
    for (int seed = 0; seed < 5; seed++) {
      TestNetwork network = chain(new Random(seed), kind);

      assertThat(network.bound(Method.LAYERWISE_LMI))
          .isLessThanOrEqualTo(network.bound(Method.NORM_PRODUCT) * (1 + 1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1.5, -1, -0.99, -0.5, -0.1, 0, 0.1, 0.5, 0.99, 2})
  void leakyChainIsNotWorseThanItsNormProduct(double slope) {
    TestNetwork network = chain(new Random(9), PointwiseKind.LEAKY_RELU, slope);

    assertThat(network.bound(Method.LAYERWISE_LMI))
        .isLessThanOrEqualTo(network.bound(Method.NORM_PRODUCT) * (1 + 1e-6));
  }

  @Test
  void identityMinusReluIsOneLipschitzOnlyByItsSlopes() {
    TestNetwork network = TestNetwork.of(3);
    network.sum(0, network.scale(network.relu(0), -1));

    assertThat(network.bound(Method.LAYERWISE_LMI)).isLessThan(1.5);
    assertThat(network.bound(Method.NORM_PRODUCT)).isGreaterThan(1.99);
  }

  @Test
  void aThousandNeuronsAreCertified() {
    Random random = new Random(1);
    TestNetwork network = TestNetwork.of(784);
    int at = network.relu(network.dense(0, TestNetwork.random(random, 512, 784)));
    at = network.relu(network.dense(at, TestNetwork.random(random, 512, 512)));
    network.dense(at, TestNetwork.random(random, 10, 512));

    assertThat(network.subject("demo.Net").certificate().lipschitz().bound()).isLessThan(10);
  }

  @Test
  void fiveThousandNeuronsAreTooLarge() {
    TestNetwork network = TestNetwork.of(1);
    network.relu(network.dense(0, ones(5000, 1)));

    Certification.Inconclusive none =
        (Certification.Inconclusive) network.best(Method.LAYERWISE_LMI);
    assertThat(none.evidence().methods().getFirst().failure().orElseThrow())
        .isEqualTo("too large: 5000 rows of up to 5000 entries");
  }

  private static TestNetwork chain(Random random, ActivationKind kind, Double... parameters) {
    TestNetwork network = TestNetwork.of(4);
    int at =
        network.activate(network.dense(0, TestNetwork.random(random, 10, 4)), kind, parameters);
    at = network.activate(network.dense(at, TestNetwork.random(random, 8, 10)), kind, parameters);
    network.dense(at, TestNetwork.random(random, 3, 8));
    return network;
  }

  @Test
  void orthogonalChainHasOneExactly() {
    TestNetwork network = TestNetwork.of(2);
    double[][] swap = {{0, 1}, {1, 0}};
    network.dense(network.relu(network.dense(0, swap)), Dense.identity(2));

    assertThat(network.certify(Method.LAYERWISE_LMI, 1.0))
        .isInstanceOf(Certification.Certified.class);
  }
}
