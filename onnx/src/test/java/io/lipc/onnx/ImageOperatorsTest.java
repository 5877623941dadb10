package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.ANY;
import static io.lipc.onnx.OnnxFile.DOUBLE;
import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.attribute;
import static io.lipc.onnx.OnnxFile.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.model.Layer;
import io.lipc.model.Shape;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators on images, by ONNX Runtime's outputs and by the layers that they become. */
final class ImageOperatorsTest {

  private static List<Layer> read(OnnxFile file) throws OnnxException {
    return OnnxModel.read(file.bytes(), "Net", 1).checked().network().layers();
  }

  /** Agrees with ONNX Runtime, and with the shape that the file states; the layers' kinds. */
  private static void assertReads(OnnxFile file, String layers) throws Exception {
    Agreement.check(file.bytes());
    String found =
        read(file).stream()
            .map(
                layer ->
                    switch (layer) {
                      case Layer.Linear(_, Convolution map, _) ->
                          map.bias().isPresent() ? "conv+b" : "conv";
                      case Layer.Linear(_, LinearMap map, _) -> map.word();
                      case Layer.Activate activate -> activate.activation().kind().word();
                      default -> layer.getClass().getSimpleName();
                    })
            .collect(Collectors.joining(" "));
    assertThat(found).isEqualTo(layers);
  }

