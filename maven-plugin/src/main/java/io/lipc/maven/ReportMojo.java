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

/** Writes one self-contained page of HTML about all networks of the module and their bounds. */
@Mojo(
    name = "report",
    defaultPhase = LifecyclePhase.PACKAGE,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class ReportMojo extends AbstractMojo {

  private static final int REFUSED = 1;

  private final MavenSession session;
  private final ToolchainManager toolchains;

  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
  private List<Artifact> pluginArtifacts = List.of();

  /** The file for the page. */
  @Parameter(
      property = "lipc.report.out",
      defaultValue = "${project.build.directory}/lipc-report.html")
  private File out = new File("");

  /** How long to search for each network's other bounds, such as 500ms, 5s or 2m. */
  @Parameter(property = "lipc.report.budget", defaultValue = "20s")
  private String budget = "";

  /** A CSV file of samples, for margins and certified accuracy. */
  @Parameter(property = "lipc.report.data", defaultValue = "")
  private String data = "";

  /** The column of the classes in it, from 1. */
  @Parameter(property = "lipc.report.labelColumn", defaultValue = "")
  private String labelColumn = "";

  /** The factor of features before the network reads them. */
  @Parameter(property = "lipc.report.scale", defaultValue = "1")
  private String scale = "";

  /** The share of rows, of each class, that training kept for the test; all rows by default. */
  @Parameter(property = "lipc.report.testShare", defaultValue = "")
  private String testShare = "";

  /** Instead, rows 1, K + 1, 2 K + 1, ... */
  @Parameter(property = "lipc.report.testEvery", defaultValue = "")
  private String testEvery = "";

  /** The seed with which the rows of the share were drawn. */
  @Parameter(property = "lipc.report.seed", defaultValue = "")
  private String seed = "";

  /** Maven creates goals by this constructor. */
  @Inject
  public ReportMojo(MavenSession session, ToolchainManager toolchains) {
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
      Files.createDirectories(out.getAbsoluteFile().toPath().getParent());
      int code = new ProcessBuilder(command(project, classes)).inheritIO().start().waitFor();
      if (code == REFUSED) {
        throw new MojoFailureException("a network is not certified; the report says why: " + out);
      }
      if (code != 0) {
        throw new MojoFailureException("there is no report; the message stands above");
      }
    } catch (IOException | DependencyResolutionRequiredException e) {
      throw new MojoExecutionException("the report could not be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("the report was interrupted", e);
    }
  }

  private List<String> command(MavenProject project, Path classes)
      throws DependencyResolutionRequiredException {
    List<String> command =
        ToolProcess.command(session, toolchains, pluginArtifacts, "io.lipc.tools.Lipc");
    command.addAll(List.of("report", classes.toString(), "--out=" + out, "--budget=" + budget));
    command.add("--title=" + project.getArtifactId() + " " + project.getVersion());
    command.add(
        "--class-path=" + String.join(File.pathSeparator, project.getCompileClasspathElements()));
    // Without data there is nothing to multiply, which the report says to whoever sets a factor.
    if (!data.isEmpty() || !scale.equals("1")) {
      command.add("--scale=" + scale);
    }
    if (!data.isEmpty()) {
      command.add("--data=" + data);
    }
    add(command, "--label-column=", labelColumn);
    add(command, "--test-share=", testShare);
    add(command, "--test-every=", testEvery);
    add(command, "--seed=", seed);
    return command;
  }

  private static void add(List<String> command, String option, String value) {
    if (!value.isEmpty()) {
      command.add(option + value);
    }
  }
}
