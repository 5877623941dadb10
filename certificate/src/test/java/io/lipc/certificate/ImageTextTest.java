package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.FormatException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The texts of the units that read images. */
class ImageTextTest {

  private static final String CONVOLUTION =
      """
      {"operation": "convolution", "operand": 0, "input": [2, 5, 4], "channels": 6, \
      "kernel": [3, 2], "stride": [2, 1], "padding": [1, 2, 3, 4], "dilation": [1, 2], \
      "groups": 2, "weight": "k", "bias": "b"}""";

  private static final String AVERAGE =
      """
      {"operation": "average_pool", "operand": 1, "input": [6, 4, 8], "kernel": [2, 1], \
      "stride": [1, 3], "factor": "0x1.0p-1"}""";

  private static final String NORM =
      """
      {"operation": "batch_norm", "operand": 2, "channels": 6, "pixels": 9, "tensors": "n.1", \
      "epsilon": "0x1.0p-10"}""";

  private static final String MAXIMUM =
      """
      {"operation": "max_pool", "operand": 3, "input": [6, 3, 3], "kernel": [1, 2], \
      "stride": [3, 1]}""";

  private static final String ACTIVATION =
      """
      {"operation": "activation", "operand": 4, "name": "maxmin", "parameters": [], \
      "size": 12, "pixels": 2}""";

  private static final List<String> TEXTS =
      List.of(CONVOLUTION, AVERAGE, NORM, MAXIMUM, ACTIVATION);

  private static List<Unit> units() {
    Window window = new Window(new Axis(3, 2, 1, 3, 1), new Axis(2, 1, 2, 4, 2));
    Window mean = new Window(Axis.of(2, 1), Axis.of(1, 3));
    Window largest = new Window(Axis.of(1, 3), Axis.of(2, 1));
    return List.of(
        Unit.convolution(
            0, new Convolution(new Grid(2, 5, 4), 6, window, 2, "k", Optional.of("b"))),
        Unit.averagePool(1, new AveragePool(new Grid(6, 4, 8), mean, 0.5)),
        Unit.batchNorm(2, new BatchNorm(6, 9, "n.1", 0x1p-10)),
        new Unit.MaxPool(3, new Grid(6, 3, 3), largest),
        new Unit.Activation(4, "maxmin", List.of(), 12, 2));
  }

  private static String text(List<Unit> units) {
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(40);
    units.forEach(net::add);
    return CertificateText.write(net.subject().certificate());
  }

