import io.lipc.certificate.checker.CertificateChecker;
import io.lipc.certificate.verdict.Verdict;
import io.lipc.training.CsvData;
import io.lipc.training.DataException;
import io.lipc.training.Dataset;
import io.lipc.training.FreezingException;
import io.lipc.training.FrozenEvaluation;
import io.lipc.training.FrozenNetwork;
import io.lipc.training.ProgressListener;
import io.lipc.training.TrainableNetwork;
import io.lipc.training.TrainingException;
import io.lipc.training.TrainingOptions;
import io.lipc.training.TrainingResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Certified classifiers of small UCI sets: for each set, construction and test fold a network is
 * trained, rounded to F32, certified, checked again, and evaluated on the fold. Run from the
 * project's root with a java of 25 or newer, once {@code ./lipc} has been built, whose libraries
 * are the class path:
 *
 * <pre>{@code java -cp "tools/target/lib/*" benchmarks/UciTable.java FOLDER [--epochs=N] [SET...]}
 * </pre>
 *
 * FOLDER has {@code SET.csv}, features and then the class, and {@code SET.test-folds.csv}, one
 * column a fold, 1 for rows of the test. What fails is a line of its own, and the exit status 1.
 */
final class UciTable {

  static final List<String> SETS =
      List.of("iris", "wine", "seeds", "glass", "ionosphere", "statlog-vehicle");
  private static final List<Double> EPSILONS = List.of(0.1, 0.25, 0.5);

  /**
   * Chosen on parts of the training rows: of 0.1, 0.25 and 0.5 the largest that costs no accuracy.
   */
  private static final double OFFSET = 0.25;

  private UciTable() {}

  /** The rows to train on and those of the test; they share none. */
  record Fold(Dataset training, Dataset test) {}

  /** What one fold brought. */
  sealed interface Outcome {}

  /** Of the frozen network, on the rows of the test. */
  record Measured(double bound, double trainingSeconds, FrozenEvaluation evaluation)
      implements Outcome {}

  /** Why there is no such network. */
  record Failed(String reason) implements Outcome {}

  /** How one fold is tried. */
  interface Trial {
    Outcome run(Fold fold, TrainingOptions options) throws Exception;
  }

