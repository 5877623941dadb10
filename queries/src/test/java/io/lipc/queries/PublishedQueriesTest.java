package io.lipc.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries of competitions and of the standard, which are not part of the project. */
final class PublishedQueriesTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("lipc.shared", "../shared"), "data/vnnlib");

  @BeforeEach
  void needsTheFolder() {
    assumeTrue(
        Files.isDirectory(FOLDER), () -> "no queries to read, as " + FOLDER + " is no folder");
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".vnnlib")).sorted().toList();
    }
  }

  private static Query read(Path file) throws IOException, QueryException {
    try (Reader text = Files.newBufferedReader(file)) {
      return QueryReader.read(text);
    }
  }

  /** The files of the standard that its own text does not allow, and why. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "initialized.vnnlib",
          "line 4, column 28: inputs with the default value of the model are not supported;"
              + " expected: `)`, and assertions which say what the input is",
          "test_linearise.vnnlib",
          "line 64, column 10: both sides of a comparison are constants, which have no type;"
              + " expected: a variable on one side");

  @Test
  void allOthersAreReadAndHaveACanonicalText() throws Exception {
    int read = 0;
    for (Path file : files()) {
      if (!REFUSED.containsKey(file.getFileName().toString())) {
        Query query = read(file);
        assertThat(Texts.read(query.text())).as(file.toString()).isEqualTo(query);
        read++;
      }
    }
    assertThat(read).isGreaterThan(40);
  }

  @Test
  void whatTheStandardDoesNotAllowIsRefused() {
    REFUSED.forEach(
        (name, message) -> {
          Path file = FOLDER.resolve("vnnlib2-standard").resolve(name);
          assertThatThrownBy(() -> read(file)).hasMessage(message);
        });
  }

  @Test
  void competitionsBoundAllInputs() throws Exception {
    for (Path file : files()) {
      if (!file.getParent().endsWith("vnnlib2-standard")) {
        assertThat(Box.of(read(file)).isEmpty()).as(file.toString()).isFalse();
      }
    }
  }

  @Test
  void propertiesOfAcasXuHaveOneFormulaInBothVersions() throws Exception {
    for (int property : new int[] {1, 2, 3, 4, 6, 7}) {
      Query flat = read(FOLDER.resolve("acasxu/prop_" + property + ".vnnlib"));
      Query typed = read(FOLDER.resolve("vnnlib2-acasxu/prop_" + property + "_real.vnnlib"));
      assertThat(typed.formula()).isEqualTo(flat.formula());
      assertThat(Box.of(typed)).isEqualTo(Box.of(flat));
    }
  }
}
