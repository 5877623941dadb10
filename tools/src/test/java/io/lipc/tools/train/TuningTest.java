package io.lipc.tools.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lipc.formats.Digest;
import io.lipc.tools.Trained;
import io.lipc.tools.command.InputError;
import io.lipc.training.Trainable;
import io.lipc.training.run.Evaluation;
import io.lipc.training.run.ProgressListener;
import io.lipc.training.run.Split;
import io.lipc.training.run.TrainingException;
import io.lipc.training.run.TrainingOptions;
import io.lipc.training.table.CsvData;
import io.lipc.training.table.Dataset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches over landscapes of scores whose best place is known. */
final class TuningTest {

  private static final LossConstants DEFAULTS = new LossConstants(4, 0.1);
  private static final List<Double> DISTANCES = List.of(0.1, 0.25);
  private static final Digest ABOUT = Digest.of("this".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;
  private Path file;
  private final List<Trial> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void name() {
    file = folder.resolve("made/trials.csv");
  }

  private final Tuning.Listener listener =
      new Tuning.Listener() {
        @Override
        public void finished(Tried tried) {
          asked.add(tried.trial());
        }

        @Override
        public void failed(Trial trial, String message) {
          failures.add(trial.loss().arguments() + ": " + message);
        }
      };

  private static Tuning tuning(Optional<Double> temperature, Optional<Double> offset) {
    LossConstants given =
        new LossConstants(
            temperature.orElse(DEFAULTS.temperature()), offset.orElse(DEFAULTS.offset()));
    return Tuning.of(given, temperature, offset, DISTANCES, 80);
  }

  private List<Tuning.Summary> search(Tuning tuning, Tuning.Training training) throws InputError {
    return tuning.search(TrialFile.open(file, ABOUT, DISTANCES), training, listener);
  }

  private static Evaluation evaluation(double share) {
    SortedMap<Double, Double> certified = new TreeMap<>();
    DISTANCES.forEach(distance -> certified.put(distance, share));
    return new Evaluation(1, share, certified);
  }

  private static double peak(LossConstants loss, double temperature, double offset) {
    double octaves = Math.abs(Math.log(loss.temperature() / temperature)) / Math.log(2);
    return 0.9 - 0.1 * octaves - Math.abs(loss.offset() - offset);
  }

  @Test
  void theBestPlaceOfTheGridIsChosen() throws Exception {
    Tuning tuning = tuning(Optional.empty(), Optional.empty());
    List<Tuning.Summary> summaries =
        search(tuning, trial -> evaluation(peak(trial.loss(), 16, 0.25)));
    assertThat(summaries).hasSize(6 * 3);
    assertThat(summaries.getFirst().loss()).isEqualTo(new LossConstants(16, 0.25));
    assertThat(asked).hasSize(tuning.trials()).hasSize(18 + 6 * 3).doesNotHaveDuplicates();
    assertThat(asked.stream().mapToLong(Trial::epochs).sum())
        .isEqualTo(tuning.epochs())
        .isEqualTo(18 * 10 + 18 * 40);
    assertThat(summaries.subList(0, 6)).allMatch(summary -> summary.trials().size() == 3);
    assertThat(summaries.subList(6, 18)).allMatch(summary -> summary.trials().size() == 1);
    assertThat(summaries.subList(6, 18))
        .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
  }

  /** However bad they look with few epochs; and of equals they are chosen. */
  @Test
  void theDefaultsHaveASecondRound() throws Exception {
    List<Tuning.Summary> summaries =
        search(
            tuning(Optional.empty(), Optional.empty()),
            trial ->
                evaluation(
                    trial.epochs() < 40 ? (trial.loss().equals(DEFAULTS) ? 0.1 : 0.5) : 0.8));
    assertThat(summaries.getFirst().loss()).isEqualTo(DEFAULTS);
    assertThat(summaries.getFirst().trials()).hasSize(3);
  }

  @Test
  void splitsAreAveraged() throws Exception {
    LossConstants lucky = new LossConstants(8, 0);
    List<Tuning.Summary> summaries =
        search(
            tuning(Optional.empty(), Optional.empty()),
            trial ->
                evaluation(
                    trial.loss().equals(lucky)
                        ? (trial.split() == 0 ? 0.9 : 0.3)
                        : trial.loss().temperature() == 2 ? 0.6 : 0.2));
    assertThat(summaries.getFirst().loss().temperature()).isEqualTo(2);
    assertThat(summaries.getFirst().score()).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void whatIsGivenIsNotSearched() throws Exception {
    List<Tuning.Summary> summaries =
        search(tuning(Optional.of(3.0), Optional.empty()), trial -> evaluation(0.5));
    assertThat(summaries).extracting(summary -> summary.loss().temperature()).containsOnly(3.0);
    assertThat(summaries)
        .extracting(summary -> summary.loss().offset())
        .containsExactlyInAnyOrder(0.1, 0.0, 0.25);
    Files.delete(file);
    summaries = search(tuning(Optional.empty(), Optional.of(0.7)), trial -> evaluation(0.5));
    assertThat(summaries).extracting(summary -> summary.loss().offset()).containsOnly(0.7);
    assertThat(summaries)
        .extracting(summary -> summary.loss().temperature())
        .containsExactlyInAnyOrder(1.0, 2.0, 4.0, 8.0, 16.0, 32.0);
  }

  @Test
  void whatFailsIsToldAndNotChosen() throws Exception {
    TrainingException failure = failure();
    List<Tuning.Summary> summaries =
        search(
            tuning(Optional.empty(), Optional.of(0.0)),
            trial -> {
              if (trial.loss().temperature() >= 16 || trial.split() == 1) {
                throw failure;
              }
              return evaluation(0.4);
            });
    assertThat(failures)
        .contains("--temperature 16 --offset 0: " + failure.getMessage())
        .hasSize(2 + 2 * 3 + 4);
    assertThat(summaries.getFirst().score()).isEqualTo(-1);
    assertThat(
            TrialFile.open(file, ABOUT, DISTANCES).find(new Trial(new LossConstants(32, 0), 10, 0)))
        .contains(new Tried(new Trial(new LossConstants(32, 0), 10, 0), Optional.empty()));
  }

  /** That of a run which an impossible rate ends. */
  private TrainingException failure() throws Exception {
    Trained files = new Trained(Files.createDirectories(folder.resolve("failing")));
    Trainable network = TrainableText.read(files.path("net.lip"), Optional.empty());
    Split<Dataset> split = Split.stratified(CsvData.read(files.path("data.csv"), 3), 0.2, 1);
    TrainingOptions impossible =
        TrainingOptions.builder().epochs(2).tau(0).temperature(1e6).build();
    try {
      network.train(split.training(), impossible, ProgressListener.NONE);
    } catch (TrainingException e) {
      return e;
    }
    throw new AssertionError("the sum of exponentials has not overflowed");
  }

  @Test
  void aSearchGoesOnWhereItWasInterrupted() throws Exception {
    Tuning tuning = tuning(Optional.empty(), Optional.empty());
    Tuning.Training training = trial -> evaluation(peak(trial.loss(), 2, 0.1));
    List<Tuning.Summary> whole = search(tuning, training);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1 + tuning.trials());
    for (int kept : new int[] {1, 2, 10, 19, 25, lines.size()}) {
      Files.write(file, lines.subList(0, kept));
      asked.clear();
      assertThat(search(tuning, training)).isEqualTo(whole);
      assertThat(asked).hasSize(lines.size() - kept);
      assertThat(Files.readAllLines(file)).containsExactlyInAnyOrderElementsOf(lines);
    }
  }

  @Test
  void rowsSayWhatWasTried() throws Exception {
    TrialFile trials = TrialFile.open(file, ABOUT, DISTANCES);
    trials.add(
        new Tried(
            new Trial(new LossConstants(4, 0.1), 25, 2), Optional.of(List.of(0.75, 0.5, 1 / 3.0))));
    trials.add(new Tried(new Trial(new LossConstants(0.5, 0), 3, 0), Optional.empty()));
    String digits = ABOUT.hex().substring(0, 16);
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "search,temperature,offset,epochs,split,accuracy,certified at 0.1,certified at 0.25",
            digits + ",4.0,0.1,25,2,0.75,0.5," + 1 / 3.0,
            digits + ",0.5,0.0,3,0,,,");
    assertThat(TrialFile.open(file, ABOUT, DISTANCES).size()).isEqualTo(2);
    assertThat(TrialFile.open(file, ABOUT, DISTANCES).epochs()).isEqualTo(28);
  }

