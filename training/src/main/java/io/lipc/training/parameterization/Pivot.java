package io.lipc.training.parameterization;

import io.lipc.model.Interval;
import io.lipc.training.autodiff.Variable;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One step of the LDL^T construction (CERTIFICATION, section 7; Juston et al., LDLT L-Lipschitz
 * Network, 2025): a hidden layer whose pivot block in the elimination of S is positive by
 * construction.
 *
 * <p>Let D be the pivot block in front, {@code D = G G'}, and let the activation have slopes in [a,
 * b], {@code c = b - a}, {@code kappa = 4ab / c^2}. S has the entries {@code D + 2ab W' Lambda W},
 * {@code -(a + b) Lambda W} and {@code 2 Lambda}, the last being completed later. With {@code W =
 * (sqrt2 / c) Lambda^-1/2 N G'} for a strict contraction N, {@code P = N N'}, the next pivot is
 *
 * <pre>
 * 2 Lambda - (a + b)^2 Lambda W (D + 2ab W' Lambda W)^-1 W' Lambda
 *   = 2 Lambda^1/2 (I - (1 + kappa) P (I + kappa P)^-1) Lambda^1/2
 *   = 2 Lambda^1/2 (I - P) (I + kappa P)^-1 Lambda^1/2 > 0
 * </pre>
 *
 * because {@code 1 + kappa = (a + b)^2 / c^2 >= 0}, so {@code I + kappa P > 0}.
 *
 * <p>A factor G needs no second factorisation if {@code kappa = 0}: {@code I - P = J J'} with
 * {@code J = sqrt(s) C^-1}, s the shift of the contraction. Else, moving the function of {@code P =
 * I - J J'} to the other side of J, {@code (I - P) (I + kappa P)^-1 = J K^-1 J'} with {@code K = (1
 * + kappa) I - kappa J' J}. Its eigenvalues lie between 1 and {@code 1 + kappa}; nothing cancels
 * unless the interval is much narrower than it is far from zero. If {@code a + b = 0}, the pivot is
 * {@code 2 Lambda}.
 *
 * @param contraction N
 * @param lambda the multipliers, a column
 * @param scale {@code (sqrt2 / c) Lambda^-1/2}, a column
 * @param timesFactor multiplies a matrix with G', for the factor G of the new pivot block
 */
record Pivot(
    Contraction contraction, Variable lambda, Variable scale, UnaryOperator<Variable> timesFactor) {

  private static final String LOG_LAMBDA = ".log_lambda";

  /** The free parameters of a hidden layer. */
  static void declare(Layout.Builder layout, LinearLayer layer) {
    Contraction.declare(layout, layer.weight(), layer.outputs(), layer.inputs());
    layout.add(layer.weight() + LOG_LAMBDA, layer.outputs(), 1).add(layer.bias(), layer.outputs());
  }

  /**
   * Values for a start: with {@code s = |a + b| / c}, {@code P = 1 / (1 + s)} and {@code Lambda =
   * (1 + s) / 2}. Among all P this makes the product of {@code ||W||} and the factor of the new
   * pivot largest; an orthonormal V then gives {@code ||W|| = 1 / max(|a|, |b|)} behind {@code D =
   * I}, and {@code D = I} again: the network starts as isometric as the bound and the activations
   * allow.
   */
  static void initialise(Start start, HiddenLayer layer) {
    String name = layer.linear().weight();
    double a = layer.slopes().lower();
    double b = layer.slopes().upper();
    double ratio = Math.abs(a + b) / (b - a);
    Contraction.initialise(start, name, Math.max(Contraction.NEAR_ISOMETRY, StrictMath.log(ratio)));
    start.constant(name + LOG_LAMBDA, StrictMath.log((1 + ratio) / 2));
  }

  /**
   * The step of a layer, which depends on no other one.
   *
   * @throws FactorizationException if a factorisation fails in floating point
   */
  static Pivot of(Map<String, Variable> parameters, HiddenLayer layer) {
    return of(parameters, layer, Shift::factorLast);
  }

  static Pivot of(
      Map<String, Variable> parameters, HiddenLayer layer, Function<Variable, Shift> uses) {
    String name = layer.linear().weight();
    Contraction contraction = Contraction.of(parameters, name, uses);
    Variable logLambda = Rows.get(parameters, name + LOG_LAMBDA);
    double width = layer.slopes().upper() - layer.slopes().lower();
    return new Pivot(
        contraction,
        logLambda.exp(),
        logLambda.times(-0.5).exp().times(Math.sqrt(2) / width),
        timesFactor(contraction, logLambda.times(0.5).exp().times(Math.sqrt(2)), layer));
  }

  /**
   * W.
   *
   * @param before multiplies a matrix with G', for the factor G of the pivot block in front
   */
  Variable weight(UnaryOperator<Variable> before) {
    return scale.scaleRows(before.apply(contraction.matrix()));
  }

  /** The multiplication by G', with {@code root = sqrt(2 Lambda)}. */
  private static UnaryOperator<Variable> timesFactor(
      Contraction contraction, Variable root, HiddenLayer layer) {
    Interval slopes = layer.slopes();
    double kappa = kappa(slopes);
    if (slopes.lower() == -slopes.upper()) {
      return x -> root.scaleColumns(Variable.ones(1), x);
    }
    if (kappa == 0) {
      return x -> contraction.timesComplement(x, root);
    }
    Variable complement = contraction.complementTimes(Variable.identity(layer.linear().outputs()));
    Variable inner =
        complement
            .transposed()
            .gram()
            .times(-kappa)
            .plusDiagonal(1 + kappa)
            .cholesky()
            .orElseThrow(
                () -> new FactorizationException(layer.linear().weight(), "I + kappa N N'"));
    return x ->
        root.scaleRows(complement.times(inner.solveTransposed(x.transposed()))).transposed();
  }

  private static double kappa(Interval slopes) {
    double width = slopes.upper() - slopes.lower();
    return 4 * slopes.lower() * slopes.upper() / (width * width);
  }
}
