package io.lipc.training.parameterization;

import io.lipc.training.autodiff.Variable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * SDP-based Lipschitz layers (Araujo et al., A unified algebraic perspective on Lipschitz neural
 * networks, 2023, theorem 3) and a last linear layer: blocks {@code x - 2 W' T^-1 phi(W x + b)}
 * with slopes within [0, 1] and {@code T = diag(sum_j |W W'|_ij q_j / q_i)}, q > 0, which are
 * 1-Lipschitz in l2 because with {@code Lambda = 2 T^-1} their S is {@code 0 (+) 4 T^-1 (T - W W')
 * T^-1}, and {@code T - W W'} is diagonally dominant after scaling by q. A row of W that is zero
 * has {@code T_ii = 0}; its column of {@code W' T^-1} is zero.
 *
 * <p>The last layer is L times a strict contraction N. In a chain the multipliers of a block are
 * multiplied with the squares of the bounds behind it, all of them 1 but the last: {@code 2 L^2
 * T^-1}.
 *
 * <p>The second tensor of a block is {@code -2 W' T^-1} rounded: S = 0 in the x-block holds for
 * real numbers only, so that stored networks need a bound a little above L.
 *
 * <p>Free parameters: per block W, b and log q; of the last layer V, alpha and the bias. They start
 * with orthonormal W and {@code q = 1}.
 */
public final class SllChain extends SingleConstruction {

  private static final String LOG_Q = ".log_q";

  private final List<SllBlock> blocks;
  private final LinearLayer last;

  /**
   * A chain of blocks.
   *
   * @param bound L, positive and finite
   * @param blocks any number, with slopes within [0, 1]
   * @param last the last layer
   * @throws IllegalArgumentException if widths do not fit, names are not unique, or slopes lie
   *     outside
   */
  public SllChain(double bound, List<SllBlock> blocks, LinearLayer last) {
    super(bound, layout(blocks, last));
    this.blocks = List.copyOf(blocks);
    this.last = last;
  }

  private static Layout layout(List<SllBlock> blocks, LinearLayer last) {
    blocks.forEach(block -> Widths.requireMonotone(block.first()));
    Widths.requireChain(
        Stream.concat(
                blocks.stream().flatMap(block -> Stream.of(block.first().linear(), block.second())),
                Stream.of(last))
            .toList());
    Layout.Builder layout = new Layout.Builder();
    for (SllBlock block : blocks) {
      layout
          .add(block.weight(), block.width(), block.size())
          .add(block.bias(), block.width())
          .add(block.weight() + LOG_Q, block.width(), 1);
    }
    Contraction.declare(layout, last);
    return layout.build();
  }

  @Override
  void initialise(Start start) {
    blocks.forEach(block -> start.orthonormal(block.weight()));
    Contraction.initialise(start, last.weight(), Contraction.NEAR_ISOMETRY);
  }

  @Override
  void construct(Map<String, Variable> free, ConstructedWeights weights) {
    for (SllBlock block : blocks) {
      Variable weight = Rows.get(free, block.weight());
      Variable inverse = inverseOfT(weight, Rows.get(free, block.weight() + LOG_Q));
      weights.put(block.first().linear(), weight);
      weights.put(block.second(), inverse.times(-2).scaleRows(weight).transposed());
      weights.multiply(inverse, 2 * bound() * bound() * block.first().multiplierRatio());
    }
    Variable contraction = Contraction.of(free, last.weight()).matrix();
    weights.put(last, contraction.times(bound()));
  }

  /** The diagonal of {@code T^-1}, with 0 for {@code 1 / 0}. */
  private static Variable inverseOfT(Variable weight, Variable logQ) {
    Variable sums = weight.gram().absolute().times(logQ.exp());
    return logQ.times(-1).exp().scaleRows(sums).reciprocal();
  }
}
