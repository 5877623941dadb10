package io.lipc.dsl;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The networks and faults of a source text.
 *
 * @param packageName the declared package
 * @param imports the imported networks that are called
 * @param networks those without a fault of their own, in the order of the text
 * @param faulty the qualified names of the others: a call of one of them is not a further fault
 * @param findings the faults of the text, in its order
 * @param warnings about a text without faults, except those that it allows, in its order
 */
public record ParsedFile(
    Optional<String> packageName,
    List<ParsedImport> imports,
    List<ParsedNetwork> networks,
    SortedSet<String> faulty,
    List<TextFinding> findings,
    List<TextFinding> warnings) {

  public ParsedFile {
    imports = List.copyOf(imports);
    networks = List.copyOf(networks);
    faulty = Collections.unmodifiableSortedSet(new TreeSet<>(faulty));
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
  }
}
