package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shared reference networks, certified as stored. */
class OraclesTest {

  static Stream<Oracle> oracles() throws IOException {
    Assumptions.assumeTrue(
        Oracle.folder().isPresent(), "no data/oracles below the property lipc.shared");
    return Oracle.all().stream();
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void bothMethodsAreSoundAndOrdered(Oracle oracle) {
    double optimum = oracle.reference("lipsdp_neuron");
    double product = oracle.network().bound(Method.NORM_PRODUCT);
    double layerwise = oracle.network().bound(Method.LAYERWISE_LMI);

    assertThat(product).isGreaterThanOrEqualTo(optimum * (1 - 1e-9));
    assertThat(layerwise).isGreaterThanOrEqualTo(optimum * (1 - 1e-9));
    if (oracle.chain()) {
      assertThat(product)
          .isCloseTo(oracle.reference("product_spectral"), Percentage.withPercentage(1e-4));
      assertThat(layerwise).isLessThanOrEqualTo(product * (1 + 1e-6));
    }
  }
}
