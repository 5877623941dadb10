package io.lipc.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an input is, and which vectors its box holds. */
class UnitTest {

  @Test
  void boxesHoldTheirEnds() {
    Unit.Box box = new Unit.Box(List.of(-1.0, 2.0), List.of(0.5, 2.0));
    assertThat(box.contains(new double[] {-1, 2})).isTrue();
    assertThat(box.contains(new double[] {0.5, 2})).isTrue();
    assertThat(box.contains(new double[] {0, 2})).isTrue();
    for (double outside : new double[] {Math.nextDown(-1), Math.nextUp(0.5), Double.NaN}) {
      assertThat(box.contains(new double[] {outside, 2})).isFalse();
    }
    for (double outside : new double[] {Math.nextDown(2), Math.nextUp(2), Double.NaN}) {
      assertThat(box.contains(new double[] {0, outside})).isFalse();
    }
  }

  @Test
  void whereNoBoxIsDeclared() {
    Unit.Box unit = new Unit.Input(List.of(1, 2), Optional.empty()).boxOrUnit();
    assertThat(unit.lower()).containsExactly(-1.0, -1.0);
    assertThat(unit.upper()).containsExactly(1.0, 1.0);
    Unit.Box box = new Unit.Box(List.of(0.0), List.of(3.0));
    assertThat(new Unit.Input(1, Optional.of(box)).boxOrUnit()).isSameAs(box);
  }

  /** As many elements as an int counts, whatever the order of the extents. */
  @Test
  void extents() {
    int most = Integer.MAX_VALUE;
    for (List<Integer> extents : List.of(List.of(most), List.of(most, 1), List.of(1, 1, most))) {
      assertThat(new Unit.Input(extents, Optional.empty()).size()).isEqualTo(most);
    }
    for (List<Integer> extents :
        List.of(
            List.<Integer>of(),
            List.of(1 << 16, 1 << 15),
            List.of(most, most, most, most),
            List.of(2, 0),
            List.of(-1, -1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Unit.Input(extents, Optional.empty()))
          .withMessage("an input of the extents " + extents);
    }
  }

  /** Identity and center are linear units; no activation has one of these names and a constant. */
  @Test
  void identityAndCenterAreNoActivations() {
    for (String name : List.of("identity", "center")) {
      assertThatThrownBy(() -> new Unit.Activation(0, name, List.of(), 2, 1))
          .hasMessage(name + " has no kink: it is a linear unit");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Unit.activation(0, name, List.of(1.0), 2))
          .withMessage("no activation `" + name + "`");
      assertThat(Unit.activation(0, name, List.of(), 2)).isInstanceOf(Unit.Linear.class);
    }
    assertThat(new Unit.Activation(0, "relu", List.of(), 2, 1).function().word()).isEqualTo("relu");
  }

  @Test
  void aTorusHasTwoAxes() {
    Torus torus = new Torus(List.of(2, 3), List.of(0.0, 0.5));
    assertThat(torus.cells()).containsExactly(2, 3);
    assertThat(torus.twist()).containsExactly(0.0, 0.5);
    for (List<Integer> cells : List.of(List.<Integer>of(), List.of(2), List.of(2, 3, 4))) {
      assertThatThrownBy(() -> new Torus(cells, List.of(0.0, 0.5)))
          .hasMessage("a torus that does not have two axes");
    }
    for (List<Double> twist : List.of(List.<Double>of(), List.of(0.5), List.of(0.0, 0.5, 0.0))) {
      assertThatThrownBy(() -> new Torus(List.of(2, 3), twist))
          .hasMessage("a torus that does not have two axes");
    }
  }
}
