package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Variable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A layer with weights whose norm is 1 in l2. */
public sealed interface OrthogonalLayer extends Stage permits OrthogonalMatrix, OrthogonalKernel {

  /** The name of its weights. */
  String weight();

  /** The name of its bias, where it has one. */
  Optional<String> bias();

  /** The number of elements of the bias. */
  int outputs();

  /** The matrices of orthonormal rows or columns that it is made of. */
  List<SemiOrthogonal> parts();

  /** The weights as rows, one for each output. */
  Variable rows(Map<String, Variable> parameters);

  /** Of {@link #rows}, roughly. */
  long multiplications();
}
