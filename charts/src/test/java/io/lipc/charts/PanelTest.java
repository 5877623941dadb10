package io.lipc.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.charts.Mark.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class PanelTest {

  /** 100 pixels for 10 in both directions, from (50, 20). */
  private static final Panel PANEL =
      new Panel(
          "a heading",
          50,
          20,
          100,
          100,
          Axis.of(Scale.linear(0, 10), "across"),
          Axis.of(Scale.linear(0, 10), "upward"));

  private static Document drawn(Panel panel, Mark... marks) throws Exception {
    String svg = Svg.file(200, 160, "A <title>", "What & where.", panel.draw(List.of(marks)));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.US_ASCII)));
  }

  private static List<Element> all(Document drawing, String name) {
    NodeList found = drawing.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static Element only(Document drawing, String name, String style) {
    List<Element> found =
        all(drawing, name).stream()
            .filter(element -> element.getAttribute("class").equals(style))
            .toList();
    assertThat(found).as(style).hasSize(1);
    return found.get(0);
  }

  private static String numbers(Element element, String... names) {
    return String.join(" ", Arrays.stream(names).map(element::getAttribute).toList());
  }

  @Test
  void aFileHasATitleADescriptionAndItsColours() throws Exception {
    Document drawing = drawn(PANEL);
    assertThat(only(drawing, "text", "title").getTextContent()).isEqualTo("A <title>");
    assertThat(all(drawing, "desc").get(0).getTextContent()).isEqualTo("What & where.");
    for (Colour colour : Colour.values()) {
      // Once for light paper, once for dark.
      assertThat(all(drawing, "style").get(0).getTextContent().split("\\." + colour + " "))
          .as(colour.name())
          .hasSize(3);
    }
    for (Mark.Stroke stroke : Mark.Stroke.values()) {
      assertThat(stroke == Mark.Stroke.SOLID || Svg.style().contains("." + stroke))
          .as(stroke.name())
          .isTrue();
    }
  }

  @Test
  void axesHaveTheirTicksAndTitles() throws Exception {
    assertThat(all(drawn(PANEL), "text").stream().map(Element::getTextContent))
        .containsSubsequence("A <title>", "a heading", "0", "2", "10", "0", "10", "across")
        .endsWith("upward");
  }

  @Test
  void pointsAreWhereTheAxesSay() throws Exception {
    List<Point> points = List.of(new Point(0, 0), new Point(5, 10), new Point(20, 5));
    Document drawing =
        drawn(
            PANEL,
            new Mark.Curve(Colour.RED, Mark.Stroke.DASHED, points),
            new Mark.Dots(Colour.BLUE, points.subList(1, 2)),
            new Mark.Rule(Colour.INK, Mark.Stroke.THIN, 2));
    assertThat(only(drawing, "path", "curve RED DASHED").getAttribute("d"))
        .isEqualTo("M50 120L100 20L150 70");
    assertThat(numbers(only(drawing, "circle", "dot BLUE"), "cx", "cy")).isEqualTo("100 20");
    assertThat(numbers(only(drawing, "line", "curve INK THIN"), "x1", "y1", "x2", "y2"))
        .isEqualTo("70 20 70 120");
  }

  @Test
  void nothingIsDrawnWhereThereIsNoNumber() throws Exception {
    List<Point> points =
        List.of(new Point(0, 0), new Point(1, Double.NaN), new Point(2, 0), new Point(3, 0));
    Document drawing =
        drawn(
            PANEL,
            new Mark.Curve(Colour.RED, Mark.Stroke.SOLID, points),
            new Mark.Dots(Colour.RED, points));
    assertThat(all(drawing, "path").get(0).getAttribute("d")).isEqualTo("M50 120M70 120L80 120");
    assertThat(all(drawing, "circle")).hasSize(3);
  }

  @Test
  void stairsKeepAValueUntilTheNext() throws Exception {
    Mark.Curve stairs =
        Mark.Curve.stairs(
            Colour.BLUE, List.of(new Point(0, 10), new Point(5, 0), new Point(10, 0)));
    assertThat(all(drawn(PANEL, stairs), "path").get(0).getAttribute("d"))
        .isEqualTo("M50 20L100 20L100 120L150 120L150 120");
  }

  @Test
  void barsGoBothWaysAndAreNeverTooSmallToBeSeen() throws Exception {
    Document drawing =
        drawn(
            PANEL,
            new Mark.Bar(Colour.BLUE, new Point(5, 0), new Point(8, 1), "right", ""),
            new Mark.Bar(Colour.RED, new Point(5, 2), new Point(2, 3), "left", "a <hint>"),
            new Mark.Bar(Colour.GREEN, new Point(5, 4), new Point(5, 5), "", ""));
    assertThat(numbers(only(drawing, "rect", "bar BLUE"), "x", "y", "width", "height"))
        .isEqualTo("100 110 30 10");
    Element left = only(drawing, "rect", "bar RED");
    assertThat(numbers(left, "x", "y", "width", "height")).isEqualTo("70 90 30 10");
    assertThat(left.getTextContent().strip()).isEqualTo("a <hint>");
    assertThat(only(drawing, "rect", "bar GREEN").getAttribute("width")).isEqualTo("1");
    assertThat(only(drawing, "text", "value").getAttribute("x")).isEqualTo("135");
    assertThat(only(drawing, "text", "value end").getAttribute("x")).isEqualTo("65");
  }

  @Test
  void namesStandBesideEachOtherOrSlanted() throws Exception {
    Axis upward = Axis.rows(List.of("first", "second"));
    Panel few = new Panel("", 50, 20, 100, 100, Axis.columns(List.of("a", "b"), "names"), upward);
    Panel many =
        new Panel(
            "", 50, 20, 100, 100, Axis.columns(List.of("a long name", "another"), "names"), upward);
    assertThat(all(drawn(few), "text")).noneMatch(text -> text.hasAttribute("transform"));
    assertThat(all(drawn(many), "text").stream().filter(text -> text.hasAttribute("transform")))
        .hasSize(2);
    assertThat(many.bottom()).isGreaterThan(few.bottom());
    // The first row is the upper one, and has no line.
    assertThat(all(drawn(few), "text").get(1).getAttribute("y")).isEqualTo("49");
    assertThat(all(drawn(few), "line")).hasSize(1);
  }

  @Test
  void aLegendTakesAsManyLinesAsItsNamesNeed() {
    Mark mark = new Mark.Dots(Colour.BLUE, List.of());
    List<Legend.Key> keys =
        List.of(new Legend.Key("one name", mark), new Legend.Key("another name", mark));
    Legend wide = new Legend(keys, 10, 5, 400);
    Legend narrow = new Legend(keys, 10, 5, 120);
    assertThat(wide.bottom()).isEqualTo(23);
    assertThat(narrow.bottom()).isEqualTo(41);
    assertThat(narrow.draw()).hasSize(4);
  }
}
