package io.lipc.queries;

import io.lipc.formats.DescribedException;
import io.lipc.formats.OneLine;

/**
 * A query that lipc refuses. The message is one sentence on one line: the place, the problem, and
 * what was expected there.
 */
public final class QueryException extends DescribedException {

  private static final long serialVersionUID = 1;

  private final QueryFault fault;
  private final int line;
  private final int column;
  private final String expected;

  QueryException(QueryFault fault, int line, int column, String problem, String expected) {
    super(
        OneLine.of(
            "line " + line + ", column " + column + ": " + problem + "; expected: " + expected));
    this.fault = fault;
    this.line = line;
    this.column = column;
    this.expected = expected;
  }

  /** A refusal of the query as a whole, which no single place of its text explains. */
  QueryException(QueryFault fault, String problem, String expected) {
    super(OneLine.of(problem + "; expected: " + expected));
    this.fault = fault;
    this.line = 0;
    this.column = 0;
    this.expected = expected;
  }

  /** The kind of this refusal. */
  public QueryFault fault() {
    return fault;
  }

  /** The line of the problem, from 1; 0 if the query as a whole is refused. */
  public int line() {
    return line;
  }

  /** The column of the problem in its line, from 1; 0 if the query as a whole is refused. */
  public int column() {
    return column;
  }

  /** What would have been accepted. */
  public String expected() {
    return expected;
  }
}
