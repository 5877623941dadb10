package io.lipc.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;

/**
 * All pages, with the files that they show or link to: the README, the changes, everything below
 * {@code docs}, and whatever these lead to.
 *
 * @param pages by their files, below the root
 * @param files that are no pages, and go into the site as they are
 */
record Pages(SortedMap<Path, Page> pages, NavigableSet<Path> files) {

  /** Reads them, and turns links between files into links between pages. */
  static Pages read(Path root) throws IOException, SiteException {
    Pages all = new Pages(new TreeMap<>(), new TreeSet<>());
    Deque<Path> open = new ArrayDeque<>();
    for (String name : List.of("README.md", "CHANGELOG.md")) {
      if (Files.exists(root.resolve(name))) {
        open.add(Path.of(name));
      }
    }
    try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md"))
          .map(root::relativize)
          .sorted()
          .forEach(open::add);
    }
    while (!open.isEmpty()) {
      Path source = open.removeFirst();
      if (!all.pages.containsKey(source)) {
        Page page = Page.of(source, Files.readString(root.resolve(source)));
        all.pages.put(source, page);
        open.addAll(all.rewrite(root, page));
      }
    }
    all.addIndexes(root);
    return all;
  }

  /** Rewrites the links of a page, and returns the pages that they lead to. */
  private List<Path> rewrite(Path root, Page page) throws SiteException {
    List<Path> found = new ArrayList<>();
    List<String> dead = new ArrayList<>();
    page.document()
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Link link) {
                destination(root, page, link.getDestination(), found)
                    .ifPresentOrElse(link::setDestination, () -> dead.add(link.getDestination()));
                visitChildren(link);
              }

              @Override
              public void visit(Image image) {
                destination(root, page, image.getDestination(), found)
                    .ifPresentOrElse(image::setDestination, () -> dead.add(image.getDestination()));
              }
            });
    if (!dead.isEmpty()) {
      throw new SiteException(
          page.source() + " links to " + String.join(", ", dead) + ", not there");
    }
    return found;
  }

  private Optional<String> destination(Path root, Page page, String link, List<Path> found) {
    if (link.matches("[a-z]+:.*") || link.startsWith("#")) {
      return Optional.of(link);
    }
    int hash = link.indexOf('#');
    String fragment = hash < 0 ? "" : link.substring(hash);
    Path target = beside(page.source(), hash < 0 ? link : link.substring(0, hash));
    Path file = root.resolve(target);
    if (Files.isDirectory(file)) {
      return Optional.of(relative(page.source(), target + "/index.html"));
    }
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (target.toString().endsWith(".md")) {
      found.add(target);
      return Optional.of(relative(page.source(), Page.target(target)) + fragment);
    }
    files.add(target);
    return Optional.of(relative(page.source(), target.toString().replace('\\', '/')));
  }

  private static Path beside(Path source, String link) {
    return source.resolveSibling(link).normalize();
  }

  /** From one page to a file of the site. */
  static String relative(Path source, String target) {
    return "../".repeat(source.getNameCount() - 1) + target.replace('\\', '/');
  }

  /** A page for each folder that is linked to, or holds pages, and has no README. */
  private void addIndexes(Path root) throws IOException {
    NavigableSet<Path> folders = new TreeSet<>();
    for (Page page : pages.values()) {
      new FolderLinks(page).all().forEach(folders::add);
    }
    for (Path folder : folders) {
      Path readme = folder.resolve("README.md");
      if (!pages.containsKey(readme)) {
        pages.put(readme, Page.of(readme, listOf(root, folder)));
      }
    }
  }

  /** The pages of a folder by their titles, and its other files. */
  private String listOf(Path root, Path folder) throws IOException {
    StringBuilder list = new StringBuilder("# ").append(folder).append("\n\n");
    try (Stream<Path> content = Files.list(root.resolve(folder))) {
      for (Path file :
          content.filter(Files::isRegularFile).map(root::relativize).sorted().toList()) {
        Page page = pages.get(file);
        Path target = Path.of(page == null ? file.toString() : page.target());
        String title = page == null ? String.valueOf(file.getFileName()) : page.title();
        list.append("- [%s](%s)\n".formatted(title, target.getFileName()));
        if (page == null) {
          files.add(file);
        }
      }
    }
    return list.toString();
  }

  /** The folders that a rewritten page leads to. */
  private record FolderLinks(Page page) {

    List<Path> all() {
      List<Path> folders = new ArrayList<>();
      page.document()
          .accept(
              new AbstractVisitor() {
                @Override
                public void visit(Link link) {
                  String destination = link.getDestination();
                  if (destination.endsWith("/index.html")) {
                    Path index = beside(Path.of(page.target()), destination);
                    folders.add(Optional.ofNullable(index.getParent()).orElse(Path.of("")));
                  }
                }
              });
      return folders;
    }
  }

  /** The page of a file; empty where the site has none. */
  Optional<Page> page(String source) {
    return Optional.ofNullable(pages.get(Path.of(source)));
  }
}
