package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Norms;
import io.lipc.certifier.falsify.LowerBounds;
import java.io.IOException;
import java.util.stream.LongStream;
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

  /**
   * References of lower bounds are the steepest of tens of thousands of samples, so most are optima
   * or near to one, and a search may find more. One search may miss the steepest region.
   */
  @ParameterizedTest
  @MethodSource("oracles")
  void one_of_three_searches_comes_within_half_a_percent_of_the_reference(Oracle oracle) {
    double reached =
        LongStream.rangeClosed(1, 3)
            .mapToDouble(
                seed ->
                    LowerBounds.search(oracle.network().program(), Norms.EUCLIDEAN, seed)
                        .bound()
                        .value())
            .max()
            .orElseThrow();
    assertThat(reached)
        .isGreaterThanOrEqualTo(0.995 * oracle.reference("lower_bound_sampled"))
        .isLessThanOrEqualTo(oracle.reference("lipsdp_neuron") * (1 + 1e-9));
  }
}
