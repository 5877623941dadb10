package io.lipc.model;

import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.Norm;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.RefusedActivation;
import java.util.List;
import java.util.Optional;

/** The operation of a declared step, as written: not yet resolved, rounded or checked. */
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

  /** An operation that has tensors of its own, named after its layer. */
  sealed interface Weighted extends Operation {

    /** The word of the operation in messages, as it is written. */
    String word();

    /** The prefix of its tensors' names, where it is not that of the binding. */
    Optional<String> tensor();

    /** The ends of its tensors' names, behind the prefix and a dot. */
    List<String> roles();
  }

  private static List<String> roles(boolean bias) {
    return bias ? List.of("weight", "bias") : List.of("weight");
  }

  /**
   * A dense layer.
   *
   * @param outputs as written, possibly not positive
   * @param bias whether a bias is added
   * @param tensor the prefix of its tensors' names, where it is not that of the binding
   */
  record Dense(int outputs, boolean bias, Optional<String> tensor) implements Weighted {
    @Override
    public String word() {
      return "dense";
    }

    @Override
    public List<String> roles() {
      return Operation.roles(bias);
    }
  }

  /**
   * A convolution of an image, zero outside its grid.
   *
   * @param channels the number of channels that it gives, as written
   * @param window as written, possibly without meaning
   * @param groups into how many parts the channels are cut, as written
   * @param bias whether a bias is added to each channel
   * @param tensor the prefix of its tensors' names, where it is not that of the binding
   */
  record Convolve(int channels, Window window, int groups, boolean bias, Optional<String> tensor)
      implements Weighted {
    @Override
    public String word() {
      return "conv2d";
    }

    @Override
    public List<String> roles() {
      return Operation.roles(bias);
    }
  }

  /**
   * Batch normalisation with the statistics that training left.
   *
   * @param epsilon what is added to the variance, as written
   * @param tensor the prefix of its tensors' names, where it is not that of the binding
   */
  record Normalize(double epsilon, Optional<String> tensor) implements Weighted {

    /** The epsilon of {@code batch_norm} where none is written. */
    public static final double USUAL_EPSILON = 1e-5;

    @Override
    public String word() {
      return "batch_norm";
    }

    @Override
    public List<String> roles() {
      return BatchNorm.ROLES;
    }
  }

  /**
   * The mean of each channel of an image over a window.
   *
   * @param window as written, possibly without meaning; absent for all pixels of a channel
   */
  record AveragePooling(Optional<Window> window) implements Operation {

    /** Its word in the language. */
    public String word() {
      return window.isPresent() ? "avg_pool" : "global_avg_pool";
    }
  }

  /**
   * The largest element of each channel of an image in a window.
   *
   * @param window as written, possibly without meaning
   */
  record MaxPooling(Window window) implements Operation {

    /** Its word in the language. */
    public String word() {
      return "max_pool";
    }
  }

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
