package io.lipc.tools.train;

import io.lipc.model.Decimals;
import io.lipc.tools.command.InputError;
import io.lipc.training.StandardisedNetwork;
import io.lipc.training.frozen.FreezingException;
import io.lipc.training.frozen.Frozen;
import io.lipc.training.frozen.FrozenNetwork;
import io.lipc.training.table.DataException;
import io.lipc.training.table.FeatureRows;
import io.lipc.training.table.Standardisation;
import io.lipc.training.table.Table;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Standardises a table in mixed units for a network that reads z-scores.
 *
 * @param network reads the table's units
 * @param statistics of the rows that gradients come from
 * @param rows how many these are
 */
record Standardising(StandardisedNetwork network, Standardisation statistics, int rows)
    implements Reading {

  /**
   * Fits the statistics.
   *
   * @param fitted the rows of the table that gradients come from
   * @param weights where the weights will go
   * @throws InputError if the text has no network that reads the table's units; the message shows
   *     one
   * @throws DataException if the table does not fit, or a column cannot be standardised
   */
  static Standardising of(Trainee trainee, FeatureRows<?> fitted, Table<?> table, Path weights)
      throws InputError, DataException {
    if (trainee.raw().isEmpty()) {
      throw new InputError(
          RawNetworkText.help(
              trainee.network(), RawNetworkText.of(trainee.network(), fitted, table, weights)));
    }
    StandardisedNetwork raw = trainee.raw().get();
    return new Standardising(raw, raw.fit(fitted, table.features()), fitted.size());
  }

  @Override
  public <D extends FeatureRows<D>> D of(D rows) throws DataException {
    return statistics.apply(rows);
  }

  @Override
  public Frozen file(Frozen trained) {
    return trained.with(network.network().name(), statistics);
  }

  @Override
  public String units() {
    return "standard deviations";
  }

  /**
   * The warning that the bound in the table's units may be larger than the declared one, as far as
   * that is known beforehand.
   */
  @Override
  public Optional<String> warning() {
    double certain = network.boundBeforeTraining(statistics);
    double declared = network.network().lipschitz().bound();
    if (certain <= declared) {
      return Optional.empty();
    }
    Standardisation.Column narrowest = ColumnText.narrowest(statistics).orElseThrow();
    return Optional.of(
        "%s declares the bound %s in the table's units, and no more than %s is certain before training: %s has the smallest deviation, %s, and all that %s gives for one deviation comes from as small a change. If no smaller bound is proved of the trained weights, declare `certify lipschitz <= %s;`"
            .formatted(
                network.network().name(),
                Decimals.plain(declared),
                Decimals.up(certain),
                narrowest.name(),
                ColumnText.number(narrowest.deviation()),
                network.inner().network().name(),
                Decimals.up(certain)));
  }

  @Override
  public <E> Optional<RawResult<E>> raw(
      Frozen trained, WrittenWeights written, RawEvaluation<E> evaluation)
      throws DataException, FreezingException {
    FrozenNetwork raw = network.certify(statistics, trained);
    return Optional.of(
        new RawResult<>(this, raw, evaluation.of(network, raw), written.isAccepted(raw.subject())));
  }
}
