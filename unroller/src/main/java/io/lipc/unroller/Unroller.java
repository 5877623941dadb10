package io.lipc.unroller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the sources of an {@link UnrolledModule} into a folder. */
public final class Unroller {

  private Unroller() {}

  /**
   * The command.
   *
   * @param arguments the module, as {@link UnrolledModule} names it, and the folder, made if it is
   *     not there
   * @throws IOException if a source cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: MODULE FOLDER");
      System.exit(2);
    }
    write(UnrolledModule.valueOf(arguments[0]), Path.of(arguments[1]));
  }

  /** A file that says the same already is not touched, or every build would compile it again. */
  static void write(UnrolledModule module, Path folder) throws IOException {
    for (UnrolledClass unrolled : module.classes()) {
      Path file = folder.resolve(unrolled.path(module.packageName()));
      String source = unrolled.source(module.packageName());
      if (!Files.exists(file) || !Files.readString(file).equals(source)) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
      }
    }
  }
}
