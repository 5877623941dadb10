package io.lipc.onnx.operator;

import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Window;
import io.lipc.onnx.graph.OnnxConstant;
import io.lipc.onnx.graph.Outlook;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.graph.Value;
import io.lipc.onnx.protobuf.Budget;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * ConvTranspose: each pixel x is spread over a window, {@code y[o] = sum_i x[i] w[o + before - s
 * i]}, with stride s along each axis. With {@code o + before = s q + r} and {@code 0 <= r < s} that
 * is {@code sum_j x[q - j] w[r + s j]}: for each phase r a convolution of stride 1, whose kernel is
 * every s-th weight, the last first. The phases are channels of one convolution, and a selection
 * puts their pixels side by side. A kernel with gaps has zeros in them. No weight is rounded.
 */
final class Spreading {

  private final Arguments arguments;
  private final Layers layers;

  Spreading(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
  }

  /**
   * One axis.
   *
   * @param kernel the extent of the kernel
   * @param dilation the distance of its neighbours
   * @param before the pixels that are left out before the first one
   * @param from the extent of the image that is read
   * @param to that of the image that is given
   */
  private record Along(int kernel, int dilation, int stride, int before, int from, int to) {

    /** The taps of each phase. */
    int taps() {
      return Math.ceilDiv((kernel - 1) * dilation + 1, stride);
    }

    /** The element of the kernel that stands at a place of the window; none in its gaps. */
    OptionalInt element(int place) {
      int element = place / dilation;
      return place % dilation == 0 && element < kernel
          ? OptionalInt.of(element)
          : OptionalInt.empty();
    }

    /** The zeros that are read behind the image. */
    int behind() {
      return Math.max(0, (to - 1 + before) / stride - (from - 1));
    }

    /** The extent of each phase; what {@link #to} does not need is left out later. */
    int phase() {
      return from + behind();
    }
  }

  Value.Signal apply() throws OnnxException {
    arguments.expect(
        2,
        3,
        "auto_pad",
        "dilations",
        "group",
        "kernel_shape",
        "output_padding",
        "output_shape",
        "pads",
        "strides");
    Value.Signal signal = arguments.signal(0);
    Grid image = arguments.image(0);
    OnnxConstant weight = weight(image);
    int groups = (int) arguments.integer("group", 1);
    int inGroup = weight.shape().get(1);
    Along down = along(0, image.height(), weight);
    Along right = along(1, image.width(), weight);
    int phases = phases(down, right, (long) groups * inGroup, weight);
    Kernel kernel =
        new Kernel(
            phased(weight, groups, phases, down, right), bias(groups, inGroup, phases), groups);
    Window window =
        Window.of(
            List.of(down.taps(), right.taps()),
            List.of(1, 1),
            List.of(down.taps() - 1, right.taps() - 1, down.behind(), right.behind()),
            List.of(1, 1));
    int spread = layers.convolution(signal.layer(), image, kernel, window);
    List<Integer> shape = List.of(1, groups * inGroup, down.to(), right.to());
    arguments.budget().numbers(Shapes.size(shape));
    int[] places = places(groups, inGroup, phases, down, right);
    return new Value.Signal(layers.select(spread, places, Shapes.ofRow(shape)), shape);
  }

  private OnnxConstant weight(Grid image) throws OnnxException {
    OnnxConstant weight = arguments.real(1, "a kernel");
    List<Integer> shape = weight.shape();
    long groups = arguments.integer("group", 1);
    boolean fits = shape.size() == 4 && weight.size() > 0 && shape.getFirst() == image.channels();
    if (!fits || groups < 1 || image.channels() % groups != 0) {
      throw arguments.invalid(
          "has a kernel of shape %s in %d groups, and one for %d channels has [channels, channels of the result / group, height, width]"
              .formatted(Shapes.words(shape), groups, image.channels()));
    }
    return weight;
  }

  private Along along(int axis, int from, OnnxConstant weight) throws OnnxException {
    int kernel = weight.shape().get(2 + axis);
    checkKernel(weight.shape().subList(2, 4));
    int stride = number("strides", 2, axis, 1);
    int dilation = number("dilations", 2, axis, 1);
    int more = number("output_padding", 2, axis, 0);
    long whole = (from - 1L) * stride + more + (kernel - 1L) * dilation + 1;
    int before;
    long to;
    Optional<Long> wanted = wanted(axis, (long) from * stride);
    if (wanted.isPresent()) {
      to = wanted.get();
      before = (int) Math.min(half(whole - to), Budget.MAX_ELEMENTS);
    } else {
      before = number("pads", 4, axis, 0);
      to = whole - before - number("pads", 4, axis + 2, 0);
    }
    if (to < 1 || (more >= Math.max(stride, dilation) && more > 0)) {
      throw arguments.invalid(
          "gives an image with the extent %d, with output_padding = %d and strides of %d"
              .formatted(to, more, stride));
    }
    if (whole > Budget.MAX_ELEMENTS) {
      throw tooLarge(whole);
    }
    return new Along(kernel, dilation, stride, before, from, (int) to);
  }

  /** The extent of the result, where padding follows from it. */
  private Optional<Long> wanted(int axis, long same) throws OnnxException {
    String automatic = arguments.text("auto_pad", "NOTSET");
    if (arguments.has("output_shape")) {
      return Optional.of((long) number("output_shape", 2, axis, 1));
    }
    return switch (automatic) {
      case "NOTSET", "VALID" -> Optional.empty();
      case "SAME_UPPER", "SAME_LOWER" -> Optional.of(same);
      default -> throw arguments.invalid("has auto_pad = " + OnnxException.quote(automatic));
    };
  }

