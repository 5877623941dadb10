package io.lipc.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.training.table.DataException;
import io.lipc.training.table.Dataset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

  @Test
  void everyClassGivesItsShare() throws DataException {
    Split<Dataset> split = Split.stratified(data(50, 10, 5), 0.2, 1);
    assertThat(counts(split.heldOut())).containsExactly(10, 2, 1);
    assertThat(counts(split.training())).containsExactly(40, 8, 4);
  }

  @Test
  void classesOfTwoStandOnBothSidesAndSingleOnesInTraining() throws DataException {
    for (double share : new double[] {0.01, 0.5, 0.99}) {
      Split<Dataset> split = Split.stratified(data(2, 1, 2), share, 1);
      assertThat(counts(split.heldOut())).containsExactly(1, 0, 1);
      assertThat(counts(split.training())).containsExactly(1, 1, 1);
    }
  }

  @Test
  void noSampleIsLostOrDoubled() throws DataException {
    Split<Dataset> split = Split.stratified(data(31, 17), 0.3, 4);
    double[] values =
        IntStream.concat(values(split.training()), values(split.heldOut()))
            .asDoubleStream()
            .sorted()
            .toArray();
    assertThat(values).containsExactly(IntStream.range(0, 48).asDoubleStream().toArray());
  }

  @Test
  void theSeedDecides() throws DataException {
    Dataset data = data(30, 30);
    assertThat(Split.stratified(data, 0.2, 1).heldOut().digest())
        .isEqualTo(Split.stratified(data, 0.2, 1).heldOut().digest())
        .isNotEqualTo(Split.stratified(data, 0.2, 2).heldOut().digest());
  }

  @Test
  void nothingToHoldOutIsRefused() {
    assertThatThrownBy(() -> Split.stratified(data(1, 1), 0.2, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("no class has two samples, so nothing can be held out");
  }

  @Test
  void permutationsHoldEachNumberOnceAndDifferByEpoch() {
    int[] first = Seeds.permutation(100, Seeds.generator(1, Seeds.Purpose.SHUFFLE, 1));
    int[] second = Seeds.permutation(100, Seeds.generator(1, Seeds.Purpose.SHUFFLE, 2));
    assertThat(first).isNotEqualTo(second);
    assertThat(IntStream.of(first).sorted())
        .containsExactly(IntStream.range(0, 100).boxed().toArray(Integer[]::new));
  }

  /** The only feature of a sample is its number. */
  private static Dataset data(int... sizes) throws DataException {
    int[] labels =
        IntStream.range(0, sizes.length)
            .flatMap(c -> IntStream.generate(() -> c).limit(sizes[c]))
            .toArray();
    double[][] features =
        IntStream.range(0, labels.length).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
    List<String> classes = IntStream.range(0, sizes.length).mapToObj(c -> "c" + c).toList();
    return Dataset.of(classes, features, labels);
  }

  private static IntStream values(Dataset data) {
    return IntStream.range(0, data.size()).map(i -> (int) data.features(i)[0]);
  }

  private static int[] counts(Dataset data) {
    int[] counts = new int[data.classes().size()];
    for (int i = 0; i < data.size(); i++) {
      counts[data.label(i)]++;
    }
    return counts;
  }
}
