package io.lipc.training.parameterization;

import io.lipc.formats.Quoted;
import io.lipc.model.Interval;
import io.lipc.training.autodiff.Variable;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * LDLT-R: {@code y = A x + B w_K}, where {@code w_0 = x}, {@code w_k = phi(W_k w_(k-1) + b_k)},
 * slopes within [0, 1], L-Lipschitz in l2 for every value of its parameters (CERTIFICATION, section
 * 7, which corrects Juston et al., LDLT L-Lipschitz Network, 2025).
 *
 * <p>For {@code L = 1}. The pivot in front of the first layer is {@code D_0 = I - A'A}, so A is a
 * strict contraction: {@code A = N'} with {@code N = C_0^-1 V_0}, of which {@link Contraction}
 * gives the factor {@code G_0 = sqrt(a_0) C_0^-1} of {@code D_0 = I - N N'}. {@link Pivot} gives
 * {@code W_k}, {@code D_k = G_k G_k'}. The output couples all pivots with {@code A x}; with
 *
 * <pre>
 * Phi_0 = I, Phi_k = Lambda_k W_k D_(k-1)^-1 Phi_(k-1), Sigma = I + A sum_(k&lt;K) Phi_k' D_k^-1 Phi_k A',
 * Q = 2 Lambda_K - Lambda_K W_K D_(K-1)^-1 W_K' Lambda_K + Phi_K A' Sigma^-1 A Phi_K'
 * </pre>
 *
 * S is positive if and only if {@code B = -Sigma^-1 A Phi_K' + F N_B H'} for a strict contraction
 * {@code N_B} and any factors {@code F F' = Sigma^-1}, {@code H H' = Q}: other factors differ by
 * rotations, which map strict contractions on such.
 *
 * <p>So the factors may be chosen, and these make all inverses vanish. Let {@code Theta_k = G_k^-1
 * Phi_k A'}. Since {@code W_k = sqrt2 Lambda_k^-1/2 N_k G_(k-1)'} and {@code G_k = sqrt(2 a_k)
 * Lambda_k^1/2 C_k^-1} with {@code C_k N_k = V_k},
 *
 * <pre>
 * Theta_0 = a_0^-1/2 V_0,  Theta_k = G_k^-1 sqrt2 Lambda_k^1/2 N_k Theta_(k-1) = a_k^-1/2 V_k Theta_(k-1),
 * Sigma = I + sum_(k&lt;K) Theta_k' Theta_k,
 * Q = 2 Lambda_K^1/2 (I - N_K N_K' + N_K Theta_(K-1) Sigma^-1 Theta_(K-1)' N_K') Lambda_K^1/2
 *   = G_K (I + Theta_K Sigma^-1 Theta_K') G_K'.
 * </pre>
 *
 * With Cholesky factors {@code Sigma = U U'}, {@code X = U^-1 Theta_K'} and {@code R R' = I + X'
 * X}:
 *
 * <pre>
 * B = U^-T (N_B R' - X) G_K'
 * </pre>
 *
 * Both factored matrices are the identity plus a Gram matrix: nothing cancels, and a factorisation
 * fails only where the Gram matrix is so large that the identity is lost in its rounding. Symmetric
 * square roots would give the same set of networks, but need an eigenvalue decomposition, ten times
 * the work, whose error is relative to the largest eigenvalue, where that of Cholesky factors does
 * not depend on the scaling of rows.
 *
 * <p>For L: A and B times L, multipliers times {@code L^2}; for slopes [a, b] inside [0, 1],
 * multipliers times {@link HiddenLayer#multiplierRatio()}. Free parameters as in {@link LdltChain},
 * V of A with the shape of A'; {@code A A' = L^2 / 2} at the start, which leaves half for B.
 */
public final class LdltResidual extends SingleConstruction {

  /** Slopes within [0, 1] are taken as these: only then the formulas hold. */
  private static final Interval FULL = new Interval(0, 1);

  private final LinearLayer skip;
  private final List<HiddenLayer> hidden;
  private final LinearLayer last;

  /**
   * A residual network.
   *
   * @param bound L, positive and finite
   * @param skip A, perhaps with a bias
   * @param hidden at least one layer, with slopes within [0, 1]
   * @param last B, perhaps with a bias
   * @throws IllegalArgumentException if widths do not fit, names are not unique, or slopes lie
   *     outside
   */
  public LdltResidual(double bound, LinearLayer skip, List<HiddenLayer> hidden, LinearLayer last) {
    super(bound, layout(skip, hidden, last));
    this.skip = skip;
    this.hidden = List.copyOf(hidden);
    this.last = last;
  }

  private static Layout layout(LinearLayer skip, List<HiddenLayer> hidden, LinearLayer last) {
    hidden.forEach(Widths::requireMonotone);
    if (hidden.isEmpty()) {
      throw new IllegalArgumentException("a residual network without hidden layers");
    }
    Widths.requireHidden(hidden, last);
    Widths.requireDistinct(
        Stream.concat(Stream.of(skip, last), hidden.stream().map(HiddenLayer::linear)));
    if (skip.inputs() != hidden.getFirst().linear().inputs() || skip.outputs() != last.outputs()) {
      throw new IllegalArgumentException(
          "layer " + Quoted.code(skip.weight()) + " does not lead from the input to the output");
    }
    Layout.Builder layout = new Layout.Builder();
    Contraction.declare(layout, skip.weight(), skip.inputs(), skip.outputs());
    layout.add(skip.bias(), skip.outputs());
    hidden.forEach(layer -> Pivot.declare(layout, layer.linear()));
    Contraction.declare(layout, last);
    return layout.build();
  }

  @Override
  void initialise(Start start) {
    Contraction.initialise(start, skip.weight(), 0);
    hidden.forEach(layer -> Pivot.initialise(start, layer.withSlopes(FULL)));
    Contraction.initialise(start, last.weight(), Contraction.NEAR_ISOMETRY);
  }

  @Override
  void construct(Map<String, Variable> free, ConstructedWeights weights) {
    Contraction first = Contraction.of(free, skip.weight());
    weights.put(skip, first.matrix().transposed().times(bound()));
    Variable ones = Variable.ones(skip.inputs());
    UnaryOperator<Variable> timesFactor = x -> first.timesComplement(x, ones);
    Variable theta = first.directionOverRoot();
    Variable gram = theta.transposed().gram();
    for (int k = 0; k < hidden.size(); k++) {
      HiddenLayer layer = hidden.get(k);
      boolean isLast = k == hidden.size() - 1;
      Pivot pivot =
          Pivot.of(free, layer.withSlopes(FULL), isLast ? Shift::directionLast : Shift::factorLast);
      weights.put(layer.linear(), pivot.weight(timesFactor));
      weights.multiply(pivot.lambda(), bound() * bound() * layer.multiplierRatio());
      timesFactor = pivot.timesFactor();
      theta = pivot.contraction().directionOverRoot().times(theta);
      gram = isLast ? gram : gram.plus(theta.transposed().gram());
    }
    weights.put(last, timesFactor.apply(output(free, gram, theta)).times(bound()));
  }

  /** {@code U^-T (N_B R' - X)}. */
  private Variable output(Map<String, Variable> free, Variable gram, Variable theta) {
    String name = last.weight();
    Variable sigma = factor(gram, "Sigma");
    Variable x = sigma.solve(theta.transposed());
    Variable root = factor(x.transposed().gram(), "I + X' X");
    Variable contraction = Contraction.of(free, name).matrix();
    return sigma.solveTransposed(contraction.times(root.transposed()).minus(x));
  }

  private Variable factor(Variable gram, String matrix) {
    return gram.plusDiagonal(1)
        .cholesky()
        .orElseThrow(() -> new FactorizationException(last.weight(), matrix));
  }
}
