package io.lipc.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.JsonValue.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site of this repository: every page is there, and every link leads somewhere. */
final class SiteTest {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");

  @TempDir private static Path site;

  @BeforeAll
  static void write() throws Exception {
    Site.write(ROOT, site);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(site)) {
      return files.filter(file -> file.toString().endsWith(".html")).toList();
    }
  }

  @Test
  void every_page_of_the_documentation_is_there() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      for (Path file : docs.filter(one -> one.toString().endsWith(".md")).toList()) {
        assertThat(site.resolve(Page.target(ROOT.relativize(file)))).isRegularFile();
      }
    }
    assertThat(site.resolve("CHANGELOG.html")).isRegularFile();
    assertThat(Files.readString(site.resolve("index.html")))
        .contains("<a href=\"docs/index.html\">");
    assertThat(site.resolve("examples/index.html")).isRegularFile();
    assertThat(site.resolve("docs/errors/shape-mismatch.html")).isRegularFile();
    assertThat(Files.readString(site.resolve("docs/adr/index.html")))
        .contains("<a href=\"0001-one-declaration-type-for-both-front-ends.html\">");
  }

  /** Every page of docs/ has its place in the index. */
  @Test
  void the_index_by_reader_leads_to_every_page_of_its_folder() throws IOException {
    String index = Files.readString(ROOT.resolve("docs/README.md"));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      assertThat(docs.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".md") && !name.equals("README.md"))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(index).contains("](" + name));
    }
  }

  @Test
  void every_link_leads_to_a_file_of_the_site_and_every_fragment_to_a_heading() throws IOException {
    Map<Path, Set<String>> ids = new HashMap<>();
    for (Path page : pages()) {
      Set<String> all = new HashSet<>();
      Matcher id = ID.matcher(Files.readString(page));
      while (id.find()) {
        assertThat(all.add(id.group(1))).as("%s has %s once", page, id.group(1)).isTrue();
      }
      ids.put(page, all);
    }
    int links = 0;
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        links += link.group(1).matches("[a-z]+:.*") ? 0 : check(page, link.group(1), ids);
      }
    }
    assertThat(links).isGreaterThan(1000);
  }

  private static int check(Path page, String link, Map<Path, Set<String>> ids) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    assertThat(target).as("%s of %s", link, page).isRegularFile();
    if (parts.length == 2) {
      assertThat(ids.get(target)).as("%s of %s", link, page).contains(parts[1]);
    }
    return 1;
  }

  @Test
  void nothing_is_loaded_from_elsewhere() throws IOException {
    for (Path page : pages()) {
      assertThat(Files.readString(page))
          .doesNotContain("src=\"http", "rel=\"stylesheet\" href=\"http");
    }
    for (String name : List.of("site.css", "search.js")) {
      assertThat(Files.readString(site.resolve(name))).doesNotContain("://", "@import");
    }
  }

  @Test
  void the_search_knows_every_section_by_its_place() throws Exception {
    String script = Files.readString(site.resolve("search-index.js"));
    String json = script.substring("const sections = ".length(), script.lastIndexOf(';'));
    List<JsonValue> sections = ((JsonArray) Json.read(json)).elements();
    assertThat(sections.size()).isGreaterThan(150);
    assertThat(json).contains("loose-bound: A warning: the proved bound");
    Set<String> urls = new HashSet<>();
    for (JsonValue section : sections) {
      JsonObject members = (JsonObject) section;
      String url = ((JsonString) members.members().get("url")).value();
      assertThat(site.resolve(url.replaceFirst("#.*", ""))).isRegularFile();
      urls.add(url);
    }
    assertThat(urls)
        .contains("docs/language.html#images", "docs/errors/dead-layer.html#dead-layer");
  }

  @Test
  void a_link_to_nothing_is_an_error_that_names_it(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("docs"));
    Files.writeString(root.resolve("README.md"), "# a\n\n[b](docs/b.md) [c](docs/c.md#d)\n");
    Files.writeString(root.resolve("docs/c.md"), "# c\n");
    assertThatThrownBy(() -> Site.write(root, root.resolve("site")))
        .isInstanceOf(SiteException.class)
        .hasMessage("README.md links to docs/b.md, not there");
  }

  @Test
  void html_in_a_text_is_shown_not_run(@TempDir Path root) throws Exception {
    Files.createDirectories(root.resolve("docs"));
    Files.writeString(root.resolve("README.md"), "# A & <b>\n\n<script>alert(1)</script>\n");
    Site.write(root, root.resolve("site"));
    assertThat(Files.readString(root.resolve("site/index.html")))
        .contains("&lt;script&gt;alert(1)")
        .doesNotContain("<script>");
  }
}
