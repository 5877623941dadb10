package io.lipc.tools.train;

import io.lipc.formats.AtomicFile;
import io.lipc.tools.page.TrainingChart;
import io.lipc.training.run.EpochReport;
import io.lipc.training.run.Evaluation;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.RegressionEvaluation;
import io.lipc.training.run.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps what each epoch of this run brought. */
final class History {

  private final TrainingChart.Quantity quantity;
  private final String units;
  private final List<TrainingChart.Epoch> epochs = new ArrayList<>();

  /**
   * The history of a network whose figures are {@code quantity}.
   *
   * @param units of its distances
   */
  History(TrainingChart.Quantity quantity, String units) {
    this.quantity = quantity;
    this.units = units;
  }

  /** Tells {@code other} everything, and keeps it. */
  ProgressListener beside(ProgressListener other) {
    return new ProgressListener() {
      @Override
      public void started(int finishedEpochs, int most, int batchesPerEpoch) {
        other.started(finishedEpochs, most, batchesPerEpoch);
      }

      @Override
      public void batchFinished(int epoch, int batch, double loss) {
        other.batchFinished(epoch, batch, loss);
      }

      @Override
      public void epochFinished(EpochReport report) {
        keep(report);
        other.epochFinished(report);
      }
    };
  }

  private void keep(EpochReport report) {
    epochs.add(
        new TrainingChart.Epoch(
            report.epoch(),
            report.trainingLoss(),
            report.heldOut().loss(),
            figures(report.heldOut())));
  }

  private static List<TrainingChart.Figure> figures(Score score) {
    return switch (score) {
      case Evaluation evaluation -> {
        List<TrainingChart.Figure> figures = new ArrayList<>();
        figures.add(new TrainingChart.Figure("accuracy", evaluation.accuracy()));
        evaluation
            .certified()
            .forEach(
                (distance, share) ->
                    figures.add(new TrainingChart.Figure("certified at " + distance, share)));
        yield figures;
      }
      case RegressionEvaluation errors ->
          List.of(
              new TrainingChart.Figure("RMSE", errors.rmse()),
              new TrainingChart.Figure("mean error", errors.meanError()));
    };
  }

  /**
   * Writes a drawing of it.
   *
   * @param best the epoch whose weights were kept
   * @return whether there is anything to draw: a run that was resumed at its end has no epochs
   */
  boolean draw(Path file, String network, int best) throws IOException {
    if (epochs.isEmpty()) {
      return false;
    }
    String svg = TrainingChart.svg(network, quantity, units, epochs, best);
    AtomicFile.write(file, svg.getBytes(StandardCharsets.UTF_8));
    return true;
  }
}
