package io.lipc.tools.train;

import io.lipc.tools.command.Colours;
import io.lipc.tools.command.InputError;
import io.lipc.training.frozen.Frozen;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.TrainingException;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.table.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/**
 * The files that training writes, and its lines meanwhile.
 *
 * @param weights the files that they go to
 * @param plot the file of the drawing, if there is to be one
 */
record TrainOutput(CommandLine line, Destination weights, Optional<Path> plot) {

  /** A training that may fail as {@link io.lipc.training.Trainable} says. */
  @FunctionalInterface
  interface Training<T> {
    T listenedTo(ProgressListener listener) throws DataException, TrainingException;
  }

  /**
   * Found before training, which may take hours.
   *
   * @param uses the files that are read
   */
  void checkWritable(FileUses uses) throws InputError {
    if (plot.isPresent() && Files.isDirectory(plot.get())) {
      throw new InputError(plot.get() + " is a folder; --plot names the file of the drawing");
    }
    Path folder = plot.map(Path::toAbsolutePath).map(Path::getParent).orElse(Path.of(""));
    if (!Files.isDirectory(folder.toAbsolutePath())) {
      throw new InputError("the drawing cannot be written: there is no folder " + folder);
    }
    for (Map.Entry<String, Path> file : weights.files().entrySet()) {
      uses.write(file.getValue(), "the weights of " + file.getKey());
      uses.write(FileSet.staged(file.getValue()), "those of " + file.getKey() + " at first");
    }
    uses.write(checkpoint(), "the checkpoint");
    uses.write(trials(), "the trials of --tune");
    if (plot.isPresent()) {
      uses.write(plot.get(), "the drawing");
    }
  }

  /** The table of what a search tried. */
  Path trials() {
    return weights.beside(".trials.csv");
  }

  /** The file from which the same command goes on. */
  Path checkpoint() {
    return weights.beside(".checkpoint");
  }

  /** Trains, shows progress, and says what comes next where it is interrupted. */
  <T> T shown(TrainingOptions options, History history, Training<T> training)
      throws DataException, TrainingException {
    try (ProgressLine progress = new ProgressLine();
        Interruption _ = Interruption.toldOn(err(), checkpoint(), options.checkpointEvery())) {
      return training.listenedTo(history.beside(progress));
    }
  }

  /**
   * Writes weights, and draws how they came about; the checkpoint is not needed any more.
   *
   * @param best the epoch that the weights are of
   */
  void write(Frozen trained, History history, int best) throws IOException {
    Map<Path, byte[]> files = new LinkedHashMap<>();
    trained.files().forEach((network, file) -> files.put(weights.file(network), file));
    FileSet.write(files);
    Files.deleteIfExists(checkpoint());
    draw(history, trained.subject().certificate().network(), best);
  }

  /**
   * Draws the history of training, if asked for. A failure is only a warning: the weights do not
   * need a drawing.
   */
  private void draw(History history, String network, int best) {
    if (plot.isEmpty()) {
      return;
    }
    try {
      if (!history.draw(plot.get(), network, best)) {
        warn("no epoch was left to train, so there is nothing to draw in " + plot.get());
      }
    } catch (IOException e) {
      warn(plot.get() + " cannot be written: " + e.getMessage());
    }
  }

  void warn(String text) {
    err().println(Colours.of(line).doubt("lipc: warning:") + " " + text);
  }

  PrintWriter out() {
    return line.getOut();
  }

  PrintWriter err() {
    return line.getErr();
  }
}
