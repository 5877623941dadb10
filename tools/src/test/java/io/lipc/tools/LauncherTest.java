package io.lipc.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./lipc} and {@code lipc.cmd}: how they find what they run. */
final class LauncherTest {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Pattern JAR =
      Pattern.compile("tools[/\\\\]target[/\\\\](lipc-tools-\\S+-cli\\.jar)");

  @TempDir private Path folder;

  /** A clone with nothing but the launcher and the jar that it runs: that of these classes. */
  private Path clonedLauncher() throws IOException {
    Path clone = Files.createDirectories(folder.resolve("a clone"));
    Path launcher = Files.copy(ROOT.resolve("lipc"), clone.resolve("lipc"));
    assumeTrue(launcher.toFile().setExecutable(true), "a file system that has executables");
    Path target = Files.createDirectories(clone.resolve("tools/target"));
    try (OutputStream jar = Files.newOutputStream(target.resolve(jarOf(launcher)));
        JarOutputStream written = new JarOutputStream(jar, manifest())) {
      written.finish();
    }
    return launcher;
  }

  private static Manifest manifest() {
    Manifest manifest = new Manifest();
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" "));
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Lipc.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    return manifest;
  }

  private static String jarOf(Path launcher) throws IOException {
    Matcher jar = JAR.matcher(Files.readString(launcher));
    assertThat(jar.find()).as("names the jar").isTrue();
    return jar.group(1);
  }

  private String explained(String command) throws Exception {
    return said(command + " explain shape-mismatch");
  }

  private String said(String command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder.directory(Files.createDirectories(folder.resolve("elsewhere")).toFile());
    builder.environment().put("LIPC_JAVA", System.getProperty("java.home") + "/bin/java");
    String bin = folder.resolve("home/bin").toString();
    builder.environment().merge("PATH", bin, (old, added) -> added + File.pathSeparator + old);
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void links_lead_to_the_clone_from_wherever_they_are() throws Exception {
    Path launcher = clonedLauncher();
    Path bin = Files.createDirectories(folder.resolve("home/bin"));
    Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), launcher);
    Files.createSymbolicLink(folder.resolve("home/chain"), Path.of("../absolute"));
    Files.createSymbolicLink(bin.resolve("lipc"), Path.of("../chain"));
    assertThat(explained("'" + launcher + "'")).startsWith("# shape-mismatch\n");
    assertThat(explained("'" + absolute + "'")).startsWith("# shape-mismatch\n");
    assertThat(explained("../home/bin/lipc")).startsWith("# shape-mismatch\n");
    assertThat(explained("cd / && lipc")).startsWith("# shape-mismatch\n");
  }

  /** Java says on its error stream which incubator modules it was asked for. */
  @Test
  void training_alone_asks_for_vectors() throws Exception {
    String launcher = "'" + clonedLauncher() + "'";
    assertThat(said(launcher + " train --help")).contains("jdk.incubator.vector", "--label-column");
    assertThat(said(launcher + " certify --help")).doesNotContain("jdk.incubator.vector");
  }

  /** No Windows runs these tests, so this holds what can be held by reading. */
  @Test
  void both_launchers_run_the_jar_that_the_build_makes() throws IOException {
    String version =
        Files.readString(ROOT.resolve("tools/pom.xml"))
            .replaceAll("(?s).*?<version>(.*?)<.*", "$1");
    String made = "lipc-tools-" + version + "-cli.jar";
    assertThat(jarOf(ROOT.resolve("lipc"))).isEqualTo(made);
    assertThat(jarOf(ROOT.resolve("lipc.cmd"))).isEqualTo(made);
    String windows = Files.readString(ROOT.resolve("lipc.cmd"));
    assertThat(windows.replace("\r\n", "")).as("line ends of Windows").doesNotContain("\n");
    Matcher jump = Pattern.compile("(?:goto |call :)(\\w+)").matcher(windows);
    while (jump.find()) {
      assertThat(windows).contains("\r\n:" + jump.group(1) + "\r\n");
    }
  }
}
