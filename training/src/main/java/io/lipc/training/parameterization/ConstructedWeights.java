package io.lipc.training.parameterization;

import io.lipc.formats.Quoted;
import io.lipc.training.autodiff.Adjoints;
import io.lipc.training.autodiff.Adjoints.Seed;
import io.lipc.training.autodiff.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tensors as functions of free parameters. */
final class ConstructedWeights implements Materialized {

  private final Layout layout;
  private final Layout.Free free;
  private final SortedMap<String, Variable> constructed = new TreeMap<>();
  private final SortedMap<String, double[]> tensors = new TreeMap<>();
  private final List<double[]> multipliers = new ArrayList<>();
  private boolean isReleased;

  ConstructedWeights(Layout layout, Layout.Free free) {
    this.layout = layout;
    this.free = free;
  }

  void put(String name, Variable tensor) {
    constructed.put(name, tensor);
    tensors.put(name, Rows.flat(tensor.value()));
  }

  /** The matrix of a layer; its bias, where it has one, is the free parameter of that name. */
  void put(LinearLayer layer, Variable matrix) {
    put(layer.weight(), matrix);
    layer.bias().ifPresent(this::putFree);
  }

  /** A tensor that is the free parameter of its name. */
  void putFree(String name) {
    put(name, Rows.get(free.matrices(), name));
  }

  /** Adds {@code factor lambda}, for a column of multipliers. */
  void multiply(Variable lambda, double factor) {
    multipliers.add(Rows.flat(lambda.times(factor).value()));
  }

  /** Adds multipliers, one for each element of an activation or for each of its groups. */
  void multiply(double[] lambda) {
    multipliers.add(lambda);
  }

  @Override
  public SortedMap<String, double[]> tensors() {
    return Collections.unmodifiableSortedMap(tensors);
  }

  @Override
  public List<double[]> multipliers() {
    return List.copyOf(multipliers);
  }

  @Override
  public double[] pullBack(Map<String, double[]> gradients) {
    if (isReleased) {
      throw new IllegalStateException("these weights were released");
    }
    List<Seed> seeds = new ArrayList<>();
    constructed.forEach(
        (name, tensor) -> {
          double[] gradient = Rows.get(gradients, name);
          if (gradient.length != tensor.rows() * tensor.columns()) {
            throw new IllegalArgumentException(
                "a gradient of " + gradient.length + " numbers for tensor " + Quoted.code(name));
          }
          double[][] rows = Rows.of(gradient, 0, tensor.rows(), tensor.columns(), free.workspace());
          seeds.add(new Seed(tensor, rows));
        });
    return layout.gather(free.matrices(), Adjoints.pullBack(seeds));
  }

  @Override
  public void release() {
    if (!isReleased) {
      isReleased = true;
      layout.release(free);
    }
  }
}
