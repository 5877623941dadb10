package io.lipc.certificate.theory;

import io.lipc.certificate.Certificate;
import io.lipc.certificate.Claim;
import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.SlopeTable;
import io.lipc.certificate.activation.SlopeTable.Slopes;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Sum;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Networks that are L-Lipschitz from l2 to l2 because of the way their weights are made, whatever
 * the parameters: the LDL^T parameterisation (Juston et al., arXiv 2512.05915), with the residual
 * form mended. The theorem is about real arithmetic; rounded weights need a proof of their own.
 *
 * <p>Notation: layer k gives {@code w_k = phi_k(C_k w_{k-1} + b_k)}, {@code w_0 = x}; the slopes of
 * phi_k lie in [a, b], {@code a < b}, c = b - a. N with or without an index is any strict
 * contraction, {@code ||N|| < 1}; Lambda_k any positive diagonal matrix. Differences of two
 * executions satisfy {@code Q_k = 2 (w_k - a z_k)' Lambda_k (b z_k - w_k) >= 0}, {@code z_k = C_k
 * w_{k-1}}; so the bound holds if {@code S = L^2 |x|^2 - |y|^2 - sum_k Q_k} is positive, which
 * elimination of x, w_1, ..., w_K in this order shows.
 *
 * <p><b>Chain</b>, {@code y = N G_K' w_K + b}, {@code C_k = (sqrt2 / c) Lambda_k^{-1/2} N_k
 * G_{k-1}'}, {@code G_k G_k' = D_k}, D_0 = L^2 I. Suppose that what is left of S before layer k has
 * the pivot D_{k-1} > 0, apart from {@code 2ab C_k' Lambda_k C_k}, which Q_k adds. Put {@code t =
 * 4ab / c^2}, {@code P = N_k N_k'}. Then t >= -1 because {@code c^2 + 4ab = (a + b)^2}, the pivot
 * is {@code G_{k-1} (I + t N_k' N_k) G_{k-1}' > 0}, and its Schur complement is
 *
 * <pre>
 * D_k = 2 Lambda_k - (a + b)^2 (2 / c^2) Lambda_k^{1/2} N_k (I + t N_k' N_k)^{-1} N_k' Lambda_k^{1/2}
 *     = 2 Lambda_k^{1/2} (I - (1 + t) (I + t P)^{-1} P) Lambda_k^{1/2}
 *     = 2 Lambda_k^{1/2} (I - P) (I + t P)^{-1} Lambda_k^{1/2} > 0.
 * </pre>
 *
 * At the end {@code D_K - G_K N' N G_K' > 0} is left, so S > 0.
 *
 * <p><b>Residual</b>, {@code y = A x + B w_K + b}, K >= 1, all slopes within [0, 1], for which the
 * constraint with a = 0, b = 1 holds. {@code A = L N_A}, {@code D_0 = L^2 I - A'A > 0}, C_k and
 * D_k, {@code k < K}, as above. Elimination before layer K carries the coupling {@code -A'B} of x
 * and w_K on to {@code E_k = -Phi_k A'B}, {@code Phi_k = Lambda_k C_k D_{k-1}^{-1} Phi_{k-1}},
 * Phi_0 = I. With {@code M = sum_{k<K} Phi_k' D_k^{-1} Phi_k} and {@code Sigma = I + A M A'} the
 * last pivot is
 *
 * <pre>
 * 2 Lambda_K - Lambda_K C_K D_{K-1}^{-1} C_K' Lambda_K - B' Sigma B - Phi_K A'B - B'A Phi_K'
 *     = Q - Z' Sigma Z,    B = Z - Sigma^{-1} A Phi_K',
 * Q = 2 Lambda_K - Lambda_K C_K D_{K-1}^{-1} C_K' Lambda_K + Phi_K A' Sigma^{-1} A Phi_K'.
 * </pre>
 *
 * Q > 0 because its first two terms are {@code 2 Lambda_K^{1/2} (I - P) Lambda_K^{1/2}}; and {@code
 * Z = Sigma^{-1/2} N_B Q^{1/2}} makes the pivot positive. So S > 0.
 */
public final class LdltTheorem {

  private final List<Unit> units;
  private final BitSet used = new BitSet();
  private final Set<String> tensors = new HashSet<>();

  private LdltTheorem(List<Unit> units) {
    this.units = units;
  }

  /**
   * The reason why the theorem does not give the certificate's bound, as a clause; empty if it
   * gives it. Stored numbers may come from anywhere: the theorem says nothing about them. The
   * weights are made for the declared bound, so they keep that one and no smaller one.
   *
   * @param subject with units in order, of fitting sizes; never one that was derived of another,
   *     which may lack the weights that are given
   */
  public static Optional<String> violation(Subject subject) {
    if (!subject.weights().tensors().isEmpty() || !subject.callees().isEmpty()) {
      return Optional.of("the theorem is about free parameters, and weights or callees are given");
    }
    Certificate certificate = subject.certificate();
    Claim.Lipschitz claim = certificate.inequality();
    if (!(claim.bound() > 0 && claim.bound() == claim.declared())) {
      return Optional.of("the weights are made for the declared, positive bound and keep no other");
    }
    if (!claim.norms().equals(Norms.EUCLIDEAN)) {
      return Optional.of("the theorem is about l2");
    }
    return new LdltTheorem(certificate.units()).violation();
  }

  private Optional<String> violation() {
    used.set(0);
    OptionalInt other =
        switch (units.getLast()) {
          case Unit.Linear(List<Integer> operands, Sum _, _) when operands.size() == 2 ->
              residual(operands.getFirst(), operands.getLast());
          default -> chain(units.size() - 1, -Double.MAX_VALUE, Double.MAX_VALUE);
        };
    if (other.isPresent()) {
      return Optional.of("unit " + other.getAsInt() + " is not of the construction");
    }
    int unused = used.nextClearBit(0);
    return unused < units.size()
        ? Optional.of("unit " + unused + " is outside of the construction")
        : Optional.empty();
  }

  /** The first unit at fault. */
  private OptionalInt residual(int left, int right) {
    used.set(units.size() - 1);
    int skip = isSkip(left) ? left : right;
    int last = isSkip(left) ? right : left;
    if (!isSkip(skip) || isSkip(last) || !claim(skip)) {
      return OptionalInt.of(skip);
    }
    return chain(last, 0, 1);
  }

  private boolean isSkip(int at) {
    return isDense(at) && units.get(at).operands().getFirst() == 0;
  }

  private boolean isDense(int at) {
    return units.get(at) instanceof Unit.Linear(_, Matrix _, _);
  }

  /** Walks back from dense unit {@code at} to the input; gives the first unit at fault. */
  private OptionalInt chain(int at, double lower, double upper) {
    int dense = at;
    while (claim(dense)) {
      int before = units.get(dense).operands().getFirst();
      if (before == 0) {
        return OptionalInt.empty();
      }
      if (!isActivation(before, lower, upper)) {
        return OptionalInt.of(before);
      }
      dense = ((Unit.Activation) units.get(before)).operand();
    }
    return OptionalInt.of(dense);
  }

  private boolean isActivation(int at, double lower, double upper) {
    if (!(units.get(at) instanceof Unit.Activation activation) || used.get(at)) {
      return false;
    }
    used.set(at);
    return switch (activation.function()) {
      case ActivationFunction.OfElements function -> {
        Slopes s = SlopeTable.slopes(function);
        yield lower <= s.lower() && s.lower() < s.upper() && s.upper() <= upper;
      }
      case ActivationFunction.OfGroups _ -> false;
    };
  }

  /** Whether the unit is dense and nothing else uses it or a tensor of it. */
  private boolean claim(int at) {
    boolean free =
        isDense(at) && !used.get(at) && units.get(at).tensors().stream().allMatch(tensors::add);
    used.set(at);
    return free;
  }
}