  @Test
  void filesOfOthersAreRefused() throws Exception {
    TrialFile.open(file, ABOUT, DISTANCES)
        .add(new Tried(new Trial(DEFAULTS, 1, 0), Optional.of(List.of(1.0, 1.0, 1.0))));
    Digest other = Digest.of("that".getBytes(StandardCharsets.UTF_8));
    assertRefused(
        other,
        " belongs to another search: network, table or options differ from those given now; delete"
            + " it to start anew, or name another --out");
    String digits = ABOUT.hex().substring(0, 16);
    for (String row : List.of("", ",1,0,1", ",1,0,1,0,1,1", ",x,0,1,0,1,1,1", ",1,0,1.5,0,1,1,1")) {
      Files.writeString(file, "search,x\n" + digits + row + "\n");
      assertRefused(ABOUT, ":2: not a trial; delete the file to start anew");
    }
    Files.writeString(file, "x,y\n1,2\n");
    assertRefused(ABOUT, " is not a table of trials; delete it, or name another --out");
    Files.delete(file);
    Files.createDirectories(file);
    assertThatThrownBy(() -> TrialFile.open(file, ABOUT, DISTANCES))
        .isInstanceOf(InputError.class)
        .hasMessageStartingWith(file + " cannot be read and written: ");
  }

  private void assertRefused(Digest about, String message) {
    assertThatThrownBy(() -> TrialFile.open(file, about, DISTANCES))
        .isInstanceOf(InputError.class)
        .hasMessage(file + message);
  }
}
