package io.lipc.tools.files;

import io.lipc.model.Decimals;
import io.lipc.tools.command.InputError;
import io.lipc.training.run.Split;
import io.lipc.training.run.Task;
import io.lipc.training.table.DataException;
import io.lipc.training.table.FeatureRows;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** The options for reading a table, and for which of its rows training never sees. */
public class TestRowOptions extends TableOptions {

  /** The names of the options that choose rows. */
  public static final List<String> CHOICES = List.of("--test-share", "--test-every");

  private static final double TEST_SHARE = 0.2;

  @Option(
      names = "--test-share",
      paramLabel = "SHARE",
      description =
          "The share of rows, of each class, that is kept for the test. Default: 0.2 in training,"
              + " all rows in a report.")
  private Optional<Double> testShare = Optional.empty();

  @Option(
      names = "--test-every",
      paramLabel = "K",
      description =
          "Instead, rows 1, K + 1, 2 K + 1, ... are kept for the test. Default: as --test-share"
              + " says.")
  private Optional<Integer> testEvery = Optional.empty();

  /** Created by picocli. */
  public TestRowOptions() {}

  /** Checks that the rows of the test are chosen in one way. */
  public void checkUse() throws InputError {
    if (testShare.isPresent() && testEvery.isPresent()) {
      throw new InputError(
          "--test-share and --test-every both choose the rows of the test; leave one of them out");
    }
  }

  /** Whether one of the options is given. */
  public final boolean choosesRows() {
    return testShare.isPresent() || testEvery.isPresent();
  }

  /** How rows are chosen, as the options say. */
  public final String choice(long seed) {
    return testEvery
        .map(every -> "--test-every " + every)
        .orElseGet(
            () ->
                "--test-share %s, --seed %d"
                    .formatted(Decimals.plain(testShare.orElse(TEST_SHARE)), seed));
  }

  /** Training rows and, as what is held out, test rows. */
  public final <D extends FeatureRows<D>> Split<D> split(Task<D, ?, ?> task, D all, long seed)
      throws DataException {
    return testEvery.isEmpty()
        ? task.split(all, testShare.orElse(TEST_SHARE), seed)
        : new Split<>(all.subset(rows(all, false)), all.subset(rows(all, true)));
  }

  /** The rows of a part, counted from 0, where {@code --test-every} says which. */
  private int[] rows(FeatureRows<?> all, boolean areTested) {
    int every = testEvery.orElseThrow();
    if (every < 2) {
      throw new IllegalArgumentException("--test-every " + every + " leaves no row to train on");
    }
    return IntStream.range(0, all.size()).filter(row -> (row % every == 0) == areTested).toArray();
  }
}
