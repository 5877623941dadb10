package io.lipc.dsl;

import io.lipc.model.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the faults of one text while it is read. */
final class Problems {

  /**
   * The most faults that are shown, as many as javac shows; a text with more is not a text of this
   * language.
   */
  static final int MAX_SHOWN = 100;

  private final List<TextFinding> findings = new ArrayList<>();
  private int count;

  void add(Span span, Diagnostic diagnostic) {
    count++;
    if (findings.size() < MAX_SHOWN) {
      findings.add(new TextFinding(span, diagnostic));
    }
  }

  /** How many were found so far, shown or not. */
  int count() {
    return count;
  }

  /** The findings in the order of the text. */
  List<TextFinding> inOrder() {
    return findings.stream().sorted(Comparator.comparing(TextFinding::span)).toList();
  }
}
