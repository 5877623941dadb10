package io.lipc.model.construction;

import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.activation.SlopeBounds;
import java.util.List;
import java.util.Optional;

/**
 * The places of an LDL^T construction's matrices in a network. Numbers are indices of {@link
 * Network#layers()}; every dense layer of the network appears exactly once.
 */
public sealed interface LdltStructure {

  /** The layers between input and {@link #last()}, in the order of evaluation. */
  List<Stage> hidden();

  /** The dense layer that reads the last activation, or the input if there is none. */
  int last();

  /** Whether the theorem holds for an activation with these slopes. */
  boolean admits(SlopeBounds slopes);

  /** A dense layer and the elementwise activation that reads it. */
  record Stage(int dense, int activation) {}

  /**
   * LDLT-L: {@code y = W_{K+1} w_K + b_{K+1}}, {@code w_k = phi_k(W_k w_{k-1} + b_k)}, {@code w_0 =
   * x}, with {@code K >= 0}. The elimination treats one activation at a time, so each may have
   * slopes of its own; a linear one would divide by {@code b - a = 0}.
   */
  record Chain(List<Stage> hidden, int last) implements LdltStructure {
    public Chain {
      hidden = List.copyOf(hidden);
    }

    @Override
    public boolean admits(SlopeBounds slopes) {
      return slopes.alpha() < slopes.beta();
    }
  }

  /**
   * LDLT-R: {@code y = A x + B w_K}, the two in either order, with {@code w_K} as in {@link Chain}
   * and {@code K >= 1}. The formula of {@code B} is derived for slopes [0, 1]; a linear activation
   * is refused here as in a chain, where it merges two dense layers into one.
   *
   * @param skip the dense layer {@code A}, which reads the input
   */
  record Residual(int skip, List<Stage> hidden, int last) implements LdltStructure {
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

  /** The structure of {@code network}; empty where a hypothesis of the theorems fails. */
  static Optional<LdltStructure> of(Network network) {
    List<Layer> layers = network.layers();
    return LdltShapes.of(layers, layers.size() - 1)
        .filter(
            structure ->
                structure.hidden().stream()
                    .map(stage -> LdltShapes.slopes(layers, stage))
                    .allMatch(slopes -> slopes.filter(structure::admits).isPresent()));
  }
}
