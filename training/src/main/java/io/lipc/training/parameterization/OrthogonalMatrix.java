package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Variable;
import java.util.List;
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
public record OrthogonalMatrix(LinearLayer linear) implements OrthogonalLayer {

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

  @Override
  public List<SemiOrthogonal> parts() {
    return List.of(part());
  }

  private SemiOrthogonal part() {
    return new SemiOrthogonal(weight(), outputs(), linear.inputs());
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
