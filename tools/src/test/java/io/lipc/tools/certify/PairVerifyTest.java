package io.lipc.tools.certify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.CertificateText;
import io.lipc.certificate.CertifiedFile;
import io.lipc.certificate.Claim;
import io.lipc.certificate.ClaimKind;
import io.lipc.certificate.Grounds;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PairUnits;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.TensorRecord;
import io.lipc.certificate.Unit;
import io.lipc.formats.ElementType;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.tools.CommandRun;
import io.lipc.tools.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lipc verify} of bounds of pairs: true ones, and those that belong to something else. */
final class PairVerifyTest extends CommandRun {

  /** Rows whose differences have the norms 5, sqrt(18) and 1. */
  private static final double[] ROWS = {3, 0, 0, 4, 0, 3};

  private static final List<Double> FACTORS = List.of(0.1875, 0.21875, 0.875);

  /** 1 / 0.1875 is below it, and the double after that quotient, too. */
  private static final String ACCEPTED =
      "accepted: demo.Net is 5-Lipschitz from l2 to l2 (exactly 0x1.4p2); differences of its"
          + " outputs, 3 pairs, are at most 5.334-Lipschitz\n";

  @TempDir private Path folder;

  private Path carried = Path.of("");
  private Path weights = Path.of("");

  @BeforeEach
  void write() throws Exception {
    carried = Files.createDirectories(folder.resolve("classes/META-INF/lipc"));
    weights = folder.resolve("net.safetensors");
    Files.write(weights, Safetensors.write(Weights.of(List.of(tensor(ROWS)))));
    put("demo.Net", text(network("demo.Net", 5, ROWS)));
    put("demo.Net-pairs", text(pairs("demo.Net", FACTORS)));
  }

  private static Tensor tensor(double... rows) throws Exception {
    return Tensor.of("w", ElementType.F64, List.of(3, 2), rows);
  }

  private static Certificate network(String name, double bound, double... rows) throws Exception {
    TensorRecord record = new TensorRecord("w", List.of(3, 2), tensor(rows).digest());
    return new Certificate(
        name,
        ElementType.F64,
        new Claim.Lipschitz(Norms.EUCLIDEAN, bound),
        "by hand",
        List.of(new Unit.Input(2, Optional.empty()), Unit.dense(0, 2, 3, "w", Optional.empty())),
        new Grounds.GivenWeights(List.of(record), proof()));
  }

  private static Proof proof() {
    return new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
  }

  private static Certificate pairs(String name, List<Double> factors) throws Exception {
    return pairs(network(name, 5, ROWS), factors);
  }

  private static Certificate pairs(Certificate about, List<Double> factors) {
    return new Certificate(
        about.network(),
        ElementType.F64,
        new Claim.Pairs(Norm.L2),
        "by hand",
        PairUnits.of(about.units(), factors),
        new Grounds.GivenWeights(
            about.tensors(), Grounds.Calls.BOUNDED, Collections.nCopies(3, proof())));
  }

  private static String text(Certificate certificate) {
    return CertificateText.write(certificate);
  }

  private void put(String name, String text) throws Exception {
    Files.writeString(carried.resolve(name + ".json"), text);
  }

  private void verify() {
    String classes = folder.resolve("classes").toString();
    int code = run("verify", classes, "--weights", weights.toString());
    assertThat(code)
        .isEqualTo(
            out.contains("rejected") || out.contains("not as asked")
                ? ExitCode.NOT_PROVED
                : ExitCode.PROVED);
    String json = out;
    run("verify", classes, "--weights", weights.toString(), "--json");
    assertThat(out.contains("\"pairs\"")).isEqualTo(json.contains("differences of its outputs,"));
    out = json;
  }

  private void assertRejected(String... parts) {
    verify();
    assertThat(out).contains(parts).doesNotContain("3 pairs");
  }

  @Test
  void what_is_proved_of_pairs_is_said() {
    verify();
    assertThat(out).startsWith(ACCEPTED).contains("1 network, 1 accepted");
    run("verify", folder.resolve("classes").toString(), "--weights", weights.toString(), "--json");
    double[] bounds = FACTORS.stream().mapToDouble(factor -> Math.nextUp(1 / factor)).toArray();
    assertThat(out)
        .containsSubsequence(
            "\"pairs\"", Double.toHexString(bounds[0]), hex(bounds[1]), hex(bounds[2]));
  }

  private static String hex(double bound) {
    return Double.toHexString(bound);
  }

  /** Neither is the bound of the network said then: whoever made the one made the other. */
  @Test
  void what_is_not_proved_of_pairs_is_not_said() throws Exception {
    put("demo.Net-pairs", text(pairs("demo.Net", List.of(0.1875, 0.21875, 1.125))));
    assertRejected(
        "rejected: demo.Net: the certificate of the pairs of its outputs: not positive definite");
  }

  @Test
  void pairs_of_another_network_are_rejected() throws Exception {
    put("demo.Other", text(network("demo.Other", 5, ROWS)));
    put("demo.Other-pairs", text(pairs("demo.Net", FACTORS)));
    put("demo.Net-pairs", text(pairs("demo.Other", FACTORS)));
    assertRejected(
        "rejected: demo.Net: the certificate of the pairs of its outputs: ",
        "the network of pairs: demo.Other",
        "rejected: demo.Other: the certificate of the pairs of its outputs: ",
        "the network of pairs: demo.Net");
  }

