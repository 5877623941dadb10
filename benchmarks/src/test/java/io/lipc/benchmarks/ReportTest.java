package io.lipc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Tables and plot of figures that are made up: vectors take 1, everything else a multiple. */
final class ReportTest {

  private static final Setting SETTING =
      new Setting(
          "A processor, 2 processors",
          512,
          "25",
          LocalDate.EPOCH,
          List.of(0.25, 1.5),
          2,
          Duration.ofSeconds(9));

  private static Figures figures() {
    Figures figures = new Figures();
    for (int threads = 1; threads <= 2; threads++) {
      for (Case measured : Case.all(threads)) {
        for (Engine engine : measured.engines()) {
          double least = times(measured, engine);
          figures.add(
              measured, engine, new Figures.Timing(new double[] {least + 2, least, least + 1}));
        }
      }
    }
    for (Topology topology : Topology.values()) {
      for (Variant variant : Variant.values()) {
        figures.addFirst(topology, variant, new Figures.First(100, 59.9));
      }
    }
    figures.addPeak(100);
    figures.addBytes(0.5);
    return figures;
  }

  /** Scalar kernels are slower in a case of which nothing was asked. */
  private static double times(Case measured, Engine engine) {
    return switch (engine) {
      case LIPC_SCALAR -> measured.equals(new Case(Topology.SMALL, 32, 1)) ? 4 : 2;
      case LIPC_VECTOR -> 1;
      case ORT_PINNED -> 6;
      case ORT_USUAL -> 8;
      case NAIVE_OFFSETS, NAIVE_DOTS -> 30;
    };
  }

  @Test
  void whatWasReachedStandsBesideWhatWasAsked() {
    assertThat(new Report(SETTING, figures()).markdown())
        .contains("vectors of 512 bits; Java 25; 1970-01-01; load average 0.3, 1.5; 2.00 rounds")
        .contains(
            "| 5-50x6-5, batch 1, against ONNX Runtime, pinned | >= 5.00 | 6.00 | 3.50 | 6.00 |")
        .contains("| 5-50x6-5, batch 1, against ONNX Runtime, as usual | >= 9.00 | 8.00 (missed) |")
        .contains("| lipc scalar takes, times lipc vector, at most | <= 2.5 | 4.00 (missed) |")
        .contains("| the same in the cases above, at most |  | 2.00 |")
        .contains("| first call, ms, at most | < 60 | 59.9 |")
        .contains("with a workspace, at most, with JMH's own | 0, seen as < 8 | 0.50 |");
  }

  @Test
  void thePlotIsWellFormedAndHasABarForEachFigure() throws Exception {
    String svg = new Plot(figures()).svg();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    int bars = Case.all(1).size() * 4 + Case.all(2).size() * 3;
    int paperAndLegend = 5;
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(bars + paperAndLegend);
    assertThat(svg).contains(">6.00</text>", ">3.00</text>", ">0.75</text>", ">0.20</text>");
  }

  @Test
  void aSectionIsReplacedAndTheRestIsKept() {
    String begin = "<!-- kernels: written by the command above -->\n";
    String end = "<!-- kernels: end -->\n";
    assertThat(Section.replaced("a\n" + begin + "old\n" + end + "b\n", "new\n"))
        .isEqualTo("a\n" + begin + "new\n" + end + "b\n");
    assertThatThrownBy(() -> Section.replaced("a\n", "new\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kernels: end");
  }
}
