package io.lipc.training.parameterization;

import io.lipc.formats.Quoted;
import io.lipc.model.Interval;
import io.lipc.training.autodiff.Variable;
import java.util.Map;
import java.util.Optional;

/**
 * A block {@code y = a x + B phi(C x + b) + c} that is 1-Lipschitz in l2, with convolutions B and C
 * of stride 1 that keep the extents of images, or with matrices, which are kernels of one tap.
 *
 * <p>Slopes of phi lie in [0, 1]. With {@code r_ij = sum_d |(C C')_ij(d)|}, the absolute sums of
 * C's autocorrelation, {@code T = diag(sum_j r_ij q_j / q_i)}, {@code q > 0}, is not below {@code C
 * C'}: after scaling by q, {@code T - C C'} is diagonally dominant, on the whole plane of pixels
 * and so on every part of it. For theta in (0, 2), a number for each channel, {@code |N| <= 1}, and
 *
 * <pre>
 * Lambda = theta T^-1,   B = -a C' Lambda + M,   M = sqrt(1 - a^2) N diag((2 theta - theta^2) / T)^1/2
 * </pre>
 *
 * {@code S = |x|^2 - |y|^2 - 2 w' Lambda (C x - w)} has the cross term {@code -2 x' ((1 - a^2) C'
 * Lambda + a M) w}. Its Schur complement in w, for {@code a < 1}, is {@code 2 Lambda - Lambda C C'
 * Lambda - M'M / (1 - a^2)}, as the products of C and M cancel; that is at least {@code (2 theta -
 * theta^2) / T - M'M / (1 - a^2) >= 0}. For a = 1 there is neither cross term nor M, and theta = 2,
 * at which this is an SDP-based Lipschitz layer (Araujo et al., A unified algebraic perspective on
 * Lipschitz neural networks, 2023); {@code a < 1} is the residual form of Juston et al., LDLT
 * L-Lipschitz Network, 2025, with one hidden layer. N is the adjoint of a kernel E with rows
 * multiplied by {@code (sum_j r_ij(E) p_j / p_i)^-1/2}, p > 0, whose norm is at most 1 for the same
 * reason (Prach and Lampert, Almost-orthogonal layers, 2022).
 *
 * <p>Free parameters: C, b, c, log q; for {@code a < 1} also E, log p and theta, as 2 over {@code 1
 * + exp(-t)}. C and E start with orthonormal rows or columns, q and p with 1, theta with 1.
 *
 * @param weight the name of the tensor C, {@code [width, size, height, breadth]}
 * @param bias the name of the tensor b, {@code [width]}, where there is one
 * @param back the name of the tensor B, {@code [size, width, height, breadth]}
 * @param backBias the name of the tensor c, {@code [size]}, where there is one
 * @param width the number of channels between C and B
 * @param size the number of channels of x and y
 * @param height the rows of the kernels
 * @param breadth the taps of a row of the kernels
 * @param pixels the number of pixels of each channel
 * @param skip a, within (0, 1]
 * @param slopes the interval of phi's difference quotients, within [0, 1]
 */
public record ResidualLayer(
    String weight,
    Optional<String> bias,
    String back,
    Optional<String> backBias,
    int width,
    int size,
    int height,
    int breadth,
    int pixels,
    double skip,
    Interval slopes)
    implements Stage {

  private static final String LOG_Q = ".log_q";
  private static final String DIRECTION = ".v";
  private static final String THETA = ".theta";

  public ResidualLayer {
    if (!(skip > 0 && skip <= 1)) {
      throw new IllegalArgumentException("layer " + Quoted.code(back) + " with a skip of " + skip);
    }
    Widths.requireMonotone(
        new HiddenLayer(new LinearLayer(weight, bias, width, size * height * breadth), slopes));
  }

  /** Lambda and B of one set of parameters. */
  record Made(Variable lambda, Variable back) {}

  private int taps() {
    return height * breadth;
  }

  private boolean isFull() {
    return skip == 1;
  }

  void declare(Layout.Builder layout) {
    layout.add(weight, width, size * taps()).add(bias, width).add(weight + LOG_Q, width, 1);
    if (!isFull()) {
      layout
          .add(back + DIRECTION, width, size * taps())
          .add(back + LOG_Q, width, 1)
          .add(back + THETA, width, 1);
    }
    layout.add(backBias, size);
  }

  void initialise(Start start) {
    start.orthonormal(weight);
    if (!isFull()) {
      start.orthonormal(back + DIRECTION);
    }
  }

  Made of(Map<String, Variable> free) {
    Variable kernel = Rows.get(free, weight);
    Variable inverse = inverseSums(kernel, Rows.get(free, weight + LOG_Q));
    Variable theta = theta(free);
    Variable lambda = theta.scaleRows(inverse);
    Variable rows = lambda.times(-skip).scaleRows(kernel);
    Variable sum = isFull() ? rows : rows.plus(rest(free, theta, inverse));
    return new Made(lambda, sum.adjointKernel(taps()));
  }

  private Variable theta(Map<String, Variable> free) {
    return isFull()
        ? Variable.ones(width).times(2)
        : Rows.get(free, back + THETA).times(-1).exp().plus(1).reciprocal().times(2);
  }

  /** The rows of M, before the adjoint is taken. */
  private Variable rest(Map<String, Variable> free, Variable theta, Variable inverse) {
    Variable direction = Rows.get(free, back + DIRECTION);
    Variable left = theta.scaleRows(theta.times(-1).plus(2)).scaleRows(inverse);
    Variable norms = inverseSums(direction, Rows.get(free, back + LOG_Q));
    Variable factors = left.scaleRows(norms).root().times(Math.sqrt(1 - skip * skip));
    return factors.scaleRows(direction);
  }

  /** {@code (sum_j r_ij q_j / q_i)^-1}, with 0 for {@code 1 / 0}. */
  private Variable inverseSums(Variable kernel, Variable logQ) {
    Variable sums = kernel.autocorrelationSums(height, breadth).times(logQ.exp());
    return logQ.times(-1).exp().scaleRows(sums).reciprocal();
  }

  /** The multipliers for these slopes, one for each element of the activation. */
  double[] multipliers(Made made, double boundBehind) {
    double ratio =
        new HiddenLayer(new LinearLayer(weight, bias, width, size), slopes).multiplierRatio();
    double[] lambda = Rows.flat(made.lambda.value());
    double[] multipliers = new double[width * pixels];
    for (int i = 0; i < multipliers.length; i++) {
      multipliers[i] = boundBehind * boundBehind * ratio * lambda[i / pixels];
    }
    return multipliers;
  }

  /** The approximate number of multiplications of {@link #of}. */
  long multiplications() {
    return (long) width * width * size * taps() * taps();
  }
}
