package io.lipc.compiler.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of this compiler, as its pom has it. */
public final class CompilerVersion {

  private static final String WORD = read();

  private CompilerVersion() {}

  /** The version, for example {@code 0.1.0}; all snapshots have one word. */
  public static String word() {
    return WORD;
  }

  private static String read() {
    try (InputStream text = CompilerVersion.class.getResourceAsStream("version.txt")) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
