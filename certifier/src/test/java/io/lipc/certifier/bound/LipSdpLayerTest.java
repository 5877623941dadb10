package io.lipc.certifier.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.certifier.Oracle;
import io.lipc.certifier.TestNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LipSdpLayerTest extends BoundContract {

  @Override
  Method method() {
    return Method.LIPSDP_LAYER;
  }

  static Stream<Oracle> oracles() throws IOException {
    Assumptions.assumeTrue(
        Oracle.folder().isPresent(), "no data/oracles below the property lipc.shared");
    return Oracle.all().stream();
  }

  @ParameterizedTest
  @MethodSource("oracles")
  void proofsOfTheReferenceNetworksAreAsGoodAsTheReference(Oracle oracle) {
    double reference = oracle.reference("lipsdp_layer");

    assertThat(oracle.network().bound(Method.LIPSDP_LAYER))
        .isBetween(reference * (1 - 1e-8), reference * (1 + 1e-7));
  }

  @Test
  void aLayerWithAConstantNeuronHasOneMultiplier() {
    TestNetwork network = TestNetwork.of(2);
    int hidden = network.relu(network.dense(0, new double[][] {{1, 0}, {0, 0}, {0, 2}}));
    network.dense(hidden, new double[][] {{2, 5, 1}});

    assertThat(network.bound(Method.LIPSDP_LAYER))
        .isBetween(network.bound(Method.LIPSDP_NEURON) * (1 - 1e-8), Math.sqrt(20));
  }

  /** The squares of these weights are 0 in doubles, so that no input is left of the inequality. */
  @ParameterizedTest
  @CsvSource({"40,LIPSDP_LAYER", "1201,LIPSDP_LAYER", "1201,LIPSDP_NEURON"})
  void weightsThatVanishInDoublesAreNoInequality(int size, Method method) {
    double[][] tiny = BoundContract.ones(size, 1);
    Arrays.stream(tiny).forEach(row -> row[0] = 1e-200);
    TestNetwork network = TestNetwork.of(1);
    network.relu(network.dense(0, tiny));

    Certification found =
        network.certify(
            new Options(method, OptionalDouble.empty(), List.of(), 1, Options.Effort.PROOF));

    assertThat(found.evidence().methods().getFirst().failure())
        .contains("double arithmetic rounds the weights that read the input to 0");
  }

  /** More than the primal-dual method takes. The barrier method has a bound wherever it ends. */
  @Test
  void layerOfMoreThanAThousandNeuronsIsBoundedWithinItsBudget() {
    int size = 1201;
    TestNetwork network = TestNetwork.of(1);
    network.relu(network.dense(0, BoundContract.ones(size, 1)));
    Options options =
        new Options(
            Method.LIPSDP_LAYER,
            OptionalDouble.empty(),
            List.of(),
            1,
            Options.Effort.PROOF,
            Optional.of(Duration.ofSeconds(5)));

    Certification.Certified done = (Certification.Certified) network.certify(options);

    double norm = Math.sqrt(size);
    assertThat(done.upper().value()).isBetween(norm, norm * Math.sqrt(1.3));
  }
}
