package io.lipc.training.parameterization;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certifier.Certification;
import io.lipc.certifier.Certifier;
import io.lipc.certifier.Method;
import io.lipc.certifier.Options;
import io.lipc.formats.ElementType;
import io.lipc.formats.FormatException;
import io.lipc.formats.Json;
import io.lipc.formats.JsonValue;
import io.lipc.formats.JsonValue.JsonArray;
import io.lipc.formats.JsonValue.JsonNumber;
import io.lipc.formats.JsonValue.JsonObject;
import io.lipc.formats.Tensor;
import io.lipc.formats.Weights;
import io.lipc.training.parameterization.Nets.Slope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks that public LDL^T code constructed, with the bounds that it claims for them. */
class TrapsTest {

  private static Optional<Path> traps() {
    return Optional.ofNullable(System.getProperty("lipc.shared"))
        .map(shared -> Path.of(shared, "data", "oracles", "traps"))
        .filter(Files::isDirectory);
  }

  private static Stream<Method> searches() {
    return Stream.of(Method.values()).filter(Method::isSearch);
  }

  @BeforeEach
  void needsTheSharedData() {
    Assumptions.assumeTrue(
        traps().isPresent(), "no data/oracles/traps below the property lipc.shared");
  }

  @ParameterizedTest
  @MethodSource("searches")
  void publicResidualCodeIsRefusedAtItsClaim(Method method) {
    JsonObject trap = trap("resnet_8_8_8");
    Nets net = Nets.residual(1, Slope.RELU, 8, 8, 8);
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(matrix("skip.weight", member(trap, "A")));
    tensors.add(vector("skip.bias", member(trap, "bias_A")));
    tensors.add(matrix("h1.weight", only(member(trap, "C"))));
    tensors.add(vector("h1.bias", only(member(trap, "bias_C"))));
    tensors.add(matrix("last.weight", member(trap, "B")));
    tensors.add(tensor("last.bias", List.of(8), new double[8]));

    assertRefused(net, tensors, method, trap);
  }

  @ParameterizedTest
  @MethodSource("searches")
  void publicSequentialCodeIsRefusedAtItsClaim(Method method) {
    JsonObject trap = trap("sequential_6_12_6");
    Nets net = Nets.chain(1, Slope.RELU, 6, 12, 6);
    List<Tensor> tensors = new ArrayList<>();
    List<String> names = List.of("h1", "last");
    for (int k = 0; k < names.size(); k++) {
      tensors.add(matrix(names.get(k) + ".weight", elements(member(trap, "W")).get(k)));
      tensors.add(vector(names.get(k) + ".bias", elements(member(trap, "b")).get(k)));
    }

    assertRefused(net, tensors, method, trap);
  }

  private static void assertRefused(
      Nets net, List<Tensor> tensors, Method method, JsonObject trap) {
    double claim = number(member(trap, "claimed_lipschitz"));
    Options options =
        new Options(method, OptionalDouble.of(claim), List.of(), 1, Options.Effort.REPORT);
    Certification answer =
        Certifier.certify(net.network(ElementType.F64), Weights.of(tensors), Map.of(), options);

    assertThat(answer).isNotInstanceOf(Certification.Certified.class);
    assertThat(answer.evidence().lower().value()).isGreaterThan(claim);
  }

  private static JsonObject trap(String name) {
    Path file = traps().orElseThrow().resolve(name + ".json");
    try {
      return (JsonObject) Json.read(Files.readString(file));
    } catch (IOException | FormatException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  private static JsonValue member(JsonObject json, String key) {
    return Rows.get(json.members(), key);
  }

  private static JsonValue only(JsonValue array) {
    assertThat(elements(array)).hasSize(1);
    return elements(array).getFirst();
  }

  private static List<JsonValue> elements(JsonValue array) {
    return ((JsonArray) array).elements();
  }

  private static double number(JsonValue value) {
    return Double.parseDouble(((JsonNumber) value).text());
  }

  private static double[] numbers(JsonValue array) {
    return elements(array).stream().mapToDouble(TrapsTest::number).toArray();
  }

  private static Tensor vector(String name, JsonValue array) {
    double[] values = numbers(array);
    return tensor(name, List.of(values.length), values);
  }

  private static Tensor matrix(String name, JsonValue array) {
    double[][] rows = elements(array).stream().map(TrapsTest::numbers).toArray(double[][]::new);
    return tensor(name, List.of(rows.length, rows[0].length), Rows.flat(rows));
  }

  private static Tensor tensor(String name, List<Integer> shape, double[] values) {
    try {
      return Tensor.of(name, ElementType.F64, shape, values);
    } catch (FormatException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
