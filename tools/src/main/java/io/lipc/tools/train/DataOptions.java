package io.lipc.tools.train;

import io.lipc.tools.command.InputError;
import io.lipc.tools.files.TestRowOptions;
import io.lipc.training.table.DataException;
import io.lipc.training.table.FeatureRows;
import io.lipc.training.table.Table;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for reading the table, and for its parts: training, held-out and test rows. */
final class DataOptions extends TestRowOptions {

  @Option(
      names = "--standardise",
      description =
          "Reads each column as its distance from its mean in standard deviations. The text has a"
              + " network `x |> batch_norm |> Inner` for that, and Inner is trained; means and"
              + " deviations go into the file of the weights.")
  private boolean standardise;

  @Option(
      names = "--write",
      description =
          "With --standardise: adds that network to the text, with the ranges of this table, where"
              + " the text has none.")
  private boolean write;

  /** Created by picocli. */
  DataOptions() {}

  /** Checks that the rows of the test are chosen in one way, and that something can be written. */
  @Override
  public void checkUse() throws InputError {
    if (write && !standardise) {
      throw new InputError(
          "--write adds the network that --standardise needs, and nothing is standardised: leave"
              + " --write out, or add --standardise");
    }
    super.checkUse();
  }

  /**
   * The network to train.
   *
   * @param network the name of a network of the text; empty for the last
   */
  Trainee trainee(Path model, Optional<String> network) throws InputError {
    if (!standardise) {
      return new Trainee(TrainableText.read(model, network), Optional.empty());
    }
    if (factor() != 1) {
      throw new InputError(
          "--standardise finds a factor for each column itself, and its networks read the table's"
              + " units; leave --scale out");
    }
    return TrainableText.standardised(model, network);
  }

  /** Whether the text gets the network that reads the table's units, if it has none. */
  boolean isCompleted() {
    return write;
  }

  /**
   * The reading of the table's rows by the network that is trained.
   *
   * @param fitted the rows that gradients come from
   * @param weights where the weights will go
   * @throws InputError if it should standardise, and the text has no network that does
   * @throws DataException if the table does not fit, or a column cannot be standardised
   */
  Reading reading(Trainee trainee, FeatureRows<?> fitted, Table<?> table, Path weights)
      throws InputError, DataException {
    return standardise
        ? Standardising.of(trainee, fitted, table, weights)
        : new Reading.AsWritten(table, factor());
  }
}
