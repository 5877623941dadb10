package io.lipc.model.diagnostic;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/** "Did you mean ...?": the nearest of the words that were possible. */
public final class Suggestions {

  private static final int LONGEST_WORD = 64;
  private static final int MOST_CANDIDATES = 10_000;

  private Suggestions() {}

  /**
   * The candidate with the fewest edits (insert, delete, replace, swap of neighbours) from {@code
   * word}, if a third of the word's letters or fewer have to change; ties go to the first in
   * alphabetical order. Among too many candidates nothing is searched.
   */
  public static Optional<String> closest(String word, Collection<String> candidates) {
    if (word.length() > LONGEST_WORD || candidates.size() > MOST_CANDIDATES) {
      return Optional.empty();
    }
    Optional<String> best = Optional.empty();
    int fewest = word.length() / 3 + 1;
    for (String candidate : new TreeSet<>(candidates)) {
      // The lengths alone need as many edits as they differ.
      boolean possible = Math.abs(candidate.length() - word.length()) < fewest;
      int edits = possible && !candidate.equals(word) ? distance(word, candidate) : fewest;
      if (edits < fewest) {
        fewest = edits;
        best = Optional.of(candidate);
      }
    }
    return best;
  }

  /** The optimal string alignment distance. */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : step(a, b, edits, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int step(String a, String b, int[][] edits, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best = edits[i - 1][j - 1] + (same ? 0 : 1);
    best = Math.min(best, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}
