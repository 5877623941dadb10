package io.lipc.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The groups of pages that stand beside every page. */
record Navigation(List<Group> groups) {

  /**
   * @param name what is said of its pages
   */
  record Group(String name, List<Entry> entries) {}

  /** A page under a short name. */
  record Entry(String name, Page page) {}

  private static final List<List<String>> GROUPS =
      List.of(
          List.of(
              "Use",
              "README.md=Overview",
              "docs/README.md=By reader",
              "docs/language.md=Language",
              "docs/command-line.md=Command line",
              "docs/local.md=On a box",
              "docs/prove.md=Queries",
              "docs/solver.md=As a solver",
              "docs/training.md=Training",
              "docs/monotone.md=Monotone",
              "docs/errors/README.md=Messages",
              "docs/distances.md=Distances",
              "docs/onnx.md=ONNX",
              "docs/builds.md=Builds",
              "examples/README.md=Examples",
              "docs/report.md=Report",
              "docs/json.md=For programs",
              "docs/tornado.md=GPUs",
              "editors/README.md=Editors"),
          List.of(
              "Trust",
              "docs/soundness.md=Soundness",
              "docs/auditing.md=Auditing",
              "docs/proof.md=Proof",
              "docs/related-work.md=Related work",
              "docs/certificate-format.md=Certificates",
              "docs/advisories.md=Advisories"),
          List.of(
              "Inside",
              "ARCHITECTURE.md=Architecture",
              "docs/generated-code.md=Generated code",
              "docs/grammar.md=Grammar",
              "docs/benchmarks.md=Benchmarks",
              "docs/adr/README.md=Decisions",
              "CONTRIBUTING.md=Contributing",
              "CHANGELOG.md=Changes"));

  /** The known pages in their groups, and under More whatever else lies in {@code docs}. */
  static Navigation of(Pages pages) {
    List<Group> groups = new ArrayList<>();
    Set<Path> known = new HashSet<>();
    for (List<String> group : GROUPS) {
      List<Entry> entries = new ArrayList<>();
      for (String line : group.subList(1, group.size())) {
        String[] words = line.split("=", -1);
        pages.page(words[0]).ifPresent(page -> entries.add(new Entry(words[1], page)));
        known.add(Path.of(words[0]));
      }
      groups.add(new Group(group.getFirst(), entries));
    }
    List<Entry> others =
        pages.pages().values().stream()
            .filter(page -> Objects.equals(page.source().getParent(), Path.of("docs")))
            .filter(page -> !known.contains(page.source()))
            .map(page -> new Entry(page.title(), page))
            .toList();
    if (!others.isEmpty()) {
      groups.add(new Group("More", others));
    }
    return new Navigation(List.copyOf(groups));
  }
}
