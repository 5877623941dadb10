package io.lipc.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import io.lipc.certificate.linear.Axis;
import io.lipc.certificate.linear.BatchNorm;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.linear.Identity;
import io.lipc.certificate.linear.Selection;
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
import io.lipc.onnx.protobuf.OnnxContent;
import io.lipc.onnx.protobuf.OnnxException;
import io.lipc.onnx.writing.OnnxExport;
import io.lipc.onnx.writing.OnnxNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime evaluates written models as lipc does, and lipc reads them back as they were. */
final class OnnxExportTest {

  private static OnnxModel model(
      ElementType precision, List<Layer> layers, Map<String, List<Integer>> shapes)
      throws FormatException {
    Random random = new Random(7);
    List<Tensor> tensors = new ArrayList<>();
    for (Map.Entry<String, List<Integer>> tensor : new TreeMap<>(shapes).entrySet()) {
      int size = tensor.getValue().stream().reduce(1, (a, b) -> a * b);
      double least = tensor.getKey().endsWith("running_var") ? 0.5 : -1;
      double[] values = random.doubles(size, least, 1).map(v -> (float) v).toArray();
      tensors.add(
          Tensor.of(tensor.getKey(), ElementType.F64, tensor.getValue(), values)
              .rounded(precision));
    }
    return model(precision, layers, Weights.of(tensors));
  }

  private static OnnxModel model(ElementType precision, List<Layer> layers, Weights weights) {
    Network network =
        new Network(
            "demo.Net",
            new Property.Lipschitz(1, Norm.L2, Norm.L2),
            new WeightsSource.None(),
            precision,
            layers);
    List<String> names = IntStream.range(0, layers.size()).mapToObj(i -> "l" + i).toList();
    return new OnnxModel(new CheckedNetwork(network, names, ""), weights, Map.of(), Set.of());
  }

  private static byte[] export(OnnxModel model) throws OnnxException {
    return OnnxExport.write(
        new OnnxNetwork(model.checked().network(), model.weights(), Map.of()), new TreeMap<>());
  }

  private static Layer input(Integer... extents) {
    return new Layer.Input(new Shape(List.of(extents)), Optional.empty());
  }

  private static Activation example(ActivationKind kind) {
    return kind.with(
        kind.parameters().stream()
            .map(Parameter::example)
            .map(v -> (double) (float) (double) v)
            .toList());
  }

  static Stream<Activation> activations() {
    return Stream.concat(
        Stream.concat(
                Stream.of(PointwiseKind.values()),
                Stream.of(LinearKind.IDENTITY, LinearKind.CENTER, GroupedKind.MAXMIN))
            .map(OnnxExportTest::example),
        Stream.of(
            GroupedKind.GROUP_SORT.with(List.of(4.0)),
            GroupedKind.HOUSEHOLDER.with(List.of((double) 0.6f, (double) -0.8f)),
            GroupedKind.SOFTMAX.with(List.of(1.0)),
            GroupedKind.SOFTMAX.with(List.of(0.5))));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void each_activation_of_a_vector(Activation activation) throws Exception {
    Shape shape = Shape.vector(8);
    List<Layer> layers =
        List.of(
            input(8),
            Layer.dense(0, 8, 8, "h.weight", Optional.of("h.bias")),
            new Layer.Activate(1, activation, shape));
    OnnxModel model =
        model(ElementType.F32, layers, Map.of("h.weight", List.of(8, 8), "h.bias", List.of(8)));
    Agreement.check(model, export(model));
  }

  static Stream<Activation> ofImages() {
    return activations()
        .filter(
            activation ->
                activation.kind() != GroupedKind.SOFTMAX && activation.kind() != LinearKind.CENTER);
  }

  @ParameterizedTest
  @MethodSource("ofImages")
  void each_activation_of_an_image(Activation activation) throws Exception {
    Shape shape = new Shape(List.of(4, 3, 2));
    List<Layer> layers = List.of(input(4, 3, 2), new Layer.Activate(0, activation, shape));
    OnnxModel model = model(ElementType.F32, layers, Map.of());
    Agreement.check(model, export(model));
  }

  @Test
  void doubles_stay_doubles() throws Exception {
    List<Layer> layers =
        List.of(
            input(5),
            Layer.dense(0, 5, 4, "h.weight", Optional.of("h.bias")),
            new Layer.Activate(1, Activation.of(PointwiseKind.RELU), Shape.vector(4)),
            Layer.dense(2, 4, 4, "y.weight", Optional.empty()),
            Layer.sum(List.of(2, 3), Shape.vector(4)));
    OnnxModel model =
        model(
            ElementType.F64,
            layers,
            Map.of("h.weight", List.of(4, 5), "h.bias", List.of(4), "y.weight", List.of(4, 4)));
    byte[] file = export(model);
    assertThat(Agreement.check(model, file)).isLessThan(1e-14);
    assertSame(model, OnnxModel.read(file, "demo.Net", 1));
  }

  /** The same layers in the same order, and tensors of the same digests. */
  private static void assertSame(OnnxModel expected, OnnxModel found) {
    List<Layer> layers = found.checked().network().layers();
    List<Layer> wanted = expected.checked().network().layers();
    assertThat(layers).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(layers.get(i).operands()).isEqualTo(wanted.get(i).operands());
      List<String> tensors = layers.get(i).tensors().stream().map(tensor -> tensor.name()).toList();
      for (int k = 0; k < tensors.size(); k++) {
        String name = wanted.get(i).tensors().get(k).name();
        String source = found.sources().getOrDefault(tensors.get(k), "");
        assertThat(source.isEmpty() || source.equals(name)).as(name).isTrue();
        assertThat(found.weights().tensor(tensors.get(k)).orElseThrow().values())
            .containsExactly(expected.weights().tensor(name).orElseThrow().values());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny", "pooled"})
  void a_model_of_images_comes_back_as_it_was(String name) throws Exception {
    OnnxModel read = OnnxModel.read(resource(name), "demo.Net", 1);
    OnnxModel model =
        model(
            ElementType.F32,
            read.checked().network().layers(),
            read.weights().rounded(ElementType.F32));
    byte[] file = export(model);
    Agreement.check(model, file);
    assertSame(model, OnnxModel.read(file, "demo.Net", 1));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            OnnxExportTest.class.getResourceAsStream("/convolution/" + name + ".onnx"))) {
      return in.readAllBytes();
    }
  }

  /** Shapes that a layer finds are not always those that it wants. */
  @Test
  void shapes_normalisation_pools_and_selections() throws Exception {
    Grid grid = new Grid(2, 4, 4);
    Window two = Window.square(new Axis(2, 2, 0, 0, 1));
    List<Layer> layers = new ArrayList<>();
    layers.add(input(32));
    layers.add(new Layer.Linear(List.of(0), new Identity(), Shape.of(grid)));
    layers.add(new Layer.Linear(List.of(1), new BatchNorm(2, 16, "n", 1e-5), Shape.of(grid)));
    layers.add(new Layer.MaxPool(2, grid, two, new Shape(List.of(2, 2, 2))));
    List<Integer> reversed = IntStream.range(0, 8).mapToObj(i -> 7 - i).toList();
    layers.add(new Layer.Linear(List.of(3), new Selection(reversed), new Shape(List.of(2, 2, 2))));
    layers.add(
        Layer.affine(
            4,
            List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0),
            List.of(0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0),
            new Shape(List.of(2, 2, 2))));
    layers.add(Layer.part(5, 3, Shape.vector(4)));
    layers.add(Layer.scale(6, -0.5, Shape.vector(4)));
    layers.add(Layer.concat(List.of(7, 4), Shape.vector(12)));
    layers.add(Layer.sum(List.of(8, 8, 8), Shape.vector(12)));
    OnnxModel model =
        model(
            ElementType.F32,
            layers,
            Map.of(
                "n.weight", List.of(2),
                "n.bias", List.of(2),
                "n.running_mean", List.of(2),
                "n.running_var", List.of(2)));
    Agreement.check(model, export(model));
  }

