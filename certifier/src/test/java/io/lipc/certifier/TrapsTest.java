package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** False bounds that public tools claim. */
class TrapsTest {

  @BeforeEach
  void needsTheSharedData() {
    Assumptions.assumeTrue(
        Oracle.folder().isPresent(), "no data/oracles below the property lipc.shared");
  }

  private static JsonObject trap(String name) {
    return Oracle.json(Oracle.folder().orElseThrow().resolve("traps").resolve(name + ".json"));
  }

  private static double number(JsonObject json, String key) {
    return Oracle.number(member(json, key));
  }

  private static JsonValue member(JsonObject json, String key) {
    JsonValue value = json.members().get(key);
    assertThat(value).as(key).isNotNull();
    return value;
  }

  @Test
  void residualParameterisationIsRefusedAtItsClaim() {
    JsonObject trap = trap("resnet_8_8_8");
    TestNetwork network = TestNetwork.of(8);
    int at = 0;
    double[][][] matrices = Oracle.matrices(trap, "C");
    double[][] biases = Oracle.matrix(member(trap, "bias_C"));
    for (int k = 0; k < matrices.length; k++) {
      at = network.relu(network.dense(at, matrices[k], biases[k]));
    }
    int branch = network.dense(at, Oracle.matrix(member(trap, "B")));
    network.sum(network.dense(0, Oracle.matrix(member(trap, "A"))), branch);

    assertRefused(network, number(trap, "claimed_lipschitz"));
    assertThat(network.bound(Method.AUTO))
        .isGreaterThan(number(trap, "jacobian_norm_at_witness") * (1 - 1e-9));
  }

  @Test
  void sequentialParameterisationIsRefusedAtItsClaim() {
    JsonObject trap = trap("sequential_6_12_6");
    TestNetwork network = TestNetwork.of(6);
    double[][][] matrices = Oracle.matrices(trap, "W");
    double[][] biases = Oracle.matrix(member(trap, "b"));
    int at = network.relu(network.dense(0, matrices[0], biases[0]));
    network.dense(at, matrices[1], biases[1]);

    assertRefused(network, number(trap, "claimed_lipschitz"));
    assertThat(network.bound(Method.AUTO))
        .isGreaterThan(number(trap, "jacobian_norm_at_witness") * (1 - 1e-9));
  }

  @Test
  void coupledMultipliersAreRefusedAtTheirClaim() {
    JsonObject trap = trap("lipsdp_network_unsound");
    TestNetwork network = TestNetwork.of(2);
    double[][][] matrices = Oracle.matrices(trap, "W");
    double[] bias = Oracle.matrixRow(member(trap, "b1"));
    network.dense(network.relu(network.dense(0, matrices[0], bias)), matrices[1]);

    Certification answer = network.certify(Method.AUTO, number(trap, "network"));
    assertThat(answer).isInstanceOf(Certification.Violated.class);
    assertThat(answer.evidence().lower().value())
        .isBetween(number(trap, "true_lower") * 0.99, number(trap, "true_lower"));
  }

  @Test
  void slopesWithoutTheirProductAreRefusedAtTheirClaim() {
    for (JsonValue value :
        ((JsonArray) member(trap("eclipse_slope_unsound"), "cases")).elements()) {
      JsonObject slopes = (JsonObject) value;
      double[] interval = Oracle.matrixRow(member(slopes, "slope"));
      double truth = number(slopes, "true");
      if (interval[1] != 1) {
        System.out.println("skipped: no activation of the language has slopes in [-0.13, 1.13]");
        continue;
      }
      TestNetwork network = TestNetwork.of(1);
      double[][] one = {{1}};
      int hidden = network.activate(network.dense(0, one), PointwiseKind.LEAKY_RELU, interval[0]);
      network.dense(hidden, one);

      if (number(slopes, "public") < truth) {
        assertRefused(network, number(slopes, "public"));
      }
      assertThat(network.bound(Method.LAYERWISE_LMI)).isBetween(truth, truth * (1 + 1e-6));
    }
  }

  private static void assertRefused(TestNetwork network, double claim) {
    for (Method method : List.of(Method.AUTO, Method.NORM_PRODUCT, Method.LAYERWISE_LMI)) {
      assertThat(network.certify(method, claim)).isNotInstanceOf(Certification.Certified.class);
    }
  }
}
