package io.lipc.model.diagnostic;

import io.lipc.model.Shape;
import io.lipc.model.activation.GroupedKind;

/** Every message about shapes, sizes and numbers of operands, one named method each. */
public final class ShapeDiagnostics {

  private ShapeDiagnostics() {}

  /**
   * Operands whose shapes do not fit together.
   *
   * @param first what messages call the first operand, {@code `h1`} or {@code operand 1}
   * @param other what they call the one that differs
   */
  public static Diagnostic addsDifferentShapes(
      String layer, String first, Shape expected, String other, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH, "layer `" + layer + "` adds " + expected + " and " + found)
        .required(other + " of the same shape as " + first + ", " + expected)
        .found(other + " is " + found)
        .help(
            found.size() == expected.size()
                ? "give both one shape, with `flatten` or `reshape(%s)`"
                    .formatted(expected.extents())
                : String.format(
                    "give %s %d outputs, or map %s with a layer of its own: `... |> dense(%d)`",
                    first, found.size(), other, expected.size()));
  }

  /** The result has another shape than declared. */
  public static Diagnostic resultShape(String network, Shape expected, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "network `" + network + "` returns " + found + ", but declares " + expected)
        .required(expected.toString())
        .found(found.toString())
        .help(
            found.size() == expected.size()
                ? "end with `reshape(" + expected.extents() + ")`, or declare " + found
                : "let the last layer have " + expected.size() + " outputs, or declare " + found);
  }

  /** MaxMin needs pairs. */
  public static Diagnostic oddMaxMin(String layer, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "layer `" + layer + "` sorts pairs, but its input " + found + " has an odd size")
        .required("an even number of elements")
        .found(found.toString())
        .help("give the layer before it " + (found.size() + 1) + " outputs");
  }

  /** Groups of neighbours have to fill the vector. */
  public static Diagnostic groupsDoNotFit(String layer, String word, int group, Shape found) {
    int above = Math.addExact(found.size(), group - found.size() % group);
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "layer `%s` maps groups of %d, but its input %s is not a whole number of groups"
                .formatted(layer, group, found))
        .required("a multiple of " + group + " elements for `" + word + "`")
        .found(found.toString())
        .help("give the layer before it " + above + " outputs" + smallerGroup(word, found.size()));
  }

  private static String smallerGroup(String word, int size) {
    for (int k = 2; k < size && word.equals(GroupedKind.GROUP_SORT.word()); k++) {
      if (size % k == 0) {
        return ", or sort groups of " + k + ": `" + word + "(" + k + ")`";
      }
    }
    return "";
  }

  /** The error for a softmax of one element, whose value is 1 whatever the input. */
  public static Diagnostic softmaxOfOne(String layer, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "layer `" + layer + "` is a softmax of one element, which is always 1")
        .required("at least two elements, one for each class")
        .found(found.toString())
        .help("for one logit use `sigmoid`, or give the layer before it an output for each class");
  }

  /** The error for a layer norm of one element, whose value is 0 whatever the input. */
  public static Diagnostic layerNormOfOne(String layer, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "layer `" + layer + "` normalises a single element, which leaves 0")
        .required("at least two elements, which have a mean and a deviation from it")
        .found(found.toString())
        .help("remove `layer_norm`, or give the layer before it more outputs");
  }

  /** The error for a normalised vector of one element, of which its sign is left. */
  public static Diagnostic lengthOfOne(String layer, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "layer `" + layer + "` divides a single element by its size, which leaves its sign")
        .required("at least two elements")
        .found(found.toString())
        .help("remove `l2_normalize`, or give the layer before it more outputs");
  }

  /** The mean of one element is that element. */
  public static Diagnostic centerOfOne(String layer, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "layer `" + layer + "` subtracts the mean of one element, which leaves 0")
        .required("at least two elements")
        .found(found.toString())
        .help("remove `center`, or give the layer before it more outputs");
  }

  /** The wrong number of operands. */
  public static Diagnostic operandCount(
      String layer, String operation, String required, int found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "layer `"
                + layer
                + "` gives `"
                + operation
                + "` "
                + found
                + (found == 1 ? " operand" : " operands"))
        .required(required)
        .found(String.valueOf(found))
        .help(
            found > 1
                ? "join them in a layer of its own: `a + b` or @Add, `concat(a, b)` or @Concat"
                : "check what `" + layer + "` reads");
  }

  /** A size that no tensor can have. */
  public static Diagnostic sizeOutOfRange(String what, String found) {
    return Diagnostic.of(DiagnosticId.SIZE_OUT_OF_RANGE, what + " has size " + found)
        .required("a size between 1 and " + Shape.MAX_SIZE)
        .found(found)
        .help("declare a smaller, positive size");
  }

  /** All layers together have more elements than can be certified. */
  public static Diagnostic networkTooLarge(String network, long elements, long most) {
    return Diagnostic.of(
            DiagnosticId.SIZE_OUT_OF_RANGE,
            "the layers of network `" + network + "` have " + elements + " elements in all")
        .required("at most " + most)
        .found(String.valueOf(elements))
        .help("declare smaller sizes: no bound of so large a network could be found or checked");
  }

  /** A reshaped tensor has the same elements. */
  public static Diagnostic reshapesOtherSize(String layer, Shape wanted, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "layer `%s` makes %s of %s, which has %d elements"
                .formatted(layer, wanted, found, found.size()))
        .required("extents whose product is " + found.size())
        .found("a product of " + wanted.size())
        .help("write extents of as many elements, or `flatten` for a vector of all");
  }

  /** A permutation is one of all elements. */
  public static Diagnostic permutesOtherSize(String layer, int count, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "layer `%s` permutes %d elements, but its input is %s".formatted(layer, count, found))
        .required("a list of " + found.size() + " elements")
        .found("a list of " + count)
        .help("name each element of the input once, from 0 to " + (found.size() - 1));
  }
}
