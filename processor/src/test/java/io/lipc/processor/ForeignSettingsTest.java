package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The settings of a machine change nothing: in Turkish, upper and lower case of i are other letters
 * and numbers have commas.
 */
final class ForeignSettingsTest {

  private static final Path GOOD = Path.of("src/test/resources/good");
  private static final Path BAD = Path.of("src/test/resources/bad");

  @TempDir private Path work;

  /** In a JVM of its own: the encoding cannot be changed later. */
  @Test
  void locale_time_zone_and_encoding_change_no_byte() throws Exception {
    Path sources = Files.createDirectories(work.resolve("sources"));
    try (Stream<Path> examples = Files.list(GOOD)) {
      for (Path example : examples.toList()) {
        Files.copy(example, sources.resolve(example.getFileName().toString()));
      }
    }
    Files.writeString(
        sources.resolve("Umlaut.java"),
        """
        package good;

        /** Größe, dağ, 寸. */
        @io.lipc.annotations.CertifiedNetwork("umlaut.lip")
        interface Umlaut {}
        """);
    Files.writeString(
        sources.resolve("umlaut.lip"),
        """
        /** Größe, dağ, 寸. */
        network Umlaut(x: real[2]) -> real[2] {
            certify lipschitz <= 1;
            return x |> sin;
        }
        """);
    Javac.Result here =
        new Javac(work.resolve("here")).option("-encoding").option("UTF-8").compile(sources);
    assertThat(here.output()).isEmpty();
    assertThat(here.generatedSource("good/UmlautNetwork.java")).contains("Größe, dağ, 寸");
    Path classes = Files.createDirectories(work.resolve("abroad"));
    Path generated = Files.createDirectories(work.resolve("abroad-sources"));
    copyResources(here.classes(), classes);
    assertThat(javacAbroad(sources, classes, generated)).isEmpty();
    assertThat(Javac.contents(generated)).isEqualTo(Javac.contents(here.generated()));
    assertThat(Javac.contents(classes)).isEqualTo(Javac.contents(here.classes()));
  }

  private static void copyResources(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  private String javacAbroad(Path sources, Path classes, Path generated) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-J-XX:+UseSerialGC",
                "-J-Duser.language=tr",
                "-J-Duser.country=TR",
                "-J-Duser.timezone=Pacific/Kiritimati",
                "-J-Dfile.encoding=ISO-8859-9"));
    command.addAll(List.of("-proc:full", "-processor", LipProcessor.class.getName()));
    command.add("-Alipc.notes=none");
    command.addAll(List.of("-encoding", "UTF-8", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("-d", classes.toString(), "-s", generated.toString()));
    try (Stream<Path> files = Files.list(sources)) {
      files
          .map(Path::toString)
          .filter(file -> file.endsWith(".java"))
          .sorted()
          .forEach(command::add);
    }
    Path log = work.resolve("javac.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(() -> "javac, see " + log).isZero();
    return Files.readString(log);
  }

  static List<String> idsOfJavac() {
    return BadExamplesTest.idsOfJavac();
  }

  @ParameterizedTest
  @MethodSource("idsOfJavac")
  void messages_are_the_same_in_turkish(String id) throws IOException {
    Path folder = BAD.resolve(id);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.of("tr", "TR"));
    try {
      String printed = new Javac(work).compile(folder).output().replace(folder + "/", "");
      assertThat(BadExamplesTest.withoutTimes(printed))
          .isEqualTo(Files.readString(folder.resolve("expected")));
    } finally {
      Locale.setDefault(before);
    }
  }
}
