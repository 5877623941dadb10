package io.lipc.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;

/** The JVM of the toolchain with the plugin's own class path. */
final class ToolProcess {

  private ToolProcess() {}

  /** The beginning of a command; the arguments of the class follow. */
  static List<String> command(
      MavenSession session,
      ToolchainManager toolchains,
      List<Artifact> pluginArtifacts,
      String mainClass) {
    String tools =
        pluginArtifacts.stream()
            .map(artifact -> artifact.getFile().getPath())
            .collect(Collectors.joining(File.pathSeparator));
    return new ArrayList<>(List.of(java(session, toolchains), "-cp", tools, mainClass));
  }

  private static String java(MavenSession session, ToolchainManager toolchains) {
    Toolchain toolchain = toolchains.getToolchainFromBuildContext("jdk", session);
    String found = toolchain == null ? null : toolchain.findTool("java");
    return found == null
        ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
        : found;
  }
}
