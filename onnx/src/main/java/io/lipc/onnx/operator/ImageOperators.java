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

/** Convolutions and pools of one image, {@code [1, channels, height, width]}. */
final class ImageOperators {

  private static final List<Integer> NONE = List.of(0, 0, 0, 0);
  private static final List<Integer> ONES = List.of(1, 1);

  private final Arguments arguments;
  private final Layers layers;
  private final WindowAttributes attributes;

  ImageOperators(Arguments arguments, Layers layers) {
    this.arguments = arguments;
    this.layers = layers;
    this.attributes = new WindowAttributes(arguments);
  }

  /** The operand of a convolution: an image, and the zeros that Pad put around it. */
  private record Around(Value.Signal image, List<Integer> zeros) {}

  Value.Signal conv() throws OnnxException {
    arguments.expect(2, 3, "auto_pad", "dilations", "group", "kernel_shape", "pads", "strides");
    Around around =
        switch (arguments.value(0)) {
          case Value.Padded padded -> new Around(padded.image(), padded.padding());
          case Value.Signal _, Value.Constant _ -> new Around(arguments.signal(0), NONE);
        };
    Grid outside = arguments.image(0);
    Kernel kernel = kernel(outside.channels());
    Window alone = attributes.over(outside, kernel.extents());
    Window window = WindowAttributes.with(alone, around.zeros());
    List<Integer> inside = around.image().shape();
    Grid image = new Grid(inside.get(1), inside.get(2), inside.get(3));
    attributes.check(image, window, kernel.channels());
    if (image.through(window, kernel.channels()).orElseThrow().pixels() == 1) {
      int product = layers.dense(around.image().layer(), matrix(kernel, image, window), false);
      int layer = kernel.bias().isPresent() ? layers.shift(product, kernel.bias().get()) : product;
      return new Value.Signal(layer, List.of(1, kernel.channels(), 1, 1));
    }
    int layer = layers.convolution(around.image().layer(), image, kernel, window);
    return image(layer, image.through(window, kernel.channels()).orElseThrow());
  }

  private static Value.Signal image(int layer, Grid grid) {
    return new Value.Signal(layer, List.of(1, grid.channels(), grid.height(), grid.width()));
  }

  /**
   * The matrix of a convolution whose window has one place: each weight stands at the element that
   * it multiplies.
   */
  private OnnxConstant matrix(Kernel kernel, Grid image, Window window) throws OnnxException {
    int inputs = image.channels() * image.pixels();
    int inGroup = image.channels() / kernel.groups();
    long size = (long) kernel.channels() * inputs;
    if (size > Budget.MAX_NUMBERS) {
      throw arguments.unread(
          "is a matrix of %d x %d, which is too large".formatted(kernel.channels(), inputs),
          Outlook.NOT_PLANNED,
          "make the layer smaller");
    }
    arguments.budget().numbers(size);
    double[] matrix = new double[(int) size];
    int area = window.area();
    for (int i = 0; i < kernel.weight().size(); i++) {
      arguments.budget().look(i);
      int row = i / (inGroup * area);
      int channel = row / (kernel.channels() / kernel.groups()) * inGroup + i / area % inGroup;
      int y = i % area / window.horizontal().kernel() * window.vertical().dilation();
      int x = i % window.horizontal().kernel() * window.horizontal().dilation();
      int down = y - window.padding().get(0);
      int right = x - window.padding().get(1);
      if (down >= 0 && down < image.height() && right >= 0 && right < image.width()) {
        int place = (channel * image.height() + down) * image.width() + right;
        matrix[row * inputs + place] = kernel.weight().get(i);
      }
    }
    OnnxConstant weight = kernel.weight();
    return new OnnxConstant(weight.kind(), List.of(kernel.channels(), inputs), matrix);
  }

  private Kernel kernel(int channels) throws OnnxException {
    OnnxConstant weight = arguments.real(1, "a kernel");
    List<Integer> shape = weight.shape();
    if (shape.size() != 4 || weight.size() == 0) {
      throw arguments.invalid(
          "has a kernel of shape %s, and one of an image has [channels, channels / group, height,"
                  .formatted(Shapes.words(shape))
              + " width]");
    }
    int groups = groups(channels, shape);
    if (arguments.has("kernel_shape") && !attributes.kernel().equals(shape.subList(2, 4))) {
      throw arguments.invalid(
          "has kernel_shape = %s and a kernel of shape %s"
              .formatted(attributes.kernel(), Shapes.words(shape)));
    }
    return new Kernel(weight, bias(shape.getFirst()), groups);
  }

  /** Into how many parts the channels are cut, of which the kernel reads one. */
  private int groups(int channels, List<Integer> kernel) throws OnnxException {
    long groups = arguments.integer("group", 1);
    if (groups < 1 || channels % groups != 0 || kernel.getFirst() % groups != 0) {
      throw arguments.invalid(
          "makes %d groups of %d and of %d channels, which that number does not divide"
              .formatted(groups, channels, kernel.getFirst()));
    }
    if (kernel.get(1) != channels / groups) {
      throw arguments.invalid(
          "has a kernel of shape %s, which reads %d channels, and there are %d in a group"
              .formatted(Shapes.words(kernel), kernel.get(1), channels / groups));
    }
    return (int) groups;
  }

