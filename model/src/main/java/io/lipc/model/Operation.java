package io.lipc.model;

import io.lipc.certificate.linear.LinearMap;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.RefusedActivation;
import java.util.List;
import java.util.Optional;

/** What a declared step does, as written: nothing is resolved, rounded or checked yet. */
public sealed interface Operation {

  /**
   * An input of the network.
   *
   * @param extents as written, possibly invalid
   * @param box the interval of every component, as written: its two ends
   */
  record Input(List<Integer> extents, Optional<Box> box) implements Operation {
    public Input {
      extents = List.copyOf(extents);
    }
  }

  /** The two ends of a declared input interval, as written: possibly not finite or not in order. */
  record Box(double lower, double upper) {}

  /**
   * A dense layer.
   *
   * @param outputs as written, possibly not positive
   * @param bias whether a bias is added
   * @param tensor the prefix of its tensors' names, where it is not that of the binding
   */
  record Dense(int outputs, boolean bias, Optional<String> tensor) implements Operation {}

  /** An activation of the language. */
  record Activate(Activation activation) implements Operation {}

  /** A function that the language refuses as an activation. */
  record Refused(RefusedActivation activation) implements Operation {}

  /**
   * An operation without a kink that is known as it is written: a sum, a concatenation, a scaling.
   *
   * @param map which; its constants are possibly not finite, and it possibly fits no operand
   */
  record Linear(LinearMap map) implements Operation {}

  /**
   * The same elements in another shape.
   *
   * @param extents as written, possibly invalid; absent where the result is a vector
   */
  record Reshape(Optional<List<Integer>> extents) implements Operation {
    public Reshape {
      extents = extents.map(List::copyOf);
    }

    /** Its word in the language. */
    public String word() {
      return extents.isPresent() ? "reshape" : "flatten";
    }
  }

  /**
   * A call of another network.
   *
   * @param network what it is called where the declaration stands
   * @param via the norm in which its bound is taken where that is not the caller's own: the factor
   *     of dimension between the two is accepted
   */
  record Call(String network, Optional<Norm> via) implements Operation {

    /** A call in the caller's own norm. */
    public Call(String network) {
      this(network, Optional.empty());
    }
  }
}
