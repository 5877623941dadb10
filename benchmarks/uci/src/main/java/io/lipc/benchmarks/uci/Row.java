package io.lipc.benchmarks.uci;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run with what came of it: a line of the file of rows. With the version of lipc it has what is
 * needed to repeat the run.
 */
public record Row(Run run, Layout layout, Result result) implements Serializable {

  /** The columns of the file. */
  static final List<String> COLUMNS =
      List.of(
          "setting",
          "depth",
          "fold",
          "set",
          "construction",
          "seed",
          "hidden_layers",
          "width",
          "inputs",
          "parameters",
          "training_rows",
          "held_out_rows",
          "test_rows",
          "epochs",
          "best_epoch",
          "training_s",
          "proof_s",
          "bound",
          "accuracy",
          "at_36",
          "at_72",
          "at_108",
          "failure");

  /**
   * The network and the rows.
   *
   * @param width of its hidden layers
   * @param inputs zeros behind the features included
   * @param parameters free ones
   */
  public record Layout(
      int hiddenLayers,
      int width,
      int inputs,
      int parameters,
      int trainingRows,
      int heldOutRows,
      int testRows)
      implements Serializable {}

  /** The result of a run. */
  public sealed interface Result extends Serializable {}

  /**
   * A network with a certificate that the checker accepts.
   *
   * @param trainingSeconds of processor time of the worker
   * @param proofSeconds the same for rounding, search, proof and check
   * @param bound of the certificate, l2 to l2
   * @param accuracy the share of the test's rows that it classifies rightly
   * @param certified the same, of those that keep their class within each of {@link Setting#RADII}
   */
  public record Measured(
      int epochs,
      int bestEpoch,
      double trainingSeconds,
      double proofSeconds,
      double bound,
      double accuracy,
      List<Double> certified)
      implements Result {}

  /** Why there is no such network. */
  public record Failed(String reason) implements Result {}

  /** The values of {@link #COLUMNS}. */
  List<String> fields() {
    List<String> head =
        List.of(
            run.setting().word(),
            "" + run.depth(),
            "" + run.fold(),
            run.set(),
            run.contender().word(),
            "" + run.seed(),
            "" + layout.hiddenLayers(),
            "" + layout.width(),
            "" + layout.inputs(),
            "" + layout.parameters(),
            "" + layout.trainingRows(),
            "" + layout.heldOutRows(),
            "" + layout.testRows());
    List<String> rest =
        switch (result) {
          case Measured measured ->
              List.of(
                  "" + measured.epochs(),
                  "" + measured.bestEpoch(),
                  seconds(measured.trainingSeconds()),
                  seconds(measured.proofSeconds()),
                  "" + measured.bound(),
                  "" + measured.accuracy(),
                  "" + measured.certified().get(0),
                  "" + measured.certified().get(1),
                  "" + measured.certified().get(2),
                  "");
          case Failed(String reason) ->
              List.of("", "", "", "", "", "", "", "", "", reason.replaceAll("\\s+", " "));
        };
    return Stream.concat(head.stream(), rest.stream()).toList();
  }

  /** The line that is printed while rows are made. */
  String line() {
    return switch (result) {
      case Measured measured ->
          String.format(
              Locale.ROOT,
              "%s: %.1f %% in %.1f s",
              run,
              100 * measured.accuracy(),
              measured.trainingSeconds() + measured.proofSeconds());
      case Failed(String reason) -> run + ": FAILED: " + reason;
    };
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /**
   * The row of such fields, by column.
   *
   * @throws IllegalArgumentException naming the column that is wrong
   */
  static Row of(Map<String, String> fields) {
    RowReader read = new RowReader(fields);
    Run run =
        new Run(
            read.word("setting", Setting.values(), Setting::word),
            read.count("depth"),
            read.count("fold"),
            read.text("set"),
            read.word("construction", Contender.values(), Contender::word),
            read.count("seed"));
    Layout layout =
        new Layout(
            read.count("hidden_layers"),
            read.count("width"),
            read.count("inputs"),
            read.count("parameters"),
            read.count("training_rows"),
            read.count("held_out_rows"),
            read.count("test_rows"));
    String failure = read.text("failure");
    Result result =
        !failure.isEmpty()
            ? new Failed(failure)
            : new Measured(
                read.count("epochs"),
                read.count("best_epoch"),
                read.number("training_s"),
                read.number("proof_s"),
                read.number("bound"),
                read.number("accuracy"),
                List.of(read.number("at_36"), read.number("at_72"), read.number("at_108")));
    return new Row(run, layout, result);
  }
}
