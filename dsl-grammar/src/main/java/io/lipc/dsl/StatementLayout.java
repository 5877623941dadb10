package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxLexer;
import java.util.ArrayList;
import java.util.List;

/**
 * The layout of one statement, or of the head of a network. A statement that fits stands on one
 * line. A longer one is broken before the outermost operators, else within the outermost brackets,
 * one operand or argument a line. Comments keep their place between tokens. Recursion is as deep as
 * brackets are nested.
 */
final class StatementLayout {

  private static final int WIDTH = 100;
  private static final int INDENT = FileLayout.INDENT;

  private final List<Atom> atoms;
  private final LineWriter lines;

  /** At k: the columns of the atoms before number k, on one line. */
  private final int[] columns;

  /** At k: how many of the atoms before number k cannot stand on the line of the one before. */
  private final int[] breaks;

  StatementLayout(List<Atom> atoms, LineWriter lines) {
    this.atoms = atoms;
    this.lines = lines;
    columns = new int[atoms.size() + 1];
    breaks = new int[atoms.size() + 1];
    for (int k = 0; k < atoms.size(); k++) {
      columns[k + 1] = columns[k] + (isAfterBlank(k) ? 1 : 0) + atoms.get(k).width();
      breaks[k + 1] = breaks[k] + (isBroken(k) ? 1 : 0);
    }
  }

  void write(int indent) {
    write(0, atoms.size(), indent);
  }

  private boolean isAfterBlank(int k) {
    return k > 0 && Atom.blankBetween(atoms.get(k - 1), atoms.get(k));
  }

  private boolean isBroken(int k) {
    return atoms.get(k).hasLines()
        || atoms.get(k).isAlone()
        || (k > 0 && (atoms.get(k - 1).isAlone() || atoms.get(k - 1).isLineComment()));
  }

  private boolean fits(int from, int to) {
    return breaks[to] == breaks[from + 1]
        && !atoms.get(from).hasLines()
        && lines.column() + columns[to] - columns[from] <= WIDTH;
  }

  private void write(int from, int to, int indent) {
    if (from == to) {
      return;
    }
    if (fits(from, to)) {
      writeAll(from, to, indent);
      return;
    }
    List<Integer> operators = operators(from, to);
    int open = opening(from, to);
    if (!operators.isEmpty()) {
      writeOperands(from, to, operators, indent);
    } else if (open < to) {
      writeBrackets(from, open, to, indent);
    } else {
      writeAll(from, to, indent);
    }
  }

  private void writeAll(int from, int to, int indent) {
    for (int k = from; k < to; k++) {
      Atom atom = atoms.get(k);
      boolean broken = atom.isAlone() || (k > 0 && mustEndLine(atoms.get(k - 1)));
      if (broken) {
        lines.newline(indent + (k == from ? 0 : INDENT));
      }
      if (atom.isComment()) {
        lines.comment(atom);
      } else {
        lines.text(atom.text(), k == 0 || isAfterBlank(k));
      }
    }
  }

  private static boolean mustEndLine(Atom atom) {
    return atom.isAlone() || atom.isLineComment();
  }

  /** The operators outside brackets, but for one that the range begins with. */
  private List<Integer> operators(int from, int to) {
    List<Integer> operators = new ArrayList<>();
    int depth = 0;
    for (int k = from; k < to; k++) {
      depth += depthOf(atoms.get(k));
      if (depth == 0 && k > from && atoms.get(k).isOperator()) {
        operators.add(k);
      }
    }
    return operators;
  }

  private static int depthOf(Atom atom) {
    return switch (atom.type()) {
      case LipSyntaxLexer.OPEN, LipSyntaxLexer.OPEN_BRACKET -> 1;
      case LipSyntaxLexer.CLOSE, LipSyntaxLexer.CLOSE_BRACKET -> -1;
      default -> 0;
    };
  }

  private void writeOperands(int from, int to, List<Integer> operators, int indent) {
    write(from, operators.getFirst(), indent);
    for (int k = 0; k < operators.size(); k++) {
      lines.newline(indent + INDENT);
      int end = k + 1 < operators.size() ? operators.get(k + 1) : to;
      write(operators.get(k), end, indent + INDENT);
    }
  }

  /** The first round bracket with something in it; {@code to} where there is none. */
  private int opening(int from, int to) {
    for (int k = from; k + 1 < to; k++) {
      if (atoms.get(k).is(LipSyntaxLexer.OPEN) && !atoms.get(k + 1).is(LipSyntaxLexer.CLOSE)) {
        return k;
      }
    }
    return to;
  }

  private void writeBrackets(int from, int open, int to, int indent) {
    int at = withComments(open + 1, to);
    writeAll(from, at, indent);
    int depth = 0;
    int start = at;
    while (depth >= 0) {
      int delta = depthOf(atoms.get(at));
      depth += delta;
      if (depth == 0 && atoms.get(at).is(LipSyntaxLexer.COMMA)) {
        at = withComments(at + 1, to);
        writeArgument(start, at, indent);
        start = at;
      } else if (depth >= 0) {
        at++;
      }
    }
    writeArgument(start, at, indent);
    lines.newline(indent);
    lines.text(atoms.get(at).text(), false);
    write(at + 1, to, indent);
  }

  private void writeArgument(int from, int to, int indent) {
    lines.newline(indent + INDENT);
    write(from, to, indent + INDENT);
  }

  /** Behind the comments that stand on the line of what is before {@code from}. */
  private int withComments(int from, int to) {
    int at = from;
    while (at < to && atoms.get(at).isComment() && !atoms.get(at).isAlone()) {
      at++;
    }
    return at;
  }
}
