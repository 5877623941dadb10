package io.lipc.tools.prove;

import io.lipc.certifier.QuerySearch.Answer;
import io.lipc.certifier.QuerySearch.Reason;

/** The words of answers on the command line of solvers. */
enum Dialect {
  /** VNN-LIB 2.0, chapter "Command-line Interface". */
  STANDARD,
  /** Vehicle, which reads a fault into every word beside {@code sat}, unsat and {@code timeout}. */
  VEHICLE;

  /** The first line of an answer. */
  String word(Answer answer) {
    return switch (answer) {
      case Answer.Unsatisfiable _ -> "unsat";
      case Answer.Satisfiable _ -> "sat";
      case Answer.Open open -> unknown(open.reason());
    };
  }

  private String unknown(Reason reason) {
    return switch (this) {
      case STANDARD -> reason == Reason.TIME ? "timed-out" : "unknown";
      case VEHICLE -> "timeout";
    };
  }

  /** The type of real numbers. */
  String real() {
    return switch (this) {
      case STANDARD -> "real";
      case VEHICLE -> "Real";
    };
  }
}
