package io.lipc.certificate.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The matrices that a search sees, against ones made by hand. */
final class ProofMatrixTest {

  /**
   * {@code S = 4 x^2 - w_3^2 + sum_k 2 w_k (w_k - w_(k-1))}, w_0 = x; without x, times 16 and 2,
   * the diagonal is 56, 64, 32 and what is beside it -32; each coordinate is scaled by 1/8.
   */
  @Test
  void aChainHasABand() {
    NetworkUnderTest net = new NetworkUnderTest();
    int z = net.input(1);
    for (int layer = 0; layer < 3; layer++) {
      z = net.slopes(z, "relu", 1);
    }
    net.bound = 2;
    assertThat(ProofMatrix.main(net.subject(), () -> {}))
        .isDeepEqualTo(new double[][] {{0.875, -0.5, 0}, {-0.5, 1, -0.5}, {0, -0.5, 0.5}});
  }

  /** {@code 2 (9 I - W W')}, scaled by 1/4 and 1/4. */
  @Test
  void aGain() throws FormatException {
    Tensor weight = Tensor.of("w", ElementType.F64, List.of(2, 3), new double[] {1, 0, 0, 1, 1, 0});
    assertThat(ProofMatrix.gain(weight, 3, () -> {}))
        .isDeepEqualTo(new double[][] {{1, -0.125}, {-0.125, 0.875}});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProofMatrix.gain(weight, Double.NaN, () -> {}))
        .withMessage(Reason.NOT_A_NUMBER.words() + ": gain NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProofMatrix.gain(weight, 1, () -> {}))
        .withMessage(Reason.NOT_POSITIVE_DEFINITE.words() + ": the diagonal");
  }

  /** What costs more than the checker allows is refused like anything else that it refuses. */
  @Test
  void moreWorkThanIsAllowed() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.activation(net.input(4000), "center");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProofMatrix.main(net.subject(), () -> {}))
        .withMessageStartingWith(Reason.TOO_LARGE.words());
  }
}
