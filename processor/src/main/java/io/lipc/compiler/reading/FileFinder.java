package io.lipc.compiler.reading;

import io.lipc.linalg.Deadline;
import io.lipc.model.diagnostic.Suggestions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks up the files that declarations name. No name resolves against the working directory or
 * leads out of the roots.
 */
public interface FileFinder {

  /** The most files of a folder among which one of nearly the same name is looked for. */
  int MOST_NEIGHBOURS = 1000;

  /**
   * Looks up a name as declared.
   *
   * @param packageName the package of the declaration, tried before the root
   * @param name the declared name, with {@code /} between folders
   */
  Result find(String packageName, String name);

  /** When reading what was found has to end. */
  default Deadline deadline() {
    return Deadline.NONE;
  }

  /** The names of the roots in messages. */
  List<String> roots();

  /** The place at which a missing file would be found, as a command could write it. */
  default String place(String packageName, String name) {
    String folder = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
    return "src/main/resources/" + folder + name;
  }

  /**
   * The name of a file that is there in place of a missing one, and nearly called like it; empty if
   * there is none, or folders cannot be listed.
   */
  default Optional<String> near(String packageName, String name) {
    return Optional.empty();
  }

  /** The name in a folder that is nearest to one that is not there, with the same ending. */
  static Optional<String> near(Path missing) {
    Path folder = missing.toAbsolutePath().getParent();
    String name = String.valueOf(missing.getFileName());
    if (folder == null || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    String ending = name.substring(stem(name).length());
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> String.valueOf(file.getFileName()))
              .filter(other -> other.substring(stem(other).length()).equalsIgnoreCase(ending))
              .sorted()
              .limit(MOST_NEIGHBOURS)
              .toList();
      Optional<String> meant =
          Suggestions.closest(stem(name), names.stream().map(FileFinder::stem).toList());
      return names.stream()
          .filter(name::equalsIgnoreCase)
          .findFirst()
          .or(
              () ->
                  meant.flatMap(of -> names.stream().filter(o -> stem(o).equals(of)).findFirst()));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** Looks up files by their paths from a folder, which they do not leave. */
  @FunctionalInterface
  interface Beside {

    /** The file at a path from the folder, with {@code /} between folders. */
    Result find(String path);
  }

  /** The answer of a look-up. */
  sealed interface Result {

    /**
     * The file was found and read.
     *
     * @param content its bytes
     * @param resource its path within the jar that is being built, where it will be part of it
     * @param beside the other files of the folder that it was found in
     */
    record Found(byte[] content, Optional<String> resource, Beside beside) implements Result {

      /** A file beside which no other is looked up. */
      public Found(byte[] content, Optional<String> resource) {
        this(content, resource, _ -> new NotFound("no file beside it is looked up"));
      }
    }

    /** A file that was not found; the reason is a clause for a message. */
    record NotFound(String reason) implements Result {}
  }

  /**
   * Why a declared name can never be looked up: it is empty, absolute, or climbs out of the roots.
   * Empty if the name is fine.
   */
  static Optional<String> refuse(String name) {
    if (name.isBlank()) {
      return Optional.of("the name is empty");
    }
    if (name.indexOf('\0') >= 0 || name.indexOf('\\') >= 0) {
      return Optional.of("the name holds a character that no portable file name has");
    }
    if (name.startsWith("/") || (name.length() > 1 && name.charAt(1) == ':')) {
      return Optional.of("the name is absolute");
    }
    for (String part : name.split("/", -1)) {
      if (part.equals("..") || part.equals(".") || part.isEmpty()) {
        return Optional.of("the name does not stay below its root");
      }
    }
    return Optional.empty();
  }
}
