package io.lipc.unroller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the sources of {@link RuntimeClasses} into a folder. */
public final class Unroller {

  private Unroller() {}

  /**
   * The command.
   *
   * @param arguments the folder, made if it is not there
   * @throws IOException if a source cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: FOLDER");
      System.exit(2);
    }
    write(Path.of(arguments[0]));
  }

  /** A file that says the same already is not touched, or every build would compile it again. */
  static void write(Path folder) throws IOException {
    for (UnrolledClass unrolled : RuntimeClasses.all()) {
      Path file = folder.resolve(unrolled.path());
      String source = unrolled.source();
      if (!Files.exists(file) || !Files.readString(file).equals(source)) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
      }
    }
  }
}
