import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.JsonValue;
import io.lipc.formats.Nnet;
import io.lipc.formats.NnetFile;
import io.lipc.formats.Norm;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.model.Interval;
import io.lipc.model.Layer;
import io.lipc.model.Network;
import io.lipc.model.Property;
import io.lipc.model.Shape;
import io.lipc.model.WeightsSource;
import io.lipc.model.activation.Activation;
import io.lipc.model.activation.ActivationKind;
import io.lipc.model.activation.PointwiseKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A box with what is known of a network's constant there.
 *
 * @param data the folder of the networks
 * @param json the box in {@code local/refs.json}
 */
record LocalCase(Path data, JsonValue.JsonObject json) {

  static List<LocalCase> all(Path data) throws IOException, FormatException {
    JsonValue.JsonObject file = CertifierNet.json(data.resolve("local/refs.json"));
    return CertifierNet.elements(file, "cases").stream()
        .map(one -> new LocalCase(data, (JsonValue.JsonObject) one))
        .toList();
  }

  String id() {
    return text("id");
  }

  private String text(String member) {
    return ((JsonValue.JsonString) json.members().get(member)).value();
  }

  List<Interval> sides() {
    double[] lower = numbers(json, "lower");
    double[] upper = numbers(json, "upper");
    return IntStream.range(0, lower.length)
        .mapToObj(i -> new Interval(lower[i], upper[i]))
        .toList();
  }

  /** Not above the constant, but for a relative 1e-4. */
  double lower(Norm norm) {
    return end(norm, "lower");
  }

  /** Not below it. */
  double upper(Norm norm) {
    return end(norm, "upper");
  }

  private double end(Norm norm, String end) {
    JsonValue.JsonObject results = (JsonValue.JsonObject) json.members().get("results");
    JsonValue.JsonObject result =
        (JsonValue.JsonObject) results.members().get(norm.name().toLowerCase(Locale.ROOT));
    JsonValue value = result.members().get("value");
    return CertifierNet.number(value == null ? result.members().get(end) : value);
  }

  private static double[] numbers(JsonValue.JsonObject json, String member) {
    return CertifierNet.elements(json, member).stream().mapToDouble(CertifierNet::number).toArray();
  }

  /** A network with its weights and biases. */
  record Net(Network network, Weights weights) {}

  Net net() throws IOException, FormatException {
    String name = text("net");
    List<double[][]> matrices = new ArrayList<>();
    List<double[]> biases = new ArrayList<>();
    Activation between = Activation.of(PointwiseKind.RELU);
    if (name.endsWith(".nnet")) {
      for (NnetFile.Layer layer : Nnet.read(data.resolve(name)).layers()) {
        matrices.add(layer.weight().rows());
        int size = layer.bias().size();
        biases.add(IntStream.range(0, size).mapToDouble(layer.bias()::get).toArray());
      }
    } else {
      JsonValue.JsonObject from =
          name.equals("inline") ? json : CertifierNet.json(data.resolve(name));
      for (JsonValue matrix : CertifierNet.elements(from, "weights")) {
        matrices.add(CertifierNet.matrix(matrix));
      }
      biases.addAll(Arrays.asList(CertifierNet.matrix(from.members().get("biases"))));
      between = activation(from);
    }
    return of(matrices, biases, between);
  }

  private Activation activation(JsonValue.JsonObject from) {
    String word = text("activation");
    if (!word.equals("leaky")) {
      return Activation.of(ActivationKind.named(word).orElseThrow());
    }
    double slope = from.members().containsKey("slope") ? numbers(from, "slope")[0] : 0.1;
    return PointwiseKind.LEAKY_RELU.with(List.of(slope));
  }

  private static Net of(List<double[][]> matrices, List<double[]> biases, Activation between)
      throws FormatException {
    List<Layer> layers = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    layers.add(new Layer.Input(Shape.vector(matrices.getFirst()[0].length), Optional.empty()));
    for (int k = 0; k < matrices.size(); k++) {
      double[][] w = matrices.get(k);
      double[] flat = Arrays.stream(w).flatMapToDouble(Arrays::stream).toArray();
      List<Integer> shape = List.of(w.length, w[0].length);
      tensors.add(Tensor.of("w" + k, ElementType.F64, shape, flat));
      tensors.add(Tensor.of("b" + k, ElementType.F64, List.of(w.length), biases.get(k)));
      layers.add(
          Layer.dense(layers.size() - 1, w[0].length, w.length, "w" + k, Optional.of("b" + k)));
      if (k < matrices.size() - 1) {
        layers.add(new Layer.Activate(layers.size() - 1, between, layers.getLast().shape()));
      }
    }
    Network network =
        new Network(
            "benchmark.Net",
            new Property.Lipschitz(Double.MAX_VALUE, Norm.L2, Norm.L2),
            new WeightsSource.None(),
            ElementType.F64,
            layers);
    return new Net(network, Weights.of(tensors));
  }
}
