package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.Digest;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue.JsonString;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names of networks are part of sentences about bounds: no certificate has one that adds to them.
 */
final class NamesTest {

  /** The attack of advisory 13: blanks that are no blanks, and another bound. */
  private static final String ATTACK =
      "demo.Big\u00a0is\u00a00.5-Lipschitz\u2007from\u00a0l2\u2007to\u00a0l2\u2007(exactly\u00a0"
          + "0x1.0p-1);\u00a0formerly\u2007it";

  private static String text(String network, String callee) {
    Unit input = new Unit.Input(2, Optional.empty());
    Unit call = new Unit.Call(0, "a.Callee", Digest.of(), 2, 2);
    Proof proof =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    Certificate certificate =
        new Certificate(
            "a.Caller",
            ElementType.F32,
            new Claim.Lipschitz(Norms.EUCLIDEAN, 1),
            "by-hand",
            List.of(input, call),
            new Grounds.Composition(Grounds.Calls.BOUNDED, List.of(proof)));
    return CertificateText.write(certificate)
        .replace("\"a.Caller\"", Json.write(new JsonString(network)))
        .replace("\"a.Callee\"", Json.write(new JsonString(callee)));
  }

  @Test
  void names_of_networks_and_of_their_pairs_are_read() throws Exception {
    for (String name : List.of("N", "a.b_1.N")) {
      String text = text(name, "a.Callee");
      Certificate read = CertificateText.read(text);
      assertThat(read.network()).isEqualTo(name);
      assertThat(CertificateText.write(read)).isEqualTo(text);
      String pairs = CertificateText.write(pairs(read));
      assertThat(pairs).contains("\"network\": \"" + name + "/pairs\"");
      assertThat(CertificateText.read(pairs)).isEqualTo(pairs(read));
    }
  }

  private static Certificate pairs(Certificate of) {
    return new Certificate(
        of.network(), of.type(), new Claim.Pairs(Norm.L2), of.method(), of.units(), of.grounds());
  }

  /** Whoever calls a bound the claim of pairs means something else than the text says. */
  @Test
  void a_bound_is_not_one_of_pairs_by_its_name() {
    assertThatThrownBy(() -> CertificateText.read(text("a.N/pairs", "a.Callee")))
        .isInstanceOf(FormatException.class)
        .hasMessage("the certificate is not in its canonical form");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ATTACK,
        "",
        "a b",
        "a.N\u00a0is",
        "a\u3164",
        "a\u2800b",
        "a\u202eb",
        "a.\u200bN",
        "\u0430.N",
        "a\nb",
        "a\u0000",
        "a\u001b[31m",
        "a\u0301",
        "a\u007f",
        "a-b",
        "a$b",
        "1",
        "a..b",
        "\ud835\udc00"
      })
  void other_names_are_no_certificates(String name) {
    for (String text : List.of(text(name, "a.Callee"), text("a.Caller", name))) {
      assertThatThrownBy(() -> CertificateText.read(text))
          .isInstanceOf(FormatException.class)
          .message()
          .startsWith("no network is called ")
          .matches("[ -~]*");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Unit.Call(0, name, Digest.of(), 2, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.N/pairs/pairs", "a.N/pair", "a.N/", "a.N/Pairs", "a.N/lipschitz"})
  void other_claims_are_none(String name) {
    assertThatThrownBy(() -> CertificateText.read(text(name, "a.Callee")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("no claim is called so");
  }

  @Test
  void no_network_that_is_called_has_the_name_of_pairs() {
    assertThatThrownBy(() -> CertificateText.read(text("a.N", "a.M/pairs")))
        .hasMessageStartingWith("no network is called a.M/pairs:");
  }

  /** No writer makes a text that its reader refuses. */
  @Test
  void nor_can_such_a_certificate_be_made() throws Exception {
    Certificate honest = CertificateText.read(text("a.N", "a.M"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> honest.named(ATTACK))
        .withMessageStartingWith("no network is called \"demo.Big\\u00a0is\\u00a00.5-");
  }
}
