package io.lipc.runtime.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PanelsTest {

  private static final int FIVE = SmallTiles.OUTPUTS;

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64, 128, 256})
  void panelsMakeUpTheOutputs(int largest) {
    for (int outputs = 1; outputs <= 10 * largest; outputs++) {
      for (List<Integer> sizes :
          List.of(sizes(outputs, FIVE, largest), sizes(outputs, 1, largest))) {
        assertThat(sizes).allSatisfy(size -> assertThat(size).isBetween(1, largest));
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(outputs);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64, 128, 256})
  void onlyALayerOfLessThanATileHasSuchAPanel(int largest) {
    for (int outputs = FIVE; outputs <= 10 * largest; outputs++) {
      assertThat(Collections.min(sizes(outputs, FIVE, largest))).isGreaterThanOrEqualTo(FIVE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64, 128, 256})
  void upToTwoPanelsAreAsFewAsPossible(int largest) {
    for (int outputs = 1; outputs <= 2 * largest; outputs++) {
      assertThat(sizes(outputs, FIVE, largest)).hasSize(Math.ceilDiv(outputs, largest));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64, 128, 256})
  void panelsAreAsLargeAsWholeTilesCanBe(int largest) {
    List<Integer> sizes = sizes(10 * largest, FIVE, largest);
    assertThat(sizes.subList(0, sizes.size() - 2)).containsOnly(largest / FIVE * FIVE);
    assertThat(sizes(10 * largest + 3, 1, largest))
        .hasSize(11)
        .startsWith(largest, largest, largest, largest, largest)
        .endsWith(largest, 3);
  }

  @Test
  void weightsOfAnInputStandSideBySide() {
    float[][] columns = new float[3][2 * Panels.LARGEST + 1];
    for (int k = 0; k < columns.length; k++) {
      for (int i = 0; i < columns[k].length; i++) {
        columns[k][i] = 1000 * k + i;
      }
    }
    Panels panels = Panels.of(columns, new float[columns[0].length], false, FIVE);
    int panel = 0;
    for (int end : panels.ends()) {
      int size = end - panel;
      for (int k = 0; k < columns.length; k++) {
        for (int i = 0; i < size; i++) {
          assertThat(panels.packed()[panel * 3 + k * size + i]).isEqualTo(columns[k][panel + i]);
        }
      }
      panel = end;
    }
    assertThat(panel).isEqualTo(columns[0].length);
  }

  private static List<Integer> sizes(int outputs, int multiple, int largest) {
    List<Integer> sizes = new ArrayList<>();
    int panel = 0;
    for (int end : Panels.ends(outputs, multiple, largest)) {
      sizes.add(end - panel);
      panel = end;
    }
    return sizes;
  }
}
