package io.lipc.tools.train;

import io.lipc.training.StandardisedNetwork;
import io.lipc.training.frozen.FreezingException;
import io.lipc.training.frozen.Frozen;
import io.lipc.training.frozen.FrozenNetwork;
import io.lipc.training.run.Split;
import io.lipc.training.table.DataException;
import io.lipc.training.table.FeatureRows;
import io.lipc.training.table.Table;
import java.util.Optional;

/** A reading of the rows of a table by the network that is trained. */
sealed interface Reading permits Reading.AsWritten, Standardising {

  /** The units of a table, for sentences. */
  String TABLE = "the table's units";

  /** Evaluates a network that reads the table's units on test rows. */
  @FunctionalInterface
  interface RawEvaluation<E> {

    /**
     * Evaluates the network on rows of the table.
     *
     * @param frozen the network with its weights and claims
     * @throws DataException if the rows do not fit
     */
    E of(StandardisedNetwork network, FrozenNetwork frozen) throws DataException;
  }

  /** The warning before training, if there is one. */
  Optional<String> warning();

  /** Rows as the network reads them; classes or targets stay. */
  <D extends FeatureRows<D>> D of(D rows) throws DataException;

  /** Both parts as the network reads them; classes or targets stay. */
  default <D extends FeatureRows<D>> Split<D> of(Split<D> parts) throws DataException {
    return new Split<>(of(parts.training()), of(parts.heldOut()));
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
  record AsWritten(Table<?> table, double scale) implements Reading {

    @Override
    public Optional<String> warning() {
      return ColumnRanges.warning(table);
    }

    @Override
    public <D extends FeatureRows<D>> D of(D rows) {
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
