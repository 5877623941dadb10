package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Subject;
import io.lipc.certificate.linear.Grid;
import io.lipc.formats.ElementType;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.GroupedKind;
import io.lipc.model.activation.PointwiseKind;
import io.lipc.runtime.LipschitzNetwork;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Generated code normalises to the bit as the interpreter does, rows alone and in batches. */
final class LayerNormTest {

  private final SplittableRandom random = new SplittableRandom(11);

  private static List<CheckedNetwork> networks(ElementType precision) {
    NetworkBuilder vector = new NetworkBuilder("demo.Vector", precision);
    int h = vector.dense("h", vector.input("x", 5), 12, true);
    int whole = vector.activate("w", h, GroupedKind.LAYER_NORM, 1e-5, 0.0);
    int sum = vector.add("s", List.of(whole, h));
    int groups = vector.activate("g", sum, GroupedKind.LAYER_NORM, 0.25, 3.0);
    int wide = vector.activate("v", groups, GroupedKind.LAYER_NORM, 1e-3, 12.0);
    vector.dense("y", vector.activate("r", wide, PointwiseKind.RELU), 4, true);
    NetworkBuilder image = new NetworkBuilder("demo.Image", precision);
    int x = image.image("x", new Grid(6, 5, 3));
    int channels = image.activate("c", x, GroupedKind.LAYER_NORM, 1e-5, 3.0);
    image.activate("a", channels, GroupedKind.LAYER_NORM, 0.5, 6.0);
    NetworkBuilder alone = new NetworkBuilder("demo.Alone", precision);
    alone.activate("y", alone.input("x", 2), GroupedKind.LAYER_NORM, 1e-12, 0.0);
    return List.of(vector.build(1, ""), image.build(1, ""), alone.build(1, ""));
  }

  @ParameterizedTest
  @EnumSource
  void generatedCodeAgreesWithTheInterpreter(ElementType precision) {
    for (CheckedNetwork network : networks(precision)) {
      Subject subject = Subjects.random(network.network(), random, Map.of());
      LipschitzNetwork emitted = Generated.instance(network, subject);
      for (int trial = 0; trial < 30; trial++) {
        double scale = Math.scalb(1.0, random.nextInt(-30, 30));
        double shift = random.nextBoolean() ? 0 : 1000 * scale;
        double[] input =
            random
                .doubles(emitted.inputSize(), -1, 1)
                .map(v -> precision.round(scale * v + shift))
                .toArray();
        assertThat(Generated.apply(emitted, input))
            .as("%s", network.network().name())
            .containsExactly(Generated.interpreter(network, subject, Map.of()).apply(input));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void batchesAreRows(ElementType precision) {
    for (CheckedNetwork network : networks(precision)) {
      Subject subject = Subjects.random(network.network(), random, Map.of());
      Batches.assertAreRows(Generated.instance(network, subject), random);
    }
  }

  /** Equal elements have no deviation, and NaN goes to its whole group. */
  @ParameterizedTest
  @EnumSource
  void endsAndNan(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.Ends", precision);
    net.activate("y", net.input("x", 4), GroupedKind.LAYER_NORM, 0.25, 2.0);
    CheckedNetwork network = net.build(1, "");
    LipschitzNetwork emitted =
        Generated.instance(network, Subjects.random(network.network(), random, Map.of()));
    assertThat(Generated.apply(emitted, new double[] {7, 7, 3, -3}))
        .containsExactly(
            0, 0, precision.round(3 / Math.sqrt(9.25)), precision.round(-3 / Math.sqrt(9.25)));
    double[] y = Generated.apply(emitted, new double[] {1, Double.NaN, 0, 0});
    assertThat(y).containsExactly(Double.NaN, Double.NaN, 0, 0);
  }
}
