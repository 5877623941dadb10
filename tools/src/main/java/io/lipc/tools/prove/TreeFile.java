package io.lipc.tools.prove;

import io.lipc.certificate.BoxTree;
import io.lipc.certificate.verdict.Rejection;
import io.lipc.formats.AtomicFile;
import io.lipc.formats.BoundedFile;
import io.lipc.formats.FormatException;
import io.lipc.formats.Quoted;
import io.lipc.formats.Utf8;
import io.lipc.tools.command.InputError;
import io.lipc.tools.files.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The parts of a box that a search has reached, as a file with a word of {@link BoxTree} a line.
 *
 * @param file empty where nobody asked for it
 */
record TreeFile(Optional<Path> file) {

  /**
   * The parts of the file; the whole box where there is none.
   *
   * @throws InputError if it is something else
   */
  BoxTree read() throws InputError {
    if (file.isEmpty() || !Files.exists(file.get())) {
      return new BoxTree.Leaf();
    }
    try {
      return BoxTree.of(Utf8.text(BoundedFile.readRegular(file.get())).lines().toList());
    } catch (FormatException e) {
      throw new InputError(
          Quoted.of(file.get().toString())
              + " is no file that --tree has written: "
              + e.getMessage());
    } catch (IOException e) {
      throw new InputError(Model.unreadable(file.get(), e));
    }
  }

  /** The error for parts that the box of the query is not cut into. */
  InputError unfit(Rejection unfit) {
    String name = file.map(Path::toString).orElse("");
    return new InputError(
        "%s has the parts of another query or network: %s"
            .formatted(Quoted.of(name), unfit.getMessage()));
  }

  /**
   * Writes the parts.
   *
   * @throws InputError if they cannot be written
   */
  void write(BoxTree tree) throws InputError {
    if (file.isEmpty()) {
      return;
    }
    try {
      AtomicFile.write(file.get(), String.join("\n", tree.words()) + "\n");
    } catch (IOException e) {
      throw new InputError(
          Quoted.of(file.get().toString()) + " cannot be written: " + e.getMessage());
    }
  }
}
