package io.lipc.tools.command;

/** The exit codes of commands; picocli's own for a wrong usage is 2 as well. */
public final class ExitCode {

  /** All that was asked is proved, or done. */
  public static final int PROVED = 0;

  /** Something is wrong with a network, or not proved. */
  public static final int NOT_PROVED = 1;

  /** A file or an argument cannot be used. */
  public static final int INPUT_ERROR = 2;

  private ExitCode() {}
}
