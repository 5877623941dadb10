package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Variable;
import java.util.Map;
import java.util.Optional;

/**
 * A matrix of orthonormal rows or columns: a dense layer, or a convolution whose windows have no
 * pixel in common. The norm of that one is the norm of its kernel as a matrix {@code [outputs,
 * inputs kernel height kernel width]}, as each element of the image is read by one window at most.
 *
 * @param linear its tensors; the matrix of a kernel has as many columns as that has elements for
 *     each output
 */
public record OrthogonalMatrix(LinearLayer linear) implements NonexpansiveLayer {

  @Override
  public String weight() {
    return linear.weight();
  }

  @Override
  public Optional<String> bias() {
    return linear.bias();
  }

  @Override
  public int outputs() {
    return linear.outputs();
  }

  private SemiOrthogonal part() {
    return new SemiOrthogonal(weight(), outputs(), linear.inputs());
  }

  @Override
  public void declare(Layout.Builder layout) {
    part().declare(layout);
  }

  @Override
  public void initialise(Start start) {
    part().initialise(start);
  }

  @Override
  public Variable rows(Map<String, Variable> parameters) {
    return part().of(parameters);
  }

  @Override
  public long multiplications() {
    return (long) outputs() * outputs() * linear.inputs();
  }
}
