package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Parallel;
import io.lipc.training.autodiff.Variable;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * LDLT-L: a chain of dense layers with elementwise activations between them, L-Lipschitz in l2 for
 * every value of its parameters, whatever the slope intervals (CERTIFICATION, section 7).
 *
 * <p>The pivot in front of the first layer is {@code L^2 I}, {@link Pivot} gives those of the
 * hidden layers, and the last layer is {@code N G'} with the factor G of the last pivot, so that
 * what is left of S, {@code G G' - W' W = G (I - N' N) G'}, is positive too. The chain is built for
 * {@code L = 1}: its last layer times L and its multipliers times {@code L^2} are those for L, so
 * that hidden weights do not depend on L.
 *
 * <p>Free parameters: per layer V, alpha and the bias, per hidden layer also the logarithms of its
 * multipliers over {@code L^2}. They start near an isometry: orthonormal V, the rest as {@link
 * Pivot} says, biases 0.
 */
public final class LdltChain extends SingleConstruction {

  private final List<HiddenLayer> hidden;
  private final LinearLayer last;

  /**
   * A chain.
   *
   * @param bound L, positive and finite
   * @param hidden the layers in front of activations, any number
   * @param last the last layer
   * @throws IllegalArgumentException if widths do not fit or names are not unique
   */
  public LdltChain(double bound, List<HiddenLayer> hidden, LinearLayer last) {
    super(bound, layout(hidden, last));
    this.hidden = List.copyOf(hidden);
    this.last = last;
  }

  private static Layout layout(List<HiddenLayer> hidden, LinearLayer last) {
    Widths.requireHidden(hidden, last);
    Layout.Builder layout = new Layout.Builder();
    hidden.forEach(layer -> Pivot.declare(layout, layer.linear()));
    Contraction.declare(layout, last);
    return layout.build();
  }

  @Override
  void initialise(Start start) {
    hidden.forEach(layer -> Pivot.initialise(start, layer));
    Contraction.initialise(start, last.weight(), Contraction.NEAR_ISOMETRY);
  }

  @Override
  void construct(Map<String, Variable> free, ConstructedWeights weights) {
    List<Pivot> pivots =
        Parallel.map(
            hidden, layer -> multiplications(layer.linear()), layer -> Pivot.of(free, layer));
    Contraction end = Contraction.of(free, last.weight());
    List<Variable> matrices =
        Parallel.map(
            IntStream.range(0, hidden.size()).boxed().toList(),
            k -> multiplications(hidden.get(k).linear()),
            k -> pivots.get(k).weight(k == 0 ? x -> x : pivots.get(k - 1).timesFactor()));
    for (int k = 0; k < hidden.size(); k++) {
      weights.put(hidden.get(k).linear(), matrices.get(k));
      weights.multiply(pivots.get(k).lambda(), bound() * bound());
    }
    UnaryOperator<Variable> timesFactor =
        pivots.isEmpty() ? x -> x : pivots.getLast().timesFactor();
    weights.put(last, timesFactor.apply(end.matrix()).times(bound()));
  }

  private static long multiplications(LinearLayer layer) {
    return (long) layer.outputs() * layer.outputs() * layer.inputs();
  }
}
