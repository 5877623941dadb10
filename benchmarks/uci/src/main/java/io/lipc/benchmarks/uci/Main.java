package io.lipc.benchmarks.uci;

import io.lipc.training.table.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command: makes the rows that are missing, or the tables of those that stand. */
@Command(
    name = "uci",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains certified classifiers of UCI sets, and writes a row for each.",
      "Runs whose row stands in ROWS are not made again: a command that was ended goes on where it"
          + " was."
    })
public final class Main implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "ROWS", description = "The CSV file of the rows.")
  private Path rows = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where the sets are: SET.csv and SET.test-folds.csv of each.")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--sets", split = ",", paramLabel = "SET", description = "Default: all.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--folds", paramLabel = "N", description = "The first N folds. Default: 4.")
  private int folds = 4;

  @Option(names = "--seeds", paramLabel = "N", description = "For each fold. Default: 1.")
  private int seeds = 1;

  @Option(
      names = "--depths",
      split = ",",
      paramLabel = "N",
      description = "Hidden layers. Default: 4,6.")
  private List<Integer> depths = List.of(4, 6);

  @Option(
      names = "--settings",
      split = ",",
      paramLabel = "NAME",
      converter = SettingReader.class,
      description = "Of paper, lipc, files, which are the default, paper-warm, paper-leak.")
  private List<Setting> settings = Setting.COMPARED;

  @Option(
      names = "--constructions",
      split = ",",
      paramLabel = "NAME",
      converter = ContenderReader.class,
      description =
          "Of plain, sll, aol, orthogonal, sandwich, ldlt-l, ldlt-r, which are the default, sll-unpadded, sll-normal.")
  private List<Contender> contenders = Contender.COMPARED;

  @Option(names = "--workers", paramLabel = "N", description = "Runs at a time. Default: 2.")
  private int workers = 2;

  @Option(
      names = "--table",
      description = "Prints the tables of the rows that stand, in Markdown, and makes none.")
  private boolean table;

  @Option(
      names = "--plots",
      paramLabel = "FOLDER",
      description = "Draws the rows that stand into this folder, as SVG, and makes none.")
  private Optional<Path> plots = Optional.empty();

  private final IntFunction<Engine> engines;

  /**
   * The command with another engine.
   *
   * @param engines for how many runs at a time
   */
  public Main(IntFunction<Engine> engines) {
    this.engines = engines;
  }

  /** The command. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new Main(Workers::new)).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (table || plots.isPresent()) {
        show(out);
      } else {
        make(out);
      }
      return CommandLine.ExitCode.OK;
    } catch (IOException | DataException | IllegalArgumentException e) {
      spec.commandLine().getErr().println("uci: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }

  private void show(PrintWriter out) throws IOException {
    List<Row> standing = RowFile.read(rows);
    if (table) {
      out.print(Tables.markdown(standing));
      out.flush();
    }
    if (plots.isPresent()) {
      Files.createDirectories(plots.get());
      Files.writeString(plots.get().resolve("uci-accuracy.svg"), AccuracyPlot.svg(standing));
      Files.writeString(plots.get().resolve("uci-differences.svg"), DifferencePlot.svg(standing));
    }
  }

  private void make(PrintWriter out) throws IOException, DataException, InterruptedException {
    requirePositive("--folds", folds);
    requirePositive("--seeds", seeds);
    requirePositive("--workers", workers);
    for (int depth : depths) {
      if (depth < 2 || depth % ResidualBlocks.HIDDEN != 0) {
        throw new IllegalArgumentException(
            "--depths %d: depths are even, as blocks of ldlt-r have two hidden layers"
                .formatted(depth));
      }
    }
    Path folder =
        data.orElseThrow(
            () -> new IllegalArgumentException("--data FOLDER says where the sets are"));
    List<String> chosen = sets.isEmpty() ? UciSet.names(folder) : sets;
    Plan plan =
        Plan.of(chosen, folds, seeds, depths, settings, contenders).without(RowFile.read(rows));
    try (RowFile file = RowFile.open(rows)) {
      AtomicInteger count = new AtomicInteger();
      Engine.Rows kept =
          row -> {
            file.append(row);
            out.printf("%d of %d: %s%n", count.incrementAndGet(), plan.runs().size(), row.line());
            out.flush();
          };
      engines.apply(workers).make(plan, folder, kept);
    }
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s is %d, not at least 1".formatted(option, value));
    }
  }

  private static <T> T of(String word, T[] values, Function<T, String> name) {
    return Arrays.stream(values)
        .filter(value -> name.apply(value).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "`%s` is none of %s"
                        .formatted(
                            word, String.join(", ", Arrays.stream(values).map(name).toList()))));
  }

  /** Created by picocli. */
  static final class SettingReader implements ITypeConverter<Setting> {
    @Override
    public Setting convert(String word) {
      return of(word, Setting.values(), Setting::word);
    }
  }

  /** Created by picocli. */
  static final class ContenderReader implements ITypeConverter<Contender> {
    @Override
    public Contender convert(String word) {
      return of(word, Contender.values(), Contender::word);
    }
  }
}
