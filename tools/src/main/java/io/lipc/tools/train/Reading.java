package io.lipc.tools.train;

import io.lipc.certificate.Subject;
import io.lipc.training.DataException;
import io.lipc.training.Dataset;
import io.lipc.training.FreezingException;
import io.lipc.training.Frozen;
import io.lipc.training.RegressionData;
import io.lipc.training.RegressionSplit;
import io.lipc.training.SampleTable;
import io.lipc.training.Split;
import io.lipc.training.StandardisedNetwork;
import java.util.Optional;

/** How the network that is trained reads the rows of a table. */
sealed interface Reading permits Reading.AsWritten, Standardising {

  /** The units of a table, for sentences. */
  String TABLE = "the table's units";

  /** How a network that reads the table's units does on test rows. */
  @FunctionalInterface
  interface RawEvaluation<E> {

    /**
     * Evaluates the network on rows of the table.
     *
     * @param subject the network with its weights
     * @throws DataException if the rows do not fit
     */
    E of(StandardisedNetwork network, Subject subject) throws DataException;
  }

  /** The warning before training, if there is one. */
  Optional<String> warning();

  /** Rows as the network reads them. */
  Dataset of(Dataset rows) throws DataException;

  /** Rows as the network reads them; targets stay. */
  RegressionData of(RegressionData rows) throws DataException;

  /** Both parts as the network reads them. */
  default Split of(Split parts) throws DataException {
    return new Split(of(parts.training()), of(parts.heldOut()));
  }

  /** Both parts as the network reads them; targets stay. */
  default RegressionSplit of(RegressionSplit parts) throws DataException {
    return new RegressionSplit(of(parts.training()), of(parts.heldOut()));
  }

  /** The trained weights, with other tensors that belong into the files. */
  Frozen file(Frozen trained);

  /**
   * The result of training in the units of the table, if the network itself reads others.
   *
   * @param written the content of the files
   * @throws FreezingException if no bound is proved
   */
  <E> Optional<RawResult<E>> raw(
      Frozen trained, WrittenWeights written, RawEvaluation<E> evaluation)
      throws DataException, FreezingException;

  /** The units of the network's distances, for sentences. */
  String units();

  /**
   * Rows as they stand in the table, or its numbers multiplied.
   *
   * @param table already multiplied
   */
  record AsWritten(SampleTable table, double scale) implements Reading {

    @Override
    public Optional<String> warning() {
      return ColumnRanges.warning(table);
    }

    @Override
    public Dataset of(Dataset rows) {
      return rows;
    }

    @Override
    public RegressionData of(RegressionData rows) {
      return rows;
    }

    @Override
    public Frozen file(Frozen trained) {
      return trained;
    }

    @Override
    public <E> Optional<RawResult<E>> raw(
        Frozen trained, WrittenWeights written, RawEvaluation<E> evaluation) {
      return Optional.empty();
    }

    @Override
    public String units() {
      return scale == 1 ? TABLE : "scaled units";
    }
  }
}