  private static String altered(String from, String to) {
    String text = text(units());
    assertThat(text).contains(from);
    return text.replaceFirst(Pattern.quote(from), to);
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> CertificateText.read(text))
        .as(message)
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws FormatException {
    String text = text(units());
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(text).contains(TEXTS.get(i));
      assertThat(CertificateText.read(text).units().get(i + 1)).isEqualTo(units().get(i));
    }
    assertThat(CertificateText.write(CertificateText.read(text))).isEqualTo(text);
  }

  @Test
  void sizesFollow() {
    assertThat(units().stream().map(Unit::size)).containsExactly(6 * 4 * 8, 6 * 3 * 3, 54, 12, 12);
  }

  @Test
  void aConvolutionMayHaveNoBias() throws FormatException {
    String text = altered(", \"bias\": \"b\"", "");
    assertThat(CertificateText.read(text).units().get(1).tensors()).containsExactly("k");
    assertThat(CertificateText.write(CertificateText.read(text))).isEqualTo(text);
  }

  /** Each member with another value is another unit, and each list keeps its order. */
  @Test
  void eachMemberIsRead() throws FormatException {
    for (Map.Entry<String, String> change :
        List.of(
            Map.entry("[2, 5, 4]", "[2, 4, 5]"),
            Map.entry("[2, 5, 4]", "[4, 5, 2]"),
            Map.entry("\"channels\": 6, \"kernel\"", "\"channels\": 4, \"kernel\""),
            Map.entry("[3, 2]", "[2, 3]"),
            Map.entry("\"stride\": [2, 1]", "\"stride\": [1, 2]"),
            Map.entry("[1, 2, 3, 4]", "[2, 1, 3, 4]"),
            Map.entry("[1, 2, 3, 4]", "[3, 2, 1, 4]"),
            Map.entry("[1, 2, 3, 4]", "[1, 4, 3, 2]"),
            Map.entry("\"dilation\": [1, 2]", "\"dilation\": [2, 1]"),
            Map.entry("\"groups\": 2", "\"groups\": 1"),
            Map.entry("\"weight\": \"k\"", "\"weight\": \"l\""),
            Map.entry("\"bias\": \"b\"", "\"bias\": \"c\""),
            Map.entry("\"operand\": 1", "\"operand\": 0"),
            Map.entry("\"kernel\": [2, 1]", "\"kernel\": [1, 2]"),
            Map.entry("\"stride\": [1, 3]", "\"stride\": [3, 1]"),
            Map.entry("\"factor\": \"0x1.0p-1\"", "\"factor\": \"-0x1.0p-1\""),
            Map.entry("\"channels\": 6, \"pixels\"", "\"channels\": 3, \"pixels\""),
            Map.entry("\"pixels\": 9", "\"pixels\": 3"),
            Map.entry("\"n.1\"", "\"n.2\""),
            Map.entry("\"0x1.0p-10\"", "\"-0x0.0p0\""),
            Map.entry("[6, 3, 3]", "[3, 6, 3]"),
            Map.entry("\"kernel\": [1, 2]", "\"kernel\": [2, 1]"),
            Map.entry("\"stride\": [3, 1]", "\"stride\": [1, 3]"),
            Map.entry("\"pixels\": 2", "\"pixels\": 3"))) {
      String text = altered(change.getKey(), change.getValue());
      Certificate read = CertificateText.read(text);
      assertThat(read.units()).as(change.toString()).isNotEqualTo(units());
      assertThat(CertificateText.write(read)).isEqualTo(text);
    }
  }

  @Test
  void windowsThatAreNone() {
    String fit = "a window that does not fit";
    String axes = "a window that does not have two axes";
    assertRefused(altered("[3, 2]", "[10, 2]"), fit);
    assertRefused(altered("[3, 2]", "[3, 0]"), fit);
    assertRefused(altered("[3, 2]", "[-3, 2]"), fit);
    assertRefused(altered("[3, 2]", "[3, 2, 1]"), axes);
    assertRefused(altered("[3, 2]", "[3]"), axes);
    assertRefused(altered("\"stride\": [2, 1]", "\"stride\": [2, 0]"), fit);
    assertRefused(altered("\"stride\": [2, 1]", "\"stride\": []"), axes);
    assertRefused(altered("[1, 2, 3, 4]", "[1, 2, 3, -1]"), fit);
    assertRefused(altered("[1, 2, 3, 4]", "[1, 2, 3, 16777217]"), fit);
    assertRefused(altered("[1, 2, 3, 4]", "[1, 2, 3, 16777216]"), fit);
    assertRefused(altered("[1, 2, 3, 4]", "[1, 2]"), axes);
    assertRefused(altered("\"dilation\": [1, 2]", "\"dilation\": [1, 0]"), fit);
    assertRefused(altered("\"dilation\": [1, 2]", "\"dilation\": [1, 2147483647]"), fit);
    assertRefused(altered("\"dilation\": [1, 2]", "\"dilation\": [1]"), axes);
    assertRefused(altered("\"kernel\": [2, 1]", "\"kernel\": [5, 1]"), fit);
    assertRefused(altered("\"kernel\": [1, 2]", "\"kernel\": [1, 4]"), fit);
  }

  @Test
  void imagesThatAreNone() {
    assertRefused(altered("[2, 5, 4]", "[2, 20]"), "`input` of a unit cannot be [2, 20]");
    assertRefused(altered("[2, 5, 4]", "[1, 2, 5, 4]"), "`input`");
    assertRefused(altered("[2, 5, 4]", "[-2, -5, 4]"), "");
    assertRefused(altered("[2, 5, 4]", "[2, 65536, 65536]"), "a window that does not fit");
    assertRefused(altered("[6, 4, 8]", "[6, 4]"), "`input`");
    assertRefused(altered("[6, 3, 3]", "[6, 3, 3, 1]"), "`input`");
    assertRefused(altered("[6, 3, 3]", "[0, 3, 3]"), "a window that does not fit");
    assertRefused(altered("\"groups\": 2", "\"groups\": 4"), "do not divide");
    assertRefused(altered("\"groups\": 2", "\"groups\": 0"), "do not divide");
    assertRefused(altered("\"channels\": 6, \"kernel\"", "\"channels\": 5, \"kernel\""), "divide");
    assertRefused(altered("\"pixels\": 9", "\"pixels\": 0"), "6 channels of 0 pixels");
    assertRefused(altered("\"pixels\": 9", "\"pixels\": 1073741824"), "pixels");
  }

  @Test
  void membersThatAreMissingOrMore() {
    for (String text : TEXTS) {
      for (String member : text.substring(1, text.length() - 1).split(", (?=\")")) {
        String name = member.substring(0, member.indexOf(':'));
        boolean needed = !name.equals("\"bias\"") && !name.equals("\"pixels\"");
        if (needed || text.equals(NORM)) {
          String rest = text.replace(member + ", ", "").replace(", " + member, "");
          assertRefused(text(units()).replace(text, rest), "lacks `" + name.replace("\"", ""));
        }
      }
      String more = text.replace("}", ", \"more\": 1}");
      assertRefused(text(units()).replace(text, more), "unknown member `more`");
    }
    for (String pool : List.of(AVERAGE, MAXIMUM)) {
      for (String member : List.of("\"padding\": [0, 0, 0, 0]", "\"dilation\": [1, 1]")) {
        String more = pool.replace("}", ", " + member + "}");
        assertRefused(text(units()).replace(pool, more), "unknown member");
      }
    }
  }

  /** Groups of neighbours have one text, and a linear unit no groups. */
  @Test
  void groupsOfActivations() {
    assertRefused(altered("\"pixels\": 2", "\"pixels\": 1"), "canonical");
    assertRefused(altered("\"pixels\": 2", "\"pixels\": 0"), "0 apart");
    assertRefused(altered("\"pixels\": 2", "\"pixels\": -2"), "-2 apart");
    assertRefused(altered("maxmin", "identity"), "identity has no kink");
    assertRefused(altered("maxmin", "center"), "center has no kink");
  }
}
