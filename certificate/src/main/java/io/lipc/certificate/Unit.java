package io.lipc.certificate;

import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.activation.Group;
import io.lipc.certificate.activation.KnownGroups;
import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.ChannelGroups;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Window;
import io.lipc.certificate.linear.Windows;
import io.lipc.formats.Digest;
import io.lipc.formats.NetworkName;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * One line of the flat list that a certificate is about. Operands are numbers of earlier units; the
 * last unit is the output.
 */
public sealed interface Unit {

  /** The numbers of the earlier units whose results this unit reads, in order. */
  List<Integer> operands();

  /** The number of elements that this unit gives. */
  int size();

  /**
   * The real numbers that are part of the unit's function, besides tensors; empty if there are
   * none.
   */
  default List<Double> constants() {
    return List.of();
  }

  /** The names of the tensors that are part of the unit's function; empty if there are none. */
  default List<String> tensors() {
    return List.of();
  }

  /**
   * The same function of other units.
   *
   * @param place the new number of each operand
   */
  Unit reading(IntUnaryOperator place);

  /**
   * The input: a tensor, whose elements are one vector in row-major order, the last extent fastest.
   *
   * @param extents those of the tensor, outermost first; of several each is positive
   * @param box the interval of each element, where declared
   */
  record Input(List<Integer> extents, Optional<Box> box) implements Unit {

    public Input {
      extents = List.copyOf(extents);
      boolean positive = extents.stream().allMatch(extent -> extent > 0);
      boolean counted = positive && elements(extents) <= Integer.MAX_VALUE;
      if (extents.isEmpty() || (extents.size() > 1 && !counted)) {
        throw new IllegalArgumentException("an input of the extents " + extents);
      }
      if (box.isPresent() && box.get().lower().size() != elements(extents)) {
        throw new IllegalArgumentException("a box of another size than the input");
      }
    }

    /** An input that is a vector of {@code size} elements. */
    public Input(int size, Optional<Box> box) {
      this(List.of(size), box);
    }

    @Override
    public int size() {
      return (int) elements(extents);
    }

    /** The product of positive extents, or 2^31 if that is less: more than an int counts. */
    private static long elements(List<Integer> extents) {
      return extents.stream().mapToLong(k -> k).reduce(1, (a, b) -> Math.min(a * b, 1L << 31));
    }

    /**
     * The region in which to try a network: its box, or [-1, 1] for each element if none is
     * declared.
     */
    public Box boxOrUnit() {
      return box.orElseGet(
          () -> new Box(Collections.nCopies(size(), -1.0), Collections.nCopies(size(), 1.0)));
    }

    @Override
    public List<Integer> operands() {
      return List.of();
    }

    @Override
    public Input reading(IntUnaryOperator place) {
      return this;
    }
  }

  /**
   * An interval for each element of an input; finite, lower ends not above upper ones.
   *
   * @param lower the lower ends, one per element
   * @param upper the upper ends, one per element
   */
  record Box(List<Double> lower, List<Double> upper) {
    public Box {
      lower = List.copyOf(lower);
      upper = List.copyOf(upper);
      boolean ordered = lower.size() == upper.size();
      for (int i = 0; i < lower.size() && ordered; i++) {
        // False for NaN; so both ends are finite.
        ordered =
            -Double.MAX_VALUE <= lower.get(i)
                && lower.get(i) <= upper.get(i)
                && upper.get(i) <= Double.MAX_VALUE;
      }
      if (!ordered) {
        throw new IllegalArgumentException("a box whose ends are not finite and in order");
      }
    }

    /**
     * The middle of the interval of an element. It is in the box: half of a subnormal end may be
     * rounded, out of a box that is that number alone.
     */
    public double middle(int element) {
      double least = lower.get(element);
      double largest = upper.get(element);
      return Math.min(largest, Math.max(least, least / 2 + largest / 2));
    }

