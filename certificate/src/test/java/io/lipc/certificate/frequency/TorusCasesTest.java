package io.lipc.certificate.frequency;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness.AllFrequencies;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Torus;
import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Work;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Small cases by hand, which the profile of mutation asks; {@link TorusInequalityTest} is long. */
class TorusCasesTest {

  /**
   * The gain of {@code x_i - x_(i+2)} is 2 at odd frequencies, along either axis, and 0 at even.
   */
  @Test
  void allFrequenciesAreAsked() {
    Axis apart = new Axis(2, 1, 2, 2, 2);
    Axis one = Axis.of(1, 1);
    for (Window window : List.of(new Window(apart, one), new Window(one, apart))) {
      NetworkUnderTest net = new NetworkUnderTest();
      net.add(new Unit.Input(List.of(1, 2, 2), Optional.empty()));
      List<Integer> shape = List.of(1, 1, window.vertical().kernel(), window.horizontal().kernel());
      net.tensor("k", shape, new double[] {1, -1});
      net.add(
          Unit.convolution(
              0, new Convolution(new Grid(1, 2, 2), 1, window, 1, "k", Optional.empty())));
      net.witness =
          new AllFrequencies(new Torus(List.of(4, 4), List.of(0.0, 0.0)), Optional.empty());
      net.bound = 1.99;
      assertThat(decide(net.subject())).isEqualTo(Decision.NOT_PROVED);
      net.bound = 2.01;
      assertThat(decide(net.subject())).isEqualTo(Decision.POSITIVE);
    }
  }

  /** The square of such a gain is 0 in doubles: a claim that it does nothing is still false. */
  @Test
  void gainsWhoseSquareUnderflows() {
    NetworkUnderTest net = new NetworkUnderTest();
    net.add(new Unit.Input(List.of(2, 1, 1), Optional.empty()));
    net.tensor("k", List.of(2, 1, 1, 1), new double[] {0x1p500, 0x1p500});
    Convolution map =
        new Convolution(
            new Grid(2, 1, 1), 2, Window.square(Axis.of(1, 1)), 2, "k", Optional.empty());
    net.add(Unit.convolution(0, map));
    net.activation(1, "softmax", 0x1p537);
    net.add(Unit.convolution(2, map));
    net.gain(2, 0x1p1010);
    Torus torus = new Torus(List.of(1, 1), List.of(0.0, 0.0));
    net.witness = new AllFrequencies(torus, Optional.empty());
    net.bound = 0x1p-500;
    assertThat(decide(net.subject())).isEqualTo(Decision.NOT_PROVED);
    net.bound = 0x1p470;
    net.multipliers.clear();
    net.gain(2, 0x1p1001);
    assertThat(decide(net.subject())).isEqualTo(Decision.NOT_PROVED);
    net.activation(1, "leaky_relu", -Double.MIN_VALUE);
    net.units.set(2, net.units.removeLast());
    net.multipliers.clear();
    net.slope(2, 0x1p1010);
    net.bound = 0x1p400;
    assertThat(decide(net.subject())).isEqualTo(Decision.NOT_PROVED);
  }

  private static Decision decide(Subject subject) {
    Proof proof = subject.certificate().proof();
    return TorusInequality.decide(subject, 0, (AllFrequencies) proof.witness(), new Work(() -> {}));
  }
}
