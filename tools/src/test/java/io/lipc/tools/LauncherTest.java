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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./lipc} and {@code lipc.cmd}: how they find what they run. */
final class LauncherTest {

  private static final Path ROOT = Path.of(System.getProperty("lipc.root"));
  private static final Path HOME = Path.of(System.getProperty("java.home"));
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
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Launcher.class.getName());
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
    return said(0, "sh", command, Map.of("LIPC_JAVA", javaOf(HOME).toString()));
  }

  /** What a shell prints on both streams, as a user without variables about Java, but these. */
  private String said(int exitCode, String shell, String command, Map<String, String> variables)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(shell, "-c", command);
    builder.directory(Files.createDirectories(folder.resolve("elsewhere")).toFile());
    builder.environment().keySet().removeIf(name -> name.contains("JAVA"));
    String bin = folder.resolve("home/bin").toString();
    builder.environment().merge("PATH", bin, (old, added) -> added + File.pathSeparator + old);
    builder.environment().putAll(variables);
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(exitCode);
    return said;
  }

  private static Path javaOf(Path home) {
    return home.resolve("bin/java");
  }

  /** A home of Java that says it is of some version, and runs what this JVM would run. */
  private Path homeOf(String version) throws IOException {
    Path home = folder.resolve("jvm/java " + version);
    Path java = javaOf(home);
    Files.createDirectories(java.getParent());
    Files.writeString(
        java,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "%1$s" 2026-01-01' >&2
        else
          echo "started %1$s"
          exec '%2$s' "$@"
        fi
        """
            .formatted(version, javaOf(HOME)));
    assumeTrue(java.toFile().setExecutable(true), "a file system that has executables");
    return home;
  }

  private static void assumeShell(String shell) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, shell))),
        shell + " on the PATH");
  }

  /** Java prints a line about two of them before all else, and a note about the third. */
  @ParameterizedTest
  @CsvSource({
    "dash, JAVA_TOOL_OPTIONS",
    "dash, _JAVA_OPTIONS",
    "dash, JDK_JAVA_OPTIONS",
    "bash, JAVA_TOOL_OPTIONS",
    "bash, _JAVA_OPTIONS",
    "bash, JDK_JAVA_OPTIONS"
  })
  void options_of_all_jvms_do_not_hide_a_java(String shell, String variable) throws Exception {
    assumeShell(shell);
    Path home = Files.createSymbolicLink(folder.resolve("a home"), HOME);
    String command = shell + " '" + clonedLauncher() + "' --version";
    String options = "-Dversion=\"1\" -Xmx512m";
    for (Map<String, String> found :
        List.of(
            Map.of("LIPC_JAVA", javaOf(home).toString()), Map.of("JAVA_HOME", home.toString()))) {
      Map<String, String> variables = new HashMap<>(found);
      variables.put(variable, options);
      assertThat(said(0, shell, command, variables).lines())
          .hasSize(2)
          .anyMatch(line -> line.contains("icked up " + variable + ": " + options))
          .anyMatch(line -> line.startsWith("lipc "));
    }
  }

  @Test
  void java_17_is_enough_and_25_is_taken_where_both_are_there() throws Exception {
    Path launcher = clonedLauncher();
    String jvm = folder.resolve("jvm").toString();
    Files.writeString(launcher, Files.readString(launcher).replace("/usr/lib/jvm/", jvm + "/"));
    Path java11 = homeOf("11.0.2");
    Path java8 = homeOf("1.8.0_412");
    Map<String, String> user = new HashMap<>(withoutJava());
    String command = "'" + launcher + "' --version";
    assertThat(said(2, "sh", command, user))
        .isEqualTo(
            "lipc: no Java 17 or newer was found; install one (Debian: openjdk-17-jre) or set"
                + " JAVA_HOME\n");
    user.put("JAVA_HOME", java11.toString());
    homeOf("17.0.9");
    assertThat(said(0, "sh", command, user)).startsWith("started 17.0.9\nlipc ");
    homeOf("25-ea");
    assertThat(said(0, "sh", command, user)).startsWith("started 25-ea\nlipc ");
    user.put("LIPC_JAVA", javaOf(folder.resolve("jvm/java 17.0.9")).toString());
    assertThat(said(0, "sh", command, user)).startsWith("started 17.0.9\nlipc ");
    user.put("LIPC_JAVA", javaOf(java8).toString());
    assertThat(said(2, "sh", command, user))
        .isEqualTo(
            "lipc: LIPC_JAVA=" + javaOf(java8) + " is no program java of version 17 or newer\n");
  }

  /** A PATH with what the launcher itself calls, and neither Java nor Maven. */
  private Map<String, String> withoutJava() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bare/bin"));
    for (String program : List.of("dirname", "grep", "mkfifo", "mktemp", "readlink", "rm", "sed")) {
      Path there =
          Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
              .map(folder -> Path.of(folder, program))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(bin.resolve(program), there);
    }
    return Map.of("PATH", bin.toString(), "HOME", folder.resolve("home").toString());
  }

  @Test
  void a_clone_that_was_not_built_needs_maven() throws Exception {
    Path launcher = clonedLauncher();
    Path jar = launcher.resolveSibling("tools/target").resolve(jarOf(launcher));
    Files.delete(jar);
    Map<String, String> user = new HashMap<>(withoutJava());
    user.put("JAVA_HOME", HOME.toString());
    assertThat(said(2, "sh", "'" + launcher + "' --version", user))
        .isEqualTo(
            "lipc: "
                + jar
                + " has to be built once, and mvn is not on the PATH; install Maven, or take that"
                + " file from elsewhere\n");
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

  /** The name of the link says which command line is meant, as other programs call it. */
  @Test
  void a_link_is_the_solver_of_vnnlib() throws Exception {
    assertThat(Files.readSymbolicLink(ROOT.resolve("lipc-vnnlib"))).isEqualTo(Path.of("lipc"));
    Path link = Files.createSymbolicLink(folder.resolve("lipc-vnnlib"), clonedLauncher());
    assertThat(said("'" + link + "' --name")).isEqualTo("lipc\n");
    assertThat(said("'" + link + "' supports --hidden-node-theories")).isEqualTo("NH\n");
    String windows = Files.readString(ROOT.resolve("lipc-vnnlib.cmd"));
    assertThat(windows.replace("\r\n", "")).as("line ends of Windows").doesNotContain("\n");
    assertThat(windows).contains("call \"%~dp0lipc.cmd\" vnnlib %*");
  }

  /** Modules are vouched for by Java, which lists those that it was started with. */
  @Test
  void training_alone_asks_for_vectors() throws Exception {
    String launcher = "'" + clonedLauncher() + "'";
    Map<String, String> variables =
        Map.of(
            "LIPC_JAVA", javaOf(HOME).toString(), "JDK_JAVA_OPTIONS", "--show-module-resolution");
    assertThat(said(0, "sh", launcher + " train --help", variables))
        .contains("root jdk.incubator.vector", "--label-column");
    assertThat(said(0, "sh", launcher + " certify --help", variables))
        .doesNotContain("root jdk.incubator.vector");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void java_does_not_warn_of_its_modules_and_all_else_is_said(String shell) throws Exception {
    assumeShell(shell);
    Path launcher = clonedLauncher();
    String train = shell + " '" + launcher + "' train ";
    Map<String, String> user = Map.of("LIPC_JAVA", javaOf(HOME).toString());
    assertThat(said(0, shell, train + "--help", user)).startsWith("Usage: lipc train");
    String absent = train + "absent.lip absent.csv --label-column y --out w.safetensors";
    String message = "lipc: there is no file absent.lip\n";
    assertThat(said(2, shell, absent, user)).isEqualTo(message);
    assertThat(said(2, shell, "(" + absent + ") 2>/dev/null", user)).isEmpty();
    assertThat(said(2, shell, absent + " 2>said; s=$?; cat said; exit $s", user))
        .isEqualTo(message);
    assertThat(said(0, shell, "(" + train + "--nosuch || true) >both 2>&1; cat both", user))
        .startsWith("Missing required parameters: ")
        .contains("Usage: lipc train");
    Map<String, String> options = new HashMap<>(user);
    options.put("JAVA_TOOL_OPTIONS", "-Xmx512m");
    assertThat(said(2, shell, absent, options))
        .isEqualTo("Picked up JAVA_TOOL_OPTIONS: -Xmx512m\n" + message);
    options.put("JAVA_TOOL_OPTIONS", "-Xmx1");
    assertThat(said(1, shell, absent, options)).contains("Too small maximum heap");
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
