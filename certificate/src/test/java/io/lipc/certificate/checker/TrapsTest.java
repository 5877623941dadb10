package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.certificate.verdict.Verdict.Accepted;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Bounds that public tools have claimed and that are false: no multipliers may prove them. */
final class TrapsTest {

  private final NetworkUnderTest net = new NetworkUnderTest();

  private static JsonObject trap(String name) throws Exception {
    Path file = Path.of(System.getProperty("lipc.shared"), "data/oracles/traps", name + ".json");
    Assumptions.assumeTrue(
        Files.exists(file), "the shared file " + file.getFileName() + " is absent");
    return (JsonObject) Json.read(Files.readString(file));
  }

  private static JsonArray member(JsonObject object, String name) {
    return (JsonArray) object.members().get(name);
  }

  private static double[][] matrix(JsonValue value) {
    return ((JsonArray) value)
        .elements().stream()
            .map(
                row ->
                    ((JsonArray) row).elements().stream().mapToDouble(TrapsTest::number).toArray())
            .toArray(double[][]::new);
  }

  private static double number(JsonValue value) {
    return Double.parseDouble(((JsonNumber) value).text());
  }

  /** Refused at {@code claimed} with uniform and random multipliers, by both main procedures. */
  private void assertRefused(double claimed, int unit, int neurons) {
    Random random = new Random(7);
    for (int round = 0; round < 60; round++) {
      double scale = Math.scalb(1.0, round / 2 - 15);
      double[] multipliers =
          random.doubles(neurons, scale, round % 2 == 0 ? 1.001 * scale : 9 * scale).toArray();
      assertThat(verdict(claimed, unit, multipliers))
          .isInstanceOfSatisfying(
              Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.NOT_POSITIVE_DEFINITE));
    }
  }

  private Verdict verdict(double bound, int unit, double... multipliers) {
    net.multipliers.clear();
    net.slope(unit, multipliers);
    net.bound = bound;
    net.witness = new PositivityWitness.VerifiedCholesky();
    Verdict verdict = CertificateChecker.check(net.subject());
    net.witness = new PositivityWitness.ExactElimination();
    assertThat(CertificateChecker.check(net.subject())).hasSameClassAs(verdict);
    return verdict;
  }

  private void assertProvable(double bound, int unit) {
    boolean proved = false;
    for (int step = -40; step < 40; step++) {
      double multiplier = Math.scalb(1 + Math.floorMod(step, 4) / 4.0, Math.floorDiv(step, 4));
      proved |= verdict(bound, unit, multiplier) instanceof Accepted;
    }
    assertThat(proved).isTrue();
  }

  @Test
  void publicResidualNetwork() throws Exception {
    JsonObject trap = trap("resnet_8_8_8");
    int x = net.input(8);
    int direct = net.dense(x, matrix(trap.members().get("A")));
    int z = net.dense(x, matrix(member(trap, "C").elements().getFirst()));
    int h = net.activation(z, "relu");
    net.sum(direct, net.dense(h, matrix(trap.members().get("B"))));
    assertRefused(number(trap.members().get("claimed_lipschitz")), h, 8);
    assertRefused(Math.nextDown(number(trap.members().get("jacobian_norm_at_witness"))), h, 8);
    assertProvable(4, h);
  }

  @Test
  void publicSequentialNetwork() throws Exception {
    JsonObject trap = trap("sequential_6_12_6");
    int h =
        net.activation(
            net.dense(net.input(6), matrix(member(trap, "W").elements().get(0))), "relu");
    net.dense(h, matrix(member(trap, "W").elements().get(1)));
    assertRefused(number(trap.members().get("claimed_lipschitz")), h, 12);
    assertRefused(number(trap.members().get("jacobian_norm_at_witness")) - 1e-9, h, 12);
    assertProvable(4, h);
  }

  @Test
  void lipSdpNetwork() throws Exception {
    JsonObject trap = trap("lipsdp_network_unsound");
    int h =
        net.activation(
            net.dense(net.input(2), matrix(member(trap, "W").elements().get(0))), "relu");
    net.dense(h, matrix(member(trap, "W").elements().get(1)));
    assertRefused(number(trap.members().get("network")), h, 6);
    assertRefused(number(trap.members().get("exact")) - 1e-9, h, 6);
    assertProvable(12, h);
  }

  @Test
  void droppedProductOfSlopes() {
    // The public recursion without a b says 0.5 for the slopes [-0.5, 1]; the truth is 1.
    int h = net.activation(net.input(1), "leaky_relu", -0.5);
    assertRefused(0.5, h, 1);
    assertRefused(Math.nextDown(1.0), h, 1);
    assertThat(verdict(1 + 1e-9, h, 2.0 / 3)).isInstanceOf(Accepted.class);
  }
}
