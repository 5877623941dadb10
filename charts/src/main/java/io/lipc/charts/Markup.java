package io.lipc.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A piece of a page, in the syntax that HTML and XML share. */
public sealed interface Markup {

  /** Elements that HTML ends where they begin. */
  Set<String> VOID = Set.of("meta", "br", "hr");

  /** A text, not yet escaped. */
  record Text(String text) implements Markup {}

  /**
   * A text that HTML does not read as markup, such as rules of style; it has to be free of markup.
   */
  record Verbatim(String text) implements Markup {
    public Verbatim {
      if (text.chars().anyMatch(c -> c == '<' || c == '&' || c > '~')) {
        throw new IllegalArgumentException("not plain: " + text);
      }
    }
  }

  /** A name and a value that is not yet escaped. */
  record Attribute(String name, String value) {}

  /** An element, with attributes and children in order. */
  record Element(String name, List<Attribute> attributes, List<Markup> children) implements Markup {
    public Element {
      attributes = List.copyOf(attributes);
      children = List.copyOf(children);
    }

    /** Returns the element with one attribute more. */
    public Element with(String attribute, String value) {
      List<Attribute> more = new ArrayList<>(attributes);
      more.add(new Attribute(attribute, value));
      return new Element(name, more, children);
    }

    /** Returns the element with one attribute more, whose value is a number. */
    public Element with(String attribute, double value) {
      return with(attribute, Svg.number(value));
    }

    /** With more children. */
    public Element holding(List<? extends Markup> more) {
      List<Markup> all = new ArrayList<>(children);
      all.addAll(more);
      return new Element(name, attributes, all);
    }

    /** With more children. */
    public Element holding(Markup... more) {
      return holding(List.of(more));
    }

    /** Returns the element with a text as one child more. */
    public Element saying(String text) {
      return holding(new Text(text));
    }
  }

  /** An element without attributes and children. */
  static Element element(String name) {
    return new Element(name, List.of(), List.of());
  }

  /** The markup as text of the page. */
  static String render(Markup markup) {
    StringBuilder page = new StringBuilder();
    write(page, markup);
    return page.toString();
  }

  private static void write(StringBuilder page, Markup markup) {
    switch (markup) {
      case Text text -> page.append(Escape.of(text.text()));
      case Verbatim verbatim -> page.append(verbatim.text());
      case Element element -> write(page, element);
    }
  }

  private static void write(StringBuilder page, Element element) {
    page.append('<').append(element.name());
    for (Attribute attribute : element.attributes()) {
      page.append(' ').append(attribute.name()).append("=\"");
      page.append(Escape.of(attribute.value())).append('"');
    }
    if (VOID.contains(element.name())) {
      page.append("/>");
      return;
    }
    page.append('>');
    // Line ends between elements are for those who read the source; beside texts they would show.
    boolean lines =
        !element.children().isEmpty()
            && element.children().stream().allMatch(Element.class::isInstance);
    for (Markup child : element.children()) {
      page.append(lines ? "\n" : "");
      write(page, child);
    }
    page.append(lines ? "\n" : "").append("</").append(element.name()).append('>');
  }
}
