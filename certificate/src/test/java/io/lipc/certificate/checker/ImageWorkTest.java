package io.lipc.certificate.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.Norms;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.verdict.Verdict.Reason;
import io.lipc.certificate.verdict.Verdict.Rejected;
import io.lipc.formats.Norm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A few numbers of a window that ask for as many products as a large network. */
@Timeout(20)
class ImageWorkTest {

  private final NetworkUnderTest net = new NetworkUnderTest();

  private void assertTooLarge() {
    assertThat(CertificateChecker.check(net.subject()))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(Reason.TOO_LARGE);
              assertThat(rejected.detail()).contains("more work");
            });
  }

  private void withoutMatrix() {
    net.norms = new Norms(Norm.LINF, Norm.LINF);
    net.witness = new PositivityWitness.ElementwiseProduct();
  }

  /** Each of 2^20 windows looks for 1024 elements, and nearly all find none. */
  private void blind(int kernel) {
    int zeros = 1 << 19;
    Window window = new Window(Axis.of(1, 1), new Axis(kernel, 1, zeros, zeros + kernel, 1));
    net.input(1);
    net.tensor("k", List.of(1, 1, 1, kernel), new double[kernel]);
    net.add(
        Unit.convolution(
            0, new Convolution(new Grid(1, 1, 1), 1, window, 1, "k", Optional.empty())));
    net.bound = 0;
  }

  @Test
  void windowsThatFindNothing() {
    blind(1024);
    assertTooLarge();
  }

  @Test
  void windowsThatFindNothingWithoutAMatrix() {
    blind(1024);
    withoutMatrix();
    assertTooLarge();
  }

  @Test
  void maximaOfManyElements() {
    net.input(1 << 20);
    net.add(new Unit.MaxPool(0, new Grid(1, 1 << 10, 1 << 10), Window.square(Axis.of(512, 1))));
    withoutMatrix();
    assertTooLarge();
  }

  @Test
  @Tag("long")
  void meansOfManyElements() {
    net.input(1 << 20);
    Window window = Window.square(Axis.of(512, 1));
    net.add(Unit.averagePool(0, new AveragePool(new Grid(1, 1 << 10, 1 << 10), window, 1)));
    withoutMatrix();
    assertTooLarge();
  }
}
