package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.Digest;
import io.lipc.formats.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class CertificateTextTest {

  private static Certificate everything() {
    NetworkUnderTest net = new NetworkUnderTest();
    int x = net.input(-1, 0.1, 2);
    int h = net.dense(x, new double[][] {{3, 0}, {0, 1}}, new double[] {1, -1});
    net.slope(net.activation(h, "leaky_relu", 0.1), 4.5, 0x1.8p-30);
    net.gain(net.dense(h, new double[][] {{2, 0}, {0, 1}}), 1, 2);
    net.rows(3, 1, 1);
    net.sum(2, 3);
    net.concat(2, 4);
    net.scale(4, 0.5);
    net.add(Unit.affine(6, List.of(1.0, 2.0), List.of(0.25, -0.0), 2));
    net.add(new Unit.Call(7, "demo.Other", Digest.of(), 2, 3));
    net.add(Unit.select(8, List.of(2, 0)));
    net.add(Unit.dense(9, 2, 2, "w3", Optional.empty()));
    net.gains.add(new Proof.Gain(10, 2, new PositivityWitness.VerifiedCholesky()));
    net.gains.add(new Proof.Gain(1, 3, new PositivityWitness.Congruence(List.of(List.of(7L)))));
    net.witness =
        new PositivityWitness.Congruence(
            List.of(List.of(5L), List.of(-123456789012L, 1L), List.of(0L, 0L, 9L)));
    return net.subject().certificate();
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> CertificateText.read(text))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }

  private static String altered(String from, String to) {
    String text = CertificateText.write(everything());
    assertThat(text).contains(from);
    return text.replaceFirst(Pattern.quote(from), to);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    String text = CertificateText.write(everything());
    Certificate read = CertificateText.read(text);
    assertThat(read).isEqualTo(everything());
    assertThat(CertificateText.write(read)).isEqualTo(text);
  }

  @Test
  void everyProcedureIsReadAgain() throws Exception {
    for (PositivityWitness witness :
        List.of(
            new PositivityWitness.Congruence(List.of()),
            new PositivityWitness.ExactElimination(),
            new PositivityWitness.VerifiedCholesky())) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.input(1);
      net.witness = witness;
      Certificate certificate = net.subject().certificate();
      assertThat(CertificateText.read(CertificateText.write(certificate))).isEqualTo(certificate);
    }
  }

  @Test
  void aPersonCanReadIt() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.slopes(net.input(-1, 1, 1), "relu", 1.5);
    net.bound = 1.5;
    net.declared = 2;
    net.witness = new PositivityWitness.Congruence(List.of(List.of(3L), List.of(-1L, 2L)));
    assertThat(CertificateText.write(net.subject().certificate()))
        .isEqualTo(
            """
            {
              "format": "lipc-certificate-1",
              "network": "test.Network",
              "kind": "numeric",
              "type": "f64",
              "declared": "0x1.0p1",
              "bound": "0x1.8p0",
              "method": "by hand",
              "units": [
                {"operation": "input", "size": 1, "lower": ["-0x1.0p0"], "upper": ["0x1.0p0"]},
                {"operation": "activation", "operand": 0, "name": "relu", "parameters": [], "size": 1}
              ],
              "tensors": [],
              "gains": [],
              "segmentations": [],
              "multipliers": [
                {"unit": 1, "constraint": "slope", "values": ["0x1.8p0"]}
              ],
              "procedure": "congruence",
              "rows": [
                "3",
                "-1 2"
              ]
            }
            """);
  }

  @Test
  void notANumberIsReadForTheCheckerToRefuse() throws Exception {
    Certificate read =
        CertificateText.read(altered("\"bound\": \"0x1.0p0\"", "\"bound\": \"NaN\""));
    assertThat(read.lipschitz().bound()).isNaN();
  }

  @Test
  void unknownMembersAreRefused() {
    assertRefused(altered("\"method\":", "\"more\": 1, \"method\":"), "unknown member `more`");
    assertRefused(
        altered("\"operation\": \"sum\"", "\"operation\": \"sum\", \"x\": 1"),
        "unknown member `x`");
  }

  @Test
  void missingMembersAreRefused() {
    assertRefused(altered("  \"method\": \"by hand\",\n", ""), "lacks `method`");
    assertRefused("{}", "lacks `format`");
  }

  @Test
  void anotherVersionIsRefused() {
    assertRefused(
        altered("lipc-certificate-1", "lipc-certificate-2"), "cannot be lipc-certificate-2");
  }

  @Test
  void onlyTheCanonicalTextIsRead() {
    assertRefused(altered("\"units\": [", "\"units\":  ["), "canonical");
    assertRefused(altered("\"0x1.0p0\"", "\"0x1.00p0\""), "canonical");
    assertRefused(altered("\"5\"", "\"05\""), "canonical");
    assertRefused(CertificateText.write(everything()).strip(), "canonical");
  }

  @Test
  void wrongTypesAreRefused() {
    assertRefused(altered("\"bound\": \"0x1.0p0\"", "\"bound\": 1"), "`bound`");
    assertRefused(altered("\"bound\": \"0x1.0p0\"", "\"bound\": \"1.0\""), "`bound`");
    assertRefused(altered("\"size\": 2", "\"size\": 2.0"), "`size`");
    assertRefused(altered("\"size\": 2", "\"size\": 99999999999"), "`size`");
    assertRefused(altered("\"size\": 2", "\"size\": 3000000000"), "`size`");
    assertRefused(altered("\"operands\": [2, 3]", "\"operands\": 2"), "`operands`");
    assertRefused(altered("\"kind\": \"numeric\"", "\"kind\": \"Numeric\""), "`kind`");
    assertRefused(altered("\"digest\": \"sha256:", "\"digest\": \"md5:"), "`digest`");
    assertRefused(altered("\"5\"", "\"5 x\""), "`rows`");
    assertRefused(altered("\"5\"", "\"99999999999999999999\""), "`rows`");
    assertRefused(altered("\"sum\"", "\"product\""), "`operation`");
    assertRefused(altered("verified cholesky", "trust me"), "`procedure`");
    assertRefused("[]", "is not an object");
    assertRefused("", "a value is expected");
  }

  @Test
  void aTensorHasAShapeAndAVectorASize() throws Exception {
    String text = altered("\"size\": 2", "\"shape\": [1, 2]");
    Certificate read = CertificateText.read(text);
    assertThat(((Unit.Input) read.units().getFirst()).extents()).containsExactly(1, 2);
    assertThat(read.inputSize()).isEqualTo(2);
    assertThat(CertificateText.write(read)).isEqualTo(text);
    assertRefused(altered("\"size\": 2", "\"shape\": [2]"), "`shape` of a unit cannot be [2]");
    assertRefused(altered("\"size\": 2", "\"shape\": []"), "`shape`");
    assertRefused(altered("\"size\": 2", "\"shape\": [-1, -2]"), "an input of the extents");
    assertRefused(altered("\"size\": 2", "\"shape\": [0, 2]"), "an input of the extents");
    assertRefused(altered("\"size\": 2", "\"shape\": [2, 2]"), "a box of another size");
    assertRefused(altered("\"size\": 2", "\"size\": 2, \"shape\": [1, 2]"), "`size`");
  }

  /** More elements than an int counts: a text like any other that means nothing, no exception. */
  @Test
  void aTensorOfMoreElementsThanCanBeCountedIsRefused() {
    for (String shape : List.of("[65536, 65536]", "[65536, 32768]", "[2147483647, 2, 1]")) {
      String text = altered("\"size\": 2", "\"shape\": " + shape);
      assertRefused(text, "");
      String box = ", \"lower\": [\"-0x1.0p0\", \"-0x1.0p0\"]";
      assertThat(text).contains(box);
      assertRefused(text.replace(box, "").replaceFirst(", \"upper\": [^}]*}", "}"), "");
    }
  }

  @Test
  void boxesHaveToBeBoxes() {
    assertRefused(altered("\"lower\": [\"-0x1.0p0\"", "\"lower\": [\"0x1.0p0\""), "box");
    assertRefused(altered("\"lower\": [\"-0x1.0p0\"", "\"lower\": [\"NaN\""), "box");
    assertRefused(altered("\"lower\": [\"-0x1.0p0\"", "\"lower\": [\"-Infinity\""), "box");
    for (String end : List.of("Infinity", "NaN")) {
      String upper = altered("\"upper\": [", "\"upper\": [\"" + end + "\", ");
      String last = ", \"" + Double.toHexString(0.1) + "\"]";
      assertThat(upper).contains(last);
      assertRefused(upper.replace(last, "]"), "ends are not finite");
    }
    assertRefused(altered("\"lower\": [\"-0x1.0p0\", ", "\"lower\": ["), "box");
    assertRefused(altered("\"upper\": [", "\"upper\": [\"0x1.0p0\", "), "box");
  }

  @Test
  void theExtentsOfAnInputStayWhatTheyWere() {
    List<Integer> extents = new ArrayList<>(List.of(2, 3));
    Unit.Input input = new Unit.Input(extents, Optional.empty());
    extents.set(0, 1);
    assertThat(input.size()).isEqualTo(6);
  }
}
