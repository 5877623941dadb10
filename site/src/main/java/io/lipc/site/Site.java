package io.lipc.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Writes the site: one page for each of Markdown, a style, a search and its index. */
public final class Site {

  private Site() {}

  /**
   * The root of the repository, and the folder of the site.
   *
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    try {
      int count = write(Path.of(arguments[0]), Path.of(arguments[1]));
      System.out.println("site: " + count + " pages");
    } catch (SiteException e) {
      System.err.println("site: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Returns how many pages there are. */
  static int write(Path root, Path out) throws IOException, SiteException {
    Pages pages = Pages.read(root);
    Navigation navigation = Navigation.of(pages);
    for (Page page : pages.pages().values()) {
      write(out.resolve(page.target()), Template.html(page, navigation));
    }
    for (Path file : pages.files()) {
      Path target = out.resolve(file);
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.copy(root.resolve(file), target, StandardCopyOption.REPLACE_EXISTING);
    }
    write(out.resolve("site.css"), resource("site.css"));
    write(out.resolve("search.js"), resource("search.js"));
    write(out.resolve("search-index.js"), SearchIndex.script(pages));
    return pages.pages().size();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private static String resource(String name) throws IOException {
    try (InputStream content = Objects.requireNonNull(Site.class.getResourceAsStream(name))) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