  @Test
  void the_two_certificates_of_a_network_are_not_each_other() throws Exception {
    put("demo.Net-pairs", text(network("demo.Net", 5, ROWS)));
    assertRejected("rejected: demo.Net: META-INF/lipc/demo.Net-pairs.json is about lipschitz");
    put("demo.Net", text(pairs("demo.Net", FACTORS)));
    assertRejected("rejected: demo.Net: it is about the pairs of outputs, not about a bound");
  }

  @Test
  void pairs_that_cannot_be_read_are_not_passed_over() throws Exception {
    String text = text(pairs("demo.Net", FACTORS));
    for (String broken : List.of("", "{}", text.substring(0, text.length() / 2), text + "\n")) {
      put("demo.Net-pairs", broken);
      assertRejected("rejected: demo.Net: ");
    }
  }

  @Test
  void pairs_without_their_network_are_not_passed_over() throws Exception {
    Files.delete(carried.resolve("demo.Net.json"));
    assertRejected("rejected: demo.Net-pairs: it is about demo.Net");
  }

  /** A program may load each of them as a network. */
  @Test
  void files_beside_files_that_are_beside_a_network_are_not_passed_over() throws Exception {
    List<String> names =
        List.of(
            "demo.Net-pairs-pairs",
            "demo.Net-pairs-origin",
            "demo.Net-origin-origin",
            "demo.Net-origin-pairs",
            "demo.Net-more");
    put(
        "demo.Net-origin",
        "{\"generatedClass\": \"demo.NetNetwork\", \"declaredBy\": \"demo.Net\","
            + " \"loadsAlone\": true}\n");
    verify();
    assertThat(out).startsWith(ACCEPTED);
    for (String name : names) {
      put(name, text(network("demo.Other", 4.5, ROWS)));
      verify();
      assertThat(out)
          .startsWith(ACCEPTED)
          .contains("rejected: " + name + ": it is about demo.Other\n")
          .contains("2 networks, 1 accepted, 1 rejected");
      Files.delete(carried.resolve(name + ".json"));
    }
  }

  /** A network may be called as another one's pairs are said to be; nothing of the two is one. */
  @Test
  void a_network_that_is_called_pairs() throws Exception {
    put("demo.Net.pairs", text(network("demo.Net.pairs", 5, ROWS)));
    verify();
    assertThat(out)
        .startsWith(ACCEPTED)
        .contains("accepted: demo.Net.pairs is ")
        .contains("2 networks, 2 accepted");
  }

  /** The origin says what was asked for: a certificate that somebody took away is missed. */
  @Test
  void pairs_that_were_asked_for_and_are_not_there() throws Exception {
    put(
        "demo.Net-origin",
        "{\"generatedClass\": \"demo.NetNetwork\", \"declaredBy\": \"demo.Net\","
            + " \"loadsAlone\": true, \"claims\": [\"pairs\"]}\n");
    verify();
    assertThat(out).startsWith(ACCEPTED);
    Files.delete(carried.resolve("demo.Net-pairs.json"));
    verify();
    assertThat(out)
        .startsWith("not as asked: demo.Net is ")
        .contains("; the network asks for a certificate of pairs, and there is none in the module");
  }

  /** Any bound is true of a network that gives the same for all inputs. */
  @Test
  void pairs_without_a_finite_bound_are_rejected() throws Exception {
    double[] zeros = new double[6];
    Files.write(weights, Safetensors.write(Weights.of(List.of(tensor(zeros)))));
    Certificate about = network("demo.Net", 0x1p1023 * 1.5, zeros);
    put("demo.Net", text(about));
    put("demo.Net-pairs", text(pairs(about, List.of(0x1p-1021, 0.125, 0.125))));
    verify();
    assertThat(out).startsWith("accepted: demo.Net is ").contains("3 pairs, are at most 2.248e307");
    put("demo.Net-pairs", text(pairs(about, List.of(Double.MIN_VALUE, 0.125, 0.125))));
    assertRejected("rejected: demo.Net: ", "a pair whose bound is infinite");
  }

  @Test
  void weights_carry_pairs_of_their_own() throws Exception {
    assertThat(verifyCarried(pairs("demo.Net", FACTORS))).isEqualTo(ExitCode.PROVED);
    assertThat(out).startsWith(ACCEPTED.strip() + "; it is about 1 of the 1 tensors beside it\n");
    assertThat(verifyCarried(pairs("demo.Net", List.of(0.25, 0.125, 0.125))))
        .isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: ").contains("not positive definite");
    Certificate foreign = pairs(network("demo.Net", 5, 0, 1, 0, 1, 0, 1), FACTORS);
    assertThat(verifyCarried(foreign)).isEqualTo(ExitCode.NOT_PROVED);
    assertThat(out).startsWith("rejected: ").contains("the tensors of pairs");
  }

  private int verifyCarried(Certificate pairs) throws Exception {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(CertifiedFile.KEY, text(network("demo.Net", 5, ROWS)));
    metadata.put(CertifiedFile.key(ClaimKind.PAIRS), text(pairs));
    Weights all = Weights.of(List.of(tensor(ROWS)));
    Files.write(weights, Safetensors.write(all, new TreeMap<>(metadata)));
    return run("verify", weights.toString());
  }
}
