package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Adjoints;
import io.lipc.training.autodiff.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where each free parameter lies in the flat array. */
record Layout(List<FreeParameter> parameters) {

  Layout {
    parameters = List.copyOf(parameters);
  }

  /** Collects parameters one after the other. */
  static final class Builder {
    private final List<FreeParameter> parameters = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int size;

    /**
     * Adds a matrix.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    Builder add(String name, int rows, int columns) {
      if (!names.add(name)) {
        throw new IllegalArgumentException("two parameters are called `" + name + "`");
      }
      FreeParameter parameter = new FreeParameter(name, rows, columns, size);
      size = Math.addExact(size, parameter.size());
      parameters.add(parameter);
      return this;
    }

    /** Adds a bias, where there is one. */
    Builder add(Optional<String> bias, int size) {
      bias.ifPresent(name -> add(name, size, 1));
      return this;
    }

    Layout build() {
      return new Layout(parameters);
    }
  }

  private int size() {
    return parameters.stream().mapToInt(FreeParameter::size).sum();
  }

  /** The matrices of a flat array, by name. */
  Map<String, Variable> read(double[] flat) {
    if (flat.length != size()) {
      throw new IllegalArgumentException(flat.length + " parameters in place of " + size());
    }
    Map<String, Variable> matrices = new TreeMap<>();
    for (FreeParameter parameter : parameters) {
      double[][] rows = Rows.of(flat, parameter.offset(), parameter.rows(), parameter.columns());
      matrices.put(parameter.name(), Variable.of(rows));
    }
    return matrices;
  }

  /** The flat array of given matrices. */
  double[] flat(Map<String, double[][]> matrices) {
    double[] flat = new double[size()];
    for (FreeParameter parameter : parameters) {
      Rows.copy(Rows.get(matrices, parameter.name()), flat, parameter.offset());
    }
    return flat;
  }

  /** The flat array of gradients. */
  double[] gather(Map<String, Variable> matrices, Adjoints adjoints) {
    Map<String, double[][]> gradients = new TreeMap<>();
    matrices.forEach((name, variable) -> gradients.put(name, adjoints.of(variable)));
    return flat(gradients);
  }
}
