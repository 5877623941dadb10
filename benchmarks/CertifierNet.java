import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.Nnet;
import io.lipc.formats.NnetFile;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.PointwiseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A network to be bounded: dense layers with one activation between them, and perhaps a dense skip.
 *
 * @param outputs the outputs that the bound is about; empty for all
 */
record CertifierNet(Network network, Weights weights, List<Integer> outputs) {

  private static final Activation RELU = Activation.of(PointwiseKind.RELU);

  /** A chain with relu. */
  static CertifierNet relu(List<double[][]> matrices) throws FormatException {
    return of(matrices, RELU, Optional.empty());
  }

  static CertifierNet of(List<double[][]> matrices, Activation between, Optional<double[][]> skip)
      throws FormatException {
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    layers.add(new Layer.Input(Shape.vector(matrices.getFirst()[0].length), Optional.empty()));
    for (int k = 0; k < matrices.size(); k++) {
      dense(layers, tensors, layers.size() - 1, matrices.get(k));
      if (k < matrices.size() - 1) {
        Shape shape = layers.getLast().shape();
        layers.add(new Layer.Activate(layers.size() - 1, between, shape));
      }
    }
    if (skip.isPresent()) {
      int chain = layers.size() - 1;
      dense(layers, tensors, 0, skip.get());
      layers.add(Layer.sum(List.of(chain, layers.size() - 1), layers.getLast().shape()));
    }
    Network network =
        new Network(
            "benchmark.Net",
            new Property.Lipschitz(1, Norm.L2, Norm.L2),
            new WeightsSource.None(),
            ElementType.F64,
            layers);
    return new CertifierNet(network, Weights.of(tensors), List.of());
  }

  private static void dense(List<Layer> layers, List<Tensor> tensors, int operand, double[][] w)
      throws FormatException {
    String name = "w" + layers.size();
    double[] flat = Arrays.stream(w).flatMapToDouble(Arrays::stream).toArray();
    tensors.add(Tensor.of(name, ElementType.F64, List.of(w.length, w[0].length), flat));
    layers.add(Layer.dense(operand, w[0].length, w.length, name, Optional.empty()));
  }

  CertifierNet output(int index) {
    return new CertifierNet(network, weights, List.of(index));
  }

  /** A file of the reference networks; its optimum is {@code reference.lipsdp_neuron}. */
  static CertifierNet ofJson(Path file) throws IOException, FormatException {
    JsonValue.JsonObject json = json(file);
    List<double[][]> matrices = new ArrayList<>();
    for (JsonValue matrix : elements(json, "weights")) {
      matrices.add(matrix(matrix));
    }
    String word = ((JsonValue.JsonString) json.members().get("activation")).value();
    Activation between =
        word.equals("leaky")
            ? PointwiseKind.LEAKY_RELU.with(List.of(number(elements(json, "slope").getFirst())))
            : Activation.of(ActivationKind.named(word).orElseThrow());
    JsonValue skip = json.members().get("A");
    return of(
        matrices,
        between,
        skip instanceof JsonValue.JsonArray ? Optional.of(matrix(skip)) : Optional.empty());
  }

  static double optimum(Path file) throws IOException, FormatException {
    JsonValue.JsonObject reference = (JsonValue.JsonObject) json(file).members().get("reference");
    return number(reference.members().get("lipsdp_neuron"));
  }

  /** The chain of an {@code .nnet} file, on its normalised inputs and outputs. */
  static CertifierNet ofNnet(Path file) throws IOException, FormatException {
    List<double[][]> matrices = new ArrayList<>();
    for (NnetFile.Layer layer : Nnet.read(file).layers()) {
      matrices.add(layer.weight().rows());
    }
    return relu(matrices);
  }

  static JsonValue.JsonObject json(Path file) throws IOException, FormatException {
    return (JsonValue.JsonObject) Json.read(Files.readString(file));
  }

  static List<JsonValue> elements(JsonValue.JsonObject json, String key) {
    return ((JsonValue.JsonArray) json.members().get(key)).elements();
  }

  static double number(JsonValue value) {
    return Double.parseDouble(((JsonValue.JsonNumber) value).text());
  }

  static double[][] matrix(JsonValue value) {
    return ((JsonValue.JsonArray) value)
        .elements().stream()
            .map(row -> (JsonValue.JsonArray) row)
            .map(row -> row.elements().stream().mapToDouble(CertifierNet::number).toArray())
            .toArray(double[][]::new);
  }
}
