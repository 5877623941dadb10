package io.lipc.model.construction;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which kernels are made orthogonal, and how. */
final class OrthogonalFormTest {

  private static final Axis UNIT = new Axis(3, 1, 1, 1, 1);
  private static final Axis APART = new Axis(2, 2, 0, 1, 1);

  private static Optional<OrthogonalForm> form(Axis down, Axis across, int groups) {
    return OrthogonalForm.of(
        new Convolution(
            new Grid(4, 9, 9), 8, new Window(down, across), groups, "k", Optional.empty()));
  }

  @Test
  void windowsThatMoveByOnePixelHaveProducts() {
    assertThat(form(UNIT, UNIT, 1)).contains(OrthogonalForm.PRODUCT);
    assertThat(form(Axis.of(1, 1), UNIT, 1)).contains(OrthogonalForm.PRODUCT);
    assertThat(form(new Axis(2, 1, 7, 0, 1), UNIT, 1)).contains(OrthogonalForm.PRODUCT);
  }

  @Test
  void windowsThatAreApartHaveMatrices() {
    assertThat(form(APART, APART, 1)).contains(OrthogonalForm.MATRIX);
    assertThat(form(Axis.of(1, 1), Axis.of(1, 1), 1)).contains(OrthogonalForm.MATRIX);
    assertThat(form(Axis.of(2, 3), Axis.of(1, 1), 1)).contains(OrthogonalForm.MATRIX);
  }

  @Test
  void allOthersHaveNone() {
    assertThat(form(Axis.of(3, 2), Axis.of(3, 2), 1)).isEmpty();
    assertThat(form(APART, UNIT, 1)).isEmpty();
    assertThat(form(UNIT, APART, 1)).isEmpty();
    assertThat(form(UNIT, UNIT, 2)).isEmpty();
    assertThat(form(APART, APART, 4)).isEmpty();
    assertThat(form(UNIT, new Axis(2, 1, 0, 0, 2), 1)).isEmpty();
    assertThat(form(new Axis(2, 3, 0, 0, 2), APART, 1)).isEmpty();
  }
}
