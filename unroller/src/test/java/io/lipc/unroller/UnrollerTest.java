package io.lipc.unroller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnrollerTest {

  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path folder;

  @Test
  void aClassIsReadable() {
    UnrolledClass unrolled =
        new UnrolledClass(
            "Pairs",
            "Two at a time.",
            List.of("java.util.List"),
            "static final int SIZE = 2;\n",
            List.of(Code.method("None.", "static void none", "", "return;")));
    assertThat(unrolled.source("io.lipc.runtime"))
        .isEqualTo(
            """
            // Written by io.lipc.unroller when lipc is built, because what C2 compiles well is long and
            // straight, and because floats and doubles are the same text. Do not change it here: the module
            // `unroller` says it once.
            package io.lipc.runtime;

            import java.util.List;

            /** Two at a time. */
            final class Pairs {

              static final int SIZE = 2;

              private Pairs() {}

              /** None. */
              static void none() {
                return;
              }
            }
            """);
  }

  @Test
  void aClassMayImplementAnInterface() {
    UnrolledClass unrolled =
        new UnrolledClass(
            "Pairs", "Runnable", "", List.of(), "", List.of("public void run() {}\n"));
    assertThat(unrolled.source("io.lipc.runtime"))
        .contains("final class Pairs implements Runnable {\n")
        .contains("  public void run() {}\n");
  }

  @Test
  void linesFitAScreen() {
    for (UnrolledModule module : UnrolledModule.values()) {
      for (UnrolledPackage written : module.packages()) {
        for (UnrolledClass unrolled : written.classes()) {
          assertThat(unrolled.source(written.name()).lines())
              .as(unrolled.name())
              .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        }
      }
    }
  }

  @Test
  void eachModuleHasItsPackage() throws IOException {
    Unroller.write(UnrolledModule.LINALG, folder);
    assertThat(folder.resolve("io/lipc/linalg/MatrixTiles.java"))
        .content()
        .contains("package io.lipc.linalg;");
  }

  /** A class that has moved to another package would be there twice. */
  @Test
  void whatAnEarlierBuildWroteIsDeleted() throws IOException {
    Path earlier = folder.resolve("io/lipc/linalg/OtherTiles.java");
    Files.createDirectories(earlier.getParent());
    Files.writeString(earlier, "final class OtherTiles {}");
    Unroller.write(UnrolledModule.LINALG, folder);
    assertThat(earlier).doesNotExist();
    assertThat(folder.resolve("io/lipc/linalg/MatrixTiles.java")).exists();
  }

  @Test
  void whatIsWrittenAlreadyIsNotTouched() throws IOException {
    Unroller.main(new String[] {"RUNTIME", folder.toString()});
    Path loops = folder.resolve("io/lipc/runtime/ScalarLoops.java");
    Path tiles = folder.resolve("io/lipc/runtime/vector/LargeTiles.java");
    String written = Files.readString(tiles);
    Files.writeString(tiles, "something else");
    for (Path file : List.of(loops, tiles)) {
      Files.setLastModifiedTime(file, LONG_AGO);
    }
    Unroller.write(UnrolledModule.RUNTIME, folder);
    assertThat(Files.getLastModifiedTime(loops)).isEqualTo(LONG_AGO);
    assertThat(Files.readString(tiles)).isEqualTo(written);
  }
}
