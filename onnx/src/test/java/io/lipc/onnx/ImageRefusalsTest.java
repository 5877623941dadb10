package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.DOUBLE;
import static io.lipc.onnx.OnnxFile.FLOAT;
import static io.lipc.onnx.OnnxFile.INT64;
import static io.lipc.onnx.OnnxFile.attribute;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.onnx.graph.OnnxNode;
import io.lipc.onnx.graph.Shapes;
import io.lipc.onnx.protobuf.OnnxException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks on images that lipc does not read are refused in words that name the place. */
final class ImageRefusalsTest {

  /** An image of 2 channels, of 4 rows and 3 columns, and constants of some shapes. */
  private static OnnxFile file() {
    return file(1, 2, 4, 3);
  }

  private static OnnxFile file(int... input) {
    OnnxFile file = OnnxFile.opset(17).input("x", FLOAT, input).output("y", FLOAT, 1, 1, 1, 1);
    for (int m : new int[] {2, 3}) {
      weight(file, "w" + m, m, 2, 3, 3);
    }
    weight(file, "wide", 1, 2, 1, 5);
    weight(file, "tall", 1, 2, 5, 1);
    weight(file, "line", 2, 2, 3);
    weight(file, "empty", 0, 2, 3, 3);
    weight(file, "b2", 2);
    weight(file, "b3", 3);
    return file.initialiser("i2", OnnxFile.raw(INT64, List.of(2), 1, 2))
        .initialiser("iw", OnnxFile.raw(INT64, List.of(1, 2, 1, 1), 1, 2))
        .initialiser("small", List.of(2), 1, -1e-5)
        .initialiser("zero", List.of(2), 0, 0);
  }

  private static OnnxFile weight(OnnxFile file, String name, Integer... shape) {
    List<Integer> extents = List.of(shape);
    return file.initialiser(name, extents, OnnxFile.random(1, Shapes.size(extents)));
  }

