package io.lipc.tools;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;

/**
 * The class that {@code java -jar} starts: the command line, or one message in its place if Java is
 * too old. The build compiles this class for Java 8, so that every Java can load it.
 */
public final class Launcher {

  /** The oldest Java that classes are written for (ADR 31). */
  private static final int OLDEST = 17;

  private Launcher() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    String version = System.getProperty("java.specification.version");
    int java = Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
    if (java < OLDEST) {
      System.err.println(
          "lipc: the command line needs Java " + OLDEST + " or newer, and this is Java " + java);
      System.exit(2);
    }
    String errors = System.getProperty("lipc.errors");
    if (errors != null) {
      writeErrorsTo(Integer.parseInt(errors));
    }
    Lipc.main(arguments);
  }

  /**
   * Leaves the error stream of the JVM for another open one: {@code ./lipc train} filters the
   * former, where Java warns of its own modules. Without access to streams by number, all goes
   * through that filter.
   */
  private static void writeErrorsTo(int number) {
    try {
      Constructor<FileDescriptor> numbered = FileDescriptor.class.getDeclaredConstructor(int.class);
      numbered.setAccessible(true);
      System.setErr(new PrintStream(new FileOutputStream(numbered.newInstance(number)), true));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Nothing is lost: the filter passes every line but that warning.
    }
  }
}
