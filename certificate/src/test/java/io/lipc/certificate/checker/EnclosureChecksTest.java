package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import org.junit.jupiter.api.Test;

/** How much work parts of a box allow. */
final class EnclosureChecksTest {

  /** A text can call a network as often as it likes, and has its weights once. */
  @Test
  void equalTensorsAllowWorkOnce() {
    double[][] once = {{1, 2}, {3, 4}};
    NetworkUnderTest net = new NetworkUnderTest();
    net.input(2);
    net.dense(0, once);
    net.dense(1, once);
    net.dense(2, new double[][] {{1, 2}, {3, 5}, {6, 7}});
    net.dense(3, new double[][] {{1, 2, 3}});
    assertThat(EnclosureChecks.weights(net.subject())).isEqualTo(4 + 6);
  }
}