  private static void assertRefused(OnnxFile file, String message) {
    assertThatThrownBy(() -> OnnxModel.read(file.bytes(), "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessage(message);
  }

  private static void assertRefused(
      OnnxFile file, String operator, String inputs, String clause, Proto... attributes) {
    String article = operator.startsWith("A") ? "an " : "a ";
    assertRefused(
        file.node(operator, inputs, "y", attributes),
        "node `node_y`, " + article + operator + ", " + clause);
  }

  private static Proto list(String name, Integer... values) {
    return attribute(name, List.of(values));
  }

  static Stream<Arguments> convolutions() {
    return Stream.of(
        Arguments.of(
            "x x",
            "has a kernel that depends on the input; reading it is not planned; export the"
                + " model with a constant in its place"),
        Arguments.of(
            "x iw",
            "has a kernel of integers; reading it is not planned; export the model with real"
                + " numbers"),
        Arguments.of(
            "x line",
            "has a kernel of shape [2, 2, 3], and one of an image has [channels, channels / group,"
                + " height, width]"
                + OnnxNode.INVALID),
        Arguments.of(
            "x empty",
            "has a kernel of shape [0, 2, 3, 3], and one of an image has [channels, channels /"
                + " group, height, width]"
                + OnnxNode.INVALID),
        Arguments.of("x w2 b3", "has a bias of shape [3] for 2 channels" + OnnxNode.INVALID),
        Arguments.of(
            "x w2 i2",
            "has a bias of integers; reading it is not planned; export the model with real"
                + " numbers"),
        Arguments.of(
            "x w2 x",
            "has a bias that depends on the input; reading it is not planned; export the"
                + " model with a constant in its place"),
        Arguments.of(
            "w2 w2",
            "computes with constants alone; reading it is not planned; fold them when the"
                + " model is exported"),
        Arguments.of("x", "has 1 inputs where 2 to 3 are expected" + OnnxNode.INVALID),
        Arguments.of(
            "x wide",
            "has a window of [1, 5], dilated by [1, 1], which does not fit into [2, 4, 3] with the"
                + " zeros [0, 0, 0, 0] around it"
                + OnnxNode.INVALID));
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void constants_of_a_convolution(String inputs, String clause) {
    assertRefused(file(), "Conv", inputs, clause);
  }

  static Stream<Arguments> attributes() {
    String range = ", and lipc reads numbers from ";
    return Stream.of(
        Arguments.of(
            attribute("group", 3L),
            "makes 3 groups of 2 and of 2 channels, which that number does not divide"
                + OnnxNode.INVALID),
        Arguments.of(
            attribute("group", 0L),
            "makes 0 groups of 2 and of 2 channels, which that number does not divide"
                + OnnxNode.INVALID),
        Arguments.of(
            attribute("group", -2L),
            "makes -2 groups of 2 and of 2 channels, which that number does not divide"
                + OnnxNode.INVALID),
        Arguments.of(
            attribute("group", 2L),
            "has a kernel of shape [2, 2, 3, 3], which reads 2 channels, and there are 1 in a group"
                + OnnxNode.INVALID),
        Arguments.of(
            list("kernel_shape", 3, 2),
            "has kernel_shape = [3, 2] and a kernel of shape [2, 2, 3, 3]" + OnnxNode.INVALID),
        Arguments.of(
            list("kernel_shape", 3),
            "has 1 numbers in `kernel_shape`, and one of an image has 2" + OnnxNode.INVALID),
        Arguments.of(
            list("strides", 1, 1, 1),
            "has 3 numbers in `strides`, and one of an image has 2" + OnnxNode.INVALID),
        Arguments.of(
            list("strides", 0, 1),
            "has `strides` of [0, 1]"
                + range
                + "1 to 16777216; reading it is not planned; export the model with such numbers;"
                + " Slice, which is read, leaves pixels out"),
        Arguments.of(
            list("strides", 1, Integer.MAX_VALUE),
            "has `strides` of [1, 2147483647]"
                + range
                + "1 to 16777216; reading it is not planned; export the model with such numbers;"
                + " Slice, which is read, leaves pixels out"),
        Arguments.of(
            list("dilations", 1, -1),
            "has `dilations` of [1, -1]"
                + range
                + "1 to 16777216; reading it is not planned; export the model with such numbers;"
                + " Slice, which is read, leaves pixels out"),
        Arguments.of(
            list("dilations", 2, 1),
            "has a window of [3, 3], dilated by [2, 1], which does not fit into [2, 4, 3] with the"
                + " zeros [0, 0, 0, 0] around it"
                + OnnxNode.INVALID),
        Arguments.of(
            list("pads", 0, -1, 0, 0),
            "has `pads` of [0, -1, 0, 0]"
                + range
                + "0 to 16777216; reading it is not planned; export the model with such numbers;"
                + " Slice, which is read, leaves pixels out"),
        Arguments.of(
            list("pads", 1, 1),
            "has 2 numbers in `pads`, and one of an image has 4" + OnnxNode.INVALID),
        Arguments.of(
            list("pads", 1 << 14, 1 << 14, 1, 1),
            "gives an image of more than 16777216 elements; reading it is not planned; make"
                + " the image smaller before it"),
        Arguments.of(
            attribute("auto_pad", "SAME"),
            "has auto_pad = `SAME`, which is none of NOTSET, SAME_LOWER, SAME_UPPER and VALID"
                + OnnxNode.INVALID),
        Arguments.of(
            attribute("axis", 1L),
            "has attribute `axis`, which lipc does not read; reading it is not planned;"
                + " export the model without it"),
        Arguments.of(
            attribute("strides", 2L),
            "has attribute `strides` of another type than the operator has" + OnnxNode.INVALID));
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void attributes_of_a_convolution(Proto attribute, String clause) {
    assertRefused(file(), "Conv", "x w2", clause, attribute);
  }

  @Test
  void groups_that_divide_only_what_is_read() {
    assertRefused(
        file(),
        "Conv",
        "x w3",
        "makes 2 groups of 2 and of 3 channels, which that number does not divide"
            + OnnxNode.INVALID,
        attribute("group", 2L));
  }

  @Test
  void zeros_that_are_stated_and_computed() {
    for (String automatic : List.of("SAME_UPPER", "VALID")) {
      assertRefused(
          file(),
          "Conv",
          "x w2",
          "has `pads` beside auto_pad = `" + automatic + "`" + OnnxNode.INVALID,
          attribute("auto_pad", automatic),
          list("pads", 1, 1, 1, 1));
    }
    assertRefused(
        file(),
        "Conv",
        "x tall",
        "has `auto_pad` of [33554432, 0, 33554432, 0], and lipc reads numbers from 0 to"
            + " 16777216; reading it is not planned; export the model with such numbers;"
            + " Slice, which is read, leaves pixels out",
        attribute("auto_pad", "SAME_UPPER"),
        list("dilations", 1 << 24, 1));
  }

  static Stream<Arguments> operators() {
    return Stream.of("Conv", "AveragePool", "MaxPool", "GlobalAveragePool").map(Arguments::of);
  }

  private static Proto[] window(String operator) {
    return operator.endsWith("Pool") && !operator.startsWith("Global")
        ? new Proto[] {list("kernel_shape", 2, 2)}
        : new Proto[0];
  }

  @ParameterizedTest
  @MethodSource("operators")
  void what_is_no_image(String operator) {
    String inputs = operator.equals("Conv") ? "x w2" : "x";
    Proto[] window = window(operator);
    assertRefused(
        file(1, 2, 4),
        operator,
        inputs,
        "reads [1, 2, 4], which has one axis of pixels, and lipc reads images; reading"
            + " it is planned; until then, give it a height of 1 by Unsqueeze, which is read",
        window);
    assertRefused(
        file(1, 2, 4, 3, 3),
        operator,
        inputs,
        "reads [1, 2, 4, 3, 3], which has three axes of pixels, and lipc reads images;"
            + " reading it is not planned; export a model of images",
        window);
    assertRefused(
        file(1, 2),
        operator,
        inputs,
        "reads [1, 2], and not [1, channels, height, width]" + OnnxNode.INVALID,
        window);
    assertRefused(
        file(5, 2, 4, 3),
        operator,
        inputs,
        "reads 5 images at once (shape [5, 2, 4, 3]), and lipc reads networks of one;"
            + " reading it is not planned; export the model with a batch of any size or of 1",
        window);
  }

  @Test
  void pools_that_read_more_than_the_image() {
    for (String operator : List.of("AveragePool", "MaxPool")) {
      assertRefused(
          file(),
          operator,
          "x",
          "rounds the number of its windows up (ceil_mode), so that the last ones may"
              + " leave the image; reading it is not planned; export the model with ceil_mode = 0",
          list("kernel_shape", 2, 2),
          attribute("ceil_mode", 1L));
      assertRefused(
          file(),
          operator,
          "x",
          "has dilations of [1, 2], and lipc reads pools of neighbouring pixels; reading"
              + " it is not planned; export the model with dilations of 1",
          list("kernel_shape", 2, 2),
          list("dilations", 1, 2));
      assertRefused(
          file(),
          operator,
          "x",
          "has a window of [5, 2], dilated by [1, 1], which does not fit into [2, 4, 3] with the"
              + " zeros [0, 0, 0, 0] around it"
              + OnnxNode.INVALID,
          list("kernel_shape", 5, 2));
      assertRefused(file(), operator, "x", "has no attribute `kernel_shape`" + OnnxNode.INVALID);
    }
    String rest =
        " around its image, and lipc reads max pooling within the image; reading it is"
            + " planned; until then, behind a Relu, Pad with zeros before it, which is read"
            + " and gives the same there";
    assertRefused(
        file(),
        "MaxPool",
        "x",
        "puts padding of [1, 0, 0, 0]" + rest,
        list("kernel_shape", 2, 2),
        list("pads", 1, 0, 0, 0));
    assertRefused(
        file(),
        "MaxPool",
        "x",
        "puts padding of [0, 0, 1, 1]" + rest,
        list("kernel_shape", 2, 2),
        attribute("auto_pad", "SAME_UPPER"));
  }

  @Test
  void means_over_fewer_pixels_at_the_border() {
    assertRefused(
        file(),
        "AveragePool",
        "x",
        "puts the zeros [1, 1, 1, 1] around its image and leaves them out of its means"
            + " (count_include_pad = 0), so that it divides by fewer pixels at the border;"
            + " reading it is planned; until then, export the model without padding, or with"
            + " count_include_pad = 1",
        list("kernel_shape", 3, 3),
        list("pads", 1, 1, 1, 1));
  }

  @Test
  void means_over_too_many_pixels() {
    assertRefused(
        file(),
        "AveragePool",
        "x",
        "takes means over 4295098369 pixels in each of 2 channels, which are too many;"
            + " reading it is not planned; make the image smaller before it",
        list("kernel_shape", (1 << 16) + 1, (1 << 16) + 1),
        list("pads", 1 << 16, 1 << 16, 1, 1),
        attribute("count_include_pad", 1L));
  }

  @Test
  void places_of_maxima() {
    Proto pool = new Proto().text(1, "x").text(2, "y").text(2, "z").text(4, "MaxPool");
    assertRefused(
        file().field(1, pool.message(5, list("kernel_shape", 2, 2))),
        "node number 0, a MaxPool, has 2 outputs, and the operator gives 1" + OnnxNode.INVALID);
  }

  static Stream<Arguments> statistics() {
    return Stream.of(
        Arguments.of(
            "x b2 b2 b2 b3", "has a variance of shape [3] for 2 channels" + OnnxNode.INVALID),
        Arguments.of("x b2 b2 b3 b2", "has a mean of shape [3] for 2 channels" + OnnxNode.INVALID),
        Arguments.of(
            "x i2 b2 b2 b2",
            "has a scale of integers; reading it is not planned; export the model with real"
                + " numbers"),
        Arguments.of(
            "x b2 x b2 b2",
            "has a bias that depends on the input; reading it is not planned; export the"
                + " model with a constant in its place"),
        Arguments.of(
            "x b2 b2 b2 small",
            "has a variance of "
                + (double) -1e-5f
                + " in channel 1, which with epsilon = "
                + (double) 1e-5f
                + " is not positive; reading it is not planned; train and export the model with a"
                + " larger epsilon"),
        Arguments.of("x b2 b2", "has 3 inputs where 5 are expected" + OnnxNode.INVALID));
  }

  @ParameterizedTest
  @MethodSource("statistics")
  void statistics_that_normalise_nothing(String inputs, String clause) {
    assertRefused(file(), "BatchNormalization", inputs, clause);
  }

  @Test
  void statistics_that_overflow() {
    assertRefused(
        large(),
        "BatchNormalization",
        "x d b2 e zero",
        "overflows in channel 1; reading it is not planned; train and export the model"
            + " with a larger epsilon");
    assertRefused(
        large(),
        "BatchNormalization",
        "x f b2 e zero",
        "overflows in channel 0; reading it is not planned; train and export the model"
            + " with a larger epsilon");
  }

  private static OnnxFile large() {
    return file()
        .initialiser("d", OnnxFile.raw(DOUBLE, List.of(2), 1, 1e300))
        .initialiser("e", OnnxFile.raw(DOUBLE, List.of(2), 1, 1e200))
        .initialiser("f", OnnxFile.raw(DOUBLE, List.of(2), 1.7e308, 1));
  }

  @Test
  void normalisation_by_the_batch() {
    String clause =
        "takes the statistics of its batch, as in training; reading it is not planned;"
            + " export the model for inference, after model.eval()";
    assertRefused(
        file(), "BatchNormalization", "x b2 b2 b2 b2", clause, attribute("training_mode", 1L));
    Proto node = new Proto().text(4, "BatchNormalization").text(2, "y").text(2, "mean");
    for (String input : "x b2 b2 b2 b2".split(" ")) {
      node.text(1, input);
    }
    assertRefused(file().field(1, node), "node number 0, a BatchNormalization, " + clause);
    assertRefused(
        file(),
        "BatchNormalization",
        "x b2 b2 b2 b2",
        "has statistics of each pixel (spatial = 0), and not of each channel; reading it"
            + " is not planned; export the model with one for each channel",
        attribute("spatial", 0L));
    assertRefused(
        file(3, 2),
        "BatchNormalization",
        "x b2 b2 b2 b2",
        "normalises the second extent of [3, 2], and lipc reads [1, channels, ...];"
            + " reading it is not planned; export the model with a batch of any size or of 1");
  }

  static Stream<Arguments> modes() {
    return Stream.of("reflect", "edge", "wrap").map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void padding_with_something_else_than_zeros(String mode) {
    assertRefused(
        file().integers("p", 0, 0, 1, 1, 0, 0, 1, 1),
        "Pad",
        "x p",
        "pads by `"
            + mode
            + "`; reading it is not planned; train and export the model with constant padding",
        attribute("mode", mode));
  }

  static Stream<Arguments> pads() {
    return Stream.of(
        Arguments.of("x p b2", "pads with 2 values" + OnnxNode.INVALID),
        Arguments.of(
            "x p x",
            "has a value that depends on the input; reading it is not planned; export the"
                + " model with a constant in its place"),
        Arguments.of(
            "x",
            "has its pads neither as an attribute nor as an input, or twice" + OnnxNode.INVALID),
        Arguments.of("x i2", "has 2 pads for 4 extents, and not two for each" + OnnxNode.INVALID),
        Arguments.of(
            "x x",
            "has a list of pads that depends on the input; reading it is not planned; export"
                + " the model for inputs of fixed size"),
        Arguments.of(
            "x negative",
            "cuts elements off (pads [0, 0, 1, -1, 0, 0, 1, 1]); reading it is not planned;"
                + " use Slice, which is read"),
        Arguments.of(
            "x channels",
            "pads other extents than the last two (pads [0, 0, 1, 1, 0, 1, 1, 1]); reading"
                + " it is not planned; transpose before and after it"),
        Arguments.of(
            "x large",
            "makes a tensor of shape [1, 2, 16777220, 3]; reading it is not planned; make it"
                + " smaller, with up to 16 extents"),
        Arguments.of(
            "x larger",
            "adds 9223372036854775807 elements to an extent; reading it is not planned; make"
                + " the image smaller"),
        Arguments.of(
            "x p  i2", "has 8 pads for 2 extents, and not two for each" + OnnxNode.INVALID),
        Arguments.of("x i2  far", "has axis 4 twice, or of 4 extents" + OnnxNode.INVALID),
        Arguments.of("x p  same", "has axis 2 twice, or of 4 extents" + OnnxNode.INVALID));
  }

  @ParameterizedTest
  @MethodSource("pads")
  void pads_that_are_not_read(String inputs, String clause) {
    OnnxFile file =
        file()
            .integers("p", 0, 0, 1, 1, 0, 0, 1, 1)
            .integers("negative", 0, 0, 1, -1, 0, 0, 1, 1)
            .integers("channels", 0, 0, 1, 1, 0, 1, 1, 1)
            .integers("large", 0, 0, 1 << 24, 0, 0, 0, 0, 0)
            .integers("larger", 0, 0, Long.MAX_VALUE, 0, 0, 0, 0, 0)
            .integers("far", 4)
            .integers("same", 2, 2)
            .initialiser("one", List.of(), 1);
    assertRefused(file, "Pad", inputs, clause);
  }

  static Stream<Arguments> joins() {
    return Stream.of(
        Arguments.of(
            0L,
            "x x",
            "joins along axis 0 of [1, 2, 4, 3], which is that of the batch, and lipc reads"
                + " networks of one vector or image; reading it is not planned; export the model"
                + " with a batch of any size or of 1, and join along another axis"),
        Arguments.of(4L, "x x", "has axis 4 of a tensor with 4 extents" + OnnxNode.INVALID),
        Arguments.of(
            1L,
            "x f",
            "joins signals of shapes [1, 2, 4, 3] and [1, 24] along axis 1, which do not fit"
                + OnnxNode.INVALID),
        Arguments.of(
            1L,
            "x m",
            "joins signals of shapes [1, 2, 4, 3] and [1, 2, 3, 2] along axis 1, which do not fit"
                + OnnxNode.INVALID),
        Arguments.of(
            1L,
            "x b2",
            "joins signals and constants; reading it is not planned; export the model with"
                + " the constant part added by a Gemm before"),
        Arguments.of(1L, "x  x", "leaves out an operand" + OnnxNode.INVALID));
  }

  @ParameterizedTest
  @MethodSource("joins")
  void operands_that_are_not_joined(long axis, String inputs, String clause) {
    OnnxFile file = file().node("Flatten", "x", "f");
    file.node("MaxPool", "x", "m", list("kernel_shape", 2, 2));
    assertRefused(file, "Concat", inputs, clause, attribute("axis", axis));
  }

  @Test
  void a_join_along_no_axis() {
    assertRefused(file(), "Concat", "x x", "has no attribute `axis`" + OnnxNode.INVALID);
  }

  @Test
  void a_join_that_is_too_large() {
    assertRefused(
        OnnxFile.opset(17).input("x", FLOAT, 1, 1 << 19).output("y", FLOAT, 1, 1),
        "Concat",
        "x" + " x".repeat(32),
        "makes a tensor of shape [1, 17301504]; reading it is not planned; make it"
            + " smaller, with up to 16 extents",
        attribute("axis", 1L));
  }

  @Test
  void orders_of_other_extents() {
    for (List<Integer> order :
        List.of(List.of(0, 1), List.of(0, 1, 2, 2), List.of(0, 1, 2, 3, 4), List.of(0, 1, 2, -1))) {
      assertRefused(
          file(),
          "Transpose",
          "x",
          "has an order of extents that is none of [1, 2, 4, 3]" + OnnxNode.INVALID,
          attribute("perm", order));
    }
  }
}
