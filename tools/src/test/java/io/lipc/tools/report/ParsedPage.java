package io.lipc.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A page as a parser of XML sees it. */
public record ParsedPage(Document document) {

  /** Elements that load something, or run. */
  private static final Set<String> FOREIGN =
      Set.of("script", "link", "img", "iframe", "object", "embed", "use", "image", "a", "form");

  /** Parses a page, and checks of it what holds of all pages. */
  public static ParsedPage of(String html) throws Exception {
    assertThat(html.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'));
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setAttribute("http://javax.xml.XMLConstants/property/accessExternalDTD", "");
    byte[] bytes = html.getBytes(StandardCharsets.US_ASCII);
    ParsedPage page =
        new ParsedPage(factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes)));
    page.needsNothingElse(html);
    page.isAccessible();
    return page;
  }

  /** The elements of a name. */
  public List<Element> all(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** The texts of the elements of a name. */
  public List<String> texts(String name) {
    return all(name).stream().map(Element::getTextContent).toList();
  }

  /** The texts of the cells of the last table of that caption, row by row, the head included. */
  public List<String> cells(String caption) {
    NodeList all =
        all("table").stream()
            .filter(
                table ->
                    table.getElementsByTagName("caption").item(0).getTextContent().equals(caption))
            .toList()
            .getLast()
            .getElementsByTagName("tr");
    List<String> cells = new ArrayList<>();
    for (int row = 0; row < all.getLength(); row++) {
      NodeList children = all.item(row).getChildNodes();
      for (int i = 0; i < children.getLength(); i++) {
        if (children.item(i) instanceof Element cell) {
          cells.add(cell.getTextContent());
        }
      }
    }
    return cells;
  }

  private void needsNothingElse(String html) {
    assertThat(all("*")).noneMatch(element -> FOREIGN.contains(element.getTagName()));
    for (Element element : all("*")) {
      for (String attribute : List.of("src", "href", "xlink:href", "onload", "onclick")) {
        assertThat(element.hasAttribute(attribute)).as(attribute).isFalse();
      }
    }
    assertThat(texts("style")).hasSize(1).noneMatch(s -> s.contains("url(") || s.contains("@imp"));
    assertThat(html.replace("http://www.w3.org/", "")).doesNotContain("http://", "https://");
  }

  private void isAccessible() {
    List<String> ids =
        all("*").stream().map(e -> e.getAttribute("id")).filter(id -> !id.isEmpty()).toList();
    assertThat(ids).doesNotHaveDuplicates();
    for (Element element : all("*")) {
      Stream.of(element.getAttribute("aria-labelledby").split(" ", -1))
          .filter(id -> !id.isEmpty())
          .forEach(id -> assertThat(ids).contains(id));
    }
    for (Element drawing : all("svg")) {
      assertThat(drawing.getElementsByTagName("title").getLength()).isPositive();
      assertThat(drawing.getElementsByTagName("desc").item(0).getTextContent()).isNotBlank();
    }
    assertThat(all("th")).allMatch(head -> head.hasAttribute("scope"));
    assertThat(all("table"))
        .allMatch(table -> table.getElementsByTagName("caption").getLength() == 1);
  }
}
