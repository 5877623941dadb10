package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.runtime.vector.Panels;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelVariantTest {

  private static final String PROPERTY = "lipc.kernels";

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void aLayerSwitchesOnceVectorsHaveWonAndKeepsItsBits() {
    float[][] columns = {{1, 2, 3}, {0.1f, -7, 5}};
    ScalarDense scalar = new ScalarDense(columns, new float[] {0.3f, -0.2f, 1}, true);
    AtomicBoolean won = new AtomicBoolean();
    SwitchingDense dense = new SwitchingDense(scalar, won::get);
    float[] before = new float[3];
    dense.apply(new float[] {0.7f, 0.9f}, before);
    assertThat(dense.current()).isSameAs(scalar);
    won.set(true);
    float[] after = new float[3];
    dense.apply(new float[] {0.7f, 0.9f}, after);
    assertThat(dense.current()).isInstanceOf(VectorDense.class);
    assertThat(dense.current()).isSameAs(dense.current());
    assertThat(after).containsExactly(before);
  }

  @Test
  void aLayerIsPackedIfItsWeightsAndAPanelFitOneArrayAndItsSumsAnother() {
    assertThat(KernelVariant.canPack(1, 1)).isTrue();
    assertThat(KernelVariant.canPack(46_340, 46_335)).isTrue();
    assertThat(KernelVariant.canPack(Integer.MAX_VALUE - 264, 1)).isTrue();
    assertThat(KernelVariant.canPack(Integer.MAX_VALUE - 263, 1)).isFalse();
    assertThat(KernelVariant.canPack(1, 16_777_213)).isTrue();
    assertThat(KernelVariant.canPack(1, 16_777_214)).isFalse();
    assertThat(KernelVariant.canPack(46_341, 46_341)).isFalse();
    assertThat(KernelVariant.canPack(1 << 17, 1 << 17)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(KernelVariant.class)
  void aLayerThatCannotBePackedIsScalar(KernelVariant variant) {
    float[] column = new float[46_341];
    float[][] columns = new float[46_341][];
    Arrays.fill(columns, column);
    assertThat(variant.dense(columns, column, true)).isInstanceOf(ScalarDense.class);
  }

  @Test
  void onlyVectorsRunVectors() {
    assertThat(KernelVariant.SCALAR.runsVectors()).isFalse();
    assertThat(KernelVariant.VECTOR.runsVectors()).isTrue();
  }

  @Test
  void noPanelOrTileIsLargerThanTheOneThatIsAllowedFor() {
    assertThat(4 * Panels.LANES).isLessThanOrEqualTo(KernelVariant.LONGEST_PANEL);
    assertThat(2 * Panels.LANES).isLessThanOrEqualTo(KernelVariant.MOST_ROWS);
  }

  @Test
  void whatIsAskedForAndIsThereIsNoFault() {
    for (String value : new String[] {"auto", "scalar", "vector"}) {
      System.setProperty(PROPERTY, value);
      assertThat(KernelVariant.fault()).as(value).isEmpty();
    }
  }

  @Test
  void anUnknownVariantIsNamedWithThoseThatThereAre() {
    System.setProperty(PROPERTY, "vectors");
    assertThat(KernelVariant.fault())
        .hasValue("-Dlipc.kernels=vectors is not auto, scalar or vector");
  }
}
