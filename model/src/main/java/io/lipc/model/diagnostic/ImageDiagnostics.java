package io.lipc.model.diagnostic;

import io.lipc.certificate.linear.Window;
import io.lipc.model.Shape;
import java.util.List;
import java.util.stream.Collectors;

/** Every message about images and the windows that move over them, one named method each. */
public final class ImageDiagnostics {

  private ImageDiagnostics() {}

  /**
   * A tensor that is not an image.
   *
   * @param word the operation that reads it
   */
  public static Diagnostic notAnImage(String layer, String word, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "layer `%s` is a `%s` and reads %s".formatted(layer, word, found))
        .required("an image: channels, height and width")
        .found(found.toString())
        .help("declare three extents, `real[1, 28, 28]`, or give it some: `reshape([1, 8, 8])`");
  }

  /** A window that is larger than the image with its padding. */
  public static Diagnostic kernelDoesNotFit(String layer, Window window, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "kernel %s of layer `%s` does not fit into %s with padding %s"
                .formatted(one(window.kernel()), layer, found, one(window.padding())))
        .required("a kernel no larger than the image with its padding")
        .found(written(window))
        .help("make the kernel smaller, or add padding");
  }

  private static String written(Window window) {
    boolean dilated = !window.dilation().equals(List.of(1, 1));
    return "a kernel of "
        + one(window.kernel())
        + (dilated ? " whose elements are " + one(window.dilation()) + " pixels apart" : "");
  }

  /** {@code 3} where all are the same, else {@code [3, 5]}. */
  private static String one(List<Integer> numbers) {
    return numbers.stream().distinct().count() == 1
        ? String.valueOf(numbers.getFirst())
        : numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Groups that cut a channel in two. */
  public static Diagnostic groupsDoNotDivide(String layer, int channels, int groups) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "%d channels of layer `%s` are not divisible by groups = %d"
                .formatted(channels, layer, groups))
        .required("numbers of channels, in and out, that are multiples of the groups")
        .found(channels + " channels")
        .help("take a number of groups that divides both, or leave `groups` out");
  }

  /**
   * Groups of channels that do not fill the image.
   *
   * @param word the activation
   * @param group how many channels it maps together
   */
  public static Diagnostic channelsDoNotFit(String layer, String word, int group, Shape found) {
    int channels = found.extents().getFirst();
    String does = group == 2 ? "pairs channels" : "maps channels in groups of " + group;
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "layer `%s` %s, but %s has %d".formatted(layer, does, found, channels))
        .required("a multiple of " + group + " channels for `" + word + "`")
        .found(channels + " channels")
        .help(
            "give the layer before it " + Math.ceilDiv(channels + 1, group) * group + " channels");
  }

  /**
   * An operation of a whole vector that reads an image.
   *
   * @param word the operation
   */
  public static Diagnostic needsVector(String layer, String word, Shape found) {
    return Diagnostic.of(
            DiagnosticId.SHAPE_MISMATCH,
            "layer `%s` is a `%s` of a whole vector and reads %s".formatted(layer, word, found))
        .required("a vector")
        .found(found.toString())
        .help("put `flatten` before it, if all elements are meant together");
  }

  /**
   * A number of a window that has no meaning.
   *
   * @param what which number
   * @param required what it has to be
   */
  public static Diagnostic windowInvalid(String what, String required, int found) {
    return Diagnostics.constantInvalid(what, required, String.valueOf(found));
  }

  /**
   * Padding that is not of zeros.
   *
   * @param word the operation that pads
   * @param mode what was written
   */
  public static Diagnostic paddingNotSupported(String word, String mode) {
    return Diagnostic.of(
            DiagnosticId.PADDING_NOT_SUPPORTED,
            "`" + word + "` pads its input by `" + mode + "`, not with zeros")
        .required("padding with zeros")
        .found("`" + mode + "`")
        .reason("a pixel that is repeated outside the grid counts more than once in a distance")
        .help("write `padding = 1` alone: it pads with zeros, and the bound holds for that");
  }

  /**
   * Pixels behind the last window.
   *
   * @param rows how many rows of the image no window reads
   * @param columns how many columns
   */
  public static Diagnostic restUnread(
      String layer, Window window, int rows, int columns, Shape read) {
    return Diagnostic.of(
            DiagnosticId.REST_UNREAD,
            "stride %s of layer `%s` leaves %s of %s unread"
                .formatted(one(window.stride()), layer, rest(rows, columns), read))
        .required("windows that reach the last row and column")
        .found(rest(rows, columns) + " behind the last window")
        .help("add padding, or take a kernel and a stride that reach the end");
  }

  private static String rest(int rows, int columns) {
    String down = rows + (rows == 1 ? " row" : " rows");
    String right = columns + (columns == 1 ? " column" : " columns");
    return rows == 0 ? right : columns == 0 ? down : down + " and " + right;
  }
}
