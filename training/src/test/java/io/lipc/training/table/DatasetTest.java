package io.lipc.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {

  private static final List<String> CLASSES = List.of("a", "b");

  @Test
  void keepsItsOwnCopies() throws DataException {
    double[][] features = {{1, 2}, {3, 4}};
    int[] labels = {0, 1};
    Dataset data = Dataset.of(CLASSES, features, labels);
    features[0][0] = 9;
    labels[0] = 1;
    data.features(0)[1] = 9;
    assertThat(data.features(0)).containsExactly(1, 2);
    assertThat(data.label(0)).isZero();
  }

  @Test
  void refusesWhatCannotBeTrainedOn() {
    assertFault("feature 2 of row 1 is NaN", CLASSES, new double[][] {{1, Double.NaN}}, 0);
    assertFault("feature 1 of row 2 is Infinity", CLASSES, new double[][] {{1}, {1 / 0.0}}, 0, 1);
    assertFault("row 2 has 1 features, not 2", CLASSES, new double[][] {{1, 2}, {1}}, 0, 1);
    assertFault("row 1 has the class number 2", CLASSES, new double[][] {{1}}, 2);
    assertFault("2 samples with 1 labels", CLASSES, new double[][] {{1}, {1}}, 0);
    assertFault("a data set needs at least one sample", CLASSES, new double[][] {});
    assertFault("two or more different classes, not [a]", List.of("a"), new double[][] {{1}}, 0);
    assertFault("different classes, not [a, a]", List.of("a", "a"), new double[][] {{1}}, 0);
  }

  @Test
  void samplesKeepTheNamesOfTheirClasses() throws DataException {
    Dataset data = Dataset.of(CLASSES, new double[][] {{1, 2}, {3, 4}}, new int[] {0, 1});
    Dataset more = data.withClasses(List.of("c", "b", "a"));
    assertThat(more.classes()).containsExactly("c", "b", "a");
    assertThat(List.of(more.label(0), more.label(1))).containsExactly(2, 1);
    assertThat(more.features(1)).containsExactly(3, 4);
    assertThatThrownBy(() -> data.withClasses(List.of("a", "c")))
        .isInstanceOf(DataException.class)
        .hasMessage("the class `b` is none of [a, c]");
  }

  @Test
  void everyNumberCountsInTheDigest() throws DataException {
    Dataset data = Dataset.of(CLASSES, new double[][] {{1, 2}, {3, 4}}, new int[] {0, 1});
    Dataset same = Dataset.of(CLASSES, new double[][] {{1, 2}, {3, 4}}, new int[] {0, 1});
    Dataset feature = Dataset.of(CLASSES, new double[][] {{1, 2}, {3, 5}}, new int[] {0, 1});
    Dataset label = Dataset.of(CLASSES, new double[][] {{1, 2}, {3, 4}}, new int[] {0, 0});
    Dataset name = Dataset.of(List.of("a", "c"), new double[][] {{1, 2}, {3, 4}}, new int[] {0, 1});
    assertThat(data.digest()).isEqualTo(same.digest());
    assertThat(List.of(data.digest(), feature.digest(), label.digest(), name.digest()))
        .doesNotHaveDuplicates();
    assertThat(data.subset(1, 0).digest()).isNotEqualTo(data.digest());
  }

  private static void assertFault(
      String message, List<String> classes, double[][] features, int... labels) {
    assertThatThrownBy(() -> Dataset.of(classes, features, labels))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }
}
