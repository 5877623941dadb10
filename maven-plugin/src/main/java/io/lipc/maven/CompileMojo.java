package io.lipc.maven;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Resource;
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
 * Compiles the networks of {@code .lip} files below {@code src/main/lip}: their classes become
 * sources of the project, their certificates and weights become resources. The goal does nothing
 * while texts, weights, options, called networks and outputs are as they were; it removes outputs
 * of networks that are gone.
 */
@Mojo(
    name = "compile",
    defaultPhase = LifecyclePhase.GENERATE_SOURCES,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class CompileMojo extends AbstractMojo {

  private final MavenSession session;
  private final ToolchainManager toolchains;

  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
  private List<Artifact> pluginArtifacts = List.of();

  @Parameter(defaultValue = "${plugin.version}", readonly = true, required = true)
  private String pluginVersion = "";

  /**
   * The folder of the texts; a text without a package belongs to the one that its folder spells.
   */
  @Parameter(defaultValue = "${project.basedir}/src/main/lip")
  private File sourceDirectory = new File("");

  /** The folder for generated classes. */
  @Parameter(defaultValue = "${project.build.directory}/generated-sources/lipc")
  private File generatedSources = new File("");

  /** The folder for certificates, and for the weights that lie beside texts. */
  @Parameter(defaultValue = "${project.build.directory}/generated-resources/lipc")
  private File generatedResources = new File("");

  /** How long the search for one proof may go on, such as 500ms, 5s or 2m. */
  @Parameter(property = "lipc.budget")
  private String budget = "";

  /**
   * The backends to generate classes for, such as jvm,tornado; by default, those that the class
   * path allows.
   */
  @Parameter(property = "lipc.backends")
  private String backends = "";

  /** Maven creates goals by this constructor. */
  @Inject
  public CompileMojo(MavenSession session, ToolchainManager toolchains) {
    this.session = session;
    this.toolchains = toolchains;
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    MavenProject project = session.getCurrentProject();
    Path state = Path.of(project.getBuild().getDirectory(), "lipc");
    if (!sourceDirectory.isDirectory() && !Files.isDirectory(state)) {
      return;
    }
    try {
      List<String> errors = run(command(project, state));
      if (!errors.isEmpty()) {
        throw new MojoFailureException(
            (errors.size() == 1 ? "1 fault" : errors.size() + " faults")
                + " in networks; the first: "
                + errors.get(0).lines().findFirst().orElse(""));
      }
    } catch (IOException | DependencyResolutionRequiredException e) {
      throw new MojoExecutionException("the compiler of networks could not be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("the compiler of networks was interrupted", e);
    }
    project.addCompileSourceRoot(generatedSources.getPath());
    Resource resource = new Resource();
    resource.setDirectory(generatedResources.getPath());
    project.addResource(resource);
  }

  private List<String> command(MavenProject project, Path state)
      throws DependencyResolutionRequiredException {
    List<String> command =
        ToolProcess.command(
            session, toolchains, pluginArtifacts, "io.lipc.tools.build.CompileTexts");
    command.add("--root=" + project.getBasedir());
    command.add("--texts=" + sourceDirectory);
    project
        .getBuild()
        .getResources()
        .forEach(resource -> command.add("--resources=" + resource.getDirectory()));
    command.add("--generated-sources=" + generatedSources);
    command.add("--generated-resources=" + generatedResources);
    command.add("--classes=" + project.getBuild().getOutputDirectory());
    command.add("--state=" + state);
    command.add("--class-path=" + classPath(project));
    command.add("--compiler=" + compiler());
    if (!budget.isEmpty()) {
      command.add("--budget=" + budget);
    }
    if (!backends.isEmpty()) {
      command.add("--backends=" + backends);
    }
    return command;
  }

  /** Without the class output: what an earlier build left there is no network of others. */
  private static String classPath(MavenProject project)
      throws DependencyResolutionRequiredException {
    List<String> elements = new ArrayList<>(project.getCompileClasspathElements());
    elements.remove(project.getBuild().getOutputDirectory());
    return String.join(File.pathSeparator, elements);
  }

  /** The version and, since snapshots differ under one version, when each jar was made. */
  private String compiler() {
    StringBuilder compiler = new StringBuilder(pluginVersion);
    for (Artifact artifact : pluginArtifacts) {
      if (artifact.isSnapshot()) {
        File file = artifact.getFile();
        compiler.append(' ').append(file.getName()).append('@').append(file.lastModified());
      }
    }
    return compiler.toString();
  }

  /** Runs the command and hands on its messages; those that are errors. */
  private List<String> run(List<String> command)
      throws IOException, InterruptedException, MojoExecutionException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<TaggedMessage> messages;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      messages = TaggedMessage.read(lines.lines().toList());
    }
    List<String> errors = new ArrayList<>();
    for (TaggedMessage message : messages) {
      if (message.isError()) {
        getLog().error(message.text());
        errors.add(message.text());
      } else {
        getLog().info(message.text());
      }
    }
    if (process.waitFor() != 0 && errors.isEmpty()) {
      throw new MojoExecutionException("the compiler of networks failed; its output stands above");
    }
    return errors;
  }
}
