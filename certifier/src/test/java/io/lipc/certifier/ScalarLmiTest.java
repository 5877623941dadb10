package io.lipc.certifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Subject;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScalarLmiTest extends BoundContract {

  @Override
  Method method() {
    return Method.SCALAR_LMI;
  }

  /** A network with the given bound, of vectors of 3. */
  private static Subject callee(String name, double bound) {
    TestNetwork inner = TestNetwork.of(3);
    inner.relu(inner.scale(0, bound));
    return inner.subject(name);
  }

  private static final Subject F = callee("demo.F", 0.5);
  private static final Subject G = callee("demo.G", 1.3);

  private static void assertOptimum(TestNetwork network, double optimum) {
    assertThat(network.bound(Method.SCALAR_LMI))
        .isBetween(optimum * (1 - 1e-9), optimum * (1 + 1e-8));
  }

  @Test
  void aReusedSignalCountsAsOne() {
    TestNetwork network = TestNetwork.of(3);
    int f = network.call(0, F);
    int g = network.call(network.sum(f, network.scale(0, -1)), G);
    network.sum(0, f, g);

    assertThat(network.bound(Method.NORM_PRODUCT)).isCloseTo(3.45, Offset.offset(1e-8));
    assertThat(network.bound(Method.SCALAR_LMI)).isCloseTo(2.5933, Offset.offset(5e-5));
    assertThat(network.bound(Method.AUTO)).isCloseTo(2.5933, Offset.offset(5e-5));
  }

  @Test
  void identityMinusReluIsOneLipschitz() {
    TestNetwork network = TestNetwork.of(3);
    network.sum(0, network.scale(network.relu(0), -1));

    assertOptimum(network, 1);
    assertThat(network.certify(Method.SCALAR_LMI, 1)).isInstanceOf(Certification.Certified.class);
  }
}
