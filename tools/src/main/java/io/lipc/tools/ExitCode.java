package io.lipc.tools;

/** What the exit code of a command says; picocli's own for a wrong usage is 2 as well. */
final class ExitCode {

  static final int PROVED = 0;
  static final int NOT_PROVED = 1;
  static final int INPUT_ERROR = 2;

  private ExitCode() {}
}
