package io.lipc.tools.train;

import io.lipc.model.Network;
import io.lipc.tools.command.InputError;
import io.lipc.training.TrainableComposition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The use of each file of a training, so that no file is written over that is read or written as
 * well. Two names of one file count as one, as long as folders and links say so.
 */
final class FileUses {

  private final Map<Path, String> uses = new HashMap<>();

  private FileUses() {}

  /**
   * The files that training reads.
   *
   * @param model the text, beside which given weights lie
   */
  static FileUses read(Path model, Path data, Trainee trainee) {
    FileUses uses = new FileUses();
    uses.read(model, "the text");
    uses.read(data, "the table");
    for (Network one : given(trainee)) {
      one.weightsFile()
          .map(model::resolveSibling)
          .ifPresent(file -> uses.read(file, "the given weights of " + one.name()));
    }
    return uses;
  }

  private static List<Network> given(Trainee trainee) {
    List<Network> given = new ArrayList<>();
    if (trainee.network() instanceof TrainableComposition composition) {
      given.addAll(composition.others().values());
      given.add(composition.network());
    }
    return given;
  }

  /** Notes a file that is read, by the place to which its links lead. */
  private void read(Path file, String use) {
    uses.putIfAbsent(place(file), use);
    uses.putIfAbsent(real(file), use);
  }

  /**
   * One more file.
   *
   * @param use what it will be, for the message
   * @throws InputError if it is another one already
   */
  void write(Path file, String use) throws InputError {
    String other = uses.putIfAbsent(place(file), use);
    if (other != null) {
      throw new InputError(
          "%s would be %s and %s, and one would be written over the other: give them different files"
              .formatted(file, other, use));
    }
  }

  /** The real path of a name, whose own link is not followed: writing a file replaces a link. */
  private static Path place(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    return folder == null ? absolute : real(folder).resolve(absolute.getFileName());
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      // It is not there yet.
      return path.toAbsolutePath().normalize();
    }
  }
}
