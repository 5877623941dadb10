package io.lipc.certifier;

import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Subject;
import io.lipc.certifier.problem.Prover;
import io.lipc.formats.JsonValue;
import io.lipc.formats.Nnet;
import io.lipc.formats.NnetFile;
import io.lipc.formats.Norm;
import io.lipc.model.Interval;
import io.lipc.model.Property;
import io.lipc.model.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A box of the shared data with what is known of the network's constants there. */
record LocalReference(JsonValue.JsonObject json) {

  /** The file; empty without the shared data. */
  static Optional<Path> file() {
    return Oracle.folder().map(oracles -> oracles.resolveSibling("local").resolve("refs.json"));
  }

  /** The names of all boxes; without the shared data there is one of no box, whose test says so. */
  static Stream<String> ids() {
    return file().isEmpty() ? Stream.of("") : all().map(LocalReference::id);
  }

  static LocalReference of(String id) {
    return all().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  private static Stream<LocalReference> all() {
    return ((JsonValue.JsonArray) Oracle.json(file().orElseThrow()).members().get("cases"))
        .elements().stream().map(one -> new LocalReference((JsonValue.JsonObject) one));
  }

  String id() {
    return text("id");
  }

  String activation() {
    return text("activation");
  }

  private String text(String member) {
    return ((JsonValue.JsonString) json.members().get(member)).value();
  }

  List<Interval> sides() {
    double[] lower = Oracle.matrixRow(json.members().get("lower"));
    double[] upper = Oracle.matrixRow(json.members().get("upper"));
    return IntStream.range(0, lower.length)
        .mapToObj(i -> new Interval(lower[i], upper[i]))
        .toList();
  }

  /** A question about the box, in one norm. */
  Property.Local in(Norm norm) {
    return new Property.Local(new Property.Lipschitz(1e9, norm, norm), new Region.Sides(sides()));
  }

  /** Not above the constant in one norm, but for the relative 1e-6 to which it is known. */
  double lower(Norm norm) {
    return end(norm, "lower");
  }

  /** Not below the constant in one norm. */
  double upper(Norm norm) {
    return end(norm, "upper");
  }

  private double end(Norm norm, String end) {
    JsonValue.JsonObject results = (JsonValue.JsonObject) json.members().get("results");
    JsonValue.JsonObject result =
        (JsonValue.JsonObject) results.members().get(norm.name().toLowerCase(Locale.ROOT));
    JsonValue value = result.members().get("value");
    return Oracle.number(value == null ? result.members().get(end) : value);
  }

  /** The bound by a matrix inequality on the whole box, l2 to l2, that a prototype found. */
  double prototype() {
    JsonValue.JsonObject single = (JsonValue.JsonObject) json.members().get("single_box");
    return Oracle.number(single.members().get("l2_lmi"));
  }

  /** The network with a bound that nobody has proved: only its units and weights are read. */
  Subject network() throws Exception {
    Path data = file().orElseThrow().getParent().getParent();
    String net = text("net");
    TestNetwork network = net.endsWith(".nnet") ? ofNnet(data.resolve(net)) : ofJson(data, net);
    Proof none =
        new Proof(List.of(), List.of(), List.of(), new PositivityWitness.ExactElimination());
    return new Prover(network.problem(), "none").unchecked(1e300, List.of(none));
  }

  private static TestNetwork ofNnet(Path file) throws Exception {
    List<double[][]> weights = new ArrayList<>();
    List<double[]> biases = new ArrayList<>();
    for (NnetFile.Layer layer : Nnet.read(file).layers()) {
      weights.add(layer.weight().rows());
      biases.add(IntStream.range(0, layer.bias().size()).mapToDouble(layer.bias()::get).toArray());
    }
    return chain(weights.toArray(double[][][]::new), biases.toArray(double[][]::new), "relu", 0);
  }

  private TestNetwork ofJson(Path data, String net) {
    JsonValue.JsonObject from = net.equals("inline") ? json : Oracle.json(data.resolve(net));
    JsonValue slope = from.members().get("slope");
    return chain(
        Oracle.matrices(from, "weights"),
        Oracle.matrix(from.members().get("biases")),
        activation(),
        slope == null ? 0.1 : Oracle.matrixRow(slope)[0]);
  }

  private static TestNetwork chain(
      double[][][] weights, double[][] biases, String activation, double slope) {
    TestNetwork network = TestNetwork.of(weights[0][0].length);
    int at = 0;
    for (int k = 0; k < weights.length; k++) {
      at = network.dense(at, weights[k], biases[k]);
      at = k < weights.length - 1 ? Oracle.activate(network, at, activation, slope) : at;
    }
    return network;
  }
}
