package io.lipc.certifier.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Subject;
import io.lipc.certifier.Certification;
import io.lipc.certifier.Method;
import io.lipc.certifier.TestNetwork;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NormProductTest extends BoundContract {

  @Override
  Method method() {
    return Method.NORM_PRODUCT;
  }

  private static Subject doubling() {
    TestNetwork inner = TestNetwork.of(3);
    inner.relu(inner.scale(0, 2));
    return inner.subject("demo.Doubling");
  }

  @Test
  void gainsThatMultiplyExactlyGiveTheExactProduct() {
    Subject callee = doubling();
    TestNetwork network = TestNetwork.of(3);
    network.scale(network.call(0, callee), 0.5);

    assertThat(callee.certificate().lipschitz().bound()).isEqualTo(2.0);
    assertThat(network.bound(Method.NORM_PRODUCT)).isEqualTo(1.0);
  }

  @Test
  void sumsAddExactly() {
    TestNetwork network = TestNetwork.of(3);
    network.sum(network.call(0, doubling()), 0);

    assertThat(network.bound(Method.NORM_PRODUCT)).isEqualTo(3.0);
  }

  @Test
  void concatenationTakesTheRootOfTheSumOfSquares() {
    TestNetwork network = TestNetwork.of(3);
    network.concat(network.scale(network.relu(0), 3), network.scale(network.relu(0), 4));

    assertThat(network.bound(Method.NORM_PRODUCT)).isEqualTo(5.0);
  }

  @Test
  void nestedSumsReachTheProduct() {
    TestNetwork network = TestNetwork.of(3);
    int a = network.sum(0, network.scale(network.relu(0), 0.3));
    int b = network.sum(a, network.scale(network.relu(a), 0.7), 0);
    network.sum(b, network.scale(network.relu(b), 0.1));

    double product = (1.3 * 1.7 + 1) * 1.1;
    assertThat(network.bound(Method.NORM_PRODUCT))
        .isBetween(product * (1 - 1e-9), product * (1 + 1e-8));
  }

  @Test
  void operandsOfASumAreCutAlike() {
    Random random = new Random(5);
    TestNetwork network = TestNetwork.of(4);
    int narrow = network.dense(0, TestNetwork.random(random, 2, 4));
    int joined = network.concat(narrow, network.relu(0));
    int wide = network.relu(network.dense(0, TestNetwork.random(random, 6, 4)));
    int turned = network.concat(network.relu(0), narrow);
    network.dense(network.sum(joined, wide, turned), TestNetwork.random(random, 3, 6));

    assertThat(network.best(Method.NORM_PRODUCT)).isInstanceOf(Certification.Certified.class);
  }

  @Test
  void chainOfTwoThousandUnitsIsProved() {
    TestNetwork network = TestNetwork.of(3);
    int at = 0;
    for (int i = 0; i < 1000; i++) {
      at = network.relu(network.dense(at, Dense.identity(3)));
    }

    assertThat(network.bound(Method.NORM_PRODUCT)).isBetween(1.0, 1 + 1e-6);
  }

  @Test
  void deepChainOfSmallGainsDoesNotUnderflow() {
    TestNetwork network = TestNetwork.of(1);
    int at = 0;
    for (int i = 0; i < 1000; i++) {
      at = network.relu(network.scale(at, 0.1));
    }

    assertThat(network.bound(Method.NORM_PRODUCT)).isBetween(Double.MIN_VALUE, 1e-80);
  }

  @Test
  void powerIterationStaysBelowTheVerifiedNorm() {
    Random random = new Random(11);
    int n = 30;
    double[][] w = clustered(random, n);
    double[] v = TestNetwork.randomVector(random, n);
    double estimate = 0;
    for (int i = 0; i < 50; i++) {
      double[] image = times(Dense.product(Dense.transpose(w), w, Deadline.NONE), v);
      estimate = Math.sqrt(Dense.norm(image) / Dense.norm(v));
      v = image;
    }
    TestNetwork network = TestNetwork.of(n);
    network.dense(0, w);

    assertThat(estimate).isLessThan(1 - 1e-6);
    assertThat(network.bound(Method.NORM_PRODUCT)).isBetween(1 - 1e-12, 1 + 1e-8);
    assertThat(network.certify(Method.NORM_PRODUCT, estimate))
        .isNotInstanceOf(Certification.Certified.class);
  }

  /** {@code H D H'} with a reflection H and singular values 1, 1 - 1e-3, 1 - 2e-3, ... */
  private static double[][] clustered(Random random, int n) {
    double[] v = TestNetwork.randomVector(random, n);
    double[][] reflection = Dense.identity(n);
    for (int i = 0; i < n; i++) {
      Dense.addScaled(reflection[i], v, -2 * v[i] / Dense.dot(v, v));
    }
    double[][] scaled = Dense.copy(reflection);
    for (int i = 0; i < n; i++) {
      double singular = 1 - 1e-3 * i;
      scaled[i] = new double[n];
      Dense.addScaled(scaled[i], reflection[i], singular);
    }
    return Dense.product(Dense.transpose(reflection), scaled, Deadline.NONE);
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] image = new double[matrix.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = Dense.dot(matrix[i], vector);
    }
    return image;
  }
}
