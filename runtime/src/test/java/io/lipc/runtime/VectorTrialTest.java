package io.lipc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Vector kernels replace scalar ones only where they give the same bits. */
final class VectorTrialTest {

  @Test
  void kernelsThatGiveTheSameBitsAgree() {
    assumeTrue(VectorDense.isPossible(), "no module jdk.incubator.vector");
    List<FloatDense> scalar = VectorTrial.layers(KernelVariant.SCALAR, 3);
    List<FloatDense> vector = VectorTrial.layers(KernelVariant.VECTOR, 3);
    assertThat(new VectorTrial().isAgreed(scalar, vector)).isTrue();
  }

  @Test
  void anotherLayerIsADifferenceWhicheverItIs() {
    List<FloatDense> scalar = VectorTrial.layers(KernelVariant.SCALAR, 3);
    List<FloatDense> others = VectorTrial.layers(KernelVariant.SCALAR, 4);
    for (int i = 0; i < scalar.size(); i++) {
      List<FloatDense> vector = new ArrayList<>(scalar);
      vector.set(i, others.get(i));
      assertThat(new VectorTrial().isAgreed(scalar, vector)).as("layer %d", i).isFalse();
    }
  }
}