  /** Half of the pixels that are left out: which end an odd one is at, differs between runtimes. */
  private long half(long left) throws OnnxException {
    if (left < 0 || left % 2 != 0) {
      throw arguments.unread(
          "leaves %d pixels out along an axis (output_shape or auto_pad), and runtimes differ about the end at which they are"
              .formatted(left),
          Outlook.NOT_PLANNED,
          "export the model with `pads` and `output_padding`");
    }
    return left / 2;
  }

  private OnnxException tooLarge(long elements) {
    return arguments.unread(
        "gives an image of %d elements, of which lipc reads %d"
            .formatted(elements, Budget.MAX_ELEMENTS),
        Outlook.NOT_PLANNED,
        "make the image smaller before it");
  }

  private void checkKernel(List<Integer> kernel) throws OnnxException {
    if (arguments.has("kernel_shape") && !arguments.longs("kernel_shape").equals(longs(kernel))) {
      throw arguments.invalid(
          "has kernel_shape = %s and a kernel of %s"
              .formatted(arguments.longs("kernel_shape"), Shapes.words(kernel)));
    }
  }

  private static List<Long> longs(List<Integer> values) {
    return values.stream().map(Integer::longValue).toList();
  }

  private int number(String name, int count, int index, int least) throws OnnxException {
    if (!arguments.has(name)) {
      return least;
    }
    List<Long> numbers = arguments.longs(name);
    if (numbers.size() != count) {
      throw arguments.invalid(
          "has %d numbers in `%s`, and one of an image has %d"
              .formatted(numbers.size(), name, count));
    }
    long number = numbers.get(index);
    if (number < least || number > Budget.MAX_ELEMENTS) {
      throw arguments.unread(
          "has `%s` of %s, and lipc reads numbers from %d to %d"
              .formatted(name, Shapes.words(numbers), least, Budget.MAX_ELEMENTS),
          Outlook.NOT_PLANNED,
          "export the model with such numbers");
    }
    return (int) number;
  }

  /** The number of phases, if their results are not too large. */
  private int phases(Along down, Along right, long channels, OnnxConstant weight)
      throws OnnxException {
    long phases = (long) down.stride() * right.stride();
    long taps = (long) down.taps() * right.taps();
    long area = (long) down.phase() * right.phase();
    if (phases > Budget.MAX_ELEMENTS
        || area > Budget.MAX_ELEMENTS
        || phases * channels > Budget.MAX_ELEMENTS
        || phases * channels * area > Budget.MAX_ELEMENTS) {
      throw tooLarge((long) Math.min(Long.MAX_VALUE, 1.0 * phases * area * channels));
    }
    int kernels = weight.shape().get(0) * weight.shape().get(1);
    arguments.budget().numbers(phases * kernels * taps);
    return (int) phases;
  }

  /** The kernels of all phases: {@code [groups x phases x channels, read channels, taps, taps]}. */
  private OnnxConstant phased(
      OnnxConstant weight, int groups, int phases, Along down, Along right) {
    int channels = weight.shape().get(1);
    int read = weight.shape().get(0) / groups;
    int taps = down.taps() * right.taps();
    double[] kernels = new double[groups * phases * channels * read * taps];
    for (int i = 0; i < kernels.length; i++) {
      arguments.budget().look(i);
      int tap = i % taps;
      int in = i / taps % read;
      int channel = i / (taps * read) % channels;
      int phase = i / (taps * read * channels) % phases;
      int group = i / (taps * read * channels * phases);
      int y = phase / right.stride() + down.stride() * (down.taps() - 1 - tap / right.taps());
      int x = phase % right.stride() + right.stride() * (right.taps() - 1 - tap % right.taps());
      OptionalInt row = down.element(y);
      OptionalInt column = right.element(x);
      if (row.isPresent() && column.isPresent()) {
        int from = ((group * read + in) * channels + channel) * down.kernel() + row.getAsInt();
        kernels[i] = weight.get(from * right.kernel() + column.getAsInt());
      }
    }
    List<Integer> shape = List.of(groups * phases * channels, read, down.taps(), right.taps());
    return new OnnxConstant(weight.kind(), shape, kernels);
  }

  /** The bias of each channel, for all its phases; empty where all are zero. */
  private Optional<double[]> bias(int groups, int channels, int phases) throws OnnxException {
    if (arguments.optional(2).isEmpty()) {
      return Optional.empty();
    }
    OnnxConstant bias = arguments.real(2, "a bias");
    if (!bias.shape().equals(List.of(groups * channels))) {
      throw arguments.invalid(
          "has a bias of shape %s for %d channels"
              .formatted(Shapes.words(bias.shape()), groups * channels));
    }
    arguments.budget().numbers((long) groups * channels * phases);
    double[] values = new double[groups * phases * channels];
    Arrays.setAll(values, i -> bias.get(i / (phases * channels) * channels + i % channels));
    return Optional.of(values).filter(_ -> Arrays.stream(values).anyMatch(value -> value != 0));
  }

  /** Where each pixel of the result stands among those of the phases. */
  private static int[] places(int groups, int channels, int phases, Along down, Along right) {
    int area = down.to() * right.to();
    int[] places = new int[groups * channels * area];
    for (int i = 0; i < places.length; i++) {
      int channel = i / area;
      int y = i % area / right.to() + down.before();
      int x = i % right.to() + right.before();
      int phase = y % down.stride() * right.stride() + x % right.stride();
      int from = (channel / channels * phases + phase) * channels + channel % channels;
      int row = from * down.phase() + y / down.stride();
      places[i] = row * right.phase() + x / right.stride();
    }
    return places;
  }
}
