package io.lipc.tools.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.formats.FormatException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading of jars and folders, and the files in them that are refused. */
final class CompiledModuleTest {

  private static final int SIZE = 3 << 20;

  @TempDir private Path folder;

  /** Zeros, of which a jar of a few thousand bytes holds millions. */
  private Path bomb(int entries) throws Exception {
    Path jar = folder.resolve("bomb.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (int i = 0; i < entries; i++) {
        out.putNextEntry(new JarEntry("META-INF/lipc/n" + i + ".json"));
        out.write(new byte[SIZE]);
      }
    }
    assertThat(Files.size(jar)).isLessThan(SIZE / 100L);
    return jar;
  }

  @Test
  void what_is_unpacked_is_counted_over_all_resources() throws Exception {
    try (CompiledModule module = CompiledModule.open(bomb(2), 2L * SIZE)) {
      assertThat(module.find("META-INF/lipc/n0.json").orElseThrow()).hasSize(SIZE);
      assertThat(module.find("META-INF/lipc/n1.json").orElseThrow()).hasSize(SIZE);
    }
    try (CompiledModule module = CompiledModule.open(bomb(2), 2L * SIZE - 1)) {
      assertThat(module.find("META-INF/lipc/n0.json")).isPresent();
      assertThatThrownBy(() -> module.find("META-INF/lipc/n1.json"))
          .isInstanceOf(FormatException.class)
          .hasMessageStartingWith("META-INF/lipc/n1.json is too large: of one module 5 MiB");
    }
  }

  @Test
  void a_program_packed_into_one_jar_has_its_classes_deeper() throws Exception {
    Path jar = folder.resolve("boot.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry("BOOT-INF/classes/META-INF/lipc/a.B.json"));
      out.write(7);
      out.putNextEntry(new JarEntry("BOOT-INF/classes/META-INF/lipc/a.B-origin.json"));
      out.write(8);
    }
    try (CompiledModule module = CompiledModule.open(jar)) {
      assertThat(module.networks()).containsExactly("a.B");
      assertThat(module.find("META-INF/lipc/a.B.json")).hasValue(new byte[] {7});
      assertThat(module.find("META-INF/lipc/a.C.json")).isEmpty();
    }
  }

  @Test
  void nothing_outside_a_folder_is_read() throws Exception {
    Files.writeString(folder.resolve("secret"), "1");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Files.writeString(classes.resolve("own"), "2");
    try (CompiledModule module = CompiledModule.open(classes)) {
      assertThat(module.find("own")).isPresent();
      assertThat(module.find("../secret")).isEmpty();
      assertThat(module.find(folder.resolve("secret").toString())).isEmpty();
      assertThatThrownBy(() -> module.find("a\0b")).isInstanceOf(FormatException.class);
    }
  }
}
