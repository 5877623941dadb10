package io.lipc.queries;

/**
 * A place in the text of a query.
 *
 * @param line counts from 1
 * @param column counts the characters of the line from 1
 */
record Place(int line, int column) {

  /** The refusal of what stands here. */
  QueryException fault(QueryFault fault, String problem, String expected) {
    return new QueryException(fault, line, column, problem, expected);
  }
}
