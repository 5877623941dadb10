package io.lipc.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.StringReader;

/** Texts of queries, and what the reader says to them. */
final class Texts {

  /** Two inputs and two outputs, declared in VNN-LIB 2.0. */
  static final String TYPED =
      """
      (vnnlib-version <2.0>)
      (declare-network f
        (declare-input X real [2])
        (declare-output Y real [1,2])
      )
      """;

  /** Two inputs and two outputs, declared in VNN-LIB 1.0. */
  static final String FLAT =
      """
      (declare-const X_0 Real)
      (declare-const X_1 Real)
      (declare-const Y_0 Real)
      (declare-const Y_1 Real)
      """;

  private Texts() {}

  static Query read(String text) throws IOException, QueryException {
    return QueryReader.read(new StringReader(text));
  }

  /** The formula of assertions about {@link #TYPED}. */
  static Formula formula(String assertions) throws IOException, QueryException {
    return read(TYPED + assertions).formula();
  }

  /**
   * Asserts that a text is refused where it has the mark {@code §}, which is taken out before.
   *
   * @param message without the place
   */
  static void assertRefused(String marked, QueryFault fault, String message) {
    int at = marked.indexOf('§');
    String before = marked.substring(0, at);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = at - before.lastIndexOf('\n');
    QueryException refusal = refusal(before + marked.substring(at + 1));
    assertThat(refusal).hasMessage("line " + line + ", column " + column + ": " + message);
    assertThat(refusal.fault()).isEqualTo(fault);
    assertThat(refusal.line()).isEqualTo(line);
    assertThat(refusal.column()).isEqualTo(column);
    assertThat(message).endsWith("; expected: " + refusal.expected());
  }

  static QueryException refusal(String text) {
    QueryException refusal = catchThrowableOfType(QueryException.class, () -> read(text));
    assertThat(refusal).as(text).isNotNull();
    return refusal;
  }
}
