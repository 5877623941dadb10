package io.lipc.onnx.protobuf;

import io.lipc.formats.DescribedException;
import io.lipc.formats.OneLine;
import io.lipc.formats.Quoted;

/**
 * A file is not an ONNX model, or one with something that lipc does not read. The message is a
 * lower-case clause without the file's name; several reasons are a line each.
 */
public final class OnnxException extends DescribedException {

  private static final long serialVersionUID = 1;

  /** The place that the clause is about, empty if it says so itself. */
  private final String place;

  private final String clause;

  /** Whether a budget is spent, so that nothing more of the file is read. */
  private final boolean ends;

  /** An exception with a message that says what is wrong, for the author of the file. */
  public OnnxException(String message) {
    this("", message);
  }

  /** The same, of a place whose like may have the same fault. */
  public OnnxException(String place, String clause) {
    this(OneLine.visible(place + clause), place, clause, false);
  }

  private OnnxException(String message, String place, String clause, boolean ends) {
    super(message);
    this.place = place;
    this.clause = clause;
    this.ends = ends;
  }

  /** A file asks for more than any file may. */
  static OnnxException ofBudget(String message) {
    return new OnnxException(OneLine.visible(message), "", message, true);
  }

  /** Several faults, a line each. */
  static OnnxException ofLines(String lines) {
    return new OnnxException(OneLine.each(lines), "", lines, true);
  }

  /**
   * A fault and the place where it was met.
   *
   * @param place empty if the clause says it
   */
  record Fault(String place, String clause) {
    String words(String like) {
      return OneLine.visible(place.isEmpty() ? clause + like : place + like + clause);
    }
  }

  Fault fault() {
    return new Fault(place, clause);
  }

  boolean ends() {
    return ends;
  }

  /** A text of the file as messages show it. */
  public static String quote(String text) {
    return Quoted.code(text);
  }
}
