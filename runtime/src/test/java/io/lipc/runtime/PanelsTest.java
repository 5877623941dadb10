package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanelsTest {

  private static final int LARGEST = Panels.LARGEST;

  /** Panels of multiples of five, and of as many as possible. */
  private static final List<Integer> TILES = List.of(5, 1);

  @Test
  void panelsMakeUpTheOutputs() {
    for (int tile : TILES) {
      for (int outputs = 1; outputs <= 10 * LARGEST; outputs++) {
        List<Integer> sizes = sizes(outputs, tile);
        assertThat(sizes).allSatisfy(size -> assertThat(size).isBetween(1, LARGEST));
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(outputs);
      }
    }
  }

  @Test
  void onlyALayerOfLessThanATileHasSuchAPanel() {
    for (int outputs = 5; outputs <= 10 * LARGEST; outputs++) {
      assertThat(sizes(outputs, 5)).allSatisfy(size -> assertThat(size).isGreaterThanOrEqualTo(5));
    }
  }

  @Test
  void upToTwoPanelsAreAsFewAsPossible() {
    for (int outputs = 1; outputs <= 2 * LARGEST; outputs++) {
      for (int tile : TILES) {
        assertThat(sizes(outputs, tile)).hasSize(Math.ceilDiv(outputs, LARGEST));
      }
    }
  }

  @Test
  void allButTheLastTwoAreWholeTiles() {
    List<Integer> sizes = sizes(512, 5);
    assertThat(sizes.subList(0, sizes.size() - 2))
        .allSatisfy(size -> assertThat(size % 5).isZero());
  }

  @Test
  void weightsOfAnInputStandSideBySide() {
    float[][] columns = new float[3][2 * LARGEST + 1];
    for (int k = 0; k < columns.length; k++) {
      for (int i = 0; i < columns[k].length; i++) {
        columns[k][i] = 1000 * k + i;
      }
    }
    Panels panels = Panels.of(columns, new float[columns[0].length], false, 5);
    for (int panel = 0; panel < panels.outputs(); panel += panels.size(panel)) {
      int size = panels.size(panel);
      for (int k = 0; k < columns.length; k++) {
        for (int i = 0; i < size; i++) {
          assertThat(panels.packed()[panel * 3 + k * size + i]).isEqualTo(columns[k][panel + i]);
        }
      }
    }
  }

  private static List<Integer> sizes(int outputs, int tile) {
    Panels panels = new Panels(new float[0], new float[0], 0, 1, outputs, tile);
    List<Integer> sizes = new ArrayList<>();
    for (int panel = 0; panel < outputs; panel += panels.size(panel)) {
      sizes.add(panels.size(panel));
    }
    return sizes;
  }
}
