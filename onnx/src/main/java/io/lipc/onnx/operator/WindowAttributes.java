package io.lipc.onnx.operator;

import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.model.Shape;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The movement of a node's window over an image: strides, dilations and zeros around it. */
final class WindowAttributes {

  /** No extent is larger, and sums of a few fit into an int. */
  private static final int MOST = Shape.MAX_SIZE;

  private final Arguments arguments;

  WindowAttributes(Arguments arguments) {
    this.arguments = arguments;
  }

  /** The extents that the attribute {@code kernel_shape} states: {@code [height, width]}. */
  List<Integer> kernel() throws OnnxException {
    if (!arguments.has("kernel_shape")) {
      throw arguments.invalid("has no attribute `kernel_shape`");
    }
    return numbers("kernel_shape", 2, 1);
  }

  /**
   * The window.
   *
   * @param kernel its extents
   * @param image over which it moves
   */
  Window over(Grid image, List<Integer> kernel) throws OnnxException {
    List<Integer> strides = numbers("strides", 2, 1);
    List<Integer> dilations = numbers("dilations", 2, 1);
    Window plain = Window.of(kernel, strides, List.of(0, 0, 0, 0), dilations);
    String automatic = arguments.text("auto_pad", "NOTSET");
    if (!automatic.equals("NOTSET") && arguments.has("pads")) {
      throw arguments.invalid("has `pads` beside auto_pad = " + shown(automatic));
    }
    return switch (automatic) {
      case "NOTSET" -> padded(plain, numbers("pads", 4, 0));
      case "VALID" -> plain;
      case "SAME_UPPER" -> padded(plain, same(image, plain, 0));
      case "SAME_LOWER" -> padded(plain, same(image, plain, 1));
      default ->
          throw arguments.invalid(
              "has auto_pad = "
                  + shown(automatic)
                  + ", which is none of NOTSET, SAME_LOWER, SAME_UPPER and VALID");
    };
  }

  private static String shown(String text) {
    return OnnxException.quote(text);
  }

  private static Window padded(Window plain, List<Integer> padding) {
    return Window.of(plain.kernel(), plain.stride(), padding, plain.dilation());
  }

  /**
   * The zeros for which one pixel comes out for each stride that begins in the image.
   *
   * @param more 1 where an odd zero comes first, 0 where it comes last
   */
  private List<Integer> same(Grid image, Window plain, int more) throws OnnxException {
    long down = zeros(plain.vertical(), image.height());
    long right = zeros(plain.horizontal(), image.width());
    long above = (down + more) / 2;
    long left = (right + more) / 2;
    return checked("auto_pad", List.of(above, left, down - above, right - left), 0);
  }

  private static long zeros(Axis axis, int extent) {
    long steps = (extent - 1L) / axis.stride();
    long span = (axis.kernel() - 1L) * axis.dilation() + 1;
    return Math.max(0, steps * axis.stride() + span - extent);
  }

  /** An attribute of as many numbers as are expected, all {@code least} where it is left out. */
  private List<Integer> numbers(String name, int count, int least) throws OnnxException {
    if (!arguments.has(name)) {
      return Collections.nCopies(count, least);
    }
    List<Long> values =
        Arrays.stream(arguments.integers(name)).mapToObj(value -> (long) value).toList();
    if (values.size() != count) {
      throw arguments.invalid(
          "has %d numbers in `%s`, and one of an image has %d"
              .formatted(values.size(), name, count));
    }
    return checked(name, values, least);
  }

  private List<Integer> checked(String name, List<Long> values, int least) throws OnnxException {
    if (values.stream().anyMatch(value -> value < least || value > MOST)) {
      throw arguments.unread(
          "has `%s` of %s, and lipc reads numbers from %d to %d"
              .formatted(name, Shapes.words(values), least, MOST),
          Outlook.NOT_PLANNED,
          "export the model with such numbers; Slice, which is read, leaves pixels out");
    }
    return values.stream().map(Long::intValue).toList();
  }

  /** The same window with further zeros around its image. */
  static Window with(Window window, List<Integer> more) {
    List<Integer> padding = new ArrayList<>(window.padding());
    IntStream.range(0, more.size()).forEach(i -> padding.set(i, padding.get(i) + more.get(i)));
    return padded(window, padding);
  }

  /** Checks that the window moves over the image, and that the result is not too large. */
  void check(Grid image, Window window, int channels) throws OnnxException {
    boolean down = window.vertical().outputs(image.height()).isPresent();
    boolean right = window.horizontal().outputs(image.width()).isPresent();
    if (!down || !right) {
      throw arguments.invalid(
          "has a window of %s, dilated by %s, which does not fit into %s with the zeros %s around it"
              .formatted(window.kernel(), window.dilation(), image.extents(), window.padding()));
    }
    if (image.through(window, channels).isEmpty()) {
      throw arguments.unread(
          "gives an image of more than " + MOST + " elements",
          Outlook.NOT_PLANNED,
          "make the image smaller before it");
    }
  }
}
