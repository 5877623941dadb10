package io.lipc.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected texts in files; {@code -DupdateGoldens=true} rewrites them and then fails. */
public final class Golden {

  private Golden() {}

  /** Compares {@code actual} with the content of {@code expected}. */
  public static void compare(Path expected, String actual) throws IOException {
    String known = Files.exists(expected) ? Files.readString(expected) : "";
    if (Boolean.getBoolean("updateGoldens") && !known.equals(actual)) {
      Files.writeString(expected, actual);
      fail("rewrote " + expected + "; read the difference and run again");
    }
    assertThat(actual).isEqualTo(known);
  }
}
