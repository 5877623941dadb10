package io.lipc.training.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file into which a run is saved, if there is one. */
final class CheckpointFile {

  private final Optional<Path> file;
  private final RunIdentity run;
  private int savedEpoch = -1;

  CheckpointFile(Optional<Path> file, RunIdentity run) {
    this.file = file;
    this.run = run;
  }

  /**
   * The saved state of this run, if the file exists.
   *
   * @throws TrainingException if the file is damaged, of another run, or cannot be read
   */
  Optional<TrainingState> load() throws TrainingException {
    if (file.isEmpty() || Files.notExists(file.get())) {
      return Optional.empty();
    }
    try {
      Checkpoint checkpoint = Checkpoint.load(file.get());
      List<String> differences = run.differences(checkpoint.run());
      if (!differences.isEmpty()) {
        throw new TrainingException(
            ("checkpoint %s belongs to another run: its %s differ from those given now; delete"
                    + " it to start anew, or name another file")
                .formatted(file.get(), String.join(" and ", differences)));
      }
      savedEpoch = checkpoint.state().epoch();
      return Optional.of(checkpoint.state());
    } catch (IOException e) {
      throw new TrainingException("checkpoint " + file.get() + " cannot be read: " + e, e);
    }
  }

  /**
   * Saves {@code state}.
   *
   * @throws TrainingException if the file cannot be written; then it is as it was
   */
  void save(TrainingState state) throws TrainingException {
    if (file.isEmpty()) {
      return;
    }
    try {
      new Checkpoint(run, state).save(file.get());
      savedEpoch = state.epoch();
    } catch (IOException e) {
      throw new TrainingException("checkpoint " + file.get() + " cannot be written: " + e, e);
    }
  }

  /**
   * A clause that continues the message about a failed run: the checkpoint that it leaves behind.
   */
  String remains() {
    return file.map(path -> "; " + path + " holds the state after epoch " + savedEpoch).orElse("");
  }
}
