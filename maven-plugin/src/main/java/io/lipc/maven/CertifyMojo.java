package io.lipc.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Certifies again where weights have changed since the certificates were made. javac does not look
 * at weights, so it finds nothing to compile; this goal compares their digests and, where one
 * differs, runs javac with the processor on the declarations of the module.
 */
@Mojo(
    name = "certify",
    defaultPhase = LifecyclePhase.PROCESS_CLASSES,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class CertifyMojo extends AbstractMojo {

  private final MavenSession session;
  private final ToolchainManager toolchains;

  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
  private List<Artifact> pluginArtifacts = List.of();

  /** The release that declarations are compiled for; that of maven-compiler-plugin by default. */
  @Parameter(property = "maven.compiler.release", defaultValue = "")
  private String release = "";

  /** Maven creates goals by this constructor. */
  @Inject
  public CertifyMojo(MavenSession session, ToolchainManager toolchains) {
    this.session = session;
    this.toolchains = toolchains;
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    MavenProject project = session.getCurrentProject();
    Path classes = Path.of(project.getBuild().getOutputDirectory());
    if (!Files.isDirectory(classes.resolve("META-INF").resolve("lipc"))) {
      return;
    }
    try {
      Process process = new ProcessBuilder(command(project, classes)).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new MojoFailureException(
            "a network cannot be certified with its present weights; the message stands above");
      }
    } catch (IOException | DependencyResolutionRequiredException e) {
      throw new MojoExecutionException("certification could not be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("certification was interrupted", e);
    }
  }

  private List<String> command(MavenProject project, Path classes)
      throws DependencyResolutionRequiredException {
    List<String> command =
        ToolProcess.command(session, toolchains, pluginArtifacts, "io.lipc.tools.Recertify");
    command.add("--classes=" + classes);
    command.add(
        "--generated=" + project.getBuild().getDirectory() + "/generated-sources/annotations");
    command.add("--root=" + project.getBasedir());
    command.add(
        "--class-path=" + String.join(File.pathSeparator, project.getCompileClasspathElements()));
    if (!release.isEmpty()) {
      command.add("--release=" + release);
    }
    project.getCompileSourceRoots().forEach(root -> command.add("--sources=" + root));
    return command;
  }
}