  /** One number per channel; none where all are zero. */
  private Optional<double[]> bias(int channels) throws OnnxException {
    if (arguments.optional(2).isEmpty()) {
      return Optional.empty();
    }
    OnnxConstant bias = arguments.real(2, "a bias");
    if (!bias.shape().equals(List.of(channels))) {
      throw arguments.invalid(
          "has a bias of shape %s for %d channels".formatted(Shapes.words(bias.shape()), channels));
    }
    arguments.budget().numbers(channels);
    double[] values = bias.values();
    return Optional.of(values).filter(_ -> Arrays.stream(values).anyMatch(value -> value != 0));
  }

  /** Zeros around the image are pixels like others, or the pool is refused. */
  Value.Signal averagePool() throws OnnxException {
    arguments.expect(
        1,
        1,
        "auto_pad",
        "ceil_mode",
        "count_include_pad",
        "dilations",
        "kernel_shape",
        "pads",
        "strides");
    Value.Signal signal = arguments.signal(0);
    Grid image = arguments.image(0);
    Window window = pooling(image);
    if (window.isPlain()) {
      return image(layers.averagePool(signal.layer(), image, window), image.pooled(window));
    }
    if (arguments.integer("count_include_pad", 0) == 0) {
      throw arguments.unread(
          "puts the zeros %s around its image and leaves them out of its means (count_include_pad = 0), so that it divides by fewer pixels at the border"
              .formatted(window.padding()),
          Outlook.PLANNED,
          "export the model without padding, or with count_include_pad = 1");
    }
    int layer = layers.convolution(signal.layer(), image, mean(image.channels(), window), window);
    return image(layer, image.through(window, image.channels()).orElseThrow());
  }

  /**
   * The kernel that reads each channel by itself, and whose weights are one divided by their
   * number.
   */
  private Kernel mean(int channels, Window window) throws OnnxException {
    int height = window.vertical().kernel();
    int width = window.horizontal().kernel();
    long area = (long) height * width;
    if (area > Budget.MAX_ELEMENTS / channels) {
      throw arguments.unread(
          "takes means over %d pixels in each of %d channels, which are too many"
              .formatted(area, channels),
          Outlook.NOT_PLANNED,
          "make the image smaller before it");
    }
    double[] weights = new double[(int) area * channels];
    Arrays.fill(weights, 1.0 / area);
    List<Integer> shape = List.of(channels, 1, height, width);
    OnnxConstant weight = new OnnxConstant(OnnxConstant.Kind.DOUBLE, shape, weights);
    return new Kernel(weight, Optional.empty(), channels);
  }

  /**
   * A MaxPool. The attribute storage_order is about its second output, the places of the maxima,
   * only.
   */
  Value.Signal maxPool() throws OnnxException {
    arguments.expect(
        1,
        1,
        "auto_pad",
        "ceil_mode",
        "dilations",
        "kernel_shape",
        "pads",
        "storage_order",
        "strides");
    Value.Signal signal = arguments.signal(0);
    Grid image = arguments.image(0);
    Window window = pooling(image);
    if (!window.isPlain()) {
      throw arguments.unread(
          "puts padding of %s around its image, and lipc reads max pooling within the image"
              .formatted(window.padding()),
          Outlook.PLANNED,
          "behind a Relu, Pad with zeros before it, which is read and gives the same there");
    }
    return image(layers.maxPool(signal.layer(), image, window), image.pooled(window));
  }

  /** A window whose elements are neighbours, and that fits into the image with its zeros. */
  private Window pooling(Grid image) throws OnnxException {
    if (arguments.integer("ceil_mode", 0) != 0) {
      throw arguments.unread(
          "rounds the number of its windows up (ceil_mode), so that the last ones may leave the image",
          Outlook.NOT_PLANNED,
          "export the model with ceil_mode = 0");
    }
    Window window = attributes.over(image, attributes.kernel());
    if (!window.dilation().equals(ONES)) {
      throw arguments.unread(
          "has dilations of " + window.dilation() + ", and lipc reads pools of neighbouring pixels",
          Outlook.NOT_PLANNED,
          "export the model with dilations of 1");
    }
    attributes.check(image, window, image.channels());
    return window;
  }

  Value.Signal globalAveragePool() throws OnnxException {
    arguments.expect(1, 1);
    Value.Signal signal = arguments.signal(0);
    Grid image = arguments.image(0);
    List<Integer> all = List.of(image.height(), image.width());
    Window window = Window.plain(all, all);
    return image(layers.averagePool(signal.layer(), image, window), image.pooled(window));
  }
}
