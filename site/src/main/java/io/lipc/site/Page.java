package io.lipc.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A page of the documentation.
 *
 * @param source its file, below the root of the repository
 * @param document its Markdown
 * @param anchors the fragment of each heading, as GitHub writes it, so that links fit both
 */
record Page(Path source, Node document, Map<Node, String> anchors) {

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  /** A heading with what stands below it, up to the next one. */
  record Section(String heading, String anchor, String text) {}

  static Page of(Path source, String markdown) {
    Node document = PARSER.parse(markdown);
    // Nodes are equal only to themselves.
    Map<Node, String> anchors = new HashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading) {
        String slug = slug(Words.of(node));
        int before = seen.merge(slug, 1, Integer::sum) - 1;
        anchors.put(node, before == 0 ? slug : slug + "-" + before);
      }
    }
    return new Page(source, document, anchors);
  }

  private static String slug(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  /** Its place in the site: {@code README.md} is the index of its folder. */
  String target() {
    return target(source);
  }

  static String target(Path source) {
    String name = source.toString().replace('\\', '/');
    return name.replaceFirst("(^|/)README\\.md$", "$1index.md").replaceFirst("\\.md$", ".html");
  }

  /** The first heading; the name of the file where there is none. */
  String title() {
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading) {
        return Words.of(node);
      }
    }
    return String.valueOf(source.getFileName());
  }

  /** Its content as HTML; what is HTML in Markdown already is shown as text. */
  String html() {
    return HtmlRenderer.builder()
        .extensions(EXTENSIONS)
        .escapeHtml(true)
        .attributeProviderFactory(
            context ->
                (node, tag, attributes) -> {
                  String anchor = anchors.get(node);
                  if (anchor != null) {
                    attributes.put("id", anchor);
                  }
                })
        .build()
        .render(document);
  }

  /** The sections that a search finds. */
  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    String heading = title();
    String anchor = "";
    StringBuilder text = new StringBuilder();
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading) {
        add(sections, heading, anchor, text);
        heading = Words.of(node);
        anchor = anchors.getOrDefault(node, "");
        text.setLength(0);
      } else {
        text.append(Words.of(node)).append(' ');
      }
    }
    add(sections, heading, anchor, text);
    return sections;
  }

  private static void add(
      List<Section> sections, String heading, String anchor, StringBuilder text) {
    String words = text.toString().strip();
    if (!words.isEmpty() || !anchor.isEmpty()) {
      sections.add(new Section(heading, anchor, words));
    }
  }
}
