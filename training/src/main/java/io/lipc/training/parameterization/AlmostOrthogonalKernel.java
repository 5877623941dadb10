package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Variable;
import java.util.Map;
import java.util.Optional;

/**
 * An almost-orthogonal layer (Prach and Lampert, Almost-orthogonal layers for efficient
 * general-purpose Lipschitz networks, 2022): a kernel V whose channels are multiplied by
 *
 * <pre>
 * d_i = (sum_j r_ij)^(-1/2),   r_ij = sum_t |(V' V)_ij(t)|
 * </pre>
 *
 * so that the convolution with {@code W = V diag(d)} has norm 1 at most. A dense layer is a kernel
 * of one tap, {@code r = |V' V|}. With {@code R = diag(sum_j r_ij)}, {@code R - V' V} is diagonally
 * dominant on the whole plane of pixels, so {@code V' V <= R} and {@code D V' V D <= I}. A padded
 * image is a part of that plane, a window that moves by several pixels gives a part of the rows,
 * and gaps between the taps change no sum of products: the bound holds for each of these.
 *
 * <p>The same holds for the adjoint, with the sums of {@code V V'} and {@code W = diag(d) V}. It is
 * taken where there are fewer outputs than inputs: columns that outnumber the rows cannot be
 * orthogonal, and would lose part of the norm whatever V is. {@link #FLOOR} is added to each sum,
 * which makes W a little smaller, and differentiable where a channel is zero.
 *
 * <p>Free parameters: V, which starts with orthonormal rows or columns at the tap in the middle, so
 * that W = V up to the floor.
 *
 * @param weight the name of the tensor W, {@code [outputs, inputs, height, width]}
 * @param bias the name of the tensor b, {@code [outputs]}; absent if there is none
 * @param outputs positive
 * @param inputs positive
 * @param height positive
 * @param width positive
 */
public record AlmostOrthogonalKernel(
    String weight, Optional<String> bias, int outputs, int inputs, int height, int width)
    implements NonexpansiveLayer {

  /** The number that is added to sums, which are squares of norms. */
  static final double FLOOR = 0x1p-40;

  private static final String DIRECTION = ".v";

  public AlmostOrthogonalKernel {
    Widths.requireKernel(weight, outputs, inputs, height, width);
  }

  /** A dense layer. */
  public static AlmostOrthogonalKernel of(LinearLayer dense) {
    return new AlmostOrthogonalKernel(
        dense.weight(), dense.bias(), dense.outputs(), dense.inputs(), 1, 1);
  }

  private int taps() {
    return height * width;
  }

  @Override
  public void declare(Layout.Builder layout) {
    layout.add(weight + DIRECTION, outputs, inputs * taps());
  }

  @Override
  public void initialise(Start start) {
    int middle = (height / 2) * width + width / 2;
    start.orthonormalTap(weight + DIRECTION, taps(), middle);
  }

  @Override
  public Variable rows(Map<String, Variable> parameters) {
    Variable direction = Rows.get(parameters, weight + DIRECTION);
    return outputs < inputs
        ? scaled(direction)
        : scaled(direction.adjointKernel(taps())).adjointKernel(taps());
  }

  private Variable scaled(Variable kernel) {
    Variable sums =
        taps() == 1 ? kernel.gram().absolute() : kernel.autocorrelationSums(height, width);
    Variable rows = sums.times(Variable.ones(kernel.rows()));
    return rows.plus(FLOOR).root().reciprocal().scaleRows(kernel);
  }

  @Override
  public long multiplications() {
    int smaller = Math.min(outputs, inputs);
    return (long) smaller * outputs * inputs * taps() * taps();
  }
}
