package io.lipc.unroller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

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

  /**
   * Writes the classes of a module, and deletes what else is in the folder: what an earlier build
   * wrote there would be compiled with them.
   */
  static void write(UnrolledModule module, Path folder) throws IOException {
    Set<Path> written = new HashSet<>();
    for (UnrolledPackage unrolled : module.packages()) {
      for (UnrolledClass type : unrolled.classes()) {
        Path file = folder.resolve(type.path(unrolled.name()));
        write(file, type.source(unrolled.name()));
        written.add(file);
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!written.contains(file)) {
          Files.delete(file);
        }
      }
    }
  }

  /** A file that says the same already is not touched, or every build would compile it again. */
  private static void write(Path file, String source) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(source)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, source);
    }
  }
}
