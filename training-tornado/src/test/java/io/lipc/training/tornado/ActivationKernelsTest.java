package io.lipc.training.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipc.certificate.function.Elementwise;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.PointwiseKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The kernels of activations as plain Java, beside the functions in double. Needs no device. */
class ActivationKernelsTest {

  private static final int HALF = 400;
  private static final int SIZE = 2 * HALF + 1;
  private static final double TOLERANCE = 2e-6;

  private static Activation.Pointwise activation(PointwiseKind kind) {
    return kind.with(kind.parameters().isEmpty() ? List.of() : List.of(0.75));
  }

  /** From -10 to 10, zero and all kinks included. */
  private static FloatArray arguments() {
    FloatArray x = new FloatArray(SIZE);
    for (int i = 0; i < SIZE; i++) {
      x.set(i, (i - HALF) / 40f);
    }
    return x;
  }

  private static FloatArray floats(double... values) {
    return new Constants().floats(values);
  }

  private static FloatArray values(Activation.Pointwise activation, FloatArray x) {
    FloatArray y = new FloatArray(SIZE);
    Optional<double[]> pieces = PieceTable.of(activation);
    if (pieces.isPresent()) {
      PiecewiseKernels.value(x, y, floats(pieces.get()), SIZE);
    } else {
      Curve curve = Curve.of(activation);
      curve.value().apply(x, y, floats(curve.constants()), SIZE);
    }
    return y;
  }

  /** For the gradient 1 of each result, added to what is there or not. */
  private static FloatArray slopes(Activation.Pointwise activation, FloatArray x, int adds) {
    FloatArray dy = new FloatArray(SIZE);
    FloatArray dx = new FloatArray(SIZE);
    dy.init(1);
    dx.init(3);
    Optional<double[]> pieces = PieceTable.of(activation);
    if (pieces.isPresent()) {
      PiecewiseKernels.slope(x, dy, dx, floats(pieces.get()), SIZE, adds);
    } else {
      Curve curve = Curve.of(activation);
      curve.slope().apply(x, dy, dx, floats(curve.constants()), SIZE, adds);
    }
    return dx;
  }

  @ParameterizedTest
  @EnumSource
  void valuesAndSlopesAreThoseOfTheFunction(PointwiseKind kind) {
    Activation.Pointwise activation = activation(kind);
    Elementwise function = Elementwise.of(kind.word(), activation.parameters());
    FloatArray x = arguments();
    FloatArray y = values(activation, x);
    FloatArray written = slopes(activation, x, 0);
    FloatArray added = slopes(activation, x, 1);
    for (int i = 0; i < SIZE; i++) {
      double value = function.value(x.get(i));
      double slope = kind == PointwiseKind.ABS && x.get(i) == 0 ? 1 : function.slope(x.get(i));
      String place = kind.word() + " at " + x.get(i);
      assertThat((double) y.get(i)).as(place).isCloseTo(value, near(value));
      assertThat((double) written.get(i)).as(place).isCloseTo(slope, near(slope));
      assertThat((double) added.get(i)).as(place).isCloseTo(slope + 3, near(slope));
    }
  }

  private static org.assertj.core.data.Offset<Double> near(double value) {
    return within(TOLERANCE * (1 + Math.abs(value)));
  }

  @ParameterizedTest
  @EnumSource
  void nanGivesNan(PointwiseKind kind) {
    FloatArray x = arguments();
    x.set(5, Float.NaN);
    assertThat(values(activation(kind), x).get(5)).isNaN();
  }
}