  /** A line of the table. */
  record Contender(String description, int parameters, Trial trial) {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int epochs = TrainingOptions.defaults().epochs();
    List<String> sets = new ArrayList<>();
    for (String argument : Arrays.asList(arguments).subList(1, arguments.length)) {
      if (argument.startsWith("--epochs=")) {
        epochs = Integer.parseInt(argument.substring("--epochs=".length()));
      } else {
        sets.add(argument);
      }
    }
    System.out.println(
        "| set | network | parameters | accuracy | at 0.1 | at 0.25 | at 0.5 | bound | s |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    boolean failed = false;
    for (String set : sets.isEmpty() ? SETS : sets) {
      List<Fold> folds = folds(folder, set);
      for (Contender contender : contenders(folds.getFirst().training())) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int fold = 0; fold < folds.size(); fold++) {
          outcomes.add(contender.trial().run(folds.get(fold), options(epochs, fold)));
        }
        failed |= print(set, contender, outcomes);
      }
    }
    System.exit(failed ? 1 : 0);
  }

  private static List<Contender> contenders(Dataset data) {
    List<Contender> contenders = new ArrayList<>();
    List<UciNetwork> networks = UciNetwork.of(data);
    for (UciNetwork network : networks) {
      contenders.add(
          new Contender(
              network.description(),
              network.parameters(),
              (fold, options) -> run(network, fold, options)));
    }
    UciPlain plain = new UciPlain(networks.getFirst().trainable());
    contenders.add(
        new Contender(
            plain.description(), plain.size(), (fold, options) -> run(plain, fold, options)));
    return contenders;
  }

  /** The defaults of lipc but for the offset; the seed is the number of the fold, from 1. */
  private static TrainingOptions options(int epochs, int fold) {
    return TrainingOptions.builder()
        .epochs(epochs)
        .offset(OFFSET)
        .epsilons(EPSILONS)
        .seed(fold + 1L)
        .build();
  }

  static List<Fold> folds(Path folder, String set) throws Exception {
    Path data = folder.resolve(set + ".csv");
    int columns = Files.readAllLines(data).getFirst().split(",").length;
    Dataset all = CsvData.read(data, columns);
    List<String[]> marks =
        Files.readAllLines(folder.resolve(set + ".test-folds.csv")).stream()
            .map(line -> line.split(","))
            .toList();
    if (marks.size() != all.size()) {
      throw new IllegalStateException(
          set + ": " + marks.size() + " marks, " + all.size() + " rows");
    }
    List<Fold> folds = new ArrayList<>();
    for (int fold = 0; fold < marks.getFirst().length; fold++) {
      folds.add(new Fold(rows(all, marks, fold, "0"), rows(all, marks, fold, "1")));
    }
    return folds;
  }

  private static Dataset rows(Dataset all, List<String[]> marks, int fold, String mark)
      throws Exception {
    return all.subset(
        IntStream.range(0, all.size())
            .filter(row -> marks.get(row)[fold].strip().equals(mark))
            .toArray());
  }

  static Outcome run(UciNetwork declared, Fold fold, TrainingOptions options) throws Exception {
    TrainableNetwork network = declared.trainable();
    Dataset training = declared.padded(fold.training());
    long start = System.nanoTime();
    try {
      TrainingResult result = network.train(training, options, ProgressListener.NONE);
      double seconds = (System.nanoTime() - start) * 1e-9;
      FrozenNetwork frozen = network.freeze(result.materialized());
      return measured(network, frozen, declared.padded(fold.test()), seconds);
    } catch (TrainingException | FreezingException e) {
      return new Failed(e.getMessage());
    }
  }

  static Outcome run(UciPlain plain, Fold fold, TrainingOptions options) throws Exception {
    long start = System.nanoTime();
    try {
      TrainingResult result = plain.train(fold.training(), options);
      double seconds = (System.nanoTime() - start) * 1e-9;
      Optional<FrozenNetwork> frozen = plain.certified(result.materialized());
      return frozen.isPresent()
          ? measured(plain.network(), frozen.get(), fold.test(), seconds)
          : new Failed("no bound was proved");
    } catch (TrainingException e) {
      return new Failed(e.getMessage());
    }
  }

  private static Outcome measured(
      TrainableNetwork network, FrozenNetwork frozen, Dataset test, double seconds)
      throws DataException {
    return switch (CertificateChecker.check(frozen.subject())) {
      case Verdict.Rejected rejected -> new Failed("the checker says " + rejected);
      case Verdict.Accepted(double bound) ->
          new Measured(bound, seconds, network.evaluate(frozen, test, EPSILONS));
    };
  }

  /** One line for the folds that brought a network, one for each that did not. */
  private static boolean print(String set, Contender contender, List<Outcome> outcomes) {
    String start =
        "| %s | %s | %d |".formatted(set, contender.description(), contender.parameters());
    List<Measured> measured = new ArrayList<>();
    for (int fold = 0; fold < outcomes.size(); fold++) {
      switch (outcomes.get(fold)) {
        case Measured m -> measured.add(m);
        case Failed(String reason) ->
            System.out.printf("%s fold %d FAILED: %s |%n", start, fold + 1, reason);
      }
    }
    if (!measured.isEmpty()) {
      String certified =
          EPSILONS.stream()
              .map(e -> percent(measured, m -> m.evaluation().certified().get(e)))
              .collect(Collectors.joining(" | "));
      System.out.printf(
          Locale.ROOT,
          "%s %s | %s | %.1f | %.1f |%n",
          start,
          percent(measured, m -> m.evaluation().accuracy()),
          certified,
          Math.ceil(10 * measured.stream().mapToDouble(Measured::bound).max().orElseThrow()) / 10,
          measured.stream().mapToDouble(Measured::trainingSeconds).average().orElseThrow());
    }
    return measured.size() < outcomes.size();
  }

  /** Mean and standard deviation over the folds. */
  private static String percent(List<Measured> measured, ToDoubleFunction<Measured> share) {
    double[] shares = measured.stream().mapToDouble(share).map(x -> 100 * x).toArray();
    double mean = Arrays.stream(shares).average().orElseThrow();
    double variance =
        Arrays.stream(shares).map(x -> (x - mean) * (x - mean)).sum()
            / Math.max(1, shares.length - 1);
    return String.format(Locale.ROOT, "%.1f ± %.1f", mean, Math.sqrt(variance));
  }
}
