package io.lipc.training.parameterization;

import io.lipc.formats.Quoted;
import io.lipc.linalg.Workspace;
import io.lipc.training.autodiff.Adjoints;
import io.lipc.training.autodiff.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The places of the free parameters in the flat array. */
final class Layout {

  private final List<FreeParameter> parameters;

  /** Workspaces in which earlier weights were computed, to be used again. */
  private final Queue<Workspace> spare = new ConcurrentLinkedQueue<>();

  Layout(List<FreeParameter> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  List<FreeParameter> parameters() {
    return parameters;
  }

  /**
   * The free parameters of one set of weights.
   *
   * @param matrices by name
   * @param workspace what they, and all that is computed from them, stand in
   */
  record Free(Map<String, Variable> matrices, Workspace workspace) {}

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
        throw new IllegalArgumentException("two parameters are called " + Quoted.code(name));
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

  /** The matrices of a flat array. */
  Free read(double[] flat) {
    if (flat.length != size()) {
      throw new IllegalArgumentException(flat.length + " parameters in place of " + size());
    }
    Workspace used = spare.poll();
    Workspace workspace = used == null ? new Workspace() : used;
    Map<String, Variable> matrices = new TreeMap<>();
    for (FreeParameter parameter : parameters) {
      double[][] rows =
          Rows.of(flat, parameter.offset(), parameter.rows(), parameter.columns(), workspace);
      matrices.put(parameter.name(), Variable.of(rows, workspace));
    }
    return new Free(matrices, workspace);
  }

  /** Takes back the workspace of {@code free}, of whose results none is used any more. */
  void release(Free free) {
    free.workspace.reset();
    spare.add(free.workspace);
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
    double[] flat = new double[size()];
    for (FreeParameter parameter : parameters) {
      Variable variable = Rows.get(matrices, parameter.name());
      Rows.copy(adjoints.of(variable), flat, parameter.offset());
    }
    return flat;
  }
}
