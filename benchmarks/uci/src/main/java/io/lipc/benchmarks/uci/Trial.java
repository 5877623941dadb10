package io.lipc.benchmarks.uci;

import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.training.frozen.FrozenEvaluation;
import io.lipc.training.frozen.FrozenNetwork;
import io.lipc.training.run.Classification;
import io.lipc.training.run.Evaluation;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.Split;
import io.lipc.training.run.Trainer;
import io.lipc.training.run.TrainingException;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.run.TrainingResult;
import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/** Trains, freezes, proves and tests one network. */
public final class Trial {

  private Trial() {}

  /**
   * The row of a run. A failure is a row as well.
   *
   * @throws DataException if the set has no such fold
   */
  static Row run(Run run, UciSet set) throws DataException {
    Setting.Parts parts = run.setting().parts(set.fold(run.fold()), run.seed());
    int features = set.data().featureCount();
    int classes = set.data().classes().size();
    Shape shape = Widths.of(run.setting(), run.contender(), features, classes, run.depth());
    Model model = Model.of(run.contender(), shape);
    Row.Layout layout =
        new Row.Layout(
            shape.depth(),
            shape.width(),
            model.inputs(),
            model.parameters(),
            parts.training().size(),
            parts.heldOut().size(),
            parts.test().size());
    try {
      return new Row(run, layout, measured(run, model, parts, run.setting().units(set, parts)));
    } catch (DataException | TrainingException | ProofException e) {
      return new Row(run, layout, new Row.Failed(String.valueOf(e.getMessage())));
    }
  }

  /**
   * The row of a run whose set lies in a folder.
   *
   * @throws IOException if the set cannot be read
   * @throws DataException if it is not in the form that this program reads, or has no such fold
   */
  public static Row run(Run run, Path folder) throws IOException, DataException {
    return run(run, UciSet.read(folder, run.set()));
  }

  /** The files of all sets of a plan. */
  public static List<Path> files(Plan plan, Path folder) {
    return plan.runs().stream()
        .map(Run::set)
        .distinct()
        .flatMap(set -> UciSet.files(folder, set).stream())
        .toList();
  }

  private static Row.Result measured(
      Run run, Model model, Setting.Parts parts, Standardisation units)
      throws DataException, TrainingException, ProofException {
    Split<Dataset> split =
        new Split<>(
            units.apply(parts.training(), model.inputs()),
            units.apply(parts.heldOut(), model.inputs()));
    TrainingOptions options = run.setting().options(run.seed());
    double start = seconds();
    TrainingResult<Evaluation> result =
        Trainer.train(
            Classification.TASK,
            model.network().graph(),
            model.parameterization(),
            split,
            model.bound(),
            options,
            ProgressListener.NONE);
    double trained = seconds();
    FrozenNetwork frozen = model.freeze(result.materialized());
    Verdict verdict = CertificateChecker.check(frozen.subject());
    double proved = seconds();
    return switch (verdict) {
      case Verdict.Rejected rejected -> new Row.Failed("the checker says " + rejected);
      case Verdict.Accepted _ -> {
        FrozenEvaluation test =
            model
                .network()
                .evaluate(frozen, units.apply(parts.test(), model.inputs()), Setting.RADII);
        yield new Row.Measured(
            result.epochs(),
            result.bestEpoch(),
            trained - start,
            proved - trained,
            frozen.bound(),
            test.accuracy(),
            List.copyOf(test.certified().values()));
      }
    };
  }

  /** Processor time of this thread, which does not depend on what else the machine does. */
  private static double seconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() * 1e-9;
  }
}
