package io.lipc.tools;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs {@code lipc} as its main method does, and keeps what the last run printed. */
public abstract class CommandRun {

  public String out = "";
  public String err = "";

  /** The exit code. */
  public final int run(String... arguments) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    int code = Lipc.run(new PrintWriter(outText), new PrintWriter(errText), arguments);
    out = outText.toString();
    err = errText.toString();
    return code;
  }
}
