package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Parallel;
import io.lipc.training.autodiff.Variable;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A chain of sandwich layers (Wang and Manchester, Direct parameterization of Lipschitz-bounded
 * deep networks, 2023): dense layers with activations of slopes within [0, 1] between them,
 * L-Lipschitz in l2 for every value of its parameters. A sandwich layer is
 *
 * <pre>
 * h = sqrt(2) A' Psi w,   w = phi(sqrt(2) Psi^-1 B x + b),   A A' + B B' = I,   Psi = diag(psi) > 0
 * </pre>
 *
 * and the last layer is L times a matrix N of orthonormal rows or columns. Two matrices that follow
 * each other are stored as their product, so that the network is a plain chain: {@code sqrt(2)
 * Psi^-1 B} times the {@code sqrt(2) A' Psi} of the layer before, and {@code L N sqrt(2) A' Psi}.
 *
 * <p>With the multipliers {@code Psi^2} and {@code v = Psi dw}, {@code |dx|^2 - |dh|^2 - 2 dw'
 * Psi^2 (sqrt(2) Psi^-1 B dx - dw) = |dx|^2 - 2 sqrt(2) v' B dx + 2 v' (I - A A') v}, which is
 * {@code |dx - sqrt(2) B' v|^2 >= 0}. So a layer is 1-Lipschitz, and with {@code L^2 Psi^2} for all
 * of them S is the sum of these squares and of {@code L^2 (|h|^2 - |N h|^2)} for the last h. It is
 * not definite: stored networks need a bound a little above L, as those of {@link SllChain} do.
 *
 * <p>Free parameters: for each hidden layer the X and Y of {@code [A'; B']}, a matrix of
 * orthonormal columns by the Cayley transform; the logarithms of psi; b; for the last layer those
 * of N, and its bias. A and B start with about the same size, which keeps the size of signals; psi
 * with 1.
 */
public final class SandwichChain extends SingleConstruction {

  private static final String LOG_PSI = ".log_psi";

  /**
   * The scale of the start: with eigenvalues of X - X' up to 2, half of the length of a column of
   * [A'; B'] is in A'.
   */
  private static final double BALANCE = 0.6;

  private final List<HiddenLayer> hidden;
  private final LinearLayer last;

  /**
   * A chain.
   *
   * @param bound L, positive and finite
   * @param hidden the layers in front of activations, any number, with slopes within [0, 1]
   * @param last the last layer
   * @throws IllegalArgumentException if widths do not fit, names are not unique, or slopes lie
   *     outside
   */
  public SandwichChain(double bound, List<HiddenLayer> hidden, LinearLayer last) {
    super(bound, layout(hidden, last));
    this.hidden = List.copyOf(hidden);
    this.last = last;
  }

  private static Layout layout(List<HiddenLayer> hidden, LinearLayer last) {
    hidden.forEach(Widths::requireMonotone);
    Widths.requireHidden(hidden, last);
    Layout.Builder layout = new Layout.Builder();
    for (HiddenLayer layer : hidden) {
      LinearLayer linear = layer.linear();
      columns(linear).declare(layout);
      layout.add(linear.weight() + LOG_PSI, linear.outputs(), 1);
      layout.add(linear.bias(), linear.outputs());
    }
    end(last).declare(layout);
    layout.add(last.bias(), last.outputs());
    return layout.build();
  }

  /** {@code [A'; B']} of a hidden layer. */
  private static SemiOrthogonal columns(LinearLayer layer) {
    int rows = Math.addExact(layer.outputs(), layer.inputs());
    return new SemiOrthogonal(layer.weight(), rows, layer.outputs());
  }

  /** N. */
  private static SemiOrthogonal end(LinearLayer last) {
    return new SemiOrthogonal(last.weight(), last.outputs(), last.inputs());
  }

  @Override
  void initialise(Start start) {
    hidden.forEach(layer -> columns(layer.linear()).initialise(start, BALANCE));
    end(last).initialise(start);
  }

  /**
   * The matrices of a hidden layer, made from its free parameters.
   *
   * @param before {@code sqrt(2) Psi^-1 B}, in front of the activation
   * @param behind {@code sqrt(2) A' Psi}, behind it
   * @param squares of psi, a column
   */
  private record Sandwich(Variable before, Variable behind, Variable squares) {

    static Sandwich of(Map<String, Variable> free, LinearLayer layer) {
      Variable columns = columns(layer).of(free);
      Variable logPsi = Rows.get(free, layer.weight() + LOG_PSI);
      Variable root = Variable.of(new double[][] {{Math.sqrt(2)}});
      Variable upper = columns.slice(0, layer.outputs());
      Variable lower = columns.slice(layer.outputs(), columns.rows());
      return new Sandwich(
          root.scale(logPsi.times(-1).exp().scaleRows(lower.transposed())),
          logPsi.exp().scaleColumns(root, upper),
          logPsi.times(2).exp());
    }
  }

  @Override
  void construct(Map<String, Variable> free, ConstructedWeights weights) {
    List<Sandwich> made =
        Parallel.map(
            hidden,
            layer -> multiplications(layer.linear()),
            layer -> Sandwich.of(free, layer.linear()));
    List<Variable> matrices =
        Parallel.map(
            IntStream.range(0, hidden.size()).boxed().toList(),
            k -> multiplications(hidden.get(k).linear()),
            k -> behind(made, k - 1, made.get(k).before()));
    for (int k = 0; k < hidden.size(); k++) {
      HiddenLayer layer = hidden.get(k);
      weights.put(layer.linear(), matrices.get(k));
      weights.multiply(made.get(k).squares(), bound() * bound() * layer.multiplierRatio());
    }
    weights.put(last, behind(made, hidden.size() - 1, end(last).of(free).times(bound())));
  }

  /** The matrix, times the one behind the activation of a layer; the input has no activation. */
  private static Variable behind(List<Sandwich> made, int layer, Variable matrix) {
    return layer < 0 ? matrix : matrix.times(made.get(layer).behind());
  }

  private static long multiplications(LinearLayer layer) {
    return (long) layer.outputs() * layer.outputs() * (layer.outputs() + layer.inputs());
  }
}
