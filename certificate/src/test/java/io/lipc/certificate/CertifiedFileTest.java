package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Safetensors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each certificate stands under its own key, and nothing else is taken for one. */
final class CertifiedFileTest {

  private static final NetworkUnderTest NET = network(1);
  private static final Certificate OWN = NET.subject().certificate();
  private static final Certificate OTHER = pairs();

  private static Certificate pairs() {
    return new Certificate(
        OWN.network(),
        OWN.type(),
        new Claim.Pairs(Norm.L2),
        "by hand",
        PairUnits.of(OWN.units(), List.of(2.0)),
        OWN.grounds());
  }

  private static NetworkUnderTest network(double bound) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.dense(0, new double[][] {{0.5, 0}, {0, 0.25}});
    net.bound = bound;
    net.declared = bound;
    return net;
  }

  private static byte[] file(Map<String, String> metadata) {
    return Safetensors.write(NET.subject().weights(), new TreeMap<>(metadata));
  }

  @Test
  void whatIsWrittenIsRead() throws FormatException {
    byte[] file = CertifiedFile.write(OWN, NET.subject().weights());
    assertThat(CertifiedFile.certificate(file)).contains(OWN);
    assertThat(CertifiedFile.certificate(Safetensors.contents(file))).contains(OWN);
    assertThat(CertifiedFile.further(file)).isEmpty();
    assertThat(CertifiedFile.further(Safetensors.contents(file))).isEmpty();
    assertThat(Safetensors.contents(file).weights().tensor("w1")).isPresent();
  }

  @Test
  void eachHasItsKey() throws FormatException {
    byte[] both =
        file(
            Map.of(
                "lipc.certificate", CertificateText.write(OWN),
                "lipc.pairs", CertificateText.write(OTHER)));
    assertThat(CertifiedFile.certificate(both)).contains(OWN);
    assertThat(CertifiedFile.further(both)).isEqualTo(Map.of(ClaimKind.PAIRS, OTHER));
    assertThat(CertifiedFile.further(Safetensors.contents(both)))
        .isEqualTo(Map.of(ClaimKind.PAIRS, OTHER));
    byte[] pairs = file(Map.of(CertifiedFile.key(ClaimKind.PAIRS), CertificateText.write(OTHER)));
    assertThat(CertifiedFile.certificate(pairs)).isEmpty();
    assertThat(CertifiedFile.certificate(Safetensors.contents(pairs))).isEmpty();
  }

  @Test
  void keysAreThoseOfTheFormat() {
    assertThat(Stream.of(ClaimKind.values()).map(CertifiedFile::key))
        .containsExactly(
            "lipc.certificate",
            "lipc.scaled",
            "lipc.pairs",
            "lipc.range",
            "lipc.query",
            "lipc.local",
            "lipc.monotone",
            "lipc.slopes");
  }

  @Test
  void aTextThatIsNoCertificateIsRefused() {
    byte[] file = file(Map.of(CertifiedFile.KEY, "{}", "lipc.pairs", "soon"));
    assertThatThrownBy(() -> CertifiedFile.certificate(file)).isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> CertifiedFile.further(file)).isInstanceOf(FormatException.class);
  }

  /** A bound cannot stand where another claim belongs. */
  @Test
  void aKeyIsForOneKindOfClaim() {
    byte[] file = file(Map.of("lipc.pairs", CertificateText.write(OWN)));
    assertThatThrownBy(() -> CertifiedFile.further(file))
        .isInstanceOf(FormatException.class)
        .hasMessage("what stands as lipc.pairs is another certificate");
  }
}