  private static int[] extents(String words) {
    return Stream.of(words.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static List<Integer> list(String words) {
    return Arrays.stream(extents(words)).boxed().toList();
  }

  /** From {@code x} to {@code y}, images in floats. */
  private static OnnxFile images(int opset, String from, String to) {
    int[] batch = {ANY};
    return OnnxFile.opset(opset)
        .input("x", FLOAT, IntStream.concat(Arrays.stream(batch), words(from)).toArray())
        .output("y", FLOAT, IntStream.concat(Arrays.stream(batch), words(to)).toArray());
  }

  private static IntStream words(String extents) {
    return Arrays.stream(extents(extents));
  }

  private static OnnxFile images(String from, String to) {
    return images(17, from, to);
  }

  private static OnnxFile weight(OnnxFile file, String name, String shape) {
    List<Integer> extents = list(shape);
    return file.initialiser(name, extents, random(extents.getFirst(), Shapes.size(extents)));
  }

  private static Proto[] attributes(String words) {
    return Stream.of(words.split("; "))
        .filter(word -> !word.isEmpty())
        .map(word -> word.split("="))
        .map(
            pair ->
                switch (pair[0]) {
                  case "auto_pad" -> attribute(pair[0], pair[1]);
                  case "group", "count_include_pad", "ceil_mode", "storage_order" ->
                      attribute(pair[0], Long.parseLong(pair[1]));
                  default -> attribute(pair[0], list(pair[1]));
                })
        .toArray(Proto[]::new);
  }

  static Stream<Arguments> convolutions() {
    return Stream.of(
        Arguments.of("2 5 4", "3 2 3 3", "", "3 3 2"),
        Arguments.of("2 5 4", "3 2 1 1", "kernel_shape=1 1", "3 5 4"),
        Arguments.of("2 5 4", "3 2 3 2", "kernel_shape=3 2; pads=1 0 1 1", "3 5 4"),
        Arguments.of("2 5 4", "3 2 2 3", "pads=0 3 1 2; strides=1 2", "3 5 4"),
        Arguments.of("1 7 6", "2 1 3 3", "strides=2 3", "2 3 2"),
        Arguments.of("1 7 6", "2 1 3 2", "dilations=2 3", "2 3 3"),
        Arguments.of("1 7 6", "2 1 3 2", "dilations=3 1; pads=2 1 1 0; strides=3 2", "2 2 3"),
        Arguments.of("4 5 5", "6 2 3 3", "group=2", "6 3 3"),
        Arguments.of("3 5 5", "6 1 3 3", "group=3; pads=1 1 1 1", "6 5 5"),
        Arguments.of("2 5 4", "3 2 3 3", "auto_pad=VALID", "3 3 2"),
        Arguments.of("2 5 4", "3 2 3 3", "auto_pad=NOTSET; pads=1 1 1 1", "3 5 4"),
        Arguments.of("2 5 4", "3 2 3 3", "auto_pad=SAME_UPPER", "3 5 4"),
        Arguments.of("2 5 4", "3 2 2 4", "auto_pad=SAME_UPPER; strides=2 1", "3 3 4"),
        Arguments.of("2 5 4", "3 2 2 4", "auto_pad=SAME_LOWER; strides=2 1", "3 3 4"),
        Arguments.of("2 7 8", "3 2 1 2", "auto_pad=SAME_UPPER; strides=2 3", "3 4 3"),
        Arguments.of("1 1 1", "1 1 3 3", "pads=4 4 4 4", "1 7 7"));
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void conv(String image, String kernel, String attributes, String output) throws Exception {
    OnnxFile file = images(image, output);
    assertReads(
        weight(file, "w", kernel).node("Conv", "x w", "y", attributes(attributes)), "Input conv");
    OnnxFile biased = weight(images(image, output), "w", kernel);
    int channels = list(output).getFirst();
    assertReads(
        weight(biased, "b", String.valueOf(channels))
            .node("Conv", "x w b", "y", attributes(attributes)),
        "Input conv+b");
    assertThat(read(biased).getLast().shape()).isEqualTo(new Shape(list(output)));
  }

  static Stream<Arguments> coveringKernels() {
    return Stream.of(
        Arguments.of("2 5 4", "3 2 5 4", ""),
        Arguments.of("5 1 1", "3 5 1 1", ""),
        Arguments.of("1 1 6", "4 1 1 6", ""),
        Arguments.of("4 3 2", "6 2 3 2", "group=2"),
        Arguments.of("2 3 2", "3 2 4 4", "pads=0 1 1 1"),
        Arguments.of("2 5 4", "3 2 3 2", "dilations=2 3"),
        Arguments.of("2 5 4", "3 2 4 3", "strides=2 3"));
  }

  /** As MATLAB writes controllers. */
  @ParameterizedTest
  @MethodSource("coveringKernels")
  void conv_with_one_place_is_a_matrix(String image, String kernel, String attributes)
      throws Exception {
    String output = list(kernel).getFirst() + " 1 1";
    OnnxFile file = weight(images(image, output), "w", kernel);
    assertReads(file.node("Conv", "x w", "y", attributes(attributes)), "Input dense");
    OnnxFile biased = weight(images(image, output), "w", kernel);
    weight(biased, "b", kernel.substring(0, 1));
    assertReads(biased.node("Conv", "x w b", "y", attributes(attributes)), "Input dense");
  }

  /** ONNX Runtime does not compute it. */
  @Test
  void zeros_of_a_dilated_window_that_leave_the_extents() throws Exception {
    OnnxFile file = weight(images("2 7 8", "3 7 8"), "w", "3 2 3 2");
    file.node("Conv", "x w", "y", attributes("auto_pad=SAME_LOWER; dilations=2 3"));
    Layer.Linear layer = (Layer.Linear) read(file).getLast();
    assertThat(((Convolution) layer.map()).window().padding()).containsExactly(2, 2, 2, 1);
  }

  @Test
  void a_zero_bias_is_left_out() throws Exception {
    OnnxFile file = weight(images("1 3 3", "2 2 2"), "w", "2 1 2 2");
    assertReads(file.initialiser("b", List.of(2), 0, 0).node("Conv", "x w b", "y"), "Input conv");
  }

  /** ONNX Runtime adds what is not zero. */
  @Test
  void a_bias_with_one_zero_is_kept() throws Exception {
    OnnxFile first = weight(images("1 3 3", "2 2 2"), "w", "2 1 2 2");
    first.initialiser("b", List.of(2), 0, 0.5);
    assertReads(first.node("Conv", "x w b", "y"), "Input conv+b");
    OnnxFile second = weight(images("1 3 3", "2 2 2"), "w", "2 1 2 2");
    second.initialiser("b", List.of(2), -3, 0);
    assertReads(second.node("Conv", "x w b", "y"), "Input conv+b");
    OnnxFile place = weight(images("1 2 2", "2 1 1"), "w", "2 1 2 2");
    place.initialiser("b", List.of(2), 0, 0.5);
    assertReads(place.node("Conv", "x w b", "y"), "Input dense");
  }

  @Test
  void a_sum_with_one_number_per_channel_is_the_bias() throws Exception {
    OnnxFile file = weight(images("1 3 3", "2 2 2"), "w", "2 1 2 2");
    file.initialiser("b", List.of(1, 2, 1, 1), 0.5, -3).node("Conv", "x w", "h");
    assertReads(file.node("Add", "b h", "y"), "Input conv+b");
    OnnxFile rows = weight(images("1 3 3", "2 2 2"), "w", "2 1 2 2");
    rows.initialiser("b", List.of(2, 1), 0.5, -3).node("Conv", "x w", "h");
    assertReads(rows.node("Add", "h b", "y"), "Input conv affine");
    OnnxFile twice = weight(images("1 3 3", "2 2 2"), "w", "2 1 2 2");
    twice.initialiser("b", List.of(2, 1, 1), 0.5, -3).node("Conv", "x w", "h");
    assertReads(twice.node("Add", "h b", "g").node("Add", "g b", "y"), "Input conv+b affine");
  }

  @Test
  void a_kernel_that_is_used_twice_is_stored_once() throws Exception {
    OnnxFile file = weight(images("2 4 4", "2 4 4"), "w", "2 2 3 3");
    file.initialiser("b", List.of(2), 1, -2)
        .node("Conv", "x w b", "h", attributes("pads=1 1 1 1"))
        .node("Tanh", "h", "g")
        .node("Conv", "g w b", "y", attributes("auto_pad=SAME_UPPER"));
    assertReads(file, "Input conv+b tanh conv+b");
    OnnxModel model = OnnxModel.read(file.bytes(), "Net", 1);
    assertThat(model.weights().tensors().keySet())
        .containsExactly("layer1.bias", "layer1.bias2", "layer1.weight");
    assertThat(model.checked().stepNames())
        .containsExactly("step0", "layer1", "step2", "layer1_step3");
  }

  static Stream<Arguments> averages() {
    return Stream.of(
        Arguments.of("2 6 4", "kernel_shape=2 2; strides=2 2", "2 3 2", "average_pool"),
        Arguments.of("2 6 5", "kernel_shape=2 3; strides=2 2", "2 3 2", "average_pool"),
        Arguments.of("2 5 5", "kernel_shape=3 2", "2 3 4", "average_pool"),
        Arguments.of(
            "2 6 4",
            "kernel_shape=2 2; strides=2 2; auto_pad=SAME_UPPER; ceil_mode=0",
            "2 3 2",
            "average_pool"),
        Arguments.of("2 5 4", "kernel_shape=2 3; auto_pad=VALID", "2 4 2", "average_pool"),
        Arguments.of(
            "2 5 4", "kernel_shape=3 3; pads=1 1 1 1; count_include_pad=1", "2 5 4", "conv"),
        Arguments.of(
            "3 5 4",
            "kernel_shape=3 2; strides=2 1; pads=2 0 1 1; count_include_pad=1",
            "3 3 4",
            "conv"));
  }

  @ParameterizedTest
  @MethodSource("averages")
  void average_pool(String image, String attributes, String output, String layer) throws Exception {
    OnnxFile file = images(image, output);
    assertReads(file.node("AveragePool", "x", "y", attributes(attributes)), "Input " + layer);
    assertThat(read(file).getLast().shape()).isEqualTo(new Shape(list(output)));
  }

  /** The factor is a double next to 1/6; a float's worth of 1/6 would be another certificate. */
  @Test
  void means_divide_in_doubles() throws Exception {
    OnnxFile file = images("1 2 3", "1 1 1").node("GlobalAveragePool", "x", "y");
    assertReads(file, "Input average_pool");
    Layer.Linear layer = (Layer.Linear) read(file).getLast();
    assertThat(((AveragePool) layer.map()).factor()).isEqualTo(1.0 / 6);
    OnnxFile padded =
        images("2 2 3", "2 2 3")
            .node(
                "AveragePool",
                "x",
                "y",
                attributes("kernel_shape=3 1; pads=1 0 1 0; count_include_pad=1"));
    assertThat(
            OnnxModel.read(padded.bytes(), "Net", 1)
                .weights()
                .tensor("layer1.weight")
                .orElseThrow()
                .values())
        .containsExactly(1.0 / 3, 1.0 / 3, 1.0 / 3, 1.0 / 3, 1.0 / 3, 1.0 / 3);
  }

  static Stream<Arguments> maxima() {
    return Stream.of(
        Arguments.of("2 6 4", "kernel_shape=2 2; strides=2 2", "2 3 2"),
        Arguments.of("2 6 5", "kernel_shape=2 3; strides=2 2; ceil_mode=0", "2 3 2"),
        Arguments.of("2 5 5", "kernel_shape=3 2; pads=0 0 0 0; dilations=1 1", "2 3 4"),
        Arguments.of("2 5 4", "kernel_shape=2 3; auto_pad=VALID; storage_order=0", "2 4 2"));
  }

  @ParameterizedTest
  @MethodSource("maxima")
  void max_pool(String image, String attributes, String output) throws Exception {
    OnnxFile file = images(image, output);
    assertReads(file.node("MaxPool", "x", "y", attributes(attributes)), "Input MaxPool");
    assertThat(read(file).getLast().shape()).isEqualTo(new Shape(list(output)));
  }

  private static OnnxFile normalised(OnnxFile file, int channels) {
    double[] variance = random(9, channels);
    Arrays.setAll(variance, c -> variance[c] * variance[c]);
    return file.initialiser("s", List.of(channels), random(3, channels))
        .initialiser("b", List.of(channels), random(4, channels))
        .initialiser("m", List.of(channels), random(5, channels))
        .initialiser("v", List.of(channels), variance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "3 4 2", "2 5", "2 2 3 2"})
  void batch_normalization(String shape) throws Exception {
    int channels = list(shape).getFirst();
    OnnxFile file = normalised(images(shape, shape), channels);
    assertReads(file.node("BatchNormalization", "x s b m v", "y"), "Input batch_norm");
    file = normalised(images(9, shape, shape), channels);
    assertReads(
        file.node(
            "BatchNormalization",
            "x s b m v",
            "y",
            attribute("epsilon", 0.25f),
            attribute("momentum", 0.5f)),
        "Input batch_norm");
    OnnxModel model = OnnxModel.read(file.bytes(), "Net", 1);
    assertThat(model.weights().tensors().keySet())
        .containsExactly(
            "layer1.bias", "layer1.running_mean", "layer1.running_var", "layer1.weight");
    Layer.Linear layer = (Layer.Linear) model.checked().network().layers().getLast();
    assertThat(((BatchNorm) layer.map()).epsilon()).isEqualTo(0.25);
  }

  @Test
  void batch_normalization_has_the_epsilon_of_a_float() throws Exception {
    OnnxFile file = normalised(images("2 2 2", "2 2 2"), 2);
    file.node("BatchNormalization", "x s b m v", "y", attribute("training_mode", 0L));
    Layer.Linear layer = (Layer.Linear) read(file).getLast();
    assertThat(((BatchNorm) layer.map()).epsilon()).isEqualTo(1e-5f);
  }

  @Test
  void activations_and_sums_of_images() throws Exception {
    OnnxFile file = weight(images("2 4 4", "2 4 4"), "w", "2 2 3 3");
    file.node("Conv", "x w", "h", attributes("pads=1 1 1 1"))
        .node("Relu", "h", "a")
        .node("Add", "a x", "b")
        .node("LeakyRelu", "b", "c")
        .node("Sum", "c x a", "y");
    assertReads(file, "Input conv relu sum leaky_relu sum");
    assertThat(read(file)).extracting(Layer::shape).containsOnly(new Shape(List.of(2, 4, 4)));
  }

  @Test
  void channels_are_joined() throws Exception {
    OnnxFile file = weight(images("2 4 3", "6 4 3"), "w", "1 2 1 1");
    file.node("Conv", "x w", "h")
        .node("Tanh", "x", "t")
        .node("Identity", "h", "i")
        .node("Concat", "h t x i", "y", attribute("axis", 1L));
    assertReads(file, "Input conv tanh concat");
    assertThat(read(file).getLast().shape()).isEqualTo(new Shape(List.of(6, 4, 3)));
  }

  @Test
  void vectors_rows_and_single_channels_are_joined() throws Exception {
    OnnxFile file = OnnxFile.floats(3, 6).node("Abs", "x", "a");
    assertReads(file.node("Concat", "x a", "y", attribute("axis", -1L)), "Input abs concat");
    OnnxFile rows = images("1 2 3", "1 4 3").node("Abs", "x", "a");
    assertReads(rows.node("Concat", "a x", "y", attribute("axis", 2L)), "Input abs concat");
    OnnxFile one = images("2 2 3", "2 2 3");
    assertReads(one.node("Concat", "x", "y", attribute("axis", 1L)), "Input");
    OnnxFile plain = OnnxFile.opset(13).input("x", FLOAT, 3).output("y", FLOAT, 6);
    assertReads(plain.node("Concat", "x x", "y", attribute("axis", 0L)), "Input concat");
  }

  /** A model that pads [2, 4, 3] to an image of [2, 7, 6]. */
  private static OnnxFile padded(int opset, String output) {
    return weight(images(opset, "2 4 3", output), "w", "3 2 2 2")
        .integers("p", 0, 0, 1, 2, 0, 0, 2, 1);
  }

  @Test
  void pad_becomes_padding_of_the_convolution() throws Exception {
    OnnxFile file = padded(17, "3 6 6").node("Pad", "x p", "h");
    assertReads(file.node("Conv", "h w", "y", attributes("pads=0 0 0 1")), "Input conv");
    Layer.Linear layer = (Layer.Linear) read(file).getLast();
    assertThat(((Convolution) layer.map()).window().padding()).containsExactly(1, 2, 2, 2);
  }

  @Test
  void pad_is_read_through_what_changes_nothing() throws Exception {
    OnnxFile file = padded(17, "3 7 6").initialiser("zero", List.of(), 0);
    file.node("Pad", "x p zero", "h").node("Identity", "h", "g").node("Dropout", "g", "f");
    assertReads(file.node("Conv", "f w", "y", attributes("auto_pad=SAME_UPPER")), "Input conv");
  }

  @Test
  void pad_before_other_operators_is_a_convolution() throws Exception {
    OnnxFile file = images("2 4 3", "2 7 6").integers("p", 0, 0, 1, 2, 0, 0, 2, 1);
    assertReads(file.node("Pad", "x p", "h").node("Sigmoid", "h", "y"), "Input conv sigmoid");
    OnnxFile last = images("2 4 3", "2 7 6").integers("p", 0, 0, 1, 2, 0, 0, 2, 1);
    assertReads(last.node("Pad", "x p", "h").node("Identity", "h", "y"), "Input conv");
    OnnxFile pool = images("2 4 4", "2 3 3").integers("p", 0, 0, 1, 1, 0, 0, 1, 1);
    pool.node("Pad", "x p", "h")
        .node("MaxPool", "h", "y", attributes("kernel_shape=2 2; strides=2 2"));
    assertReads(pool, "Input conv MaxPool");
  }

  @Test
  void pad_with_another_number() throws Exception {
    OnnxFile file = images("2 4 3", "2 7 6").integers("p", 0, 0, 1, 2, 0, 0, 2, 1);
    file.initialiser("c", List.of(), -3).node("Pad", "x p c", "h").node("Relu", "h", "y");
    assertReads(file, "Input conv affine relu");
  }

  @Test
  void pad_of_vectors() throws Exception {
    OnnxFile file = OnnxFile.floats(3, 6).integers("p", 0, 1, 0, 2).initialiser("c", List.of(), 2);
    assertReads(file.node("Pad", "x p c", "h").node("Abs", "h", "y"), "Input conv affine abs");
    OnnxFile rows = OnnxFile.opset(17).input("x", FLOAT, 1, 3, 2).output("y", FLOAT, 1, 4, 4);
    rows.integers("p", 0, 1, 2, 0, 0, 0);
    assertReads(rows.node("Pad", "x p", "y"), "Input conv");
  }

  @Test
  void pad_that_several_convolutions_read() throws Exception {
    OnnxFile file = padded(17, "3 6 5").node("Relu", "x", "r").node("Pad", "r p", "h");
    weight(file, "v", "3 2 1 1").node("Conv", "h w", "a").node("Conv", "h w", "b");
    assertReads(
        file.node("Sub", "a b", "c").node("Add", "c a", "y"), "Input relu conv conv scale sum sum");
  }

  @Test
  void pad_of_older_versions_has_attributes() throws Exception {
    OnnxFile file = weight(images(10, "2 4 3", "3 6 5"), "w", "3 2 2 2");
    Proto pads = attribute("pads", List.of(0, 0, 1, 2, 0, 0, 2, 1));
    file.node("Pad", "x", "h", pads, attribute("mode", "constant"), attribute("value", 0f));
    assertReads(file.node("Conv", "h w", "y"), "Input conv");
  }

  @Test
  void pad_of_newer_versions_names_axes() throws Exception {
    OnnxFile file = weight(images(18, "2 4 3", "3 5 4"), "w", "3 2 2 2");
    file.integers("p", 2, 1, 0, 1).integers("axes", -1, 2);
    assertReads(file.node("Pad", "x p  axes", "h").node("Conv", "h w", "y"), "Input conv");
    Layer.Linear layer = (Layer.Linear) read(file).getLast();
    assertThat(((Convolution) layer.map()).window().padding()).containsExactly(1, 2, 1, 0);
  }

  @Test
  void pad_with_nothing_changes_nothing() throws Exception {
    OnnxFile file = OnnxFile.floats(3, 3).integers("p", 0, 0, 0, 0).initialiser("c", List.of(), 1);
    assertReads(file.node("Pad", "x p c", "h").node("Abs", "h", "y"), "Input abs");
  }

  @Test
  void transpositions_of_extents_of_one_change_no_order() throws Exception {
    OnnxFile file =
        OnnxFile.opset(13).input("x", FLOAT, ANY, 3, 4, 1).output("y", FLOAT, ANY, 3, 4, 1);
    file.node("Transpose", "x", "h", attribute("perm", List.of(0, 3, 1, 2)));
    weight(file, "w", "1 1 3 3").node("Conv", "h w", "c", attributes("pads=1 1 1 1"));
    file.node("Transpose", "c", "y", attribute("perm", List.of(0, 2, 3, 1)));
    assertReads(file, "Input conv");
    assertReads(
        OnnxFile.opset(13)
            .input("x", FLOAT, 1, 4)
            .output("y", FLOAT, 4, 1)
            .node("Transpose", "x", "y"),
        "Input");
  }

  @Test
  void a_vector_becomes_an_image_and_a_vector_again() throws Exception {
    OnnxFile file = OnnxFile.floats(16, 5).integers("image", -1, 1, 4, 4).integers("flat", 0, -1);
    weight(file, "w", "2 1 3 3").node("Reshape", "x image", "i");
    file.node("Conv", "i w", "c").node("Relu", "c", "r").node("Reshape", "r flat", "f");
    weight(file, "v", "8 5").node("Gemm", "f v", "y");
    assertReads(file, "Input conv relu dense");
    OnnxFile flattened = weight(OnnxFile.opset(17), "w", "2 1 3 3");
    flattened.input("x", FLOAT, ANY, 1, 4, 4).output("y", FLOAT, ANY, 8);
    assertReads(flattened.node("Conv", "x w", "c").node("Flatten", "c", "y"), "Input conv");
  }

  /** Their groups are neighbours, and not the channels of one pixel. */
  @ParameterizedTest
  @ValueSource(strings = {"1 1 5", "1 5 1", "5 1 1"})
  void softmax_of_an_image_of_one_row(String shape) throws Exception {
    long axis = 1 + list(shape).indexOf(5);
    OnnxFile file = images(shape, shape);
    assertReads(file.node("Softmax", "x", "y", attribute("axis", axis)), "Input softmax");
  }

  @Test
  void doubles() throws Exception {
    OnnxFile file =
        OnnxFile.opset(17)
            .input("x", DOUBLE, 1, 1, 3, 3)
            .output("y", DOUBLE, 1, 1, 1, 1)
            .initialiser("w", OnnxFile.raw(DOUBLE, List.of(1, 1, 2, 2), 0.1, 0.2, 0.3, -1e-9))
            .node("Conv", "x w", "h")
            .node("GlobalAveragePool", "h", "y");
    List<Layer> layers = read(file);
    assertThat(layers).hasSize(3);
    OnnxModel model = OnnxModel.read(file.bytes(), "Net", 1);
    assertThat(model.weights().tensor("layer1.weight").orElseThrow().values())
        .containsExactly(0.1, 0.2, 0.3, -1e-9);
    double[] found = Agreement.interpreter(model).apply(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1});
    assertThat(found[0]).isCloseTo(0.6 - 1e-9, offset(1e-15));
  }
}
