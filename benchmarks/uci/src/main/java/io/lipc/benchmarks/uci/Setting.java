package io.lipc.benchmarks.uci;

import io.lipc.training.run.Schedule;
import io.lipc.training.run.Split;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.util.List;

/** How networks are trained, and on which rows of a fold. */
public enum Setting {
  /**
   * The paper's training (Juston et al., arXiv 2512.05915): Adam at 1e-3, batches of 64, at most
   * 100 epochs, patience 30. For what the paper leaves open, the rate stays as it is, and the loss
   * is plain cross-entropy.
   */
  PAPER("paper") {
    @Override
    TrainingOptions options(long seed) {
      return published(seed);
    }
  },

  /** The defaults of {@code lipc train}. */
  LIPC("lipc") {
    @Override
    TrainingOptions options(long seed) {
      return TrainingOptions.builder().epsilons(RADII).seed(seed).build();
    }
  },

  /**
   * {@link #PAPER} as its published result files have it: the marked rows, a quarter, are those
   * that are trained on, a fifth of the others is held out, and the test is the rest; and networks
   * have the same width in place of the same number of parameters.
   */
  FILES("files") {
    @Override
    TrainingOptions options(long seed) {
      return published(seed);
    }

    @Override
    Parts parts(UciSet.Fold fold, long seed) throws DataException {
      Split<Dataset> split = Split.stratified(fold.rest(), HELD_OUT, seed);
      return new Parts(fold.marked(), split.heldOut(), split.training());
    }
  },

  /** {@link #PAPER} with the loss of {@link #LIPC}, to find out what the loss is worth. */
  PAPER_WARM("paper-warm") {
    @Override
    TrainingOptions options(long seed) {
      return adamOfThePaper().temperature(4).offset(0.1).seed(seed).build();
    }
  },

  /** {@link #PAPER} with features standardised over all rows, those of the test included. */
  PAPER_LEAK("paper-leak") {
    @Override
    TrainingOptions options(long seed) {
      return published(seed);
    }

    @Override
    Standardisation units(UciSet set, Parts parts) {
      return Standardisation.of(set.data());
    }
  };

  /** The settings that are compared by default. */
  static final List<Setting> COMPARED = List.of(PAPER, LIPC, FILES);

  /** The l2 distances of certified accuracies, in units of the standardised features. */
  static final List<Double> RADII = List.of(36 / 255.0, 72 / 255.0, 108 / 255.0);

  private static final double HELD_OUT = 0.2;

  private final String word;

  Setting(String word) {
    this.word = word;
  }

  /**
   * The rows of a fold.
   *
   * @param training what gradients come from
   * @param heldOut what decides when to stop
   */
  record Parts(Dataset training, Dataset heldOut, Dataset test) {}

  String word() {
    return word;
  }

  abstract TrainingOptions options(long seed);

  /**
   * The parts of a fold; by default the marked rows are the test, and a fifth of the others is held
   * out.
   *
   * @throws DataException if a part is empty
   */
  Parts parts(UciSet.Fold fold, long seed) throws DataException {
    Split<Dataset> split = Split.stratified(fold.rest(), HELD_OUT, seed);
    return new Parts(split.training(), split.heldOut(), fold.marked());
  }

  /** The units in which features are read, by default those of the rows that are trained on. */
  Standardisation units(UciSet set, Parts parts) {
    return Standardisation.of(parts.training());
  }

  private static TrainingOptions published(long seed) {
    return adamOfThePaper().temperature(1).offset(0).seed(seed).build();
  }

  private static TrainingOptions.Builder adamOfThePaper() {
    return TrainingOptions.builder()
        .learningRate(1e-3)
        .schedule(Schedule.CONSTANT)
        .batchSize(64)
        .epochs(100)
        .patience(30)
        .epsilons(RADII);
  }
}