    /** Whether the input {@code x} lies in the box, ends included; never if an element is NaN. */
    public boolean contains(double[] x) {
      for (int i = 0; i < x.length; i++) {
        if (!(lower.get(i) <= x[i] && x[i] <= upper.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * A linear or affine function of all elements of its operands, one operand after the other.
   *
   * @param operands the numbers of the units that it reads
   * @param map the function
   * @param size the number of elements that it gives
   */
  record Linear(List<Integer> operands, LinearMap map, int size) implements Unit {
    public Linear {
      operands = List.copyOf(operands);
    }

    @Override
    public Linear reading(IntUnaryOperator place) {
      return new Linear(operands.stream().map(place::applyAsInt).toList(), map, size);
    }

    @Override
    public List<Double> constants() {
      return map.constants();
    }

    @Override
    public List<String> tensors() {
      return map.tensors().stream().map(LinearMap.TensorShape::name).toList();
    }
  }

  /**
   * An activation: a function with a kink or a curve, of each element or of groups of elements.
   * Slopes are never part of a certificate.
   *
   * @param operand the number of the unit that it reads
   * @param function what it computes
   * @param size the number of elements that it reads and gives
   * @param pixels how far apart the elements of a group are: 1 where they are neighbours; the
   *     pixels of a channel where groups are neighbouring channels of an image, at one pixel
   */
  record Activation(int operand, ActivationFunction function, int size, int pixels)
      implements Unit {
    public Activation {
      if (pixels < 1) {
        throw new IllegalArgumentException("groups of elements that are " + pixels + " apart");
      }
    }

    /**
     * The activation of a word of the language and its constants.
     *
     * @throws IllegalArgumentException if there is none, or if it has no kink
     */
    public Activation(int operand, String word, List<Double> constants, int size, int pixels) {
      this(operand, kinked(word, constants), size, pixels);
    }

    private static ActivationFunction kinked(String word, List<Double> constants) {
      if (constants.isEmpty() && (word.equals("identity") || word.equals("center"))) {
        throw new IllegalArgumentException(word + " has no kink: it is a linear unit");
      }
      return ActivationFunction.of(word, constants);
    }

    /** The properties of its elements that hold for all inputs: the same of all groups. */
    public KnownGroups known() {
      Group group = Group.of(function, size);
      return new KnownGroups(group.size(), Collections.nCopies(size / group.size(), group));
    }

    /** The places of its groups of {@code group} elements. */
    public ChannelGroups groups(int group) {
      return new ChannelGroups(group, pixels);
    }

    @Override
    public List<Integer> operands() {
      return List.of(operand);
    }

    @Override
    public Activation reading(IntUnaryOperator place) {
      return new Activation(place.applyAsInt(operand), function, size, pixels);
    }

    @Override
    public List<Double> constants() {
      return function.constants();
    }
  }

  /**
   * A unit of which a proof knows a gain and nothing else: no output of it is further from another,
   * in l2, than the gain times the distance of what it read. It has one multiplier.
   */
  sealed interface GainOnly extends Unit {

    /** The number of the one unit that it reads. */
    int operand();

    @Override
    default List<Integer> operands() {
      return List.of(operand());
    }
  }

  /**
   * The largest element of each channel of an image in a window.
   *
   * <p>No output moves by more than what moves most in its window, so not by more than the l2 norm
   * of the moves there. Over all windows each pixel counts as often as windows overlap: {@code |dw|
   * <= sqrt(overlap) |dz|}.
   *
   * @param operand the number of the unit that it reads
   * @param input the image that it reads
   * @param window how it moves, within the image
   */
  record MaxPool(int operand, Grid input, Window window) implements GainOnly {

    /**
     * Checks that there is such a function.
     *
     * @throws IllegalArgumentException if the window does not fit into the image
     */
    public MaxPool {
      input.pooled(window);
    }

    @Override
    public MaxPool reading(IntUnaryOperator place) {
      return new MaxPool(place.applyAsInt(operand), input, window);
    }

    /** The image that it gives. */
    public Grid output() {
      return input.pooled(window);
    }

    @Override
    public int size() {
      return output().elements();
    }

    /** The elements that the windows read. */
    public Windows windows() {
      return Windows.ofPool(input, window);
    }

    /** The l2 gain, rounded up: the root of a whole number, which the fused product compares. */
    public double gain() {
      double overlap = window.overlap();
      double root = Math.sqrt(overlap);
      return Math.fma(root, root, -overlap) >= 0 ? root : Math.nextUp(root);
    }
  }

  /**
   * A call of another network, of which only the certified bound is used unless the proof inlines
   * it.
   *
   * @param operand the number of the unit that it reads
   * @param inputs the number of elements that the called network reads
   * @param size the number of elements that it gives
   * @param network its qualified name
   * @param certificate the digest of its certificate's text
   */
  record Call(int operand, String network, Digest certificate, int inputs, int size)
      implements GainOnly {
    public Call {
      NetworkName.checked(network);
    }

    @Override
    public Call reading(IntUnaryOperator place) {
      return new Call(place.applyAsInt(operand), network, certificate, inputs, size);
    }
  }

  /** {@code W x + b}; {@code weight} names a tensor {@code [size, inputs]}. */
  static Linear dense(int operand, int inputs, int size, String weight, Optional<String> bias) {
    return new Linear(List.of(operand), new Matrix(inputs, size, weight, bias), size);
  }

  /** The sum of two or more units of one size. */
  static Linear sum(List<Integer> operands, int size) {
    return new Linear(operands, new Sum(), size);
  }

  /** Two or more units, one after the other. */
  static Linear concat(List<Integer> operands, int size) {
    return new Linear(operands, new Concatenation(), size);
  }

  /** {@code factor x}. */
  static Linear scale(int operand, double factor, int size) {
    return new Linear(List.of(operand), new Scaling(factor), size);
  }

  /** {@code scale_i x_i + shift_i}. */
  static Linear affine(int operand, List<Double> scale, List<Double> shift, int size) {
    if (scale.size() != size) {
      throw new IllegalArgumentException("an affine map of several sizes");
    }
    return new Linear(List.of(operand), new Diagonal(scale, shift), size);
  }

  /** The elements of the operand with the given numbers, in that order. */
  static Linear select(int operand, List<Integer> indices) {
    return new Linear(List.of(operand), new Selection(indices), indices.size());
  }

  /** A convolution of the operand, an image. */
  static Linear convolution(int operand, Convolution map) {
    return new Linear(List.of(operand), map, map.output().elements());
  }

  /** The means of the operand, an image, over a window. */
  static Linear averagePool(int operand, AveragePool map) {
    return new Linear(List.of(operand), map, map.output().elements());
  }

  /** Scales and shifts the channels of the operand. */
  static Linear batchNorm(int operand, BatchNorm map) {
    return new Linear(List.of(operand), map, map.channels() * map.pixels());
  }

  /**
   * The unit for a word that the language calls an activation: {@code identity} and {@code center}
   * are linear.
   *
   * @throws IllegalArgumentException if there is none of that word and constants
   */
  static Unit activation(int operand, String word, List<Double> constants, int size) {
    return switch (constants.isEmpty() ? word : "") {
      case "identity" -> new Linear(List.of(operand), new Identity(), size);
      case "center" -> new Linear(List.of(operand), new Centering(), size);
      default -> new Activation(operand, word, constants, size, 1);
    };
  }
}