  @Test
  void a_called_network_stands_in_its_place() throws FormatException, OnnxException, OrtException {
    List<Layer> inner = List.of(input(3), Layer.dense(0, 3, 3, "h.weight", Optional.of("h.bias")));
    OnnxModel callee =
        model(ElementType.F32, inner, Map.of("h.weight", List.of(3, 3), "h.bias", List.of(3)));
    List<Layer> outer =
        List.of(
            input(3),
            new Layer.Call(0, "demo.Inner", Shape.vector(3)),
            new Layer.Call(1, "demo.Inner", Shape.vector(3)));
    OnnxModel caller = model(ElementType.F32, outer, Map.of());
    OnnxNetwork known = new OnnxNetwork(callee.checked().network(), callee.weights(), Map.of());
    byte[] file =
        OnnxExport.write(
            new OnnxNetwork(
                caller.checked().network(), caller.weights(), Map.of("demo.Inner", known)),
            new TreeMap<>());
    List<Layer> flat =
        List.of(
            input(3),
            Layer.dense(0, 3, 3, "h.weight", Optional.of("h.bias")),
            Layer.dense(1, 3, 3, "h.weight", Optional.of("h.bias")));
    Agreement.check(model(ElementType.F32, flat, callee.weights()), file);
    assertThatThrownBy(() -> export(caller))
        .isInstanceOf(OnnxException.class)
        .hasMessage("it calls `demo.Inner`, which is not here");
  }

  @Test
  void a_constant_that_is_no_float_is_refused_or_a_tensor() throws Exception {
    Shape shape = Shape.vector(2);
    Activation elu = PointwiseKind.ELU.with(List.of(0.1));
    OnnxModel refused =
        model(ElementType.F64, List.of(input(2), new Layer.Activate(0, elu, shape)), Map.of());
    assertThatThrownBy(() -> export(refused))
        .isInstanceOf(OnnxException.class)
        .hasMessageStartingWith("elu(0.1) has a constant that is not a float");
    Activation leaky = PointwiseKind.LEAKY_RELU.with(List.of(0.1));
    OnnxModel written =
        model(ElementType.F64, List.of(input(2), new Layer.Activate(0, leaky, shape)), Map.of());
    assertThat(Agreement.check(written, export(written))).isLessThan(1e-15);
  }

  @Test
  void metadata_is_in_the_file() throws Exception {
    OnnxModel model = model(ElementType.F32, List.of(input(1)), Map.of());
    TreeMap<String, String> metadata = new TreeMap<>(Map.of("lipc.bound", "1.0"));
    byte[] file =
        OnnxExport.write(
            new OnnxNetwork(model.checked().network(), model.weights(), Map.of()), metadata);
    try (var session = ai.onnxruntime.OrtEnvironment.getEnvironment().createSession(file)) {
      assertThat(session.getMetadata().getCustomMetadata()).containsEntry("lipc.bound", "1.0");
      assertThat(session.getMetadata().getProducerName()).isEqualTo("lipc");
    }
    assertThat(OnnxContent.isModel(file)).isTrue();
  }
}
