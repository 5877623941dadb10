package io.lipc.tools.command;

import picocli.CommandLine;

/** The version, as the jar's manifest has it. */
public final class Version implements CommandLine.IVersionProvider {

  /** The same without the name, as VNN-LIB asks of solvers. */
  public static final class OfSolver implements CommandLine.IVersionProvider {

    /** Created by picocli. */
    public OfSolver() {}

    @Override
    public String[] getVersion() {
      return new String[] {version()};
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"lipc " + version()};
  }

  private static String version() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }
}
