package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.certificate.Subject;
import io.lipc.formats.ElementType;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.activation.GroupedKind;
import io.lipc.runtime.LipschitzNetwork;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Generated code divides by lengths to the bit as the interpreter does, alone and in batches. */
final class UnitLengthTest {

  private final SplittableRandom random = new SplittableRandom(11);

  private static CheckedNetwork between(ElementType precision) {
    NetworkBuilder net = new NetworkBuilder("demo.Between", precision);
    int h = net.dense("h", net.input("x", 5), 12, true);
    int y = net.activate("u", h, GroupedKind.L2_NORMALIZE, 0.5);
    net.dense("y", net.add("s", List.of(y, h)), 4, true);
    return net.build(1, "");
  }

  private static CheckedNetwork alone(ElementType precision, double least) {
    NetworkBuilder net = new NetworkBuilder("demo.Alone", precision);
    net.activate("y", net.input("x", 4), GroupedKind.L2_NORMALIZE, least);
    return net.build(1, "");
  }

  /** Lengths on both sides of the least one. */
  @ParameterizedTest
  @EnumSource
  void generatedCodeAgreesWithTheInterpreter(ElementType precision) {
    for (CheckedNetwork network :
        List.of(between(precision), alone(precision, 0.5), alone(precision, 0x1p-20))) {
      Subject subject = Subjects.random(network.network(), random, Map.of());
      LipschitzNetwork emitted = Generated.instance(network, subject);
      for (int trial = 0; trial < 60; trial++) {
        double scale = Math.scalb(1.0, random.nextInt(-30, 30));
        double[] input =
            random
                .doubles(emitted.inputSize(), -1, 1)
                .map(v -> precision.round(scale * v))
                .toArray();
        assertThat(Generated.apply(emitted, input))
            .containsExactly(Generated.interpreter(network, subject, Map.of()).apply(input));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void batchesAreRows(ElementType precision) {
    CheckedNetwork network = between(precision);
    Subject subject = Subjects.random(network.network(), random, Map.of());
    Batches.assertAreRows(Generated.instance(network, subject), random);
  }

  @ParameterizedTest
  @EnumSource
  void endsAndNan(ElementType precision) {
    CheckedNetwork network = alone(precision, 0.5);
    LipschitzNetwork emitted =
        Generated.instance(network, Subjects.random(network.network(), random, Map.of()));
    assertThat(Generated.apply(emitted, new double[] {3, 0, -4, 0}))
        .containsExactly(precision.round(0.6), 0, precision.round(-0.8), 0);
    assertThat(Generated.apply(emitted, new double[] {0.25, 0, 0, 0}))
        .containsExactly(0.5, 0, 0, 0);
    assertThat(Generated.apply(emitted, new double[4])).containsExactly(0, 0, 0, 0);
    assertThat(Generated.apply(emitted, new double[] {1, Double.NaN, 0, 0}))
        .containsOnly(Double.NaN);
  }
}
