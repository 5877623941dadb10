package io.lipc.tools.command;

import picocli.CommandLine;

/** The version, as the jar's manifest has it. */
public final class Version implements CommandLine.IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"lipc " + (version == null ? "(development)" : version)};
  }
}
