package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxParser.FileContext;
import io.lipc.dsl.syntax.LipSyntaxParser.NetworkContext;
import io.lipc.model.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.CommonTokenStream;

/** Turns the tree of a file into its networks. */
final class FileReader {

  private final SourceText source;
  private final CommonTokenStream tokens;
  private final Problems problems;

  FileReader(SourceText source, CommonTokenStream tokens, Problems problems) {
    this.source = source;
    this.tokens = tokens;
    this.problems = problems;
  }

  ParsedFile read(FileContext file, String defaultPackage) {
    Optional<String> packageName = packageName(file);
    String owner = packageName.orElse(defaultPackage);
    Set<String> siblings = new HashSet<>();
    file.network().stream().filter(FileReader::isNamed).forEach(n -> siblings.add(simpleName(n)));

    Imports imports = Imports.read(file.imported(), siblings, tokens, problems);
    int problemsBefore = problems.count();
    List<ParsedNetwork> networks = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    TreeSet<String> faulty = new TreeSet<>();
    for (NetworkContext network : file.network()) {
      if (!isNamed(network)) {
        continue;
      }
      String simpleName = simpleName(network);
      String name = owner.isEmpty() ? simpleName : owner + "." + simpleName;
      boolean first = seen.add(simpleName);
      if (!first) {
        problems.add(
            Spans.of(network.name(), tokens), Diagnostics.duplicateName("network", simpleName));
      }
      Optional<ParsedNetwork> parsed =
          new NetworkReader(name, siblings, imports, tokens, problems).read(network);
      if (first) {
        parsed.ifPresentOrElse(networks::add, () -> faulty.add(name));
      }
    }
    // What a network with a fault calls is not known as a whole.
    boolean known = faulty.isEmpty() && problems.count() == problemsBefore;
    List<TextFinding> warnings = known ? imports.unused() : List.of();
    return new ParsedFile(
        packageName,
        imports.used(),
        networks,
        faulty,
        problems.inOrder(),
        warnings.stream().filter(one -> !Allowances.allows(source, one)).toList());
  }

  private static Optional<String> packageName(FileContext file) {
    return Optional.ofNullable(file.header())
        .filter(header -> header.exception == null)
        .map(header -> Imports.name(header.part()));
  }

  /** Whether the text reaches the network's name before its first fault. */
  private static boolean isNamed(NetworkContext network) {
    return network.name() != null && network.name().exception == null;
  }

  private static String simpleName(NetworkContext network) {
    return network.name().getText();
  }
}
