package io.lipc.onnx;

import static io.lipc.onnx.OnnxFile.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.certificate.linear.AveragePool;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Centering;
import io.lipc.certificate.linear.Concatenation;
import io.lipc.certificate.linear.Convolution;
import io.lipc.certificate.linear.Diagonal;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.LinearMap;
import io.lipc.certificate.linear.LinearMap.TensorShape;
import io.lipc.certificate.linear.Matrix;
import io.lipc.certificate.linear.Scaling;
import io.lipc.certificate.linear.Selection;
import io.lipc.certificate.linear.Sum;
import io.lipc.certificate.linear.Window;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.LinearKind;
import io.lipc.model.activation.Parameter;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.onnx.graph.OnnxNode;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.onnx.writing.OnnxExport;
import io.lipc.onnx.writing.OnnxNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An exported model is read back as it was: exporting that again gives the same file, byte for
 * byte. There is an example of every operation, and a new one needs one as well.
 */
final class RoundTripTest {

  /**
   * How much of an operation comes back.
   *
   * <ul>
   *   <li>SAME: the very layers.
   *   <li>OTHER: layers of the same function up to {@code tolerance}, which come back as they are.
   * </ul>
   */
  enum Return {
    SAME,
    OTHER
  }

  /** ONNX has other constants than lipc, or the layer says nothing but a shape. */
  private static final Set<ActivationKind> OTHER_ACTIVATIONS =
      Set.of(PointwiseKind.SELU, PointwiseKind.HARD_SIGMOID, LinearKind.IDENTITY);

  private static final Set<Class<?>> OTHER_MAPS = Set.of(Identity.class);

  private static final Grid GRID = new Grid(4, 3, 2);

  /** The behaviour of each example of a linear map. */
  private static Layer example(Class<?> map) {
    Window two = Window.square(new Axis(2, 1, 1, 0, 1));
    Window pair = Window.square(new Axis(2, 1, 0, 0, 1));
    Shape shape = Shape.of(GRID);
    List<Integer> x = List.of(0);
    Map<Class<?>, Layer> all = new LinkedHashMap<>();
    AveragePool average = new AveragePool(GRID, pair, 1.0 / 4);
    Convolution convolution =
        new Convolution(GRID, 6, two, 2, "layer1.weight", Optional.of("layer1.bias"));
    all.put(AveragePool.class, new Layer.Linear(x, average, Shape.of(average.output())));
    all.put(BatchNorm.class, new Layer.Linear(x, new BatchNorm(4, 6, "layer1", 0x1p-10), shape));
    all.put(Centering.class, new Layer.Linear(x, new Centering(), Shape.vector(24)));
    all.put(Concatenation.class, Layer.concat(List.of(0, 0), new Shape(List.of(8, 3, 2))));
    all.put(Convolution.class, new Layer.Linear(x, convolution, Shape.of(convolution.output())));
    all.put(Diagonal.class, Layer.affine(0, numbers(24, 0.5), numbers(24, -3), shape));
    all.put(Identity.class, new Layer.Linear(x, new Identity(), Shape.vector(24)));
    all.put(Matrix.class, Layer.dense(0, 24, 3, "layer1.weight", Optional.of("layer1.bias")));
    all.put(Scaling.class, Layer.scale(0, 0.1, shape));
    all.put(
        Selection.class, new Layer.Linear(x, new Selection(List.of(3, 1, 23, 2)), Shape.vector(4)));
    all.put(Sum.class, Layer.sum(List.of(0, 0, 0), shape));
    return Optional.ofNullable(all.get(map)).orElseThrow(() -> new AssertionError(map));
  }

  private static List<Double> numbers(int count, double first) {
    return IntStream.range(0, count).mapToObj(i -> first + 0.25 * i).toList();
  }

  private static List<Layer> of(Shape input, Layer... layers) {
    List<Layer> all = new ArrayList<>(List.of(new Layer.Input(input, Optional.empty())));
    all.addAll(List.of(layers));
    return all;
  }

