package io.lipc.dsl;

import io.lipc.dsl.syntax.LipSyntaxLexer;
import java.util.List;

/** The layout of a file: its statements, and the comments and empty lines between them. */
final class FileLayout {

  static final int INDENT = 4;

  private final List<Atom> atoms;
  private final LineWriter lines = new LineWriter();
  private int indent;

  /** Whether the next line is separated from the last one whatever the text says. */
  private boolean separate;

  /** Whether the current line holds comments only, so that a statement may go on behind them. */
  private boolean onlyComments;

  private FileLayout(List<Atom> atoms) {
    this.atoms = atoms;
  }

  static String of(List<Atom> atoms) {
    return new FileLayout(atoms).write();
  }

  private String write() {
    int at = 0;
    while (at < atoms.size()) {
      Atom atom = atoms.get(at);
      if (atom.isComment()) {
        writeComment(at);
        at++;
      } else if (atom.is(LipSyntaxLexer.CLOSE_BRACE)) {
        indent = 0;
        lines.newline(indent);
        lines.text(atom.text(), false);
        onlyComments = false;
        separate = true;
        at++;
      } else {
        int end = endOfStatement(at);
        writeStatement(at, end);
        at = end;
      }
    }
    return lines.toText();
  }

  private int endOfStatement(int from) {
    int at = from;
    while (!atoms.get(at).is(LipSyntaxLexer.SEMICOLON)
        && !atoms.get(at).is(LipSyntaxLexer.OPEN_BRACE)) {
      at++;
    }
    return at + 1;
  }

  private void writeStatement(int from, int to) {
    if (!goesOnBehindComment(from)) {
      startLine(from);
    }
    new StatementLayout(atoms.subList(from, to), lines).write(indent);
    onlyComments = false;
    if (atoms.get(to - 1).is(LipSyntaxLexer.OPEN_BRACE)) {
      indent = INDENT;
    } else if (indent == 0) {
      separate = !(isImport(from) && isImport(nextToken(to)));
    }
  }

  private boolean isImport(int at) {
    return at < atoms.size() && atoms.get(at).is(LipSyntaxLexer.IMPORT);
  }

  private int nextToken(int from) {
    int at = from;
    while (at < atoms.size() && atoms.get(at).isComment()) {
      at++;
    }
    return at;
  }

  private boolean goesOnBehindComment(int at) {
    if (!onlyComments) {
      return false;
    }
    Atom comment = atoms.get(at - 1);
    return !comment.endsLine()
        && !comment.isLineComment()
        && !comment.hasLines()
        && !comment.isDocComment();
  }

  /** Writes a comment; one that stands behind a statement stays on its line. */
  private void writeComment(int at) {
    Atom comment = atoms.get(at);
    if (at == 0 || comment.startsLine() || atoms.get(at - 1).isLineComment()) {
      startLine(at);
      onlyComments = true;
    }
    lines.comment(comment);
  }

  private void startLine(int at) {
    lines.newline(indent);
    boolean opens = at > 0 && atoms.get(at - 1).is(LipSyntaxLexer.OPEN_BRACE);
    if (separate || (atoms.get(at).afterBlank() && !opens)) {
      lines.blank();
    }
    separate = false;
  }
}
