package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Parallel;
import io.lipc.training.autodiff.Variable;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A chain whose layers with weights have norm 1 in l2, and whose last one has norm L; what stands
 * between them moves no two values further apart. So it is L-Lipschitz, by the product of norms.
 *
 * <p>There are no multipliers: what is stored is rounded, so that each layer's norm is proved anew.
 *
 * <p>Free parameters: those of {@link OrthogonalLayer}, and biases, which start at 0.
 */
public final class OrthogonalChain implements Construction {

  private final double bound;
  private final List<OrthogonalLayer> layers;
  private final Layout layout;

  /**
   * A chain.
   *
   * @param bound L, positive and finite
   * @param layers those with weights, in their order, at least one
   * @throws IllegalArgumentException if there is none, or names are not unique
   */
  public OrthogonalChain(double bound, List<OrthogonalLayer> layers) {
    Widths.requireBound(bound);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a chain without weights");
    }
    this.bound = bound;
    this.layers = List.copyOf(layers);
    Layout.Builder layout = new Layout.Builder();
    for (OrthogonalLayer layer : layers) {
      layer.parts().forEach(part -> part.declare(layout));
      layout.add(layer.bias(), layer.outputs());
    }
    this.layout = layout.build();
  }

  @Override
  public double bound() {
    return bound;
  }

  @Override
  public List<FreeParameter> freeParameters() {
    return layout.parameters();
  }

  @Override
  public boolean hasMultipliers() {
    return false;
  }

  @Override
  public double[] initial(RandomGenerator random) {
    Start start = new Start(layout, random);
    layers.forEach(layer -> layer.parts().forEach(part -> part.initialise(start)));
    return start.parameters();
  }

  @Override
  public Materialized materialize(double[] parameters) {
    Map<String, Variable> free = layout.read(parameters);
    List<Variable> rows =
        Parallel.map(layers, OrthogonalLayer::multiplications, layer -> layer.rows(free));
    ConstructedWeights weights = new ConstructedWeights(layout, free);
    IntStream.range(0, layers.size())
        .forEach(
            i -> {
              boolean last = i == layers.size() - 1;
              Variable own = rows.get(i);
              weights.put(layers.get(i).weight(), last ? own.times(bound) : own);
              layers.get(i).bias().ifPresent(name -> weights.put(name, Rows.get(free, name)));
            });
    return weights;
  }
}
