package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxParser.ImportedContext;
import io.lipc.dsl.syntax.LipSyntaxParser.PartContext;
import io.lipc.model.diagnostic.CallDiagnostics;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CommonTokenStream;

/** The imports of one text, by the simple names that they bring in. */
final class Imports {

  private final Map<String, ParsedImport> imports = new LinkedHashMap<>();
  private final Set<String> called = new HashSet<>();
  private final CommonTokenStream tokens;
  private final Problems problems;

  private Imports(CommonTokenStream tokens, Problems problems) {
    this.tokens = tokens;
    this.problems = problems;
  }

  /**
   * Reads imports.
   *
   * @param siblings the simple names of the networks in the same text
   */
  static Imports read(
      List<ImportedContext> written,
      Collection<String> siblings,
      CommonTokenStream tokens,
      Problems problems) {
    Imports imports = new Imports(tokens, problems);
    written.stream()
        .filter(one -> one.exception == null)
        .forEach(one -> imports.add(one, siblings));
    return imports;
  }

  static String name(List<PartContext> parts) {
    return parts.stream().map(PartContext::getText).collect(Collectors.joining("."));
  }

  private void add(ImportedContext written, Collection<String> siblings) {
    List<PartContext> parts = written.part();
    String network = name(parts);
    Span span = Spans.between(parts.getFirst().getStart(), parts.getLast().getStop(), tokens);
    int dot = network.lastIndexOf('.');
    String simple = network.substring(dot + 1);
    if (dot < 0) {
      problems.add(span, CallDiagnostics.importWithoutPackage(simple));
    } else if (siblings.contains(simple)
        || imports.putIfAbsent(simple, new ParsedImport(network, span)) != null) {
      problems.add(span, CallDiagnostics.importedNameTaken(network, simple));
    }
  }

  boolean has(String simpleName) {
    return imports.containsKey(simpleName);
  }

  /** The meaning of a called name: an imported network by its qualified name. */
  String resolve(String name) {
    ParsedImport imported = imports.get(name);
    if (imported == null) {
      return name;
    }
    called.add(name);
    return imported.network();
  }

  /** Warnings about imported networks that are never called, which mislead readers. */
  List<TextFinding> unused() {
    return imports.entrySet().stream()
        .filter(entry -> !called.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .map(one -> new TextFinding(one.span(), CallDiagnostics.unusedImport(one.network())))
        .toList();
  }

  /** The imports that are called, in the order of the text. */
  List<ParsedImport> used() {
    return imports.entrySet().stream()
        .filter(entry -> called.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
