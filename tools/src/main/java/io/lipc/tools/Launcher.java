package io.lipc.tools;

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
    Lipc.main(arguments);
  }
}
