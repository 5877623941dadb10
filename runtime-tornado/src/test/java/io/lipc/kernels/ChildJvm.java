package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** JVMs of their own: what TornadoVM finds, and how much it takes, cannot change while one runs. */
final class ChildJvm {

  private ChildJvm() {}

  /** The options with which a JVM is on the device that this one is on. */
  static List<String> onDevice(String... further) {
    List<String> options = new ArrayList<>();
    options.add("@" + System.getProperty("tornado.argfile"));
    options.add("-Dtornado.recover.bailout=false");
    options.addAll(List.of(further));
    return options;
  }

  /** What a program prints that ends within two minutes, and well. */
  static String run(List<String> options, Map<String, String> environment, Class<?> program)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the tests themselves: most of what runs is TornadoVM's compiler, for a second or two.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dlipc.kernels=scalar"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
