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
 * Fails where a compiled type declares a network and no certificate stands beside it: javac
 * compiles such a declaration in silence where it runs without the processor. Then certifies again
 * where sources, texts, weights, called networks or lipc itself are others than those that the
 * certificates were made from. javac does not look at these, so it finds nothing to compile; this
 * goal compares digests and, where one differs, runs javac with the processor on the declarations
 * of the module. At last it asks the checker about each certificate, and fails where one is
 * rejected. There is no property to skip it: a build that goes on without its proofs should say so
 * in its pom.
 */
@Mojo(
    name = "certify",
    defaultPhase = LifecyclePhase.PROCESS_CLASSES,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class CertifyMojo extends AbstractMojo {

  /** The exit code of what this goal runs where a type has no certificate. */
  private static final int UNPROVED = 3;

  private final MavenSession session;
  private final ToolchainManager toolchains;

  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
  private List<Artifact> pluginArtifacts = List.of();

  @Parameter(defaultValue = "${plugin.version}", readonly = true, required = true)
  private String pluginVersion = "";

  /** The release that declarations are compiled for; that of maven-compiler-plugin by default. */
  @Parameter(property = "maven.compiler.release", defaultValue = "")
  private String release = "";

  /**
   * Whether the least bound of each network is searched for, and not the first that is enough. What
   * was found is kept below the build folder: the same network is not searched for again.
   */
  @Parameter(property = "lipc.certify.tighten", defaultValue = "false")
  private boolean tighten;

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
    if (!Files.isDirectory(classes)) {
      getLog().info("lipc: 0 networks, 0 certificates up to date");
      return;
    }
    try {
      int code = new ProcessBuilder(command(project, classes)).inheritIO().start().waitFor();
      if (code == UNPROVED) {
        throw new MojoFailureException(
            "a network is declared and nothing has proved it; the message stands above");
      }
      if (code != 0) {
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
        ToolProcess.command(session, toolchains, pluginArtifacts, "io.lipc.tools.build.Recertify");
    command.add("--classes=" + classes);
    command.add(
        "--generated=" + project.getBuild().getDirectory() + "/generated-sources/annotations");
    command.add("--root=" + project.getBasedir());
    command.add("--processor-version=" + pluginVersion);
    command.add(
        "--class-path=" + String.join(File.pathSeparator, project.getCompileClasspathElements()));
    if (tighten) {
      command.add("--tighten");
      command.add("--cache=" + Path.of(project.getBuild().getDirectory(), "lipc-cache"));
    }
    if (!release.isEmpty()) {
      command.add("--release=" + release);
    }
    project.getCompileSourceRoots().forEach(root -> command.add("--sources=" + root));
    return command;
  }
}
