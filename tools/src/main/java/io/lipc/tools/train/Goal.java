package io.lipc.tools.train;

import io.lipc.formats.JsonValue;
import io.lipc.tools.command.InputError;
import io.lipc.tools.page.TrainingChart;
import io.lipc.training.run.Score;
import io.lipc.training.run.Split;
import io.lipc.training.run.Task;
import io.lipc.training.run.TrainingException;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.table.DataException;
import io.lipc.training.table.FeatureRows;
import io.lipc.training.table.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The goal of {@code lipc train}, as its options name it: how its samples are read from a table,
 * and in which words a report speaks of it.
 *
 * @param <D> the rows of the table
 * @param <E> how a network does during training
 * @param <F> how frozen weights do
 */
sealed interface Goal<D extends FeatureRows<D>, E extends Score, F> permits ClassGoal, TargetGoal {

  /** The task that the network learns. */
  Task<D, E, F> task();

  /** The rows of a file, with their columns of labels or targets. */
  Table<D> read(DataOptions options, Path file) throws InputError;

  /**
   * A warning about the table, before training.
   *
   * @param bound of the network that reads it so
   */
  Optional<String> warning(Reading reading, Table<D> table, double bound) throws DataException;

  /** The options of training: the usual ones, or what a search on the training rows has chosen. */
  TrainingOptions options(TrainingOptions usual, Table<D> table, Split<D> split)
      throws InputError, DataException, TrainingException;

  /** The quantity that a drawing of the training shows. */
  TrainingChart.Quantity quantity();

  /** The member of the line for programs that names the outputs. */
  String outputsMember();

  /** A line with the names of the outputs. */
  String named(List<String> outputs);

  /** Lines about all test rows. */
  List<String> results(F evaluation, List<String> outputs, int rows);

  /** Lines about what is certified on the test rows, in one kind of units. */
  List<String> certified(TrainedNetwork.InUnits<F> one, List<String> outputs, int rows);

  /** An evaluation for programs. */
  Map<String, JsonValue> members(F evaluation);
}
