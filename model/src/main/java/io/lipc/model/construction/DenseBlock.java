package io.lipc.model.construction;

import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.activation.SlopeBounds;
import java.util.List;
import java.util.Optional;

/**
 * A network of dense layers with elementwise activations between them, as constructions of matrices
 * read it. Numbers are indices of {@link Network#layers()}; every dense layer of the network
 * appears exactly once.
 */
public sealed interface DenseBlock {

  /** The layers between input and {@link #last()}, in the order of evaluation. */
  List<Stage> hidden();

  /** The dense layer that reads the last activation, or the input if there is none. */
  int last();

  /** Whether some construction bounds the block for an activation with these slopes. */
  boolean admits(SlopeBounds slopes);

  /** A dense layer and the elementwise activation that reads it. */
  record Stage(int dense, int activation) {}

  /**
   * A chain: {@code y = W_{K+1} w_K + b_{K+1}}, {@code w_k = phi_k(W_k w_{k-1} + b_k)}, {@code w_0
   * = x}, with {@code K >= 0}. Each activation may have slopes [a, b] of its own. A linear one is
   * refused: it merges two dense layers into one, and constructions divide by {@code b - a}.
   */
  record Chain(List<Stage> hidden, int last) implements DenseBlock {
    public Chain {
      hidden = List.copyOf(hidden);
    }

    @Override
    public boolean admits(SlopeBounds slopes) {
      return slopes.alpha() < slopes.beta();
    }
  }

  /**
   * A residual block: {@code y = A x + B w_K}, the two in either order, with {@code w_K} as in
   * {@link Chain} and {@code K >= 1}. The formula of {@code B} is derived for slopes [0, 1]; a
   * linear activation is refused here as in a chain.
   *
   * @param skip the dense layer {@code A}, which reads the input
   */
  record Residual(int skip, List<Stage> hidden, int last) implements DenseBlock {
    public Residual {
      hidden = List.copyOf(hidden);
      if (hidden.isEmpty()) {
        throw new IllegalArgumentException("a residual block has at least one activation");
      }
    }

    @Override
    public boolean admits(SlopeBounds slopes) {
      return slopes.alpha() < slopes.beta() && slopes.isMonotone();
    }
  }

  /** The block that {@code network} is; empty where it is none, or slopes are not admitted. */
  static Optional<DenseBlock> of(Network network) {
    List<Layer> layers = network.layers();
    return DenseShapes.of(layers, layers.size() - 1)
        .filter(
            block ->
                block.hidden().stream()
                    .map(stage -> DenseShapes.slopes(layers, stage))
                    .allMatch(slopes -> slopes.filter(block::admits).isPresent()));
  }
}
