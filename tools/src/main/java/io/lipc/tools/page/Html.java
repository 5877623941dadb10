package io.lipc.tools.page;

import static io.lipc.charts.Markup.element;

import io.lipc.charts.Markup;
import io.lipc.charts.Markup.Element;
import java.util.ArrayList;
import java.util.List;

/** Elements of HTML. */
final class Html {

  private Html() {}

  static Element paragraph(String text) {
    return element("p").saying(text);
  }

  static Element heading(int level, String text) {
    return element("h" + level).saying(text);
  }

  static Element code(String text) {
    return element("code").saying(text);
  }

  /** A drawing that keeps a size at which it can be read, and scrolls where that is too wide. */
  static Element drawing(Element svg) {
    return element("div").with("class", "drawing").holding(svg);
  }

  static Markup text(String text) {
    return new Markup.Text(text);
  }

  /**
   * A table of texts.
   *
   * @param caption what it shows
   * @param columns the heads; one that begins with {@code #} is of numbers, without that sign
   * @param rows as many cells each; the first is the head of its row
   */
  static Element table(String caption, List<String> columns, List<List<String>> rows) {
    List<Element> heads = new ArrayList<>();
    for (String column : columns) {
      Element head = element("th").with("scope", "col");
      heads.add(
          isNumeric(column)
              ? head.with("class", "number").saying(column.substring(1))
              : head.saying(column));
    }
    return ofElements(caption, heads, rows.stream().map(row -> row(columns, row)).toList());
  }

  /**
   * A table whose cells are made elsewhere.
   *
   * @param heads elements {@code th}
   * @param rows elements {@code tr}
   */
  static Element ofElements(String caption, List<Element> heads, List<Element> rows) {
    Element table =
        element("table")
            .holding(element("caption").saying(caption))
            .holding(element("thead").holding(element("tr").holding(heads)))
            .holding(element("tbody").holding(rows));
    // Wide tables scroll by themselves; who uses the keyboard alone has to reach them.
    return element("div")
        .with("class", "wide")
        .with("tabindex", "0")
        .with("role", "region")
        .with("aria-label", caption)
        .holding(table);
  }

  private static boolean isNumeric(String column) {
    return column.startsWith("#");
  }

  private static Element row(List<String> columns, List<String> cells) {
    List<Element> row = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Element cell = i == 0 ? element("th").with("scope", "row") : element("td");
      boolean numeric = isNumeric(columns.get(i));
      row.add(styled(cell, numeric, cells.get(i)).saying(cells.get(i)));
    }
    return element("tr").holding(row);
  }

  /** Digests are longer than any line and may be broken anywhere; words may not. */
  private static Element styled(Element cell, boolean numeric, String text) {
    if (numeric) {
      return cell.with("class", "number");
    }
    return text.startsWith("sha256:") ? cell.with("class", "digest") : cell;
  }
}