  /** All records of a sealed family: a convolution is in two families of maps. */
  private static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Stream.of(type.getPermittedSubclasses()).flatMap(RoundTripTest::records);
  }

  static Stream<Arguments> maps() {
    return records(LinearMap.class)
        .distinct()
        .map(
            map ->
                Arguments.of(
                    map.getSimpleName(),
                    of(map == Centering.class ? Shape.vector(24) : Shape.of(GRID), example(map)),
                    OTHER_MAPS.contains(map) ? Return.OTHER : Return.SAME));
  }

  private static Stream<Activation> examples(ActivationKind kind) {
    Activation usual =
        kind.with(
            kind.parameters().stream()
                .map(Parameter::example)
                .map(value -> (double) (float) (double) value)
                .toList());
    return switch (kind) {
      case PointwiseKind.LEAKY_RELU ->
          Stream.of(usual, PointwiseKind.LEAKY_RELU.with(List.of(0.1)));
      case GroupedKind.HOUSEHOLDER ->
          Stream.of(
              usual,
              GroupedKind.HOUSEHOLDER.with(List.of(1.0, 0.0)),
              GroupedKind.HOUSEHOLDER.with(List.of(0.5, 0.5)),
              GroupedKind.HOUSEHOLDER.with(List.of(-1.0, -1.0)),
              GroupedKind.HOUSEHOLDER.with(List.of(0.0, 0.0)));
      case GroupedKind.SOFTMAX -> Stream.of(usual, GroupedKind.SOFTMAX.with(List.of(0.3)));
      case GroupedKind.LAYER_NORM ->
          Stream.of(usual, GroupedKind.LAYER_NORM.with(List.of(0.25, 0.0)));
      case GroupedKind.L2_NORMALIZE ->
          Stream.of(usual, GroupedKind.L2_NORMALIZE.with(List.of(0.3)));
      default -> Stream.of(usual);
    };
  }

  static Stream<Arguments> activations() {
    return Stream.of(PointwiseKind.values(), LinearKind.values(), GroupedKind.values())
        .flatMap(Stream::of)
        .flatMap(
            kind ->
                examples(kind)
                    .flatMap(
                        activation ->
                            Stream.of(Shape.vector(24), Shape.of(GRID), new Shape(List.of(8, 3, 1)))
                                .filter(shape -> !ofVectors(activation) || shape.image().isEmpty())
                                .map(
                                    shape ->
                                        Arguments.of(
                                            activation + " of " + shape,
                                            of(shape, new Layer.Activate(0, activation, shape)),
                                            OTHER_ACTIVATIONS.contains(kind)
                                                ? Return.OTHER
                                                : Return.SAME))));
  }

  /** Those that the language has for vectors alone. */
  private static boolean ofVectors(Activation activation) {
    return switch (activation) {
      case Activation.Grouped grouped -> grouped.isWhole();
      case Activation.Linear linear -> linear.kind() == LinearKind.CENTER;
      case Activation.Pointwise _ -> false;
    };
  }

  /** The kinds of layers that are neither: a maximum, and a call, which stands in its place. */
  static Stream<Arguments> others() {
    assertThat(Layer.class.getPermittedSubclasses())
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrder("Input", "Linear", "Activate", "MaxPool", "Call");
    Window two = Window.square(new Axis(2, 1, 0, 0, 1));
    Layer pool = new Layer.MaxPool(0, GRID, two, Shape.of(GRID.pooled(two)));
    return Stream.of(
        Arguments.of("max_pool", of(Shape.of(GRID), pool), Return.SAME),
        Arguments.of(
            "behind a matrix, in two layers",
            of(
                Shape.vector(5),
                Layer.dense(0, 5, 8, "layer1.weight", Optional.of("layer1.bias")),
                new Layer.Activate(
                    1, GroupedKind.HOUSEHOLDER.with(List.of(0.5, -0.25)), Shape.vector(8)),
                // The sums over pairs are layer 2, until they are found to be of a householder.
                Layer.dense(2, 8, 8, "layer3.weight", Optional.empty()),
                new Layer.Activate(3, GroupedKind.GROUP_SORT.with(List.of(4.0)), Shape.vector(8)),
                Layer.sum(List.of(2, 4), Shape.vector(8)),
                new Layer.Activate(5, LinearKind.CENTER.with(List.of()), Shape.vector(8)),
                new Layer.Activate(6, GroupedKind.SOFTMAX.with(List.of(0.7)), Shape.vector(8))),
            Return.SAME));
  }

  private static OnnxModel model(ElementType precision, List<Layer> layers, Weights weights)
      throws FormatException {
    Network network =
        new Network(
            "demo.Net",
            new Property.Lipschitz(1, Norm.L2, Norm.L2),
            new WeightsSource.None(),
            precision,
            layers);
    List<String> names = IntStream.range(0, layers.size()).mapToObj(i -> "l" + i).toList();
    ElementType type = precision;
    return new OnnxModel(
        new CheckedNetwork(network, names, ""), weights.rounded(type), Map.of(), Set.of());
  }

  private static Weights weights(List<Layer> layers) throws FormatException {
    Map<String, Tensor> tensors = new TreeMap<>();
    Random random = new Random(7);
    for (Layer layer : layers) {
      for (TensorShape tensor : layer.tensors()) {
        int size = tensor.shape().stream().reduce(1, (a, b) -> a * b);
        double least = tensor.name().endsWith("running_var") ? 0.5 : -1;
        double[] values = random.doubles(size, least, 1).map(v -> (float) v).toArray();
        tensors.put(
            tensor.name(), Tensor.of(tensor.name(), ElementType.F64, tensor.shape(), values));
      }
    }
    return Weights.of(tensors.values());
  }

  private static byte[] export(OnnxModel model) throws OnnxException {
    return OnnxExport.write(
        new OnnxNetwork(model.checked().network(), model.weights(), Map.of()), new TreeMap<>());
  }

  /** The model of the file, in the precision that it is in. */
  private static OnnxModel read(byte[] file, ElementType precision)
      throws OnnxException, FormatException {
    OnnxModel read = OnnxModel.read(file, "demo.Net", 1);
    return model(precision, read.checked().network().layers(), read.weights());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"maps", "activations", "others"})
  void each_operation_comes_back(String name, List<Layer> layers, Return returned)
      throws Exception {
    for (ElementType precision : ElementType.values()) {
      if (precision == ElementType.F32 && hasOtherThanFloats(layers)) {
        continue; // The language rounds constants before they are exported.
      }
      OnnxModel model = model(precision, layers, weights(layers));
      byte[] first = export(model);
      OnnxModel again = read(first, precision);
      byte[] second = export(again);
      OnnxModel third = read(second, precision);
      assertThat(third.checked().network().layers()).isEqualTo(again.checked().network().layers());
      assertThat(export(third)).isEqualTo(second);
      if (returned == Return.SAME) {
        assertThat(kinds(again)).as(name).isEqualTo(kinds(model));
        assertThat(second).isEqualTo(first);
      }
      Random random = new Random(3);
      for (int sample = 0; sample < 10; sample++) {
        double[] x = random.doubles(layers.getFirst().shape().size(), -4, 4).toArray();
        double[] expected = Agreement.interpreter(model).apply(x);
        double[] found = Agreement.interpreter(again).apply(x);
        if (returned == Return.SAME) {
          assertThat(found).containsExactly(expected);
        } else {
          assertThat(found).containsExactly(expected, Offset.offset(1e-6));
        }
      }
    }
  }

  private static boolean hasOtherThanFloats(List<Layer> layers) {
    return layers.stream()
        .flatMap(
            layer ->
                switch (layer) {
                  case Layer.Activate activate -> activate.activation().parameters().stream();
                  case Layer.Linear linear -> linear.map().constants().stream();
                  default -> Stream.<Double>empty();
                })
        .anyMatch(value -> (float) (double) value != value);
  }

  private static List<String> kinds(OnnxModel model) {
    return model.checked().network().layers().stream()
        .map(
            layer ->
                switch (layer) {
                  case Layer.Linear linear -> linear.map().word();
                  case Layer.Activate activate when activate.activation().parameters().isEmpty() ->
                      activate.activation().kind().word();
                  case Layer.Activate activate -> activate.activation().toString();
                  default -> layer.getClass().getSimpleName();
                })
        .toList();
  }

  /** As others write them. */
  @Test
  void operators_that_mean_an_activation_elsewhere() throws Exception {
    Agreement.assertReads(
        OnnxFile.floats(6, 6)
            .integers("shape", 0, 2, 3)
            .integers("three", 3)
            .node("Reshape", "x shape", "g")
            .field(
                1,
                new Proto()
                    .text(1, "g")
                    .text(1, "three")
                    .text(2, "s")
                    .text(2, "places")
                    .text(4, "TopK"))
            .node("Flatten", "s", "y"),
        "Input group_sort");
    Agreement.assertReads(
        OnnxFile.floats(3, 3).initialiser("a", List.of(1), 0.25).node("PRelu", "x a", "y"),
        "Input leaky_relu");
    Agreement.assertReads(
        OnnxFile.floats(3, 3)
            .initialiser("t", List.of(), 0.3f)
            .node("Div", "x t", "q")
            .node("Softmax", "q", "y"),
        "Input softmax");
    Agreement.assertReads(
        OnnxFile.floats(3, 3)
            .node("ReduceMean", "x", "m", attribute("axes", List.of(1)))
            .node("Sub", "x m", "y"),
        "Input center");
  }

  @Test
  void what_is_no_such_activation_says_so() {
    OnnxFile slopes = OnnxFile.floats(3, 3).initialiser("a", List.of(3), 0.25, 0.25, 0.5);
    assertRefused(
        slopes.node("PRelu", "x a", "y"),
        "a PRelu, has slopes that differ; reading it is planned; until then, train and export the"
            + " model with one slope for all elements");
    OnnxFile wide = OnnxFile.floats(3, 3).initialiser("a", List.of(2, 1), 0.25, 0.25);
    assertRefused(
        wide.node("PRelu", "x a", "y"),
        "a PRelu, has slopes of shape [2, 1] for [1, 3]" + OnnxNode.INVALID);
    String some =
        "a TopK, takes some elements of each group, or not from the largest on; reading it is"
            + " planned; until then, let it sort all of them, the largest first, which is read, and"
            + " take a Slice";
    assertRefused(OnnxFile.floats(3, 2).integers("two", 2).node("TopK", "x two", "y"), some);
    for (String attribute : List.of("largest", "sorted")) {
      OnnxFile file = OnnxFile.floats(3, 3).integers("three", 3);
      assertRefused(file.node("TopK", "x three", "y", attribute(attribute, 0L)), some);
    }
    assertRefused(
        OnnxFile.opset(9)
            .input("x", OnnxFile.FLOAT, 1, 3)
            .output("y", OnnxFile.FLOAT, 1, 3)
            .node("TopK", "x", "y", attribute("k", 3L)),
        "a TopK, has its number of elements as an attribute, as before version 10; reading it is"
            + " not planned; export the model for a newer version of ONNX's operators");
  }

  private static void assertRefused(OnnxFile file, String clause) {
    assertThatThrownBy(() -> OnnxModel.read(file.bytes(), "Net", 1))
        .isInstanceOf(OnnxException.class)
        .hasMessage("node `node_y`, " + clause);
  }

  /** Before version 7 slopes belong to channels, whatever stands behind these. */
  @Test
  void slopes_of_older_versions() throws Exception {
    OnnxFile file =
        OnnxFile.opset(6)
            .input("x", OnnxFile.FLOAT, 1, 2, 3)
            .output("y", OnnxFile.FLOAT, 1, 2, 3)
            .initialiser("a", List.of(2), 0.25, 0.25)
            .node("PRelu", "x a", "y");
    assertThat(Agreement.layers(file)).isEqualTo("Input leaky_relu");
  }

  @Test
  void signals_are_repeated_where_they_broadcast() throws Exception {
    Agreement.assertReads(
        OnnxFile.floats(3, 6)
            .initialiser("column", List.of(2, 1), 0.25, -2)
            .initialiser("w", List.of(1, 6), 1, 2, 3, 4, 5, 6)
            .integers("row", 1, 6)
            .node("Mul", "x column", "h")
            .node("Reshape", "h row", "k")
            .node("ReduceMean", "x", "m", attribute("axes", List.of(1)))
            .node("Mul", "m w", "n")
            .node("Add", "k n", "y"),
        "Input select affine dense select affine sum");
  }

  /** Sums that look like a reflection of pairs, and are none, stay sums. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void sums_that_are_no_householder(int fault) throws Exception {
    OnnxFile file =
        OnnxFile.floats(8, 8)
            .integers("shape", 0, 2, 2, 2)
            .integers("axis", fault == 1 ? 1 : 2)
            .initialiser("against", List.of(2, 1), -0.5, 0.25)
            .initialiser("twice", List.of(2, 1), fault == 0 ? 2 : 1, -0.5)
            .node("Reshape", "x shape", "z")
            .node("Mul", "z against", "p")
            .node("ReduceSum", "p axis", "s")
            .node(fault == 2 ? "Abs" : "Relu", "s", "r")
            .node("Mul", "r twice", "b")
            .node(fault == 3 ? "Sub" : "Add", "z b", "t")
            .node("Flatten", "t", "y");
    Agreement.check(file.bytes());
    assertThat(Agreement.layers(file)).endsWith(" sum");
  }
}
