package io.lipc.runtime.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Unit;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiecesTest {

  private static int[] of(String name, List<Double> constants, double... x) {
    return Pieces.of(new Unit.Activation(0, name, constants, x.length, 1), x);
  }

  private static int[] of(String name, double... x) {
    return of(name, List.of(), x);
  }

  @Test
  void elementsChangeTheirPieceAtKinks() {
    assertThat(of("relu", -1, -Double.MIN_VALUE, 0, 1)).containsExactly(1, 1, 2, 2);
    assertThat(of("relu6", -1, 0, 5, 6)).containsExactly(1, 2, 2, 3);
    assertThat(of("hard_tanh", -2, -1, 1)).containsExactly(1, 2, 3);
    assertThat(of("hard_swish", -4, -3, 0, 3)).containsExactly(0, 1, 2, 3);
    assertThat(of("hard_sigmoid", -4, -3, 0, 3)).containsExactly(0, 1, 2, 3);
    assertThat(of("leaky_relu", List.of(0.1), -1, 0)).containsExactly(1, 2);
    assertThat(of("tanh", -1, 0)).containsExactly(0, 1);
  }

  /** Curves are evaluated by another formula from 0 on. */
  @Test
  void curvesChangeAtZero() {
    for (String name : List.of("gelu", "gelu_tanh", "elu", "sigmoid", "softplus", "silu", "sin")) {
      List<Double> constants = name.equals("elu") ? List.of(1.0) : List.of();
      assertThat(of(name, constants, -2, -0.5, 0, 0.5, 2)).containsExactly(0, 0, 1, 1, 1);
    }
  }

  @Test
  void groupsChangeWhereTheirOrderDoes() {
    assertThat(of("maxmin", 1, 2, 2, 2)).containsExactly(0, 1, 1);
    assertThat(of("group_sort", List.of(3.0), 1, 2, 0)).containsExactly(0, 1);
    assertThat(of("householder", List.of(1.0, -1.0), 1, 2, 2, 1)).containsExactly(1, 0);
    assertThat(
            Pieces.of(new Unit.Activation(0, "maxmin", List.of(), 4, 2), new double[] {1, 5, 3, 4}))
        .containsExactly(0, 0, 1);
  }

  @Test
  void maximaChangeWhereAnotherElementIsTheLargest() {
    Unit.MaxPool pool =
        new Unit.MaxPool(0, new Grid(1, 2, 4), Window.plain(List.of(2, 2), List.of(2, 2)));
    assertThat(Pieces.of(pool, new double[] {0, 1, 7, 7, 3, 2, 7, 7})).containsExactly(4, 2);
    assertThat(Pieces.of(Unit.scale(0, 1, 2), new double[2])).isEmpty();
  }

  /** The last of three pieces begins at 3; on the mirror itself nothing is reflected. */
  @Test
  void kinksThemselves() {
    assertThat(of("hard_swish", 2, 2.99)).containsExactly(2, 2);
    assertThat(of("hard_sigmoid", 2, 2.99)).containsExactly(2, 2);
    assertThat(of("householder", List.of(1.0, -1.0), 1, 1)).containsExactly(0);
    assertThat(of("householder", List.of(1.0, -1.0), 1.5, 1)).containsExactly(0);
    assertThat(of("householder", List.of(1.0, -1.0), 1, 1.5)).containsExactly(1);
    assertThat(of("householder", List.of(1.0, -1.0), 0, 0, 4, 2, 5, 9, 7, 8))
        .containsExactly(0, 0, 1, 1);
  }
}
