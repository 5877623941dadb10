package io.lipc.tools.prove;

import io.lipc.certifier.QuerySearch.Answer;
import io.lipc.tools.command.ExitCode;
import java.util.EnumMap;
import java.util.Map;

/** The answers of a table, counted. */
final class Tally {

  /** The kinds of answers. */
  enum Kind {
    UNSAT("unsat"),
    SAT("sat"),
    NOT_DECIDED("not decided"),
    /** The model or the query could not be used. */
    ERROR("error");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word of a row. */
    String word() {
      return word;
    }

    static Kind of(Answer answer) {
      return switch (answer) {
        case Answer.Unsatisfiable _ -> UNSAT;
        case Answer.Satisfiable _ -> SAT;
        case Answer.Open _ -> NOT_DECIDED;
      };
    }
  }

  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

  private int count(Kind kind) {
    return counts.getOrDefault(kind, 0);
  }

  void add(Kind kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  private int notAsked(int all) {
    return all - counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * The last line.
   *
   * @param all how many queries there are
   */
  String text(int all) {
    String text =
        "%d queries: %d unsat, %d sat, %d not decided, %d with errors"
            .formatted(
                all,
                count(Kind.UNSAT),
                count(Kind.SAT),
                count(Kind.NOT_DECIDED),
                count(Kind.ERROR));
    return notAsked(all) == 0 ? text : text + ", %d not asked".formatted(notAsked(all));
  }

  /** The exit code of a table of so many queries. */
  int exitCode(int all) {
    if (count(Kind.ERROR) > 0) {
      return ExitCode.INPUT_ERROR;
    }
    boolean isWhole = count(Kind.NOT_DECIDED) == 0 && notAsked(all) == 0;
    return isWhole ? ExitCode.PROVED : ExitCode.NOT_PROVED;
  }
}
